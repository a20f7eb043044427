"""One telling of a happening in short: how it reads, what it is known again by, and what events are named after. Pure.

A *telling* is a scene of one article. It is compared by its portrait, found by its keys, and an event that several
tellings make takes its title, kind, days and places from their sketches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from claims.geography import is_narrow
from claims.grouping import Scene, Told
from claims.grouping.kinds import OPEN, family_of, kinds_in, repeats
from claims.grouping.scenes import spoken_of

MOST_PLACES = 5
MOST_DAYS = 7
MOST_KEYED = 40  # words of one telling that it is found by
FRESH = timedelta(days=2)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Sketch:
    """``title`` is the headline where the article is about it, else its first words; ``kinds`` and ``places`` count in
    how many statements each is named; ``when`` is when the article was published."""

    article: str
    when: datetime
    main: bool
    title: str
    kinds: Mapping[str, int]
    places: Mapping[str, int]
    days: Days | None


def told_at(
    key: int, text: str, start: int, end: int, places: Iterable[str], from_day: date | None, to_day: date | None
) -> Told:
    """The statement ``text[start:end]`` as the sorting of scenes sees it; ``around`` is its paragraph up to the ends of
    its sentences."""
    opened = text.rfind("\n", 0, start) + 1
    closed = text.find("\n", end)
    around = text[opened : closed if closed >= 0 else len(text)]
    first = around.rfind(". ", 0, start - opened)
    last = around.find(". ", end - opened)
    sentence = around[first + 2 if first >= 0 else 0 : last + 1 if last >= 0 else len(around)]
    narrow = frozenset(place for place in places if is_narrow(place))
    return Told(key, text[start:end], sentence, text.count("\n", 0, start), narrow, from_day, to_day)


def words_of(scene: Scene, headline: str, text: str) -> str:
    """What a telling is compared by: the whole article where it is about it, else the sentences that tell of it."""
    if scene.main:
        return f"{headline}\n{text}"
    return " ".join(dict.fromkeys(told.around for told in scene.told))


def fresh_days(when: datetime) -> Days:
    """The days that news speaks of where it gives none."""
    return when.date() - FRESH, when.date()


def days_or_fresh(days: Days | None, kinds: Iterable[str], when: datetime, *, main: bool) -> Days | None:
    """What news is about and gives no day for happened in the days before, where the like happens day after day."""
    if days is None and main and repeats(frozenset(kinds)):
        return fresh_days(when)
    return days


def sketch_of(scene: Scene, article: str, headline: str, when: datetime) -> Sketch:
    kinds = Counter(kind for told in scene.told for kind in kinds_in(told.text))
    kinds.update(kinds_in(headline) if scene.main else ())
    places = Counter(place for told in scene.told for place in spoken_of(told))
    places.update(scene.places)
    title = headline if scene.main else scene.told[0].text
    return Sketch(article, when, scene.main, title, kinds, places, scene.days)


def title_of(group: Sequence[Sketch]) -> str:
    """The headline that names most of its places, of equals that of the first article that is about it; else the first
    words told of it. What somebody said of a thing seldom says where it was."""
    about = [sketch for sketch in group if sketch.main]
    where = [place.lower() for place in places_of(group)]

    def order(sketch: Sketch) -> tuple[int, datetime, str]:
        title = sketch.title.lower()
        return -sum(place in title for place in where), sketch.when, sketch.article

    return min(about, key=order).title if about else group[0].title


def kind_of(group: Sequence[Sketch]) -> str:
    """The kind that most statements name, a named one before the open *attack*."""
    named: Counter[str] = Counter()
    for sketch in group:
        named.update(sketch.kinds)
    if not named:
        return ""
    return max(named, key=lambda kind: (family_of(kind) != "business", kind != OPEN, named[kind], kind))


def days_of(group: Sequence[Sketch]) -> Days | None:
    """The days that most tellings give, the earliest of equals."""
    given = Counter(sketch.days for sketch in group if sketch.days)
    return min(given, key=lambda days: (-given[days], days)) if given else None


def places_of(group: Sequence[Sketch]) -> tuple[str, ...]:
    named: Counter[str] = Counter()
    for sketch in group:
        named.update(sketch.places)
    return tuple(place for place, _ in sorted(named.items(), key=lambda row: (-row[1], row[0]))[:MOST_PLACES])


def keys_of(terms: Iterable[str], places: Iterable[str], days: Days | None) -> list[int]:
    """The keys under which a telling or an event is found, as signed 64-bit numbers, without doubles and the same in
    every process: those of its words, of each place, and of each place on each day. ``terms`` weightiest first."""
    named = sorted(places)[: 2 * MOST_PLACES]
    words = [f"word {term}" for term in terms][:MOST_KEYED]
    words += [f"place {place}" for place in named]
    words += [f"place {place} day {day.isoformat()}" for place in named for day in _each(days)]
    return [_hash(each) for each in dict.fromkeys(words)]


def key_of_word(term: str) -> int:
    return _hash(f"word {term}")


def _each(days: Days | None) -> list[date]:
    if days is None:
        return []
    return [days[0] + timedelta(days=n) for n in range(min(MOST_DAYS, (days[1] - days[0]).days + 1))]


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)

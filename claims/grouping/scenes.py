"""The scenes of one article: a strike today and the shelling two days before are two (R11). Pure.

Statements are read in the order of the copy. Each goes to the scene that its place, day, kind and doer fit best; one
that tells of a happening at another place or on another day opens a scene of its own. What names none of these belongs
to what the copy was just speaking of, and after a break to what the article is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from claims.extraction.gazetteer import house_name
from claims.grouping.kinds import agents_in, alike, harms, kinds_in, repeats

LOOKING_BACK = re.compile(
    r"\b(?:response|retaliation|retaliating|reprisal|revenge|answer|reaction)s? (?:to|for)\b|\bavenge\w*\b"
    r"|\bfollow(?:s|ed|ing)?\b|\bdays? after\b|\bweeks? after\b|\bunlike\b|\bsimilar to\b|\breminiscent\b",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’]s$")
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")
MOST_DAYS = 3  # a longer stretch of time says nothing of the day of a happening
AFTERMATH = 2  # days within which copy still tells of one happening: a death, an arrest, a count put right
Apart = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """One statement: its words, days and places (those that are towns or smaller), and the paragraph it stands in.

    ``key`` is handed back in the scenes; ``around`` is the sentence the words stand in.
    """

    key: int
    text: str
    around: str
    paragraph: int
    places: frozenset[str] = frozenset()
    from_day: date | None = None
    to_day: date | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        if self.from_day and self.to_day and (self.to_day - self.from_day).days < MOST_DAYS:
            return self.from_day, self.to_day
        return None


@dataclass(slots=True)
class Scene:
    """Statements of one happening in one article; ``main`` is what the article is about."""

    main: bool = False
    told: list[Told] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    from_day: date | None = None
    to_day: date | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        return (self.from_day, self.to_day) if self.from_day and self.to_day else None


def scenes_of(told: Iterable[Told], headline: Told, apart: Apart) -> list[Scene]:
    """The scenes of an article, the main one first; ``apart`` says whether two places are too far off to be one."""
    main = Scene(main=True)
    _add(main, headline, keep=False)
    scenes, last = [main], main
    for each in told:
        seen = _Seen(each)
        best = max(scenes, key=lambda scene: (_pull(scene, seen, last, apart), scene.main))
        if _pull(best, seen, last, apart) < 0 and seen.happening:
            best = Scene()
            scenes.append(best)
        _add(best, each)
        last = best
    return [scene for scene in scenes if scene.told]


class _Seen:
    """What one statement says of a happening, read once."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.places = spoken_of(told)
        words = told.text if kinds_in(told.text) else told.around
        self.kinds, self.agents = kinds_in(words), agents_in(words)
        self.happening = harms(self.kinds) and bool(self.places or told.days)


def _pull(scene: Scene, seen: _Seen, last: Scene, apart: Apart) -> float:
    """How strongly a statement belongs to a scene; below nothing it does not."""
    told = seen.told
    pull = 0.25 * scene.main + _near(scene, told, last)
    pull += _by_place(scene.places, seen.places, apart) + _by_day(scene, seen)
    fits = alike(seen.kinds, frozenset(scene.kinds))
    if fits is not None:
        pull += 0.5 if fits else -0.75
    if seen.agents and scene.agents:
        pull += 0.75 if seen.agents & scene.agents else -0.75
    return pull


def _near(scene: Scene, told: Told, last: Scene) -> float:
    if scene is not last or not scene.told:
        return 0.0
    return 1.0 if scene.told[-1].paragraph == told.paragraph else 0.5


def _by_place(known: set[str], named: frozenset[str], apart: Apart) -> float:
    if not known or not named:
        return 0.0
    if known & named:
        return 1.5
    return -3.0 if all(apart(one, other) for one in known for other in named) else 0.0


def _by_day(scene: Scene, seen: _Seen) -> float:
    told = seen.told
    if not scene.days or not told.days:
        return 0.0
    between = max((scene.days[0] - told.days[1]).days, (told.days[0] - scene.days[1]).days)
    if between <= 0:
        return 0.75
    again = repeats(seen.kinds) and repeats(frozenset(scene.kinds))
    return -0.75 if between <= AFTERMATH and not again else -3.0


def _add(scene: Scene, told: Told, *, keep: bool = True) -> None:
    """The first statements of a scene settle its day; places and kinds gather."""
    if keep:
        scene.told.append(told)
    scene.kinds |= kinds_in(told.text) or (kinds_in(told.around) if not scene.kinds else frozenset())
    scene.agents |= agents_in(told.text)
    places = spoken_of(told)
    if not scene.places or len(places) == 1 or not keep:
        scene.places |= places
    if told.days and not scene.days and harms(kinds_in(told.text) or kinds_in(told.around)):
        scene.from_day, scene.to_day = told.days


def spoken_of(told: Told) -> frozenset[str]:
    """The places of what is told, without those it only looks back to ("the strike was no answer to that on …")."""
    back = LOOKING_BACK.search(told.text)
    if back is None or len(told.places) == 0:
        return told.places
    behind = {house_name(name) for run in _CAPITALISED.findall(told.text[back.end() :]) for name in _names(run)}
    return frozenset(place for place in told.places if place not in behind)


def _names(run: str) -> Iterator[str]:
    words = [_OWNS.sub("", word) for word in run.split()]
    for size in range(1, min(3, len(words)) + 1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])

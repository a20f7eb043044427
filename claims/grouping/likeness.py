"""How alike two tellings are: the words they share that few others use, and what their days and places say. Pure.

How rare a word is, is counted over the tellings at hand together with a table of everyday English (``words.tsv.gz``,
counted over the training texts; docs/training.md has their licences), so that a desk of ten articles is not misled.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d+")
_NAME = re.compile(r"(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+)+")
_OWNS = re.compile(r"['’]s$")
MOST_TERMS = 120  # the weightiest terms of one telling that are compared
COMMON = 0.3  # a word that this part of all tellings use says nothing

SAME_DAYS, DAYS_APART = 1.25, 0.85
SAME_PLACE, OTHER_PLACE = 1.1, 0.85
OTHER_DAY = 0.25  # of what happens day after day
STILL_ALIKE = 0.05  # the most that such tellings are alike, however much of their words copy uses again
FAR_DAYS = 2  # a death or an arrest comes a day or two after


@dataclass(frozen=True, slots=True)
class Portrait:
    """One telling of one happening: ``terms`` are its words and full names with how often they stand there (damped).

    ``article`` keeps two scenes of one article apart. The days are an interval of a few days, or None; ``repeated``
    says that the like of it happens day after day (strikes in a war), so that another day is another happening.
    """

    key: int
    article: str
    terms: Mapping[str, float]
    places: frozenset[str] = frozenset()
    days: tuple[date, date] | None = None
    repeated: bool = False


def portrait_of(
    key: int,
    article: str,
    words: str,
    places: Iterable[str] = (),
    days: tuple[date, date] | None = None,
    *,
    repeated: bool = False,
) -> Portrait:
    """The portrait of a telling from its words."""
    counted = Counter(_OWNS.sub("", word.lower()) for word in _WORD.findall(words))
    counted.update(_NAME.findall(words))
    return Portrait(
        key, article, {term: 1 + math.log(n) for term, n in counted.items()}, frozenset(places), days, repeated
    )


@dataclass(slots=True)
class Likeness:
    """Weighs terms over all tellings that it was shown; ``between`` is from 0 to somewhat over 1."""

    shown: int = 0
    used: Counter[str] = field(default_factory=Counter)
    barred: set[str] = field(default_factory=set)

    @classmethod
    def over(cls, portraits: Iterable[Portrait]) -> Likeness:
        one = cls()
        for portrait in portraits:
            one.shown += 1
            one.used.update(portrait.terms.keys())
        return one

    def bar(self, terms: Iterable[str]) -> None:
        """Say of ``terms`` that so many tellings use them that they say nothing."""
        self.barred.update(terms)

    def weighed(self, portrait: Portrait) -> dict[str, float]:
        """The weightiest terms of a portrait, as a vector of length one."""
        known, texts = everyday()
        total = texts + self.shown
        weights: dict[str, float] = {}
        for term, times in portrait.terms.items():
            used = self.used[term] + known.get(term, 0)
            if used <= COMMON * total and term not in self.barred:
                weights[term] = times * math.log(total / (used + 0.5))
        kept = sorted(weights.items(), key=lambda row: (-row[1], row[0]))[:MOST_TERMS]
        length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
        return {term: weight / length for term, weight in kept}


def told_alike(words: float, one: Portrait, other: Portrait) -> float:
    """The likeness of two tellings from that of their words, with what their days and places say for or against it."""
    if one.days and other.days:
        apart = max((one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days)
        if one.repeated and other.repeated and apart > 0:
            words = min(words * OTHER_DAY, STILL_ALIKE)
        else:
            words *= SAME_DAYS if apart <= 0 else DAYS_APART if apart > FAR_DAYS else 1.0
    if one.places and other.places:
        words *= SAME_PLACE if one.places & other.places else OTHER_PLACE
    return words


@lru_cache(maxsize=1)
def everyday() -> tuple[dict[str, int], int]:
    """(texts that use each word, texts counted)."""
    lines = gzip.decompress((Path(__file__).parent / "words.tsv.gz").read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return {word: int(count) for word, count in rows}, int(lines[0])

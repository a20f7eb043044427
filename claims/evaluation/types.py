"""What a set hands to the scoring: outcomes, one for each item that the annotation or the engine names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
ReadWire = Callable[[Path, str, str], Row]


class Verdict(StrEnum):
    """``hit``, ``miss`` and ``extra`` make an F1; ``right`` and ``wrong`` a share; ``some`` a share of weighted items;
    ``above`` and ``below`` a ranking, scored by the area under the curve. ``fault`` and ``read`` are scored by the set
    itself: only what came and what went is told."""

    HIT = "hit"
    MISS = "miss"
    EXTRA = "extra"
    RIGHT = "right"
    WRONG = "wrong"
    SOME = "some"
    ABOVE = "above"
    BELOW = "below"
    FAULT = "fault"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item of one text under one measure.

    A measure named with a comma ("NER F1, ORG") is a share of the one before the comma: scored, but its items are not
    listed a second time.
    ``item`` tells the items of a text apart and is the same in every run. ``part`` names a share of the set that is
    scored apart. ``value`` is the rank score (above, below) or how many of ``total`` are right (some). ``words`` says
    to a person what happened; it is empty for texts that nobody may look at.
    """

    text: str
    measure: str
    item: str
    verdict: Verdict
    words: str = ""
    part: str = ""
    value: float = 0.0
    total: float = 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """The value of one measure. ``count`` is the number of annotated items, ``note`` precision and recall of an F1."""

    name: str
    measure: str
    value: float
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Scores that a set's own scorer worked out, by measure."""

    values: Mapping[str, float]
    count: int


@dataclass(frozen=True, slots=True)
class Request:
    """What a set may ask for: the folder of the data, how many texts at most, and a reader of whole wire files.

    ``read_wire(path, published, outlet)`` returns the object that ``manage.py extract`` prints for the file.
    """

    shared: Path
    read_wire: ReadWire
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """A set by its name, the files (below ``shared``) that it needs, and what yields its outcomes."""

    name: str
    needs: tuple[str, ...]
    run: Callable[[Request], Iterator[Outcome | Given]]
    about: str


@dataclass(frozen=True, slots=True)
class Report:
    """One set scored: its scores, its outcomes, and the seconds that it took."""

    scores: tuple[Score, ...]
    outcomes: tuple[Outcome, ...]
    seconds: float = field(default=0.0)

"""What the language engine hands to the desk: frozen values, every offset into one canonical text.

Offsets are Python string indexes (code points), ``text[start:end]`` is always the anchored wording.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Mode(StrEnum):
    OUTLET = "outlet"
    INDIRECT = "indirect"
    DIRECT = "direct"
    MIXED = "mixed"


class Polarity(StrEnum):
    ASSERTED = "asserted"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the canonical text, ``text == canonical[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One link of an attribution chain: the words that name it, and who that is.

    ``name`` is the resolved name ("He" becomes the person), ``role`` the title or function ("Regional Governor") or "".
    ``kind`` is ``person``, ``body``, ``unnamed`` (an unnamed role: "officials") or ``agency``.
    """

    name: str
    role: str
    kind: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that attribute; ``lemma`` is a verb lemma ("say") or "according to"."""

    lemma: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A quantity as an interval (R1, R2). ``high`` is None where the words set no upper end.

    ``measure`` is one of DESIGN's measures or ``other:<noun lemma>``; ``unit`` is a currency code for money, else "".
    ``part_of`` is the index, in the same claim's figures, of the whole that this is a part of (R4), or None.
    """

    measure: str
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    anchor: Anchor
    population: str = ""
    place: str = ""
    unit: str = ""
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place name in the text; ``name`` is the canonical spelling, "" while several ``candidates`` are open."""

    name: str
    anchor: Anchor
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateFound:
    """An expression of time as a range of days; both days are None where the text gives no anchor."""

    anchor: Anchor
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One claim: a span of the text, who says it, how, and what it counts, where and when."""

    anchor: Anchor
    speaker: Source | None
    chain: tuple[Source, ...]
    cue: Cue | None
    mode: Mode
    polarity: Polarity
    figures: tuple[FigureFound, ...]
    places: tuple[str, ...]
    from_day: date | None
    to_day: date | None
    marks: tuple[str, ...]
    worth: float
    worth_reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about an article before it is read.

    ``published`` anchors relative dates; None leaves them open. ``headline_end`` is the offset behind the headline (0
    without one). ``skip`` lists (start, end) stretches in which no claim may stand. ``language`` is a code such as
    "en",
    "" where it is not known.
    """

    published: datetime | date | None = None
    outlet: str = ""
    headline_end: int = 0
    dateline_place: str = ""
    skip: tuple[tuple[int, int], ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text, by one producer (R41)."""

    claims: tuple[Candidate, ...]
    dates: tuple[DateFound, ...]
    places: tuple[PlaceFound, ...] = field(default=())
    producer: str = ""

"""What goes in and what comes out: statements of one event, and the relations between them. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from claims.comparison import Reported
from claims.extraction.types import Mode, Polarity
from claims.independence import Voice


class Kind(StrEnum):
    """How one statement stands to another. *Rivals*, *different scope* and *rendering* are the same from both ends; the
    others are told from the later, denying or conceding end."""

    REPEATS = "repeats"
    REVISES = "revises"
    DENIES = "denies"
    CONCEDES = "concedes"
    DIFFERENT_SCOPE = "different scope"
    RIVALS = "rival attributions"
    RENDERING = "rendering"


SYMMETRIC = frozenset({Kind.DIFFERENT_SCOPE, Kind.RIVALS, Kind.RENDERING})  # their ends stand in the order of the keys


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of an event as the relations see it.

    ``voice`` is who carries it and who knows (its key is the statement's own); ``article`` the piece of copy; ``as_of``
    aware (R10). ``figures`` are the cells of its numbers; their origin and statement are filled in here. ``places`` and
    days are those of the claim; ``named`` are the words of the copy that name the speaker.
    """

    voice: Voice
    article: str
    as_of: datetime
    text: str
    polarity: Polarity = Polarity.ASSERTED
    cue: str = ""
    mode: Mode = Mode.INDIRECT
    places: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None
    figures: tuple[Reported, ...] = ()
    named: str = ""

    @property
    def key(self) -> str:
        return self.voice.key

    @property
    def speaker(self) -> str:
        """The name of who says it, "" in the outlet's own voice."""
        return self.voice.knower.name if self.voice.knower else ""

    @property
    def who(self) -> str:
        """Who says it, for a reason in words."""
        return self.speaker or self.voice.outlet

    @property
    def denied(self) -> bool:
        return self.polarity is Polarity.DENIED


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``text[start:end]`` of the statement of that key: the words that a relation rests on."""

    statement: str
    start: int
    end: int


class Match(StrEnum):
    """How words of two renderings stand opposite each other: *only one* has nothing opposite."""

    SAME = "same"
    SPELLING = "another spelling"
    OTHER = "other words"
    ONLY_ONE = "only in one"


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of two aligned quotations; ``one`` and ``other`` are offsets into their texts, None for nothing."""

    match: Match
    one: tuple[int, int] | None
    other: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Relation:
    """``one`` stands to ``other`` so, by ``rules``, because of ``why``; ``spans`` are the words it rests on.

    ``about`` is the dimension of a different scope, the measure of what is revised, or what is denied. ``steps`` align
    a rendering. ``undecided``: the numbers are in conflict, and only a person can say that their scope differs (R11).
    """

    kind: Kind
    one: str
    other: str
    rules: tuple[str, ...]
    why: str
    spans: tuple[Span, ...] = ()
    about: str = ""
    steps: tuple[Step, ...] = ()
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word that one statement does not stand so to another. It holds for all that the same source says of
    the same, since that is one statement (R23)."""

    kind: Kind
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Side:
    """One attribution of responsibility (R17): ``accused`` is the code of a state or the folded name of whoever is said
    to have done it, ``name`` its name in words; the statements that say so, and the words of each that do."""

    accused: str
    name: str
    statements: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two opposed attributions of responsibility for one event, set side by side (R17)."""

    one: Side
    other: Side


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """Where a name is used: in the words of ``statement``, from ``start`` to ``end``, or both -1 where it names who
    said it. By ``outlet``, and where ``quoted`` in the words of ``speaker``, whom the outlet else only reports."""

    outlet: str
    speaker: str
    quoted: bool
    statement: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which something is named: the exact words, and every use of them. ``charged``: the words take a side,
    by whose it is said to be or by what it is called."""

    words: str
    uses: tuple[Use, ...]
    charged: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """The ways in which one place, person or body is named (R43), the most used first; ``thing`` is its name in house
    style, ``kind`` place, person or body. ``contested``: two of them at least differ in more than spelling."""

    thing: str
    kind: str
    variants: tuple[Variant, ...]
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Relations:
    """All relations of an event, in an order that does not depend on that of the statements.

    ``refused`` are those that a person said are none; ``origins`` says by statement who knows it (R23), "" where nobody
    is named. ``accused`` are the parties that somebody says did it. What is ``left_out`` is counted: statements, and
    relations, beyond those that are compared and kept.
    """

    relations: tuple[Relation, ...] = ()
    rivalries: tuple[Rivalry, ...] = ()
    refused: tuple[Relation, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    accused: tuple[str, ...] = ()
    statements_left_out: int = 0
    left_out: int = 0

    def of(self, *kinds: Kind) -> tuple[Relation, ...]:
        return tuple(each for each in self.relations if each.kind in kinds)

    def touching(self, key: str) -> tuple[Relation, ...]:
        return tuple(each for each in self.relations if key in (each.one, each.other))

"""What goes in and what comes out: a claim with what bears on it in one event, and a proposal. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from claims.board import Row
from claims.comparison import DEFAULT, Measure
from claims.independence import Knower, Ledger
from claims.workflow import Rating

WAITING = timedelta(hours=24)


class Rank(IntEnum):
    """Who says it, the weakest first (R28). *Nobody* is the outlet's own voice, that names no source."""

    NOBODY = 0
    ANONYMOUS = 1
    OFFICIAL = 2
    NAMED = 3
    WITNESS = 4


def rank_of(knower: Knower | None) -> Rank:
    """R28: own witness > named, on the record > unnamed official with a role > anonymous."""
    if knower is None:
        return Rank.NOBODY
    if knower.witness:
        return Rank.WITNESS
    if not knower.unnamed:
        return Rank.NAMED
    return Rank.OFFICIAL if knower.branch or knower.state else Rank.ANONYMOUS


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that may bear on another: ``key`` is that of its voice, ``claim`` its id, ``who`` whoever says it in
    words. ``first`` is when it was first carried, aware. ``unverified``: its text says that it could not be verified
    (R39). ``aggregate``: it counts over several days or places (R8)."""

    key: str
    claim: int
    words: str
    who: str
    knower: Knower | None
    first: datetime
    unverified: bool = False
    aggregate: bool = False

    @property
    def rank(self) -> Rank:
        return rank_of(self.knower)


class Bears(StrEnum):
    """How another claim bears on the one at hand, whatever the numbers say."""

    DENIES = "denies"
    RIVALS = "rivals"
    CONCEDES = "concedes"


@dataclass(frozen=True, slots=True)
class Bearing:
    """That the claim with this key denies the one at hand (R16), names another as responsible, or concedes it (R17);
    ``why`` in words. ``admitted``: a concession admits responsibility, and does not only say that the party struck."""

    key: str
    how: Bears
    why: str
    admitted: bool = False

    @property
    def rule(self) -> str:
        return "R16" if self.how is Bears.DENIES else "R17"


@dataclass(frozen=True, slots=True)
class Case:
    """One claim in one event: ``about`` is its key. ``rows`` are those of the board in which it counts something,
    ``same`` the keys of claims without figures that say the same thing; ``statements`` holds whatever is named, by key.
    ``ledger`` covers them all. ``parties`` are the codes of the states that are parties to the event. ``denied``: the
    claim is a denial itself."""

    about: str
    statements: Mapping[str, Statement]
    ledger: Ledger
    rows: tuple[Row, ...] = ()
    same: tuple[str, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    parties: tuple[str, ...] = ()
    denied: bool = False
    event: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk goes by: how figures are compared, how long it waits for a second source (R35), what time it is."""

    now: datetime
    waiting: timedelta = WAITING
    measure: Measure = DEFAULT


@dataclass(frozen=True, slots=True)
class Contest:
    """A claim that stands against the one at hand, or whose number replaces its own: by which rule, and why."""

    key: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Stand:
    """How one thing that the claim says stands. ``what`` names it, "" for the claim as a whole; ``wanted`` says which
    number would agree. ``backing`` are the keys of all that say so, the claim's own first; ``groups`` their interest
    groups by name. ``level`` is the rank of the weaker of the two best independent sources, None where there are no
    two. ``outdated``: a newer word goes before it (R13, R14). ``row`` is the board's, None for a claim as a whole;
    ``conceded`` the keys of those who concede it (R17)."""

    what: str
    wanted: str
    backing: tuple[str, ...]
    groups: tuple[str, ...]
    level: Rank | None
    against: tuple[Contest, ...] = ()
    outdated: tuple[Contest, ...] = ()
    row: Row | None = None
    conceded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that held, why in words, and the ids of the claims that it rests on."""

    rule: str
    words: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim by its id, its words, and who says it."""

    claim: int
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """``rating`` None: nothing is proposed, and ``rules`` say why. ``rests_on`` are the claims that it goes by (the
    claim at hand is not among them), ``against`` those that contest it. ``stands`` says of each event, by its name, how
    what the claim says stands there."""

    rating: Rating | None
    rules: tuple[Fired, ...]
    rests_on: tuple[Cited, ...] = ()
    against: tuple[Cited, ...] = ()
    would_change: tuple[str, ...] = ()
    producer: str = ""
    stands: tuple[tuple[str, tuple[Stand, ...]], ...] = field(default=(), compare=False)

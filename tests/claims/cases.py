"""Claims of one event for tests of proposals: who says which number when, as the pure rules take it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from claims.board import Counted, Told, board_of
from claims.comparison import Measure
from claims.geography import lie
from claims.independence import Knower, Voice, knower_of, ledger_of
from claims.proposals import Bearing, Case, Proposal, Statement, propose
from claims.proposals.types import Desk

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
MAYOR = knower_of("Ida Holm", "Bergen mayor", "person")
HOSPITAL = knower_of("Haukeland hospital", "", "body")
FIRE = knower_of("Bergen fire brigade", "", "body")
REPORTER = knower_of("a reporter", "", "unnamed")
SOMEBODY = knower_of("a source", "", "unnamed")
ANOTHER = knower_of("a person with knowledge", "", "unnamed")
OFFICIAL = knower_of("Norwegian officials", "", "unnamed")
ABROAD = knower_of("Danish officials", "", "unnamed")
ARMY = knower_of("Norwegian army", "", "body")
NAVY = knower_of("Norwegian navy", "", "body")
DANES = knower_of("Danish army", "", "body")
DESK = Desk(NOON + timedelta(hours=2), measure=Measure(geography=lie))
LATER = replace(DESK, now=NOON + timedelta(hours=40))


@dataclass(frozen=True)
class Says:
    """``low`` None: a claim without figures. ``high`` -1: the number is exact; None: no upper end."""

    by: Knower | None
    low: int | None = 12
    high: int | None = -1
    hours: float = 0
    outlet: str = ""
    unverified: bool = False
    aggregate: bool = False
    denied: bool = False


def key_of(number: int) -> str:
    return f"{number:04d}"


def counted(number: int, said: Says) -> Counted:
    low = Decimal(said.low or 0)
    high = low if said.high == -1 else None if said.high is None else Decimal(said.high)
    outlet = said.outlet or f"Post {number}"
    return Counted(
        f"{key_of(number)} 000", Voice(key_of(number), outlet, knower=said.by), outlet, "killed", low, high, str(low),
        NOON + timedelta(hours=said.hours), told=Told.DENIED if said.denied else Told.ASSERTED,
    )  # fmt: skip


def case_of(
    *said: Says, bearings: tuple[Bearing, ...] = (), parties: tuple[str, ...] = (), numbers: tuple[int, ...] = ()
) -> Case:
    """The case of the first one; ``numbers`` are the keys, where their order is not that of the arguments."""
    keys = numbers or tuple(range(len(said)))
    figures = [counted(number, each) for number, each in zip(keys, said, strict=True) if each.low is not None]
    board = board_of(figures, DESK.measure, parties)
    statements = {key_of(number): statement(number, each) for number, each in zip(keys, said, strict=True)}
    about = key_of(keys[0])
    voices = [Voice(key_of(n), each.outlet or f"Post {n}", knower=each.by) for n, each in zip(keys, said, strict=True)]
    mine = tuple(row for row in board.rows if any(figure.voice.key == about for figure in row.figures))
    same = tuple(key_of(n) for n, each in zip(keys, said, strict=True) if each.low is None)
    return Case(
        about, statements, board.ledger if mine else ledger_of(voices, (), parties), mine, same, bearings, parties,
        said[0].denied, "Blast in Bergen",
    )  # fmt: skip


def statement(number: int, said: Says) -> Statement:
    who = said.by.name if said.by else f"Post {number}"
    return Statement(
        key_of(number), 100 + number, f"words of {number}", who, said.by, NOON + timedelta(hours=said.hours),
        said.unverified, said.aggregate,
    )  # fmt: skip


def judged(*said: Says, desk: Desk = DESK, **about: tuple[object, ...]) -> Proposal:
    return propose(case_of(*said, **about), desk)  # type: ignore[arg-type]

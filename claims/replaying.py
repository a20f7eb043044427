"""What stood at a moment, from the steps that were written up to it, oldest first (R38). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from claims.workflow import Act, ClaimState, NoWay, VerdictState, after

if TYPE_CHECKING:
    from claims.models import VerdictEntry

RECORDED, SIGNED_OFF, SENT_BACK, REOPENED, WITHDRAWN = "recorded", "signed off", "sent back", "reopened", "withdrawn"
STALE, KEPT = "marked stale", "kept"
# The entries of a verdict that move its claim through the review, and the lines of the log that have no entry.
OF_ENTRY = {
    RECORDED: Act.RULE,
    SIGNED_OFF: Act.SIGN_OFF,
    SENT_BACK: Act.SEND_BACK,
    REOPENED: Act.REOPEN,
    WITHDRAWN: Act.WITHDRAW,
}
OF_LINE = {"link rejected": Act.LINK, "reopened": Act.REOPEN}
SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """That a claim was moved through its review; ``waits``: a ruling that waits for its second reader."""

    at: datetime
    act: Act
    waits: bool = False


@dataclass(frozen=True, slots=True)
class VerdictThen:
    """A verdict as its entries left it. ``ruling`` is the entry that gave its rating and reason, ``last`` the one with
    its evidence, ``face`` what the world read; ``marks`` are the entries that marked it stale, until it is settled."""

    ruling: VerdictEntry
    last: VerdictEntry
    state: VerdictState
    face: VerdictEntry | None = None
    marks: Sequence[VerdictEntry] = ()

    @property
    def stale(self) -> datetime | None:
        return self.marks[0].at if self.marks else None


def verdict_after(entries: Iterable[VerdictEntry]) -> VerdictThen | None:
    """None where nothing was ruled yet."""
    then: VerdictThen | None = None
    for entry in entries:
        if entry.act == RECORDED or then is None:
            waits = waits_for_second(entry)
            face = (then.face if then else None) if waits else entry
            then = VerdictThen(entry, entry, VerdictState.AWAITING if waits else VerdictState.PUBLISHED, face)
        else:
            then = _step(then, entry)
    return then


def _step(then: VerdictThen, entry: VerdictEntry) -> VerdictThen:
    state = {
        SIGNED_OFF: VerdictState.PUBLISHED,
        SENT_BACK: VerdictState.REOPENED,
        REOPENED: VerdictState.REOPENED,
        WITHDRAWN: VerdictState.WITHDRAWN,
    }.get(entry.act, then.state)
    face = {SIGNED_OFF: entry, WITHDRAWN: None}.get(entry.act, then.face)
    marks = (*then.marks, entry) if entry.act == STALE else () if entry.act in (KEPT, WITHDRAWN) else then.marks
    return VerdictThen(then.ruling, entry, state, face, marks)


def waits_for_second(entry: VerdictEntry) -> bool:
    """Whether a ruling is published only when a second person signs it (R37)."""
    return "R37" in entry.rules


def moves_of(entries: Iterable[VerdictEntry]) -> list[Move]:
    return [Move(each.at, OF_ENTRY[each.act], waits_for_second(each)) for each in entries if each.act in OF_ENTRY]


def move_of(at: datetime, kind: str, detail: dict[str, Any]) -> Move:
    """A line of the log whose kind is in ``OF_LINE``, or *set aside*."""
    return Move(at, Act(detail["act"]) if kind == SET_ASIDE else OF_LINE[kind])


def state_after(moves: Iterable[Move]) -> ClaimState:
    """Where the review of a claim stood after these, in the order of their times. What is told twice, by an entry and
    by a line, moves it once."""
    state = ClaimState.UNREVIEWED
    for move in sorted(moves):
        try:
            state = after(state, move.act, second_reader=move.waits)
        except NoWay:
            continue
    return state

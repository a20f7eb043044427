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
# The acts in the activity log that move a claim through its review.
ACTS = {
    "link confirmed": Act.LINK,
    "link rejected": Act.LINK,
    "verdict recorded": Act.RULE,
    "verdict signed off": Act.SIGN_OFF,
    "verdict sent back": Act.SEND_BACK,
    "verdict withdrawn": Act.WITHDRAW,
    "reopened": Act.REOPEN,
}
SET_ASIDE = "set aside"


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


def state_after(log: Iterable[tuple[str, dict[str, Any]]]) -> ClaimState:
    """Where the review of a claim stood after these lines of the activity log, each (kind, detail)."""
    state = ClaimState.UNREVIEWED
    for kind, detail in log:
        act = Act(detail["act"]) if kind == SET_ASIDE and "act" in detail else ACTS.get(kind)
        if act is None:
            continue
        try:
            state = after(state, act, second_reader=bool(detail.get("waits")))
        except NoWay:  # a line from before the log began to hold all acts
            continue
    return state

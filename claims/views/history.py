"""What happened to one claim, oldest first: steps of its verdict with their evidence, and all else that was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.models import Activity, Claim, Verdict, VerdictEntry
from claims.views.moments import stamp
from claims.workflow import Act

MOST = 200
IN_ENTRIES = (
    Activity.Kind.VERDICT_RECORDED,
    Activity.Kind.VERDICT_SIGNED_OFF,
    Activity.Kind.VERDICT_SENT_BACK,
    Activity.Kind.VERDICT_WITHDRAWN,
    Activity.Kind.VERDICT_STALE,
    Activity.Kind.VERDICT_KEPT,
)
SET_ASIDE = {Act.HOLD.value: "held for more information", Act.DISMISS.value: "put out of scope"}


@dataclass(frozen=True, slots=True)
class Step:
    """``who`` is empty for the desk's own worker. ``evidence`` is the snapshot of a ``VerdictEntry``."""

    at: datetime
    who: str
    what: str
    rating: str = ""
    reason: str = ""
    evidence: tuple[dict[str, Any], ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def stamp(self) -> str:
        return stamp(self.at)


def history_of(claim: Claim, verdict: Verdict | None, upto: datetime | None = None) -> list[Step]:
    """The last ``MOST`` steps of each kind, ``upto`` a moment or now. Two queries."""
    then = Q(at__lte=upto) if upto is not None else Q()
    entries: list[VerdictEntry] = []
    if verdict is not None:
        entries = list(verdict.entries.filter(then).select_related("by").order_by("-number")[:MOST])
    lines = claim.activity.filter(then).exclude(kind__in=IN_ENTRIES).select_related("actor", "event")
    acts = lines.order_by("-at", "-pk")[:MOST]
    told = {(entry.by_id, entry.reason) for entry in entries if entry.act == VerdictEntry.Act.REOPENED}
    steps = [_entry(entry) for entry in entries]
    steps += [_act(act) for act in acts if not _is_told(act, told)]
    return sorted(steps, key=lambda step: step.at)


def _is_told(act: Activity, told: set[tuple[int | None, str]]) -> bool:
    return act.kind == Activity.Kind.REOPENED and (act.actor_id, act.detail.get("reason", "")) in told


def _entry(entry: VerdictEntry) -> Step:
    what = "ruled" if entry.act == VerdictEntry.Act.RECORDED else entry.act
    return Step(
        entry.at,
        entry.by.get_username() if entry.by is not None else "",
        what,
        entry.rating,
        entry.reason,
        tuple(entry.evidence),
        tuple(entry.rules),
    )


def _act(act: Activity) -> Step:
    what = SET_ASIDE.get(act.detail.get("act", ""), act.kind)
    if act.event is not None:
        what = f"{what}: {act.event.title}"
    who = act.actor.get_username() if act.actor is not None else ""
    return Step(act.at, who, what, reason=str(act.detail.get("reason", "")))

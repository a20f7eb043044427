"""The verdicts of an event weighed anew when something changed in it (R19): by which claims they are supported and
contested now, and whether what moved since they were ruled matters to them. The rating stays a person's.

Acts say that an event changed (``changes.stir``); a worker takes it up when it is rung for, and the sweep rings again.
A second run changes nothing, and so do two workers at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims import staleness
from claims.models import Event, Link, Verdict
from claims.proposals.grounds import changes
from claims.weighing import Scales
from claims.workflow import VerdictState

MOST_VERDICTS = 2_000


def weigh_event(pk: int) -> str:
    """Weigh the verdicts of one event if it waits. Returns what came of it: ``done``, ``not waiting``, ``changed
    meanwhile``."""
    event = Event.objects.to_weigh().filter(pk=pk).first()
    if event is None:
        return "not waiting"
    scales = Scales()
    try:
        for verdict in verdicts_of(event):
            weigh_verdict(verdict, event, scales)
    except staleness.ChangedMeanwhile:
        return "changed meanwhile"
    Event.objects.filter(pk=pk, weighed__lt=event.changes).update(weighed=event.changes)
    return "done"


def verdicts_of(event: Event) -> Iterator[Verdict]:
    """Those on claims that a person linked to the event, or said do not belong to it."""
    links = Link.objects.filter(event=event).exclude(state=Link.State.SUGGESTED)
    live = Verdict.objects.filter(claim__in=links.values("claim")).exclude(state=VerdictState.WITHDRAWN)
    rows = live.select_related("claim__version", "claim__speaker").order_by("pk")
    yield from rows[:MOST_VERDICTS]


def weigh_verdict(verdict: Verdict, event: Event, scales: Scales) -> None:
    """Mark a verdict whose ground moved. What was ruled before grounds were kept gets the one it has now; of a claim
    that was killed or orphaned its own copy tells (``staleness.mark``)."""
    if verdict.claim.withdrawn_by_id is not None or verdict.claim.orphaned_by_id is not None:
        return
    now = scales.weigh(verdict.claim).ground
    if verdict.ground is None:
        Verdict.objects.filter(pk=verdict.pk, ground__isnull=True).update(ground=now)
    elif moved := changes(verdict.ground, now, verdict.rating):
        staleness.mark_moved(verdict, moved, event)

"""What every act on a claim shares: the guarded change, and the row in the activity log that goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Q

from claims import workflow
from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Claim, Event, Link
from claims.permissions import Verb, may

MAX_REASON = 5_000
MEANWHILE = "Somebody changed this claim meanwhile. It is shown as it stands now; your change was not made."


def check(by: User, verb: Verb, row: Any, words: str) -> None:
    if not may(by, verb, row):
        raise NotAllowed(f"{by.get_username()} may not {words}.")


def check_reason(reason: str, needed_for: str) -> str:
    """The reason without blanks around it. Raises ``Incomplete`` where there is none, or where it is a book."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise Incomplete(f"Give a reason: {needed_for}.", "reason")
    if len(reason) > MAX_REASON:
        raise Incomplete(f"The reason is {len(reason):,} characters long; {MAX_REASON:,} are the most.", "reason")
    return reason


def turn(claim: Claim, act: workflow.Act, seen: int, *, second_reader: bool = False) -> None:
    """Move ``claim`` by ``act`` if nobody changed it since ``seen``. Raises ``Stale`` where somebody did,
    ``Incomplete``
    where the workflow has no such way. The caller holds the transaction."""
    if claim.seen != seen:
        raise Stale(MEANWHILE)
    try:
        state = workflow.after(claim.state, act, second_reader=second_reader)
    except workflow.NoWay as error:
        raise Incomplete(str(error)) from error
    changed = {"state": state.value, "seen": seen + 1, "touched": True}
    if act in workflow.SETTLING:
        changed["stale"] = False
    if not Claim.objects.filter(pk=claim.pk, seen=seen).update(**changed):
        raise Stale(MEANWHILE)
    for name, value in changed.items():
        setattr(claim, name, value)


def stir(events: Iterable[int]) -> dict[int, int]:
    """Say that something changed in these events which verdicts may lean on: the worker weighs them anew (R19).
    Returns the counts of changes before. Last in the caller's transaction, so that no two wait for each other."""
    held = Event.objects.select_for_update().filter(pk__in=set(events)).order_by("pk")
    before = dict(held.values_list("pk", "changes"))
    if before:
        Event.objects.filter(pk__in=before).update(changes=F("changes") + 1)
    return before


def stir_around(claims: Q) -> None:
    """The same for all events to which a person linked one of the claims that meet the condition."""
    links = Link.objects.filter(state=Link.State.CONFIRMED, claim__in=Claim.objects.filter(claims))
    stir(links.order_by().values_list("event_id", flat=True).distinct())


def log(kind: Activity.Kind, actor: User | None, **about: Any) -> None:
    Activity.objects.create(kind=kind, actor=actor, **about)

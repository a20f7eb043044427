"""What every act on a claim shares: the guarded change, and the rows of the log and of the history that go with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet

from claims import workflow
from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Claim, ClaimEntry, Event, Link
from claims.permissions import Verb, may

MAX_REASON = 5_000
AT_ONCE = 500
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


def turn_all(claims: Iterable[Claim], act: workflow.Act) -> None:
    """Move ``claims``, which the caller holds locked in its transaction, by an act that any state has a way for."""
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for claim in claims:
        standing[claim.state].append(claim.pk)
    for state, ids in standing.items():
        changed = {"state": workflow.after(state, act).value, "seen": F("seen") + 1, "touched": True}
        for some in batched(ids):
            Claim.objects.filter(pk__in=some).update(**changed)


def hold_claims(ids: Iterable[int]) -> list[Claim]:
    """The claims, locked in one order; who holds claims and events takes the claims first. The caller holds the
    transaction."""
    rows = Claim.objects.select_for_update(of=("self",)).only("state", "version").order_by("pk")
    return [claim for some in batched(sorted(set(ids))) for claim in rows.filter(pk__in=some)]


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many at once as any database takes in one statement."""
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


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


def log_each(kind: Activity.Kind, actor: User, claims: Iterable[Claim], **about: Any) -> None:
    """One line for each claim, in its own history."""
    rows = [Activity(kind=kind, actor=actor, claim=claim, version_id=claim.version_id, **about) for claim in claims]
    Activity.objects.bulk_create(rows, batch_size=AT_ONCE)


STANDING = ("version_id", "orphaned_by_id", "withdrawn_by_id", "vanished")


def note_standing(claims: QuerySet[Claim]) -> None:
    """Write into the history where each of ``claims`` stands now, if it stands otherwise than its last entry says
    (R38). The caller holds the transaction."""
    rows = {pk: (*where, gone is not None) for pk, *where, gone in claims.values_list("pk", *STANDING)}
    entries = ClaimEntry.objects.filter(claim__in=rows).order_by("pk")
    last = {claim: tuple(where) for claim, *where in entries.values_list("claim_id", *STANDING)}
    ClaimEntry.objects.bulk_create(
        (
            ClaimEntry(claim_id=pk, step=step_between(last.get(pk), where), **dict(zip(STANDING, where, strict=True)))
            for pk, where in rows.items()
            if last.get(pk) != where
        ),
        batch_size=500,
    )


def step_between(before: tuple[Any, ...] | None, now: tuple[Any, ...]) -> ClaimEntry.Step:
    """What to call the change between two standings, each (version, orphaned by, withdrawn by, vanished)."""
    Step = ClaimEntry.Step
    if before is None:
        return Step.FOUND
    marks = ((3, Step.VANISHED), (2, Step.WITHDRAWN), (1, Step.ORPHANED))
    for at, step in marks:
        if now[at] and not before[at]:
            return step
    if any(before[at] and not now[at] for at, _ in marks):
        return Step.BACK
    return Step.MOVED if now[0] != before[0] else next(step for at, step in marks if now[at])

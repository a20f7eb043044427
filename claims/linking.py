"""The acts of linking: the only place that writes a link between a claim and an event.

The machine suggests with a score and its reasons in words; a person confirms or rejects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import suggestions
from claims.changes import check, log, stir, turn
from claims.errors import Incomplete
from claims.extraction.gazetteer import house_name
from claims.models import Activity, Claim, Event, Link, Place
from claims.permissions import Verb
from claims.workflow import Act

MAX_TITLE = 200
MAX_PLACES = 20


@dataclass(frozen=True, slots=True)
class EventDraft:
    """A new event as a person describes it; ``places`` are names, the days an interval, both ends or neither."""

    title: str
    kind: str = ""
    places: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None


def check_draft(draft: EventDraft) -> None:
    if not draft.title.strip():
        raise Incomplete("Give the event a title.", "title")
    if len(draft.title) > MAX_TITLE:
        raise Incomplete(f"The title is {len(draft.title)} characters long; {MAX_TITLE} are the most.", "title")
    if len(draft.places) > MAX_PLACES:
        raise Incomplete(f"{MAX_PLACES} places are the most for one event.", "places")
    if draft.from_day and draft.to_day and draft.to_day < draft.from_day:
        raise Incomplete("The last day is before the first.", "to_day")


def link_claim(*, claim: Claim, event: Event, by: User, seen: int) -> Link:
    """Confirm that ``claim`` speaks of ``event``. Raises ``NotAllowed``, ``Stale``."""
    return _decide(claim, event, Link.State.CONFIRMED, by, seen)


def link_claim_to_new_event(*, claim: Claim, draft: EventDraft, by: User, seen: int) -> Event:
    """Make an event and confirm the link to it, or neither."""
    check(by, Verb.LINK, claim, "link claims")
    check_draft(draft)
    with transaction.atomic():
        event = create_event(draft=draft, by=by)
        link_claim(claim=claim, event=event, by=by, seen=seen)
    return event


def reject_link(*, claim: Claim, event: Event, by: User, seen: int) -> Link:
    """Say that ``claim`` does not speak of ``event``: it is not suggested again. Raises ``NotAllowed``, ``Stale``."""
    return _decide(claim, event, Link.State.REJECTED, by, seen)


DECIDED = {
    Link.State.CONFIRMED: Activity.Kind.LINK_CONFIRMED,
    Link.State.REJECTED: Activity.Kind.LINK_REJECTED,
}


def _decide(claim: Claim, event: Event, state: Link.State, by: User, seen: int) -> Link:
    check(by, Verb.LINK, claim, "link claims")
    with transaction.atomic():
        turn(claim, Act.LINK, seen)
        _hold(event)
        link, _ = Link.objects.update_or_create(
            claim=claim, event=event, defaults={"state": state, "by": by, "at": timezone.now()}
        )
        log(DECIDED[state], by, claim=claim, event=event, version=claim.version)
        if state is Link.State.CONFIRMED:
            _settle(event, by)
        stir([event.pk])
    return link


def _hold(event: Event) -> None:
    """A proposed event that its ground was taken from meanwhile is gone; nothing can be linked to it."""
    if not Event.objects.select_for_update().filter(pk=event.pk, dismissed__isnull=True).exists():
        raise Incomplete("This event was withdrawn meanwhile. Choose another, or make a new one.", "event")


def _settle(event: Event, by: User) -> None:
    """A person stands behind the event now, and the claims near it are looked through again."""
    if Event.objects.filter(pk=event.pk, proposed=True).update(proposed=False):
        log(Activity.Kind.PROPOSAL_CONFIRMED, by, event=event)
    Event.objects.filter(pk=event.pk).update(matched=None)


def create_event(*, draft: EventDraft, by: User) -> Event:
    check(by, Verb.LINK, None, "make events")
    check_draft(draft)
    with transaction.atomic():
        event = Event.objects.create(
            title=draft.title.strip(),
            kind=draft.kind.strip(),
            from_day=draft.from_day or draft.to_day,
            to_day=draft.to_day or draft.from_day,
            created_by=by,
        )
        names = dict.fromkeys(house_name(name)[:200] for name in draft.places if name.strip())
        event.places.set([Place.objects.get_or_create(name=name)[0] for name in names])
        suggestions.make_findable(event)
        log(Activity.Kind.EVENT_CREATED, by, event=event)
    return event


def suggest_links(claims: Iterable[Claim]) -> int:
    """Write the machine's suggestions for claims that nobody linked yet; returns how many. The caller holds the
    transaction. Links that a person confirmed or rejected are never touched."""
    waiting = [claim for claim in claims if not claim.touched]
    found = suggestions.for_claims(waiting)
    Link.objects.filter(claim__in=waiting, state=Link.State.SUGGESTED, event__proposed=False).delete()
    decided = set(Link.objects.filter(claim__in=waiting).values_list("claim_id", "event_id"))
    fresh: Sequence[Link] = [
        Link(
            claim_id=claim_id,
            event_id=event_id,
            score=hit.score,
            reasons=list(hit.reasons),
            producer=suggestions.PRODUCER,
        )
        for (claim_id, event_id), hit in found.items()
        if (claim_id, event_id) not in decided
    ]
    Link.objects.bulk_create(fresh, ignore_conflicts=True)  # another worker may look at the same claims
    return len(fresh)

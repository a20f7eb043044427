"""The acts of linking: the only place that writes a link between a claim and an event.

The machine suggests with a score and its reasons in words; a person confirms or rejects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from claims import suggestions
from claims.changes import batched, check, log, stir, turn
from claims.errors import Incomplete
from claims.extraction.gazetteer import house_name
from claims.independence.parties import state_named
from claims.models import Activity, Claim, Event, Link, LinkEntry, Place
from claims.permissions import Verb
from claims.workflow import Act

MAX_TITLE = 200
MAX_PLACES = 20
MAX_PARTIES = 10
Pair = tuple[int, int]
ENTRY = ("claim_id", "event_id", "state")


def write_links(links: Iterable[Link]) -> None:
    """Make these the links of their pairs, and write each that is another than before into the history (R38). A
    suggestion takes nothing from what a person decided of its pair. The caller holds the transaction."""
    given = {(link.claim_id, link.event_id): link for link in links}
    rows = [given[pair] for pair in sorted(given)]
    pair, machine, decision = ("claim", "event"), ("score", "reasons", "producer"), ("state", "by", "at")
    for suggested, fields in ((True, machine), (False, decision)):
        some = [row for row in rows if (row.state == Link.State.SUGGESTED) is suggested]
        Link.objects.bulk_create(some, update_conflicts=True, unique_fields=pair, update_fields=fields)
    claims, events = {claim for claim, _ in given}, {event for _, event in given}
    standing = Link.objects.filter(claim__in=claims, event__in=events)
    write_entries([link for link in standing if (link.claim_id, link.event_id) in given])


def drop_links(links: QuerySet[Link]) -> None:
    """Delete these links; in the history they are gone from now on. The caller holds the transaction."""
    rows = list(links.select_for_update(of=("self",)).order_by("pk"))
    Link.objects.filter(pk__in=[link.pk for link in rows]).delete()
    LinkEntry.objects.bulk_create(
        LinkEntry(claim_id=link.claim_id, event_id=link.event_id, state=LinkEntry.State.GONE) for link in rows
    )


def write_entries(links: Iterable[Link]) -> None:
    """An entry for each of these rows whose state is not the one that the history ends with."""
    rows = {(link.claim_id, link.event_id): link for link in links}
    claims, events = {claim for claim, _ in rows}, {event for _, event in rows}
    known = LinkEntry.objects.filter(claim__in=claims, event__in=events).order_by("pk")
    last: dict[Pair, str] = {(claim, event): state for claim, event, state in known.values_list(*ENTRY)}
    LinkEntry.objects.bulk_create(
        LinkEntry(claim_id=link.claim_id, event_id=link.event_id, state=link.state, by_id=link.by_id)
        for pair, link in rows.items()
        if last.get(pair) != link.state
    )


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as a person describes it; ``places`` are names, the days an interval, both ends or neither; ``parties``
    are states by name or ISO code."""

    title: str
    kind: str = ""
    places: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim is linked to an event; ``by`` is the id of a person, None for the machine. ``like`` is the link that
    a new one takes its score, reasons and producer from."""

    state: str
    by: int | None
    at: datetime
    like: Link | None = None


def check_draft(draft: EventDraft) -> None:
    if not draft.title.strip():
        raise Incomplete("Give the event a title.", "title")
    if len(draft.title) > MAX_TITLE:
        raise Incomplete(f"The title is {len(draft.title)} characters long; {MAX_TITLE} are the most.", "title")
    if len(draft.places) > MAX_PLACES:
        raise Incomplete(f"{MAX_PLACES} places are the most for one event.", "places")
    parties_named(draft)
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
        write_links([Link(claim=claim, event=event, state=state, by=by)])
        log(DECIDED[state], by, claim=claim, event=event, version=claim.version)
        if state is Link.State.CONFIRMED:
            _settle(event, by)
        stir([event.pk])
    return Link.objects.get(claim=claim, event=event)


def set_states(event: Event, standing: Mapping[int, Standing | None]) -> None:
    """Write how many claims, by their ids, are linked to ``event`` at once; None takes a link away. The caller holds
    the transaction and answers for the words in the activity log."""
    for some in batched(sorted(standing)):
        known = {link.claim_id: link for link in Link.objects.filter(event=event, claim__in=some)}
        wanted = {claim: found for claim in some if (found := standing[claim]) is not None}
        changed = [_stood(known[claim], found) for claim, found in wanted.items() if claim in known]
        fresh = [_stood(_like(event, claim, found), found) for claim, found in wanted.items() if claim not in known]
        Link.objects.bulk_update(changed, ["state", "by", "at"])
        Link.objects.bulk_create(fresh)
        write_entries([*changed, *fresh])
        drop_links(Link.objects.filter(event=event, claim__in=[claim for claim in some if claim not in wanted]))


def _stood(link: Link, found: Standing) -> Link:
    link.state, link.by_id, link.at = found.state, found.by, found.at
    return link


def _like(event: Event, claim: int, found: Standing) -> Link:
    link = Link(event=event, claim_id=claim)
    if found.like is not None:
        link.score, link.reasons, link.producer = found.like.score, found.like.reasons, found.like.producer
    return link


def _hold(event: Event) -> None:
    """A proposed event that its ground was taken from meanwhile is gone, and one that was merged stands no more;
    nothing can be linked to either."""
    if Event.objects.select_for_update().filter(pk=event.pk).standing().exists():
        return
    into = Event.objects.filter(merged_events=event.pk).first()
    if into is not None:
        raise Incomplete(f"This event was merged into “{into.title}” meanwhile. Link the claim to that one.", "event")
    raise Incomplete("This event was withdrawn meanwhile. Choose another, or make a new one.", "event")


def _settle(event: Event, by: User) -> None:
    """A person stands behind the event now, and the claims near it are looked through again."""
    stand_behind(event, by)
    moved([event.pk])


def stand_behind(event: Event, by: User) -> bool:
    """Make a proposed event one of the desk's own; returns whether it was only proposed. The caller holds the
    transaction."""
    confirmed = Event.objects.filter(pk=event.pk, proposed=True).update(proposed=False)
    if confirmed:
        log(Activity.Kind.PROPOSAL_CONFIRMED, by, event=event)
    return bool(confirmed)


def moved(event_ids: Iterable[int]) -> None:
    """What every act calls, inside its transaction, that changed which claims an event has or what it says of itself:
    the claims near it are looked through again. Whatever else leans on the links of an event hangs here."""
    Event.objects.filter(pk__in=set(event_ids)).standing().update(matched=None)
    stir(event_ids)


def create_event(*, draft: EventDraft, by: User) -> Event:
    check(by, Verb.LINK, None, "make events")
    check_draft(draft)
    with transaction.atomic():
        event = Event(created_by=by)
        write_draft(event, draft)
        log(Activity.Kind.EVENT_CREATED, by, event=event)
    return event


def write_draft(event: Event, draft: EventDraft) -> None:
    """Make an event what a checked draft says, and findable by it. The caller holds the transaction."""
    event.title, event.kind = draft.title.strip(), draft.kind.strip()
    event.from_day, event.to_day = draft.from_day or draft.to_day, draft.to_day or draft.from_day
    event.parties = parties_named(draft)
    event.save()
    names = dict.fromkeys(house_name(name)[:200] for name in draft.places if name.strip())
    event.places.set([Place.objects.get_or_create(name=name)[0] for name in names])
    suggestions.make_findable(event)


def parties_named(draft: EventDraft) -> list[str]:
    """The codes of the parties. Raises ``Incomplete``."""
    codes = {name: state_named(name) for name in draft.parties if name.strip()}
    if unknown := [name for name, code in codes.items() if not code]:
        raise Incomplete(f"“{unknown[0]}” is no state that the desk knows. Write its name or its code.", "parties")
    if len(set(codes.values())) > MAX_PARTIES:
        raise Incomplete(f"{MAX_PARTIES} parties are the most for one event.", "parties")
    return list(dict.fromkeys(codes.values()))


def suggest_links(claims: Iterable[Claim]) -> int:
    """Write the machine's suggestions for claims that nobody linked yet; returns how many. The caller holds the
    transaction. Links that a person confirmed or rejected are never touched."""
    waiting = [claim for claim in claims if not claim.touched]
    found = suggestions.for_claims(waiting)
    known = Link.objects.filter(claim__in=waiting)
    states = {(claim, event): state for claim, event, state in known.values_list(*ENTRY)}
    suggested = known.filter(state=Link.State.SUGGESTED, event__proposed=False).values_list("pk", "claim", "event")
    outdated = [pk for pk, claim, event in suggested if (claim, event) not in found]
    if outdated:
        drop_links(Link.objects.filter(pk__in=outdated, state=Link.State.SUGGESTED))
    fitting = [
        Link(claim_id=claim, event_id=event, score=hit.score, reasons=list(hit.reasons), producer=suggestions.PRODUCER)
        for (claim, event), hit in found.items()
        if states.get((claim, event), Link.State.SUGGESTED) == Link.State.SUGGESTED
    ]
    write_links(fitting)
    return len(fitting)

"""Moving claims from one event to another, or to a new one, and back.

Who moves a claim says that it speaks of the other event and not of this one: its link there is confirmed, its link here
rejected. The move keeps how every claim stood before, so that it can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.changes import batched, check, check_reason, hold_claims, log, log_each, turn_all
from claims.errors import Incomplete, Stale
from claims.linking import EventDraft, Standing, check_draft, create_event, moved, set_states, stand_behind
from claims.models import Activity, Claim, Event, EventMove, Link, MovedLink
from claims.permissions import Verb, visible_to
from claims.workflow import Act

MOST_MOVED = 600
LIVE = (Link.State.CONFIRMED, Link.State.SUGGESTED)
DECIDED = (Link.State.CONFIRMED, Link.State.REJECTED)
MEANWHILE = "Somebody changed this event meanwhile. It is shown as it stands now; your change was not made."
NOT_HERE = "Some of the chosen claims are not with this event any more. Nothing was moved; choose again."
WITHDRAWN = "The other event was merged or dismissed meanwhile. Choose another."
Links = Mapping[int, Link]


def move_claims(
    *, source: Event, target: Event, claims: Collection[int], by: User, seen: int, reason: str = ""
) -> EventMove:
    """Move claims, by their ids, from ``source`` to ``target``, all or none. ``seen`` is the count of changes that the
    person was shown of ``source``. Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.LINK, None, "move claims")
    if source.pk == target.pk:
        raise Incomplete("Choose another event: the claims are in this one.", "to")
    words = check_reason(reason, "why they are moved") if reason.strip() else ""
    with transaction.atomic():
        return _move(
            EventMove(kind=EventMove.Kind.MOVED, source=source, target=target, reason=words, by=by), claims, seen
        )


def split_event(
    *, source: Event, draft: EventDraft, claims: Collection[int], reason: str, by: User, seen: int
) -> EventMove:
    """Move claims to a new event, or make neither. Raises as ``move_claims`` does."""
    check(by, Verb.LINK, None, "move claims")
    check_draft(draft)
    words = check_reason(reason, "why these claims are an event of their own")
    with transaction.atomic():
        target = create_event(draft=draft, by=by)
        return _move(
            EventMove(kind=EventMove.Kind.SPLIT, source=source, target=target, reason=words, by=by), claims, seen
        )


def _move(move: EventMove, claims: Collection[int], seen: int) -> EventMove:
    if not claims:
        raise Incomplete("Choose at least one claim.", "claims")
    if len(claims) > MOST_MOVED:
        raise Incomplete(f"{len(claims)} claims are chosen; {MOST_MOVED} at once are the most.", "claims")
    rows = hold_claims(visible_to(move.by, Claim.objects.filter(pk__in=claims)).values_list("pk", flat=True))
    hold(move.source, move.target, seen)
    links = links_of(move.source, claims)
    if len(rows) != len(set(claims)) or len(links) != len(rows) or any(x.state not in LIVE for x in links.values()):
        raise Stale(NOT_HERE)
    there = links_of(move.target, claims)
    move.confirmed = stand_behind(move.target, move.by)
    move.save()
    keep(move, links, there, dict.fromkeys(links, Link.State.CONFIRMED))
    set_states(move.target, {pk: Standing(Link.State.CONFIRMED, move.by.pk, move.at, links[pk]) for pk in links})
    set_states(move.source, dict.fromkeys(links, Standing(Link.State.REJECTED, move.by.pk, move.at)))
    _dismiss_if_spent(move)
    turn_all(rows, Act.LINK)
    about = {"move": move.pk, "from": move.source_id, "to": move.target_id, "reason": move.reason}
    log(Activity.Kind.CLAIMS_MOVED, move.by, event=move.source, detail=about | {"claims": len(rows)})
    log_each(Activity.Kind.LINK_MOVED, move.by, rows, event=move.target, detail=about)
    moved((move.source_id, move.target_id))
    return move


def _dismiss_if_spent(move: EventMove) -> None:
    """A proposal of which nothing is left is none any more, until the move is undone."""
    proposal = Event.objects.filter(pk=move.source_id, proposed=True)
    if proposal.exists() and not move.source.links.filter(state__in=LIVE).exists():
        proposal.update(dismissed=move.at, dismissed_by=move.by)
        log(Activity.Kind.PROPOSAL_DISMISSED, move.by, event=move.source)


def hold(source: Event, target: Event, seen: int, target_seen: int | None = None) -> None:
    """Lock two events that stand, in one order, if nobody changed them since they were seen, and count the change.
    Raises ``Stale``, ``Incomplete``. The caller holds the transaction."""
    rows = Event.objects.standing().select_for_update().filter(pk__in=(source.pk, target.pk)).order_by("pk")
    found = {event.pk: event.seen for event in rows}
    if found.get(source.pk) != seen:
        raise Stale(MEANWHILE)
    if target.pk not in found:
        raise Incomplete(WITHDRAWN, "to")
    if target_seen is not None and found[target.pk] != target_seen:
        raise Stale(MEANWHILE)
    Event.objects.filter(pk__in=found).update(seen=F("seen") + 1)


def links_of(event: Event, claims: Collection[int]) -> dict[int, Link]:
    """The links of ``event`` by claim, in any state."""
    parts = (Link.objects.filter(event=event, claim__in=some) for some in batched(sorted(claims)))
    return {link.claim_id: link for rows in parts for link in rows}


def keep(move: EventMove, here: Links, there: Links, became: Mapping[int, str]) -> None:
    """Write down how the claims of ``here`` stood to both events, and what they become for the target."""
    rows = []
    for claim, link in here.items():
        row = MovedLink(move=move, claim_id=claim, became=became[claim])
        row.source_state, row.source_by_id, row.source_at = link.state, link.by_id, link.at
        if before := there.get(claim):
            row.target_state, row.target_by_id, row.target_at = before.state, before.by_id, before.at
        rows.append(row)
    MovedLink.objects.bulk_create(rows, batch_size=500)


def undo_move(*, move: EventMove, by: User) -> EventMove:
    """Put claims back that were moved or split off. What a person touched since stays, and is kept in ``left``. A new
    event that is left with nothing is dismissed. Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is
    written."""
    check(by, Verb.LINK, None, "move claims")
    with transaction.atomic():
        rows = hold_claims(move.links.values_list("claim", flat=True))
        reopen(move, by)
        items = list(move.links.order_by("claim_id"))
        back = list(_untouched(move, items))
        put_back(move, back)
        ids = {each.claim_id for each in back}
        move.left = [each.claim_id for each in items if each.claim_id not in ids]
        move.save(update_fields=["left"])
        settle_target(move, by)
        turned = [row for row in rows if row.pk in ids]
        turn_all(turned, Act.LINK)
        about = {"move": move.pk, "from": move.target_id, "to": move.source_id}
        done = about | {"claims": len(ids), "left": move.left}
        log(Activity.Kind.CLAIMS_MOVED_BACK, by, event=move.source, detail=done)
        log_each(Activity.Kind.LINK_MOVED, by, turned, event=move.source, detail=about)
        moved((move.source_id, move.target_id))
    return move


def reopen(move: EventMove, by: User) -> None:
    """Mark a move as undone, with both of its events held. Raises ``Stale``, ``Incomplete``."""
    move.undone, move.undone_by = timezone.now(), by
    if not EventMove.objects.filter(pk=move.pk, undone=None).update(undone=move.undone, undone_by=by):
        raise Stale("This was undone meanwhile.")
    both = Event.objects.filter(pk__in=(move.source_id, move.target_id))
    for event in both.select_for_update().order_by("pk"):
        merged = move.kind == EventMove.Kind.MERGED and event.pk == move.source_id
        dismissed = event.dismissed and event.dismissed != move.at  # not by the move itself
        if dismissed or (event.merged_into_id and not merged):
            gone = "dismissed" if dismissed else "itself merged since. Undo that merge first"
            raise Incomplete(f"“{event.title}” was {gone}.")
    both.filter(dismissed=move.at).update(dismissed=None, dismissed_by=None)
    both.update(seen=F("seen") + 1)


def _untouched(move: EventMove, items: Sequence[MovedLink]) -> Iterator[MovedLink]:
    """Those of which both links are as the move left them."""
    claims = [each.claim_id for each in items]
    here, there = links_of(move.source, claims), links_of(move.target, claims)
    for each in items:
        rejected = stands_as(here.get(each.claim_id), Link.State.REJECTED, move.at)
        if rejected and stands_as(there.get(each.claim_id), each.became, move.at):
            yield each


def stands_as(link: Link | None, state: str, at: datetime) -> bool:
    return link is not None and link.state == state and link.at == at


def put_back(move: EventMove, items: Iterable[MovedLink]) -> None:
    """Link the claims of ``items`` to both events as they were linked before."""
    here: dict[int, Standing | None] = {}
    there: dict[int, Standing | None] = {}
    for each in items:
        here[each.claim_id] = Standing(each.source_state, each.source_by_id, each.source_at)
        before = Standing(each.target_state, each.target_by_id, each.target_at or each.source_at)
        there[each.claim_id] = before if each.target_state else None
    set_states(move.target, there)
    set_states(move.source, here)


def settle_target(move: EventMove, by: User) -> None:
    """A target that stood by this act alone is proposed again; one that was made by it and has nothing left is none."""
    rows = Event.objects.filter(pk=move.target_id)
    if move.confirmed and not move.target.links.filter(state=Link.State.CONFIRMED).exists():
        rows.update(proposed=True)
    if move.kind == EventMove.Kind.SPLIT and is_empty(move.target):
        rows.update(dismissed=move.undone, dismissed_by=by)
        set_states(move.target, dict.fromkeys(move.target.links.values_list("claim", flat=True)))


def is_empty(event: Event) -> bool:
    """Whether nobody linked a claim to ``event``, said a word of it, or merged another into it."""
    words = event.source_words.filter(ended=None).exists() or event.best_values.filter(ended=None).exists()
    linked = event.links.filter(state__in=DECIDED).exists() or event.moves_here.filter(undone=None).exists()
    return not (words or linked)

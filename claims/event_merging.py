"""Two events that are one: what a merge would do, the merge, and its undoing.

The event that goes stays as a row that points to the other, so that nothing is lost. Of a claim that both had, the
stronger word holds: confirmed before rejected before suggested, whichever of the two is kept. What people said of
sources goes along; best values stay with the event for which they were set (R6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from claims import suggestions
from claims.changes import batched, check, check_reason, hold_claims, log, log_each
from claims.errors import Incomplete
from claims.event_moving import DECIDED, LIVE, hold, keep, links_of, put_back, reopen, settle_target, stands_as
from claims.linking import Standing, moved, set_states, stand_behind
from claims.models import Activity, BestValue, Claim, Event, EventMove, EventTerm, Link, MovedLink, SourceWord
from claims.permissions import Verb, visible_to

RANK = {"": 0, Link.State.SUGGESTED.value: 1, Link.State.REJECTED.value: 2, Link.State.CONFIRMED.value: 3}
MOST_SHOWN = 100


def stronger(one: str, other: str) -> str:
    """What two links of one claim make together; "" is none."""
    return max(one, other, key=RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do. ``becomes``: how many claims that the other has the kept event gets, by their state;
    ``both``: how many both have already; ``against``: of those that it gets as confirmed, how many were rejected for
    one of the two. ``words`` go along, ``clashing`` ones and ``best`` values stay behind."""

    becomes: Mapping[str, int] = field(default_factory=dict)
    both: int = 0
    against: int = 0
    words: Sequence[SourceWord] = ()
    clashing: Sequence[SourceWord] = ()
    best: Sequence[BestValue] = ()


def preview_of(event: Event, into: Event, by: User) -> Preview:
    """Of the claims that ``by`` may see. Five queries."""
    visible = visible_to(by, Claim.objects.all())
    here = dict(event.links.filter(claim__in=visible).values_list("claim", "state"))
    there = dict(into.links.filter(claim__in=visible, claim__links__event=event).values_list("claim", "state"))
    pairs = [(state, there.get(claim, "")) for claim, state in here.items()]
    got = Counter(stronger(one, other) for one, other in pairs if stronger(one, other) != other)
    words, clashing = words_to_carry(event, into)
    return Preview(
        becomes=dict(got),
        both=sum(one in LIVE and other in LIVE for one, other in pairs),
        against=sum({one, other} == set(DECIDED) for one, other in pairs),
        words=words[:MOST_SHOWN],
        clashing=clashing[:MOST_SHOWN],
        best=list(standing_best(event)[:MOST_SHOWN]),
    )


def standing_best(event: Event) -> QuerySet[BestValue]:
    return event.best_values.filter(ended__isnull=True).select_related("by")


def words_to_carry(event: Event, into: Event) -> tuple[list[SourceWord], list[SourceWord]]:
    """What was said of sources in ``event`` and nothing of in ``into``; and what the two say differently."""
    own = {_pair(word): word.same for word in into.source_words.filter(ended__isnull=True)}
    said = list(event.source_words.filter(ended__isnull=True).select_related("by"))
    fresh = [word for word in said if _pair(word) not in own]
    return fresh, [word for word in said if own.get(_pair(word), word.same) != word.same]


def _pair(word: SourceWord) -> tuple[str, str, str]:
    return word.level, word.one, word.other


def merge_events(*, event: Event, into: Event, reason: str, by: User, seen: int, into_seen: int) -> EventMove:
    """Make ``event`` one with ``into``, which keeps its own title, days, places and parties. ``seen`` and ``into_seen``
    are the counts of changes that the person was shown. Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing
    is written."""
    check(by, Verb.LINK, None, "merge events")
    if event.pk == into.pk:
        raise Incomplete("Choose another event: this is the same one.", "with")
    words = check_reason(reason, "what shows that the two are one event")
    with transaction.atomic():
        claims = hold_claims(event.links.filter(state__in=DECIDED).values_list("claim", flat=True))
        hold(event, into, seen, into_seen)
        move = EventMove(kind=EventMove.Kind.MERGED, source=event, target=into, reason=words, by=by)
        move.confirmed = stand_behind(into, by)
        move.save()
        changed = _carry_links(move)
        _carry_words(move)
        Event.objects.filter(pk=event.pk).update(merged_into=into, matched=move.at)
        EventTerm.objects.filter(event=event).delete()
        about = {"move": move.pk, "from": event.pk, "to": into.pk, "reason": words}
        log(Activity.Kind.EVENTS_MERGED, by, event=event, detail=about | {"title": event.title, "into": into.title})
        _tell(move, [claim for claim in claims if claim.pk in changed], about)
        moved((event.pk, into.pk))
    return move


def _tell(move: EventMove, claims: Sequence[Claim], about: Mapping[str, object]) -> None:
    """Whoever has a claim before them whose links a merge changed is told so, and so is its history."""
    for some in batched([claim.pk for claim in claims]):
        Claim.objects.filter(pk__in=some).update(seen=F("seen") + 1)
    event = move.source if move.undone else move.target
    log_each(Activity.Kind.LINK_MOVED, move.undone_by or move.by, claims, event=event, detail=dict(about))


def _carry_links(move: EventMove) -> set[int]:
    """Give the target what the source has; returns the claims of which a person's word went along."""
    here = {link.claim_id: link for link in move.source.links.all()}
    there = links_of(move.target, here.keys())
    became = {pk: stronger(link.state, _state(there.get(pk))) for pk, link in here.items()}
    keep(move, here, there, became)
    fresh = {pk: state for pk, state in became.items() if state != _state(there.get(pk))}
    by = {state: move.by.pk if state in DECIDED else None for state in RANK}
    set_states(move.target, {pk: Standing(state, by[state], move.at, here[pk]) for pk, state in fresh.items()})
    live = [pk for pk, link in here.items() if link.state in LIVE]
    set_states(move.source, dict.fromkeys(live, Standing(Link.State.CARRIED, move.by.pk, move.at)))
    return {pk for pk in here if became[pk] in DECIDED}


def _state(link: Link | None) -> str:
    return link.state if link is not None else ""


def _carry_words(move: EventMove) -> None:
    """Say in the target what was said in the source, by whom and why; the source keeps its own."""
    fresh, _ = words_to_carry(move.source, move.target)
    names = ("level", "one", "other", "one_name", "other_name", "same", "reason", "by", "at")
    made = [SourceWord(event=move.target, **{name: getattr(word, name) for name in names}) for word in fresh]
    move.carried = [word.pk for word in SourceWord.objects.bulk_create(made)]
    move.save(update_fields=["carried"])


def undo_merge(*, move: EventMove, by: User) -> EventMove:
    """Let the merged event stand again with all that went along and still is as the merge left it. Where a person said
    something else of a claim since, that stays: the claim is suggested for the event again, and kept in ``left``.
    Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.LINK, None, "merge events")
    with transaction.atomic():
        claims = hold_claims(move.links.filter(source_state__in=DECIDED).values_list("claim", flat=True))
        reopen(move, by)
        items = list(move.links.order_by("claim_id"))
        there = links_of(move.target, [each.claim_id for each in items])
        back = [each for each in items if _as_left(each, there.get(each.claim_id), move.at)]
        put_back(move, back)
        ids = {each.claim_id for each in back}
        rest = [each for each in items if each.claim_id not in ids]
        _offer_again(move, rest)
        move.left = [each.claim_id for each in rest if each.source_state in LIVE]
        move.save(update_fields=["left"])
        _take_words_back(move, by)
        _stand_again(move)
        settle_target(move, by)
        about = {"move": move.pk, "from": move.target_id, "to": move.source_id}
        log(Activity.Kind.EVENTS_PARTED, by, event=move.source, detail=about | {"left": move.left})
        _tell(move, claims, about)
        moved((move.source_id, move.target_id))
    return move


def _as_left(item: MovedLink, now: Link | None, at: datetime) -> bool:
    """Whether no person spoke since of the claim and the event that was kept."""
    if item.became not in DECIDED:
        return now is None or now.state not in DECIDED
    return stands_as(now, item.became, item.target_at if item.became == item.target_state and item.target_at else at)


def _offer_again(move: EventMove, rest: Iterable[MovedLink]) -> None:
    again = Standing(Link.State.SUGGESTED, None, timezone.now())
    set_states(move.source, {each.claim_id: again for each in rest if each.source_state in LIVE})


def _take_words_back(move: EventMove, by: User) -> None:
    """End what the target got by the merge and nobody took back or replaced since."""
    SourceWord.objects.filter(pk__in=move.carried, ended__isnull=True).update(ended=move.undone, ended_by=by)


def _stand_again(move: EventMove) -> None:
    Event.objects.filter(pk=move.source_id).update(merged_into=None)
    move.source.refresh_from_db()
    suggestions.make_findable(move.source)


def standing_of(event: Event) -> Event:
    """The event itself, or the one that it was merged into in the end."""
    *_, last = _way(event)
    return last


def _way(event: Event) -> Iterator[Event]:
    yield event
    while event.merged_into is not None:
        event = event.merged_into
        yield event

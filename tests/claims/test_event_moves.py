"""Moving claims between events, splitting one, and putting claims back."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims import linking, pipeline
from claims.errors import Incomplete, NotAllowed, Stale
from claims.event_moving import MOST_MOVED, move_claims, split_event, undo_move
from claims.linking import EventDraft
from claims.models import Activity, Claim, Event, EventMove, Link
from tests.factories import ArticleVersionFactory, ClaimFactory, EventFactory, LinkFactory, UserFactory

pytestmark = pytest.mark.django_db
DRAFT = EventDraft("Fire at the second pier", from_day=date(2024, 5, 14))


def linked(event: Event, state: str = "confirmed") -> Claim:
    claim: Claim = ClaimFactory()
    LinkFactory(claim=claim, event=event, state=state, by=UserFactory() if state != "suggested" else None)
    return claim


def states(claim: Claim) -> dict[str, str]:
    return {link.event.title: link.state for link in claim.links.select_related("event")}


def whole(event: Event) -> list[tuple[object, ...]]:
    """Every link of an event, with who said it and when."""
    return sorted(event.links.values_list("claim", "state", "by", "at", "score", "producer"))


def test_chosen_claims_go_to_the_other_event(reviewer: User) -> None:
    here, there = EventFactory(title="here"), EventFactory(title="there")
    sure, likely, stays = linked(here), linked(here, "suggested"), linked(here)
    move = move_claims(source=here, target=there, claims={sure.pk, likely.pk}, by=reviewer, seen=0)
    assert states(sure) == states(likely) == {"here": "rejected", "there": "confirmed"}
    assert states(stays) == {"here": "confirmed"}
    for claim, seen in ((sure, 1), (likely, 1), (stays, 0)):
        claim.refresh_from_db()
        assert (claim.seen, claim.touched) == (seen, bool(seen))
    assert likely.state == "in_review"
    assert [(line.claim, line.event) for line in Activity.objects.filter(kind="link moved").order_by("claim_id")] == [
        (sure, there), (likely, there)]  # fmt: skip
    assert Activity.objects.get(kind="claims moved").detail["claims"] == 2
    assert set(Event.objects.values_list("seen", flat=True)) == {1}
    assert (move.kind, move.links.count()) == ("moved", 2)


def test_a_link_keeps_why_the_machine_thought_of_it(reviewer: User) -> None:
    here, there = EventFactory(), EventFactory()
    claim = linked(here, "suggested")
    move_claims(source=here, target=there, claims=[claim.pk], by=reviewer, seen=0)
    link = Link.objects.get(claim=claim, event=there)
    assert (link.score, link.producer, link.by) == (0.75, "factory 1", reviewer)


def test_undoing_puts_every_link_back_as_it_was(reviewer: User) -> None:
    here, there = EventFactory(), EventFactory()
    claims = [linked(here), linked(here, "suggested"), linked(here)]
    LinkFactory(claim=claims[0], event=there)
    LinkFactory(claim=claims[2], event=there, state="rejected", by=UserFactory())
    before = whole(here), whole(there)
    move = move_claims(source=here, target=there, claims=[c.pk for c in claims], by=reviewer, seen=0)
    assert undo_move(move=move, by=reviewer).left == []
    assert (whole(here), whole(there)) == before
    assert Activity.objects.get(kind="claims moved back").detail["claims"] == 3
    with pytest.raises(Stale, match="undone meanwhile"):
        undo_move(move=move, by=reviewer)


@pytest.mark.parametrize("where", ["here", "there"])
def test_what_a_person_touched_since_stays(reviewer: User, where: str) -> None:
    events = {name: EventFactory(title=name) for name in ("here", "there")}
    touched, other = linked(events["here"]), linked(events["here"])
    move = move_claims(
        source=events["here"], target=events["there"], claims=[touched.pk, other.pk], by=reviewer, seen=0
    )
    touched.refresh_from_db()
    act = linking.link_claim if where == "here" else linking.reject_link
    act(claim=touched, event=events[where], by=reviewer, seen=touched.seen)
    stood = states(touched)
    assert undo_move(move=move, by=reviewer).left == [touched.pk]
    assert states(touched) == stood
    assert states(other) == {"here": "confirmed"}


def test_splitting_makes_an_event_and_undoing_dismisses_it(reviewer: User) -> None:
    here = EventFactory(title="here")
    claim = linked(here)
    move = split_event(source=here, draft=DRAFT, claims=[claim.pk], reason="Two piers.", by=reviewer, seen=0)
    made = move.target
    assert (made.title, made.created_by, move.reason) == (DRAFT.title, reviewer, "Two piers.")
    assert states(claim) == {"here": "rejected", DRAFT.title: "confirmed"}
    near = linked(made, "suggested")
    undo_move(move=move, by=reviewer)
    assert states(claim) == {"here": "confirmed"} and states(near) == {}
    made.refresh_from_db()
    assert made.dismissed and made.dismissed_by == reviewer


def test_a_new_event_that_others_use_stays(reviewer: User) -> None:
    here = EventFactory(title="here")
    claim = linked(here)
    move = split_event(source=here, draft=DRAFT, claims=[claim.pk], reason="Two piers.", by=reviewer, seen=0)
    linked(move.target)
    undo_move(move=move, by=reviewer)
    assert states(claim) == {"here": "confirmed"}
    assert Event.objects.standing().filter(pk=move.target_id).exists()


def test_moving_to_a_proposed_event_confirms_it_until_it_is_undone(reviewer: User) -> None:
    here, proposed = EventFactory(), EventFactory(proposed=True, producer="proposals 1")
    claim = linked(here)
    move = move_claims(source=here, target=proposed, claims=[claim.pk], by=reviewer, seen=0)
    proposed.refresh_from_db()
    assert not proposed.proposed and Activity.objects.filter(kind="proposal confirmed").count() == 1
    undo_move(move=move, by=reviewer)
    proposed.refresh_from_db()
    assert proposed.proposed


def test_a_proposal_of_which_all_was_moved_is_dismissed_until_that_is_undone(reviewer: User) -> None:
    proposed, there = EventFactory(title="here", proposed=True), EventFactory(title="there")
    one, other = (linked(proposed, "suggested") for _ in range(2))
    first = move_claims(source=proposed, target=there, claims=[one.pk], by=reviewer, seen=0)
    assert Event.objects.standing().filter(pk=proposed.pk).exists()
    second = move_claims(source=proposed, target=there, claims=[other.pk], by=reviewer, seen=1)
    proposed.refresh_from_db()
    assert (proposed.dismissed, proposed.dismissed_by) == (second.at, reviewer)
    with pytest.raises(Incomplete, match="was dismissed"):
        undo_move(move=first, by=reviewer)
    for move in (second, first):
        undo_move(move=move, by=reviewer)
    proposed.refresh_from_db()
    assert proposed.proposed and not proposed.dismissed
    assert states(one) == states(other) == {"here": "suggested"}


def test_who_was_not_shown_the_last_change_moves_nothing(reviewer: User) -> None:
    here, there = EventFactory(), EventFactory()
    one, other = linked(here), linked(here)
    move_claims(source=here, target=there, claims=[one.pk], by=reviewer, seen=0)
    with pytest.raises(Stale, match="changed this event meanwhile"):
        move_claims(source=here, target=there, claims=[other.pk], by=reviewer, seen=0)
    with pytest.raises(Stale, match="not with this event any more"):
        move_claims(source=here, target=there, claims=[one.pk, other.pk], by=reviewer, seen=1)
    assert not Link.objects.filter(claim=other, event=there).exists()
    assert EventMove.objects.count() == 1


def test_a_claim_under_embargo_is_moved_by_who_may_see_it(reviewer: User, chief: User) -> None:
    here, there = EventFactory(), EventFactory()
    claim = ClaimFactory(version=ArticleVersionFactory(status="embargoed"))
    LinkFactory(claim=claim, event=here, state="confirmed")
    with pytest.raises(Stale):
        move_claims(source=here, target=there, claims=[claim.pk], by=reviewer, seen=0)
    move_claims(source=here, target=there, claims=[claim.pk], by=chief, seen=0)
    assert Link.objects.get(claim=claim, event=there).state == "confirmed"


def test_who_may_not_link_moves_nothing(reviewer: User, editor: User) -> None:
    here, there = EventFactory(), EventFactory()
    claim = linked(here)
    with pytest.raises(NotAllowed):
        move_claims(source=here, target=there, claims=[claim.pk], by=editor, seen=0)
    with pytest.raises(NotAllowed):
        split_event(source=here, draft=DRAFT, claims=[claim.pk], reason="Why not.", by=editor, seen=0)
    move = move_claims(source=here, target=there, claims=[claim.pk], by=reviewer, seen=0)
    with pytest.raises(NotAllowed):
        undo_move(move=move, by=editor)


def test_what_is_missing_is_said_with_its_field(reviewer: User) -> None:
    here, there = EventFactory(), EventFactory()
    dismissed = EventFactory(proposed=True, dismissed="2024-05-14T12:00Z")
    claim = linked(here)
    cases = [
        ({"target": there, "claims": []}, "claims"),
        ({"target": there, "claims": range(MOST_MOVED + 1)}, "claims"),
        ({"target": here, "claims": [claim.pk]}, "to"),
        ({"target": dismissed, "claims": [claim.pk]}, "to"),
    ]
    for given, field in cases:
        with pytest.raises(Incomplete) as caught:
            move_claims(source=here, by=reviewer, seen=0, **given)  # type: ignore[arg-type]
        assert caught.value.field == field
    with pytest.raises(Incomplete) as caught:
        split_event(source=here, draft=DRAFT, claims=[claim.pk], reason=" ", by=reviewer, seen=0)
    assert caught.value.field == "reason"
    assert Event.objects.count() == 3 and not EventMove.objects.exists()


def test_both_events_are_looked_through_again(reviewer: User) -> None:
    here, there = (EventFactory(matched="2024-05-14T12:00Z") for _ in range(2))
    claim = linked(here)
    move_claims(source=here, target=there, claims=[claim.pk], by=reviewer, seen=0)
    assert Event.objects.all().unmatched().count() == 2
    assert pipeline.match_event(there.pk) == 0
    assert states(claim)[here.title] == "rejected"


def test_moving_many_asks_no_more_questions(reviewer: User, django_assert_max_num_queries: object) -> None:
    here, there = EventFactory(), EventFactory()
    claims = [linked(here).pk for _ in range(60)]
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        move = move_claims(source=here, target=there, claims=claims, by=reviewer, seen=0)
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        undo_move(move=move, by=reviewer)

"""Two events that are one: the merge, what goes along, and its undoing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from claims import linking
from claims.board_words import Pairing, RowKey, say_of_sources, set_best_value, take_back_word
from claims.errors import Incomplete, NotAllowed, Stale
from claims.event_merging import merge_events, preview_of, standing_of, stronger, undo_merge
from claims.models import Activity, Claim, Event, EventMove, EventTerm, Link
from tests.claims.test_event_moves import linked, states, whole
from tests.factories import ArticleVersionFactory, ClaimFactory, EventFactory, LinkFactory, UserFactory

pytestmark = pytest.mark.django_db
ORDER = ["", "suggested", "rejected", "confirmed"]
ONE = Pairing("primary sources", "Ida Holm", "Per Aas", same=True)


def pair() -> tuple[Event, Event]:
    return EventFactory(title="gone"), EventFactory(title="kept")


def merge(event: Event, into: Event, by: User) -> EventMove:
    for each in (event, into):
        each.refresh_from_db()
    return merge_events(event=event, into=into, reason="One fire.", by=by, seen=event.seen, into_seen=into.seen)


def claim_with(*links: tuple[Event, str]) -> Claim:
    claim: Claim = ClaimFactory()
    for event, state in links:
        if state:
            LinkFactory(claim=claim, event=event, state=state, by=UserFactory() if state != "suggested" else None)
    return claim


@pytest.mark.parametrize("gone", ORDER)
@pytest.mark.parametrize("kept", ORDER)
def test_the_stronger_word_holds_and_nothing_doubles(reviewer: User, gone: str, kept: str) -> None:
    event, into = pair()
    claim = claim_with((event, gone), (into, kept))
    before = whole(event), whole(into)
    move = merge(event, into, reviewer)
    now = states(claim)
    assert now.get("kept", "") == max(gone, kept, key=ORDER.index) == stronger(kept, gone)
    assert now.get("gone", "") == ("carried" if gone in ("suggested", "confirmed") else gone)
    undo_merge(move=move, by=reviewer)
    assert (whole(event), whole(into)) == before


def test_a_merged_event_points_to_the_other_and_is_listed_nowhere(reviewer: User) -> None:
    event, into = pair()
    linking.suggestions.make_findable(event)
    claim = claim_with((event, "confirmed"))
    move = merge(event, into, reviewer)
    event.refresh_from_db()
    assert event.merged_into == into == standing_of(event)
    assert list(Event.objects.standing()) == [into]
    assert not EventTerm.objects.filter(event=event).exists()
    assert [link.event for link in Claim.objects.for_cards().get(pk=claim.pk).links.all()] == [into]
    assert Activity.objects.get(kind="events merged").detail["reason"] == "One fire."
    line = Activity.objects.get(kind="link moved")
    assert (line.claim, line.event, line.detail["move"]) == (claim, into, move.pk)
    claim.refresh_from_db()
    assert claim.seen == 1
    with pytest.raises(Incomplete, match="merged into “kept” meanwhile"):
        linking.link_claim(claim=claim, event=event, by=reviewer, seen=1)
    undo_merge(move=move, by=reviewer)
    assert EventTerm.objects.filter(event=event).exists()
    assert Event.objects.standing().count() == 2


def test_merges_are_undone_from_the_last(reviewer: User) -> None:
    event, into = pair()
    third = EventFactory(title="third")
    claim = claim_with((event, "confirmed"))
    before = whole(event)
    first, second = merge(event, into, reviewer), merge(into, third, reviewer)
    event.refresh_from_db()
    assert standing_of(event) == third and states(claim)["third"] == "confirmed"
    with pytest.raises(Incomplete, match="itself merged since"):
        undo_merge(move=first, by=reviewer)
    undo_merge(move=second, by=reviewer)
    assert states(claim) == {"gone": "carried", "kept": "confirmed"}
    undo_merge(move=first, by=reviewer)
    assert whole(event) == before and not into.links.exists()


def test_what_a_person_said_since_stays_and_is_offered_again(reviewer: User) -> None:
    event, into = pair()
    sure, likely, other = (claim_with((event, state)) for state in ("confirmed", "suggested", "confirmed"))
    move = merge(event, into, reviewer)
    for claim, act in ((sure, linking.reject_link), (likely, linking.link_claim)):
        claim.refresh_from_db()
        act(claim=claim, event=into, by=reviewer, seen=claim.seen)
    later = linked(into)
    undo_merge(move=move, by=reviewer)
    assert states(sure) == {"gone": "suggested", "kept": "rejected"}
    assert states(likely) == {"gone": "suggested", "kept": "confirmed"}
    assert states(other) == {"gone": "confirmed"} and states(later) == {"kept": "confirmed"}
    assert move.left == [sure.pk, likely.pk]


def test_words_go_along_and_best_values_stay(reviewer: User, chief: User) -> None:
    event, into = pair()
    clash = Pairing("primary sources", "Tor Berg", "Nils Vik", same=True)
    said = say_of_sources(event=event, pairing=ONE, reason="Her pen name.", by=chief, seen=0)
    say_of_sources(event=event, pairing=clash, reason="One man.", by=chief, seen=0)
    other = Pairing(clash.level, clash.one, clash.other, same=False)
    own = say_of_sources(event=into, pairing=other, reason="Two men.", by=chief, seen=0)
    set_best_value(event=event, row=RowKey("killed"), value=Decimal(6), reason="Lists.", by=chief, seen=0)
    told = preview_of(event, into, reviewer)
    assert ([w.one_name for w in told.words], [w.reason for w in told.clashing]) == (["Ida Holm"], ["One man."])
    assert [best.value for best in told.best] == [6]
    move = merge(event, into, reviewer)
    copy = into.source_words.exclude(pk=own.pk).get()
    assert (copy.reason, copy.by, copy.at) == ("Her pen name.", chief, said.at)
    assert copy.pk > own.pk and into.best_values.count() == 0
    assert event.source_words.count() == 2 and event.best_values.count() == 1
    undo_merge(move=move, by=reviewer)
    copy.refresh_from_db()
    assert copy.ended and copy.ended_by == reviewer
    assert event.source_words.filter(ended=None).count() == 2


def test_a_word_that_was_taken_back_since_stays_so(reviewer: User, chief: User) -> None:
    event, into = pair()
    say_of_sources(event=event, pairing=ONE, reason="Her pen name.", by=chief, seen=0)
    move = merge(event, into, reviewer)
    take_back_word(event=into, word=into.source_words.get(), by=chief)
    undo_merge(move=move, by=reviewer)
    assert into.source_words.get().ended_by == chief


def test_nothing_is_said_of_an_event_that_was_merged(reviewer: User) -> None:
    event, into = pair()
    merge(event, into, reviewer)
    with pytest.raises(Stale, match="merged into another meanwhile"):
        say_of_sources(event=event, pairing=ONE, reason="Her pen name.", by=reviewer, seen=0)
    with pytest.raises(Stale, match="merged into another meanwhile"):
        set_best_value(event=event, row=RowKey("killed"), value=Decimal(6), reason="Lists.", by=reviewer, seen=0)


def test_the_preview_counts_what_the_person_may_see(reviewer: User, chief: User) -> None:
    event, into = pair()
    claim_with((event, "confirmed"))
    claim_with((event, "suggested"))
    claim_with((event, "confirmed"), (into, "confirmed"))
    claim_with((event, "confirmed"), (into, "rejected"))
    hidden = ClaimFactory(version=ArticleVersionFactory(status="embargoed"))
    LinkFactory(claim=hidden, event=event, state="confirmed")
    told = preview_of(event, into, reviewer)
    assert (told.becomes, told.both, told.against) == ({"confirmed": 2, "suggested": 1}, 1, 1)
    assert preview_of(event, into, chief).becomes["confirmed"] == 3


def test_absorbing_a_proposed_event_leaves_its_claims_to_people(reviewer: User) -> None:
    event, into = EventFactory(title="gone", proposed=True), EventFactory(title="kept")
    claim = claim_with((event, "suggested"))
    move = merge(event, into, reviewer)
    assert states(claim) == {"gone": "carried", "kept": "suggested"}
    link = Link.objects.get(claim=claim, event=into)
    assert (link.by, link.producer) == (None, "factory 1")
    undo_merge(move=move, by=reviewer)
    event.refresh_from_db()
    assert event.proposed and states(claim) == {"gone": "suggested"}


def test_merging_into_a_proposed_event_confirms_it(reviewer: User) -> None:
    event, into = EventFactory(title="gone"), EventFactory(title="kept", proposed=True)
    move = merge(event, into, reviewer)
    into.refresh_from_db()
    assert not into.proposed
    undo_merge(move=move, by=reviewer)
    into.refresh_from_db()
    assert into.proposed


def test_what_was_dismissed_takes_part_in_no_merge(reviewer: User) -> None:
    dismissed, other = EventFactory(proposed=True, dismissed="2024-05-14T12:00Z"), EventFactory()
    with pytest.raises(Incomplete, match="merged or dismissed meanwhile"):
        merge(other, dismissed, reviewer)
    with pytest.raises(Stale):
        merge(dismissed, other, reviewer)


def test_who_merges_saw_both_as_they_are(reviewer: User, editor: User) -> None:
    event, into = pair()
    about = {"event": event, "into": into, "by": reviewer, "reason": "One fire."}
    for seen, into_seen in ((1, 0), (0, 1)):
        with pytest.raises(Stale):
            merge_events(**about, seen=seen, into_seen=into_seen)  # type: ignore[arg-type]
    for wrong, field in (({"into": event}, "with"), ({"reason": ""}, "reason")):
        with pytest.raises(Incomplete) as caught:
            merge_events(**(about | wrong), seen=0, into_seen=0)  # type: ignore[arg-type]
        assert caught.value.field == field
    with pytest.raises(NotAllowed):
        merge(event, into, editor)
    move = merge(event, into, reviewer)
    with pytest.raises(Stale):
        merge_events(**about, seen=1, into_seen=1)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        undo_merge(move=move, by=editor)
    undo_merge(move=move, by=reviewer)
    with pytest.raises(Stale, match="undone meanwhile"):
        undo_merge(move=move, by=reviewer)


def test_merging_asks_the_same_questions_of_many_claims(reviewer: User, django_assert_max_num_queries: object) -> None:
    event, into = EventFactory(from_day=date(2024, 5, 13)), EventFactory()
    for number in range(60):
        claim_with((event, ORDER[1 + number % 3]), (into, ORDER[number % 4]))
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        move = merge(event, into, reviewer)
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        undo_merge(move=move, by=reviewer)

"""The acts of linking, against the database."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims import linking, pipeline, search, suggestions
from claims.errors import Incomplete, NotAllowed, Stale
from claims.linking import EventDraft
from claims.models import Activity, Claim, Event, Link
from tests.factories import ClaimFactory, EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_person_confirms_what_the_machine_suggested(reviewer: User) -> None:
    claim, event = ClaimFactory(), EventFactory()
    Link.objects.create(claim=claim, event=event, score=0.8, reasons=["same place: Turku"])
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=0)
    link = Link.objects.get()
    assert (link.state, link.by, link.reasons) == ("confirmed", reviewer, ["same place: Turku"])
    assert fresh(claim).state == "in_review"
    assert Activity.objects.get().kind == "link confirmed"


def test_linking_to_a_new_event_makes_both_or_neither(reviewer: User) -> None:
    claim = ClaimFactory()
    with pytest.raises(Stale):
        linking.link_claim_to_new_event(claim=claim, draft=EventDraft("Ferry fire"), by=reviewer, seen=9)
    assert not Event.objects.exists()
    draft = EventDraft("Ferry fire", places=("Turku", " ", "Åland"), from_day=DAY)
    event = linking.link_claim_to_new_event(claim=claim, draft=draft, by=reviewer, seen=0)
    assert (event.from_day, event.to_day) == (DAY, DAY)
    assert {place.name for place in event.places.all()} == {"Turku", "Åland"}
    assert Link.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (EventDraft("  "), "title"),
        (EventDraft("x" * 201), "title"),
        (EventDraft("Fire", places=("p",) * 21), "places"),
        (EventDraft("Fire", from_day=DAY, to_day=date(2026, 3, 1)), "to_day"),
    ],
)
def test_a_draft_that_is_wrong_says_where(reviewer: User, draft: EventDraft, field: str) -> None:
    with pytest.raises(Incomplete) as caught:
        linking.create_event(draft=draft, by=reviewer)
    assert caught.value.field == field


def test_who_may_not_link(editor: User) -> None:
    with pytest.raises(NotAllowed):
        linking.link_claim(claim=ClaimFactory(), event=EventFactory(), by=editor, seen=0)


def test_a_rejected_link_is_not_suggested_again(reviewer: User) -> None:
    turku = PlaceFactory(name="Turku")
    claim = ClaimFactory(from_day=DAY, to_day=DAY)
    claim.places.add(turku)
    event = EventFactory(from_day=DAY, to_day=DAY)
    event.places.set([turku])
    suggestions.make_findable(event)
    assert linking.suggest_links([claim]) == 1
    linking.reject_link(claim=claim, event=event, by=reviewer, seen=0)
    Claim.objects.filter(pk=claim.pk).update(touched=False)
    assert linking.suggest_links([fresh(claim)]) == 0
    assert Link.objects.get().state == "rejected"


def test_a_new_event_finds_the_claims_near_it_once() -> None:
    turku = PlaceFactory(name="Turku")
    near, far = ClaimFactory(from_day=DAY, to_day=DAY), ClaimFactory(from_day=None, to_day=None)
    near.places.add(turku)
    event = EventFactory(from_day=DAY, to_day=DAY)
    event.places.set([turku])
    assert pipeline.match_event(event.pk) == 1
    assert pipeline.match_event(event.pk) == 0
    assert [link.claim for link in Link.objects.all()] == [near]
    assert not far.links.exists()


def test_suggestions_cost_the_same_for_many_claims(django_assert_num_queries: object) -> None:
    turku = PlaceFactory(name="Turku")
    event = EventFactory(from_day=DAY, to_day=DAY)
    event.places.set([turku])
    suggestions.make_findable(event)
    for count in (1, 50):
        claims = [ClaimFactory(from_day=DAY, to_day=DAY) for _ in range(count)]
        for claim in claims:
            claim.places.add(turku)
        rows = list(Claim.objects.filter(pk__in=[claim.pk for claim in claims]).prefetch_related("places"))
        with django_assert_num_queries(11):  # type: ignore[operator]
            assert linking.suggest_links(rows) == count


def test_r42_an_event_in_another_spelling_meets_its_claims(reviewer: User) -> None:
    claim = ClaimFactory(from_day=DAY, to_day=DAY)
    claim.places.add(PlaceFactory(name="Kyiv"))
    event = linking.create_event(draft=EventDraft("Blast", places=("Kiev", "Київ"), from_day=DAY), by=reviewer)
    assert [place.name for place in event.places.all()] == ["Kyiv"]
    assert pipeline.match_event(event.pk) == 1
    assert claim.links.get().event == event
    assert list(search.claims_by_words("Kiev")) == [claim]

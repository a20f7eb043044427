"""The parties to an event: what copy makes clear, and what a person sets (R24)."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import Incomplete, NotAllowed, Stale
from claims.event_board import event_board
from claims.event_editing import change_event
from claims.independence import knower_of
from claims.independence.parties import Statement, clear_parties, doers_in, state_named
from claims.linking import EventDraft, create_event
from claims.models import Activity, Claim, Event, EventTerm
from claims.parties import parties_told
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    PlaceFactory,
    SpeakerFactory,
)

DOERS = [
    ("Swedish missile strikes killed 3 people in Turku", "SE"),
    ("People were killed in Swedish attacks", "SE"),
    ("Sweden launched 12 rockets at the port", "SE"),
    ("Sweden’s overnight drone attack damaged a depot", "SE"),
    ("Swedish forces shelled the depot", "SE"),
    ("Rockets fired by Swedish troops hit the depot", "SE"),
    ("The United States struck targets near the port", "US"),
    ("Swedish drones were over the port when a shed was destroyed", ""),
    ("A Swedish man opened fire and killed 3 people", ""),
    ("The Swedish military said that it had seen the missile", ""),
    ("In Sweden attacks killed 4 people", ""),
    ("Swedish nurses attacked the plan", ""),
    ("An attack by gunmen killed 3", ""),
    ("Attacks killed 3", ""),
]
HIT = "A Swedish missile strike killed 3 people at the port"
ELEVEN = ("AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "HU")
NAVY = knower_of("Finland’s navy", kind="body")


@pytest.mark.parametrize(("text", "code"), DOERS)
def test_who_did_it(text: str, code: str) -> None:
    assert doers_in(text) == ({code} if code else set())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Finland", "FI"),
        ("Україна", "UA"),
        ("fi", "FI"),
        ("UK", "GB"),
        ("Helsinki", ""),
        ("The Gull Party", ""),
        ("", ""),
    ],
)
def test_states_by_name_and_code(words: str, code: str) -> None:
    assert state_named(words) == code


def test_r24_only_clear_cases_are_parties() -> None:
    two = [Statement("1", HIT), Statement("2", HIT), Statement("2", "The port burns.", NAVY)]
    assert [party.code for party in clear_parties(two, {"FI"})] == ["SE", "FI"]
    assert "Finland’s navy" in clear_parties(two, {"FI"})[1].reason
    assert [party.code for party in clear_parties(two[:2], {"FI"})] == ["SE"]
    assert clear_parties(two, {"SE"}) == []
    assert clear_parties(two, set()) == []
    assert clear_parties([Statement("1", HIT), Statement("1", HIT), two[2]], {"FI"}) == []
    assert [party.code for party in clear_parties(two, {"FI", "NO"})] == ["SE"]


def test_a_doer_whom_few_articles_name_is_not_clear() -> None:
    others = [Statement(str(number), "A Danish missile strike killed 3 people") for number in range(3, 6)]
    told = clear_parties([Statement("1", HIT), Statement("2", HIT), *others], {"FI"})
    assert [party.code for party in told] == ["DK"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations([Statement(str(n % 3), text, NAVY) for n, (text, _) in enumerate(DOERS)]))
def test_the_order_of_statements_changes_nothing(statements: list[Statement]) -> None:
    assert clear_parties(statements, {"FI"}) == clear_parties(sorted(statements, key=lambda each: each.text), {"FI"})


def said(event: Event, name: str, text: str, low: int) -> Claim:
    version = ArticleVersionFactory(headline="", headline_end=0, text=text)
    claim: Claim = ClaimFactory(version=version, text=text, speaker=SpeakerFactory(name=name, kind="body"))
    FigureFactory(claim=claim, low=low)
    LinkFactory(claim=claim, event=event, state="confirmed")
    return claim


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory(title="Strike on Turku", kind="strike")
    made.places.add(PlaceFactory(name="Turku", country="FI"))
    said(made, "Finland’s navy", "A Swedish missile strike killed 3 people.", 3)
    said(made, "Finland’s air force", "Swedish rockets and a Swedish attack killed 4 people.", 4)
    return made


def test_an_event_s_claims_offer_its_parties_and_set_none(event: Event) -> None:
    assert [party.code for party in parties_told(event)] == ["SE", "FI"]
    event.refresh_from_db()
    assert event.parties == []
    Claim.objects.update(polarity="denied")
    assert parties_told(event) == []


def draft_of(event: Event, **about: object) -> EventDraft:
    given = {"title": event.title, "kind": event.kind, "places": ("Turku",), "from_day": event.from_day}
    return EventDraft(**(given | {"to_day": event.to_day} | about))  # type: ignore[arg-type]


def test_r24_organs_of_a_party_are_one_interest(event: Event, reviewer: User) -> None:
    assert len(event_board(event, Claim.objects.all()).board.ledger.interests) == 2
    change_event(event=event, draft=draft_of(event, parties=("Sweden", "FI", "Finland")), by=reviewer, seen=0)
    event.refresh_from_db()
    assert (event.parties, event.seen) == (["SE", "FI"], 1)
    assert len(event_board(event, Claim.objects.all()).board.ledger.interests) == 1
    assert Activity.objects.get(kind="event changed").detail == {"parties": [[], ["SE", "FI"]]}


def test_a_changed_event_is_found_by_its_new_words(event: Event, reviewer: User) -> None:
    Event.objects.update(matched="2024-05-14T12:00Z")
    changed = draft_of(event, title="Depot burns", places=("Kiev", "Turku"), from_day=None, to_day=date(2024, 5, 15))
    change_event(event=event, draft=changed, by=reviewer, seen=0)
    event.refresh_from_db()
    assert (event.title, event.from_day, event.matched) == ("Depot burns", date(2024, 5, 15), None)
    assert sorted(place.name for place in event.places.all()) == ["Kyiv", "Turku"]
    assert EventTerm.objects.filter(event=event).exists()
    told = Activity.objects.get(kind="event changed").detail
    assert told["places"] == [["Turku"], ["Kyiv", "Turku"]] and told["to_day"] == ["2024-05-13", "2024-05-15"]


def test_what_the_machine_set_is_its_own_until_a_person_changes_it(event: Event, reviewer: User) -> None:
    Event.objects.filter(pk=event.pk).update(parties=["SE"], parties_producer="parties 1")
    change_event(event=event, draft=draft_of(event, parties=("SE",), kind="raid"), by=reviewer, seen=0)
    assert Event.objects.get().parties_producer == "parties 1"
    change_event(event=event, draft=draft_of(event), by=reviewer, seen=1)
    assert (Event.objects.get().parties, Event.objects.get().parties_producer) == ([], "")


def test_a_change_that_is_refused_writes_nothing(event: Event, reviewer: User, editor: User) -> None:
    with pytest.raises(Incomplete) as caught:
        change_event(event=event, draft=draft_of(event, parties=("Gull Party",)), by=reviewer, seen=0)
    assert caught.value.field == "parties"
    with pytest.raises(Incomplete):
        create_event(draft=EventDraft("Fire", parties=ELEVEN), by=reviewer)
    with pytest.raises(Stale):
        change_event(event=event, draft=draft_of(event, title="Other"), by=reviewer, seen=1)
    with pytest.raises(NotAllowed):
        change_event(event=event, draft=draft_of(event, title="Other"), by=editor, seen=0)
    Event.objects.update(merged_into=EventFactory())
    with pytest.raises(Stale):
        change_event(event=event, draft=draft_of(event, title="Other"), by=reviewer, seen=0)
    assert set(Event.objects.filter(pk=event.pk).values_list("title", "seen")) == {("Strike on Turku", 0)}

"""What becomes of the machine's proposals when people merge events, move their claims, or change them (R11)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from claims import pipeline
from claims.event_editing import change_event
from claims.event_merging import merge_events, undo_merge
from claims.event_moving import move_claims, undo_move
from claims.linking import EventDraft, link_claim
from claims.models import Activity, Claim, Event, EventMove, Link
from tests.claims.stories import kill
from tests.claims.tellings import BERGEN, ENGINE, FIRE, GHENT, claim_of, read, waiting
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_engine(settings: Settings) -> None:
    settings.EXTRACTOR = ENGINE


@pytest.fixture
def proposal(small_engine: None) -> Event:
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Tern Post", BERGEN["second"], 1))
    return Event.objects.get()


def absorb(event: Event, into: Event, by: User) -> EventMove:
    for each in (event, into):
        each.refresh_from_db()
    return merge_events(event=event, into=into, reason="One fire.", by=by, seen=event.seen, into_seen=into.seen)


def read_again() -> None:
    """Every article once more, and another one that tells of the fire."""
    read(waiting("Auk News", BERGEN["third"], 2))
    for version in {claim.version for claim in Claim.objects.select_related("version")}:
        version.work = "waiting"
        version.save()
        read(version)


def test_an_absorbed_proposal_is_neither_written_nor_proposed_again(proposal: Event, reviewer: User) -> None:
    into = EventFactory(title="Night at the quay", kind="", from_day=None, to_day=None)
    absorb(proposal, into, reviewer)
    read_again()
    proposal.refresh_from_db()
    assert proposal.merged_into == into and set(Event.objects.all()) == {proposal, into}
    assert not proposal.links.exclude(state="carried").exists()


def test_an_absorbed_proposal_stands_again_when_that_is_undone(proposal: Event, reviewer: User) -> None:
    into = EventFactory(title="Night at the quay")
    before = sorted(proposal.links.values_list("claim", "state", "score"))
    undo_merge(move=absorb(proposal, into, reviewer), by=reviewer)
    assert sorted(proposal.links.values_list("claim", "state", "score")) == before
    read(waiting("Auk News", BERGEN["third"], 2))
    proposal.refresh_from_db()
    assert proposal.proposed and proposal.links.filter(claim=claim_of("stays shut")).exists()
    assert not into.links.exists()


def test_an_event_that_was_merged_away_is_never_suggested(proposal: Event, reviewer: User) -> None:
    first = claim_of("Four people died")
    link_claim(claim=first, event=proposal, by=reviewer, seen=first.seen)
    into = EventFactory(title="Ferry fire", kind="fire", from_day=proposal.from_day, to_day=proposal.to_day)
    into.places.set(proposal.places.all())
    absorb(proposal, into, reviewer)
    for event in (proposal, into):
        pipeline.match_event(event.pk)
    read_again()
    suggested = Link.objects.filter(state="suggested")
    assert set(suggested.values_list("event", flat=True)) == {into.pk}
    assert suggested.filter(claim=claim_of("stays shut")).exists()
    shown = Claim.objects.for_cards().prefetch_related("links__event")
    assert proposal not in {link.event for claim in shown for link in claim.links.all()}


def test_a_proposal_whose_claims_were_moved_and_put_back_is_kept(proposal: Event, reviewer: User) -> None:
    there, claim = EventFactory(), claim_of("bulkhead")
    move = move_claims(source=proposal, target=there, claims=[claim.pk], by=reviewer, seen=0)
    undo_move(move=move, by=reviewer)
    for words in ("Four people died", "killed 4"):
        read(kill(claim_of(words).version.article, 5))
    assert Event.objects.filter(pk=proposal.pk).exists()


def test_whoever_changes_a_proposal_stands_behind_it(proposal: Event, reviewer: User) -> None:
    draft = EventDraft("Ferry burns", places=("Bergen",), from_day=proposal.from_day)
    change_event(event=proposal, draft=draft, by=reviewer, seen=0)
    assert Activity.objects.get(kind="proposal confirmed").actor == reviewer
    read(waiting("Auk News", BERGEN["third"], 2), waiting("Ghent Daily", GHENT))
    event = Event.objects.get()
    assert (event.title, event.proposed, event.seen) == ("Ferry burns", False, 1) and event.title != FIRE


STRIKE = {
    "first": "Missiles hit a depot in Turku\n\nA Swedish missile strike killed 3 people at Turku on 4 May.",
    "second": "Depot burns after strike\n\nSwedish forces shelled a depot at Turku on 4 May, killing 3 people.",
}


def test_a_proposal_names_the_parties_that_are_clear_and_its_producer() -> None:
    read(waiting("Gull Wire", STRIKE["first"]), waiting("Tern Post", STRIKE["second"], 1))
    event = Event.objects.get()
    assert (event.parties, event.parties_producer) == (["SE"], "parties 1")


def test_a_proposal_of_an_accident_names_no_parties(proposal: Event) -> None:
    assert (proposal.parties, proposal.parties_producer) == ([], "")

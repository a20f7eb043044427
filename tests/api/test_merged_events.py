"""Where a program that knows a merged event is led."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.event_merging import merge_events, undo_merge
from claims.models import Claim, Event, EventMove
from tests.api.test_schema import check, description
from tests.factories import EventFactory, FigureFactory, LinkFactory

__all__ = ["description"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db: None) -> int:
    return int(FigureFactory().claim.pk)


@pytest.fixture
def merged(claim: int, reviewer: User) -> EventMove:
    event, into = EventFactory(title="gone"), EventFactory(title="kept", parties=["FI"])
    LinkFactory(claim=Claim.objects.get(pk=claim), event=event, state="confirmed")
    return merge_events(event=event, into=into, reason="One fire.", by=reviewer, seen=0, into_seen=0)


def test_a_merged_event_says_where_it_went(
    program: Client, merged: EventMove, claim: int, description: dict[str, Any]
) -> None:
    gone, kept = merged.source_id, merged.target_id
    answer = program.get(f"/api/v1/events/{gone}/").json()
    check(description, "/api/v1/events/{id}/", 200, answer)
    assert (answer["merged_into"]["id"], answer["confirmed"], answer["links"]) == (kept, 0, [])
    assert program.get(answer["merged_into"]["url"]).json()["confirmed"] == 1
    listed = program.get("/api/v1/events/").json()["results"]
    assert [(row["id"], row["merged_into"], row["parties"]) for row in listed] == [(kept, None, ["FI"])]
    for event in (gone, kept):
        assert program.get(f"/api/v1/events/{event}/board/").json()["event"] == kept
        assert [row["id"] for row in program.get(f"/api/v1/claims/?event={event}").json()["results"]] == [claim]


def test_a_merge_that_was_undone_leads_nowhere(program: Client, merged: EventMove, reviewer: User) -> None:
    undo_merge(move=merged, by=reviewer)
    answer = program.get(f"/api/v1/events/{merged.source_id}/").json()
    assert (answer["merged_into"], answer["confirmed"]) == (None, 1)


def test_a_proposal_that_was_absorbed_was_never_told(program: Client, reviewer: User) -> None:
    event, into = EventFactory(proposed=True), EventFactory()
    merge_events(event=event, into=into, reason="One fire.", by=reviewer, seen=0, into_seen=0)
    assert program.get(f"/api/v1/events/{event.pk}/").status_code == 404


def test_events_cost_the_same_however_many_were_merged(
    program: Client, reviewer: User, django_assert_num_queries: object
) -> None:
    def ask() -> None:
        assert program.get("/api/v1/events/").status_code == 200

    into = EventFactory()
    ask()
    with django_assert_num_queries(6):  # type: ignore[operator]
        ask()
    for _ in range(3):
        event = EventFactory()
        into.refresh_from_db()
        merge_events(event=event, into=into, reason="One.", by=reviewer, seen=0, into_seen=into.seen)
    with django_assert_num_queries(6):  # type: ignore[operator]
        ask()
    assert Event.objects.count() == 4

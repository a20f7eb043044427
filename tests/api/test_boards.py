"""The count board of an event, as programs read it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.board_words import RowKey, set_best_value
from claims.models import Event
from tests.api.test_schema import check, description
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    SpeakerFactory,
)

__all__ = ["description"]
pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/events/{id}/board/"


@pytest.fixture
def event(reviewer: User) -> Event:
    made: Event = EventFactory()
    told = (
        (5, "asserted", "confirmed"),
        (7, "asserted", "confirmed"),
        (9, "denied", "confirmed"),
        (99, "asserted", "suggested"),
    )
    for low, polarity, state in told:
        claim = ClaimFactory(speaker=SpeakerFactory(), polarity=polarity)
        FigureFactory(claim=claim, low=low, high=None if low == 7 else low)
        LinkFactory(claim=claim, event=made, state=state)
    set_best_value(event=made, row=RowKey("killed"), value=Decimal(6), reason="The list.", by=reviewer, seen=0)
    return made


def test_a_board_is_as_described(program: Client, event: Event, description: dict[str, Any]) -> None:
    answer = program.get(f"/api/v1/events/{event.pk}/board/").json()
    check(description, ADDRESS, 200, answer)
    (row,) = answer["rows"]
    assert (row["low"], row["high"], row["single"], row["standing"]) == (5, None, 5, "conflict")
    assert (row["reasons"][0]["rule"], row["sources"], row["best"]["value"]) == ("R14", 2, 6)
    assert [(f["low"], f["told"], f["current"]) for f in row["figures"]] == [
        (5, "asserted", True),
        (7, "asserted", True),
        (9, "denied", False),
    ]
    assert len(answer["ledger"]["sources"]) == 3


def test_an_empty_board_is_as_described(program: Client, description: dict[str, Any]) -> None:
    answer = program.get(f"/api/v1/events/{EventFactory().pk}/board/").json()
    check(description, ADDRESS, 200, answer)
    assert answer["rows"] == []


@pytest.mark.parametrize(("query", "code"), [("0/board/", 404), ("{pk}/board/?figures=all", 400)])
def test_refusals_are_as_described(
    program: Client, event: Event, description: dict[str, Any], query: str, code: int
) -> None:
    response = program.get(f"/api/v1/events/{query.format(pk=event.pk)}")
    assert response.status_code == code
    check(description, ADDRESS, code, response.json())


def test_what_the_machine_alone_proposes_has_no_board(program: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(proposed=True)
    assert program.get(f"/api/v1/events/{event.pk}/board/").status_code == 404


def test_what_is_under_embargo_is_not_told(program: Client) -> None:
    event = EventFactory()
    claim = ClaimFactory(version=ArticleVersionFactory(status="embargoed"))
    FigureFactory(claim=claim)
    LinkFactory(claim=claim, event=event, state="confirmed")
    assert program.get(f"/api/v1/events/{event.pk}/board/").json()["rows"] == []

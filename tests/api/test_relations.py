"""How the claims of an event stand to each other, as programs read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Event
from claims.relation_words import Standing, say_of_relation
from tests.api.test_schema import check, description
from tests.factories import ArticleVersionFactory, ClaimFactory, EventFactory, LinkFactory, SpeakerFactory

__all__ = ["description"]
pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/events/{id}/relations/"


def said(event: Event, text: str, by: str, state: str = "confirmed", **about: Any) -> Claim:
    status = about.pop("status", "usable")
    version = ArticleVersionFactory(text=f"{text}.\n", status=status)
    speaker = SpeakerFactory._meta.model.objects.filter(name=by).first() or SpeakerFactory(name=by, kind="body")
    given = {"mode": "indirect", "cue": "say"} | about
    claim: Claim = ClaimFactory(version=version, start=0, end=len(text), text=text, speaker=speaker, **given)
    LinkFactory(claim=claim, event=event, state=state)
    return claim


@pytest.fixture
def event() -> Event:
    made: Event = EventFactory()
    said(made, "Danish rockets destroyed thirty homes in Bergen", "Norwegian army")
    said(made, "its forces do not target civilians", "Danish defence ministry", polarity="denied")
    said(made, "Norway for the fire", "Danish navy", cue="blame")
    said(made, "Danish-held Bergen burned", "Norwegian police")
    said(made, "We will rebuild the burnt warehouses and the old quay cranes", "Ada Lien", mode="direct")
    said(made, "We shall rebuild the burned sheds and the old quay cranes", "Ada Lien", mode="direct")
    said(made, "its guns never hit homes", "Danish army", state="suggested", polarity="denied")
    return made


def test_relations_are_as_described(program: Client, event: Event, description: dict[str, Any]) -> None:
    answer = program.get(f"/api/v1/events/{event.pk}/relations/").json()
    check(description, ADDRESS, 200, answer)
    homes, denial = (Claim.objects.get(text__contains=words) for words in ("destroyed thirty", "target civilians"))
    (told,) = [each for each in answer["relations"] if each["kind"] == "denies"]
    assert (told["one"], told["other"], told["rules"]) == (denial.pk, homes.pk, ["R16"])
    (span,) = [each for each in told["spans"] if each["claim"] == homes.pk]
    assert homes.text[span["start"] : span["end"]] == "destroyed thirty homes"
    (rivalry,) = answer["rivalries"]
    assert {rivalry[side]["name"] for side in ("one", "other")} == {"Denmark", "Norway"}
    (rendering,) = [each for each in answer["relations"] if each["kind"] == "rendering"]
    assert [step["match"] for step in rendering["steps"]][:3] == ["same", "other words", "same"]
    assert [each["thing"] for each in answer["names"]] == ["Bergen"]
    assert (answer["left_out"], answer["relations_left_out"]) == (0, 0)


def test_what_a_person_said_is_none_is_not_given(program: Client, event: Event, reviewer: User) -> None:
    homes, denial = (Claim.objects.get(text__contains=words) for words in ("destroyed thirty", "target civilians"))
    standing = Standing("denies", denial, homes, holds=False)
    say_of_relation(event=event, standing=standing, reason="Of another year.", by=reviewer, seen=0)
    answer = program.get(f"/api/v1/events/{event.pk}/relations/").json()
    assert [each for each in answer["relations"] if each["kind"] == "denies"] == []


@pytest.mark.parametrize(("query", "code"), [("0/relations/", 404), ("{pk}/relations/?page=2", 400)])
def test_refusals_are_as_described(
    program: Client, event: Event, description: dict[str, Any], query: str, code: int
) -> None:
    response = program.get(f"/api/v1/events/{query.format(pk=event.pk)}")
    assert response.status_code == code
    check(description, ADDRESS, code, response.json())


def test_what_is_under_embargo_stands_to_nothing(program: Client) -> None:
    event = EventFactory()
    said(event, "Danish rockets destroyed thirty homes", "Norwegian army", status="embargoed")
    said(event, "its forces do not target civilians", "Danish army", polarity="denied")
    assert program.get(f"/api/v1/events/{event.pk}/relations/").json()["relations"] == []


def test_an_event_of_many_claims_costs_what_one_of_few_costs(program: Client, event: Event) -> None:
    counts = []
    for number in (1, 40):
        for each in range(number):
            said(event, f"Danish guns shelled {each + 2} homes", f"Norwegian office {each}")
            said(event, "its forces never target civilians", f"Danish office {each}", polarity="denied")
        with CaptureQueriesContext(connection) as caught:
            assert program.get(f"/api/v1/events/{event.pk}/relations/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]

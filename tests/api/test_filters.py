"""Filters find what they say, and what is misspelt is refused instead of giving everything."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.http import urlencode

from claims.models import Claim
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    OutletFactory,
    PlaceFactory,
    SpeakerFactory,
    VerdictFactory,
)


@pytest.fixture
def two(db: None, reviewer: User) -> tuple[Claim, Claim]:
    """Two claims that differ in everything that can be asked for; each ruled on, the first *disputed*."""
    return one_claim(reviewer, "first", 13, "disputed"), one_claim(reviewer, "second", 20, "unverifiable")


def one_claim(reviewer: User, name: str, day: int, rating: str) -> Claim:
    version = ArticleVersionFactory(
        article__outlet=OutletFactory(name=f"The {name} Quay Times"),
        version_created=datetime(2024, 5, day, 9, tzinfo=UTC),
        status="corrected" if name == "second" else "usable",
    )
    place = PlaceFactory(name=f"{name} Haven", aliases=[f"{name} Гавань"])
    claim = ClaimFactory(
        version=version, from_day=date(2024, 5, day), to_day=date(2024, 5, day + 1), speaker=SpeakerFactory(name=name)
    )
    claim.places.add(place)
    FigureFactory(claim=claim, measure="killed" if name == "first" else "other:balloon")
    event = EventFactory(title=name, kind=name, from_day=claim.from_day, to_day=claim.to_day)
    event.places.add(place)
    LinkFactory(claim=claim, event=event, state="confirmed")
    VerdictFactory(claim=claim, author=reviewer, rating=rating)
    return Claim.objects.get(pk=claim.pk)


def found(program: Client, rows_of: str, **query: object) -> list[int]:
    response = program.get(f"/api/v1/{rows_of}/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200, response.content
    rows = response.json()["results"]
    return [row["claim"]["id"] if rows_of == "verdicts" else row["id"] for row in rows]


FACTS = [
    {"outlet": "the FIRST quay times"},
    {"speaker": "First"},
    {"place": "first haven"},
    {"place": "first Гавань"},
    {"measure": "killed"},
    {"day_to": "2024-05-19"},
    {"day_from": "2024-05-14", "day_to": "2024-05-14"},
    {"rating": "disputed"},
]


@pytest.mark.parametrize("kind", ["verdicts", "claims"])
@pytest.mark.parametrize("query", FACTS, ids=str)
def test_a_filter_finds_the_one_and_not_the_other(
    query: dict[str, str], kind: str, program: Client, two: tuple[Claim, Claim]
) -> None:
    assert found(program, kind, **query) == [two[0].pk]


@pytest.mark.parametrize("kind", ["verdicts", "claims"])
def test_rows_are_named_by_id_as_well(kind: str, program: Client, two: tuple[Claim, Claim]) -> None:
    claim = two[1]
    for query in (
        {"outlet": claim.version.article.outlet_id},
        {"speaker": claim.speaker_id},
        {"place": claim.places.get().pk},
        {"event": claim.links.get().event_id},
        {"measure": "other:balloon", "rating": "unverifiable", "day_from": "2024-05-20"},
    ):
        assert found(program, kind, **query) == [claim.pk], query


def test_repeating_a_rating_or_state_widens(program: Client, two: tuple[Claim, Claim]) -> None:
    both = [two[1].pk, two[0].pk]
    assert found(program, "verdicts", rating=["disputed", "unverifiable"]) == both
    assert found(program, "claims", state=["ruled", "unreviewed"]) == both
    assert found(program, "claims", state="awaiting") == []


def test_a_link_that_nobody_confirmed_is_no_link(program: Client, two: tuple[Claim, Claim]) -> None:
    event = two[0].links.get().event
    LinkFactory(claim=two[1], event=event)
    LinkFactory(claim=ClaimFactory(), event=event, state="rejected")
    assert found(program, "claims", event=event.pk) == [two[0].pk]
    told = program.get(f"/api/v1/events/{event.pk}/").json()
    assert (told["confirmed"], [link["claim"] for link in told["links"]]) == (1, [two[0].pk])
    assert told["links"][0]["verdict"] == str(two[0].verdict.public_id)


def test_two_figures_of_a_measure_do_not_double_a_row(program: Client, two: tuple[Claim, Claim]) -> None:
    FigureFactory(claim=two[0], measure="killed")
    assert found(program, "claims", measure="killed") == [two[0].pk]


def test_verdicts_by_revision_and_time(program: Client, two: tuple[Claim, Claim]) -> None:
    two[0].verdict.__class__.objects.filter(claim=two[0]).update(state="reopened")
    assert found(program, "verdicts", under_revision="true") == [two[0].pk]
    assert found(program, "verdicts", under_revision="false") == [two[1].pk]
    at = two[1].verdict.published.at.isoformat()
    assert found(program, "verdicts", updated_since=at) == [two[1].pk]
    assert found(program, "verdicts", updated_since="2199-01-01T00:00:00Z") == []


def test_events_and_articles(program: Client, two: tuple[Claim, Claim]) -> None:
    event, article = two[0].links.get().event, two[0].version.article
    for query in ({"place": "first Haven"}, {"kind": "FIRST"}, {"day_to": "2024-05-15"}):
        assert found(program, "events", **query) == [event.pk], query
    for query in ({"outlet": article.outlet_id}, {"day_to": "2024-05-13"}, {"status": "usable"}):
        assert found(program, "articles", **query) == [article.pk], query
    assert found(program, "claims", article=article.pk) == [two[0].pk]


def test_a_vanished_claim_leaves_the_list_and_stays_by_its_id(program: Client, two: tuple[Claim, Claim]) -> None:
    Claim.objects.filter(pk=two[0].pk).update(vanished=datetime(2024, 5, 15, tzinfo=UTC))
    assert found(program, "claims") == [two[1].pk]
    assert program.get(f"/api/v1/claims/{two[0].pk}/").json()["vanished"] == "2024-05-15T00:00:00Z"


def test_only_the_detail_of_an_article_has_its_text(program: Client, two: tuple[Claim, Claim]) -> None:
    version = two[0].version
    (told,) = program.get(f"/api/v1/articles/{version.article_id}/").json()["versions"]
    assert told["text"] == version.text
    assert all(
        "text" not in row for page in program.get("/api/v1/articles/").json()["results"] for row in page["versions"]
    )


REFUSED = [
    ("verdicts", "raiting=disputed", "raiting"), ("verdicts", "rating=false", "rating"),
    ("verdicts", "rating=", "rating"),
    ("verdicts", "under_revision=maybe", "under_revision"), ("verdicts", "updated_since=yesterday", "updated_since"),
    ("verdicts", "event=999999", "event"), ("verdicts", "event=fire", "event"), ("claims", f"event={10**30}", "event"),
    ("claims", "state=open", "state"), ("claims", "day_from=14.5.2024", "day_from"),
    ("claims", "place=Nowhere", "place"),
    ("claims", "day_from=2024-05-14&day_to=2024-05-13", "day_to"), ("claims", "measure=dead", "measure"),
    ("claims", "place=%00", "place"), ("claims", "speaker=a&speaker=b", "speaker"),
    ("claims", "outlet=" + "x" * 400, "outlet"),
    ("events", "rating=disputed", "rating"), ("articles", "status=gone", "status"), ("articles", "order=id", "order"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "query", "field"), REFUSED)
def test_what_is_not_understood_is_refused_with_the_name(kind: str, query: str, field: str, program: Client) -> None:
    response = program.get(f"/api/v1/{kind}/?{query}")
    assert (response.status_code, response.json()["field"]) == (400, field)
    assert response.json()["detail"]


@pytest.mark.parametrize("path", ["claims/x/", f"claims/{10**30}/", "verdicts/x/", "events/0/", "articles/-1/"])
def test_what_is_not_there_is_not_found(path: str, program: Client) -> None:
    response = program.get(f"/api/v1/{path}")
    assert (response.status_code, set(response.json())) == (404, {"detail", "field"})

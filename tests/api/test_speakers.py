"""Speakers for programs: under the name that is shown, found by every name, and never through an embargo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import ArticleVersion, Speaker
from claims.speaker_merging import merge_speakers, undo_match
from tests.factories import ArticleVersionFactory, ClaimFactory, SpeakerFactory, VerdictFactory


@pytest.fixture
def merged(reviewer: User) -> tuple[Speaker, Speaker]:
    """A speaker and another spelling of the same, each with a claim; the second claim is ruled *disputed*."""
    one, other = SpeakerFactory(name="Dmytro Halenko"), SpeakerFactory(name="Dmitro Halenko")
    ClaimFactory(speaker=one)
    VerdictFactory(claim=ClaimFactory(speaker=other), rating="disputed", author=reviewer)
    merge_speakers(speaker=other, into=one, reason="One man.", by=reviewer, seen=0)
    return one, other


def test_a_speaker_and_its_names(program: Client, merged: tuple[Speaker, Speaker]) -> None:
    one, other = merged
    (row,) = program.get("/api/v1/speakers/").json()["results"]
    names = [{"id": other.pk, "name": "Dmitro Halenko"}]
    assert (row["id"], row["name"], row["claims"], row["spellings"]) == (one.pk, one.name, 2, names)
    assert row["permalink"].endswith(f"/speakers/{one.pk}/") and row["merged_into"] is None
    detail = program.get(f"/api/v1/speakers/{one.pk}/").json()
    assert detail.items() >= row.items()
    assert {rating: detail[rating] for rating in ("corroborated", "disputed", "unverifiable")} == {
        "corroborated": 0, "disputed": 1, "unverifiable": 0,
    }  # fmt: skip
    assert program.get(f"/api/v1/speakers/{other.pk}/").json()["merged_into"] == one.pk


@pytest.mark.parametrize("words", ["Dmytro Halenko", "dmitro halenko", "id", "other id"])
@pytest.mark.parametrize("rows_of", ["claims", "verdicts"])
def test_claims_are_found_by_every_name(
    program: Client, merged: tuple[Speaker, Speaker], words: str, rows_of: str
) -> None:
    ids = {"id": merged[0].pk, "other id": merged[1].pk}
    ClaimFactory(speaker=SpeakerFactory())
    rows = program.get(f"/api/v1/{rows_of}/", {"speaker": ids.get(words, words)}).json()["results"]
    assert len(rows) == (2 if rows_of == "claims" else 1)
    said = [row["claim"] if rows_of == "verdicts" else row for row in rows]
    assert {claim["speaker"]["id"] for claim in said} == {merged[0].pk}
    assert {claim["spelling"] for claim in said} >= {"Dmitro Halenko"}


def test_a_merge_that_is_undone_leaves_no_trace(
    program: Client, reviewer: User, merged: tuple[Speaker, Speaker]
) -> None:
    one = merged[0]
    match = merge_speakers(speaker=one, into=SpeakerFactory(), reason="A pen name.", by=reviewer, seen=1)
    undo_match(match=match, by=reviewer, seen=match.seen)
    names = {row["name"]: row["claims"] for row in program.get("/api/v1/speakers/").json()["results"]}
    assert names == {"Dmytro Halenko": 2}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=dmitro", {"Dmytro Halenko"}),
        ("name=oster", {"Mina Öster"}),
        ("kind=body", set()),
        ("kind=body&kind=person", {"Dmytro Halenko", "Mina Öster"}),
    ],
)
def test_filters(program: Client, merged: tuple[Speaker, Speaker], query: str, found: set[str]) -> None:
    ClaimFactory(speaker=SpeakerFactory(name="Mina Öster"))
    SpeakerFactory(name="Mina Nobody")
    rows = program.get(f"/api/v1/speakers/?{query}").json()["results"]
    assert {row["name"] for row in rows} == found


@pytest.mark.parametrize("query", ["kind=tree", "name=", "names=x"])
def test_what_is_misspelt_is_refused(program: Client, query: str) -> None:
    assert program.get(f"/api/v1/speakers/?{query}").status_code == 400


def test_who_speaks_only_under_embargo_is_not_there(
    program: Client, chief: User, with_token: Callable[[User], Client], merged: tuple[Speaker, Speaker]
) -> None:
    one, other = merged
    held = ArticleVersionFactory(status="embargoed")
    secret = ClaimFactory(version=held, speaker=SpeakerFactory(name="Secret Envoy")).speaker
    ArticleVersion.objects.filter(claims__speaker=other).update(status="embargoed")
    (row,) = program.get("/api/v1/speakers/").json()["results"]
    assert (row["claims"], row["spellings"]) == (1, [])
    for gone in (secret, other):
        assert program.get(f"/api/v1/speakers/{gone.pk}/").status_code == 404
    assert program.get(f"/api/v1/speakers/{one.pk}/").json()["disputed"] == 0
    assert len(with_token(chief).get("/api/v1/speakers/").json()["results"]) == 2

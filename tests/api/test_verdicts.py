"""What a client reads of a verdict: the published face, and nothing of what is being changed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import verdicts
from claims.models import Claim, Figure, Verdict
from claims.permissions import Role
from claims.verdicts import Exhibit
from tests.api.conftest import Published, full_claim
from tests.factories import ClaimFactory, FigureFactory, UserFactory, VerdictFactory

LIST = "/api/v1/verdicts/"
AGAINST = [Exhibit("against", url="https://example.org/list", note="The register of the ambulance service")]


def face(program: Client, verdict: Verdict) -> dict[str, object]:
    response = program.get(f"{LIST}{verdict.public_id}/")
    assert response.status_code == 200, response.content
    return response.json()


def test_the_face_has_all_that_a_reader_needs_to_repeat_the_work(program: Client, published: Published) -> None:
    (verdict,) = published(evidence=AGAINST)
    claim = verdict.claim
    shown = face(program, verdict)
    assert shown["rating"] == "disputed"
    assert shown["reason"] == verdict.reason
    assert shown["evidence"] == [
        {
            "side": "against", "claim": None, "article": None, "version": None, "text": "",
            "url": "https://example.org/list", "note": "The register of the ambulance service",
        }
    ]  # fmt: skip
    assert shown["rules"] == ["R36"]
    assert (shown["second_reader"], shown["under_revision"]) == (False, False)
    told = shown["claim"]
    assert told["text"] == claim.version.text[told["start"] : told["end"]] == claim.text
    assert told["article"]["version"] == claim.version.number
    assert told["speaker"]["name"] == claim.speaker.name
    assert told["places"] == [place.name for place in claim.places.all()]
    assert [event["title"] for event in told["events"]] == [
        link.event.title for link in claim.links.filter(state="confirmed")
    ]
    assert shown["permalink"].endswith(verdict.get_absolute_url())


def test_evidence_that_is_a_claim_keeps_its_words_and_version(program: Client, published: Published) -> None:
    other = ClaimFactory()
    (verdict,) = published(evidence=[Exhibit("for", claim=other)])
    (piece,) = face(program, verdict)["evidence"]
    assert (piece["claim"], piece["text"]) == (other.pk, other.text)
    assert (piece["article"], piece["version"]) == (other.version.article_id, other.version.number)


def test_what_is_being_changed_stays_inside(program: Client, reviewer: User) -> None:
    claim = full_claim()
    verdict = VerdictFactory(claim=claim, author=reviewer, evidence=AGAINST)
    before = face(program, verdict)
    claim.refresh_from_db()
    verdicts.record_verdict(
        claim=claim, rating="corroborated", reason="Two registers agree now.",
        evidence=[Exhibit("for", note="Register")],
        by=reviewer, seen=claim.seen,
    )  # fmt: skip
    after = face(program, verdict)
    assert after.pop("under_revision") is True
    assert before.pop("under_revision") is False
    assert after == before


def test_signed_off_shows_the_reason_of_the_ruling_and_that_a_second_person_read_it(
    program: Client, reviewer: User, chief: User
) -> None:
    claim = full_claim()
    verdict = VerdictFactory(claim=claim, author=reviewer, rating="corroborated", reason="Two registers agree.")
    assert program.get(f"{LIST}{verdict.public_id}/").status_code == 404
    claim.refresh_from_db()
    verdicts.sign_off(claim=claim, by=chief, seen=claim.seen, note="Read, and called both.")
    shown = face(program, verdict)
    recorded, signed = verdict.entries.order_by("number")
    assert (shown["reason"], shown["second_reader"]) == ("Two registers agree.", True)
    assert shown["decided"] == recorded.at.isoformat().replace("+00:00", "Z")
    assert shown["published"] == signed.at.isoformat().replace("+00:00", "Z")
    assert shown["rules"] == ["R36", "R37"]
    assert chief.username not in program.get(f"{LIST}{verdict.public_id}/").content.decode()


def test_a_withdrawn_verdict_is_gone(program: Client, published: Published, chief: User) -> None:
    (verdict,) = published()
    claim = Claim.objects.get(pk=verdict.claim_id)
    verdicts.withdraw(claim=claim, reason="Its only source took the number back.", by=chief, seen=claim.seen)
    assert program.get(f"{LIST}{verdict.public_id}/").status_code == 404
    assert program.get(LIST).json()["results"] == []
    assert program.get(f"/api/v1/claims/{claim.pk}/").json()["verdict"] is None


FIGURES = [
    ("12", "12", 12, 12, 12),
    ("0", "0", 0, 0, 0),
    ("6", None, 6, None, 6),
    (None, "11", None, 11, None),
    (None, None, None, None, None),
    ("12.5", "13.250", 12.5, 13.25, 12.5),
    ("500000.000", "1000000", 500_000, 1_000_000, 500_000),
]


@pytest.mark.parametrize(("low", "high", "low_shown", "high_shown", "single"), FIGURES)
def test_figures_are_numbers_and_unknown_is_null(
    program: Client, low: str | None, high: str | None, low_shown: object, high_shown: object, single: object
) -> None:
    ends = {"low": low and Decimal(low), "high": high and Decimal(high)}
    claim = FigureFactory(**ends).claim
    (figure,) = program.get(f"/api/v1/claims/{claim.pk}/").json()["figures"]
    shown = [figure["low"], figure["high"], figure["single"]]
    assert shown == [low_shown, high_shown, single]
    assert [type(value) for value in shown] == [type(low_shown), type(high_shown), type(single)]


def test_a_part_names_its_whole(program: Client) -> None:
    whole = FigureFactory(low=Decimal(48), words="fire", start=0, end=1)
    part = FigureFactory(claim=whole.claim, low=Decimal(4), part_of=whole, population="children", words="fire")
    shown = {row["id"]: row for row in program.get(f"/api/v1/claims/{whole.claim_id}/").json()["figures"]}
    assert (shown[part.pk]["part_of"], shown[whole.pk]["part_of"]) == (whole.pk, None)
    assert Figure.objects.count() == len(shown)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_pulls_the_same_face(role: Role, published: Published, with_token) -> None:
    published(1)
    waiting = FigureFactory().claim
    VerdictFactory(claim=waiting, rating="corroborated")
    rows = with_token(UserFactory(role=role)).get(LIST).json()["results"]
    assert [row["claim"]["id"] for row in rows] != [waiting.pk]
    assert len(rows) == 1

"""Proposals and agreement, as programs read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import accepting
from claims.models import Claim
from tests.api.test_schema import check, description
from tests.claims.rulings import fresh, told, weighed
from tests.factories import ArticleVersionFactory, ClaimFactory, EventFactory

__all__ = ["description"]
pytestmark = pytest.mark.django_db
PROPOSAL, AGREEMENT = "/api/v1/claims/{id}/proposal/", "/api/v1/agreement/"


@pytest.fixture
def disputed(db: None) -> Claim:
    event = EventFactory()
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 20, hours=1)
    return claim


def test_a_proposal_is_as_described(program: Client, disputed: Claim, description: dict[str, Any]) -> None:
    answer = program.get(f"/api/v1/claims/{disputed.pk}/proposal/").json()
    check(description, PROPOSAL, 200, answer)
    assert (answer["rating"], answer["rules"][0]["rule"], answer["producer"]) == ("disputed", "R14", "rating rules 1")
    assert answer["against"][0]["who"] == "Per Aas"
    none = program.get(f"/api/v1/claims/{ClaimFactory().pk}/proposal/").json()
    check(description, PROPOSAL, 200, none)
    assert (none["rating"], none["rules"][0]["rule"]) == (None, "R11")


def test_refusals_are_as_described(program: Client, disputed: Claim, description: dict[str, Any]) -> None:
    held = ClaimFactory(version=ArticleVersionFactory(status="embargoed"))
    for query, code in (("0/proposal/", 404), (f"{held.pk}/proposal/", 404), (f"{disputed.pk}/proposal/?x=1", 400)):
        response = program.get(f"/api/v1/claims/{query}")
        assert response.status_code == code
        check(description, PROPOSAL, code, response.json())


def test_agreement_is_as_described(
    reviewer: User, disputed: Claim, description: dict[str, Any], client: Client
) -> None:
    client.force_login(reviewer)
    row, shown = fresh(disputed), weighed(disputed).digest
    accepting.accept(claim=row, reason="They differ.", by=reviewer, seen=row.seen, shown=shown)
    answer = client.get("/api/v1/agreement/").json()
    check(description, AGREEMENT, 200, answer)
    assert answer["whole"] == {
        "rule": "", "proposed": 1, "accepted": 1, "changed": 0, "dismissed": 0, "agreed": 1.0,
    }  # fmt: skip
    assert [each["rule"] for each in answer["rules"]] == ["R14"]
    later = client.get("/api/v1/agreement/?day_from=2990-01-01").json()
    assert later["whole"]["proposed"] == 0
    for query in ("day_from=soon", "day_from=2031-05-02&day_to=2031-05-01", "rule=R14"):
        assert client.get(f"/api/v1/agreement/?{query}").status_code == 400

"""The demo desk: written whole, through the desk's own acts, and ruled on once it is read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from claims.models import Claim, Event, Verdict
from claims.permissions import Role
from newsdesk.demo import DEMO_MAIL, rulings, seeding
from tests.factories import (
    ClaimFactory,
    DeliveryFactory,
    FigureFactory,
    SpeakerFactory,
    UserFactory,
)


def signs_in(client: Client, name: str, secret: str) -> bool:
    client.logout()
    return client.post("/sign-in/", {"username": name, "password": secret}).status_code == 302


@pytest.mark.django_db
def test_demo_is_written_whole(settings: Settings, tmp_path: Path, client: Client) -> None:
    settings.VAR_DIR = tmp_path
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 500
    seeding.seed()
    told = seeding.manifest()
    assert len(told["copy"]) >= 8
    assert len({copy["outlet"] for copy in told["copy"]}) == len(told["outlet"]) >= 5
    assert len(told["event"]) >= 3
    assert User.objects.count() == 4
    assert not signs_in(client, "editor", seeding.password())
    words = "\n".join(seeding.accounts_in_words("http://127.0.0.1:8000"))
    for name in ("editor", "reviewer", "chief"):
        secret = next(line.split()[1] for line in words.splitlines() if line.split()[:1] == [name])
        assert signs_in(client, name, secret)
    token = words.partition("API client's token")[2].split()[0]
    answer = client.get("/api/v1/verdicts/", headers={"authorization": f"Token {token}"})
    assert answer.status_code == 200
    seeding.kept_in().unlink()
    assert "changepassword" in seeding.accounts_in_words("http://127.0.0.1:8000")[0]


def read_in(event_title: str, copy: str, count: int) -> Claim:
    """A claim of one piece of the demo's copy, as the worker leaves it."""
    claim = ClaimFactory(speaker=SpeakerFactory())
    FigureFactory(claim=claim, low=Decimal(count))
    DeliveryFactory(filename=copy, version=claim.version, state="loaded")
    Event.objects.get_or_create(title=event_title)
    return claim


@pytest.mark.django_db
def test_rulings_of_the_manifest_are_made_by_the_acts() -> None:
    reviewer = UserFactory(username="reviewer", email=f"reviewer{DEMO_MAIL}", role=Role.REVIEWER)
    ruled = []
    for told in seeding.manifest()["ruling"]:
        claim, evidence = (read_in(told["event"], told[k]["copy"], told[k]["count"]) for k in ("claim", "evidence"))
        ruled.append((claim, told["rating"], evidence))
    assert rulings.rule() == len(ruled) == 2
    for claim, rating, evidence in ruled:
        verdict = Verdict.objects.get(claim=claim)
        assert (verdict.rating, verdict.evidence.get().claim, verdict.author) == (rating, evidence, reviewer)
    assert {verdict.state for verdict in Verdict.objects.all()} == {Verdict.State.PUBLISHED, Verdict.State.AWAITING}


@pytest.mark.django_db
def test_nothing_is_ruled_on_that_the_worker_did_not_find() -> None:
    UserFactory(username="reviewer", email=f"reviewer{DEMO_MAIL}", role=Role.REVIEWER)
    told = seeding.manifest()["ruling"][0]
    read_in(told["event"], told["claim"]["copy"], told["claim"]["count"])
    assert rulings.rule() == 0
    assert not Verdict.objects.exists()


@pytest.mark.django_db
def test_ruler_waits_for_the_copy() -> None:
    said: list[str] = []
    ruler = rulings.Ruler(said.append)
    delivery = DeliveryFactory()
    ruler()
    assert said == []
    delivery.delete()
    ruler.next_look = 0
    ruler()
    ruler()
    assert said == ["The demo's copy is read: 0 claims, 0 of them ruled on."]
    assert not User.objects.filter(email__endswith=DEMO_MAIL).exists()

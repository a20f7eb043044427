"""What programs are told when the ground of a verdict moved (R19), and when a person settled it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import verdicts
from claims.models import ArticleVersion, Claim
from tests.claims.stories import COPY, ENGINE, claim_of, kill, read, version
from tests.factories import ArticleFactory, ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings: Any, reviewer: User) -> list[ArticleVersion]:
    """A verdict that leans on the toll, then a correction of the toll."""
    settings.EXTRACTOR = ENGINE
    article = ArticleFactory()
    rows = [version(article, COPY, 0), version(article, COPY.replace("12 people", "9 people"), 1)]
    read(rows[0])
    cite = [verdicts.Exhibit("against", claim=claim_of("12 people", article))]
    other = ClaimFactory()
    verdicts.record_verdict(claim=other, rating="disputed", reason="They differ.", evidence=cite, by=reviewer, seen=0)
    return rows


def test_a_stale_verdict_is_told_with_its_reasons_and_as_a_change(
    program: Client, story: list[ArticleVersion], reviewer: User
) -> None:
    face = program.get("/api/v1/verdicts/").json()["results"][0]
    assert (face["stale"], face["stale_since"], face["stale_reasons"]) == (False, None, [])
    after = program.get("/api/v1/changes/").json()["after"]
    read(story[1])
    [change] = program.get(f"/api/v1/changes/?after={after}").json()["results"]
    now = change["verdict"]
    assert (now["stale"], now["rating"], now["under_revision"]) == (True, "disputed", False)
    [reason] = now["stale_reasons"]
    assert (reason["why"], reason["article"], reason["version"]) == ("changed", story[0].article_id, 2)
    assert reason["claim"] == now["evidence"][0]["claim"] and now["evidence"][0]["version"] == 1
    assert reason["becomes"] == claim_of("9 people").pk
    claim = Claim.objects.get(pk=now["claim"]["id"])
    verdicts.keep(claim=claim, reason="Both figures are on record.", by=reviewer, seen=claim.seen)
    [change] = program.get(f"/api/v1/changes/?after={change['change']}").json()["results"]
    assert change["verdict"]["stale"] is False and change["verdict"]["reason"] == "They differ."


def test_verdicts_are_filtered_by_it(program: Client, story: list[ArticleVersion]) -> None:
    for moved in (False, True):
        if moved:
            read(story[1])
        for asked in ("true", "false"):
            found = program.get(f"/api/v1/verdicts/?stale={asked}").json()["results"]
            assert len(found) == (asked == str(moved).lower())


def test_claims_and_articles_tell_what_moved(program: Client, story: list[ArticleVersion]) -> None:
    read(story[1])
    old = program.get(f"/api/v1/claims/{claim_of('12 people', story[0].article).pk}/").json()
    assert (old["orphaned_by"], old["withdrawn_by"], old["article"]["version"]) == (2, None, 1)
    kept = program.get(f"/api/v1/claims/{claim_of('30 people').pk}/").json()
    assert (kept["orphaned_by"], kept["article"]["version"]) == (None, 2)
    read(kill(story[0].article, 2))
    assert program.get(f"/api/v1/claims/{kept['id']}/").json()["withdrawn_by"] == 3
    versions = program.get(f"/api/v1/articles/{story[0].article_id}/").json()["versions"]
    assert [row["status"] for row in versions] == ["killed", "usable", "usable"]
    assert [row["kind"] for row in versions[1]["moved"]] == ["changed", "kept", "kept"]
    assert versions[1]["moved"][0]["figures"] == [["killed", "12 people", "9 people"]]

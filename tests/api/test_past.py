"""A board, a claim and a verdict as they stood at a past moment, for programs (R38)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import parse_http_date

from claims import linking, verdicts
from claims.models import Claim, Event, Verdict
from tests.api.test_schema import check, description
from tests.claims.stories import COPY, ENGINE, HURT, claim_of, kill, read, version
from tests.factories import ArticleFactory, ClaimFactory, EventFactory, LinkFactory, VerdictFactory

__all__ = ["description"]
pytestmark = pytest.mark.django_db
LONG_AGO = "2001-01-01T00:00:00Z"


def asked(program: Client, address: str, at: datetime | str, status: int = 200) -> Any:
    words = at if isinstance(at, str) else at.isoformat()
    response = program.get(f"/api/v1/{address}/", {"at": words})
    assert response.status_code == status, response.json()
    if status == 200 and isinstance(at, datetime):
        assert parse_http_date(response["Memento-Datetime"]) == int(at.timestamp())
    return response.json()


@pytest.fixture
def event(settings: Any) -> Event:
    settings.EXTRACTOR = ENGINE
    made: Event = EventFactory()
    return made


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_claim_goes_back_with_its_place_its_events_and_its_review(
    program: Client, event: Event, reviewer: User, description: dict[str, Any]
) -> None:
    first = version(ArticleFactory())
    read(first)
    claim, read_at = claim_of(HURT), timezone.now()
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=0)
    linked = timezone.now()
    longer = version(first.article, COPY.replace("Later", "Boats came. Later"), 1)
    read(longer)
    moved = timezone.now()
    linking.reject_link(claim=fresh(claim), event=event, by=reviewer, seen=fresh(claim).seen)
    read(kill(first.article, 2))
    address = f"claims/{claim.pk}"
    then = {at: asked(program, address, at) for at in (read_at, linked, moved, timezone.now())}
    for answer in then.values():
        check(description, "/api/v1/claims/{id}/", 200, answer)
        text = (first if answer["article"]["version"] == 1 else longer).text
        assert text[answer["start"] : answer["end"]] == answer["text"] == HURT
        assert text[answer["speaker_start"] : answer["speaker_end"]] == answer["speaker_words"]
        (figure,) = answer["figures"]
        assert text[figure["start"] : figure["end"]] == figure["words"]
    told = [(row["article"]["version"], len(row["events"]), row["state"], row["withdrawn_by"]) for row in then.values()]
    assert told == [
        (1, 0, "unreviewed", None),
        (1, 1, "in_review", None),
        (2, 1, "in_review", None),
        (2, 0, "in_review", 3),
    ]
    assert then[max(then)] == program.get(f"/api/v1/{address}/").json()


def test_a_verdict_is_told_as_the_world_read_it(
    program: Client, reviewer: User, chief: User, description: dict[str, Any]
) -> None:
    claim = ClaimFactory()
    before = timezone.now()
    verdict = VerdictFactory(claim=claim, author=reviewer, reason="They differ.")
    disputed = timezone.now()
    linking.link_claim(claim=fresh(claim), event=EventFactory(), by=reviewer, seen=fresh(claim).seen)
    verdicts.reopen(claim=fresh(claim), reason="A list came.", by=reviewer, seen=fresh(claim).seen)
    reopened = timezone.now()
    verdicts.record_verdict(
        claim=fresh(claim), rating="unverifiable", reason="No list.", evidence=[], by=chief, seen=fresh(claim).seen
    )
    address = f"verdicts/{verdict.public_id}"
    refused = asked(program, address, before, 404)
    assert refused["field"] == "at" and refused["detail"].startswith("There was no verdict yet on")
    then = [asked(program, address, at) for at in (disputed, reopened, timezone.now())]
    for answer in then:
        check(description, "/api/v1/verdicts/{public_id}/", 200, answer)
    told = [(row["rating"], row["reason"], row["under_revision"], len(row["claim"]["events"])) for row in then]
    assert told == [
        ("disputed", "They differ.", False, 0),
        ("disputed", "They differ.", True, 1),
        ("unverifiable", "No list.", False, 1),
    ]
    assert [len(row["evidence"]) for row in then] == [1, 1, 0]
    assert then[-1] == program.get(f"/api/v1/{address}/").json()


def test_what_a_verdict_was_stale_for_is_told_after_it_was_settled(
    program: Client, event: Event, reviewer: User
) -> None:
    first = version(ArticleFactory())
    read(first)
    claim = claim_of("12 people")
    verdict = VerdictFactory(claim=claim, author=reviewer)
    read(version(first.article, COPY.replace("12", "9"), 1))
    stale = timezone.now()
    verdicts.keep(claim=fresh(claim), reason="It holds.", by=reviewer, seen=fresh(claim).seen)
    address = f"verdicts/{verdict.public_id}"
    was, now = asked(program, address, stale), program.get(f"/api/v1/{address}/").json()
    assert [(row["stale"], len(row["stale_reasons"])) for row in (was, now)] == [(True, 1), (False, 0)]
    assert (was["stale_reasons"][0]["why"], was["stale_reasons"][0]["claim"]) == ("changed", claim.pk)


def test_a_verdict_that_waited_or_was_withdrawn_then(program: Client, chief: User, reviewer: User) -> None:
    claim = ClaimFactory(cue="accuse")
    verdict = VerdictFactory(claim=claim, rating="corroborated", author=reviewer)
    waiting = timezone.now()
    verdicts.sign_off(claim=fresh(claim), by=chief, seen=fresh(claim).seen)
    verdicts.withdraw(claim=fresh(claim), reason="Wrong.", by=chief, seen=fresh(claim).seen)
    withdrawn = timezone.now()
    verdicts.record_verdict(
        claim=fresh(claim), rating="unverifiable", reason="No list.", evidence=[], by=chief, seen=fresh(claim).seen
    )
    for at, word in ((waiting, "not published yet"), (withdrawn, "withdrawn")):
        assert word in asked(program, f"verdicts/{verdict.public_id}", at, 404)["detail"]


def test_a_board_goes_back(program: Client, event: Event, reviewer: User, description: dict[str, Any]) -> None:
    read(version(ArticleFactory()))
    before = timezone.now()
    linking.link_claim(claim=claim_of("12 people"), event=event, by=reviewer, seen=0)
    address = f"events/{event.pk}/board"
    then = [asked(program, address, at) for at in (before, timezone.now())]
    for answer in then:
        check(description, "/api/v1/events/{id}/board/", 200, answer)
    assert [len(answer["rows"]) for answer in then] == [0, 1]
    assert then[-1] == program.get(f"/api/v1/{address}/").json()


def rows_of_each(author: User) -> list[str]:
    claim: Claim = ClaimFactory()
    verdict: Verdict = VerdictFactory(claim=claim, author=author)
    event = LinkFactory(claim=claim, state="confirmed").event
    return [f"claims/{claim.pk}", f"verdicts/{verdict.public_id}", f"events/{event.pk}/board"]


def test_what_was_not_there_yet_is_404_with_the_reason(
    program: Client, reviewer: User, description: dict[str, Any]
) -> None:
    for address in rows_of_each(reviewer):
        answer = asked(program, address, LONG_AGO, 404)
        assert answer["field"] == "at" and ("yet" in answer["detail"])


@pytest.mark.parametrize("words", ["", "yesterday", "2024-01-24", "9999-12-31T00:00:00Z"])
def test_what_is_no_past_moment_is_refused(program: Client, reviewer: User, words: str) -> None:
    for address in rows_of_each(reviewer):
        assert asked(program, address, words, 400)["field"] == "at"


def test_lists_and_events_take_no_moment(program: Client, reviewer: User) -> None:
    event = rows_of_each(reviewer)[2].removesuffix("/board")
    for address in ("claims", "verdicts", "events", event):
        assert asked(program, address, LONG_AGO, 400)["field"] == "at"


def test_what_is_under_embargo_now_is_not_told_of_the_past(program: Client, reviewer: User) -> None:
    claim = ClaimFactory()
    now = timezone.now()
    asked(program, f"claims/{claim.pk}", now)
    claim.version.status, claim.version.embargo = "embargoed", now + timedelta(days=1)
    claim.version.save()
    asked(program, f"claims/{claim.pk}", now, 404)


def test_the_questions_do_not_grow(program: Client, reviewer: User) -> None:
    addresses, claim = rows_of_each(reviewer), Claim.objects.get()
    counts = []
    for more in (0, 12):
        for _ in range(more):
            LinkFactory(claim=claim, state="confirmed")
            verdicts.reopen(claim=fresh(claim), reason="Again.", by=reviewer, seen=fresh(claim).seen)
            VerdictFactory(claim=fresh(claim), author=reviewer)
        with CaptureQueriesContext(connection) as caught:
            for address in addresses:
                asked(program, address, timezone.now())
        counts.append(len(caught))
    assert counts[0] == counts[1]

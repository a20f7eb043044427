"""What is under embargo is seen by who has the right to it alone, on every page and over REST, until it lifts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims import embargo, pipeline, verdicts
from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Article, ArticleVersion, Claim, Event, Link
from claims.permissions import Role, Verb, may, visible_to
from claims.tasks import sweep
from tests.claims.stories import COPY, ENGINE, HURT, check_anchors, claim_of, read, story, version
from tests.conftest import AsUser
from tests.factories import ArticleFactory, ClaimFactory, LinkFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "Secret barge lost 77 people, the pilot said."
TEXT = f"Barge of secrets\n\n{SECRET}"
LATER = timedelta(hours=2)


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = ENGINE


@pytest.fixture(params=["time", "no time"])
def held(request: pytest.FixtureRequest) -> ArticleVersion:
    until = timezone.now() + LATER if request.param == "time" else None
    made = version(ArticleFactory(slug="Barge of secrets"), TEXT, status="embargoed", embargo=until)
    read(made)
    return made


@pytest.fixture
def event(held: ArticleVersion) -> Event:
    return LinkFactory(claim=claim_of(SECRET), state="confirmed").event


def pages(held: ArticleVersion, event: Event) -> list[str]:
    beside = ClaimFactory(worth=0.1)
    lists = ["/", "/articles/", "/articles/?q=barge", "/claims/", "/claims/?q=secret", "/claims/?state=any", "/events/"]
    rest = ["claims/", "articles/", "articles/?status=embargoed", "changes/", "verdicts/", f"events/{event.pk}/"]
    rest += ["events/", f"articles/?day_from={held.published:%Y-%m-%d}", "claims/?measure=killed"]
    beside_it = [
        f"/claims/{beside.pk}/?state=any",
        f"/claims/{beside.pk}/?find=barge",
        f"/events/{event.pk}/?figures=all",
    ]
    return [*lists, *beside_it, f"/events/{event.pk}/", *(f"/api/v1/{path}" for path in rest)]


def own(held: ArticleVersion) -> list[str]:
    claim = claim_of(SECRET)
    return [f"/articles/{held.article_id}/", f"/claims/{claim.pk}/", f"/api/v1/articles/{held.article_id}/",
            f"/api/v1/claims/{claim.pk}/"]  # fmt: skip


def told(page: str) -> bool:
    """Whether it tells of the claim in words, or of its figure; a title that a person gave the event is theirs."""
    return any(words in page for words in ("Secret barge", "Barge of secrets", ">77<", "77 people"))


def see(browser: Client, paths: list[str]) -> dict[str, bool]:
    answers = {path: browser.get(path) for path in paths}
    assert all(answer.status_code == 200 for answer in answers.values()), answers
    return {path: told(answer.content.decode()) for path, answer in answers.items()}


def test_who_has_no_right_sees_nothing_anywhere(
    held: ArticleVersion, event: Event, as_user: AsUser, reviewer: User
) -> None:
    browser = as_user(reviewer)
    assert not any(see(browser, pages(held, event)).values())
    assert {path: browser.get(path).status_code for path in own(held)} == dict.fromkeys(own(held), 404)
    counted = browser.get(f"/api/v1/events/{event.pk}/").json()
    assert (counted["confirmed"], counted["links"]) == (0, [])
    assert '<span class="count">0</span>' in browser.get(f"/events/{event.pk}/").content.decode()
    claim = claim_of(SECRET)
    for act in ("rule", "hold", "link", "keep"):
        form = {"seen": claim.seen, "reason": "x", "words": "x", "event": event.pk, "rating": "unverifiable"}
        assert browser.post(f"/claims/{claim.pk}/{act}/", form).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_who_has_the_right_sees_it_marked(held: ArticleVersion, event: Event, as_user: AsUser, role: Role) -> None:
    browser = as_user(UserFactory(role=role))
    seen = see(browser, [*pages(held, event), *own(held)])
    for path in ("/", "/articles/", "/claims/", f"/events/{event.pk}/", *own(held)):
        assert seen[path], path
    for path in own(held)[:2]:
        assert "Under embargo" in browser.get(path).content.decode()
    assert "state--embargoed" in browser.get("/claims/").content.decode()


def test_it_lifts_itself_when_its_time_passes(as_user: AsUser, reviewer: User, client_account: User) -> None:
    made = version(ArticleFactory(), TEXT, status="embargoed", embargo=timezone.now() + LATER)
    read(made)
    browser = as_user(reviewer)
    assert not told(browser.get("/claims/").content.decode())
    assert not visible_to(client_account, Claim.objects.all()).exists()
    with time_machine.travel(timezone.now() + LATER + timedelta(seconds=1)):
        assert told(as_user(reviewer).get("/claims/").content.decode())
        assert visible_to(client_account, Claim.objects.all()).exists()
        made.refresh_from_db()
        assert not made.held_back


@pytest.mark.parametrize("role", [None, *Role])
def test_may_and_visible_to_agree(held: ArticleVersion, event: Event, role: Role | None) -> None:
    read(version(held.article, COPY.replace("\n\n", "\n\nNow: ", 1), 1))
    version(ArticleFactory(), TEXT, status="embargoed")
    ArticleFactory()
    user = UserFactory(role=role)
    for rows in (Article, ArticleVersion, Claim, Link, Activity, Event):
        every = rows._default_manager.all()
        seen = set(visible_to(user, every))
        assert seen == {row for row in every if may(user, Verb.PULL, row)}, rows
        if role in (Role.REVIEWER, Role.CLIENT) and rows in (ArticleVersion, Claim, Link, Activity):
            assert len(seen) < every.count()


def test_a_person_lifts_the_one_that_has_no_time(as_user: AsUser, editor: User, reviewer: User) -> None:
    made = version(ArticleFactory(), TEXT, status="embargoed")
    read(made)
    address = f"/articles/{made.article_id}/lift/{made.number}/"
    page = as_user(editor).get(f"/articles/{made.article_id}/").content.decode()
    assert f'action="{address}"' in page
    with pytest.raises(NotAllowed):
        embargo.lift(version=made, by=reviewer)
    assert as_user(reviewer).post(address).status_code == 403
    assert as_user(editor).post(address).status_code == 303
    assert told(as_user(reviewer).get("/claims/").content.decode())
    assert Activity.objects.get(kind="embargo lifted").actor == editor
    made.refresh_from_db()
    assert made.status == "embargoed" and made.embargo is not None
    with pytest.raises(Stale):
        embargo.lift(version=made, by=editor)
    assert as_user(editor).post(address).status_code == 303
    assert Activity.objects.filter(kind="embargo lifted").count() == 1


def test_one_with_a_time_is_not_lifted_by_hand(editor: User) -> None:
    made = version(ArticleFactory(), TEXT, status="embargoed", embargo=timezone.now() + LATER)
    with pytest.raises(Incomplete, match="lifts itself"):
        embargo.lift(version=made, by=editor)


def test_what_is_held_back_is_neither_ruled_on_nor_cited(held: ArticleVersion, chief: User) -> None:
    claim, public = claim_of(SECRET), ClaimFactory()
    with pytest.raises(Incomplete, match="under embargo"):
        verdicts.record_verdict(claim=claim, rating="unverifiable", reason="?", evidence=[], by=chief, seen=0)
    cite = [verdicts.Exhibit("for", claim=claim)]
    with pytest.raises(Incomplete, match="cannot be cited"):
        verdicts.record_verdict(claim=public, rating="disputed", reason="!", evidence=cite, by=chief, seen=0)


def test_a_correction_under_embargo_changes_nothing_until_it_lifts(reviewer: User) -> None:
    (first,) = story(COPY)
    lead, hurt = claim_of("12 people"), claim_of(HURT)
    rule = {"rating": "unverifiable", "reason": "?", "evidence": [], "by": reviewer, "seen": 0}
    verdict, calm = (verdicts.record_verdict(claim=claim, **rule) for claim in (lead, hurt))
    second = version(first.article, COPY.replace("12 people", "9 people"), 1, status="embargoed",
                     embargo=timezone.now() + LATER)  # fmt: skip
    read(second)
    for row in (lead, hurt, verdict):
        row.refresh_from_db()
    assert (lead.version, lead.orphaned_by, hurt.version, verdict.stale) == (first, None, first, None)
    assert pipeline.settle_version(second.pk) == "not waiting"
    with time_machine.travel(timezone.now() + LATER + timedelta(seconds=1)):
        assert sweep() == 1
        assert pipeline.settle_version(second.pk) == "done"
        assert pipeline.settle_version(second.pk) == "not waiting"
    for row in (lead, hurt, verdict, calm):
        row.refresh_from_db()
    assert (lead.version, lead.orphaned_by, hurt.version) == (first, second, second)
    assert verdict.stale and not calm.stale
    assert Claim.objects.count() == 4
    check_anchors(first.article)

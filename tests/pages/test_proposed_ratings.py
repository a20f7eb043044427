"""What the rules propose, on the page of a claim: shown with its ground, accepted, changed or dismissed; and the page
that says how often people agree."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Event, ProposalOutcome, Verdict
from tests.claims.rulings import fresh, told, weighed
from tests.conftest import AsUser
from tests.factories import ArticleVersionFactory, ClaimFactory, EventFactory
from tests.pages.rows import form, queries

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    return made


@pytest.fixture
def disputed(event: Event) -> Claim:
    """A claim that another contradicts; ``disputed`` is what the rules propose for it."""
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 20, hours=1)
    return claim


def sent(claim: Claim, **fields: object) -> dict[str, object]:
    return form(claim, proposal=weighed(claim).digest, **fields)


def page(browser: Client, claim: Claim) -> str:
    return browser.get(f"/claims/{claim.pk}/").content.decode()


def test_the_page_says_what_is_proposed_why_and_on_what(as_user: AsUser, reviewer: User, disputed: Claim) -> None:
    text = page(as_user(reviewer), disputed)
    assert "The rules propose" in text
    assert "rating rules 1" in text
    assert '<span class="rule">R14</span>' in text
    other = Claim.objects.exclude(pk=disputed.pk).get()
    assert f'<a href="/claims/{other.pk}/"><b>Per Aas</b>' in text
    assert "A number that agrees, from Per Aas" in text
    assert 'data-hotkey="a"' in text
    assert not Verdict.objects.exists()


def test_nothing_proposed_offers_nothing(as_user: AsUser, reviewer: User, event: Event) -> None:
    text = page(as_user(reviewer), told(event, "Ida Holm", 12))
    assert "The rules propose no rating" in text
    assert "Not corroborated, even in fifty outlets." in text
    assert "/accept/" not in text
    assert 'name="shown"' not in text


@pytest.mark.parametrize("about", [{"state": "out_of_scope"}, {"version__status": "embargoed"}])
def test_what_cannot_be_ruled_on_is_proposed_nothing(as_user: AsUser, chief: User, about: dict[str, str]) -> None:
    assert "The rules propose" not in page(as_user(chief), ClaimFactory(**about))


def test_who_may_only_read_sees_it_without_the_forms(as_user: AsUser, editor: User, disputed: Claim) -> None:
    text = page(as_user(editor), disputed)
    assert "The rules propose" in text
    assert "/accept/" not in text


def test_accepting_records_the_verdict_and_goes_on(as_user: AsUser, reviewer: User, disputed: Claim) -> None:
    browser = as_user(reviewer)
    data = sent(disputed, words="They count otherwise.", then="stay")
    answer = browser.post(f"/claims/{disputed.pk}/accept/", data, headers=HTMX)
    assert answer.status_code == 200
    assert "Accepted: ruled disputed." in answer.content.decode()
    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.reason, verdict.author) == ("disputed", "They count otherwise.", reviewer)
    assert "as ruled" in page(browser, disputed)
    assert "/accept/" not in page(browser, disputed)


@pytest.mark.parametrize("act", ["accept", "dismiss-proposal"])
def test_another_proposal_than_was_shown_is_409_with_all_that_was_typed(
    as_user: AsUser, reviewer: User, event: Event, disputed: Claim, act: str
) -> None:
    data = sent(disputed, words="Mine.", reason="Half a reason", rating="disputed")
    told(event, "Nils Vik", 40, hours=1)
    answer = as_user(reviewer).post(f"/claims/{disputed.pk}/{act}/", data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "What the rules propose has changed meanwhile" in text
    assert "Half a reason" in text
    assert "Mine." in text
    assert not ProposalOutcome.objects.exists()


def test_a_ruling_says_what_was_made_of_the_proposal(
    as_user: AsUser, reviewer: User, event: Event, disputed: Claim
) -> None:
    shown = weighed(disputed).digest
    data = form(disputed, rating="unverifiable", reason="Nobody counted.", shown=shown)
    told(event, "Nils Vik", 40, hours=1)
    assert as_user(reviewer).post(f"/claims/{disputed.pk}/rule/", data).status_code == 409
    data |= {"shown": weighed(disputed).digest}
    assert as_user(reviewer).post(f"/claims/{disputed.pk}/rule/", data).status_code == 303
    row = ProposalOutcome.objects.get()
    assert (row.outcome, row.rating, row.verdict_rating) == ("changed", "disputed", "unverifiable")


def test_a_dismissal_is_shown_and_not_offered_again(as_user: AsUser, reviewer: User, disputed: Claim) -> None:
    browser = as_user(reviewer)
    answer = browser.post(f"/claims/{disputed.pk}/dismiss-proposal/", sent(disputed, words="He guessed."))
    assert answer.status_code == 303
    text = page(browser, disputed)
    assert "Dismissed by reviewer" in text
    assert "He guessed." in text
    assert "/accept/" not in text
    assert fresh(disputed).state == "unreviewed"


def test_an_empty_reason_comes_back_with_the_form_open(as_user: AsUser, reviewer: User, disputed: Claim) -> None:
    answer = as_user(reviewer).post(f"/claims/{disputed.pk}/accept/", sent(disputed, words=" "))
    assert answer.status_code == 422
    assert "Give a reason" in answer.content.decode()


def outcome(claim: Claim, by: User, **about: Any) -> ProposalOutcome:
    given = {"rating": "disputed", "rules": ["R14"], "outcome": "accepted", "verdict_rating": "disputed"}
    row = ProposalOutcome.objects.create(claim=claim, by=by, producer="rating rules 1", digest="d", **(given | about))
    row.rule_rows.create(rule="R14")
    return row


def test_agreement_is_shown_by_rule_within_a_window(as_user: AsUser, reviewer: User, disputed: Claim) -> None:
    browser = as_user(reviewer)
    assert "0</b> proposals decided" in browser.get("/agreement/").content.decode()
    outcome(disputed, reviewer, outcome="changed", verdict_rating="unverifiable")
    outcome(disputed, reviewer)
    old = outcome(disputed, reviewer)
    ProposalOutcome.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=30))
    whole = browser.get("/agreement/").content.decode()
    assert "67 %" in whole
    assert "changed to unverifiable" in whole
    week = f"/agreement/?day_from={timezone.localdate() - timedelta(days=7):%Y-%m-%d}"
    assert "50 %" in browser.get(week).content.decode()
    assert "not understood" in browser.get("/agreement/?day_from=soon").content.decode()


def test_what_is_under_embargo_is_not_listed(as_user: AsUser, reviewer: User, chief: User, disputed: Claim) -> None:
    outcome(disputed, reviewer)
    ArticleVersionFactory._meta.model.objects.filter(pk=disputed.version_id).update(status="embargoed")
    assert disputed.text not in as_user(reviewer).get("/agreement/").content.decode()
    assert disputed.text in as_user(chief).get("/agreement/").content.decode()


def test_the_agreement_page_asks_as_much_for_many_as_for_one(as_user: AsUser, reviewer: User, disputed: Claim) -> None:
    browser, counts = as_user(reviewer), []
    for upto in (1, 20):
        while ProposalOutcome.objects.count() < upto:
            outcome(disputed, reviewer)
        counts.append(queries(browser, "/agreement/"))
    assert counts[0] == counts[1]

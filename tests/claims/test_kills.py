"""A kill or recall takes back what its story carried, and the verdicts that leaned on it are told (R19, R31)."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims import verdicts, wording
from claims.errors import Incomplete, NotAllowed, Stale
from claims.forms import in_state
from claims.models import Activity, Claim, Verdict
from claims.permissions import Role
from tests.claims.stories import COPY, ENGINE, HURT, LEAD, check_anchors, claim_of, kill, read, story, version
from tests.factories import ArticleFactory, ClaimFactory, UserFactory

pytestmark = pytest.mark.django_db
LESS = COPY.replace("12 people", "9 people")


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = ENGINE


def leaning_on(claim: Claim, by: User, side: str = "for") -> Verdict:
    exhibits = [verdicts.Exhibit(side, claim=claim)]
    other = ClaimFactory()
    return verdicts.record_verdict(claim=other, rating="disputed", reason="Hm.", evidence=exhibits, by=by, seen=0)


@pytest.mark.parametrize("status", ["killed", "recalled"])
@pytest.mark.parametrize("text", ["", "Editors: kill the story of the fire, which says that 40 people died."])
def test_a_kill_withdraws_everything_in_one_run(reviewer: User, status: str, text: str) -> None:
    first, _second = story(COPY, LESS)
    kept, orphan = claim_of(HURT), claim_of("12 people")
    verdict, other = leaning_on(kept, reviewer), leaning_on(orphan, reviewer)
    last = kill(first.article, 2, status=status, text=text)
    read(last)
    claims = Claim.objects.filter(version__article=first.article)
    assert claims.count() == 4
    assert set(claims.values_list("withdrawn_by", flat=True)) == {last.pk}
    assert {wording.shown_label(claim) for claim in claims} == {"withdrawn"}
    for each in (verdict, other):
        each.refresh_from_db()
        assert each.stale and each.rating == "disputed" and each.state == "published"
        assert each.stale_reasons[-1]["why"] == "withdrawn"
        assert status in each.stale_reasons[-1]["words"]
        assert Claim.objects.get(pk=each.claim_id).stale
    assert {row["kind"] for row in last.moved} == {"gone"} and len(last.moved) == 4
    assert Activity.objects.get(kind="support withdrawn").detail == {"claims": 4}


def test_a_kill_read_twice_tells_once(reviewer: User) -> None:
    (first,) = story(COPY)
    verdict = leaning_on(claim_of(HURT), reviewer)
    last = kill(first.article, 1)
    read(last)
    type(last).objects.update(work="waiting", attempts=0)
    read(last)
    verdict.refresh_from_db()
    assert len(verdict.stale_reasons) == 1
    assert Activity.objects.filter(kind="verdict stale").count() == 1


def test_what_a_later_version_carries_stands_again() -> None:
    first, _second = story(COPY, LESS)
    last = kill(first.article, 2)
    again = version(first.article, LESS.replace("30 people", "31 people"), 3)
    read(last, again)
    stands = {claim.text: claim.withdrawn_by for claim in Claim.objects.all()}
    lead = LEAD.replace("12", "9")
    assert stands[lead] is None and stands[HURT] == last and stands[LEAD] == last
    assert claim_of(lead).version == again
    assert claim_of("31 people").withdrawn_by is None
    check_anchors(first.article)


def test_the_order_of_arrival_does_not_matter() -> None:
    outcomes = set()
    for order in permutations(range(3)):
        article = ArticleFactory()
        rows = [version(article, COPY, 0), kill(article, 1), version(article, LESS, 2)]
        read(*(rows[at] for at in order))
        claims = Claim.objects.filter(version__article=article).order_by("text")
        outcomes.add(tuple((c.text, c.version == rows[2], c.withdrawn_by == rows[1]) for c in claims))
    assert len(outcomes) == 1


def test_withdrawn_claims_leave_the_work_that_waits() -> None:
    (first,) = story(COPY)
    read(kill(first.article, 1))
    found = {state: Claim.objects.filter(in_state(state)).count() for state in ("", "unreviewed", "withdrawn", "any")}
    assert found == {"": 0, "unreviewed": 0, "withdrawn": 3, "any": 3}


def test_a_withdrawn_claim_supports_nothing_but_may_speak_against(reviewer: User) -> None:
    (first,) = story(COPY)
    read(kill(first.article, 1))
    with pytest.raises(Incomplete, match="supports nothing any more"):
        leaning_on(claim_of(HURT), reviewer)
    assert not Verdict.objects.exists()
    leaning_on(claim_of(HURT), reviewer, "against")


def stale_verdict(reviewer: User) -> Verdict:
    (first,) = story(COPY)
    verdict = leaning_on(claim_of(HURT), reviewer)
    read(kill(first.article, 1))
    return Verdict.objects.select_related("claim").get(pk=verdict.pk)


def test_a_person_says_that_it_still_holds(reviewer: User) -> None:
    verdict = stale_verdict(reviewer)
    seen = verdict.claim.seen
    for by, words, error in (
        (reviewer, " ", Incomplete),
        (UserFactory(role=Role.EDITOR), "It holds.", NotAllowed),
    ):
        with pytest.raises(error):
            verdicts.keep(claim=verdict.claim, reason=words, by=by, seen=seen)
    with pytest.raises(Stale):
        verdicts.keep(claim=verdict.claim, reason="It holds.", by=reviewer, seen=seen - 1)
    kept = verdicts.keep(claim=verdict.claim, reason="The hospital's list is enough.", by=reviewer, seen=seen)
    assert (kept.stale, kept.stale_reasons, kept.rating, kept.state) == (None, [], "disputed", "published")
    claim = Claim.objects.get(pk=verdict.claim_id)
    assert (claim.stale, claim.state) == (False, "ruled")
    assert [entry.act for entry in kept.entries.all()] == ["recorded", "marked stale", "kept"]
    assert kept.published.act == "recorded"
    assert Activity.objects.filter(kind="verdict kept", actor=reviewer).count() == 1
    with pytest.raises(Stale, match="not stale any more"):
        verdicts.keep(claim=claim, reason="Again.", by=reviewer, seen=claim.seen)


def test_ruling_anew_settles_it_and_who_saw_less_is_told(reviewer: User) -> None:
    verdict = stale_verdict(reviewer)
    claim = verdict.claim
    rule = {"claim": claim, "rating": "unverifiable", "reason": "No source is left.", "evidence": [], "by": reviewer}
    with pytest.raises(Stale):
        verdicts.record_verdict(**rule, seen=claim.seen - 1)
    again = verdicts.record_verdict(**rule, seen=claim.seen)
    assert (again.stale, again.stale_reasons) == (None, [])
    assert not Claim.objects.get(pk=claim.pk).stale


def test_nobody_signs_off_on_a_stale_verdict(reviewer: User, chief: User) -> None:
    first, second = version(article := ArticleFactory(), COPY, 0), version(article, LESS, 1)
    read(first)
    lead = claim_of("12 people")
    note = [verdicts.Exhibit("for", note="The list of the harbour office")]
    verdicts.record_verdict(claim=lead, rating="corroborated", reason="Two lists.", evidence=note, by=reviewer, seen=0)
    read(second)
    lead.refresh_from_db()
    assert lead.state == "awaiting" and lead.stale
    with pytest.raises(Incomplete, match="has moved"):
        verdicts.sign_off(claim=lead, by=chief, seen=lead.seen)
    verdicts.keep(claim=lead, reason="The list of that day says so.", by=reviewer, seen=lead.seen)
    verdicts.sign_off(claim=lead, by=chief, seen=lead.seen)
    assert Verdict.objects.get(claim=lead).state == "published"


def test_the_published_face_is_followed_while_another_is_prepared(reviewer: User) -> None:
    (first,) = story(COPY)
    verdict = leaning_on(claim_of(HURT), reviewer)
    claim = Claim.objects.get(pk=verdict.claim_id)
    verdicts.reopen(claim=claim, reason="A new list.", by=reviewer, seen=claim.seen)
    verdict.evidence.all().delete()
    read(kill(first.article, 1))
    verdict.refresh_from_db()
    assert verdict.stale_reasons[0]["why"] == "withdrawn"

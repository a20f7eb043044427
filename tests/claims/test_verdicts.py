"""The acts of ruling, against the database."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims import verdicts
from claims.errors import ActError, Incomplete, NotAllowed, Stale
from claims.models import Activity, Claim, Verdict
from claims.verdicts import Exhibit
from claims.workflow import Act
from tests.factories import ClaimFactory, FigureFactory

pytestmark = pytest.mark.django_db


def rule(claim: Claim, by: User, rating: str = "disputed", **more: Any) -> Verdict:
    given: dict[str, Any] = {
        "reason": "The port authority gives another number.",
        "evidence": [Exhibit(side="against", url="https://port.example/log", note="Harbour log")],
        "seen": claim.seen,
    }
    return verdicts.record_verdict(claim=claim, rating=rating, by=by, **(given | more))


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_ruling_is_published_with_its_history_and_log(reviewer: User) -> None:
    claim = ClaimFactory()
    verdict = rule(claim, reviewer)
    assert fresh(claim).state == "ruled"
    assert fresh(claim).touched
    assert verdict.published is not None
    entry = verdict.entries.get()
    assert (entry.act, entry.rating, entry.by) == ("recorded", "disputed", reviewer)
    assert entry.evidence[0]["url"] == "https://port.example/log"
    assert Activity.objects.get(claim=claim).kind == "verdict recorded"


def test_r37_a_count_waits_for_its_second_reader_who_is_not_the_author(reviewer: User, chief: User) -> None:
    claim = ClaimFactory()
    FigureFactory(claim=claim)
    verdict = rule(claim, chief, "corroborated")
    assert (fresh(claim).state, verdict.published) == ("awaiting", None)
    with pytest.raises(NotAllowed, match="second person"):
        verdicts.sign_off(claim=fresh(claim), by=chief, seen=fresh(claim).seen)
    with pytest.raises(NotAllowed):
        verdicts.sign_off(claim=fresh(claim), by=reviewer, seen=fresh(claim).seen)
    other = User.objects.create_user("second-chief")
    other.groups.set(chief.groups.all())
    signed = verdicts.sign_off(claim=fresh(claim), by=other, seen=fresh(claim).seen)
    assert signed.published is not None
    assert signed.second_reader == other
    assert fresh(claim).state == "ruled"


def test_a_published_verdict_stays_readable_while_its_change_waits(reviewer: User, chief: User) -> None:
    claim = ClaimFactory()
    FigureFactory(claim=claim)
    first = rule(claim, reviewer, "disputed")
    verdict = rule(fresh(claim), reviewer, "corroborated", reason="Two hospitals confirm it.")
    assert verdict.published == first.published
    assert verdict.under_revision
    verdicts.send_back(claim=fresh(claim), reason="One of them quotes the other.", by=chief, seen=2)
    verdict.refresh_from_db()
    assert verdict.published is not None
    assert verdict.published.rating == "disputed"
    assert [entry.act for entry in verdict.entries.all()] == ["recorded", "recorded", "sent back"]


def test_the_second_of_two_people_is_told_and_changes_nothing(reviewer: User, chief: User) -> None:
    claim = ClaimFactory()
    mine, theirs = fresh(claim), fresh(claim)
    rule(mine, reviewer)
    with pytest.raises(Stale, match="meanwhile"):
        rule(theirs, chief, "unverifiable")
    assert Verdict.objects.get(claim=claim).author == reviewer
    assert Activity.objects.count() == 1


def test_a_row_that_changed_between_reading_and_writing_is_stale(reviewer: User) -> None:
    claim = fresh(ClaimFactory())
    Claim.objects.filter(pk=claim.pk).update(seen=7)
    with pytest.raises(Stale):
        rule(claim, reviewer, seen=0)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rating": "true"}, "rating"),
        ({"reason": "  \x00 "}, "reason"),
        ({"reason": "x" * 5_001}, "reason"),
        ({"evidence": []}, "evidence"),
        ({"evidence": [Exhibit(side="maybe", note="n")]}, "evidence"),
        ({"evidence": [Exhibit(side="for")]}, "evidence"),
        ({"evidence": [Exhibit(side="for", url="javascript:alert(1)")]}, "evidence"),
        ({"evidence": [Exhibit(side="for", note="n")] * 51}, "evidence"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_written(reviewer: User, change: dict[str, Any], field: str) -> None:
    claim = ClaimFactory()
    with pytest.raises(Incomplete) as caught:
        rule(claim, reviewer, **change)
    assert caught.value.field == field
    assert (fresh(claim).seen, Activity.objects.count()) == (0, 0)


def test_a_claim_is_no_evidence_for_itself(reviewer: User) -> None:
    claim = ClaimFactory()
    with pytest.raises(Incomplete, match="itself"):
        rule(claim, reviewer, evidence=[Exhibit(side="for", claim=claim)])


def test_unverifiable_needs_a_reason_but_no_evidence(reviewer: User) -> None:
    verdict = rule(ClaimFactory(), reviewer, "unverifiable", evidence=[])
    assert verdict.published is not None


def test_evidence_keeps_what_the_claim_said_then(reviewer: User) -> None:
    claim, other = ClaimFactory(), ClaimFactory()
    verdict = rule(claim, reviewer, evidence=[Exhibit(side="against", claim=other)])
    kept = verdict.entries.get().evidence[0]
    assert (kept["claim"], kept["text"]) == (other.pk, other.text)
    assert (kept["article"], kept["version"]) == (other.version.article_id, other.version.number)


def test_reopening_keeps_the_published_verdict_and_needs_a_reason(reviewer: User) -> None:
    claim = ClaimFactory()
    rule(claim, reviewer)
    with pytest.raises(Incomplete):
        verdicts.reopen(claim=fresh(claim), reason="", by=reviewer, seen=1)
    verdicts.reopen(claim=fresh(claim), reason="A correction came.", by=reviewer, seen=1)
    verdict = Verdict.objects.get(claim=claim)
    assert verdict.under_revision
    assert fresh(claim).state == "in_review"


def test_withdrawing_takes_the_verdict_from_the_world(reviewer: User, chief: User) -> None:
    claim = ClaimFactory()
    rule(claim, reviewer)
    with pytest.raises(NotAllowed):
        verdicts.withdraw(claim=fresh(claim), reason="Wrong event.", by=reviewer, seen=1)
    verdicts.withdraw(claim=fresh(claim), reason="Wrong event.", by=chief, seen=1)
    assert Verdict.objects.published().count() == 0
    assert Verdict.objects.get(claim=claim).entries.count() == 2


def test_setting_aside_and_taking_up_again(reviewer: User) -> None:
    claim = ClaimFactory()
    verdicts.set_aside(claim=claim, act=Act.HOLD, reason="The list of names is due.", by=reviewer, seen=0)
    assert fresh(claim).state == "pending"
    verdicts.set_aside(claim=fresh(claim), act=Act.DISMISS, reason="A prediction.", by=reviewer, seen=1)
    assert fresh(claim).state == "out_of_scope"
    verdicts.reopen(claim=fresh(claim), reason="It names a number after all.", by=reviewer, seen=2)
    assert fresh(claim).state == "in_review"


@pytest.mark.parametrize("name", ["editor", "client_account", "stranger"])
def test_who_may_not_rule(request: pytest.FixtureRequest, name: str) -> None:
    claim = ClaimFactory()
    with pytest.raises(NotAllowed):
        rule(claim, request.getfixturevalue(name))
    assert not Verdict.objects.exists()


def test_every_refusal_has_a_status() -> None:
    assert {error.status for error in ActError.__subclasses__()} == {403, 404, 409, 422}

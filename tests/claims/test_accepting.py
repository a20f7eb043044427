"""What the rules propose for a claim of the desk, and what people make of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import accepting, linking, outcomes
from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Claim, Event, Link, ProposalOutcome, Speaker, Verdict
from claims.relation_words import Standing, say_of_relation
from claims.reweighing import weigh_event
from claims.weighing import weigh
from claims.workflow import Rating
from tests.claims.rulings import fresh, ruled, told, weighed
from tests.factories import ArticleVersionFactory, ClaimFactory, EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db
BLAST = "An explosion tore the roof off the Solveig hotel, {} said. Nobody slept in the street that night."


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    return made


def accept(claim: Claim, by: User, shown: str = "", reason: str = "Two who know agree.") -> Verdict:
    claim = fresh(claim)
    return accepting.accept(claim=claim, reason=reason, by=by, seen=claim.seen, shown=shown or weigh(claim).digest)


def dismiss(claim: Claim, by: User, shown: str = "") -> ProposalOutcome:
    claim = fresh(claim)
    return accepting.dismiss(claim=claim, by=by, seen=claim.seen, shown=shown or weigh(claim).digest)


def test_two_who_know_and_agree(event: Event) -> None:
    claim = told(event, "Ida Holm", 12)
    assert weighed(claim).proposal.rating is None
    other = told(event, "Per Aas", 12, high=None)
    made = weighed(claim).proposal
    assert (made.rating, made.rules[0].rule) == (Rating.CORROBORATED, "R32")
    assert [cited.claim for cited in made.rests_on] == [other.pk]


@pytest.mark.parametrize("about", [{"state": Link.State.SUGGESTED}, {"state": Link.State.REJECTED}])
def test_only_what_a_person_linked_counts(event: Event, about: dict[str, str]) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 12, **about)
    assert weighed(claim).proposal.rating is None


def test_what_is_killed_or_held_back_supports_nothing(event: Event) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 12, withdrawn_by=ArticleVersionFactory())
    told(event, "Nils Vik", 12, version=ArticleVersionFactory(status="embargoed"))
    assert weighed(claim).proposal.rules[0].rule == "R33"
    Claim.objects.filter(pk=claim.pk).update(withdrawn_by=ArticleVersionFactory())
    assert weighed(claim).proposal.rules[0].rule == "R19"


def test_without_an_event_there_is_nothing_to_compare(event: Event) -> None:
    assert weighed(ClaimFactory()).proposal.rules[0].rule == "R11"


def test_claims_without_figures_need_the_same_thing_said(event: Event) -> None:
    claims, bergen = [], PlaceFactory(name="Bergen")
    for name in ("Ida Holm", "Per Aas"):
        version = ArticleVersionFactory(body=BLAST.format(name))
        text = BLAST.format(name).partition(" Nobody")[0]
        start = version.text.index(text)
        at = start + text.index(name)
        spans = {"speaker_start": at, "speaker_end": at + len(name), "cue_start": at + len(name) + 1}
        claim = told(event, name, None, version=version, text=text, cue_end=at + len(name) + 5, **spans)
        claim.places.add(bergen)
        claims.append(claim)
    assert weighed(claims[0]).proposal.rating is Rating.CORROBORATED
    claims[1].places.clear()
    assert weighed(claims[0]).proposal.rules[0].rule == "R33"


def spoken(event: Event, speaker: str, words: str, **about: object) -> Claim:
    """A claim of a body of which the whole text is ``words``."""
    version = ArticleVersionFactory(body=f"{words}. Nothing else was said.", headline="", headline_end=0)
    claim = told(event, speaker, None, version=version, text=words, **about)
    Speaker.objects.filter(pk=claim.speaker_id).update(kind="body")
    claim.places.add(PlaceFactory._meta.model.objects.get_or_create(name="Bergen")[0])
    return claim


BLAME = "Danish rockets struck the quay"


def test_a_denial_by_the_accused_and_a_concession(event: Event) -> None:
    blame = spoken(event, "Norwegian army", BLAME)
    assert weighed(blame).proposal.rules[0].rule == "R33"
    denial = spoken(event, "Danish navy", "Denmark had no part in the attack", polarity="denied", cue="say")
    made = weighed(blame).proposal
    assert (made.rating, [fired.rule for fired in made.rules]) == (Rating.DISPUTED, ["R16"])
    assert [cited.claim for cited in made.against] == [denial.pk]
    concession = spoken(event, "Danish ministry of defence", "Denmark accepts full responsibility for the strike")
    made = weighed(blame).proposal
    assert (made.rating, [fired.rule for fired in made.rules]) == (Rating.CORROBORATED, ["R17"])
    assert weighed(blame).ground["events"][0]["conceded"] == [concession.pk]


def test_what_a_person_says_is_no_denial_contests_nothing(event: Event, reviewer: User) -> None:
    blame = spoken(event, "Norwegian army", BLAME)
    denial = spoken(event, "Danish navy", "Denmark had no part in the attack", polarity="denied", cue="say")
    verdict, before = ruled(blame, reviewer, "disputed"), Event.objects.get().changes
    standing = Standing("denies", denial, blame, holds=False)
    say_of_relation(event=event, standing=standing, reason="He spoke of another day.", by=reviewer, seen=0)
    assert Event.objects.get().changes == before + 1
    assert weighed(blame).proposal.rules[0].rule == "R33"
    assert weigh_event(event.pk) == "done"
    verdict.refresh_from_db()
    assert [reason["why"] for reason in verdict.stale_reasons] == ["settled"]


def test_the_waiting_time_is_the_desk_s(event: Event, settings: object) -> None:
    claim = told(event, "Ida Holm", 12, marks=["unverified"])
    assert weighed(claim).proposal.rating is None
    settings.WAITING_TIME = timedelta(0)  # type: ignore[attr-defined]
    assert weighed(claim).proposal.rating is Rating.UNVERIFIABLE


def test_the_queries_do_not_grow(event: Event) -> None:
    claim, counts = told(event, "Ida Holm", 12), []
    told(event, "Per Aas", None).places.add(PlaceFactory())
    for upto in (4, 30):
        while event.links.count() < upto:
            told(event, f"Maren Vik {event.links.count()}", event.links.count()).places.add(PlaceFactory())
            told(event, f"Tor Vik {event.links.count()}", None).places.add(PlaceFactory())
        with CaptureQueriesContext(connection) as caught:
            weigh(claim)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_accepting_rules_on_the_evidence_it_rests_on(event: Event, reviewer: User) -> None:
    claim, other = told(event, "Ida Holm", 12), told(event, "Per Aas", 12)
    verdict = accept(claim, reviewer)
    assert (verdict.rating, verdict.state) == ("corroborated", "awaiting")  # R37: counts have a second reader
    assert [(item.side, item.claim_id) for item in verdict.evidence.all()] == [("for", other.pk)]
    assert verdict.rules == ["R32", "R36", "R37"]
    row = ProposalOutcome.objects.get()
    assert (row.outcome, row.rating, row.verdict_rating, row.by) == (
        "accepted",
        "corroborated",
        "corroborated",
        reviewer,
    )
    assert (row.rules, row.producer) == (["R32"], "rating rules 1")


def test_what_contests_it_is_evidence_against(event: Event, reviewer: User) -> None:
    claim, other = told(event, "Ida Holm", 12), told(event, "Per Aas", 20, hours=1)
    verdict = accept(claim, reviewer)
    assert verdict.rating == "disputed"
    assert [(item.side, item.claim_id) for item in verdict.evidence.all()] == [("against", other.pk)]
    assert verdict.ground["events"][0]["against"] == {str(other.pk): "R14"}


def test_ruling_otherwise_is_noted_as_changed_and_the_same_as_accepted(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 20, hours=1)
    for rating, outcome in (("unverifiable", "changed"), ("disputed", "accepted")):
        ruled(claim, reviewer, rating, shown=weighed(claim).digest)
        row = ProposalOutcome.objects.latest("pk")
        assert (row.outcome, row.rating, row.verdict_rating) == (outcome, "disputed", rating)
    assert not ruled(claim, reviewer, "unverifiable").rules.count("R14")
    assert ProposalOutcome.objects.count() == 2


def test_who_was_shown_another_proposal_is_told(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 12)
    shown = weighed(claim).digest
    told(event, "Nils Vik", 30, hours=1)
    for act in (lambda: accept(claim, reviewer, shown), lambda: dismiss(claim, reviewer, shown)):
        with pytest.raises(Stale, match="meanwhile"):
            act()
    with pytest.raises(Stale, match="meanwhile"):
        ruled(claim, reviewer, shown=shown)
    assert not ProposalOutcome.objects.exists()
    assert not Verdict.objects.exists()
    assert fresh(claim).state == "unreviewed"


def test_a_dismissal_is_a_row_and_leaves_the_claim(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 20, hours=1)
    row = dismiss(claim, reviewer)
    assert (row.outcome, row.verdict_rating, fresh(claim).state) == ("dismissed", "", "unreviewed")
    assert Activity.objects.get(claim=claim).kind == "proposed rating dismissed"
    with pytest.raises(Stale, match="already"):
        dismiss(claim, reviewer)
    ruled(claim, reviewer, "unverifiable", shown=weighed(claim).digest)
    assert ProposalOutcome.objects.count() == 1


def test_nothing_is_accepted_where_nothing_is_proposed(event: Event, reviewer: User, editor: User) -> None:
    claim = told(event, "Ida Holm", 12)
    for act in (accept, dismiss):
        with pytest.raises(Incomplete, match="no rating"):
            act(claim, reviewer)
        with pytest.raises(NotAllowed):
            act(claim, editor)
    told(event, "Per Aas", 12)
    with pytest.raises(Incomplete, match="reason"):
        accept(claim, reviewer, reason=" ")
    assert not ProposalOutcome.objects.exists()


def test_agreement_is_counted_by_rule_and_time(event: Event, reviewer: User) -> None:
    claim, other = told(event, "Ida Holm", 12), told(event, "Per Aas", 20, hours=1)
    accept(claim, reviewer)
    dismiss(other, reviewer)
    assert [(j.rule, j.proposed, j.accepted, j.dismissed, j.agreed) for j in outcomes.agreement()] == [
        ("R14", 2, 1, 1, 0.5)
    ]
    whole = outcomes.totals()
    assert (whole.proposed, whole.accepted, whole.changed, whole.dismissed) == (2, 1, 0, 1)
    later = timezone.now() + timedelta(days=1)
    assert not outcomes.agreement(since=later)
    assert not outcomes.agreement(until=later - timedelta(days=2))
    assert outcomes.totals(since=later).proposed == 0


def test_a_ruling_says_that_its_event_changed(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    linking.link_claim(claim=fresh(claim), event=event, by=reviewer, seen=0)
    before = Event.objects.get().changes
    ruled(claim, reviewer, "unverifiable")
    assert Event.objects.get().changes == before + 1

"""What else is told of an event reaches the verdicts on its claims (R19), and what does not matter leaves them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims import linking, reweighing, staleness, verdicts
from claims.board_words import Pairing, RowKey, say_of_sources, set_best_value, take_back_word
from claims.models import Activity, Claim, Event, Link, Verdict, VerdictEntry
from claims.proposals.grounds import Change, Moved
from claims.tasks import sweep_events
from claims.wording import source_of
from tests.claims.rulings import fresh, ruled, told
from tests.claims.stories import COPY, ENGINE, LEAD, claim_of, kill, read, story, version
from tests.factories import ClaimFactory, EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    return made


def weigh(event: Event) -> str:
    return reweighing.weigh_event(event.pk)


def link(claim: Claim, event: Event, by: User) -> None:
    claim = fresh(claim)
    linking.link_claim(claim=claim, event=event, by=by, seen=claim.seen)


def late(event: Event, by: User, speaker: str, low: int | None, **about: Any) -> Claim:
    """A claim that a person links to the event now."""
    claim = told(event, speaker, low, state=Link.State.SUGGESTED, **about)
    link(claim, event, by)
    return fresh(claim)


def whys(verdict: Verdict) -> list[str]:
    verdict.refresh_from_db()
    return [reason["why"] for reason in verdict.stale_reasons]


def test_a_new_conflict_marks_the_verdict_and_leaves_its_rating(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 12)
    verdict = ruled(claim, reviewer)
    assert weigh(event) == "done"
    other = late(event, reviewer, "Nils Vik", 30, hours=1)
    assert weigh(event) == "done"
    assert whys(verdict) == [Moved.CONFLICT, Moved.RANGE]
    assert (verdict.rating, verdict.state, fresh(claim).stale) == ("corroborated", "awaiting", True)
    assert verdict.stale_reasons[0]["claim"] == other.pk
    assert verdict.stale_reasons[0]["words"].startswith("Nils Vik now says otherwise (R14): “")
    assert "was 12, and is 12–30" in verdict.stale_reasons[1]["words"]
    entry = verdict.entries.last()
    assert entry is not None
    assert (entry.act, entry.by, entry.rating) == (VerdictEntry.Act.STALE, None, "corroborated")
    assert Activity.objects.get(kind="verdict stale").event == event


def test_a_second_run_changes_nothing(event: Event, reviewer: User) -> None:
    verdict = ruled(told(event, "Ida Holm", 12), reviewer, "unverifiable")
    late(event, reviewer, "Nils Vik", 30, hours=1)
    assert weigh(event) == "done"
    before = (fresh(verdict.claim).seen, whys(verdict), verdict.entries.count(), Activity.objects.count())
    assert weigh(event) == "not waiting"
    Event.objects.update(weighed=0)
    assert weigh(event) == "done"
    assert before == (fresh(verdict.claim).seen, whys(verdict), verdict.entries.count(), Activity.objects.count())


NOTHING: list[Callable[[Event, User], object]] = [
    lambda event, by: late(event, by, "Ida Holm", 12),
    lambda event, by: late(event, by, "Nils Vik", 12),
    lambda event, by: late(event, by, "Nils Vik", None),
    lambda event, by: told(event, "Nils Vik", 30, hours=1, state=Link.State.SUGGESTED),
    lambda event, by: late(EventFactory(), by, "Nils Vik", 30),
    lambda event, by: set_best_value(event=event, row=RowKey("killed"), value=Decimal(12), reason="x", by=by, seen=0),
]


@pytest.mark.parametrize("change", NOTHING, ids=["copy", "support", "no figure", "suggested", "elsewhere", "best"])
def test_what_does_not_matter_marks_nothing(event: Event, reviewer: User, change: Callable[..., object]) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 12)
    verdict = ruled(claim, reviewer)
    change(event, reviewer)
    Event.objects.update(weighed=0, changes=9)
    assert weigh(event) == "done"
    assert whys(verdict) == []
    assert not fresh(claim).stale


def test_a_second_source_matters_to_what_was_unverifiable(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    verdict = ruled(claim, reviewer, "unverifiable")
    late(event, reviewer, "Per Aas", 12)
    weigh(event)
    assert whys(verdict) == [Moved.INDEPENDENCE]
    assert verdict.stale_reasons[0]["words"] == "Independent sources for it: 1 before, 2 now."


def test_a_support_that_goes(event: Event, reviewer: User) -> None:
    claim, other = told(event, "Ida Holm", 12), told(event, "Per Aas", 12)
    verdict = ruled(claim, reviewer)
    linking.reject_link(claim=fresh(other), event=event, by=reviewer, seen=other.seen)
    weigh(event)
    assert whys(verdict) == [Moved.SUPPORT, Moved.INDEPENDENCE]
    assert verdict.stale_reasons[0]["words"].startswith("Per Aas no longer supports it: “")


def test_a_word_on_two_sources_and_its_end(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    told(event, "Per Aas", 12)
    verdict = ruled(claim, reviewer)
    weigh(event)
    pairing = Pairing("primary sources", "Ida Holm", "Per Aas", same=True)
    word = say_of_sources(event=event, pairing=pairing, reason="Pen name.", by=reviewer, seen=0, everywhere=True)
    assert weigh(event) == "done"
    assert whys(verdict) == [Moved.INDEPENDENCE]
    take_back_word(event=event, word=word, by=reviewer)
    assert weigh(event) == "done"
    assert whys(verdict) == [Moved.INDEPENDENCE]  # a person settles it


def test_a_dispute_that_ends_and_a_claim_that_leaves_its_event(event: Event, reviewer: User) -> None:
    claim, other = told(event, "Ida Holm", 12), told(event, "Per Aas", 30, hours=1)
    verdict = ruled(claim, reviewer, "disputed")
    late(event, reviewer, "Per Aas", 12, hours=2)
    weigh(event)
    assert Moved.SETTLED in whys(verdict)
    assert f"{source_of(other)} no longer contests it" in verdict.stale_reasons[0]["words"]
    verdict = ruled(claim, reviewer, "unverifiable")
    linking.reject_link(claim=fresh(claim), event=event, by=reviewer, seen=fresh(claim).seen)
    weigh(event)
    assert whys(verdict) == [Moved.UNLINKED]


def test_a_best_value_that_lies_elsewhere(event: Event, reviewer: User) -> None:
    verdict = ruled(told(event, "Ida Holm", 12), reviewer, "unverifiable")
    set_best_value(event=event, row=RowKey("killed"), value=Decimal(14), reason="List.", by=reviewer, seen=0)
    weigh(event)
    assert [reason["words"] for reason in Verdict.objects.get().stale_reasons] == [
        "The desk now holds 14 for the best value of “12 killed”."
    ]
    assert whys(verdict) == [Moved.BEST]


def test_a_kill_of_what_supported_it_without_being_cited(event: Event, reviewer: User, settings: Any) -> None:
    settings.EXTRACTOR = ENGINE
    (first,) = story(COPY)
    support = claim_of(LEAD)
    claim = told(event, "Ida Holm", 12)
    for each in (claim, support):
        link(each, event, reviewer)
    verdict = ruled(claim, reviewer)
    weigh(event)
    read(kill(first.article, 2))
    assert weigh(event) == "done"
    assert whys(verdict) == [Moved.SUPPORT, Moved.INDEPENDENCE]


def test_who_says_that_it_holds_sets_it_on_the_ground_of_today(event: Event, reviewer: User) -> None:
    claim = told(event, "Ida Holm", 12)
    verdict = ruled(claim, reviewer, "unverifiable")
    late(event, reviewer, "Nils Vik", 30, hours=1)
    weigh(event)
    claim = fresh(claim)
    verdicts.keep(claim=claim, reason="He guesses.", by=reviewer, seen=claim.seen)
    Event.objects.update(weighed=0)
    assert weigh(event) == "done"
    assert whys(verdict) == []


def test_what_was_ruled_before_grounds_were_kept_gets_one(event: Event, reviewer: User) -> None:
    verdict = ruled(told(event, "Ida Holm", 12), reviewer, "unverifiable")
    Verdict.objects.update(ground=None)
    assert weigh(event) == "done"
    verdict.refresh_from_db()
    assert verdict.ground["events"][0]["event"] == event.pk
    assert verdict.stale is None


def test_who_ruled_meanwhile_or_changed_the_event_is_not_overrun(event: Event, reviewer: User) -> None:
    verdict = ruled(told(event, "Ida Holm", 12), reviewer, "unverifiable")
    moved = [Change(Moved.RANGE, words="The range moved.")]
    event.refresh_from_db()
    late(event, reviewer, "Nils Vik", 30, hours=1)
    with pytest.raises(staleness.ChangedMeanwhile):
        staleness.mark_moved(verdict, moved, event)
    old = Verdict.objects.get()
    verdict = ruled(verdict.claim, reviewer, "disputed")
    event.refresh_from_db()
    assert not staleness.mark_moved(old, moved, event)
    assert whys(verdict) == []


def test_the_sweep_rings_for_events_in_which_something_changed(event: Event, reviewer: User) -> None:
    assert sweep_events() == 0
    link(ClaimFactory(), event, reviewer)
    assert sweep_events() == 1
    weigh(event)
    assert sweep_events() == 0


def test_a_new_version_says_that_the_events_of_its_story_changed(event: Event, reviewer: User, settings: Any) -> None:
    settings.EXTRACTOR = ENGINE
    (first,) = story(COPY)
    link(claim_of(LEAD), event, reviewer)
    weigh(event)
    read(version(first.article, COPY, 3))
    assert sweep_events() == 1

"""The pages of an event and of a claim as they stood at a past moment (R38)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims import linking, verdicts
from claims.board_words import RowKey, set_best_value
from claims.models import Activity, Claim, Event, LinkEntry, VerdictEntry
from claims.views.moments import MOST_MOMENTS, stamp
from tests.conftest import AsUser
from tests.factories import ClaimFactory, EventFactory, FigureFactory, LinkFactory, SpeakerFactory, VerdictFactory
from tests.pages.rows import queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def told(event: Event, name: str, low: int, by: User) -> tuple[Claim, datetime]:
    claim: Claim = ClaimFactory(speaker=SpeakerFactory(name=name))
    FigureFactory(claim=claim, low=low)
    linking.link_claim(claim=claim, event=event, by=by, seen=0)
    return Claim.objects.get(pk=claim.pk), timezone.now()


@pytest.fixture
def story(reviewer: User) -> tuple[Event, list[datetime]]:
    """Two claims linked one after the other, then the first ruled on, then a best value set."""
    event = EventFactory()
    claim, first = told(event, "Ida Holm", 5, reviewer)
    _, second = told(event, "Per Aas", 7, reviewer)
    VerdictFactory(claim=claim, author=reviewer)
    ruled = timezone.now()
    set_best_value(event=event, row=RowKey("killed"), value=Decimal(6), reason="Names.", by=reviewer, seen=0)
    return event, [first, second, ruled]


def shown(as_user: AsUser, user: User, address: str, at: datetime | str, status: int = 200) -> str:
    answer = as_user(user).get(address, {"at": at if isinstance(at, str) else stamp(at)})
    assert answer.status_code == status
    return answer.content.decode()


def test_an_event_is_read_at_each_moment(as_user: AsUser, reviewer: User, story: Any) -> None:
    event, moments = story
    pages = [shown(as_user, reviewer, f"/events/{event.pk}/", at) for at in (*moments, timezone.now())]
    boards = [page.split('id="board"')[1].split('id="ledger"')[0] for page in pages]
    assert ["Per Aas" in board for board in boards] == [False, True, True, True]
    assert ["best, by" in board for board in boards] == [False, False, False, True]
    cards = [page.split('id="confirmed-title"')[1] for page in pages]
    assert ["state--disputed" in card for card in cards] == [False, False, True, True]
    counts = [re.findall(r'linked claims <span class="count">(\d+)<', page) for page in pages]
    assert counts == [["1"], ["2"], ["2"], ["2"]]


def test_nothing_can_be_changed_in_the_past(as_user: AsUser, reviewer: User, story: Any) -> None:
    event, (first, *_) = story
    LinkFactory(event=event)
    page = shown(as_user, reviewer, f"/events/{event.pk}/?columns=outlets", first)
    main = page.split("<main")[1].split("</main>")[0]
    assert "You read this as it stood at" in main and "Nothing can be changed here." in main
    assert 'method="post"' not in main
    assert f'<a href="/events/{event.pk}/">Back to now</a>' in main
    assert main.count("&amp;at=") > 4  # every link to a claim, and every way to look at the board
    assert "You read this" not in as_user(reviewer).get(f"/events/{event.pk}/").content.decode()


def test_the_moments_lead_to_what_they_tell(as_user: AsUser, reviewer: User, story: Any) -> None:
    event, _ = story
    LinkEntry.objects.filter(event=event).update(at=timezone.now() - timedelta(hours=2))
    an_hour_ago = timezone.now() - timedelta(hours=1)
    VerdictEntry.objects.update(at=an_hour_ago)
    Activity.objects.filter(kind="best value set").update(at=an_hour_ago)
    browser = as_user(reviewer)
    page = browser.get(f"/events/{event.pk}/?figures=all").content.decode()
    listed = re.findall(r'<li><a href="([^"]+)"><time[^>]*>[^<]+</time></a> ([^<]+)</li>', page)
    assert [words for _, words in listed] == ["1 verdict recorded, 1 best value set", "2 claims linked"]
    for address, _ in listed:
        query = address.replace("&amp;", "&")
        answer = browser.get(f"/events/{event.pk}/{query}").content.decode()
        assert "You read this as it stood at" in answer and 'aria-current="true"><time' in answer


def test_the_moments_are_bounded(as_user: AsUser, reviewer: User) -> None:
    event, claim = EventFactory(), ClaimFactory()
    for number in range(MOST_MOMENTS + 9):
        at = timezone.now() - timedelta(minutes=number)
        LinkEntry.objects.create(claim=claim, event=event, state="suggested", at=at)
    page = as_user(reviewer).get(f"/events/{event.pk}/").content.decode()
    assert page.count("1 claim suggested</li>") == MOST_MOMENTS


def test_an_event_that_was_made_later_says_so(as_user: AsUser, editor: User) -> None:
    page = shown(as_user, editor, f"/events/{EventFactory().pk}/", "2001-01-01T12:00")
    assert "It came later, at" in page and "No claim was linked yet." in page


def test_the_zone_is_said_and_kept(as_user: AsUser, editor: User, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Kyiv"
    page = shown(as_user, editor, f"/events/{EventFactory().pk}/", "2024-01-24T18:02")
    assert "as it stood at 24 January 2024, 18:02 EET" in page
    assert 'value="2024-01-24T18:02"' in page and "Europe/Kyiv</span>" in page


@pytest.mark.parametrize("kind", ["event", "claim"])
@pytest.mark.parametrize(("words", "told_so"), [("soon", "Give a day and a time"), ("2999-01-01T00:00", "to come")])
def test_what_is_no_past_moment_is_said(as_user: AsUser, editor: User, kind: str, words: str, told_so: str) -> None:
    row = EventFactory() if kind == "event" else ClaimFactory()
    page = shown(as_user, editor, row.get_absolute_url(), words, 422)
    assert told_so in page and "shown as it stands now" in page
    assert "You read this as it stood" not in page


def test_a_claim_is_read_as_it_stood(as_user: AsUser, reviewer: User, story: Any) -> None:
    event, (_, second, ruled) = story
    claim = Claim.objects.get(verdict__isnull=False)
    verdicts.reopen(claim=claim, reason="A list came.", by=reviewer, seen=claim.seen)
    verdicts.record_verdict(
        claim=claim, rating="unverifiable", reason="No list.", evidence=[], by=reviewer, seen=claim.seen
    )
    pages = [shown(as_user, reviewer, f"/claims/{claim.pk}/", at) for at in (second, ruled, timezone.now())]
    rulings = [page.split('id="ruling"')[1].split("</section>")[0] for page in pages]
    assert "There was no verdict yet at that moment." in rulings[0]
    assert "give different numbers." in rulings[1] and "state--disputed" in rulings[1]
    assert "Telephone call" in rulings[1] and "No list." not in rulings[1]
    assert "state--unverifiable" in rulings[2] and "Telephone call" not in rulings[2]
    for page in pages:
        assert event.title in page and 'method="post"' not in page.split("<main")[1].split("</main>")[0]
    assert "A list came." not in pages[1] and "A list came." in pages[2]


def test_the_history_leads_to_each_step(as_user: AsUser, reviewer: User, story: Any) -> None:
    claim = Claim.objects.get(verdict__isnull=False)
    browser = as_user(reviewer)
    page = browser.get(f"/claims/{claim.pk}/").content.decode()
    found = re.findall(rf'href="(/claims/{claim.pk}/\?at=[^"]+)" title="As it stood then"', page)
    assert len(found) == 2
    states = [
        re.findall(r'state--boxed">.*?state__word">([^<]+)<', browser.get(address).content.decode())[0]
        for address in found
    ]
    assert states == ["in review", "disputed"]


def test_a_claim_that_the_desk_did_not_have_yet(as_user: AsUser, editor: User) -> None:
    page = shown(as_user, editor, f"/claims/{ClaimFactory().pk}/", "2001-01-01T12:00Z", 404)
    assert "The desk did not have this claim yet: it was found on" in page


def test_what_is_under_embargo_now_is_not_told_of_the_past(
    as_user: AsUser, editor: User, reviewer: User, story: Any
) -> None:
    event, (first, *_) = story
    claim = Claim.objects.get(verdict__isnull=False)
    claim.version.status = "embargoed"
    claim.version.save()
    for user, status, moments in ((editor, 200, 2), (reviewer, 404, 1)):
        shown(as_user, user, f"/claims/{claim.pk}/", first, status)
        page = shown(as_user, user, f"/events/{event.pk}/", timezone.now())
        assert ("Ida Holm" in page) is (status == 200)
        assert f"{moments} claim{'s' * (moments > 1)} linked" in page
        assert ("verdict recorded" in page) is (status == 200)


def test_nothing_becomes_markup(as_user: AsUser, reviewer: User) -> None:
    event = EventFactory(title=EVIL)
    claim, _ = told(event, EVIL, 3, reviewer)
    VerdictFactory(claim=claim, author=reviewer, reason=EVIL)
    for address in (f"/events/{event.pk}/", f"/claims/{claim.pk}/"):
        assert EVIL not in shown(as_user, reviewer, address, timezone.now())
        assert EVIL not in shown(as_user, reviewer, address, EVIL, 422)


def test_the_questions_do_not_grow(as_user: AsUser, reviewer: User, story: Any) -> None:
    event, _ = story
    browser, claim = as_user(reviewer), Claim.objects.get(verdict__isnull=False)

    def asked() -> list[int]:
        now = stamp(timezone.now())
        return [queries(browser, f"{address}?at={now}") for address in (f"/events/{event.pk}/", f"/claims/{claim.pk}/")]

    asked()
    before = asked()
    for number in range(20):
        other, _ = told(event, f"Maren Vik {number}", number, reviewer)
        VerdictFactory(claim=other)
        LinkFactory(claim=claim)
    assert asked() == before

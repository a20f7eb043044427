"""The list of events, one event with its count board, and making one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Event
from tests.conftest import AsUser
from tests.factories import (
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    PlaceFactory,
    SpeakerFactory,
    VerdictFactory,
)
from tests.pages.rows import full_claim, long_version, queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def page_of(as_user: AsUser, user: User, url: str) -> str:
    answer = as_user(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Blaze", "Flood"]),
        ("?q=BLA", ["Blaze"]),
        ("?q=kyrbia", ["Flood"]),
        ("?place=kyrb", ["Flood"]),
        ("?day_from=2024-05-14", ["Flood"]),
        ("?day_to=2024-05-13", ["Blaze"]),
        ("?day_from=nonsense", ["Blaze", "Flood"]),
        ("?q=zeppelin", []),
    ],
)
def test_list_is_filtered(as_user: AsUser, editor: User, query: str, found: list[str]) -> None:
    EventFactory(title="Blaze")
    EventFactory(title="Flood", from_day="2024-05-14", to_day="2024-05-16").places.add(PlaceFactory(name="Kyrbia"))
    page = page_of(as_user, editor, f"/events/{query}")
    assert [title for title in ("Blaze", "Flood") if title in page] == found
    assert ("Not a day." in page) is ("nonsense" in query)


def test_event_groups_claims_by_outlet_and_speaker(as_user: AsUser, editor: User) -> None:
    event, guard = EventFactory(), SpeakerFactory(name="Coast guard")
    for state in ("confirmed", "suggested", "rejected"):
        for _ in range(2):
            claim = ClaimFactory(speaker=guard)
            FigureFactory(claim=claim)
            LinkFactory(claim=claim, event=event, state=state)
    ruled = event.links.filter(state="confirmed").first()
    assert ruled is not None
    VerdictFactory(claim=ruled.claim)
    page = page_of(as_user, editor, f"/events/{event.pk}/")
    for link in event.links.all():
        assert (f'href="/claims/{link.claim_id}/?state=any" dir="auto"' in page) is (link.state != "rejected")
    confirmed, suggested = page.split('id="confirmed-title"')[1].split('id="suggested-title"')
    assert ruled.claim.version.article.outlet.name in confirmed
    assert "state--disputed" in confirmed and "state--disputed" not in suggested


def test_board_shows_words_links_and_what_is_missing(as_user: AsUser, editor: User) -> None:
    event, version = EventFactory(), long_version(3)
    rows = [(SpeakerFactory(name="Coast guard"), "killed", 3), (SpeakerFactory(name="Mayor"), "injured", 40)]
    for number, (speaker, measure, low) in enumerate(rows, 1):
        claim = ClaimFactory(version=version, text=f"Crew number {number}", speaker=speaker)
        FigureFactory(claim=claim, measure=measure, low=low, high=None, words=str(number))
        LinkFactory(claim=claim, event=event, state="confirmed")
    own_voice = ClaimFactory(version=version, text="Crew number 3")
    FigureFactory(claim=own_voice, low=9)
    LinkFactory(claim=own_voice, event=event, state="suggested")
    board = page_of(as_user, editor, f"/events/{event.pk}/").split("<table")[1].split("</table>")[0]
    assert "at least 3" in board and "at least 40" in board
    assert board.count("missing</span>") == 2
    assert board.count("one source</span>") == 2
    assert version.article.outlet.name not in board.split("<tbody>")[0]
    everything = page_of(as_user, editor, f"/events/{event.pk}/?figures=all").split("<table")[1]
    assert version.article.outlet.name in everything.split("<tbody>")[0]


def test_event_without_claims_says_so(as_user: AsUser, editor: User) -> None:
    page = page_of(as_user, editor, f"/events/{EventFactory().pk}/")
    assert "No claim is linked yet" in page and "No linked claim holds a figure yet." in page


def test_nothing_becomes_markup(as_user: AsUser, editor: User) -> None:
    event = EventFactory(title=EVIL, kind=EVIL)
    event.places.add(PlaceFactory(name=EVIL))
    claim = ClaimFactory(speaker=SpeakerFactory(name=EVIL))
    FigureFactory(claim=claim, population=EVIL, measure=f"other:{EVIL}")
    LinkFactory(claim=claim, event=event, state="confirmed", reasons=[EVIL])
    for url in (f"/events/{event.pk}/", f"/events/?q={EVIL}", "/events/"):
        assert EVIL not in page_of(as_user, editor, url)


@pytest.mark.parametrize(
    ("person", "status"), [("editor", 403), ("reviewer", 303), ("chief", 303), ("client_account", 403)]
)
def test_who_makes_events(request: pytest.FixtureRequest, as_user: AsUser, person: str, status: int) -> None:
    data = {"title": "Blaze", "places": "Kyrbia", "from_day": "2024-05-13", "to_day": ""}
    answer = as_user(request.getfixturevalue(person)).post("/events/new/", data)
    assert answer.status_code == status
    assert Event.objects.filter(title="Blaze").count() == (status == 303)


def test_made_event_rings_the_worker(as_user: AsUser, reviewer: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        answer = as_user(reviewer).post("/events/new/", {"title": "Blaze"})
    event = Event.objects.get()
    assert answer["Location"] == f"/events/{event.pk}/"
    assert [callback.args for callback in callbacks] == [(event.pk,)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"title": ""}, "Give the event a title."),
        ({"title": "x" * 300, "kind": "kept"}, "200 are the most"),
        ({"title": "Blaze", "from_day": "x"}, "Not a day."),
        ({"title": "Blaze", "kind": "k" * 99}, "at most 60 characters"),
    ],
)
def test_wrong_event_is_said_and_kept(as_user: AsUser, reviewer: User, data: dict[str, str], message: str) -> None:
    answer = as_user(reviewer).post("/events/new/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert [value for value in data.values() if value and f'value="{value}"' not in page] == []
    assert not Event.objects.exists()


def test_queries_do_not_grow(as_user: AsUser, editor: User) -> None:
    browser, version, event = as_user(editor), long_version(50), EventFactory()
    event.places.add(PlaceFactory())
    full_claim(version, 1, event)
    LinkFactory(claim=full_claim(version, 2), event=event)
    urls = (f"/events/{event.pk}/?figures=all", "/events/")
    before = [queries(browser, url) for url in urls]
    for number in range(3, 51):
        LinkFactory(claim=full_claim(version, number, event if number % 2 else None), event=EventFactory())
    assert [queries(browser, url) for url in urls] == before

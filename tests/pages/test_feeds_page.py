"""The pages of feeds: what is asked, how it stands, and what chiefs may change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import Activity
from ingest.models import Batch
from ingest.receive import Incoming, receive
from ingest.route_models import Feed, FeedEntry, Pickup
from tests.conftest import AsUser
from tests.factories import OutletFactory
from tests.pages.rows import queries
from tests.route_rows import feed

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"
FORM = {"name": "Skerry", "url": "https://skerry.example/feed", "minutes": "20", "outlet": "", "seen": "0"}


def page_of(as_user: AsUser, user: User, url: str) -> str:
    answer = as_user(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_how_each_feed_stands(as_user: AsUser, editor: User) -> None:
    now = timezone.now()
    feed(name="Well", last_ok=now)
    feed(name="Ill", failures=3, last_error="gazette.example answered 404 Not Found.", last_ok=now - timedelta(days=2))
    feed(name="Resting", active=False)
    feed(name=EVIL)
    page = page_of(as_user, editor, "/feeds/")
    for words in ("well", "failing", "404 Not Found", "paused", "not asked yet", "last well"):
        assert words in page
    assert EVIL not in page and "Add a feed" not in page


def test_the_list_is_paginated_in_a_constant_number_of_queries(
    as_user: AsUser, editor: User, settings: Settings
) -> None:
    settings.PAGE_SIZE = 5
    feed(outlet=OutletFactory())
    few = queries(as_user(editor), "/feeds/")
    for _ in range(7):
        feed(outlet=OutletFactory())
    assert queries(as_user(editor), "/feeds/") <= few + 1
    assert page_of(as_user, editor, "/feeds/?page=2").count('class="list__title"') == 3


def test_folder_and_mail_say_what_is_wrong(as_user: AsUser, editor: User, settings: Settings, tmp_path: Path) -> None:
    settings.WATCH_FOLDER, settings.MAILDIR = None, None
    assert page_of(as_user, editor, "/feeds/").count(">off<") == 2
    settings.WATCH_FOLDER, settings.MAILDIR = tmp_path, tmp_path / "nowhere"
    Pickup.objects.create(route="folder", key="1", words="a.txt", sign="1", trouble="It cannot be read: Denied.")
    page = page_of(as_user, editor, "/feeds/")
    assert "1 file waiting" in page and "<bdi>a.txt</bdi>: It cannot be read" in page
    assert "does not exist" in page


def test_a_chief_adds_a_feed(as_user: AsUser, chief: User) -> None:
    browser, post = as_user(chief), OutletFactory(name="Harbour Post")
    assert "Add a feed" in page_of(as_user, chief, "/feeds/")
    answer = browser.post("/feeds/new/", FORM | {"outlet": "harbour post", "follow_links": "on"})
    assert answer.status_code == 422 and "There is no outlet" in answer.content.decode()
    answer = browser.post("/feeds/new/", FORM | {"outlet": "Harbour Post", "follow_links": "on"})
    made = Feed.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/feeds/{made.pk}/")
    assert (made.outlet, made.minutes, made.follow_links, made.by) == (post, 20, True, chief)
    page = page_of(as_user, chief, f"/feeds/{made.pk}/")
    assert "the page that each entry links to" in page and "Poll now" in page and "checked" in page
    assert Activity.objects.get(kind="feed changed").actor == chief


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"url": "gopher://x.example/"}, "must begin with http"),
        ({"url": "https://x.example:22/"}, "port 22"),
        ({"url": "https://user:pass@x.example/"}, "name or password"),
        ({"name": "  "}, "required"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "a day"}, "whole number"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    as_user: AsUser, chief: User, given: dict[str, str], words: str
) -> None:
    answer = as_user(chief).post("/feeds/new/", FORM | given)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert 'value="Skerry"' in page or "name" in given
    assert not Feed.objects.exists()


def test_an_address_that_is_asked_already_is_refused_with_its_name(as_user: AsUser, chief: User) -> None:
    feed(name="The old one", url=FORM["url"])
    answer = as_user(chief).post("/feeds/new/", FORM | {"url": "HTTPS://SKERRY.example:443/feed"})
    assert answer.status_code == 422 and "“The old one”" in answer.content.decode()


def test_a_change_made_meanwhile_is_kept_and_said(as_user: AsUser, chief: User) -> None:
    row, browser = feed(), as_user(chief)
    assert browser.post(f"/feeds/{row.pk}/", FORM).status_code == 303
    answer = browser.post(f"/feeds/{row.pk}/", FORM | {"name": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "meanwhile" in page
    assert 'value="Mine"' in page and '<h1 dir="auto">Skerry</h1>' in page and 'name="seen" value="1"' in page
    row.refresh_from_db()
    assert (row.name, row.seen) == ("Skerry", 1)


def test_pause_resume_and_poll_now(as_user: AsUser, chief: User) -> None:
    row, browser = feed(next_poll=timezone.now() + timedelta(hours=5)), as_user(chief)
    browser.post(f"/feeds/{row.pk}/pause/", {"seen": 0})
    row.refresh_from_db()
    assert not row.active
    assert browser.post(f"/feeds/{row.pk}/poll/")["Location"] == f"/feeds/{row.pk}/"
    page = page_of(as_user, chief, f"/feeds/{row.pk}/")
    assert "Poll now" not in page
    page = browser.get(f"/feeds/{row.pk}/").content.decode()
    assert "This feed is paused" in page and "Resume</button>" in page
    browser.post(f"/feeds/{row.pk}/resume/", {"seen": 0})
    row.refresh_from_db()
    assert not row.active, "somebody else had changed it"
    browser.post(f"/feeds/{row.pk}/resume/", {"seen": 1})
    Feed.objects.filter(pk=row.pk).update(next_poll=timezone.now() + timedelta(hours=5))
    browser.post(f"/feeds/{row.pk}/poll/")
    row.refresh_from_db()
    assert row.active and row.next_poll <= timezone.now()


def test_a_feed_shows_what_went_wrong_and_what_it_brought(as_user: AsUser, editor: User) -> None:
    row = feed(failures=2, last_error="gazette.example took too long to answer.")
    batch = receive([Incoming("a", b"a", 1), Incoming("b", b"b", 1)], by=None, route=Batch.Route.FEED, origin=row.url)
    for key in "ab":
        FeedEntry.objects.create(feed=row, key=key, digest=key, batch=batch, taken=timezone.now())
    page = page_of(as_user, editor, f"/feeds/{row.pk}/")
    assert "2 polls in a row failed" in page and "took too long" in page
    assert f'<a href="{batch.get_absolute_url()}">2 entries</a>' in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]

"""Feeds bring each entry once for each wording, and say what goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, ArticleVersion, Outlet
from ingest import load
from ingest.models import Batch, Delivery
from ingest.route_models import Feed, FeedEntry
from ingest.routes import acts, feeds, tasks
from ingest.routes.acts import FeedDraft
from tests.factories import UserFactory
from tests.ingest.servers import Site, drips, leads_to, says, site, with_validators

pytestmark = pytest.mark.django_db
ITEM = """<item><title>{0}</title><guid isPermaLink="false">{1}</guid><link>{2}/story/{1}</link>
<pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate><dc:creator>Aino Salmela</dc:creator>
<description>{3}</description></item>"""
WORDS = "A ferry caught fire off Turku on Monday, the coastguard said. At least 12 people were hurt in it."
PAGE = """<html><head><title>{0}</title><meta property="og:site_name" content="Skerry Gazette"></head><body><article>
<h1>{0}</h1><p>A ferry caught fire off Turku on Monday, the coastguard said on its own page.</p>
<p>At least 12 people were hurt, a hospital spokeswoman said.</p></article></body></html>"""


def rss(*items: tuple[str, str, str], home: str = "https://gazette.example", note: str = "") -> bytes:
    rows = "".join(ITEM.format(title, key, home, words) for key, title, words in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Skerry Gazette</title><link>{home}/</link><lastBuildDate>{note}</lastBuildDate>{rows}</channel></rss>"
    ).encode()


@pytest.fixture
def shop(settings: Settings) -> Iterator[Site]:
    with site() as running:
        settings.FETCH_ALLOW = ["127.0.0.1"]
        yield running


def feed_at(shop: Site, chief: User, **about: Any) -> Feed:
    return acts.add_feed(draft=FeedDraft(shop.url("/feed"), "Skerry", **about), by=chief)


def poll(feed: Feed) -> str:
    Feed.objects.filter(pk=feed.pk).update(next_poll=timezone.now())
    answer = feeds.poll(feed.pk)
    feed.refresh_from_db()
    return answer


def test_each_entry_is_one_delivery_that_becomes_an_article(shop: Site, chief: User) -> None:
    shop.pages["/feed"] = says(rss(("b", "Fire on a ferry", WORDS), ("a", "Storm nears", WORDS.replace("12", "3"))))
    feed = feed_at(shop, chief)
    assert poll(feed) == "2 new"
    batch = Batch.objects.get()
    assert (batch.route, batch.origin, batch.by) == ("feed", shop.url("/feed"), None)
    names = [row.filename for row in Delivery.objects.order_by("pk")]
    assert names == ["storm-nears.atom", "fire-on-a-ferry.atom"]
    for row in Delivery.objects.all():
        assert load.load(row.pk) == "loaded", Delivery.objects.get(pk=row.pk).reason
    version = ArticleVersion.objects.get(headline="Fire on a ferry")
    assert version.bylines == ["Aino Salmela"]
    assert version.published and version.published.isoformat() == "2026-03-03T08:00:00+00:00"
    assert version.url == "https://gazette.example/story/b"
    assert version.article.outlet == Outlet.objects.get(name="Skerry Gazette")
    assert not version.warnings or "summary" in version.warnings[0]


def test_the_same_entry_is_not_taken_in_on_every_poll(shop: Site, chief: User) -> None:
    first = ("a", "Storm nears", WORDS)
    shop.pages["/feed"] = says(rss(first, note="one"))
    feed = feed_at(shop, chief)
    assert [poll(feed), poll(feed)] == ["1 new", "unchanged"]
    shop.pages["/feed"] = says(rss(("b", "Fire", WORDS), first, note="two"))
    assert poll(feed) == "1 new"
    changed = ("a", "Storm nears", WORDS.replace("12", "14"))
    shop.pages["/feed"] = says(rss(changed))
    assert [poll(feed), poll(feed)] == ["1 new", "unchanged"]
    shop.pages["/feed"] = says(rss(first))
    assert poll(feed) == "unchanged"
    assert {row.state for row in Delivery.objects.all()} == {"received"} and Delivery.objects.count() == 3


def test_two_feeds_with_one_entry_both_hand_it_over(shop: Site, chief: User) -> None:
    shop.pages["/feed"] = shop.pages["/other"] = says(rss(("a", "Storm nears", WORDS)))
    other = acts.add_feed(draft=FeedDraft(shop.url("/other"), "Other"), by=chief)
    assert [poll(feed_at(shop, chief)), poll(other)] == ["1 new", "1 new"]


def test_a_feed_that_did_not_change_is_not_sent_again(shop: Site, chief: User) -> None:
    shop.pages["/feed"] = with_validators(rss(("a", "Storm nears", WORDS)), '"7"', "Tue, 03 Mar 2026 08:00:00 GMT")
    feed = feed_at(shop, chief)
    assert [poll(feed), poll(feed)] == ["1 new", "unchanged"]
    assert shop.asked[-1][1]["If-None-Match"] == '"7"'
    assert feed.last_ok and feed.next_poll > timezone.now() + timedelta(minutes=14)


def test_an_entry_that_was_deleted_is_news(shop: Site, chief: User) -> None:
    shop.pages["/feed"] = says(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>S</title>'
        b'<at:deleted-entry ref="tag:gazette.example,2026:a" when="2026-03-03T09:00:00Z"/></feed>'
    )
    feed = feed_at(shop, chief)
    assert [poll(feed), poll(feed)] == ["1 new", "unchanged"]
    assert b"deleted-entry" in bytes(Delivery.objects.get().raw)


def test_links_are_followed_within_bounds(shop: Site, chief: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_PAGES", 2)
    home = shop.url("").rstrip("/")
    items = [(key, f"Story {key}", WORDS) for key in "abc"]
    shop.pages["/feed"] = with_validators(rss(*items, home=home), '"1"', "Tue, 03 Mar 2026 08:00:00 GMT")
    shop.pages |= {f"/story/{key}": says(PAGE.format(f"Story {key}").encode()) for key in "bc"}
    shop.pages["/story/a"] = leads_to("http://10.0.0.1/secret")
    feed = feed_at(shop, chief, follow_links=True)
    assert poll(feed) == "2 new"
    assert feed.next_poll < timezone.now() + timedelta(minutes=2)
    assert [poll(feed), feed.last_error] == ["unchanged", feed.last_error]
    assert "Story a" in feed.last_error and "public internet" in feed.last_error and not feed.failures
    assert [poll(feed), poll(feed), poll(feed)] == ["unchanged", "1 new", "unchanged"]
    rows = Delivery.objects.order_by("pk")
    assert [row.filename for row in rows] == ["c", "b", "story-a.atom"]
    assert b"own page" in bytes(rows[0].raw) and WORDS.encode() in bytes(rows[2].raw)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (says(b"", 404), "404"),
        (says(b"<html><body>Welcome</body></html>"), "no RSS or Atom feed"),
        (says(b""), "It is empty"),
        (says(b'<!DOCTYPE a [<!ENTITY b "c">]><rss version="2.0"><channel/></rss>'), "too tangled"),
        (drips(3, in_headers=False), "too long"),
        (leads_to("http://169.254.169.254/latest/"), "public internet"),
    ],
)
def test_what_goes_wrong_is_said_and_asked_again(
    shop: Site, chief: User, settings: Settings, page: Any, words: str
) -> None:
    settings.FETCH_SECONDS = 1
    shop.pages["/feed"] = page
    feed = feed_at(shop, chief, minutes=10)
    assert poll(feed) == "failed"
    assert words in feed.last_error and (feed.failures, feed.active) == (1, True)
    assert feed.next_poll <= timezone.now() + timedelta(minutes=10)
    if words == "404":
        for _ in range(3):
            poll(feed)
        assert timedelta(minutes=70) < feed.next_poll - timezone.now() <= timedelta(minutes=80)
        Feed.objects.filter(pk=feed.pk).update(failures=400)
        poll(feed)
        assert timedelta(hours=23) < feed.next_poll - timezone.now() <= timedelta(days=1)
        shop.pages["/feed"] = says(rss(("a", "Storm nears", WORDS)))
        assert poll(feed) == "1 new"
        assert (feed.failures, feed.last_error) == (0, "")


def test_retry_after_is_kept_to(shop: Site, chief: User) -> None:
    later = timezone.now() + timedelta(hours=3)
    shop.pages["/feed"] = says(b"", 429, Retry_After=format_datetime(later, usegmt=True))
    feed = feed_at(shop, chief)
    poll(feed)
    assert feed.next_poll >= later - timedelta(seconds=5)
    assert feeds.poll(feed.pk) == "not due"


def test_only_what_is_due_and_free_is_polled(shop: Site, chief: User) -> None:
    shop.pages["/feed"] = says(rss(("a", "Storm nears", WORDS)))
    feed = feed_at(shop, chief)
    held = feeds.take(feed.pk)
    assert held is not None and feeds.take(feed.pk) is None and tasks.poll_feeds() == 0
    Feed.objects.filter(pk=feed.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert tasks.poll_feeds() == 1 and feeds.poll(feed.pk) == "1 new"
    answer = feeds.fetch(feed.url)
    entries = feeds.entries_of(answer.body, feed.url)
    assert feeds.store(held, answer, entries, feeds.gather(held, entries)) == "lease lost"
    assert feeds.failed(held, "x") == "lease lost"
    assert Delivery.objects.count() == 1 == FeedEntry.objects.count()


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_an_entry_once(shop: Site, chief: User) -> None:
    shop.pages["/feed"] = says(rss(*((str(n), f"Story {n}", f"{WORDS} {n}") for n in range(30))))
    feed, answers = feed_at(shop, chief), []

    def work() -> None:
        answers.append(feeds.poll(feed.pk))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["30 new", "not due", "not due", "not due"]
    assert Delivery.objects.count() == 30


def test_people_add_change_pause_and_ask(shop: Site, chief: User) -> None:
    feed = feed_at(shop, chief)
    for draft, field in (
        (FeedDraft("ftp://x.example/", "X"), "url"),
        (FeedDraft(shop.url("/feed").replace("http://", "HTTP://"), "Twice"), "url"),
        (FeedDraft("https://x.example/", " "), "name"),
        (FeedDraft("https://x.example/", "X", minutes=0), "minutes"),
    ):
        with pytest.raises(Incomplete) as caught:
            acts.add_feed(draft=draft, by=chief)
        assert caught.value.field == field
    with pytest.raises(NotAllowed):
        acts.pause(feed=feed, by=UserFactory(role="editor"), seen=0)
    Feed.objects.filter(pk=feed.pk).update(etag='"7"')
    acts.change_feed(feed=feed, draft=FeedDraft("https://x.example/new", "New"), by=chief, seen=0)
    assert (feed.etag, feed.seen, feed.name) == ("", 1, "New")
    with pytest.raises(Stale):
        acts.pause(feed=feed, by=chief, seen=0)
    acts.pause(feed=feed, by=chief, seen=1)
    assert feeds.poll(feed.pk) == "not due"
    with pytest.raises(Stale, match="paused"):
        acts.poll_now(feed=feed, by=chief)
    acts.resume(feed=feed, by=chief, seen=2)
    acts.poll_now(feed=feed, by=chief)
    said = [row.detail["what"] for row in Activity.objects.filter(kind="feed changed").order_by("pk")]
    assert said == ["added", "changed", "paused", "resumed", "asked for"]

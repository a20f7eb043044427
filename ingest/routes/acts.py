"""What people do with feeds: add, change, pause, resume, ask now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.changes import check, log
from claims.errors import Incomplete, Stale
from claims.models import Activity, Outlet
from claims.permissions import Verb
from ingest.addresses import LONGEST, BadAddress, target_of
from ingest.route_models import Feed
from ingest.routes.tasks import poll_feed

MEANWHILE = "Somebody changed this feed meanwhile. It is shown as it stands now; your change was not made."
LONGEST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class FeedDraft:
    """A feed as a person describes it; ``minutes`` lie between two polls."""

    url: str
    name: str
    outlet: Outlet | None = None
    minutes: int = 15
    follow_links: bool = False


def add_feed(*, draft: FeedDraft, by: User) -> Feed:
    """Raises ``NotAllowed``, ``Incomplete``."""
    check(by, Verb.MANAGE, None, "change feeds")
    draft = _checked(draft, None)
    with transaction.atomic():
        feed = Feed.objects.create(by=by, **_fields(draft))
        log(Activity.Kind.FEED_CHANGED, by, detail=_detail(feed, "added"))
        transaction.on_commit(partial(poll_feed.delay, feed.pk), robust=True)
    return feed


def change_feed(*, feed: Feed, draft: FeedDraft, by: User, seen: int) -> None:
    """Raises ``NotAllowed``, ``Incomplete``, ``Stale``. Another address is asked anew, and at once."""
    draft = _checked(draft, feed)
    anew = {"etag": "", "modified": "", "failures": 0, "last_error": "", "next_poll": timezone.now()}
    moved = draft.url != feed.url or draft.follow_links != feed.follow_links
    _turn(feed, by, seen, "changed", **_fields(draft), **(anew if moved else {}))


def pause(*, feed: Feed, by: User, seen: int) -> None:
    _turn(feed, by, seen, "paused", active=False)


def resume(*, feed: Feed, by: User, seen: int) -> None:
    _turn(feed, by, seen, "resumed", active=True, next_poll=timezone.now(), failures=0)


def poll_now(*, feed: Feed, by: User) -> None:
    """Ask the feed as soon as a worker is free, whatever its interval. Raises ``NotAllowed``, ``Stale``."""
    check(by, Verb.MANAGE, feed, "change feeds")
    with transaction.atomic():
        if not Feed.objects.filter(pk=feed.pk, active=True).update(next_poll=timezone.now()):
            raise Stale("This feed is paused. Resume it first.")
        log(Activity.Kind.FEED_CHANGED, by, detail=_detail(feed, "asked for"))
        transaction.on_commit(partial(poll_feed.delay, feed.pk), robust=True)


def _turn(feed: Feed, by: User, seen: int, words: str, **fields: object) -> None:
    """A poll that is under way loses its lease: what it brings was asked for under other terms."""
    check(by, Verb.MANAGE, feed, "change feeds")
    unchanged = Feed.objects.filter(pk=feed.pk, seen=seen)
    with transaction.atomic():
        if not unchanged.update(seen=F("seen") + 1, lease=None, lease_until=None, **fields):
            raise Stale(MEANWHILE)
        feed.refresh_from_db()
        log(Activity.Kind.FEED_CHANGED, by, detail=_detail(feed, words))
        if feed.active:
            transaction.on_commit(partial(poll_feed.delay, feed.pk), robust=True)


def _detail(feed: Feed, words: str) -> dict[str, object]:
    return {"feed": feed.pk, "name": feed.name, "url": feed.url, "what": words}


def _fields(draft: FeedDraft) -> dict[str, object]:
    return {
        "url": draft.url,
        "name": draft.name.strip(),
        "outlet": draft.outlet,
        "minutes": draft.minutes,
        "follow_links": draft.follow_links,
    }


def _checked(draft: FeedDraft, feed: Feed | None) -> FeedDraft:
    """The draft with its address as it is asked, so that one feed does not come twice. Raises ``Incomplete``."""
    if not draft.name.strip():
        raise Incomplete("Give the feed a name.", "name")
    if not 1 <= draft.minutes <= LONGEST_MINUTES:
        raise Incomplete(f"Give a number of minutes between 1 and {LONGEST_MINUTES}.", "minutes")
    try:
        draft = replace(draft, url=target_of(draft.url.strip()).url)
    except BadAddress as error:
        raise Incomplete(str(error), "url") from error
    if len(draft.url) > LONGEST:
        raise Incomplete(f"An address has at most {LONGEST} characters.", "url")
    same = Feed.objects.filter(url=draft.url).exclude(pk=feed.pk if feed else 0).first()
    if same is not None:
        raise Incomplete(f"The desk asks this address already: it is the feed “{same}”.", "url")
    return draft

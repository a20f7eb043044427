"""One poll of a feed: lease, fetch, take apart, then one short transaction that enters what is new.

An entry is handed over once for each wording. A feed that fails is asked again ever more rarely, at most a day apart,
and says on its page what went wrong; the desk never stops asking by itself.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.outlets import standing
from ingest.fetch import Fetched, FetchError, fetch
from ingest.models import Batch
from ingest.receive import Incoming, receive
from ingest.route_models import Feed, FeedEntry
from ingest.routes.entries import Entry, NoFeed, digest_of, entries_of

logger = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(days=1)
SOON = timedelta(minutes=1)
FORGET_AFTER = timedelta(days=60)
MOST_PAGES = 20
MOST_PAGE_BYTES = 20_000_000
MOST_SECONDS = 90.0
MOST_TRIES = 3


@dataclass
class Haul:
    """What one poll brought: files with their entries, entries whose page did not come, and whether there is more."""

    files: list[tuple[Entry, Incoming]] = field(default_factory=list)
    missed: list[Entry] = field(default_factory=list)
    more: bool = False
    trouble: str = ""


def poll(pk: int) -> str:
    """Ask one feed if it is due. Returns what came of it: ``not due``, ``unchanged``, ``3 new``, ``failed``,
    ``lease lost``."""
    feed = take(pk)
    if feed is None:
        return "not due"
    try:
        answer = fetch(feed.url, etag=feed.etag, modified=feed.modified, seconds=at_most(settings.FETCH_SECONDS))
        entries = () if answer.not_modified else as_asked(feed, entries_of(answer.body, answer.url))
        haul = gather(feed, fresh(feed, entries))
    except FetchError as error:
        return failed(feed, str(error), error.retry_after)
    except NoFeed as error:
        return failed(feed, str(error))
    except Exception as error:  # a fault of ours in reading one feed must end as a state that a person sees
        logger.exception("Polling feed %s failed", pk)
        return failed(feed, f"The desk could not read this feed ({type(error).__name__}).")
    return store(feed, answer, entries, haul)


def at_most(seconds: float) -> float:
    """The feed is one part of a task, its pages are another, and there is time left to write it all down."""
    return min(seconds, settings.CELERY_TASK_TIME_LIMIT / 3)


def take(pk: int) -> Feed | None:
    lease = uuid.uuid4()
    until = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    if not Feed.objects.due().filter(pk=pk).update(lease=lease, lease_until=until):
        return None
    return Feed.objects.select_related("outlet__merged_into").get(pk=pk)


def as_asked(feed: Feed, entries: Sequence[Entry]) -> Sequence[Entry]:
    """Where the linked page is what is handed over, an entry that says it changed is a new one, whatever its words."""
    if not feed.follow_links:
        return entries
    return tuple(replace(entry, digest=digest_of([entry.digest, entry.moment, entry.link])) for entry in entries)


def fresh(feed: Feed, entries: Sequence[Entry]) -> list[Entry]:
    """Those that were not handed over yet in these words, the oldest first, as feeds list the newest first."""
    rows = FeedEntry.objects.filter(feed=feed, key__in=[entry.key for entry in entries], taken__isnull=False)
    taken = set(rows.values_list("key", "digest"))
    return [entry for entry in reversed(entries) if (entry.key, entry.digest) not in taken]


def gather(feed: Feed, entries: Sequence[Entry]) -> Haul:
    """The files to hand over. Pages are fetched within a number, a size and a time; the next poll goes on."""
    haul = Haul()
    if not feed.follow_links:
        haul.files = [(entry, as_file(entry)) for entry in entries]
        return haul
    rows = FeedEntry.objects.filter(feed=feed, taken__isnull=True).values_list("key", "digest", "attempts")
    tries = {(key, digest): attempts for key, digest, attempts in rows}
    until, size = time.monotonic() + at_most(MOST_SECONDS), 0
    for number, entry in enumerate(entries):
        left = until - time.monotonic()
        if number >= MOST_PAGES or size > MOST_PAGE_BYTES or left <= 0:
            haul.more = True
            break
        if not entry.link:
            haul.files.append((entry, as_file(entry)))
            continue
        try:
            page = fetch(entry.link, seconds=min(left, settings.FETCH_SECONDS))
        except FetchError as error:
            haul.trouble = f"“{entry.title[:100] or entry.link[:100]}”: {error}"
            if tries.get((entry.key, entry.digest), 0) + 1 >= MOST_TRIES:
                haul.files.append((entry, as_file(entry)))
            else:
                haul.missed.append(entry)
        else:
            size += len(page.body)
            haul.files.append((entry, as_page(page)))
    return haul


def as_file(entry: Entry) -> Incoming:
    words = "".join(ch if ch.isalnum() else "-" for ch in entry.title.lower()).strip("-")[:80]
    return Incoming(f"{words or entry.key[:12]}.atom", entry.document, len(entry.document))


def as_page(page: Fetched) -> Incoming:
    parts = urlsplit(page.url)
    return Incoming(PurePosixPath(parts.path).name or parts.netloc, page.body, len(page.body))


def store(feed: Feed, answer: Fetched, entries: Sequence[Entry], haul: Haul) -> str:
    """Enter the files and say how the poll went, both or neither, if the lease still stands."""
    now, again = timezone.now(), haul.more or bool(haul.missed)
    outlet = standing(feed.outlet).name if feed.outlet else ""
    with transaction.atomic():
        held = Feed.objects.filter(pk=feed.pk, lease=feed.lease).update(
            lease=None,
            lease_until=None,
            polled=now,
            last_ok=now,
            failures=0,
            last_error=haul.trouble[:2000],
            # An unchanged feed is not sent again; whoever still wants something of it must not say what it has.
            etag="" if again else answer.etag or feed.etag,
            modified="" if again else answer.modified or feed.modified,
            next_poll=now + (min(SOON, feed.interval) if again else feed.interval),
        )
        if not held:
            return "lease lost"
        remember(feed, entries, haul)
        for start in range(0, len(haul.files), settings.MAX_FILES):
            part = haul.files[start : start + settings.MAX_FILES]
            files = [file for _, file in part]
            batch = receive(files, by=None, route=Batch.Route.FEED, origin=feed.url, outlet_name=outlet)
            note_taken(feed, [entry for entry, _ in part], batch)
    return f"{len(haul.files)} new" if haul.files else "unchanged"


def remember(feed: Feed, entries: Sequence[Entry], haul: Haul) -> None:
    """Rows for what the feed holds now and for tries that failed; what it has not held for long is forgotten."""
    now, known = timezone.now(), FeedEntry.objects.filter(feed=feed)
    if entries:
        known.filter(key__in=[entry.key for entry in entries]).update(last_seen=now)
        known.filter(last_seen__lt=now - FORGET_AFTER).delete()
    wanted = [*haul.missed, *(entry for entry, _ in haul.files)]
    rows = [FeedEntry(feed=feed, key=entry.key, digest=entry.digest) for entry in wanted]
    FeedEntry.objects.bulk_create(rows, ignore_conflicts=True)
    for entry in haul.missed:
        known.filter(key=entry.key, digest=entry.digest).update(attempts=F("attempts") + 1)


def note_taken(feed: Feed, entries: Sequence[Entry], batch: Batch) -> None:
    digests = {(entry.key, entry.digest) for entry in entries}
    rows = FeedEntry.objects.filter(feed=feed, key__in=[entry.key for entry in entries], taken__isnull=True)
    waiting = [row.pk for row in rows if (row.key, row.digest) in digests]
    FeedEntry.objects.filter(pk__in=waiting).update(taken=timezone.now(), batch=batch)


def failed(feed: Feed, reason: str, retry_after: int | None = None) -> str:
    now, failures = timezone.now(), feed.failures + 1
    wait = min(feed.interval * 2 ** min(failures - 1, 12), LONGEST_WAIT)
    held = Feed.objects.filter(pk=feed.pk, lease=feed.lease).update(
        lease=None,
        lease_until=None,
        polled=now,
        failures=failures,
        last_error=reason[:2000],
        next_poll=now + max(wait, timedelta(seconds=retry_after or 0)),
    )
    return "failed" if held else "lease lost"

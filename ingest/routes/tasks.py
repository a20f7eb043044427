"""Bells for the routes by which copy comes of itself; what is due, and who has it, stands in the rows."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from ingest.route_models import Feed
from ingest.routes import feeds, folder, mail

MOST_FEEDS = 100


@shared_task(name="ingest.poll_feeds")
def poll_feeds() -> int:
    """Ring for every feed that is due; returns how many bells rang."""
    due = Feed.objects.due().order_by("next_poll").values_list("pk", flat=True)[:MOST_FEEDS]
    for pk in due:
        poll_feed.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return len(due)


@shared_task(name="ingest.poll_feed")
def poll_feed(pk: int) -> str:
    return feeds.poll(pk)


@shared_task(name="ingest.watch_folder")
def watch_folder() -> int:
    """Take in what lies still in the watched folder; returns how many files."""
    return folder.look()


@shared_task(name="ingest.read_mail")
def read_mail() -> int:
    """Take in the new messages of the mail drop; returns how many."""
    return mail.look()

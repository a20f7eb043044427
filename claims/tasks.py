"""Bells for the worker. Each loads and calls; the state of the work is in the rows, and the sweep rings again for
what a
lost bell or a dead worker left."""

from __future__ import annotations

from functools import partial

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import pipeline, reuse, speaker_matching
from claims.models import ArticleVersion, Event

MOST_AT_ONCE = 500


@shared_task(name="claims.extract_version")
def extract_version(pk: int) -> str:
    outcome = pipeline.extract_version(pk)
    if outcome == "done":
        transaction.on_commit(partial(relate_version.delay, pk), robust=True)
        transaction.on_commit(match_speakers.delay, robust=True)
    return outcome


@shared_task(name="claims.settle_version")
def settle_version(pk: int) -> str:
    return pipeline.settle_version(pk)


@shared_task(name="claims.match_event")
def match_event(pk: int) -> int:
    return pipeline.match_event(pk)


@shared_task(name="claims.match_speakers")
def match_speakers() -> int:
    """Look for names like those of new speakers; where more wait than are taken at once, it rings for the rest. Beat
    rings it too, for what a lost bell left."""
    looked_at = speaker_matching.match_speakers()
    if looked_at == speaker_matching.AT_ONCE:
        transaction.on_commit(match_speakers.delay, robust=True)
    return looked_at


@shared_task(name="claims.relate_version")
def relate_version(pk: int) -> str:
    return reuse.relate(pk)


@shared_task(name="claims.sweep_copies")
def sweep_copies() -> int:
    """Ring for every version whose copies nobody looked for yet; returns how many bells rang."""
    waiting = ArticleVersion.objects.to_relate(timezone.now()).order_by("pk").values_list("pk", flat=True)
    for pk in waiting[:MOST_AT_ONCE]:
        relate_version.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return len(waiting[:MOST_AT_ONCE])


@shared_task(name="claims.sweep")
def sweep() -> int:
    """Ring for every version that waits, every one whose embargo has passed, and every event that was never matched;
    returns how many bells rang."""
    waiting = ArticleVersion.objects.to_extract(timezone.now()).order_by("pk").values_list("pk", flat=True)
    unmatched = Event.objects.filter(matched__isnull=True).order_by("pk").values_list("pk", flat=True)
    lifted = ArticleVersion.objects.to_settle(timezone.now()).order_by("pk").values_list("pk", flat=True)
    for pk in waiting[:MOST_AT_ONCE]:
        extract_version.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    for pk in unmatched[:MOST_AT_ONCE]:
        match_event.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    for pk in lifted[:MOST_AT_ONCE]:
        settle_version.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return sum(len(rows[:MOST_AT_ONCE]) for rows in (waiting, unmatched, lifted))

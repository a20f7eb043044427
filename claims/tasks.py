"""Bells for the worker. Each loads and calls; the state of the work is in the rows, and the sweep rings again for
what a
lost bell or a dead worker left."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from claims import pipeline
from claims.models import ArticleVersion, Event

MOST_AT_ONCE = 500


@shared_task(name="claims.extract_version")
def extract_version(pk: int) -> str:
    return pipeline.extract_version(pk)


@shared_task(name="claims.match_event")
def match_event(pk: int) -> int:
    return pipeline.match_event(pk)


@shared_task(name="claims.sweep")
def sweep() -> int:
    """Ring for every version that waits, and every event that was never matched; returns how many bells rang."""
    waiting = ArticleVersion.objects.to_extract(timezone.now()).order_by("pk").values_list("pk", flat=True)
    unmatched = Event.objects.filter(matched__isnull=True).order_by("pk").values_list("pk", flat=True)
    for pk in waiting[:MOST_AT_ONCE]:
        extract_version.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    for pk in unmatched[:MOST_AT_ONCE]:
        match_event.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return len(waiting[:MOST_AT_ONCE]) + len(unmatched[:MOST_AT_ONCE])

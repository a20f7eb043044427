"""Bells for the worker. Each loads and calls; the state of the work is in the rows, and the sweep rings again for what
a lost bell or a dead worker left."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import pipeline, reuse, reweighing, speaker_matching
from claims.models import ArticleVersion, Event

MOST_AT_ONCE = 100  # a sweep; more than a worker reads before the next one only lengthen its queue
MOST_RUNG = 50
AHEAD: dict[str, Any] = {"queue": settings.CELERY_TASK_DEFAULT_QUEUE}


@shared_task(name="claims.extract_version")
def extract_version(pk: int) -> str:
    outcome = pipeline.extract_version(pk)
    if outcome == "done":
        transaction.on_commit(partial(relate_version.delay, pk), robust=True)
        ring_for(links__claim__version__article__versions=pk)
        transaction.on_commit(match_speakers.delay, robust=True)
    return outcome


def ring_to_read(version: ArticleVersion, **options: Any) -> None:
    """A newer version of a story, and its end, do not wait behind the first takes of other stories."""
    options |= AHEAD if version.number > 1 or version.ends_story else {}
    extract_version.apply_async((version.pk,), **options)


def ring_to_read_again(pks: Iterable[int]) -> None:
    """For somebody who pressed a button and waits."""
    for pk in pks:
        extract_version.apply_async((pk,), **AHEAD)


@shared_task(name="claims.settle_version")
def settle_version(pk: int) -> str:
    outcome = pipeline.settle_version(pk)
    ring_for(links__claim__version__article__versions=pk)
    return outcome


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
    outcome = reuse.relate(pk)
    ring_for(links__claim__version__article__versions=pk)
    return outcome


@shared_task(name="claims.weigh_event")
def weigh_event(pk: int) -> str:
    return reweighing.weigh_event(pk)


def ring_for(**events: Any) -> None:
    """Ring for those of ``events`` in which something changed that verdicts lean on, once that is committed."""
    for pk in (
        Event.objects.to_weigh().filter(**events).order_by("pk").values_list("pk", flat=True).distinct()[:MOST_RUNG]
    ):
        transaction.on_commit(partial(weigh_event.delay, pk), robust=True)


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
    waiting = ArticleVersion.objects.to_extract(timezone.now()).only("pk", "number", "status").order_by("pk")
    unmatched = Event.objects.all().unmatched().order_by("pk").values_list("pk", flat=True)
    lifted = ArticleVersion.objects.to_settle(timezone.now()).order_by("pk").values_list("pk", flat=True)
    rung = [*waiting.filter(number__gt=1)[:MOST_AT_ONCE], *waiting.filter(number=1)[:MOST_AT_ONCE]]
    for version in rung:
        ring_to_read(version, expires=settings.SWEEP_SECONDS)
    for pk in unmatched[:MOST_AT_ONCE]:
        match_event.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    for pk in lifted[:MOST_AT_ONCE]:
        settle_version.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return len(rung) + sum(len(rows[:MOST_AT_ONCE]) for rows in (unmatched, lifted))


@shared_task(name="claims.sweep_events")
def sweep_events() -> int:
    """Ring for every event in which something changed that verdicts lean on; returns how many bells rang."""
    changed = Event.objects.to_weigh().order_by("pk").values_list("pk", flat=True)
    for pk in changed[:MOST_AT_ONCE]:
        weigh_event.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return len(changed[:MOST_AT_ONCE])

"""Bells for reading what arrived; the ledger holds the state, the sweep rings again."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from ingest import load
from ingest.models import Delivery

MOST_AT_ONCE = 500


@shared_task(name="ingest.load_delivery")
def load_delivery(pk: int) -> str:
    return load.load(pk)


@shared_task(name="ingest.sweep")
def sweep() -> int:
    """Ring for every delivery that waits, or whose worker died; returns how many bells rang."""
    waiting = Delivery.objects.to_read().order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    for pk in waiting:
        load_delivery.apply_async((pk,), expires=settings.SWEEP_SECONDS)
    return len(waiting)

"""Bells for reading what arrived; the ledger holds the state, the sweep rings again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from celery import shared_task
from django.conf import settings

from ingest import load
from ingest.models import Delivery

MOST_AT_ONCE = 500
FEW = 20  # files that come together; more wait in a queue of their own, so that a kill does not wait behind them
BEHIND: dict[str, Any] = {"queue": "loading"}


@shared_task(name="ingest.load_delivery")
def load_delivery(pk: int) -> str:
    return load.load(pk)


def ring_to_load(pks: Sequence[int], **options: Any) -> None:
    """One bell for each of the deliveries that came together. A broker that does not answer is tried once, not once a
    file: the sweep rings for the rest."""
    options |= BEHIND if len(pks) > FEW else {}
    for pk in pks:
        load_delivery.apply_async((pk,), **options)


@shared_task(name="ingest.sweep")
def sweep() -> int:
    """Ring for every delivery that waits, or whose worker died; returns how many bells rang."""
    waiting = Delivery.objects.to_read().order_by("-batch", "pk").values_list("batch", "pk")[:MOST_AT_ONCE]
    for _, rows in groupby(waiting, key=itemgetter(0)):
        ring_to_load([pk for _, pk in rows], expires=settings.SWEEP_SECONDS)
    return len(waiting)

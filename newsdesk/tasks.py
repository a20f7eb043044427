"""The bell that only says: somebody rang, and somebody answered."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from newsdesk.models import Pulse

ROUND = "round"


@shared_task(name="newsdesk.pulse")
def pulse() -> None:
    Pulse.objects.update_or_create(name=ROUND, defaults={"at": timezone.now()})

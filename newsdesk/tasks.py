"""The bell that only says: somebody rang, and somebody answered."""

from __future__ import annotations

from celery import shared_task
from django.db import connection
from django.utils import timezone

from newsdesk.models import Pulse

ROUND = "round"


@shared_task(name="newsdesk.pulse")
def pulse() -> None:
    Pulse.objects.update_or_create(name=ROUND, defaults={"at": timezone.now()})


@shared_task(name="newsdesk.tend_database")
def tend_database() -> None:
    """SQLite chooses its indexes by statistics that somebody must ask for; PostgreSQL gathers its own."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")

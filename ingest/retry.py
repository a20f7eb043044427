"""The act of trying again what failed."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from claims.changes import check, log
from claims.errors import Stale
from claims.models import Activity, ArticleVersion
from claims.permissions import Verb
from claims.tasks import ring_to_read_again
from ingest.models import Delivery
from ingest.tasks import load_delivery


def retry(delivery: Delivery, *, by: User) -> None:
    """Put a delivery that failed in reading, or whose article failed in extraction, back in line with all its attempts.

    Raises ``NotAllowed``, ``Stale``; then nothing is written."""
    check(by, Verb.UPLOAD, delivery, "retry files")
    with transaction.atomic():
        if not (_read_again(delivery) or _extract_again(delivery)):
            raise Stale("This file is not in the state “failed” any more; it is shown as it stands now.")
        detail = {"file": delivery.filename, "delivery": delivery.pk}
        log(Activity.Kind.RETRIED, by, version=delivery.version, detail=detail)


def _read_again(delivery: Delivery) -> bool:
    waits = {"state": Delivery.State.RECEIVED, "attempts": 0, "lease": None, "lease_until": None, "reason": ""}
    moved = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED).update(**waits)
    if moved:
        transaction.on_commit(partial(load_delivery.delay, delivery.pk), robust=True)
    return bool(moved)


def _extract_again(delivery: Delivery) -> bool:
    pk, work = delivery.version_id, ArticleVersion.Work
    if pk is None:
        return False
    waits = {"work": work.WAITING, "attempts": 0, "lease": None, "lease_until": None, "error": ""}
    failed = ArticleVersion.objects.filter(pk=pk, work=work.FAILED)
    moved = failed.update(**waits)
    if moved:
        transaction.on_commit(partial(ring_to_read_again, [pk]), robust=True)
    return bool(moved)

"""One delivery from received to loaded: lease, read, then one short transaction that makes the article."""

from __future__ import annotations

import logging
import uuid
from datetime import UTC, datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.changes import log
from claims.models import Activity, Article, ArticleVersion
from claims.tasks import extract_version
from ingest.limits import limits
from ingest.models import Delivery
from ingest.outlets import outlet_named
from ingest.wire.registry import read
from ingest.wire.types import WireError, WireItem

logger = logging.getLogger(__name__)
State = Delivery.State


def load(pk: int) -> str:
    """Read one delivery if it waits. Returns what came of it: ``loaded``, ``rejected``, ``failed``, ``not waiting``,
    ``lease lost``."""
    delivery = take(pk)
    if delivery is None:
        return "not waiting"
    try:
        item = read(bytes(delivery.raw), filename=delivery.filename, limits=limits())
    except WireError as error:
        return settle(delivery, State.REJECTED, str(error))
    except Exception as error:  # a fault of ours in reading one file must end as a state that a person sees
        logger.exception("Reading delivery %s failed", pk)
        last = delivery.attempts >= settings.MAX_ATTEMPTS
        return settle(delivery, State.FAILED if last else State.RECEIVED, f"{type(error).__name__}: {error}")
    return store(delivery, item)


def take(pk: int) -> Delivery | None:
    """Take the lease on a waiting delivery; None where it does not wait or somebody else holds it."""
    waiting = Delivery.objects.to_read().filter(pk=pk)
    taken = waiting.filter(attempts__lt=settings.MAX_ATTEMPTS).update(
        state=State.READING,
        lease=uuid.uuid4(),
        lease_until=timezone.now() + timedelta(seconds=settings.LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if taken:
        return Delivery.objects.select_related("batch").get(pk=pk)
    reason = f"The worker stopped {settings.MAX_ATTEMPTS} times while it read this file."
    waiting.update(state=State.FAILED, lease=None, reason=reason)
    return None


def settle(delivery: Delivery, state: State, reason: str) -> str:
    held = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=State.READING).update(
        state=state, lease=None, lease_until=None, reason=reason[:2000]
    )
    return state.value if held else "lease lost"


def store(delivery: Delivery, item: WireItem) -> str:
    """Make the article and its version, if the lease still stands, and ring for the extraction."""
    with transaction.atomic():
        held = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=State.READING)
        if not held.update(state=State.LOADED, lease=None, lease_until=None, reason="", format=item.format):
            return "lease lost"
        version = make_version(delivery, item)
        Delivery.objects.filter(pk=delivery.pk).update(version=version)
        log(Activity.Kind.LOADED, delivery.batch.by, version=version, detail={"file": delivery.filename})
        transaction.on_commit(partial(extract_version.delay, version.pk), robust=True)
    return State.LOADED.value


def make_version(delivery: Delivery, item: WireItem) -> ArticleVersion:
    published = delivery.batch.published or item.published or dateline_time(item)
    article = Article.objects.create(
        outlet=outlet_named(delivery.batch.outlet_name or item.outlet),
        slug=item.headline[:200] or delivery.filename[:200],
    )
    return ArticleVersion.objects.create(
        article=article,
        wire_id=item.wire_id[:300],
        wire_version=item.version[:100],
        version_created=item.version_created or published or delivery.at,
        published=published,
        status=item.status,
        headline=item.headline,
        headline_end=item.headline_end,
        bylines=list(item.bylines),
        dateline_place=item.dateline.place[:200],
        dateline_day=item.dateline.day,
        agencies=list(item.credits),
        language=item.language[:20],
        ed_note=item.ed_note,
        text=item.text,
        furniture=[list(piece) for piece in item.furniture],
        warnings=list(item.warnings),
    )


def dateline_time(item: WireItem) -> datetime | None:
    return datetime.combine(item.dateline.day, time(12), tzinfo=UTC) if item.dateline.day else None

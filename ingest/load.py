"""One delivery from received to loaded: lease, read, then one short transaction that makes the version of a story."""

from __future__ import annotations

import hashlib
import logging
import time
import uuid
from datetime import timedelta
from functools import partial
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.changes import log
from claims.models import Activity, Article
from claims.tasks import ring_to_read
from ingest import duplicates, families
from ingest.limits import limits
from ingest.models import Delivery
from ingest.outlets import outlet_of
from ingest.versions import make_version
from ingest.wire.registry import read_all
from ingest.wire.types import WireError, WireFile, WireItem

logger = logging.getLogger(__name__)
State = Delivery.State
MAX_REASON = 2000
MAX_WORDS_SHOWN = 600
SHARE_OF_A_TASK = 3
WHICH = "This notice withdraws a story and does not say which one by an id. Choose the story that it withdraws."


def load(pk: int) -> str:
    """Read one delivery if it waits; a file of several items is opened, and its parts are loaded too.

    Returns what came of it: a state, ``not waiting`` or ``lease lost``."""
    delivery = take(pk)
    if delivery is None:
        return "not waiting"
    file = read_file(delivery)
    if file is None:
        return Delivery.objects.values_list("state", flat=True).get(pk=pk)
    if delivery.container_id is not None:
        came = store_part(delivery, file)
        load_parts(delivery.container_id, file, done=delivery)
        return came
    if len(file.items) == 1:
        return store_safely(delivery, file.items[0], file.left_out)
    came = open_up(delivery, file)
    if came == State.OPENED:
        load_parts(delivery.pk, file)
    return came


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
        return Delivery.objects.select_related("batch", "replaces", "same_as").get(pk=pk)
    reason = f"The worker stopped {settings.MAX_ATTEMPTS} times while it read this file."
    waiting.update(state=State.FAILED, lease=None, reason=reason)
    return None


def read_file(delivery: Delivery) -> WireFile | None:
    """All that the file holds; None where it could not be read, which the delivery then says."""
    try:
        return read_all(bytes(delivery.bytes_held_by.raw), filename=delivery.filename, limits=limits())
    except WireError as error:
        settle(delivery, State.REJECTED, str(error))
    except Exception as error:  # a fault of ours in reading one file must end as a state that a person sees
        logger.exception("Reading delivery %s failed", delivery.pk)
        give_up(delivery, error)
    return None


def open_up(delivery: Delivery, file: WireFile) -> str:
    """A delivery for each item of the file, all in one transaction, if the lease still stands."""
    reason = list(file.left_out)
    if delivery.replaces is not None:
        story = delivery.replaces_id
        reason.insert(0, f"It holds several items: say for each by itself whether it belongs to the story no. {story}.")
    with transaction.atomic():
        if settle(delivery, State.OPENED, "\n".join(reason)) != State.OPENED:
            return "lease lost"
        Delivery.objects.filter(pk=delivery.pk).update(format=file.items[0].format)
        Delivery.objects.bulk_create(
            Delivery(
                batch=delivery.batch,
                container=delivery,
                part=number,
                filename=delivery.filename,
                size=0,
                sha256=hashlib.sha256(f"{delivery.sha256} {number}".encode()).hexdigest(),
                forced=delivery.forced,
                at=delivery.at,
            )
            for number in range(1, len(file.items) + 1)
        )
    return State.OPENED.value


def load_parts(container: int, file: WireFile, done: Delivery | None = None) -> int:
    """Load the parts that wait, but for the one that was just ``done``, as long as one task may take; the sweep rings
    for the rest. Returns how many were taken.

    The file was read once for all of them: to read it again for each would take the square of their number."""
    until = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT / SHARE_OF_A_TASK
    waiting = Delivery.objects.to_read().filter(container=container).order_by("part")
    taken = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        if time.monotonic() > until:
            break
        if done is not None and pk == done.pk:
            continue
        if (part := take(pk)) is not None:
            store_part(part, file)
            taken += 1
    return taken


def store_part(part: Delivery, file: WireFile) -> str:
    item = next(islice(file.items, (part.part or 1) - 1, None), None)
    if item is None:
        return settle(part, State.REJECTED, f"The file holds only {len(file.items)} items when it is read now.")
    return store_safely(part, item)


def store_safely(delivery: Delivery, item: WireItem, left_out: tuple[str, ...] = ()) -> str:
    try:
        return store(delivery, item, left_out)
    except Exception as error:  # what one item does to the database must not stop the items after it
        logger.exception("Storing delivery %s failed", delivery.pk)
        return give_up(delivery, error)


def give_up(delivery: Delivery, error: Exception) -> str:
    """After a failure: wait for another try, or after the last one stay *failed* with the reason."""
    last = delivery.attempts >= settings.MAX_ATTEMPTS
    return settle(delivery, State.FAILED if last else State.RECEIVED, f"{type(error).__name__}: {error}")


def settle(delivery: Delivery, state: State, reason: str, **more: object) -> str:
    held = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=State.READING).update(
        state=state, lease=None, lease_until=None, reason=reason[:MAX_REASON], **more
    )
    return state.value if held else "lease lost"


def store(delivery: Delivery, item: WireItem, left_out: tuple[str, ...] = ()) -> str:
    """Make the version in its story, if the lease still stands, and ring for the extraction. What the desk has already
    becomes a duplicate, and a notice that names no story waits for a person who does."""
    with transaction.atomic():
        held = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=State.READING)
        if not held.update(format=item.format):
            return "lease lost"
        outlet = outlet_of(item, delivery.batch.outlet_name)
        keys = families.hold(item)
        family = families.family_of(item, outlet, keys, delivery.replaces)
        article = families.hold_article(family.article) if family.article else None
        if article is not None and delivery.forced and families.let_go(article, keys, item, delivery.same_as):
            article = None
        if asks(delivery, item, article, family.doubt):
            return settle(delivery, State.UNDECIDED, " ".join(filter(None, (WHICH, family.doubt, says(item)))))
        twin = None if delivery.forced else duplicates.repeated(item, article, outlet, keys)
        if twin is not None:
            families.bind(twin.article, keys, item)
            reason = duplicates.in_words(twin, of_family=article is not None)
            return settle(delivery, State.DUPLICATE, reason, same_as=twin)
        notes = (*left_out, *filter(None, (family.doubt, foreign(article, outlet))))
        version = make_version(delivery, item, article, outlet, notes)
        families.bind(version.article, keys, item)
        settle(delivery, State.LOADED, "", version=version)
        detail = {"file": str(delivery), "number": version.number}
        log(Activity.Kind.LOADED, delivery.batch.by, version=version, detail=detail)
        transaction.on_commit(partial(ring_to_read, version), robust=True)
    return State.LOADED.value


def asks(delivery: Delivery, item: WireItem, article: Article | None, doubt: str) -> bool:
    """Whether only a person can say which story a notice withdraws."""
    if article is not None or delivery.forced or not families.withdraws(item):
        return False
    return bool(doubt) or not families.wire_id_of(item)


def says(item: WireItem) -> str:
    words = " ".join(dict.fromkeys(filter(None, (item.slug, item.headline, item.ed_note, item.text)))).split()
    return f"It says: “{' '.join(words)[:MAX_WORDS_SHOWN]}”"


def foreign(article: Article | None, outlet: object) -> str:
    """A person may have named a story of another outlet than the copy does."""
    if article is None or outlet is None or article.outlet is None or article.outlet == outlet:
        return ""
    return f"The copy reads as {outlet}’s; it was put to a story of {article.outlet}."

"""Bytes into the ledger. Whatever comes gets its row, with the reason where it goes no further."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.changes import check
from claims.errors import Incomplete
from claims.models import Article
from claims.permissions import Verb
from ingest.models import Batch, Delivery
from ingest.tasks import ring_to_load

MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file as a route hands it over. ``raw`` is None where it was too large to be taken in; ``size`` is in
    bytes."""

    filename: str
    raw: bytes | None
    size: int


def receive(
    files: Iterable[Incoming],
    *,
    by: User | None,
    route: Batch.Route = Batch.Route.UPLOAD,
    origin: str = "",
    outlet_name: str = "",
    published: datetime | None = None,
    replaces: Article | None = None,
) -> Batch:
    """Enter all files as one batch, all or none, and ring for each. Raises ``NotAllowed``, ``Incomplete``.

    ``files`` may be a generator: one file at a time is held. It is asked inside the transaction, so it must not wait
    for a network. ``by`` is None where a route of the desk's own brings them; ``replaces`` is the story that the one
    file is a new version of, where somebody says so.
    """
    if by is not None:
        check(by, Verb.UPLOAD, None, "upload copy")
    with transaction.atomic():
        batch = Batch.objects.create(
            by=by,
            route=route,
            origin=_one_line(origin)[:2000],
            outlet_name=outlet_name.strip(),
            published=published,
        )
        waiting = enter_all(batch, files, replaces)
        transaction.on_commit(partial(ring_to_load, waiting), robust=True)
    return batch


def enter_all(batch: Batch, files: Iterable[Incoming], replaces: Article | None) -> list[int]:
    """The ids of those that wait to be read. Raises ``Incomplete``."""
    waiting: list[int] = []
    count = 0
    for count, file in enumerate(files, 1):
        if count > settings.MAX_FILES:
            raise Incomplete(
                f"More than {settings.MAX_FILES} files at once are too many for the desk. None was taken.", "files"
            )
        if replaces is not None and count > 1:
            raise Incomplete("Only one file at a time can be a new version of a story. None was taken.", "replaces")
        delivery = enter(batch, file, replaces)
        if delivery.state == Delivery.State.RECEIVED:
            waiting.append(delivery.pk)
    if not count:
        raise Incomplete("Choose at least one file, or paste text.", "files")
    return waiting


def enter(batch: Batch, file: Incoming, replaces: Article | None = None) -> Delivery:
    """One row of the ledger: received, a duplicate of an earlier one, or rejected for its size."""
    name = _one_line(file.filename)[:MAX_NAME]
    if file.raw is None or file.size > settings.MAX_FILE_BYTES:
        reason = f"The file is {file.size:,} bytes long; {settings.MAX_FILE_BYTES:,} are the most that the desk takes."
        return Delivery.objects.create(
            batch=batch, filename=name, size=file.size, sha256="", state=Delivery.State.REJECTED, reason=reason
        )
    digest = hashlib.sha256(file.raw).hexdigest()
    fresh = Delivery(batch=batch, filename=name, size=file.size, sha256=digest, raw=file.raw, replaces=replaces)
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        return enter_duplicate(fresh)
    return fresh


def enter_duplicate(fresh: Delivery) -> Delivery:
    """``fresh`` as a duplicate of the delivery that holds its bytes, which it gives up."""
    apart = (Delivery.State.DUPLICATE, Delivery.State.REJECTED)
    held = Delivery.objects.defer("raw").exclude(state__in=apart).filter(sha256=fresh.sha256, forced=False)
    first = held.first()
    if first is not None:  # else it was rejected between the two looks, so that these bytes are not held any more
        fresh.raw, fresh.state, fresh.duplicate_of = b"", Delivery.State.DUPLICATE, first
        fresh.reason = f"The same bytes came before, as {first} on {first.at:%-d %B %Y at %H:%M} UTC."
    fresh.pk = None
    fresh.save(force_insert=True)
    return fresh


def _one_line(words: str) -> str:
    return "".join(ch for ch in words if ch.isprintable()).strip()

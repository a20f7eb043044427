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
from claims.permissions import Verb
from ingest.models import Batch, Delivery
from ingest.tasks import load_delivery

MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file as a route hands it over. ``raw`` is None where it was too large to be taken in; ``size`` is in
    bytes."""

    filename: str
    raw: bytes | None
    size: int


def receive(files: Iterable[Incoming], *, by: User, outlet_name: str = "", published: datetime | None = None) -> Batch:
    """Enter all files as one batch, all or none, and ring for each. Raises ``NotAllowed``, ``Incomplete``."""
    check(by, Verb.UPLOAD, None, "upload copy")
    incoming = list(files)
    if not incoming:
        raise Incomplete("Choose at least one file, or paste text.", "files")
    if len(incoming) > settings.MAX_FILES:
        raise Incomplete(
            f"{len(incoming)} files at once are too many; the desk takes {settings.MAX_FILES}. None was taken.", "files"
        )
    with transaction.atomic():
        batch = Batch.objects.create(by=by, outlet_name=outlet_name.strip(), published=published)
        entered = [enter(batch, file) for file in incoming]
        waiting = [delivery.pk for delivery in entered if delivery.state == Delivery.State.RECEIVED]
        transaction.on_commit(partial(ring, waiting), robust=True)
    return batch


def ring(waiting: Iterable[int]) -> None:
    """One bell a delivery. A broker that does not answer is tried once, not once a file: the sweep rings for the
    rest."""
    for pk in waiting:
        load_delivery.delay(pk)


def enter(batch: Batch, file: Incoming) -> Delivery:
    """One row of the ledger: received, a duplicate of an earlier one, or rejected for its size."""
    name = "".join(ch for ch in file.filename if ch.isprintable()).strip()[:MAX_NAME]
    if file.raw is None or file.size > settings.MAX_FILE_BYTES:
        reason = f"The file is {file.size:,} bytes long; {settings.MAX_FILE_BYTES:,} are the most that the desk takes."
        return Delivery.objects.create(
            batch=batch, filename=name, size=file.size, sha256="", state=Delivery.State.REJECTED, reason=reason
        )
    digest = hashlib.sha256(file.raw).hexdigest()
    try:
        with transaction.atomic():
            return Delivery.objects.create(batch=batch, filename=name, size=file.size, sha256=digest, raw=file.raw)
    except IntegrityError:
        return enter_duplicate(batch, name, file.raw, digest)


def enter_duplicate(batch: Batch, name: str, raw: bytes, digest: str) -> Delivery:
    apart = (Delivery.State.DUPLICATE, Delivery.State.REJECTED)
    first = Delivery.objects.defer("raw").exclude(state__in=apart).filter(sha256=digest).first()
    if first is None:  # it was rejected between the two looks, so that these bytes are not held any more
        return Delivery.objects.create(batch=batch, filename=name, size=len(raw), sha256=digest, raw=raw)
    return Delivery.objects.create(
        batch=batch,
        filename=name,
        size=len(raw),
        sha256=digest,
        state=Delivery.State.DUPLICATE,
        duplicate_of=first,
        reason=f"The same bytes came before, as {first} on {first.at:%-d %B %Y at %H:%M} UTC.",
    )

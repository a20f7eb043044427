"""The mail drop: a maildir into which a mail server delivers. Each message is one delivery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

from django.conf import settings

from ingest.models import Batch
from ingest.receive import Incoming, receive
from ingest.route_models import Pickup
from ingest.routes import pickup
from ingest.routes.pickup import Drop, File, Found, files_in, move_file, seen

TOGETHER = 20
HEADER_BYTES = 65_536
SEEN = "S"


def look() -> int:
    """Take in the new messages; returns how many. Raises ``OSError`` where the maildir cannot be read."""
    if settings.MAILDIR is None:
        return 0
    root = settings.MAILDIR.resolve()
    drop = Drop(
        route=Pickup.Route.MAIL,
        still=timedelta(0),
        together=TOGETHER,
        scan=lambda: scan(root / "new"),
        enter=enter,
        away=lambda file, refused: away(root / "cur", file),
    )
    return pickup.look(drop)


def scan(folder: Path) -> Iterator[Found]:
    """A message in ``new`` is whole: mail servers write it elsewhere and move it there."""
    for entry in files_in(folder):
        if entry.is_file(follow_symlinks=False):
            yield from seen(entry, folder, pickup.printable(entry.name))


def enter(files: Sequence[File]) -> None:
    """One batch a message, since each has its sender. The caller holds the transaction."""
    for _, incoming in files:
        sender, subject = headers_of(incoming.raw or b"")
        named = Incoming(f"{subject or 'message'}.eml", incoming.raw, incoming.size)
        receive([named], by=None, route=Batch.Route.MAIL, origin=sender)


def headers_of(raw: bytes) -> tuple[str, str]:
    """Who sends the message and what it is called, as far as that can be read."""
    try:
        message = BytesHeaderParser(policy=policy.default).parsebytes(raw[:HEADER_BYTES])
        return str(message.get("From", ""))[:500], str(message.get("Subject", ""))[:200]
    except Exception:  # noqa: BLE001 -- the library raises much on odd headers; the message itself is whole
        return "", ""


def away(folder: Path, file: Found) -> None:
    """To ``cur`` with the flag *seen*. Raises ``OSError``."""
    name, _, flags = file.path.name.partition(":2,")
    folder.mkdir(exist_ok=True)
    move_file(file, folder / f"{name}:2,{''.join(sorted({*flags, SEEN}))}")

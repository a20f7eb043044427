"""The watched folder: whoever can write a file can hand in copy.

A file is taken once its size and time of change stand still from one look to the next, and then moved to ``taken/``, or
to ``refused/`` with the reason beside it. The name of a sub-folder is that of the outlet.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from ingest.models import Batch
from ingest.receive import Incoming, receive
from ingest.route_models import Pickup
from ingest.routes import pickup
from ingest.routes.pickup import Drop, File, Found, files_in, move_file, printable, seen

logger = logging.getLogger(__name__)
TAKEN, REFUSED = "taken", "refused"
UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~")
TOGETHER = 50
MOST_FOLDERS = 500


def look() -> int:
    """Take in what lies still; returns how many files. Raises ``OSError`` where the folder cannot be read."""
    if settings.WATCH_FOLDER is None:
        return 0
    root = settings.WATCH_FOLDER.resolve()
    still = timedelta(seconds=settings.WATCH_SECONDS / 2)
    drop = Drop(
        route=Pickup.Route.FOLDER,
        still=still,
        together=TOGETHER,
        scan=lambda: scan(root),
        enter=lambda files: enter(root, files),
        away=lambda file, refused: away(root, file, refused),
    )
    return pickup.look(drop)


def scan(root: Path) -> Iterator[Found]:
    folders: list[str] = []
    for entry in files_in(root):
        if entry.is_file(follow_symlinks=False):
            if not entry.name.lower().endswith(UNFINISHED):
                yield from seen(entry, root, printable(entry.name))
        elif entry.name not in (TAKEN, REFUSED) and len(folders) < MOST_FOLDERS:
            folders.append(entry.name)
    for name in folders:
        try:
            for entry in files_in(root / name):
                if entry.is_file(follow_symlinks=False) and not entry.name.lower().endswith(UNFINISHED):
                    yield from seen(entry, root / name, printable(f"{name}/{entry.name}"), printable(name))
        except OSError as error:  # one folder that is closed, or gone, does not keep the others waiting
            logger.warning("The folder %s cannot be read: %s", printable(name), error.strerror)


def enter(root: Path, files: Sequence[File]) -> None:
    """One batch an outlet. The caller holds the transaction."""
    of_outlet: dict[str, list[Incoming]] = defaultdict(list)
    for found, incoming in files:
        of_outlet[found.outlet].append(incoming)
    for outlet, some in of_outlet.items():
        origin = printable(str(root / outlet) if outlet else str(root))
        receive(some, by=None, route=Batch.Route.FOLDER, origin=origin, outlet_name=outlet[:200])


def away(root: Path, file: Found, refused: str) -> None:
    """Raises ``OSError``."""
    folder = root / (REFUSED if refused else TAKEN) / file.path.parent.relative_to(root)
    folder.mkdir(parents=True, exist_ok=True)
    if move_file(file, folder / file.path.name) and refused:
        (folder / f"{file.path.name}.reason.txt").write_text(f"{refused}\n", encoding="utf-8")

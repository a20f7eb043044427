"""Files that lie somewhere until the desk takes them: seen, still, leased, entered, moved away.

Each step stands in a row before the next begins. Two workers never hold one file; one that dies between entering a file
and moving it leaves a row that says so, and the next look only moves it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ingest.receive import Incoming
from ingest.route_models import Pickup

MOST_SEEN = 5000
MOST_SECONDS = 20.0
MOST_BYTES = 20_000_000
AT_ONCE = 500


class Changed(Exception):
    """The file is not the one that was seen; it is looked at again."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as a look finds it. ``words`` is its path for people, ``sign`` changes whenever the file does."""

    path: Path
    words: str
    size: int
    sign: str
    outlet: str = ""

    @property
    def key(self) -> str:
        return hashlib.sha256(os.fsencode(self.path)).hexdigest()


File = tuple[Found, Incoming]


@dataclass(frozen=True, slots=True)
class Drop:
    """One such place. ``scan`` yields its files; ``enter`` puts some into the ledger, inside a transaction; ``away``
    moves one off, with the reason where it was refused. A file is taken once it lay ``still`` for so long."""

    route: Pickup.Route
    still: timedelta
    together: int
    scan: Callable[[], Iterator[Found]]
    enter: Callable[[Sequence[File]], None]
    away: Callable[[Found, str], None]


def look(drop: Drop) -> int:
    """Take in what lies still, within a time; returns how many files were entered. Raises ``OSError`` where the place
    itself cannot be read."""
    found = {file.key: file for file in islice(drop.scan(), MOST_SEEN)}
    mark(drop, found)
    until, after, count = time.monotonic() + min(MOST_SECONDS, settings.CELERY_TASK_TIME_LIMIT / 3), 0, 0
    while time.monotonic() < until:
        rows = _ready(drop).filter(pk__gt=after).order_by("pk")
        pks = list(rows.values_list("pk", flat=True)[: drop.together])
        if not pks:
            break
        after = pks[-1]
        count += work(drop, pks, found)
    return count


def mark(drop: Drop, found: dict[str, Found]) -> None:
    """Write down what lies there, note what changed, forget what is gone."""
    now, known = timezone.now(), {row.key: row for row in _free(drop)}
    fresh = [
        Pickup(route=drop.route, key=key, words=file.words[:300], sign=file.sign, since=now)
        for key, file in found.items()
        if key not in known
    ]
    Pickup.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)
    for key, row in known.items():
        if key in found and found[key].sign != row.sign:
            anew = {"sign": found[key].sign, "since": now, "entered": None, "refused": "", "trouble": ""}
            _free(drop).filter(pk=row.pk, sign=row.sign).update(**anew)
    if len(found) < MOST_SEEN:
        gone = (row.pk for key, row in known.items() if key not in found)
        while some := list(islice(gone, AT_ONCE)):
            _free(drop).filter(pk__in=some).delete()


def _free(drop: Drop) -> QuerySet[Pickup]:
    held = Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now())
    return Pickup.objects.filter(held, route=drop.route)


def _ready(drop: Drop) -> QuerySet[Pickup]:
    return _free(drop).filter(since__lte=timezone.now() - drop.still)


def work(drop: Drop, pks: Sequence[int], found: dict[str, Found]) -> int:
    """Lease these rows, enter their files in one transaction, then move them away one by one."""
    lease, until = uuid.uuid4(), timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    _ready(drop).filter(pk__in=pks).update(lease=lease, lease_until=until)
    held = Pickup.objects.filter(lease=lease)
    try:
        rows = [row for row in held if row.key in found and found[row.key].sign == row.sign]
        entered = enter(drop, lease, [row for row in rows if row.entered is None], found)
        for row in [row for row in rows if row.entered is not None or row.pk in entered]:
            move(drop, row, found[row.key], lease)
    finally:
        held.update(lease=None, lease_until=None)
    return len(entered)


def enter(drop: Drop, lease: uuid.UUID, rows: Sequence[Pickup], found: dict[str, Found]) -> set[int]:
    """The ids of the rows whose files are in the ledger now. Rows that could not be read keep the reason."""
    files: list[tuple[Pickup, File]] = []
    size = 0
    for row in rows:
        file = found[row.key]
        if size > MOST_BYTES:
            break
        try:
            incoming = read(file)
        except Changed:
            continue
        except OSError as error:
            Pickup.objects.filter(pk=row.pk, lease=lease).update(trouble=f"It cannot be read: {error.strerror}.")
            continue
        size += len(incoming.raw or b"")
        row.refused = "" if incoming.raw is not None else too_large(file)
        files.append((row, (file, incoming)))
    if not files:
        return set()
    with transaction.atomic():
        mine = Pickup.objects.filter(pk__in=[row.pk for row, _ in files], lease=lease)
        if mine.update(entered=timezone.now(), trouble="") != len(files):
            return set()
        for row in (row for row, _ in files if row.refused):
            Pickup.objects.filter(pk=row.pk).update(refused=row.refused)
        drop.enter([file for _, file in files])
    return {row.pk for row, _ in files}


def too_large(file: Found) -> str:
    return f"The file is {file.size:,} bytes long; {settings.MAX_FILE_BYTES:,} are the most that the desk takes."


def move(drop: Drop, row: Pickup, file: Found, lease: uuid.UUID) -> None:
    mine = Pickup.objects.filter(pk=row.pk, lease=lease)
    try:
        drop.away(file, row.refused)
    except OSError as error:
        words = f"It is in the ledger, but cannot be moved away: {error.strerror or error}."
        mine.update(trouble=words)
    else:
        mine.delete()


def sign_of(about: os.stat_result) -> str:
    return f"{about.st_dev}-{about.st_ino}-{about.st_size}-{about.st_mtime_ns}"


def printable(path: str) -> str:
    """A name for people and for the database, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def files_in(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder: regular files and folders, no links, nothing hidden. Raises ``OSError``."""
    door = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        with os.scandir(door) as entries:
            for entry in entries:
                plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
                if plain and not entry.name.startswith("."):
                    yield entry
    finally:
        os.close(door)


def seen(entry: os.DirEntry[str], folder: Path, words: str, outlet: str = "") -> Iterable[Found]:
    """The file as it lies there; nothing where it went away meanwhile."""
    try:
        about = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    yield Found(folder / entry.name, words, about.st_size, sign_of(about), outlet)


def read(file: Found) -> Incoming:
    """The bytes of the very file that was seen; none of one that is too large. Raises ``OSError``, ``Changed``."""
    name = printable(file.path.name)
    if file.size > settings.MAX_FILE_BYTES:
        return Incoming(name, None, file.size)
    try:
        door = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise Changed from error
    with os.fdopen(door, "rb") as opened:
        about = os.fstat(door)
        if not stat.S_ISREG(about.st_mode) or sign_of(about) != file.sign:
            raise Changed
        raw = opened.read(file.size + 1)
        if len(raw) != file.size or sign_of(os.fstat(door)) != file.sign:
            raise Changed
    return Incoming(name, raw, len(raw))


def move_file(file: Found, target: Path) -> bool:
    """Rename in one step, beside a file that has the name already. False where another file took the place of the one
    that was read at the last moment: it is put back."""
    if target.exists() or target.is_symlink():
        target = target.with_name(f"{target.stem}-{file.key[:6]}-{time.time_ns()}{target.suffix}")
    file.path.rename(target)
    if sign_of(target.lstat()) == file.sign:
        return True
    back = file.path if not file.path.exists() else file.path.with_name(f"{time.time_ns()}-{file.path.name}")
    target.rename(back)
    return False

"""Files that somebody writes into the watched folder come in once, whole, and are moved away."""

from __future__ import annotations

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from ingest import load
from ingest.models import Batch, Delivery
from ingest.route_models import Pickup
from ingest.routes import folder, pickup
from ingest.routes.tasks import watch_folder
from newsdesk.celery import app

pytestmark = pytest.mark.django_db
COPY = "Ferry burns off Turku\n\nA ferry caught fire off Turku on Monday, the coastguard said. File {0}.\n"


@pytest.fixture
def watched(settings: Settings, tmp_path: Path) -> Path:
    settings.WATCH_FOLDER = tmp_path / "in"
    settings.WATCH_FOLDER.mkdir()
    return Path(settings.WATCH_FOLDER)


def put(path: Path, words: str = COPY) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(words)
    return path


def later(seconds: int = 60) -> None:
    """As if the last look were so long ago."""
    for row in Pickup.objects.all():
        Pickup.objects.filter(pk=row.pk).update(since=row.since - timedelta(seconds=seconds))


def two_looks() -> int:
    first = watch_folder()
    later()
    return first + watch_folder()


def lying(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_a_file_is_taken_once_it_stands_still(watched: Path) -> None:
    path = put(watched / "ferry.txt", "Ferry b")
    assert watch_folder() == 0
    path.write_text(COPY)
    later()
    assert watch_folder() == 0
    assert watch_folder() == 0, "the two looks lie too close together"
    later()
    assert watch_folder() == 1
    row = Delivery.objects.select_related("batch").get()
    assert (bytes(row.raw), row.filename) == (COPY.encode(), "ferry.txt")
    assert (row.batch.route, row.batch.origin, row.batch.by) == ("folder", str(watched), None)
    assert lying(watched) == {"taken/ferry.txt"}
    assert not Pickup.objects.exists()
    assert load.load(row.pk) == "loaded"


def test_a_sub_folder_names_the_outlet(watched: Path) -> None:
    put(watched / "Harbour Post" / "a.txt", COPY.format("a"))
    put(watched / "Harbour Post" / "b.txt", COPY.format("b"))
    put(watched / "c.txt", COPY.format("c"))
    assert two_looks() == 3
    told = {(batch.outlet_name, batch.deliveries.count()) for batch in Batch.objects.all()}
    assert told == {("Harbour Post", 2), ("", 1)}
    assert lying(watched) == {"taken/c.txt", "taken/Harbour Post/a.txt", "taken/Harbour Post/b.txt"}


def test_what_is_unfinished_hidden_or_a_link_stays(watched: Path, tmp_path: Path) -> None:
    secret = put(tmp_path / "elsewhere" / "secret.txt")
    (watched / "link.txt").symlink_to(secret)
    (watched / "linked").symlink_to(secret.parent)
    os.mkfifo(watched / "pipe.txt")
    for name in (
        ".hidden",
        "a.part",
        "b.TMP",
        "c.txt~",
        "d.crdownload",
        "deep/er/e.txt",
        "taken/f.txt",
        "refused/g.txt",
    ):
        (watched / name).parent.mkdir(parents=True, exist_ok=True)
        put(watched / name)
    before = lying(watched)
    assert two_looks() == 0
    assert lying(watched) == before and not Delivery.objects.exists()


def test_a_file_that_is_swapped_for_a_link_is_not_followed(watched: Path, tmp_path: Path) -> None:
    path = put(watched / "ferry.txt")
    found = next(folder.scan(watched))
    path.unlink()
    path.symlink_to(put(tmp_path / "secret.txt"))
    with pytest.raises(OSError, match="symbolic links"):
        pickup.read(found)


def test_too_large_is_refused_unread_with_its_reason(watched: Path, settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    with (watched / "video.txt").open("wb") as file:
        file.truncate(50_000_000_000)  # a file with a hole: to read it would take minutes
    began = time.monotonic()
    assert two_looks() == 1
    assert time.monotonic() - began < 5
    row = Delivery.objects.get()
    assert (row.state, row.size, bytes(row.raw)) == ("rejected", 50_000_000_000, b"")
    assert lying(watched) == {"refused/video.txt", "refused/video.txt.reason.txt"}
    assert "50,000,000,000 bytes" in (watched / "refused/video.txt.reason.txt").read_text()


def test_a_name_that_was_taken_before_overwrites_nothing(watched: Path) -> None:
    for number in range(3):
        put(watched / "ferry.txt", COPY.format(number))
        assert two_looks() == 1
    texts = {(watched / name).read_text() for name in lying(watched)}
    assert texts == {COPY.format(number) for number in range(3)}


def test_killed_between_entering_and_moving(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(watched / "ferry.txt")

    class Killed(BaseException):
        pass

    def die(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(folder, "away", die)
        two_looks()
    assert Delivery.objects.count() == 1 and lying(watched) == {"ferry.txt"}
    assert watch_folder() == 0
    assert Delivery.objects.count() == 1 and lying(watched) == {"taken/ferry.txt"}
    put(watched / "ferry.txt")
    assert two_looks() == 1
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["received", "duplicate"]


def test_killed_before_entering_is_taken_when_the_lease_is_over(watched: Path) -> None:
    put(watched / "ferry.txt")
    watch_folder()
    later()
    Pickup.objects.update(lease_until=timezone.now() + timedelta(seconds=60))
    assert watch_folder() == 0
    Pickup.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert watch_folder() == 1


def test_a_file_that_changes_at_the_last_moment_is_not_lost(watched: Path) -> None:
    path = put(watched / "ferry.txt", "first words")
    found = next(folder.scan(watched))
    path.unlink()
    put(path, "second words, longer")
    with pytest.raises(pickup.Changed):
        pickup.read(found)
    (watched / "taken").mkdir()
    assert not pickup.move_file(found, watched / "taken" / "ferry.txt")
    assert {name: (watched / name).read_text() for name in lying(watched)} == {"ferry.txt": "second words, longer"}


@pytest.mark.skipif(os.geteuid() == 0, reason="The superuser may read and move everything.")
def test_what_cannot_be_read_says_so(watched: Path) -> None:
    put(watched / "ferry.txt").chmod(0)
    assert two_looks() == 0
    assert "Permission denied" in Pickup.objects.get().trouble


def test_what_cannot_be_moved_is_entered_once_and_says_so(watched: Path) -> None:
    put(watched / "ferry.txt")
    (watched / "taken").write_text("a file where the folder should be")
    assert two_looks() == 2
    later()
    watch_folder()
    assert Delivery.objects.filter(filename="ferry.txt").count() == 1
    assert "cannot be moved" in Pickup.objects.get(words="ferry.txt").trouble


def test_odd_names_come_in(watched: Path) -> None:
    odd = os.fsdecode(b"b\xff\xfed\nname.txt")
    put(watched / odd)
    put(watched / "Паром горит.txt", COPY.format("x"))
    assert two_looks() == 2
    assert {row.filename for row in Delivery.objects.all()} >= {"Паром горит.txt"}
    assert lying(watched) == {f"taken/{odd}", "taken/Паром горит.txt"}


def test_a_thousand_files_at_once(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickup, "MOST_SECONDS", 60.0)
    for number in range(1000):
        put(watched / f"{number}.txt", COPY.format(number))
    assert two_looks() == 1000
    assert Delivery.objects.filter(state="received").count() == 1000
    assert len(lying(watched / "taken")) == 1000 and not Pickup.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_each_file_once(watched: Path) -> None:
    for number in range(120):
        put(watched / f"{number}.txt", COPY.format(number))
    watch_folder()
    later()
    counts: list[int] = []

    def work() -> None:
        counts.append(watch_folder())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(counts) == 120 == Delivery.objects.count()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"received"}
    assert len(lying(watched / "taken")) == 120


def test_off_and_away(settings: Settings, tmp_path: Path) -> None:
    settings.WATCH_FOLDER = None
    assert watch_folder() == 0
    settings.WATCH_FOLDER = tmp_path / "nowhere"
    with pytest.raises(FileNotFoundError):
        watch_folder()


def test_whatever_beat_rings_for_is_known_and_expires() -> None:
    app.loader.import_default_modules()
    for about in django_settings.CELERY_BEAT_SCHEDULE.values():
        assert about["task"] in app.tasks
        assert 0 < about["options"]["expires"] <= about["schedule"].total_seconds()
    assert {"ingest.watch_folder", "ingest.read_mail", "ingest.poll_feed"} <= set(app.tasks)

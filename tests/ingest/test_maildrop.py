"""Each message of the mail drop is one delivery, once."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from ingest.models import Delivery
from ingest.route_models import Pickup
from ingest.routes import mail
from ingest.routes.tasks import read_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Settings, tmp_path: Path) -> mailbox.Maildir:
    settings.MAILDIR = tmp_path / "drop"
    return mailbox.Maildir(settings.MAILDIR, create=True)


def message(subject: str = "Ferry burns off Turku", number: int = 0) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "Harbour Post <desk@harbour-post.example>"
    letter["Subject"] = subject
    letter.set_content(f"A ferry caught fire off Turku on Monday, the coastguard said. Report {number}.\n")
    return letter


def test_a_message_is_a_delivery_and_is_marked_as_seen(box: mailbox.Maildir) -> None:
    key = box.add(message())
    assert read_mail() == 1
    row = Delivery.objects.select_related("batch").get()
    assert (row.batch.route, row.batch.by) == ("mail", None)
    assert row.batch.origin == "Harbour Post <desk@harbour-post.example>"
    assert row.filename == "Ferry burns off Turku.eml"
    assert b"coastguard said" in bytes(row.raw)
    read = box.get_message(key)
    assert (read.get_subdir(), read.get_flags()) == ("cur", "S")
    assert read_mail() == 0 and not Pickup.objects.exists()


def test_each_message_is_a_batch_of_its_own(box: mailbox.Maildir) -> None:
    for number in range(50):
        box.add(message(number=number))
    assert read_mail() == 50
    assert Delivery.objects.values("batch").distinct().count() == 50
    assert all(box.get_message(key).get_flags() == "S" for key in box.keys())  # noqa: SIM118 -- a maildir iterates over messages


def test_killed_between_entering_and_moving(box: mailbox.Maildir, monkeypatch: pytest.MonkeyPatch) -> None:
    box.add(message())

    class Killed(BaseException):
        pass

    def die(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(mail, "away", die)
        read_mail()
    assert Delivery.objects.count() == 1
    assert read_mail() == 0
    assert Delivery.objects.count() == 1
    assert [box.get_message(key).get_flags() for key in box.keys()] == ["S"]  # noqa: SIM118 -- same


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\nno headers at all",
        b"From: =?utf-8?b?broken\nSubject: =?x?q?\xff\xfe?=\n\nbody",
        b"From: a@b.example\nSubject: two\n lines\nContent-Type: multipart/mixed; boundary=\n\nbody",
        b"Subject: " + b"x" * 100_000 + b"\n\nbody",
    ],
)
def test_odd_messages_come_in_whole(box: mailbox.Maildir, settings: Settings, raw: bytes) -> None:
    assert settings.MAILDIR is not None
    (settings.MAILDIR / "new" / "1.example").write_bytes(raw)
    assert read_mail() == 1
    row = Delivery.objects.get()
    assert bytes(row.raw) == raw and row.filename
    assert [path.name for path in (settings.MAILDIR / "cur").iterdir()] == ["1.example:2,S"]


def test_what_is_too_large_is_refused_unread(box: mailbox.Maildir, settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 100
    box.add(message())
    assert read_mail() == 1
    row = Delivery.objects.get()
    assert (row.state, bytes(row.raw)) == ("rejected", b"") and "bytes long" in row.reason
    assert not list((settings.MAILDIR / "new").iterdir())


def test_what_is_still_delivered_and_what_was_read_stays(box: mailbox.Maildir, settings: Settings) -> None:
    for folder, name in (("tmp", "1.example"), ("cur", "2.example:2,"), ("new", ".hidden")):
        (settings.MAILDIR / folder / name).write_bytes(bytes(message()))
    (settings.MAILDIR / "new" / "link").symlink_to(settings.MAILDIR / "tmp" / "1.example")
    assert read_mail() == 0 and not Delivery.objects.exists()
    settings.MAILDIR = None
    assert read_mail() == 0

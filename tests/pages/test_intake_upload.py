"""The upload page: what it takes, what it refuses, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from claims.models import Outlet
from ingest.forms import taken_in
from ingest.models import Batch, Delivery
from ingest.receive import Incoming

AsUser = Callable[[User], Client]
COPY = "Ferry runs aground off Cape Sallow\n\nAll 61 passengers were taken off by noon, the coast guard said.\n"


def file(name: str = "ferry.txt", text: str | bytes = COPY) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, content_type="text/plain")


@pytest.fixture
def site(editor: User, as_user: AsUser) -> Client:
    return as_user(editor)


def test_several_files_and_a_paste_become_one_batch(site: Client) -> None:
    copies = [file("a.txt", "One\n\nA."), file("b.html", "<p>Two</p>")]
    answer = site.post(
        reverse("upload"),
        {"files": copies, "text": "Three\r\n\r\nC.", "outlet": "Sallow Post", "published": "2024-03-04T21:40"},
    )
    batch = Batch.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, batch.get_absolute_url())
    assert batch.outlet_name == "Sallow Post"
    assert f"{batch.published:%Y-%m-%d %H:%M %Z}" == "2024-03-04 21:40 UTC"
    rows = [(row.filename, bytes(row.raw)) for row in batch.deliveries.order_by("pk")]
    assert rows == [("a.txt", b"One\n\nA."), ("b.html", b"<p>Two</p>"), ("", b"Three\n\nC.")]


def test_the_time_is_read_in_the_zone_of_the_desk(site: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Kyiv"
    site.post(reverse("upload"), {"text": COPY, "published": "2024-01-04T02:00"})
    assert f"{Batch.objects.get().published:%Y-%m-%d %H:%M %Z}" == "2024-01-04 00:00 UTC"
    assert "In Europe/Kyiv." in site.get(reverse("upload")).text


REFUSED = [
    ({}, "Choose at least one file, or paste text."),
    ({"text": " \n "}, "Choose at least one file, or paste text."),
    ({"text": COPY, "published": "last Tuesday"}, "Enter a valid date/time."),
    ({"text": COPY, "published": "0004-01-01T00:00"}, "between 1900 and a year from now"),
    ({"text": COPY, "published": "9999-12-31T23:59"}, "between 1900 and a year from now"),
    ({"text": COPY, "outlet": "x" * 201}, "at most 200 characters"),
    ({"text": COPY + "\0"}, "Null characters are not allowed."),
]


@pytest.mark.parametrize(("sent", "words"), REFUSED)
def test_a_wrong_form_comes_back_with_its_reason(site: Client, sent: dict[str, str], words: str) -> None:
    answer = site.post(reverse("upload"), sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Batch.objects.exists()


def test_what_was_typed_is_kept(site: Client) -> None:
    sent = {"text": COPY, "outlet": "Sallow & Sons", "published": "never", "files": [file("lost.txt")]}
    answer = site.post(reverse("upload"), sent)
    assert "All 61 passengers were taken off by noon" in answer.text
    assert 'value="Sallow &amp; Sons"' in answer.text
    assert 'value="never"' in answer.text
    assert "Choose the 1 file again" in answer.text


class Unreadable(SimpleUploadedFile):
    def read(self, num_bytes: int | None = None) -> bytes:
        raise AssertionError("this file is too large to be read")


def test_a_file_over_the_limit_is_not_read(settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 100
    assert taken_in(Unreadable("large.txt", b"x" * 101)) == Incoming("large.txt", None, 101)


def test_a_file_over_the_limit_is_named(site: Client, settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 100
    answer = site.post(reverse("upload"), {"files": [file("large.txt", "x" * 101), file("small.txt", "Small\n\nA.")]})
    large, small = Delivery.objects.order_by("pk")
    assert (large.state, large.size, bytes(large.raw), small.state) == ("rejected", 101, b"", "received")
    assert "The file is 101 bytes long; 100 are the most" in site.get(answer["Location"]).text


def test_three_hundred_files_at_once(site: Client) -> None:
    answer = site.post(reverse("upload"), {"files": [file(f"{n}.txt", f"Bulletin {n}\n\nQuiet.") for n in range(300)]})
    assert answer.status_code == 303
    shown = site.get(answer["Location"]).text
    assert "<b>0</b> of <b>300</b>" in shown
    assert len(re.findall(r'<li id="file-', shown)) == 100
    assert "1–100 of 300 files" in shown


@pytest.mark.parametrize(("over", "status"), [(1, 422), (150, 400)])
def test_too_many_files_take_none(site: Client, settings: Settings, over: int, status: int) -> None:
    settings.MAX_FILES = 3
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 103
    answer = site.post(reverse("upload"), {"files": [file(f"{n}.txt") for n in range(3 + over)]})
    assert answer.status_code == status
    assert re.search(r"[Nn]one was taken", answer.text)
    assert not Batch.objects.exists()


def test_a_paste_over_the_limit_gets_a_page(site: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = site.post(reverse("upload"), {"text": "x" * 2000})
    assert answer.status_code == 400
    assert "The pasted text is too long" in answer.text


@pytest.mark.parametrize("path", ["/upload/", "/api/v1/uploads/"])
def test_a_request_over_the_limit_is_answered(site: Client, settings: Settings, path: str) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = site.post(path, {"files": [file("large.txt", "x" * 1500)]})
    assert answer.status_code == 413
    assert "1,000 are the most" in answer.text
    assert not Batch.objects.exists()


NAMES = [
    ("наступ \u202egpj.txt", "наступ gpj.txt"),
    ("a\nb\tc.txt", "abc.txt"),
    ("<b>bold</b>.txt", "b>.txt"),
    ("n" * 400 + ".txt", "n" * 251 + ".txt"),
]


@pytest.mark.parametrize(("sent", "kept"), NAMES)
def test_odd_names_are_kept_safe(site: Client, sent: str, kept: str) -> None:
    answer = site.post(reverse("upload"), {"files": [file(sent)]})
    assert Delivery.objects.get().filename == kept
    shown = site.get(answer["Location"])
    assert shown.status_code == 200
    assert "<b>bold" not in shown.text


def test_known_outlets_are_offered(site: Client) -> None:
    Outlet.objects.create(name='The "Quay" Herald')
    assert '<option value="The &quot;Quay&quot; Herald">' in site.get(reverse("upload")).text

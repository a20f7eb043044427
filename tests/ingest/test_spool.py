"""A request of many files takes the memory of one, and each file comes out as it went in."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from io import RawIOBase
from typing import Any

import pytest
from django.conf import settings as desk
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django.fixtures import Settings

from ingest.forms import UploadForm, taken_in
from ingest.models import Delivery
from ingest.receive import receive

pytestmark = pytest.mark.django_db


def request_with(*files: tuple[str, bytes]) -> Any:
    sent = {"files": [SimpleUploadedFile(name, raw) for name, raw in files], "text": "A\n\nB."}
    return RequestFactory().generic(
        "POST", "/upload/", encode_multipart(BOUNDARY, sent), content_type=MULTIPART_CONTENT
    )


def test_each_file_comes_out_as_it_went_in(settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 300_000
    told = [("a.txt", b"one"), ("empty.txt", b""), ("b.bin", bytes(range(256)) * 900), ("large.txt", b"x" * 400_000)]
    request = request_with(*told)
    files = request.FILES.getlist("files")
    assert [(file.name, file.size) for file in files] == [(name, len(raw)) for name, raw in told]
    assert [taken_in(file).raw for file in files] == [b"one", b"", told[2][1], None]
    assert len({id(file.file) for file in files}) == 1
    first = files[2]
    assert (first.seek(2), first.read(3), first.tell()) == (2, b"\x02\x03\x04", 5)
    assert b"".join(first.chunks()) == told[2][1]
    request.close()
    assert all(file.closed for file in files)


class Sent(RawIOBase):
    """A request that is made while it is read, so that only the desk holds any of it."""

    def __init__(self, count: int, size: int) -> None:
        self.parts, self.left = self.body(count, size), b""
        self.size = sum(map(len, self.body(count, size)))

    def body(self, count: int, size: int) -> Iterator[bytes]:
        for number in range(count):
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{number}.txt"\r\n'
            yield head.encode() + b"Content-Type: text/plain\r\n\r\n" + b"%08d" % number * (size // 8) + b"\r\n"
        yield f"--{BOUNDARY}--\r\n".encode()

    def read(self, count: int = -1) -> bytes:
        while len(self.left) < count and (part := next(self.parts, b"")):
            self.left += part
        found, self.left = self.left[:count], self.left[count:]
        return found


def test_many_files_take_the_memory_of_one(editor: User) -> None:
    count, size = 80, 200_000
    sent = Sent(count, size)
    request = RequestFactory().generic("POST", "/upload/", b"x", content_type=MULTIPART_CONTENT)
    request.META |= {"CONTENT_LENGTH": str(sent.size), "wsgi.input": sent}
    request._stream = sent
    tracemalloc.start()
    form = UploadForm(request.POST, request.FILES, user=editor)
    assert form.is_valid(), form.errors
    batch = receive(form.incoming(), by=editor)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    request.close()
    assert (batch.deliveries.count(), sent.size > count * size) == (count, True)
    assert bytes(Delivery.objects.get(filename="79.txt").raw) == b"00000079" * (size // 8)
    assert peak < 20 * size + 4_000_000, f"{peak:,} bytes at once for {sent.size:,}"


def test_a_desk_takes_a_thousand_files() -> None:
    assert desk.MAX_FILES == 1000

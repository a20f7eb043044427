"""All the files of one request in one temporary file: a thousand of them take neither memory nor a handle each."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile
IN_MEMORY = 1_000_000


class SpooledFile(Upload):
    """One file as a stretch of the spool: ``kept`` bytes from ``start`` on. One over the limit is counted, not kept."""

    def __init__(self, spool: IO[bytes], start: int, kept: int, **about: Any) -> None:
        super().__init__(file=spool, **about)
        self.spool, self.start, self.kept, self.at = spool, start, kept, 0

    def read(self, num_bytes: int | None = -1) -> bytes:
        left = self.kept - self.at
        count = left if num_bytes is None or num_bytes < 0 else min(num_bytes, left)
        self.spool.seek(self.start + self.at)
        found = self.spool.read(count)
        self.at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = max(0, min(self.kept, offset + {0: 0, 1: self.at, 2: self.kept}[whence]))
        return self.at

    def tell(self) -> int:
        return self.at

    def seekable(self) -> bool:
        return True


class OneSpool(FileUploadHandler):
    """Takes every file of a request, one behind the other. ``file`` is closed by Django where a request breaks off."""

    file: IO[bytes] | None = None
    start = end = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.file is None:
            self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it is closed with the request
        self.start = self.end

    @property
    def spool(self) -> IO[bytes]:
        if self.file is None:
            raise RuntimeError("A chunk came before its file was announced.")
        return self.file

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.MAX_FILE_BYTES + 1 - (self.end - self.start)
        if room > 0:
            self.spool.seek(self.end)
            self.end += self.spool.write(raw_data[:room])

    def file_complete(self, file_size: int) -> SpooledFile:
        return SpooledFile(
            self.spool,
            self.start,
            self.end - self.start,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if self.file is not None:
            self.file.close()

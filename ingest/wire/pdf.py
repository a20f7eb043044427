"""A PDF as a wire item: its text layer, read in a process of its own, as paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

from ingest.cleaning import Hints
from ingest.cleaning.characters import squeeze, tidy
from ingest.wire.build import build, count_words
from ingest.wire.charset import Decoded
from ingest.wire.confined import ask
from ingest.wire.layout import Copy, read_pages
from ingest.wire.sniff import Clue
from ingest.wire.types import Limits, WireError, WireFile

_JOINED = re.compile("[\ufb00-\ufb06]")
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which broken tables of letters give
_MIN_LETTERS = 20
_MAX_UNREADABLE = 0.1


def is_pdf(clue: Clue) -> bool:
    """Whether the bytes are a PDF; stray bytes before its mark are allowed, as every reader of PDFs allows them."""
    return clue.raw.startswith(b"%PDF-") or (b"%PDF-" in clue.raw[:1024] and b"endobj" in clue.raw)


def read_pdf(raw: bytes, limits: Limits) -> WireFile:
    """The one item that a PDF holds. Raises WireError: locked, only pictures, no end of work in sight."""
    said = ask("ingest.wire.pdf_text", raw, "The PDF")
    pages = [[(_plain(text), x, y, size) for text, x, y, size in page] for page in said["pages"]]
    text = "".join(part for page in pages for part, *_ in page)
    _refuse(text, said)
    count_words(text, limits)  # before the lines are put together, which costs more
    copy = read_pages(pages)
    item = build("pdf", Decoded("", "", _warnings(said, text)), copy.lines, limits, _hints(said["title"], copy))
    running = tuple(("running head", words) for words in dict.fromkeys(copy.running))
    return WireFile((replace(item, furniture=(*item.furniture, *running)),))


def _plain(text: str) -> str:
    """Text without the joined letters of typesetters (ﬁ, ﬂ), which no search and no reader of claims knows."""
    plain = _JOINED.sub(lambda letters: normalize("NFKC", letters[0]), _HALF.sub("\ufffd", text))
    return tidy(plain)


def _refuse(text: str, said: dict[str, list[int]]) -> None:
    letters = sum(map(str.isalpha, text))
    if letters < _MIN_LETTERS:
        if said["unread"]:
            raise WireError("The PDF is damaged: no page of it can be read.")
        if said["pictures"]:
            raise WireError(
                "The PDF holds scanned pictures of pages and no text layer; this desk does not read pictures: send the "
                "copy as text."
            )
        raise WireError("The PDF holds no text.")
    if _unreadable(text) > _MAX_UNREADABLE * letters:
        raise WireError("The PDF does not say which letters its type prints; send the copy as text.")


def _unreadable(text: str) -> int:
    return sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)


def _warnings(said: dict[str, list[int]], text: str) -> tuple[str, ...]:
    found = []
    if said["unread"]:
        found.append(f"{_pages(said['unread'])} cannot be read; copy may be missing.")
    if said["pictures"]:
        found.append(f"{_pages(said['pictures'])}: only pictures, which were not read; copy may be missing.")
    if lost := _unreadable(text):
        found.append(f"{lost} character{'s' * (lost > 1)} of the PDF cannot be told and may read wrongly.")
    return tuple(found)


def _pages(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")
    return f"Page{'s' * (len(numbers) > 1)} {listed}"


def _hints(title: str, copy: Copy) -> Hints:
    """The title that the file states, where it is printed at the top too; else it is a file's name or a leftover."""
    title = squeeze(tidy(title))
    return Hints(headline=title if title in copy.lines[:3] else "")

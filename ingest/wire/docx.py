"""A Word document (.docx, and .docm without its macros) as a wire item, read in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ingest.cleaning import Hints
from ingest.cleaning.characters import squeeze, tidy
from ingest.wire.build import build
from ingest.wire.charset import Decoded
from ingest.wire.confined import ask
from ingest.wire.sniff import Clue
from ingest.wire.types import Limits, WireFile

_HEADINGS = ("title", "heading 1")
_SAVED = "No time of publication is printed in the copy; the time of this version is when the file was last saved."
_TRACKED = "The document holds tracked changes: what was inserted is read, what was deleted is not."
# When the empty document was made that programs without Word begin from.
_TEMPLATE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)


def is_docx(clue: Clue) -> bool:
    """Whether the bytes are a ZIP archive with a Word document in it."""
    return clue.raw.startswith(b"PK\x03\x04") and b"word/document" in clue.raw


def read_docx(raw: bytes, limits: Limits) -> WireFile:
    """The one item that a Word document holds. Raises WireError: locked, damaged, or made to unpack without end."""
    said = ask("ingest.wire.docx_text", raw, "The Word document")
    lines = [(style, words) for style, line in said["lines"] if (words := squeeze(tidy(line)))]
    warnings = (_TRACKED,) if said["tracked"] else ()
    item = build("docx", Decoded("", "", warnings), [words for _, words in lines], limits, _hints(lines, said["title"]))
    saved = _moment(said["modified"])
    if item.version_created or item.published or saved is None:
        return WireFile((item,))
    return WireFile((replace(item, version_created=saved, warnings=(*item.warnings, _SAVED)),))


def _hints(lines: list[tuple[str, str]], title: str) -> Hints:
    """The one paragraph set as title or first heading; else the title that the file states, where it is printed too."""
    for heading in _HEADINGS:
        found = [words for style, words in lines if style == heading]
        if len(found) == 1 or (found and found[0] == lines[0][1]):
            return Hints(headline=found[0])
    title = squeeze(tidy(title))
    return Hints(headline=title if title in [words for _, words in lines[:3]] else "")


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words).replace(tzinfo=UTC)
    except ValueError:
        return None
    return None if moment == _TEMPLATE else moment

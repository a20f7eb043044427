"""The one door for wire files: bytes in, items out. What a file is, its content says; its name is never believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.wire.anpa import is_anpa, read_anpa
from ingest.wire.charset import decode
from ingest.wire.docx import is_docx, read_docx
from ingest.wire.feeds import is_feed, read_feed
from ingest.wire.html import read_html
from ingest.wire.iptc7901 import is_iptc7901, read_iptc7901
from ingest.wire.mail import is_mail, read_mail
from ingest.wire.newsml1 import is_newsml1, read_newsml1
from ingest.wire.newsml_g2 import is_newsml_g2, read_newsml_g2
from ingest.wire.ninjs import is_ninjs, read_ninjs
from ingest.wire.nitf import is_nitf, read_nitf
from ingest.wire.pdf import is_pdf, read_pdf
from ingest.wire.plain import read_plain
from ingest.wire.sniff import Clue, binary_kind, clue_of, is_html, markup_kind
from ingest.wire.types import DEFAULT, Limits, WireError, WireFile, WireItem
from ingest.wire.xml import is_schema, refuse_schema


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``matches`` looks at the first bytes, ``read`` raises WireError."""

    name: str
    matches: Callable[[Clue], bool]
    read: Callable[[bytes, Limits], WireFile]


def _read_mail(raw: bytes, limits: Limits) -> WireFile:
    return read_mail(raw, limits, lambda attached, bounds: read_all(attached, limits=bounds))


# Asked in this order; the first that matches reads the file. What none matches is tried as HTML, then as plain text.
FORMATS: tuple[Format, ...] = (
    Format("pdf", is_pdf, read_pdf),
    Format("docx", is_docx, read_docx),
    Format("anpa", is_anpa, read_anpa),
    Format("iptc7901", is_iptc7901, read_iptc7901),
    Format("mail", is_mail, _read_mail),
    Format("feed", is_feed, read_feed),
    Format("ninjs", is_ninjs, read_ninjs),
    Format("newsml-g2", is_newsml_g2, read_newsml_g2),
    Format("newsml-1", is_newsml1, read_newsml1),
    Format("nitf", is_nitf, read_nitf),
    Format("xml-schema", is_schema, refuse_schema),
)


def read_all(raw: bytes, *, filename: str = "", limits: Limits = DEFAULT) -> WireFile:
    """All the copy that a file holds. ``filename`` serves messages alone.

    Raises WireError, whose message is one sentence for a person, for whatever is not copy that can be read.
    """
    if not raw:
        raise WireError("The file is empty (0 bytes).")
    if len(raw) > limits.max_bytes:
        raise WireError(f"The file is too large: this desk reads up to {_size(limits.max_bytes)} in one file.")
    clue = clue_of(raw)
    for format_ in FORMATS:
        if format_.matches(clue):
            return format_.read(raw, limits)
    return WireFile((_read_text(raw, limits),))


def read(raw: bytes, *, filename: str = "", limits: Limits = DEFAULT) -> WireItem:
    """The copy of a file that holds one item. Raises WireError, for a file of several too."""
    items = read_all(raw, filename=filename, limits=limits).items
    if len(items) > 1:
        raise WireError(f"The file holds {len(items)} items; read them one by one.")
    return items[0]


def read_path(path: Path, limits: Limits = DEFAULT) -> WireFile:
    """The copy in a file on disk, of which never more than the limit is loaded. Raises WireError."""
    if not path.is_file():
        raise WireError("There is no such file." if not path.exists() else "This is not a file.")
    try:
        with path.open("rb") as file:
            raw = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise WireError(f"The file cannot be opened: {error.strerror or error}.") from error
    return read_all(raw, filename=path.name, limits=limits)


def _read_text(raw: bytes, limits: Limits) -> WireItem:
    kind = binary_kind(raw)
    if kind:
        raise WireError(f"This is {kind}, which this desk cannot read; send the copy as text, or in a news format.")
    decoded = decode(raw)
    if not decoded.text.strip():
        raise WireError(f"The file holds only white space ({len(raw)} bytes).")
    if is_html(decoded.text):
        return read_html(decoded, limits)
    kind = markup_kind(decoded.text)
    if kind:
        raise WireError(f"This is {kind}, but none of the news formats that this desk knows.")
    return read_plain(decoded, limits)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.3g} MB" if count >= 1_000_000 else f"{count:,} bytes"

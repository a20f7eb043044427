"""The one door for wire files: bytes in, WireItem out. What a file is, its content says; its name is never believed."""

from __future__ import annotations

from pathlib import Path

from ingest.wire.charset import decode
from ingest.wire.html import read_html
from ingest.wire.plain import read_plain
from ingest.wire.sniff import binary_kind, is_html, markup_kind
from ingest.wire.types import DEFAULT, Limits, WireError, WireItem


def read(raw: bytes, *, filename: str = "", limits: Limits = DEFAULT) -> WireItem:
    """The copy that a file holds. ``filename`` serves messages alone.

    Raises WireError, whose message is one sentence for a person, for whatever is not copy that can be read.
    """
    _refuse(raw, limits)
    decoded = decode(raw)
    if not decoded.text.strip():
        raise WireError(f"The file holds only white space ({len(raw)} bytes).")
    if is_html(decoded.text):
        return read_html(decoded, limits)
    kind = markup_kind(decoded.text)
    if kind:
        raise WireError(f"This is {kind}, which this desk cannot read yet; send the copy as plain text or HTML.")
    return read_plain(decoded, limits)


def read_path(path: Path, limits: Limits = DEFAULT) -> WireItem:
    """The copy in a file on disk, of which never more than the limit is loaded. Raises WireError."""
    if not path.is_file():
        raise WireError("There is no such file." if not path.exists() else "This is not a file.")
    try:
        with path.open("rb") as file:
            raw = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise WireError(f"The file cannot be opened: {error.strerror or error}.") from error
    return read(raw, filename=path.name, limits=limits)


def _refuse(raw: bytes, limits: Limits) -> None:
    if not raw:
        raise WireError("The file is empty (0 bytes).")
    if len(raw) > limits.max_bytes:
        raise WireError(f"The file is too large: this desk reads up to {_size(limits.max_bytes)} in one file.")
    kind = binary_kind(raw)
    if kind:
        raise WireError(f"This is {kind}, which this desk cannot read yet; send the copy as plain text or HTML.")


def _size(count: int) -> str:
    return f"{count / 1_000_000:.3g} MB" if count >= 1_000_000 else f"{count:,} bytes"

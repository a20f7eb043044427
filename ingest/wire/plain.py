"""Plain text as a wire item."""

from __future__ import annotations

from ingest.cleaning.characters import paragraphs
from ingest.wire.build import build, count_words
from ingest.wire.charset import Decoded
from ingest.wire.types import Limits, WireItem


def read_plain(decoded: Decoded, limits: Limits) -> WireItem:
    """The item that plain text holds. Raises WireError."""
    count_words(decoded.text, limits)  # before the paragraphs are put together, which costs more
    return build("text", decoded, paragraphs(decoded.text), limits)

"""The leaves of a MIME message: their bytes, what they say they are, and the text that those bytes are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage, Message

from ingest.wire import sender
from ingest.wire.charset import Decoded, decode

_FAULTS = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, MessageError)
_MAX_PARTS = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a message. ``alternative``: another part says the same; ``attached``: it is a file of its own."""

    type: str
    name: str
    data: bytes
    charset: str
    attached: bool
    alternative: bool
    flowed: bool = False

    @property
    def kind(self) -> str:
        return self.type.partition("/")[0]

    @property
    def label(self) -> str:
        """Its name, type and length, for a sentence."""
        name = f'"{self.name}" ' if self.name else ""
        return f"{name}({self.type}, {len(self.data):,} bytes)"


def parts_of(message: EmailMessage) -> list[Part]:
    """The leaves in their order; an attached message is one leaf, with its bytes as they came."""
    return [part for _, part in zip(range(_MAX_PARTS), _walk(message), strict=False)]


def _walk(message: Message) -> Iterator[Part]:
    waiting: list[tuple[Message, bool]] = [(message, False)]
    while waiting:
        node, alternative = waiting.pop()
        held = node.get_payload() if node.is_multipart() else None
        type_ = _type(node)
        if type_ == "message/rfc822" and isinstance(held, list) and held:
            yield Part(type_, _name(node), _bytes_of(held[0]), "", attached=True, alternative=False)
        elif isinstance(held, list):
            inside = alternative or type_ == "multipart/alternative"
            waiting += [(child, inside) for child in reversed(held) if isinstance(child, Message)]
        else:
            yield _leaf(node, type_, alternative=alternative)


def _leaf(node: Message, type_: str, *, alternative: bool) -> Part:
    name = _name(node)
    disposition = _parameter(node, "content-disposition").partition(";")[0].strip().casefold()
    flowed = "flowed" in _parameter(node, "content-type").casefold()
    attached = disposition == "attachment" or bool(name)
    return Part(type_, name, _payload(node), _charset(node), attached, alternative and not attached, flowed)


def _payload(node: Message) -> bytes:
    try:
        data = node.get_payload(decode=True)
    except _FAULTS:
        return b""
    return data if isinstance(data, bytes) else b""


def _bytes_of(message: object) -> bytes:
    if not isinstance(message, Message):
        return b""
    try:
        return message.as_bytes()
    except _FAULTS:
        return b""


def _type(node: Message) -> str:
    try:
        return node.get_content_type()
    except _FAULTS:
        return "text/plain"


def _parameter(node: Message, name: str) -> str:
    found = next((str(value) for key, value in node.raw_items() if key.lower() == name), "")
    return found[:2000]


def _name(node: Message) -> str:
    try:
        name = node.get_filename()
    except _FAULTS:
        name = None
    return sender.clean_words(str(name or ""))[:120]


def _charset(node: Message) -> str:
    try:
        charset = node.get_content_charset()
    except _FAULTS:
        charset = None
    return (charset or "").casefold()


def charset_text(part: Part) -> Decoded:
    """The text of a part: in the encoding that it states where that reads it, else in one that does, with a warning."""
    if not part.data.strip():
        return Decoded("", part.charset)
    decoded = _stated(part) or _guessed(part)
    return Decoded(_unflowed(decoded.text), decoded.encoding, decoded.warnings) if part.flowed else decoded


def _stated(part: Part) -> Decoded | None:
    """The text in the stated encoding; the old names for Latin letters mean Windows' larger set, as in browsers."""
    name = "cp1252" if part.charset in ("iso-8859-1", "latin-1", "latin1") else part.charset
    try:
        codec = codecs.lookup(name)
        text = part.data.decode(codec.name)
    except (LookupError, ValueError, TypeError):
        return None
    if "\x00" in text:
        return None
    return Decoded(text.removeprefix("\ufeff"), codec.name)


def _guessed(part: Part) -> Decoded:
    decoded = decode(part.data)
    if part.charset in ("", "us-ascii", "utf-8", "unknown-8bit", "8bit") and decoded.encoding == "utf-8":
        return decoded
    named = part.charset[:40] or "plain ASCII"
    say = f"The mail says that its text is in {named}, which it is not: it was read as {decoded.encoding}."
    return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, say))


def _unflowed(text: str) -> str:
    """The text with its soft line breaks taken out (a space at the end of the line), as its sender asks."""
    return re.sub(r"(?<!\n--) \r?\n(?!>)", " ", text)

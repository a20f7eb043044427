"""The head of a mail: who sent it, what it is about, what it answers; and the mail that was forwarded inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from ingest.cleaning.characters import paragraphs
from ingest.cleaning.names import find_house
from ingest.wire import sender

FAULTS = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
    MessageError,
    OverflowError,
)
_MAX_HEADER = 20_000
_PREFIX = re.compile(
    r"(?:(?:re|fwd?|fw|wg|aw|tr|rv|sv|vs|antw)(?:\[\d+\])?\s*:\s*|\[[^\[\]]{1,40}\]\s*)+", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"(?im)^[ \t>]*(?:-{2,}\s*(?:forwarded (?:message|by)|original (?:message|appointment)|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|message transféré)\b[^\n]{0,60}"
    r"|begin forwarded message:?|anfang der weitergeleiteten nachricht:?)\s*$"
)
_INNER = re.compile(
    r"\**(?P<name>from|von|de|date|sent|datum|gesendet|subject|betreff|objet|to|an|à|cc|reply-to|organi[sz]ation)\**\s*:\**\s*(?P<value>.*)",
    re.IGNORECASE,
)
_INNER_NAMES = {
    "von": "from",
    "de": "from",
    "sent": "date",
    "datum": "date",
    "gesendet": "date",
    "betreff": "subject",
    "objet": "subject",
}
_QUOTED = re.compile(r"(?m)^>[^\n]*\n?")
_ID = re.compile(r"<([^<>\s]{1,250})>")


@dataclass(frozen=True, slots=True)
class Letter:
    """The head of a message: ids without their angle brackets, ``chain`` those that it answers, the oldest first."""

    subject: str
    author: str
    address: str
    date: str
    message_id: str
    chain: tuple[str, ...] = ()
    supersedes: str = ""
    language: str = ""


def _header(message: EmailMessage, name: str) -> str:
    """A header, decoded; "" where it is missing, or of a length that the parser of headers cannot take."""
    for key, value in message.raw_items():
        if key.lower() == name and len(str(value)) <= _MAX_HEADER:
            if not str(value).isascii():
                return sender.clean_words(_eight_bit(str(value)))
            try:
                return sender.clean_words(str(message.policy.header_fetch_parse(key, value)))
            except FAULTS:
                return sender.clean_words(str(value))
    return ""


def _who(words: str) -> tuple[str, str]:
    """(name, address) of a sender; two empty strings for what is none."""
    try:
        return parseaddr(words[:400])
    except FAULTS:
        return "", ""


def _eight_bit(value: str) -> str:
    """A header that was sent in bytes that no header may hold: UTF-8, else the Latin letters of Windows."""
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def head_of(message: EmailMessage) -> Letter:
    author, address = _who(_header(message, "from"))
    answered = _ID.findall(f"{_header(message, 'references')} {_header(message, 'in-reply-to')}"[:_MAX_HEADER])
    return Letter(
        subject=_header(message, "subject"),
        author=author.strip("'\" "),
        address=address,
        date=_header(message, "date"),
        message_id=_first_id(_header(message, "message-id")),
        chain=tuple(dict.fromkeys(answered)),
        supersedes=_first_id(_header(message, "supersedes") or _header(message, "replaces")),
        language=_header(message, "content-language"),
    )


def _first_id(words: str) -> str:
    found = _ID.search(words)
    return found[1] if found else words.strip("<> ")[:250]


def topic_of(subject: str) -> str:
    """The subject without what mail programs and lists put before it."""
    return _PREFIX.sub("", subject, count=1).strip() if _PREFIX.match(subject) else subject


def house_of(letter: Letter) -> str:
    """The outlet of a sender: a house that the name or a part of it is, else the name as it stands."""
    for part in (letter.author, *re.split(r"\s*[-–|,/()<>:]\s*|\s+via\s+", letter.author)):
        known = find_house(part) or find_house(
            re.sub(r"\s+(?:alerts?|news(?:letter)?|desk|wire|service)$", "", part, flags=re.I)
        )
        if known:
            return known.name
    return letter.author[:120]


def unwrap(text: str) -> tuple[list[str], dict[str, str], str]:
    """(the cover note, the headers inside, the copy) of a forwarded mail; no headers where none was forwarded."""
    text = re.sub(r"\r\n|\r", "\n", text)
    mark = _FORWARDED.search(text)
    if not mark:
        return (
            [],
            {},
            _QUOTED.sub("", text) if not text.lstrip().startswith(">") else re.sub(r"(?m)^[ \t]*(?:> ?)+", "", text),
        )
    rest = re.sub(r"(?m)^[ \t]*(?:> ?)+", "", text[mark.end() :])
    inner: dict[str, str] = {}
    lines = rest.lstrip("\n").split("\n")
    taken = 0
    for line in lines[:30]:
        header = _INNER.fullmatch(line.strip())
        if header is None and line.strip():
            break
        if header is None and inner:
            break
        taken += 1
        if header:
            name = header["name"].casefold()
            inner.setdefault(_INNER_NAMES.get(name, name), header["value"].strip("* "))
    return paragraphs(text[: mark.start()]), inner or {"": ""}, "\n".join(lines[taken:])


def inner_letter(letter: Letter, inner: dict[str, str]) -> Letter:
    """The letter that was forwarded, as far as its headers stand in the text; ids belong to the one that came."""
    author, address = _who(inner.get("from", ""))
    return replace(
        letter,
        subject=sender.clean_words(inner.get("subject", "")) or letter.subject,
        author=sender.clean_words(author or re.sub(r"\s*[\[<(].*", "", inner.get("from", ""))) or letter.author,
        address=address or letter.address,
        date=inner["date"] if sender.stamp_of(inner.get("date", "")) else letter.date,
    )

"""Mail (RFC 822 and MIME) and mailboxes of it: each message an item, and each attachment that is copy one of its own.

The wire id is the Message-Id. A mail that replaces an earlier one (Supersedes), or whose subject says that it updates,
corrects or kills and that answers one, takes the id that began the thread, and its own id is the version; any other
answer names what it answers as its origin. Of text and HTML the text is read, unless it only points to the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from ingest.cleaning import Hints
from ingest.cleaning.characters import paragraphs
from ingest.cleaning.names import agencies_in, find_house
from ingest.wire import sender
from ingest.wire.charset import Decoded
from ingest.wire.html import html_lines
from ingest.wire.mail_letter import FAULTS, Letter, head_of, house_of, inner_letter, topic_of, unwrap
from ingest.wire.mail_parts import Part, charset_text, parts_of
from ingest.wire.sniff import Clue
from ingest.wire.types import Limits, WireError, WireFile, WireItem

ReadPart = Callable[[bytes, Limits], WireFile]

_NAMES = (
    rb"from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type|reply-to|sender"
    rb"|x-[\w-]{1,60}|dkim-signature|authentication-results|arc-[\w-]{1,40}|list-[\w-]{1,40}|envelope-to|in-reply-to"
    rb"|references|content-transfer-encoding|received-spf|thread-[\w-]{1,30}|importance|priority|organization|user-agent"
)
_HEADERS = re.compile(rb"(?:(?:%b)[ \t]*:[^\n]{0,20000}\n(?:[ \t]+[^\n]{0,20000}\n){0,400}){2}" % _NAMES, re.IGNORECASE)
_SURE = re.compile(rb"^(?:from|received|return-path|message-id|mime-version|delivered-to)[ \t]*:", re.I | re.M)
_MBOX = re.compile(rb"From [^\s]{1,200}[^\n]{0,200}\d{4}[^\n]{0,20}\n")
_MBOX_SPLIT = re.compile(
    rb"(?:\A|(?<=\n)\r?\n|(?<=\A))(?=From [^\s]{1,200}[^\n]{0,200}\d\d:\d\d[^\n]{0,40}\n[A-Za-z-]{2,60}:)"
)
_MAX_TYPES = 100
_MAX_MARKS = 5_000
_MAX_NESTED = 30
_MAX_COMPARED = 2_000_000
_MAX_DEPTH = 3
_MAX_NAMED = 50
_MAX_SIGNATURE = 2_000
_SIGNATURE = re.compile(r"(?m)^(?:-- |--)[ \t]*$")


def is_mail(clue: Clue) -> bool:
    """Whether the file opens with the headers of a mail, or as a mailbox does."""
    start = clue.raw[:30_000].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").replace(b"\r\n", b"\n")
    start = _MBOX.sub(b"", start, count=1) if _MBOX.match(start) else start
    headers = _HEADERS.match(start)
    return bool(headers and _SURE.search(start[: start.find(b"\n\n") if b"\n\n" in start else None]))


def read_mail(raw: bytes, limits: Limits, read_part: ReadPart) -> WireFile:
    """The items of a mail or mailbox; ``read_part`` reads an attachment. Raises WireError."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    letters = _letters(raw)
    if len(letters) > limits.max_items:
        raise sender.too_many(len(letters), limits)
    read: list[WireItem] = []
    left_out: list[str] = []
    for number, letter in enumerate(letters, 1):
        where = f"Message {number} of {len(letters)}: " if len(letters) > 1 else ""
        try:
            items, sentences = _read_letter(letter, limits, read_part, _MAX_DEPTH)
        except WireError as error:
            items, sentences = [], [str(error)]
        read += items
        left_out += [where + sentence for sentence in sentences]
        if len(read) > limits.max_items:
            raise sender.too_many(len(read), limits)
    return sender.file_of(read, left_out)


def _letters(raw: bytes) -> list[bytes]:
    """The messages of a mailbox, without the line that opens each; a mail alone is one."""
    if not _MBOX.match(raw):
        return [raw]
    parts = [part for part in _MBOX_SPLIT.split(raw) if part.strip()]
    return [re.sub(rb"(?m)^>(?=>*From )", b"", part.partition(b"\n")[2]) for part in parts]


def _read_letter(raw: bytes, limits: Limits, read_part: ReadPart, depth: int) -> tuple[list[WireItem], list[str]]:
    message = _parse(raw)
    letter = head_of(message)
    parts = parts_of(message)
    copy, others = _choose(parts)
    read: list[WireItem] = []
    left_out: list[str] = []
    for part in others[:_MAX_NAMED]:
        items, sentences = _read_attachment(part, limits, read_part, depth)
        read += [_joined(item, letter) for item in items]
        left_out += sentences
    if len(others) > _MAX_NAMED:
        left_out.append(f"{len(others) - _MAX_NAMED} more attachments were left out.")
    try:
        read.insert(0, _read_copy(copy, letter, limits))
    except WireError as error:
        left_out.insert(
            0, str(error) if not read else f"The text of the mail itself is no copy. {sender.reason_of(error)}"
        )
    return read, left_out


def _parse(raw: bytes) -> EmailMessage:
    """The message, refused before it is taken apart where its parts are too many or nested without end."""
    types = len(re.findall(rb"(?im)^content-type[ \t]*:", raw))
    if types > _MAX_TYPES:
        raise WireError(f"The mail declares {types:,} parts; this desk reads up to {_MAX_TYPES} in one mail.")
    nested = len(re.findall(rb"(?i)multipart/", raw))
    # The parser compares every line with the marks of all the parts around it.
    if nested > _MAX_NESTED or nested * raw.count(b"\n") > _MAX_COMPARED:
        raise WireError(f"The mail has too many parts within parts: {nested} hold others, in {len(raw):,} bytes.")
    if len(re.findall(rb"(?m)^--\S", raw)) > _MAX_MARKS:
        raise WireError(f"The mail is broken into more than {_MAX_MARKS:,} parts.")
    try:
        return message_from_bytes(raw, policy=policy.default)
    except FAULTS as error:
        raise WireError("The mail is broken: its parts cannot be told from each other.") from error


def _choose(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """(the parts that are the mail's own text, all others): text before HTML, unless it only points there.

    Some programs cut the text in two around a picture, so that all text which is no file of its own belongs to it.
    """
    own = [part for part in parts if not part.attached and part.data.strip()]
    plain = next((part for part in own if part.type == "text/plain"), None)
    html = next((part for part in own if part.type == "text/html"), None)
    copy = html if html and (plain is None or _points_only(plain, html)) else plain
    more = [part for part in own if part.type == "text/plain" and not part.alternative] if copy is plain else []
    taken = [*([copy] if copy else []), *(part for part in more if part is not copy)]
    same = {id(part) for part in (*taken, *(part for part in (plain, html) if part and part.alternative))}
    return taken, [part for part in parts if id(part) not in same and part.data.strip()]


def _points_only(plain: Part, html: Part) -> bool:
    words = len(re.findall(rb"\w+", plain.data))
    return (
        plain.alternative and words < 40 and len(re.findall(rb"\w+", re.sub(rb"<[^<>]*>", b" ", html.data))) > 3 * words
    )


def _read_attachment(part: Part, limits: Limits, read_part: ReadPart, depth: int) -> tuple[list[WireItem], list[str]]:
    """The items of an attachment in a format that the desk reads; else a sentence that names it."""
    if part.kind in ("image", "audio", "video", "font") or part.type in _NO_COPY:
        return [], [f"The attachment {part.label} was left out: it is no copy."]
    try:
        if part.type == "message/rfc822" or is_mail(Clue(part.data, "")):
            if depth <= 0:
                return [], [f"The attachment {part.label} was left out: it is a mail within a mail within a mail."]
            items, sentences = _read_letter(part.data, limits, read_part, depth - 1)
            return items, [f"In the attachment {part.label}: {sentence}" for sentence in sentences]
        held = read_part(_as_text(part), limits)
    except WireError as error:
        return [], [f"The attachment {part.label} was left out. {sender.reason_of(error)}"]
    return list(held.items), [f"In the attachment {part.label}: {sentence}" for sentence in held.left_out]


_NO_COPY = frozenset(
    [
        "application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature", "application/pkcs7-mime",
        "application/x-pkcs7-signature", "application/ms-tnef", "text/calendar", "text/vcard", "text/x-vcard",
        "text/css", "message/delivery-status", "message/disposition-notification", "message/external-body",
        "text/rfc822-headers",
    ]
)  # fmt: skip


def _as_text(part: Part) -> bytes:
    """The bytes of an attachment; text in an encoding that only the mail states goes on as UTF-8."""
    if part.type == "text/plain" and part.charset not in ("", "utf-8", "us-ascii"):
        return charset_text(part).text.encode("utf-8", "replace")
    return part.data


def _joined(item: WireItem, letter: Letter) -> WireItem:
    """An attachment's item with what only its mail says of it: when it was sent, and by which house."""
    stamp, house = sender.stamp_of(letter.date), house_of(letter)
    return replace(
        item,
        outlet=item.outlet or (house if find_house(house) else ""),
        published=item.published or (stamp.when if stamp else None),
    )


def _read_copy(parts: list[Part], letter: Letter, limits: Limits) -> WireItem:
    change = sender.change_of_headline(f"{topic_of(letter.subject)} ")
    if not parts:
        if change in ("kill", "recall"):
            item = sender.build_stated("mail", Decoded("", ""), [], limits, _hints(letter), change)
            return _stamped(item, letter, change)
        raise WireError("The mail holds no text.")
    decoded = charset_text(parts[0])
    text = sender.whole_text("\n\n".join([decoded.text, *(charset_text(part).text for part in parts[1:])]))
    is_page = parts[0].type == "text/html"
    above, inner, text = unwrap("\n".join(html_lines(text, limits)) if is_page else text)
    say = _forwarded(letter) if inner else ""
    letter = inner_letter(letter, inner) if inner else letter
    change = sender.change_of_headline(f"{topic_of(letter.subject)} ") or change
    text, signed = (text, "") if is_page else _split_signature(text)
    lines = text.split("\n") if is_page else paragraphs(text)
    change = sender.gravest((change, _change_of_opening(lines)))
    item = sender.build_stated("mail", decoded, lines, limits, _hints(letter), change, notice=True)
    cover = [("note", line) for line in above]
    foot = [("contact", line) for line in paragraphs(signed)]
    item = _stamped(replace(item, furniture=(*cover, *item.furniture, *foot)), letter, change)
    return sender.warned(item, say)


def _forwarded(letter: Letter) -> str:
    who = letter.author or letter.address or "someone unnamed"
    return f"The copy was forwarded by {who[:120]}: its sender, date and subject are those printed inside the mail."


def _change_of_opening(lines: list[str]) -> str:
    """What a first line that is a label and nothing else says ("CORRECTION:")."""
    return sender.change_of_label(lines[0]) if lines and len(lines[0].split()) <= 4 and lines[0].isupper() else ""


def _hints(letter: Letter) -> Hints:
    stamp = sender.stamp_of(letter.date)
    when = stamp.when if stamp else None
    return Hints(headline=topic_of(letter.subject)[:300], site=house_of(letter), published=when, updated=when)


def _split_signature(text: str) -> tuple[str, str]:
    """(the copy, the signature behind its mark), where one of usual length stands there."""
    mark = _SIGNATURE.search(text)
    if mark is None or len(text) - mark.end() > _MAX_SIGNATURE or not text[: mark.start()].strip():
        return text, ""
    return text[: mark.start()], text[mark.end() :]


def _stamped(item: WireItem, letter: Letter, change: str) -> WireItem:
    first = letter.supersedes or (letter.chain[0] if letter.chain else "")
    follows = bool(first) and (bool(letter.supersedes) or bool(change))
    change = change or ("update" if letter.supersedes else "")
    item = replace(
        item,
        wire_id=first if follows else letter.message_id,
        version=letter.message_id if follows else "",
        derived_from="" if follows else (letter.chain[-1] if letter.chain else ""),
        credits=tuple(dict.fromkeys((*item.credits, *agencies_in(letter.author)))),
    )
    item = sender.with_embargo_notes(sender.with_change(item, change), [letter.subject])
    return sender.warned(sender.with_language(item, letter.language), *_warnings(letter))


def _warnings(letter: Letter) -> Iterator[str]:
    stamp = sender.stamp_of(letter.date)
    if not letter.message_id:
        yield "The mail has no Message-Id, so that later versions cannot be joined to it."
    if stamp is None:
        yield "The mail does not say when it was sent." if not letter.date else "The date of the mail cannot be read."
    elif not stamp.zoned:
        yield "The date of the mail names no time zone; it was read as UTC."
    if not letter.subject:
        yield "The mail has no subject."

"""IPTC 7901, the wire of European and Asian agencies, with its control characters or as archives keep it without.

A heading ("abc0042 4 i 312 dpa 0417": service and message number, priority, category, length, free text), the keyword,
labels of the version, headline, byline, the text, and the time ("212322 GMT Nov 18"). The wire id is service, keyword
and day ("iptc7901:abc:lindenau/fire:2018-11-21"), the same over leads and corrections of that day; the version is
what the wire calls it: "1ST LEAD".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from ingest.cleaning import Hints
from ingest.cleaning.characters import paragraphs, squeeze
from ingest.cleaning.dateline import take_dateline
from ingest.cleaning.times import make_day
from ingest.wire import sender
from ingest.wire.sniff import Clue
from ingest.wire.telegram import (
    VERSION_WORDS,
    Frame,
    family,
    frames_of,
    joined_notes,
    month_of,
    named_day,
    read_frames,
    split_version,
    take_of,
    wire_characters,
    words_of,
    year_of,
)
from ingest.wire.types import Limits, WireFile, WireItem

_HEADING = re.compile(
    r"(?P<service>[A-Za-z]{2,6})[ -]?(?P<number>\d{2,5})[ \t]+(?P<priority>[1-9A-Za-z])[ \t]+"
    r"(?P<category>[A-Za-z]{1,4})(?:[ \t]+(?P<words>\d{1,5})\b)?[ \t]*(?P<rest>[^\r\n]{0,80})"
)
_MARKED = re.compile(
    rb"(?:ZCZC[^\x01\n]{0,40}\s*)?[\x00\x16\s]*\x01[\x00\x16\s]*[A-Za-z]{2,6}[ -]?\d{2,5}[ \t]+[1-9A-Za-z][ \t]"
)
_LOST = re.compile(
    r"(?:ZCZC[^\n]{0,40}\n\s*)?[A-Za-z]{2,6}\d{3,5} [1-9] [A-Za-z]{1,4} \d{1,5}\b[^\n]{0,60}\n\s*\S[^\n]{1,100}\n"
)
_SIGNALS = re.compile(r"(?m)^[ \t]*(?:ZCZC\b[^\n]*|NNNN)[ \t]*$")
_TIME = re.compile(
    r"(?:^|\s)(?:(?P<source>[A-Za-z]{2,8})[ \t]+)?(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)[ \t]*"
    r"(?P<zone>[A-Z]{1,4})?[ \t]+(?P<month>[^\W\d_]{3,9})\.?[ \t]+['’]?(?P<year>\d{4}|\d\d)\b",
)
_HOURS = {"GMT": 0, "UTC": 0, "Z": 0, "MEZ": 1, "CET": 1, "MESZ": 2, "CEST": 2, "BST": 1, "IST": 5.5, "JST": 9}
_KEYWORD = re.compile(r"(?:[^\s/]+(?: [^\s/]+){0,4}/){1,8}(?:[^/\n]{1,40})?|[A-Z][\w’'.]*(?:-[\w’'.]+)+,?")
_NOT_FOR_PRINT = re.compile(
    r"(?:the )?following (?:information|details) (?:is|are) not (?:intended )?for publication.*"
    r"|die folgenden informationen sind nicht zur veröffentlichung.*|#+\s*(?:notebook|notizblock)\b.*",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"(?i)^[-–•*]?\s*(?:corrects|corrected|adds|updates|recasts|fixes|removes)\b")
_INITIALS = re.compile(r"[a-z]{2,8}(?:[/ -][a-z0-9]{1,5}){1,10}")
_LABEL = re.compile(r"\(?\s*[A-ZÄÖÜ0-9][A-ZÄÖÜ0-9 .,/+-]{2,40}\s*\)?")
_MAX_HEAD = 12


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the copy."""

    service: str = ""
    number: str = ""
    source: str = ""
    keyword: str = ""
    labels: tuple[str, ...] = ()
    embargoes: tuple[str, ...] = ()
    headline: str = ""
    byline: str = ""


def is_iptc7901(clue: Clue) -> bool:
    """Whether the file opens with an IPTC 7901 heading, in control characters or in the letters left of one."""
    return bool(_MARKED.match(clue.raw[:200]) or _LOST.match(clue.start[:400].replace("\r\n", "\n")))


def read_iptc7901(raw: bytes, limits: Limits) -> WireFile:
    """The items of a file off an IPTC 7901 wire, one for each message. Raises WireError."""
    frames = frames_of(raw, limits)
    frames = [
        frame for frame in frames if not re.fullmatch(r"\s*ZCZC[^\n]{0,60}\s*", frame.head + frame.body)
    ] or frames
    return read_frames(frames, _read_message, limits)


def _read_message(frame: Frame, limits: Limits) -> WireItem:
    text = _SIGNALS.sub("", wire_characters(re.sub(r"\r\n|\r", "\n", frame.body)))
    time = _time(frame.tail, text)
    if time and time.string is text:
        text = text[: time.start()] + "\n" + text[time.end() :]
    head, body = _split(_SIGNALS.sub("", re.sub(r"\r\n|\r", "\n", frame.head)), text, framed=frame.framed)
    copy, notes, signed = _sort_out(body)
    notes = [*head.embargoes, *notes]
    labels = map(sender.change_of_label, head.labels)
    change = sender.gravest((*labels, sender.change_of_headline(head.headline), _change_of_notes(notes)))
    sent = _sent(time)
    people, agencies = sender.names_of_byline(head.byline)
    hints = Hints(headline=head.headline, bylines=people, published=sent, updated=sent)
    item = sender.build_stated("iptc7901", frame.decoded, copy, limits, hints, change, notice=True)
    source = head.source or (time["source"] or "" if time else "")
    house = sender.agencies_of([source])
    credits = dict.fromkeys((*item.credits, *agencies, *house, *signed))
    outlet = item.outlet or next(iter((*house, *signed)), "")
    item = replace(
        item, credits=tuple(credits), outlet=outlet, furniture=(*item.furniture, *(("note", note) for note in notes))
    )
    day = str(sent.date()) if sent else ""
    meant = named_day("\n".join(copy), sent) if change in ("kill", "recall") else ""
    item = _stamped(item, head, notes, change, meant or day)
    say = f"The notice names the copy of {meant}, to which it was joined." if meant not in ("", day) else ""
    return sender.warned(item, say, *_warnings(head, sent, zoned=bool(time and time["zone"])))


def _time(tail: str, text: str) -> re.Match[str] | None:
    """The date and time of sending: behind the text, or the last one in it."""
    for part in (tail, text):
        found = [match for match in _TIME.finditer(part, max(0, len(part) - 300)) if month_of(match["month"])]
        if found:
            return found[-1]
    return None


def _sent(time: re.Match[str] | None) -> datetime | None:
    if not time:
        return None
    day = make_day(year_of(int(time["year"])), month_of(time["month"]), int(time["day"]))
    hour, minute = int(time["hour"]), int(time["minute"])
    if not day or hour > 23 or minute > 59:
        return None
    offset = timezone(timedelta(hours=_HOURS.get((time["zone"] or "").upper(), 0)))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=offset if offset.utcoffset(None) else UTC)


def _split(head: str, text: str, *, framed: bool) -> tuple[_Head, str]:
    """The head and the copy. Where no start of text parts them, the head ends with its line that ends in "="."""
    first, found = _Head(), None
    for part in (head, text):
        found = next((match for line in part.split("\n")[:4] if (match := _HEADING.fullmatch(line.strip()))), None)
        if found:
            words = re.findall(r"[A-Za-z]{2,8}", found["rest"])
            first = _Head(found["service"], found["number"], words[0] if words else "")
            break
    head = _behind(head, found)
    text = text if framed and head != "" and found and found.string not in text else _behind(text, found)
    above = [line for line in head.split("\n") if line.strip()]
    inside, rest = _head_lines(text, has_keyword=bool(above))
    return _read_head(first, [*above, *inside]), rest


def _behind(text: str, heading: re.Match[str] | None) -> str:
    """The text behind the heading's line, where the heading stands in it."""
    at = text.find(heading.string) if heading and heading.string.strip() else -1
    return text[at + len(heading.string) :] if heading and at >= 0 else text


def _head_lines(text: str, *, has_keyword: bool) -> tuple[list[str], str]:
    """(the lines of the head that stand in the text, the copy behind them)."""
    lines = text.split("\n")
    for number, line in enumerate(lines[: 3 * _MAX_HEAD]):
        if line.rstrip().endswith("=") and sum(bool(other.strip()) for other in lines[:number]) < _MAX_HEAD:
            return [other for other in lines[: number + 1] if other.strip()], "\n".join(lines[number + 1 :])
    taken: list[str] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        opens = not _is_label(line) and (has_keyword or taken) and not _KEYWORD.fullmatch(line.strip())
        if len(taken) >= _MAX_HEAD or take_dateline(squeeze(line)) or (opens and not _is_headline(lines, number)):
            return taken, "\n".join(lines[number:])
        taken.append(line)
        if opens or (not has_keyword and not _KEYWORD.fullmatch(line.strip()) and not _is_label(line)):
            return taken, "\n".join(lines[number + 1 :])
    return taken, ""


def _is_label(line: str) -> bool:
    words = line.strip().strip("()")
    bracketed = line.strip().startswith("(") and line.strip().endswith(")")
    return len(words.split()) <= 4 and bool(bracketed or _LABEL.fullmatch(words) or VERSION_WORDS.fullmatch(words))


def _is_headline(lines: list[str], number: int) -> bool:
    """Whether a line stands alone above an empty or indented one, and ends no sentence."""
    line = lines[number].strip()
    following = lines[number + 1] if number + 1 < len(lines) else ""
    alone = not following.strip() or following.startswith(("   ", "\t")) or bool(take_dateline(squeeze(following)))
    return alone and 3 <= len(line.split()) <= 25 and not line.endswith((".", ",", ":")) and not take_dateline(line)


def _read_head(head: _Head, lines: list[str]) -> _Head:
    title: list[str] = []
    for line in (words_of(line) for line in lines[: _MAX_HEAD + 2]):
        if not head.keyword and not title and _KEYWORD.fullmatch(line):
            keyword, version = split_version(line)
            labels = (*head.labels, version) if version else head.labels
            head = replace(head, keyword=keyword.strip(" /,"), labels=labels)
        elif re.match(r"(?:By|Von|Par|Por)\s+\S", line):
            head = replace(head, byline=line)
        elif sender.names_embargo(line):
            head = replace(head, embargoes=(*head.embargoes, line))
        elif not title and _is_label(line):
            head = replace(head, labels=(*head.labels, line.strip("() ")))
        elif line:
            title.append(line)
    if not head.keyword and len(title) > 1 and len(title[0].split()) <= 4:
        head = replace(head, keyword=title.pop(0).strip(" /,"))
    return replace(head, headline=squeeze(" ".join(title)))


def _sort_out(text: str) -> tuple[list[str], list[str], list[str]]:
    """(the paragraphs of the copy, the notes that are not for print, the agencies that sign it)."""
    copy: list[str] = []
    notes: list[str] = []
    credits: list[str] = []
    for line in paragraphs(_unwrapped(text)):
        if notes or _NOT_FOR_PRINT.match(line):
            notes.append(line)
        else:
            copy.append(line)
    for kept in (copy, notes):
        if kept and _INITIALS.fullmatch(kept[-1]):
            credits += sender.agencies_of([kept.pop().split()[0].split("/")[0]])
    return copy, notes, credits


def _unwrapped(text: str) -> str:
    """The text with the lines of a paragraph joined where an empty line or an indent parts paragraphs."""
    if not re.search(r"\n[ \t]*\n|\n(?: {2,}|\t)\S", text.strip("\n")):
        return text
    lines = re.sub(r"(?<![ \t])[ \t]*\n[ \t]*\n[ \t\n]*", "\f", text.strip("\n"))
    lines = re.sub(r"\n(?=(?: {2,}|\t)\S|[-*#•] )", "\f", lines)
    return "\n".join(squeeze(part) for part in lines.split("\f"))


def _change_of_notes(notes: Iterable[str]) -> str:
    lines = [re.sub(r"^[-–•*#\s]+", "", line) for line in notes]
    return sender.gravest(sender.change_of_label(line) for line in lines if _CHANGED.match(line))


def _stamped(item: WireItem, head: _Head, notes: list[str], change: str, day: str) -> WireItem:
    service = f"iptc7901:{head.service.casefold()}" if head.service else "iptc7901"
    alone = ":".join(filter(None, (f"{service}{head.number}", day))) if head.number else ""
    item = replace(
        item,
        wire_id=family(service, head.keyword, day) or alone,
        version=", ".join(head.labels),
        slug=head.keyword,
        ed_note=joined_notes((*notes, item.ed_note)),
    )
    return sender.with_embargo_notes(sender.with_change(item, change), notes)


def _warnings(head: _Head, sent: datetime | None, *, zoned: bool) -> Iterable[str]:
    if not head.keyword:
        yield "The message has no keyword, so that later versions of this story cannot be joined to it."
    if sent is None:
        yield "The message does not say when it was sent (no date and time behind the text)."
    elif not zoned:
        yield "The time of sending names no time zone; it was read as UTC."
    take = max(map(take_of, head.labels), default=0)
    if take > 1:
        yield f"This is part {take} of a story, not the whole of it."

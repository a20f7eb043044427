"""ANPA 1312 (NAA 84-2), the wire of American agencies, with its control characters or as archives keep it without.

A heading ("r i BC-Lindenau-Fire 1stLd-Writethru 05-03 0412"), a line of keyword, version and length, lines for
headline, notes and byline, indented paragraphs, and the time. The wire id is service, keyword without cycle and lead
words, and day ("anpa:ap:lindenau-fire:2021-05-03"), the same over leads and takes; a story that runs past midnight
gets a new one. The version is what the wire calls it: "1st Ld-Writethru".
"""

from __future__ import annotations

import re
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
    lines_of,
    named_day,
    read_frames,
    split_version,
    take_of,
    wire_characters,
    words_of,
    year_of,
)
from ingest.wire.types import Limits, WireFile, WireItem

_IDENT = r"[A-Za-z]\d{3,4}[^\S\r\n]*[\x1f]?[\w-]{0,24}-{0,8}"
_HEADING = re.compile(
    r"(?P<priority>[a-z])[ ]?(?P<category>[a-z])[\x11-\x14 ]+(?P<keyword>\S.{1,60}?)\s+(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:-(?P<year>\d\d))?[\s,]+(?P<words>\d{1,5})\s*",
    re.IGNORECASE,
)
_MARKED = re.compile(rb"[\x00\x16\s]*\x01[\x00\x16]*[A-Za-z]\d{3,4}(?:[\x1f]|[^\S\r\n]*[\w-]{0,24}[\r\n])")
_LOST = re.compile(rf"(?:\W*{_IDENT}\s*\n)?\W*{_HEADING.pattern}(?:\r?\n|$)", re.IGNORECASE)
_KEYWORD_LINE = re.compile(r"\W*(?P<cycle>BC|AM|PM|AP)-(?P<rest>[A-Z0-9-].{1,140}?)\s*[<=]?\s*$")
_BARE_START = re.compile(r"\W{0,3}(?:BC|AM|PM)-[A-Z0-9-][^,\n]{2,60},(?:[^,\n]{1,40},){0,6}\s?\d{2,5}\s?<?\s*[\r\n]")
_CYCLE = re.compile(r"^(?:BC|AM|PM|AP)-+", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?P<source>[A-Z]{2,8})-(?P<wire>[A-Z]{1,4})-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)\s+(?P<hour>\d\d)(?P<minute>\d\d)"
    r"\s?(?P<zone>GMT|UTC|[ECMP][SD]T)?\s*<?",
)
_HOURS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_NOTE = re.compile(r"\W*(?:eds|editors|editor’?'?s? notes?|note to editors|attention)\b\W*[:_—-]?\s*", re.IGNORECASE)
_PHOTO = re.compile(r"\W*(?:AP (?:photo|graphic|video|interactive)s?|photos?|graphics?)\b[\s:]", re.IGNORECASE)
_TITLE_LINE = re.compile(
    r"(?:(?:AP|UPI|The)\s)?(?:[A-Z][\w’']+\s){0,3}(?:Writers?|Press|International|Editor|Correspondent)s?",
    re.IGNORECASE,
)
_MAX_HEAD = 14


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the heading and the keyword line say. ``month_day`` is (0, 0) where no heading came."""

    keyword: str = ""
    version: str = ""
    month_day: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines between keyword and copy, by what they are."""

    headline: str = ""
    bylines: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    furniture: tuple[tuple[str, str], ...] = ()


def is_anpa(clue: Clue) -> bool:
    """Whether the file opens with an ANPA heading, in control characters or in the letters left of one."""
    if _MARKED.match(clue.raw[:200]):
        return True
    start = clue.start[:400].replace("\r\n", "\n")
    return bool(_LOST.match(start) or _BARE_START.match(start))


def read_anpa(raw: bytes, limits: Limits) -> WireFile:
    """The items of a file off an ANPA wire, one for each message. Raises WireError."""
    return read_frames(frames_of(raw, limits), _read_message, limits)


def _read_message(frame: Frame, limits: Limits) -> WireItem:
    heading, text = _heading(frame)
    footer = _FOOTER.search(frame.tail) or _last(_FOOTER, text)
    if footer and footer.string is text:
        text = text[: footer.start()] + text[footer.end() :]
    heading, text = _take_keyword(heading, wire_characters(text))
    head, body = _split_head(_lines(text))
    change = sender.gravest((sender.change_of_label(heading.version), sender.change_of_note("\n".join(head.notes))))
    sent = _sent(footer)
    hints = Hints(headline=head.headline, bylines=head.bylines, published=sent, updated=sent)
    item = sender.build_stated("anpa", frame.decoded, body, limits, hints, change, notice=True)
    day = _day(heading, sent)
    meant = named_day("\n".join((*head.notes, *body)), sent) if change in ("kill", "recall", "correction") else ""
    item = _stamped(item, heading, head, change, footer, meant or day)
    say = f"The notice names the copy of {meant}, to which it was joined." if meant not in ("", day) else ""
    return sender.warned(item, say)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, max(0, len(text) - 400)):
        found = match
    return found


def _heading(frame: Frame) -> tuple[_Heading, str]:
    """The heading, from before the text or from its first lines, and the text without it."""
    for text in (frame.head, frame.body[:400]):
        for line in re.split(r"\r\n|\n|\r", text)[:4]:
            match = _HEADING.fullmatch(line.strip())
            if match:
                rest = frame.body if text is frame.head else frame.body[frame.body.index(line) + len(line) :]
                keyword, version = split_version(match["keyword"])
                return _Heading(keyword, version, (int(match["month"]), int(match["day"]))), rest
    return _Heading(), frame.body


def _take_keyword(heading: _Heading, text: str) -> tuple[_Heading, str]:
    """The keyword line, whose keyword is whole where the heading cuts it off, and the text behind it."""
    lines = re.split(r"\r\n|\n|\r", text)
    for number in [number for number, line in enumerate(lines) if line.strip()][:3]:
        match = _KEYWORD_LINE.fullmatch(lines[number])
        if match and (heading.keyword or "," in lines[number]):
            first, *rest = [part.strip() for part in f"{match['cycle']}-{match['rest']}".split(",")]
            named = [part for part in rest if VERSION_WORDS.fullmatch(part)]
            keyword, glued = split_version(first)
            version = ", ".join(named) or glued or heading.version
            return replace(heading, keyword=keyword, version=version), "\n".join(lines[number + 1 :])
    return heading, text


def _lines(text: str) -> list[str]:
    """The lines of the head and the paragraphs of the copy. Without carets the head ends at the first indented line."""
    if "^" in text:
        return lines_of(text)
    indented = re.search(r"(?m)^(?: {2,}|\t)\S", text)
    if not indented:
        return paragraphs(text)
    head = [line for line in map(words_of, re.split(r"\r\n|\n|\r", text[: indented.start()])) if line]
    return [*head, *lines_of(text[indented.start() :])]


def _split_head(lines: list[str]) -> tuple[_Head, list[str]]:
    """The head and the paragraphs of the copy. Where carets mark its lines, what else they mark repeats the copy."""
    marked = any(line.startswith("^") for line in lines)
    head = _Head()
    for number, line in enumerate(lines):
        found = _with_line(head, line.lstrip("^")) if number < _MAX_HEAD else None
        if (
            found is None
            and marked
            and line.startswith("^")
            and any(not rest.startswith("^") for rest in lines[number:])
        ):
            found = replace(head, furniture=(*head.furniture, ("teaser", line[1:])))
        if found is None or (marked and not line.startswith("^")):
            return head, [rest.lstrip("^") for rest in lines[number:]]
        head = found
    return head, []


def _with_line(head: _Head, line: str) -> _Head | None:
    """The head with one more line of it; None where the line opens the copy."""
    note = _NOTE.match(line)
    if note and len(line) < 2000:
        return replace(head, notes=(*head.notes, line), furniture=(*head.furniture, ("note", line)))
    if len(line.split()) <= 3 and VERSION_WORDS.fullmatch(line):
        return replace(head, notes=(*head.notes, line), furniture=(*head.furniture, ("label", line)))
    if _PHOTO.match(line) and len(line) < 200:
        return replace(head, furniture=(*head.furniture, ("photo credit", line)))
    if line.startswith(("By ", "BY ")) and len(line) <= 160:
        people, agencies = sender.names_of_byline(line)
        names = tuple(_spelled(name) for name in people)
        return replace(
            head,
            bylines=(*head.bylines, *names),
            credits=(*head.credits, *agencies),
            furniture=(*head.furniture, ("byline", line)),
        )
    if _TITLE_LINE.fullmatch(line) and (head.bylines or head.headline):
        agencies = sender.agencies_of([line])
        return replace(head, credits=(*head.credits, *agencies), furniture=(*head.furniture, ("byline", line)))
    return None if head.headline or len(line) > 220 or take_dateline(line) else replace(head, headline=line)


def _spelled(name: str) -> str:
    """A name in capitals as copy writes it; names of the form McX and O'X keep their inner capital."""
    if not re.sub(r"\bMc", "", name).isupper():
        return name
    return re.sub(r"\b(Mc|O['’])([a-z])", lambda match: match[1] + match[2].upper(), name.title())


def _sent(footer: re.Match[str] | None) -> datetime | None:
    if not footer:
        return None
    day = make_day(year_of(int(footer["year"])), int(footer["month"]), int(footer["day"]))
    hour, minute = int(footer["hour"]), int(footer["minute"])
    if not day or hour > 23 or minute > 59:
        return None
    offset = _HOURS.get((footer["zone"] or "").upper(), 0)
    return datetime(
        day.year, day.month, day.day, hour, minute, tzinfo=timezone(timedelta(hours=offset)) if offset else UTC
    )


def _stamped(
    item: WireItem, heading: _Heading, head: _Head, change: str, footer: re.Match[str] | None, day: str
) -> WireItem:
    keyword = _CYCLE.sub("", squeeze(heading.keyword)).strip(" ,-")
    service = footer["source"] if footer else next(iter((*item.credits, *head.credits)), "")
    agencies = sender.agencies_of([footer["source"]]) if footer else ()
    item = replace(
        item,
        wire_id=family(f"anpa:{service.casefold()}" if service else "anpa", keyword, day) if keyword else "",
        version=words_of(heading.version),
        slug=keyword,
        outlet=item.outlet or next(iter((*agencies, *head.credits)), ""),
        credits=tuple(dict.fromkeys((*item.credits, *head.credits, *agencies))),
        ed_note=joined_notes((*head.notes, item.ed_note)),
        furniture=(*head.furniture, *item.furniture),
    )
    item = sender.with_embargo_notes(sender.with_change(item, change), head.notes)
    return sender.warned(item, *_warnings(item, heading, footer))


def _day(heading: _Heading, sent: datetime | None) -> str:
    month, day = heading.month_day
    if sent and month:
        # The heading's day is local to the agency, the footer's may be GMT: the two can lie a day and a year apart.
        near = [make_day(year, month, day) for year in (sent.year - 1, sent.year, sent.year + 1)]
        dates = [found for found in near if found]
        return str(min(dates, key=lambda found: abs(found - sent.date()))) if dates else str(sent.date())
    return f"{month:02}-{day:02}" if month else str(sent.date() if sent else "")


def _warnings(item: WireItem, heading: _Heading, footer: re.Match[str] | None) -> list[str]:
    found = []
    if not heading.keyword:
        found.append("The message has no keyword line, so that later leads of this story cannot be joined to it.")
    if footer is None or item.version_created is None:
        found.append("The message does not say when it was sent (no time behind the text).")
    elif not footer["zone"]:
        found.append("The time of sending names no time zone; it was read as UTC.")
    take = take_of(heading.version)
    if take > 1:
        found.append(f"This is part {take} of a story ({heading.version}), not the whole of it.")
    return found

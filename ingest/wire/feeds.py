"""RSS 0.9x, 1.0, 2.0 and Atom: each entry is an item, read by feedparser from bytes; nothing is ever fetched.

The wire id is the entry's guid or id, else its address; a guid that is no address of its own stands behind the host of
its feed. What Atom says was deleted is a kill without text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

from ingest.cleaning import Hints
from ingest.cleaning.characters import paragraphs
from ingest.cleaning.names import find_house
from ingest.wire import sender
from ingest.wire.charset import Decoded
from ingest.wire.html import html_lines
from ingest.wire.sniff import Clue
from ingest.wire.types import Limits, WireError, WireFile, WireItem

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_ITEMS = frozenset(["item", "entry"])
_MAX_TAGS = 150_000
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_POINTER = re.compile(
    r"the post .{1,300} appeared first on .{1,100}|continue reading\b.{0,60}"
    r"|read (?:the )?full (?:story|article)\b.{0,60}",
    re.IGNORECASE,
)
_SHORT = 90


@dataclass(slots=True)
class _Found:
    """What a look at the markup tells before any of it is read: entries that are deleted, and whether it is whole."""

    entries: int = 0
    deleted: list[tuple[str, str]] = field(default_factory=list)
    broken_at: int = 0


@dataclass(frozen=True, slots=True)
class _Feed:
    """What the feed says of all its entries."""

    outlet: str
    host: str
    language: str
    decoded: Decoded
    warnings: tuple[str, ...]


def is_feed(clue: Clue) -> bool:
    """Whether the root of the XML is that of a feed, or a lone entry of one."""
    if clue.root in ("feed", "entry"):
        return clue.namespace.startswith(_ATOM)
    rdf = clue.root == "RDF" and re.search(r"purl\.org/rss/|netscape\.com/rdf/simple", clue.start[:4000])
    return clue.root.casefold() == "rss" or bool(rdf)


def read_feed(raw: bytes, limits: Limits) -> WireFile:
    """The items of a feed, and a sentence for each entry without copy. Raises WireError."""
    found = _survey(raw, limits)
    parsed = _parse(raw, found)
    feed = _feed(parsed, found)
    read = [_deleted(ref, when, feed) for ref, when in found.deleted]
    left_out: list[str] = []
    entries = [dict(entry) for entry in parsed.entries]
    for number, entry in enumerate(entries, 1):
        try:
            read.append(_read_entry(entry, feed, limits))
        except WireError as error:
            title = sender.clean_words(str(entry.get("title", "")))[:80] or "without a title"
            left_out.append(f"Entry {number} of {len(entries)} ({title}): {sender.reason_of(error)}")
    if not (read or left_out):
        raise WireError(_empty(found))
    return sender.file_of(read, left_out)


def _parse(raw: bytes, found: _Found) -> Any:
    """The feed as feedparser reads it, whose looser rules stumble over some faults that its strict ones refuse."""
    try:
        return feedparser.parse(BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    except (LookupError, ValueError, OverflowError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise WireError(f"The feed is broken at line {found.broken_at or 1} and cannot be read on.") from error


def _empty(found: _Found) -> str:
    where = f": its XML breaks off at line {found.broken_at}" if found.broken_at else ""
    return f"This is a feed without an entry{where}."


def _survey(raw: bytes, limits: Limits) -> _Found:
    """Refuses a feed that is too deep, too long or too clever, before the work of reading it."""
    ascii_only = raw.replace(b"\x00", b"")
    if b"<!ENTITY" in ascii_only[:100_000] or b"<!entity" in ascii_only[:100_000]:
        raise WireError("The feed declares entities of its own, which no news feed needs; it was not read.")
    if ascii_only.count(b"<") > _MAX_TAGS:
        raise WireError(f"The feed holds more than {_MAX_TAGS:,} tags.")
    found, depth = _Found(), 0
    # recover=False stops at the first fault, behind which feedparser reads on by its own looser rules.
    events = etree.iterparse(
        BytesIO(raw), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > limits.max_depth:
                raise WireError(
                    f"The feed is nested more than {limits.max_depth} elements deep (line {element.sourceline})."
                )
            if event == "start" and isinstance(element.tag, str):
                _note(element, found)
    except etree.XMLSyntaxError as error:
        found.broken_at = error.lineno or 1
        found.entries = max(found.entries, len(re.findall(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", ascii_only)))
        if len(re.findall(rb"<[A-Za-z]", ascii_only)) > 20_000 + 40 * found.entries:
            raise WireError(f"The feed is broken at line {found.broken_at} and too tangled to be read on.") from error
    if found.entries > limits.max_items:
        raise sender.too_many(found.entries, limits)
    return found


def _note(element: Any, found: _Found) -> None:
    found.entries += element.tag.rpartition("}")[2].rpartition(":")[2] in _ITEMS
    if element.tag == _DELETED and element.get("ref") and len(found.deleted) < 500:
        found.deleted.append((sender.clean_words(element.get("ref"))[:300], element.get("when") or ""))


def _feed(parsed: Any, found: _Found) -> _Feed:
    about = dict(parsed.feed)
    encoding = str(dict(parsed).get("encoding") or "utf-8").casefold()
    say = f"The feed is not well-formed XML (line {found.broken_at}); it was read as far as it goes."
    return _Feed(
        outlet=_house(_plain(about.get("title", ""))),
        host=_host(str(about.get("link", "") or about.get("id", ""))),
        language=str(about.get("language", "") or ""),
        decoded=Decoded("", encoding),
        warnings=(say,) if found.broken_at else (),
    )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _house(title: str) -> str:
    """The outlet that a feed's title names, whole or in a part of it ("BBC News - World"); else the title itself."""
    for part in (title, *re.split(r"\s+[-–—|>»·:]\s+|:\s+|\s*[>»|]\s*", title)):
        known = find_house(part)
        if known:
            return known.name
    return title[:120]


def _plain(words: object) -> str:
    """A title as a person reads it: some feeds escape it twice, and set tags into it."""
    return sender.clean_words(unescape(_TAG.sub("", str(words or ""))))


def _deleted(ref: str, when: str, feed: _Feed) -> WireItem:
    stamp = sender.stamp_of(when)
    return WireItem(
        format="feed",
        text="",
        outlet=feed.outlet,
        wire_id=ref,
        version_created=stamp.when if stamp else None,
        status="killed",
        change="kill",
        ed_note="The feed says that this entry was deleted.",
        encoding=feed.decoded.encoding,
    )


def _read_entry(entry: dict[str, Any], feed: _Feed, limits: Limits) -> WireItem:
    title = _plain(entry.get("title"))
    value, kind, whole = _content(entry)
    lines = _lines(value, kind, limits)
    kept = [line for line in lines if not _POINTER.fullmatch(line)]
    people, agencies = _authors(entry)
    outlet = _source(entry) or feed.outlet
    published, updated = _moment(entry, "published", "created"), _moment(entry, "updated")
    first = published or updated
    last = updated or published
    hints = Hints(title, people, outlet, first.when if first else None, last.when if last else None)
    item = sender.build_stated("feed", feed.decoded, kept, limits, hints, sender.change_of_headline(title))
    pointers = tuple(("navigation", line) for line in lines if line not in kept)
    item = replace(
        item,
        wire_id=_identity(entry, feed),
        url=_address(entry),
        credits=tuple(dict.fromkeys((*item.credits, *agencies, *sender.agencies_of([_source(entry)])))),
        furniture=(*item.furniture, *pointers),
    )
    item = sender.with_change(item, sender.change_of_headline(title))
    item = sender.with_language(item, str(entry.get("language") or "") or feed.language)
    words = len(re.findall(r"\w+", item.text))
    return sender.warned(item, *feed.warnings, *_warnings(item, first, last, summary=not whole and words < _SHORT))


def _content(entry: dict[str, Any]) -> tuple[str, str, bool]:
    """(text, its media type, whether it is the content) of an entry: the content, unless the summary says more."""
    contents = [dict(part) for part in entry.get("content") or () if isinstance(part, dict)]
    contents = [part for part in contents if str(part.get("value", "")).strip()]
    summary = str(entry.get("summary", "") or "")
    best = max(contents, key=lambda part: len(str(part["value"])), default=None)
    if best and len(_TAG.sub("", str(best["value"]))) >= len(_TAG.sub("", summary)) // 2:
        return str(best["value"]), str(best.get("type", "")), True
    detail = entry.get("summary_detail")
    return summary, str(dict(detail).get("type", "")) if isinstance(detail, dict) else "", False


def _lines(value: str, kind: str, limits: Limits) -> list[str]:
    value = sender.whole_text(value)
    if not value.strip():
        return []
    if "<" not in value and "&lt;" in value:
        value = unescape(value)
    if _TAG.search(value):
        return html_lines(value, limits)
    return paragraphs(unescape(value) if "html" in kind else value)


def _authors(entry: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = [str(dict(author).get("name", "")) for author in entry.get("authors") or () if isinstance(author, dict)]
    people: list[str] = []
    agencies: list[str] = []
    for name in filter(None, named or [str(entry.get("author", "") or "")]):
        if "@" in name and " " not in name:
            continue
        who, houses = sender.names_of_byline(_plain(name))
        people += [person for person in who if not find_house(person)]
        agencies += houses
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(agencies))


def _source(entry: dict[str, Any]) -> str:
    source = entry.get("source")
    return _house(_plain(dict(source).get("title", ""))) if isinstance(source, dict) else ""


def _moment(entry: dict[str, Any], *names: str) -> sender.Stamp | None:
    for name in names:
        stamp = sender.stamp_of(str(entry.get(name) or ""))
        if stamp:
            return stamp
        parts = entry.get(f"{name}_parsed")
        if parts:
            return sender.stamp_of(datetime(*parts[:6]).isoformat() + "+00:00")  # noqa: DTZ001 the zone is put behind it
    return None


def _identity(entry: dict[str, Any], feed: _Feed) -> str:
    identity = sender.clean_words(str(entry.get("id") or ""))[:300]
    if identity and ":" not in identity and feed.host:
        return f"{feed.host}:{identity}"
    return identity or _address(entry)[:300]


def _address(entry: dict[str, Any]) -> str:
    for words in (str(entry.get("link") or ""), str(entry.get("id") or "")):
        if re.match(r"https?://[^\s<>\"]{3,800}$", words, re.IGNORECASE):
            return words
    return ""


def _warnings(item: WireItem, first: sender.Stamp | None, last: sender.Stamp | None, *, summary: bool) -> Iterator[str]:
    if summary:
        yield "The feed holds a summary of this story, not its whole text."
    if not item.wire_id:
        yield "The entry has neither an id nor an address, so that later versions cannot be joined to it."
    if first is None:
        yield "The entry does not say when it was published."
    elif not first.zoned or (last and not last.zoned):
        yield "The time of publication names no time zone; it was read as UTC."

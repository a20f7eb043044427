"""ninjs 1.x to 3.x, news in JSON: one item, an array or envelope of them, or one after the other, a line each.

Names are read in either style (``versioncreated``, ``versionCreated``). ``uri`` (``guid`` where there is none) is the
wire id: it stays the same over all versions. Pictures, sound, video and graphics are left out: what they carry is a
caption, and captions are no copy on this desk.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from ingest.cleaning import Hints
from ingest.cleaning.characters import paragraphs
from ingest.wire import sender
from ingest.wire.charset import Decoded
from ingest.wire.html import html_lines
from ingest.wire.json_text import Json, decode_json, parse_json
from ingest.wire.sniff import Clue
from ingest.wire.types import Limits, WireError, WireFile, WireItem

_START = re.compile(r'[\s\x00\ufeff\ufffd]*(?:\{[\s\x00]*"|\[[\s\x00]*[\[{])')
_IDENTITIES = ("uri", "guid")
_MARKS = frozenset(["type", "headline", "headlines", "title", "versioncreated", "pubstatus", "renditions"])
_OPEN_NAMES = ("body", "description", "headline")
_WRAPPERS = ("item", "items", "data", "newsitems", "results", "entries", "_items", "content")
_MEDIA = {
    "picture": "a picture", "image": "a picture", "photo": "a picture", "graphic": "a graphic", "audio": "a recording",
    "video": "a video", "animation": "a video", "media": "a media file",
}  # fmt: skip
_REPLACED = ("evolvedfrom", "replacing", "replaces", "supersedes", "rewriteof", "rewrite_of")
_FROM = (*_REPLACED, "derivedfrom", "derivedfromuri", "translatedfrom")
_FROM_ROLES = frozenset(["derivedfrom", "evolvedfrom", "previousversion", "translatedfrom", "sourceitem"])
_WRITERS = frozenset(["", "author", "writer", "byline", "reporter"])
_LEADS = frozenset(["lead", "lede", "ingress", "intro"])


def is_ninjs(clue: Clue) -> bool:
    """Whether the bytes are JSON: no other news format of JSON is known, so that what is wrong with it is said here."""
    return bool(_START.match(clue.start))


def read_ninjs(raw: bytes, limits: Limits) -> WireFile:
    """The items of a ninjs file, and a sentence for each that is no copy. Raises WireError."""
    decoded = decode_json(raw)
    parsed = parse_json(decoded, limits)
    found = [node for value in parsed.values for node in _items(value)]
    if not found:
        raise WireError("This is JSON, but none of the news formats that this desk knows: no ninjs item is in it.")
    if len(found) > limits.max_items:
        raise sender.too_many(len(found), limits)
    read: list[WireItem] = []
    left_out: list[str] = []
    decoded = Decoded(decoded.text, decoded.encoding, (*decoded.warnings, *parsed.warnings))
    for number, node in enumerate(found, 1):
        try:
            read.append(_read_item(node, decoded, limits))
        except WireError as error:
            where = f"Item {number} of {len(found)} ({_label(node)}): "
            left_out.append(where + sender.reason_of(error) if len(found) > 1 else str(error))
    return sender.file_of(read, left_out)


@dataclass(frozen=True, slots=True)
class _Node:
    """One item of the file: its properties by their names in small letters."""

    held: dict[str, Json]

    def text(self, *names: str) -> str:
        """The first of these properties that holds words or a number; of a list the first, of an object its name."""
        for name in names:
            words = _words(self.held.get(name))
            if words:
                return words
        return ""

    def listed(self, *names: str) -> list[str]:
        """All words of these properties, one for each entry of a list."""
        values = [self.held.get(name) for name in names]
        flat = [part for value in values for part in (value if isinstance(value, list) else [value])]
        return [words for words in map(_words, flat[:50]) if words]


def _words(value: Json) -> str:
    if isinstance(value, list):
        return next((words for words in map(_words, value[:50]) if words), "")
    if isinstance(value, dict):
        small = _lower(value)
        return next((_words(small[key]) for key in ("value", "name", "literal") if isinstance(small.get(key), str)), "")
    return (
        sender.clean_words(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    )


def _lower(node: dict[str, Any]) -> dict[str, Json]:
    return {key.casefold(): value for key, value in reversed(node.items())}


def _items(value: Json) -> Iterator[_Node]:
    """The items in an item, a list or an envelope, down to the text items of a package, in their order."""
    waiting: deque[tuple[Json, bool]] = deque([(value, True)])
    while waiting:
        held, open_ = waiting.popleft()
        if isinstance(held, list):
            waiting.extendleft((part, open_) for part in reversed(held))
        elif isinstance(held, dict):
            small = _lower(held)
            if any(isinstance(small.get(name), str) for name in _IDENTITIES) and _is_item(small):
                yield _Node(small)
                waiting.extendleft((part, False) for part in reversed(_parts(small.get("associations"))))
            elif open_:
                held_in = [small[name] for name in reversed(_WRAPPERS) if isinstance(small.get(name), dict | list)]
                waiting.extendleft((part, True) for part in held_in)


def _is_item(small: dict[str, Json]) -> bool:
    return any(name in _MARKS or name.startswith(_OPEN_NAMES) for name in small)


def _parts(associations: Json) -> list[Json]:
    """What a package holds that has copy of its own; its pictures and links are no items of the file."""
    held = list(associations.values()) if isinstance(associations, dict) else associations
    parts = [part for part in held if isinstance(part, dict)] if isinstance(held, list) else []
    return [part for part in parts if _words(_lower(part).get("type")) in ("text", "composite") and _has_body(part)]


def _has_body(part: dict[str, Any]) -> bool:
    return any(name.startswith(("body", "bodies")) and value for name, value in _lower(part).items())


def _label(node: _Node) -> str:
    return (node.text("headline", "headlines", "title", *_IDENTITIES) or "without a name")[:80]


def _read_item(node: _Node, decoded: Decoded, limits: Limits) -> WireItem:
    kind = node.text("type").casefold()
    if kind in _MEDIA:
        raise WireError(f"This is {_MEDIA[kind]}, not copy: it has a caption at most.")
    change = _change(node)
    lines, say = _body(node, limits)
    if not lines and change not in ("kill", "recall"):
        raise WireError(_no_copy(node))
    kept = [line for number, line in enumerate(lines) if number > 1 or not _is_vignette(line, node)]
    item = sender.build_stated("ninjs", decoded, kept, limits, _hints(node), change)
    labels = tuple(("label", line) for line in lines[:2] if line not in kept)
    return _stamped(node, replace(item, furniture=(*labels, *item.furniture)), change, say)


def _is_vignette(line: str, node: _Node) -> bool:
    """A subject and the agency's name above the copy ("Defence TT"), as Nordic agencies print it."""
    outlet = _outlet(node)
    return bool(outlet) and line.endswith(outlet) and len(line) <= 40 and line[-len(outlet) - 1 :][:1] not in "."


def _no_copy(node: _Node) -> str:
    if _words(node.held.get("renditions")) or isinstance(node.held.get("renditions"), dict | list):
        return "The item names files to fetch, but holds no copy itself."
    return "The item holds no copy: it has neither a body nor a description."


def _hints(node: _Node) -> Hints:
    version = sender.stamp_of(node.text("versioncreated", "versiondate"))
    first = sender.stamp_of(node.text("firstpublished", "published", "firstcreated", "contentcreated"))
    names, _ = sender.names_of_byline(node.text("byline", "by", "bylines"))
    return Hints(
        headline=_headline(node),
        bylines=names or tuple(_authors(node.held.get("authors"))),
        site=_outlet(node),
        published=first.when if first else None,
        updated=version.when if version else None,
    )


def _headline(node: _Node) -> str:
    """The main headline: of several, the one whose role says so, else the first."""
    rows = node.held.get("headlines")
    for row in rows[:50] if isinstance(rows, list) else []:
        if isinstance(row, dict) and _words(_lower(row).get("role")).casefold() == "main" and _words(row):
            return _words(row)
    others = sorted(name for name in node.held if name.startswith("headline_"))
    return node.text("headline", "headlines", *others, "title")


def _outlet(node: _Node) -> str:
    names = node.listed("source", "provider", "infosource", "infosources", "copyrightholder")
    return sender.house_name(names[0]) if names else ""


def _authors(rows: Json) -> Iterator[str]:
    for row in rows[:20] if isinstance(rows, list) else []:
        if isinstance(row, dict) and _words(_lower(row).get("role")).casefold() in _WRITERS:
            name = _words(row)
            if name:
                yield name


def _body(node: _Node, limits: Limits) -> tuple[list[str], str]:
    """(the lines of the copy, a warning where they are not its body): HTML before plain text before other markup."""
    for text, markup in sorted(_texts(node, "bod"), key=lambda pair: pair[1]):
        lines = _lines(text, markup, limits)
        if lines:
            lines = [*_lead(node, lines, limits), *lines]
            return lines, "" if markup < 2 else "The body is in a markup that this desk reads roughly: check its head."
    for text, markup in sorted(_texts(node, "description"), key=lambda pair: -pair[1]):
        lines = _lines(text, markup, limits)
        if lines:
            return lines, "The item has no body; its description was read as the copy."
    return [], ""


def _lead(node: _Node, lines: list[str], limits: Limits) -> list[str]:
    """The first paragraph, where the sender keeps it apart from a body that goes on from it."""
    rows = node.held.get("descriptions")
    for row in rows[:50] if isinstance(rows, list) else []:
        if isinstance(row, dict) and _words(_lower(row).get("role")).casefold() in _LEADS:
            text, kind = _text_of(row, "description")
            lead = _lines(text, _markup(text, kind), limits) if text.strip() else []
            return [line for line in lead if not any(line in held for held in lines)]
    return []


def _lines(text: str, markup: int, limits: Limits) -> list[str]:
    lines = paragraphs(text) if markup == 1 else html_lines(text, limits)
    return lines if sum(len(re.findall(r"\w+", line)) for line in lines) >= 1 else []


def _texts(node: _Node, opening: str) -> Iterator[tuple[str, int]]:
    """(text, 0 for HTML, 1 for plain text, 2 for other markup) of the bodies or descriptions, in their order."""
    for name, value in sorted(node.held.items()):
        if not name.startswith(opening):
            continue
        for row in value[:50] if isinstance(value, list) else [value]:
            text, kind = _text_of(row, name)
            if text.strip():
                yield text, _markup(text, kind)


def _text_of(row: Json, name: str) -> tuple[str, str]:
    if isinstance(row, dict):
        small = _lower(row)
        value = small.get("value")
        kind = _words(small.get("contenttype") or small.get("mimetype")) or _words(small.get("role"))
        return (sender.whole_text(value) if isinstance(value, str) else ""), kind.casefold()
    return (sender.whole_text(row) if isinstance(row, str) else ""), name.partition("_")[2].casefold()


def _markup(text: str, kind: str) -> int:
    if "html" in kind:
        return 0
    if any(word in kind for word in ("nitf", "xml", "json")) and text.lstrip().startswith("<"):
        return 2
    return 0 if re.match(r"\s*<(?:p|div|body|html|article|section|h\d|ul)\b[^<>]*>", text, re.IGNORECASE) else 1


def _change(node: _Node) -> str:
    """What the version does: by its status of publication, its note to editors, then the label of its headline."""
    status = node.text("pubstatus").casefold().rpartition(":")[2]
    by_status = {"canceled": "kill", "cancelled": "kill", "killed": "kill", "recalled": "recall", "withheld": "recall"}
    note = sender.change_of_note("\n".join(node.listed("ednote", "ed_note", "editorialnote", "profile")))
    head = sender.change_of_headline(_headline(node))
    later = "update" if node.text(*_REPLACED) else ""
    return sender.gravest((by_status.get(status, ""), note, head, later))


def _stamped(node: _Node, item: WireItem, change: str, say: str) -> WireItem:
    sources = node.listed("source", "provider", "infosource", "infosources", "copyrightholder")
    _, signed = sender.names_of_byline(node.text("byline", "by", "bylines"))
    credits = dict.fromkeys((*item.credits, *signed, *sender.agencies_of(sources)))
    note = "\n".join(node.listed("ednote", "ed_note", "editorialnote"))
    item = replace(
        item,
        wire_id=_identity(node),
        version=node.text("version"),
        slug=node.text("slugline", "slug"),
        url=_url(node),
        credits=tuple(credits),
        derived_from=_origin(node),
        ed_note="\n".join(dict.fromkeys(filter(None, (note, item.ed_note)))),
    )
    item = _with_embargo(node, sender.with_change(item, change))
    item = sender.with_place(item, node.text("located"))
    item = sender.with_language(item, node.text("language"))
    return sender.warned(item, say, *_warnings(node))


def _with_embargo(node: _Node, item: WireItem) -> WireItem:
    words = node.text("embargoed", "embargo", "embargoeduntil", "embargotime", "embargodate")
    if not words or words.casefold() in ("none", "false", "no", "0"):
        return item
    until = sender.stamp_of(words)
    item = sender.with_embargo(item, until.when if until else None)
    if until is None:
        return sender.warned(item, f"The embargo ({words[:60]!r}) states no moment that can be read.")
    return item if until.zoned else sender.warned(item, "The embargo names no time zone; it was read as UTC.")


def _warnings(node: _Node) -> Iterator[str]:
    version = node.text("versioncreated", "versiondate")
    stamp = sender.stamp_of(version)
    if not version:
        yield "The item does not say when its version was made (versionCreated)."
    elif stamp is None:
        yield f"The time of the version ({version[:60]!r}) cannot be read."
    elif not stamp.zoned:
        yield "The time of the version names no time zone; it was read as UTC."
    if node.text("pubstatus").casefold().endswith("withheld"):
        yield "The sender withholds this item until further notice."
    if "eventdetails" in node.held or node.text("type").casefold() == "event":
        yield "The item describes an event, which may have been planned when it was written."
    if not _headline(node):
        yield "The item states no headline."


def _identity(node: _Node) -> str:
    """The id over all versions: a trailing "/2" that is the version goes, and the tokens of a request at AP."""
    identity = node.text(*_IDENTITIES)
    version = node.text("version")
    if version and re.search(rf"\d/{re.escape(version)}$", identity):
        identity = identity[: -len(version) - 1]
    try:
        parts = urlsplit(identity)
    except ValueError:
        return identity[:300]
    if parts.query and (parts.hostname or "").endswith("ap.org"):
        identity = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    return identity[:300]


def _url(node: _Node) -> str:
    """The address of the page: a field that states it, else an identity that is one and is no programs' address."""
    stated_url = node.text("canonicalurl", "canonical_url", "weburl", "link", "url")
    for words in (stated_url, node.text(*_IDENTITIES)):
        if re.match(r"https?://(?!api\.)[^\s<>\"]{4,500}$", words, re.IGNORECASE):
            return words
    return ""


def _origin(node: _Node) -> str:
    stated_origin = node.text(*_FROM)
    if stated_origin:
        return stated_origin[:300]
    rows = node.held.get("associations")
    named = rows.items() if isinstance(rows, dict) else [("", row) for row in rows] if isinstance(rows, list) else []
    for name, row in named:
        if isinstance(row, dict):
            small = _lower(row)
            roles = {name.casefold(), *(_words(small.get(key)).casefold() for key in ("rel", "role", "name"))}
            if roles & _FROM_ROLES and _words(small.get("uri")):
                return _words(small.get("uri"))[:300]
    return ""

"""A feed taken apart: each entry as an Atom document of its own, with what it is known by."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
DELETED = b"http://purl.org/atompub/tombstones/1.0"
MOST_ENTRIES = 500
MOST_TAGS = 150_000
TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NoFeed(ValueError):
    """The bytes are no feed; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``key`` is the hex digest of the entry's id, ``digest`` that of its words: equal words, equal digest, whenever
    and in whatever order the feed lists them. ``moment`` is when it says that it changed last, as it says it.
    ``document`` is the same bytes whenever the entry is the same."""

    key: str
    digest: str
    moment: str
    title: str
    link: str
    document: bytes


def entries_of(raw: bytes, url: str) -> tuple[Entry, ...]:
    """The entries of an RSS or Atom feed that came from ``url``, in its order, each id once, at most
    ``MOST_ENTRIES``. Raises ``NoFeed``."""
    if b"<!ENTITY" in raw[:100_000].upper() or raw.count(b"<") > MOST_TAGS:
        raise NoFeed("The feed at this address is too tangled to be read.")
    # Bytes by themselves would be tried as the name of a file.
    told = feedparser.parse(
        BytesIO(raw),
        response_headers={"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not told.get("version"):
        words = "It is empty." if not raw.strip() else "It may be a page that only links to one."
        raise NoFeed(f"What stands at this address is no RSS or Atom feed. {words}")
    found: dict[str, Entry] = {}
    entries = [entry_of(dict(row), told.feed, url) for row in told.entries[:MOST_ENTRIES]]
    for entry in [*tombstones(raw, told.feed, url), *entries]:
        found.setdefault(entry.key, entry)
    return tuple(found.values())


def tombstones(raw: bytes, feed: Any, url: str) -> list[Entry]:
    """What an Atom feed says of entries that were deleted (RFC 6721), each as an entry: a kill is news too."""
    if DELETED not in raw:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    tree, found = etree.fromstring(raw, parser), []
    gone = tree.iter(f"{{{DELETED.decode()}}}deleted-entry") if tree is not None else ()
    for _, element in zip(range(MOST_ENTRIES), gone, strict=False):
        name, when = element.get("ref") or "", element.get("when") or ""
        root = root_of(feed, url)
        etree.SubElement(root, element.tag, {"ref": name, "when": when}, nsmap={"at": DELETED.decode()})
        # The same entry may be deleted, stand again, and be deleted anew.
        key = digest_of([DELETED.decode(), name])
        found.append(Entry(key, digest_of([name, when]), when, "", "", as_bytes(root)))
    return found


def entry_of(row: Any, feed: Any, url: str) -> Entry:
    texts = [text_of(part) for part in row.get("content", ())] or [text_of(row.get("summary_detail", {}))]
    said = [row.get("title", ""), *(words for _, words in texts), *authors_of(row)]
    digest = digest_of([" ".join(words.split()) for words in said])
    name = row.get("id") or row.get("link") or digest
    document = document_of(row, feed, texts, name, url)
    moment = row.get("updated") or row.get("published") or ""
    return Entry(digest_of([name]), digest, moment, row.get("title", ""), row.get("link", ""), document)


def digest_of(words: Iterable[str]) -> str:
    return hashlib.sha256(json.dumps(list(words)).encode()).hexdigest()


def text_of(part: Any) -> tuple[str, str]:
    """The type, as Atom names it, and the words of a text."""
    return TYPES.get(part.get("type", ""), "html"), part.get("value", "")


def authors_of(row: Any) -> list[str]:
    named = [author.get("name", "") for author in row.get("authors", ())]
    return [name for name in named or [row.get("author", "")] if name]


def document_of(row: Any, feed: Any, texts: list[tuple[str, str]], name: str, url: str) -> bytes:
    """A feed of this one entry."""
    root = root_of(feed, url)
    entry = add(root, "entry")
    add(entry, "id", name)
    add(entry, "title", row.get("title", ""), type=text_of(row.get("title_detail", {"type": "text/plain"}))[0])
    if row.get("link"):
        add(entry, "link", rel="alternate", href=row["link"])
    for which in ("published", "updated"):
        if row.get(which):
            add(entry, which, row[which])
    for author in authors_of(row):
        add(add(entry, "author"), "name", author)
    if row.get("content") and (type_words := text_of(row.get("summary_detail", {})))[1]:
        add(entry, "summary", type_words[1], type=type_words[0])
    for type_, words in texts[:1]:
        add(entry, "content" if row.get("content") else "summary", words, type=type_)
    if row.get("rights"):
        add(entry, "rights", row["rights"])
    if masthead := row.get("source", {}).get("title"):
        add(add(entry, "source"), "title", masthead)
    return as_bytes(root)


def root_of(feed: Any, url: str) -> Any:
    """The masthead of the feed that an entry stood in."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    if feed.get("language"):
        root.set("{http://www.w3.org/XML/1998/namespace}lang", fit(feed["language"]))
    add(root, "id", url)
    add(root, "title", feed.get("title", ""))
    if feed.get("link"):
        add(root, "link", rel="alternate", href=feed["link"])
    return root


def as_bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def add(parent: Any, tag: str, words: str = "", **attributes: str) -> Any:
    child = etree.SubElement(parent, f"{{{ATOM}}}{tag}", {key: fit(value) for key, value in attributes.items()})
    child.text = fit(words) or None
    return child


def fit(words: str) -> str:
    """Without what XML cannot hold."""
    return NOT_XML.sub("", words)

"""What a page says of itself in its head: JSON-LD, Open Graph and meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ingest.cleaning import Hints
from ingest.cleaning.byline import take_byline
from ingest.cleaning.characters import squeeze, tidy
from ingest.cleaning.names import find_house

_ARTICLES = (
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "LiveBlogPosting",
    "BlogPosting",
    "AnalysisNewsArticle",
    "WebPage",
)
_SITE_PART = re.compile(r"\s+(?:\||[-–—](?=(?:\s+[\w.&]+){1,4}$))\s+[^|]{2,60}$")
_MAX_JSON = 200_000
_MAX_NODES = 500
_MAX_LENGTH = 300
_MAX_ADDRESS = 2000


@dataclass(slots=True)
class _Linked:
    """The article that a page's JSON-LD describes."""

    headline: str = ""
    authors: list[str] = field(default_factory=list)
    site: str = ""
    published: str = ""
    updated: str = ""
    body: str = ""


def hints_of(root: HtmlElement) -> Hints:
    """Headline, bylines, site and times, where the page states them; what is printed on the page goes first."""
    linked, meta = _linked(root), _meta(root)
    site = linked.site or meta.get("og:site_name", "") or meta.get("application-name", "")
    house = find_house(site)
    return Hints(
        headline=_headline(root, linked.headline or meta.get("og:title", "")),
        bylines=_names(linked.authors or _listed(meta)),
        site=house.name if house else site,
        published=_moment(linked.published or meta.get("article:published_time", "") or meta.get("date", "")),
        updated=_moment(linked.updated or meta.get("article:modified_time", "")),
    )


def body_of(root: HtmlElement) -> str:
    """The story as the page's JSON-LD states it in plain text; "" where it does not, or in markup."""
    body = _linked(root).body
    return "" if "<" in body else body


def address_of(root: HtmlElement) -> str:
    """The address that a page gives as its own: the canonical one, else Open Graph's; "" for none in full."""
    linked = [e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    stated = [e.get("content") for e in root.iter("meta") if (e.get("property") or e.get("name")) == "og:url"]
    return next((found for address in (*linked, *stated) if (found := _address(address or ""))), "")


def _address(words: str) -> str:
    address = words.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    whole = parts.scheme in ("http", "https") and parts.hostname and not any(map(str.isspace, address))
    return address if whole and len(address) <= _MAX_ADDRESS else ""


def _headline(root: HtmlElement, stated: str) -> str:
    """The one heading printed on the page, else the headline stated, else the page's title without its site."""
    printed = [words for found in root.iter("h1") if len((words := _words_of(found)).split()) >= 3]
    if len(printed) == 1 or (printed and not stated):
        return printed[0]
    titles = [_SITE_PART.sub("", _words_of(found)) for found in root.iter("title")]
    return stated or next(iter(titles), "")


def _words_of(element: HtmlElement) -> str:
    return squeeze(tidy("".join(element.itertext())))


def _meta(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = squeeze(tidy(element.get("content") or ""))[:_MAX_LENGTH]
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _listed(meta: dict[str, str]) -> list[str]:
    author = meta.get("author") or meta.get("byl") or meta.get("parsely-author") or ""
    return [author] if author and "/" not in author else []


def _names(authors: list[str]) -> tuple[str, ...]:
    signed = [take_byline(author if author.lower().startswith("by ") else f"By {author}") for author in authors]
    return tuple(dict.fromkeys(name for byline in signed if byline for name in byline.names))


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _linked(root: HtmlElement) -> _Linked:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > _MAX_JSON:
            continue
        try:
            parsed = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(parsed):
            kinds = node.get("@type")
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])) and node.get(
                "headline"
            ):
                return _article(node)
    return _Linked()


def _nodes(parsed: object) -> Iterator[dict[str, Any]]:
    waiting = [parsed]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _article(node: dict[str, Any]) -> _Linked:
    authors = node.get("author")
    people = authors if isinstance(authors, list) else [authors]
    return _Linked(
        headline=_string(node.get("headline")),
        authors=[name for person in people[:20] if (name := _name(person))],
        site=_name(node.get("publisher")),
        published=_string(node.get("datePublished")),
        updated=_string(node.get("dateModified")),
        body=body if isinstance(body := node.get("articleBody"), str) else "",
    )


def _name(value: object) -> str:
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _string(value: object) -> str:
    return squeeze(tidy(value))[:_MAX_LENGTH] if isinstance(value, str) else ""

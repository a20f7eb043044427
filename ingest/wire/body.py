"""The story inside marked-up content: NITF, XHTML, escaped HTML or plain text, as lines, without its captions."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.etree import _Element as Element

from ingest.cleaning.characters import paragraphs, squeeze, tidy
from ingest.cleaning.tables import Kind
from ingest.wire.types import Limits, WireError
from ingest.wire.xml import measure, parse, words

_DROPPED = frozenset(
    [
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "form",
        "button", "select", "textarea", "input", "nav", "footer", "audio", "video", "picture", "map", "alt-code",
        "media-reference", "media-metadata", "media-object", "nitf-table-metadata", "datasource",
    ]
)  # fmt: skip
_LEFT = {
    "media-caption": Kind.CAPTION, "figcaption": Kind.CAPTION, "media-producer": Kind.PHOTO_CREDIT, "fn": Kind.NOTE,
    "aside": Kind.TEASER, "note": Kind.NOTE, "credit": Kind.CREDIT, "copyrite": Kind.COPYRIGHT,
}  # fmt: skip
_LEFT_CLASSES = {
    "caption": Kind.CAPTION, "media-caption": Kind.CAPTION, "notepad": Kind.NOTE, "advert": Kind.TEASER,
}  # fmt: skip
_INLINE = frozenset(
    [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
        "var", "wbr", "time", "person", "location", "org", "num", "frac", "chron", "event", "function", "money",
        "object.title", "virtloc", "lang", "pronounce", "classifier", "name.given", "name.family", "city", "country",
        "state", "region", "sublocation",
    ]
)  # fmt: skip
_BLOCKS = frozenset(
    ["div", "section", "article", "ul", "ol", "dl", "table", "tr", "blockquote", "bq", "block", "body.content"]
)
_RUNNING = frozenset(["p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "caption"])
_HTML_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|table|tr|td|span|b|i|u|strong|em|html|body|a|section|article)\b[^<>]{0,500}>", re.I
)
_XML_INSIDE = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE nitf\b|<(?:\w+:)?nitf\b)", re.I)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_STORIED = frozenset(
    ["body", "body.content", "html", "block", "section", "article", "div", "p", "para", "pre", "ul", "table"]
)


@dataclass(slots=True)
class Body:
    """Lines of copy in their order, and (kind, words) of what stood among them and is none. ``nitf`` is the document
    that the content turned out to be, whose head says more of the item."""

    lines: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    nitf: Element | None = None


def content_of(holder: Element, limits: Limits) -> Body:
    """The story that an element of content holds, whatever form it has there. Raises WireError."""
    found = next(holder.iter("nitf"), None)
    if found is not None:
        return Body(nitf=found)
    if not len(holder):
        return _of_text(_unpacked(holder), limits)
    if not any(child.tag in _STORIED for child in holder.iter()):
        return Body()
    return lines_of(holder)


def lines_of(*elements: Element) -> Body:
    """The lines of these elements, a line for a paragraph, a list item or a row of a table."""
    reader = _Reader()
    for element in elements:
        reader.read(element)
        reader.flush(element.tag)
    return reader.body


def _unpacked(holder: Element) -> str:
    """The text of content that has no elements of its own; Base64 is decoded where the markup says so."""
    text = holder.text or ""
    around = holder.getparent()
    packing = holder.get("encoding", "") + (around.get("notation", "") if around is not None else "")
    if "base64" not in packing.lower():
        return text
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _of_text(text: str, limits: Limits) -> Body:
    if _XML_INSIDE.match(text):
        try:
            root = parse(text.encode("utf-8"), limits)[1]
        except WireError:
            return _of_html(text, limits)
        found = next(root.iter("nitf"), None)
        return Body(nitf=found) if found is not None else lines_of(root)
    if _HTML_TAG.search(text):
        return _of_html(text, limits)
    return Body(paragraphs(text))


def _of_html(text: str, limits: Limits) -> Body:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(tidy(text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Body()
    measure(root, limits)
    return lines_of(root)


class _Reader:
    """Walks the content once; a run of inline text ends where a block begins or ends."""

    def __init__(self) -> None:
        self.body = Body()
        self.run: list[str] = []

    def read(self, element: Element, around: str = "") -> None:
        """``around`` is the tag of the nearest block: an unknown element within a paragraph does not break it."""
        tag = str(element.tag)
        kind = _LEFT.get(tag) or self._classed(element)
        if tag in _DROPPED or "hidden" in element.attrib:
            return
        if kind:
            self.body.left += [(kind.value, said)] if (said := words(element)) else []
            return
        if tag == "pre" or tag == "br" or tag == "hr":
            self.flush(around)
            self.body.lines += paragraphs("".join(map(str, element.itertext())))
            return
        if tag == "tr" and self._row(element):
            return
        block = tag in _RUNNING or tag in _BLOCKS or (tag not in _INLINE and around not in _RUNNING)
        if block:
            self.flush(around)
        self._inside(element, tag if block else around)
        if block:
            self.flush(tag)

    def flush(self, tag: str) -> None:
        """Ends the line. Text that stands loose in a container may hold several, set apart by blank lines."""
        text = "".join(self.run)
        self.run = []
        if tag not in _RUNNING and _BLANK_LINE.search(text.strip()):
            self.body.lines += paragraphs(text)
        elif line := squeeze(tidy(text)):
            self.body.lines.append(line)

    def _inside(self, element: Element, around: str) -> None:
        self.run.append(element.text or "")
        for child in element:
            self.read(child, around)
            self.run.append(child.tail or "")

    def _row(self, row: Element) -> bool:
        """A row of several cells is one line; one of a single cell is there for its looks alone."""
        cells = [said for cell in row if cell.tag in ("td", "th", "row", "entry") and (said := words(cell))]
        if len(cells) < 2:
            return False
        self.flush("tr")
        self.body.lines.append(" | ".join(cells))
        return True

    @staticmethod
    def _classed(element: Element) -> Kind | None:
        classes = (element.get("class") or "")[:200].lower().split()
        return next((_LEFT_CLASSES[name] for name in classes if name in _LEFT_CLASSES), None)

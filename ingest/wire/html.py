"""A web page as a wire item: the block that holds the story, and what the page's metadata says of it."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree, html
from lxml.html import HtmlElement

from ingest.cleaning.characters import tidy
from ingest.wire.build import build
from ingest.wire.charset import Decoded
from ingest.wire.metadata import address_of, hints_of
from ingest.wire.story import story_lines
from ingest.wire.types import Limits, WireError, WireItem

_MAX_ELEMENTS = 100_000


def read_html(decoded: Decoded, limits: Limits) -> WireItem:
    """The item that a page holds. Raises WireError. Nothing is fetched, no entity of the page's own is expanded."""
    root = _parse(decoded.text)
    _measure(root, limits)
    hints, address = hints_of(root), address_of(root)
    return replace(build("html", decoded, story_lines(root, hints.headline), limits, hints), url=address)


def html_lines(text: str, limits: Limits) -> list[str]:
    """The lines of a piece of HTML that another format carries, a block a line. Raises WireError."""
    root = _parse(text)
    _measure(root, limits)
    return story_lines(root)


def _parse(text: str) -> HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(tidy(text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise WireError("This looks like HTML, but no page can be read from it.") from error
    return root


def _measure(root: HtmlElement, limits: Limits) -> None:
    """Refuses a page that is nested too deeply or broken into too many elements to be an article."""
    depth = {root: 1}
    for count, element in enumerate(root.iter(), 1):
        depth[element] = 1 + depth.get(element.getparent(), 0)
        if depth[element] > limits.max_depth:
            where = f" (line {element.sourceline})" if element.sourceline else ""
            raise WireError(f"The page is nested more than {limits.max_depth} elements deep{where}.")
        if count > _MAX_ELEMENTS:
            raise WireError(f"The page holds more than {_MAX_ELEMENTS:,} elements.")

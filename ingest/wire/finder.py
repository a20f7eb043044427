"""The one door to trafilatura, which finds the story in a page: loaded with the first page, never by importing."""

from __future__ import annotations

import importlib
import logging
from functools import lru_cache
from types import ModuleType

from lxml import etree
from lxml.html import HtmlElement

from ingest.cleaning.characters import squeeze, tidy

# Its time grows with the elements: half a second at this many, and no article comes near it.
MAX_ELEMENTS = 12_000
# What its last resort, all the text of a page, would take for copy.
_NEVER = ["//nav", "//menu", "//dialog", "//template", "//button", "//select", "//*[@hidden or @aria-hidden='true']"]
_INLINE = frozenset(["hi", "ref", "del", "graphic"])
_MAX_CELL_WORDS = 20


@lru_cache(maxsize=1)
def _trafilatura() -> ModuleType:
    # What it says of a page is told to nobody: a page that it cannot read is read without it.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return importlib.import_module("trafilatura")


def found_lines(root: HtmlElement) -> list[str]:
    """The lines of the story as trafilatura finds it, without readers' comments; none where it finds nothing or the
    page is too large. The tree is left as it is; nothing is fetched, and the same page gives the same lines."""
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        return []
    try:
        found = _trafilatura().bare_extraction(
            root, include_comments=False, include_tables=True, with_metadata=False, prune_xpath=_NEVER
        )
    except Exception:  # noqa: BLE001 -- whatever a page does to the library, the page can still be read without it
        return []
    return [] if found is None or found.body is None else _lines(found.body)


def _lines(body: HtmlElement) -> list[str]:
    """A line for each block, and one for each row of a table whose cells hold a few words each."""
    lines: list[list[str]] = [[]]
    rows: list[bool] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag == "row":
            rows = [*rows, _is_data(element)] if event == "start" else rows[:-1]
        in_row = bool(rows) and rows[-1] and element.tag != "row"
        if in_row and element.tag == "cell" and event == "end":
            lines[-1].append(" | " if element.getnext() is not None else "")
        elif not in_row and element.tag not in _INLINE:
            lines.append([])
        if event == "start":
            lines[-1].append(element.text or "")
        elif element is not body:
            lines[-1].append(element.tail or "")
    return [line for parts in lines if (line := squeeze(tidy("".join(parts))))]


def _is_data(row: HtmlElement) -> bool:
    cells = ["".join(cell.itertext()).split() for cell in row]
    return len(cells) > 1 and all(len(words) <= _MAX_CELL_WORDS for words in cells)

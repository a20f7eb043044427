"""The copy of a Word document by python-docx: paragraphs and rows. Runs in a process of its own (confined)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

MAX_ENTRIES = 2_000
MAX_UNPACKED = 40_000_000
MAX_MARKUP = 6_000_000  # of one part in XML: its tree takes about twenty times as much memory
MAX_RATIO = 200
MAX_DEPTH = 200
_CHUNK = 1 << 16
_MAX_CELL_WORDS = 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was struck out in tracked changes, and what a reader sees as a picture's text twice over.
_SKIP = frozenset([f"{_W}del", f"{_W}moveFrom", _FALLBACK])
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BOMB = "The Word document unpacks to more than this desk reads in one file."
Line = tuple[str, str]


class _TooMuchError(Exception):
    """The words that say which bound the document breaks."""


def read_bytes(raw: bytes) -> dict[str, Any]:
    """{"lines": [(style, words)], "title", "modified", "tracked"} with the time in ISO form, or {"error"}."""
    try:
        _measure(raw)
        package = OpcPackage.open(io.BytesIO(raw))
        main = package.main_document_part
        body = _parsed(main).find(f"{_W}body")
    except _TooMuchError as error:
        return {"error": str(error)}
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.LxmlError, EOFError, OSError):
        return {"error": "The Word document is damaged: no copy can be read from it."}
    if body is None:
        return {"error": "The Word document holds no text."}
    tracked = body.find(f".//{_W}ins") is not None or body.find(f".//{_W}del") is not None
    return {"lines": list(_lines(body, _styles(main))), "tracked": tracked, **_properties(package)}


def _measure(raw: bytes) -> None:
    """Unpacks every entry once, a little at a time, against what the archive declares and what this desk reads."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise _TooMuchError(f"The Word document is made of {len(entries):,} files, more than this desk unpacks.")
        if len({entry.filename for entry in entries}) < len(entries):
            raise _TooMuchError("The Word document holds two files of one name, which no word processor writes.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise _TooMuchError("The Word document is locked with a password; send it without one.")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise _TooMuchError(_BOMB)
        total = sum(_unpacked(archive, entry) for entry in entries)
        if total > MAX_UNPACKED or total > MAX_RATIO * len(raw):
            raise _TooMuchError(_BOMB)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    is_markup = entry.filename.lower().endswith((".xml", ".rels"))
    most = MAX_MARKUP if is_markup else MAX_UNPACKED
    size = 0
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _TooMuchError(_BOMB)
            if is_markup and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                raise _TooMuchError("The Word document declares entities of its own, which this desk does not expand.")
    return size


def _parsed(part: Part) -> etree._Element:
    """The tree of a part in XML; no entity in it is expanded."""
    root = parse_xml(part.blob)
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _TooMuchError(f"The Word document is nested more than {MAX_DEPTH} elements deep.")
    return root


def _styles(main: Part) -> dict[str, str]:
    """The name of each style by its id: names are the same in every language of Word, ids are not."""
    try:
        root = _parsed(main.part_related_by(RELATIONSHIP_TYPE.STYLES))
    except (KeyError, ValueError, etree.LxmlError, _TooMuchError):
        return {}
    names = ((style.get(f"{_W}styleId", ""), style.find(f"{_W}name")) for style in root.iter(f"{_W}style"))
    return {key: name.get(f"{_W}val", "").lower() for key, name in names if name is not None}


def _lines(parent: etree._Element, styles: dict[str, str]) -> Iterator[Line]:
    """The paragraphs, and the rows of tables whose cells hold a few words each, in their order."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, styles)
        elif element.tag == f"{_W}tr":
            yield from _row(element, styles)
        elif element.tag not in _SKIP and isinstance(element.tag, str):
            yield from _lines(element, styles)


def _paragraph(element: etree._Element, styles: dict[str, str]) -> Iterator[Line]:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else styles.get(style.get(f"{_W}val", ""), "")
    for line in "".join(_words(element)).split("\n"):
        if line.strip():
            yield name, line
    for box in _boxes(element):  # a text box hangs on the paragraph that it stands beside
        yield from _lines(box, styles)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in an element; those inside another one come with it."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in _SKIP:
            yield from _boxes(child)


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        elif child.tag not in _SKIP and child.tag not in (f"{_W}txbxContent", f"{_W}pPr"):
            yield from _words(child)


def _row(row: etree._Element, styles: dict[str, str]) -> Iterator[Line]:
    cells = [list(_lines(cell, styles)) for cell in row.iter(f"{_W}tc") if cell.getparent() is row]
    words = [" ".join(line for _, line in cell) for cell in cells]
    if len(words) > 1 and all(len(cell.split()) <= _MAX_CELL_WORDS for cell in words):
        if any(words):
            yield "row", " | ".join(words)
        return
    for cell in cells:
        yield from cell


def _properties(package: OpcPackage) -> dict[str, str]:
    try:
        core = package.core_properties
        return {"title": core.title, "modified": core.modified.isoformat() if core.modified else ""}
    except (KeyError, ValueError, AttributeError, etree.LxmlError):
        return {"title": "", "modified": ""}

"""The XML of strangers, read safely: nothing is expanded or fetched, depth and elements are bounded."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from html.entities import html5

from lxml import etree
from lxml.etree import _Element as Element

from ingest.cleaning.characters import squeeze, tidy
from ingest.wire.charset import Decoded, decode
from ingest.wire.sniff import HEAD, Clue, wide_encoding
from ingest.wire.types import Limits, WireError, WireFile

_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z]\w{1,30}));")
_OWN_ENTITY = re.compile(r"<!ENTITY\s+([^\s%\"'<>]{1,100})\s")
_PLAIN_NAME = re.compile(r"[a-z_][a-z0-9_.-]*")
_SET_APART = frozenset(
    [
        "br",
        "p",
        "li",
        "div",
        "td",
        "th",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "hl1",
        "hl2",
        "byttl",
        "story.date",
        "block",
        "line",
    ]
)
_XML_OWN = frozenset(["amp", "lt", "gt", "quot", "apos"])
_MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
_FAULTS = (
    (
        re.compile(r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)"),
        r"<\1>, opened in line \2, is closed by </\3>",
    ),
    (
        re.compile(r"Premature end of data in tag (\S+) line (\d+)"),
        r"the file ends before <\1>, opened in line \2, is closed; it may have been cut off",
    ),
    (re.compile(r"Entity '(\S+)' not defined"), r"the entity &\1; is not defined, and this desk loads no DTD"),
    (re.compile(r".*(?:EntityRef|CharRef).*"), 'an "&" stands alone; it is written as "&amp;" in XML'),
    (re.compile(r"Extra content at the end.*"), "there is more behind the end of the first element"),
    (re.compile(r"Excessive depth.*|.*XML_PARSE_HUGE.*"), "it is nested too deeply or too large"),
    (re.compile(r".*amplification.*|.*entity.*loop.*", re.IGNORECASE), "its entities multiply without end"),
    (re.compile(r"Start tag expected.*|Document is empty.*"), "no element begins there"),
)
MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 200
SCHEMA = "http://www.w3.org/2001/XMLSchema"


def parse(raw: bytes, limits: Limits) -> tuple[Decoded, Element]:
    """The root of an XML file, its elements and attributes in lower case and without their namespaces.

    Raises WireError, with the line, for what is not well-formed, too deep or too large, and for a file that needs
    entities of its own: none is expanded. The characters that HTML names (&nbsp;) are known.
    """
    mark = _MARKS.get(wide_encoding(raw[:HEAD]), b"")
    decoded = decode(raw if raw.startswith(mark) else mark + raw)
    text = _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), decoded.text, count=1)
    text = _REFERENCE.sub(_character, _ILLEGAL.sub("", text))
    _refuse_entities(text)
    root = _parse(text.encode("utf-8"))
    measure(root, limits)
    _plain_names(root)
    return replace(decoded, text=""), root


def measure(root: Element, limits: Limits) -> None:
    """Raises WireError for a tree that is nested too deeply, or broken into too many elements, to be copy."""
    depth = count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > limits.max_depth:
            raise WireError(
                f"The file is nested more than {limits.max_depth} elements deep (line {element.sourceline or 1})."
            )
        if count > MAX_ELEMENTS:
            raise WireError(f"The file holds more than {MAX_ELEMENTS:,} elements.")


def words(element: Element | None) -> str:
    """All the words of an element on one line; "" where there is no such element."""
    if element is None:
        return ""
    parts: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts += [" " if part.tag in _SET_APART else "", part.text or ""]
        elif part is not element:
            parts += [" " if part.tag in _SET_APART else "", part.tail or ""]
    return squeeze(tidy("".join(parts)))


def first(element: Element | None, *paths: str) -> str:
    """The words of the first of these paths that holds any."""
    if element is None:
        return ""
    return next((found for path in paths for part in element.findall(path) if (found := words(part))), "")


def attribute(element: Element | None, path: str, name: str) -> str:
    """An attribute of the first element at the path (of the element itself for ".") that has it."""
    if element is None:
        return ""
    found = [element] if path == "." else element.findall(path)
    return next((value for part in found if (value := squeeze(part.get(name) or ""))), "")


def is_schema(clue: Clue) -> bool:
    """Whether a file is an XML schema, a description of a format."""
    return clue.root == "schema" and clue.namespace in (SCHEMA, "")


def refuse_schema(raw: bytes, limits: Limits) -> WireFile:
    """Raises WireError: a schema holds no copy."""
    raise WireError("This is an XML schema, which describes a format; it holds no copy.")


def _character(match: re.Match[str]) -> str:
    """A reference as XML without a DTD knows it. Numbers 128 to 159 were meant in Windows-1252, as on the web."""
    if match["name"]:
        return match[0] if match["name"] in _XML_OWN else html5.get(match["name"] + ";", match[0])
    number = int(match["decimal"] or match["hex"], 10 if match["decimal"] else 16)
    if 0x80 <= number <= 0x9F:
        return bytes([number]).decode("cp1252", "ignore")
    return match[0] if number <= 0x10FFFF and not _ILLEGAL.match(chr(number)) else ""


def _refuse_entities(text: str) -> None:
    own = set(_OWN_ENTITY.findall(text)) if "<!ENTITY" in text else set()
    behind = max((match.end() for match in re.finditer(r"<!ENTITY[^>]*>", text)), default=0) if own else 0
    for match in re.compile(r"&([^\s;&<#]{1,100});").finditer(text, behind) if own else ():
        if match[1] in own:
            line = text.count("\n", 0, match.start()) + 1
            raise WireError(
                f"Line {line} uses an entity that the file declares itself (&{match[1][:40]};); this desk expands none."
            )


def _parse(raw: bytes, *, lenient: bool = False) -> Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=lenient,
    )
    try:
        root = etree.fromstring(raw, parser=parser)
    except etree.XMLSyntaxError as error:
        if not lenient and _is_only_prefixes(parser):
            return _parse(raw, lenient=True)
        raise WireError(_fault(error)) from error
    except ValueError as error:
        raise WireError(f"The XML cannot be read: {squeeze(str(error)).rstrip('.')}.") from error
    if root is None:
        raise WireError("The XML holds no element.")
    for entity in root.iter(etree.Entity):
        raise WireError(f"Line {entity.sourceline or 1} uses the entity {entity.text}, which this desk does not know.")
    return root


def _is_only_prefixes(parser: etree.XMLParser) -> bool:
    """Whether all that is wrong is a namespace prefix that nobody declared."""
    errors = list(parser.error_log)
    return bool(errors) and all(error.domain == etree.ErrorDomains.NAMESPACE for error in errors)


def _fault(error: etree.XMLSyntaxError) -> str:
    said = re.sub(r",? line \d+, column \d+.*$", "", squeeze(str(error.msg or "")), flags=re.DOTALL)
    for pattern, sentence in _FAULTS:
        match = pattern.match(said)
        if match:
            said = match.expand(sentence)
            break
    line = error.lineno or 1
    return f"The XML is broken in line {line}: {said.rstrip('.')[:200] or 'it cannot be read'}."


def _plain_names(root: Element) -> None:
    for element in root.iter(etree.Element):
        element.tag = _local(element.tag)
        if len(element.attrib) > MAX_ATTRIBUTES:  # to list them takes their number squared
            raise WireError(f"An element holds more than {MAX_ATTRIBUTES} attributes (line {element.sourceline or 1}).")
        given = dict(element.items())
        if any(name != _local(name) for name in given):
            element.attrib.clear()
            for name, value in sorted(given.items(), key=lambda pair: pair[0].startswith("{") or ":" in pair[0]):
                if _local(name) not in element.attrib:
                    element.set(_local(name), value)


def _local(name: str | bytes | bytearray | etree.QName) -> str:
    local = str(name).rpartition("}")[2].rpartition(":")[2].lower()
    return local if _PLAIN_NAME.fullmatch(local) else "other"

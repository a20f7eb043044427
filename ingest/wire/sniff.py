"""What a file is, by its first bytes and its marks, never by its name."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"8BPS", "a Photoshop image"),
    (b"\x00\x00\x01\x00", "an icon image"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"{\\rtf", "a Rich Text (RTF) file"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "a compiled program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_SHORT = (b"BM", b"MZ", b"BZh", b"ID3")  # two or three letters that copy, too, may begin with
_ZIPPED = ((b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint file"))
_OPEN_ZIPPED = ((b"opendocument.text", "an OpenDocument text"), (b"epub+zip", "an e-book"))
_OFFICE = (
    ("EncryptedPackage", "an Office file locked with a password"),
    ("WordDocument", "an old Word document (.doc)"),
)
_RIFF = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI video"}
_HTML_START = re.compile(
    r"(?>\s|<!--.{0,5000}?-->|<\?xml[^>]{0,200}\?>)*+"
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|meta|title|table|span|br|ul|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(r"</(?:p|div|body|html|h[1-6]|article|li|span)\s*>", re.IGNORECASE)
_XML_START = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|[A-Za-z][\w.-]*(?::[\w.-]+)?(?:\s+[\w:.-]+\s*=|\s*/?>))")
HEAD = 4096
MIN_TAGS = 4


@dataclass(frozen=True, slots=True)
class Clue:
    """What a format is recognised by: the bytes, their beginning as characters, and the name and namespace of the
    root where they are XML (both "" where they are not)."""

    raw: bytes
    start: str
    root: str = ""
    namespace: str = ""


_ROOT = re.compile(
    r"(?>\s|<\?.{0,2000}?\?>|<!--.{0,5000}?-->|<!DOCTYPE[^\[>]{0,1000}(?:\[.{0,20000}?\]\s*)?>)*+"
    r"<(?:(?P<prefix>[A-Za-z_][\w.-]{0,60}):)?(?P<name>[A-Za-z_][\w.-]{0,60})(?P<rest>[^>]{0,20000})",
    re.DOTALL,
)


def clue_of(raw: bytes) -> Clue:
    """Looks at the first bytes alone; a wrong guess of the encoding does no harm here, since names are ASCII."""
    head = raw[: 8 * HEAD]
    encoding = wide_encoding(head) or "utf-8-sig"
    start = head.decode(encoding, "replace").lstrip()
    root = _ROOT.match(start) if start.startswith("<") else None
    if root is None:
        return Clue(raw, start)
    prefix = f":{root['prefix']}" if root["prefix"] else ""
    space = re.search(rf"""\bxmlns{prefix}\s*=\s*["']([^"']{{0,500}})["']""", root["rest"])
    return Clue(raw, start, root["name"], space[1] if space else "")


def wide_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32, by the byte order mark or by the "<" that markup begins with; "" for all else."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first = head.lstrip(b" \t\r\n\x00")[:1] == b"<" and head[: 2 * HEAD].count(b"\x00") >= len(head[: 2 * HEAD]) // 3
    return ("utf-16-be" if head[:1] == b"\x00" else "utf-16-le") if first else ""


def binary_kind(raw: bytes) -> str:
    """What a binary file is, with its article ("a PDF"); "" for what may be text."""
    for magic, name in _MAGIC:
        if raw.startswith(magic) and (magic not in _SHORT or _has_controls(raw[:HEAD])):
            return name
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _office_kind(raw)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(raw)
    if raw.startswith(b"RIFF"):
        return _RIFF.get(raw[8:12], "a media file")
    if raw[4:8] == b"ftyp":
        return "an MP4 video or HEIC image"
    return ""


def _office_kind(raw: bytes) -> str:
    """Files of Office before 2007 are little file systems, and so is a newer one that is locked with a password."""
    named = ((name.encode("utf-16-le"), kind) for name, kind in _OFFICE)
    return next((kind for name, kind in named if name in raw), "an old Microsoft Office file")


def _zip_kind(raw: bytes) -> str:
    for mark, name in _OPEN_ZIPPED:
        if mark in raw[:200]:
            return name
    return next((name for mark, name in _ZIPPED if mark in raw), "a ZIP archive")


def _has_controls(head: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)


def is_html(text: str) -> bool:
    """Whether text is a web page or a piece of one; a stray tag in plain copy does not make it one."""
    return bool(_HTML_START.match(text[:HEAD])) or len(_HTML_INSIDE.findall(text[: 16 * HEAD])) >= MIN_TAGS


def markup_kind(text: str) -> str:
    """What structured text is that is neither copy nor HTML ("JSON", "XML"); "" for all else."""
    start = text[:HEAD].lstrip()
    if start.startswith(("{", "[")) and _is_json(text):
        return "JSON"
    return "XML" if _XML_START.match(start) and text.rstrip().endswith(">") else ""


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False

"""From bytes to characters: byte order mark, UTF-8, the page's own declaration, then a guess that is said aloud."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from ingest.wire.types import WireError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
# Single-byte and Asian code pages that wire copy still comes in. UTF-16 without its mark shows as NUL bytes instead.
_GUESSES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "koi8_u", "cp866",
    "cp437", "mac_roman", "mac_cyrillic", "iso8859_2", "iso8859_5", "iso8859_15", "gb18030", "big5", "shift_jis",
    "euc_jp", "euc_kr",
]  # fmt: skip
_CODE_PAGE = re.compile(r"cp\d+|iso8859-\d+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc[_-]\w+|mac-\w+|tis-620|hz")
# Quotation marks, dashes, ellipsis, euro, bullet, trade mark, no-break space, pound, section, ©, «, ®, °, · and ».
_TYPOGRAPHY = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb")
_MOJIBAKE = re.compile("â€[™œ˜“”\x9d\x99\x9c\xa6¦]|â€”|Ã[©¨¼¶¤Ÿ±³¡\xad]|Â[ «»£©°]|Ð[°-¿]Ñ|ï»¿|â‚¬")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.02
HEAD = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and what a person should know about that."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    """The text of a file. Raises WireError, with the offset, for NUL, binary data and bytes that nothing reads."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _checked(_strict(raw[len(mark) :], encoding, len(mark)), encoding)
    _refuse_binary(raw)
    try:
        return _checked(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    declared = _declared(raw)
    if declared:
        return _checked(raw.decode(declared, "strict"), declared)
    encoding = _guess(raw)
    if not encoding:
        raise WireError(f"Byte {bad} (0x{raw[bad]:02X}) is not UTF-8, and no other encoding reads the file as text.")
    say = f"The file is not UTF-8 (byte {bad}); it was read as {encoding}, which is a guess: check accents and quotes."
    return _checked(raw.decode(encoding), encoding, say)


def _strict(raw: bytes, encoding: str, skipped: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        where = error.start + skipped
        raise WireError(f"Byte {where} is not {encoding.upper()}, which the file's first bytes say it is.") from error


def _refuse_binary(raw: bytes) -> None:
    nul = raw.find(b"\x00")
    if nul >= 0:
        hint = (
            " (it may be UTF-16 without a byte order mark)" if 3 * raw[:HEAD].count(b"\x00") >= len(raw[:HEAD]) else ""
        )
        raise WireError(f"Byte {nul} is a NUL character, which copy never holds{hint}; send the file as UTF-8 text.")
    controls = _CONTROLS.search(raw)
    if controls and len(_CONTROLS.findall(raw)) > MAX_CONTROL_SHARE * len(raw):
        raise WireError(f"This is binary data, not text: control characters from byte {controls.start()} on.")


def _declared(raw: bytes) -> str:
    """The encoding that a page declares for itself, where it does decode the page; "" otherwise."""
    match = _DECLARED.search(raw[:HEAD])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except (LookupError, ValueError):
        return ""
    name = "cp1252" if name in ("iso8859-1", "ascii") else name  # what browsers do: those labels are used for it
    return name if _CODE_PAGE.fullmatch(name) and _reads(raw, name) else ""


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _guess(raw: bytes) -> str:
    high = {byte for byte in set(raw) if byte >= 0x80}
    if high <= _TYPOGRAPHY:
        return "cp1252"
    best = from_bytes(raw, cp_isolation=_GUESSES, enable_fallback=False).best()
    if not best or not _reads(raw, best.encoding):
        return ""
    return "cp1252" if _reads(raw, "cp1252") and raw.decode("cp1252") == raw.decode(best.encoding) else best.encoding


def _checked(text: str, encoding: str, *warnings: str) -> Decoded:
    nul = text.find("\x00")
    if nul >= 0:
        raise WireError(f"Character {nul} is a NUL character, which copy never holds; send the file as UTF-8 text.")
    found = list(warnings)
    garbled = _MOJIBAKE.findall(text)
    if garbled:
        found.append(
            f"The copy holds garbled characters such as {garbled[0]!r} ({len(garbled)} in all): UTF-8 that was read in "
            "another encoding before it was sent; they are kept as they came."
        )
    lost = text.count("\ufffd")
    if lost:
        found.append(f"{lost} character{'s were' if lost > 1 else ' was'} lost (U+FFFD) before the file was sent.")
    return Decoded(text.removeprefix("\ufeff"), encoding, tuple(found))

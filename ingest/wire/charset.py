"""From bytes to characters: byte order mark, UTF-8, the page's own declaration, then a guess that is said aloud."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from ingest.cleaning.language import detect
from ingest.wire.garbled import found as found_garbled
from ingest.wire.garbled import repaired
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
# Code pages that differ from Windows-1252 in a few letters alone, which a guess from the bytes takes for one another.
_LIKE_WESTERN = frozenset(["cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "mac_roman", "cp437"])
_WESTERN = frozenset(["en", "de", "fr", "es", "it", "pt", "nl", "sv", "id"])
_ODD_INSIDE = re.compile(r"[^\W\d_][\xa1-\xbf\xd7\xf7][^\W\d_]")
_BAD = re.compile("\ufffd+")
_MULTIBYTE = re.compile(r"[^\x00-\x7f\ufffd]")
# What text in UTF-16 is of, where nothing says that it is UTF-16: letters of alphabets, figures, punctuation, blanks.
_ALPHABETIC = re.compile(
    r"[\t\n\r\x20-\x7e\xa0-\u024f\u0370-\u052f\u0590-\u05ff\u0600-\u06ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.02
MAX_BAD_SHARE = 0.25  # of the letters beyond ASCII
MIN_ALPHABETIC = 0.98
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
    wide = _wide(raw)
    if wide:
        say = f"Nothing in the file says its encoding; it was read as {wide.upper()}, which its bytes look like."
        return _checked(raw.decode(wide), wide, say)
    _refuse_binary(raw)
    try:
        return _checked(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    mended = _mended(raw, bad)
    if mended:
        return mended
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


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark, where one order of its bytes reads as an alphabet and the other does not; else ""."""
    if b"\x00" not in raw[:HEAD] or len(raw) % 2:
        return ""
    return next(
        (order for order in ("utf-16-le", "utf-16-be") if _reads(raw, order) and _is_alphabetic(raw, order)), ""
    )


def _is_alphabetic(raw: bytes, order: str) -> bool:
    text = raw.decode(order)
    return len(text) >= 8 and " " in text and len(_ALPHABETIC.findall(text)) >= MIN_ALPHABETIC * len(text)


def _mended(raw: bytes, bad: int) -> Decoded | None:
    """UTF-8 in which a few bytes were broken: those letters are lost, and said to be; None where more is wrong."""
    text = raw.decode("utf-8", "replace")
    lost, whole = len(_BAD.findall(text)), len(_MULTIBYTE.findall(text))
    if whole < 4 or lost > MAX_BAD_SHARE * whole:
        return None
    letters, stand = (f"{lost} letters are", "stand") if lost > 1 else ("one letter is", "stands")
    say = f"The file is UTF-8, but {letters} broken in it (the first at byte {bad}) and {stand} as U+FFFD."
    return _checked(_BAD.sub("\ufffd", text), "utf-8", say, lost_known=True)


def _refuse_binary(raw: bytes) -> None:
    nul = raw.find(b"\x00")
    if nul >= 0:
        raise WireError(f"Byte {nul} is a NUL character, which copy never holds; send the file as UTF-8 text.")
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
    return "cp1252" if _is_western(raw, best.encoding) else best.encoding


def _is_western(raw: bytes, guessed: str) -> bool:
    """Whether Windows-1252 reads the file as well as the code page guessed: the same text, or a western language."""
    if not _reads(raw, "cp1252"):
        return False
    text = raw.decode("cp1252")
    if text == raw.decode(guessed):
        return True
    return guessed in _LIKE_WESTERN and detect(text) in _WESTERN and not _ODD_INSIDE.search(text)


def _checked(text: str, encoding: str, *warnings: str, lost_known: bool = False) -> Decoded:
    nul = text.find("\x00")
    if nul >= 0:
        raise WireError(f"Character {nul} is a NUL character, which copy never holds; send the file as UTF-8 text.")
    found = list(warnings)
    garbled = found_garbled(text)
    whole = repaired(text) if garbled else ""
    if whole:
        text = whole
        found.append(
            f"The copy came garbled ({garbled[0]!r} and the like): UTF-8 that was read in another encoding before it "
            "was sent. All of it reads well when that is undone, so it was undone: check names and quotes."
        )
    elif garbled:
        found.append(
            f"The copy holds garbled characters such as {garbled[0]!r} ({len(garbled)} in all): UTF-8 that was read in "
            "another encoding before it was sent; they are kept as they came."
        )
    lost = text.count("\ufffd")
    if lost and not lost_known:
        found.append(f"{lost} character{'s were' if lost > 1 else ' was'} lost (U+FFFD) before the file was sent.")
    return Decoded(text.removeprefix("\ufeff"), encoding, tuple(found))

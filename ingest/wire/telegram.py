"""What the wires of control characters (ANPA 1312, IPTC 7901) have in common: frames, lines, and words for versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ingest.cleaning.characters import squeeze, tidy
from ingest.cleaning.times import complete_day, parse_day
from ingest.wire import sender
from ingest.wire.charset import Decoded, decode
from ingest.wire.types import Limits, WireError, WireFile, WireItem

SOH, STX, ETX = b"\x01", b"\x02", b"\x03"
# Idle, padding and shift characters that carry nothing; those that separate fields become a space.
_IDLE = bytes([0x00, 0x04, 0x05, 0x06, 0x07, 0x0E, 0x0F, 0x16, 0x7F])
_FIELDS = bytes([0x08, 0x10, 0x11, 0x12, 0x13, 0x14, 0x1C, 0x1D, 0x1E, 0x1F])
_AS_SPACE = bytes.maketrans(_FIELDS, b" " * len(_FIELDS))
_QUADS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "<=>^"
_NEW_PARAGRAPH = re.compile(r"(?:\t|\^| {2,})")
# What tells the versions of one story apart: leads, adds, takes, corrections, kills.
VERSION_WORDS = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)\s?-?(?:ld|lead|lede|add|take|sub|insert|writethru|write-thru|round-?up|update|ld-writethru)"
    r"|ld|lead|lede|write-?thru|ld-all|take\s?\d{1,2}|\d{1,2}(?:st|nd|rd|th)\stake|add(?:s|\s\d{1,2})?|sub|insert|pickup"
    r"|correct(?:ion|ive|ed)|refile|repetition|repeat|rpt|kill|withdrawal|withhold|elimination|advisory|urgent|bulletin"
    r"|flash|newsalert|apnewsalert|alert|wrap(?:\s?up)?|roundup|update(?:\s\d{1,2})?|extra|optional)"
    r"(?![a-z])[\w /-]{0,24}",
    re.IGNORECASE,
)
_TAKE = re.compile(
    r"(?:take\s?(?P<a>\d{1,2})|(?P<b>\d{1,2})(?:st|nd|rd|th)\s?(?:take|add)|\b(?:1st\s?)?adds?\b)", re.IGNORECASE
)
_MOVED = re.compile(r"\b(?:sent|moved|transmitted|dated|filed|issued|of|on)\b([^.\n]{1,40})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_MONTHS = {
    "mai": 5, "okt": 10, "dez": 12, "mär": 3, "mrz": 3, "fév": 2, "fev": 2, "avr": 4, "aoû": 8, "aou": 8, "déc": 12,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12, "set": 9, "maj": 5, "mag": 5, "gen": 1, "giu": 6, "lug": 7, "ott": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """One message off the wire: the lines before the text, the text, and the lines behind it, as they came.

    ``framed`` says that control characters marked the text; without them ``head`` is empty and ``body`` holds all.
    """

    head: str
    body: str
    tail: str
    framed: bool
    decoded: Decoded


def frames_of(raw: bytes, limits: Limits) -> list[Frame]:
    """The messages of a file, one for each start of heading. Raises WireError for none, too many, or no text."""
    parts = [part for part in raw.split(SOH) if re.search(rb"\w", part)]
    if len(parts) > limits.max_items:
        raise WireError(
            f"The file holds {len(parts):,} messages; this desk reads up to {limits.max_items:,} in one file."
        )
    if not parts:
        raise WireError("The file holds control characters of a wire, but no words between them.")
    return [_frame(part) for part in parts]


def _frame(part: bytes) -> Frame:
    head, stx, rest = part.partition(STX)
    if not stx:
        head, rest = b"", part
    body, etx, tail = rest.partition(ETX)
    decoded = decode(_printable(body) or b"\n")
    return Frame(_plain(head), decoded.text, _plain(tail), bool(stx), decoded) if etx or stx else _bare(part)


def _bare(part: bytes) -> Frame:
    decoded = decode(_printable(part))
    return Frame("", decoded.text, "", False, decoded)


def _printable(part: bytes) -> bytes:
    return part.translate(_AS_SPACE, _IDLE + STX + ETX)


def _plain(part: bytes) -> str:
    return _printable(part).decode("latin-1")


def wire_characters(text: str) -> str:
    """The characters that a seven-bit wire prints another way: ``quotes'' and the dash " _ "."""
    text = text.replace("''", "”") if "``" in text else text
    return re.sub(r"(?<=[\w).,”\"']) _ (?=\S)", " — ", text.replace("``", "“"))


def lines_of(text: str) -> list[str]:
    """The paragraphs of a text whose paragraphs are indented, marked with a caret, or set apart by an empty line.

    A caret, which marks the lines of the head, stays at their beginning.
    """
    joined: list[str] = []
    fresh = True
    for line in re.split(r"\r\n|\n|\r", text):
        if not line.strip("^<=> \t"):
            fresh = True
        elif fresh or _NEW_PARAGRAPH.match(line) or (joined and joined[-1].rstrip(" ").endswith(tuple(_QUADS))):
            joined.append(line)
            fresh = False
        else:
            joined[-1] += " " + line
    return ["^" * line.startswith("^") + words for line in joined if (words := words_of(line))]


def words_of(line: str) -> str:
    """A line without the marks that set its place in the column."""
    return squeeze(tidy(line.lstrip("^\t ").rstrip(_QUADS)))


def split_version(words: str) -> tuple[str, str]:
    """(keyword, version) of a keyword with its version behind it: "Fire 1stLd-Writethru", "FIRE/ (UPDATE 1)"."""
    match = re.search(rf"[\s(]+({VERSION_WORDS.pattern})\)?\s*$", words, re.IGNORECASE)
    return (words[: match.start()].strip(), match[1].strip()) if match else (words, "")


def take_of(version: str) -> int:
    """Which take or add of a story a version word names (the first add counts as 2); 0 for a whole story."""
    take = _TAKE.search(version)
    if not take:
        return 0
    number = int(take["a"] or take["b"] or 1)
    return number if take["a"] or "take" in take[0].lower() else number + 1


def month_of(name: str) -> int:
    """The number of a month by its first letters, in the languages of the wires; 0 for other words."""
    short = name[:3].casefold()
    if short in _MONTHS:
        return _MONTHS.index(short) + 1
    if short == "jui":  # juin, juillet
        return 7 if name[3:4].casefold() == "l" else 6
    return _OTHER_MONTHS.get(short, 0)


def year_of(two_or_four: int) -> int:
    """A year that may be written with two figures: the century turns at 1970, before which no such wire ran."""
    return two_or_four if two_or_four > 99 else two_or_four + (1900 if two_or_four >= 70 else 2000)


def family(service: str, keyword: str, day: date | str) -> str:
    """The id that all leads and takes of one story share: service, keyword and day, in small letters."""
    slug = re.sub(r"\s*([/-])\s*", r"\1", squeeze(keyword)).strip(" /,-").casefold()
    return ":".join(filter(None, (service, slug[:120], str(day)))) if slug else ""


def named_day(notice: str, sent: datetime | None) -> str:
    """The day of the copy that a notice kills or corrects ("sent May 3"), if it names one of the last ten; else ""."""
    for moved in _MOVED.finditer(notice[:3000]) if sent else ():
        found = parse_day(moved[1])
        day = complete_day(found[1], found[2], sent.date()) if found and sent else None
        if day and sent and day >= sent.date() - timedelta(days=10):
            return str(day)
    return ""


def joined_notes(notes: Sequence[str]) -> str:
    """Notes to editors as one text, each once."""
    return "\n".join(dict.fromkeys(filter(None, notes)))


def read_frames(frames: Sequence[Frame], read_message: Callable[[Frame, Limits], WireItem], limits: Limits) -> WireFile:
    """The items of all messages; one that cannot be read is left out with its number. Raises WireError for none."""
    read: list[WireItem] = []
    left_out: list[str] = []
    for number, frame in enumerate(frames, 1):
        try:
            read.append(read_message(frame, limits))
        except WireError as error:
            which = f"Message {number} of {len(frames)}: {sender.reason_of(error)}"
            left_out.append(which if len(frames) > 1 else str(error))
    return sender.file_of(read, left_out)

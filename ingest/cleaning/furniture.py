"""What a single line is, when it is furniture: the tables of :mod:`ingest.cleaning.tables` applied to one line."""

from __future__ import annotations

import re

from ingest.cleaning import tables
from ingest.cleaning.tables import Kind
from ingest.cleaning.times import NEXT_LABEL, is_only_time

_TIME_LABEL = re.compile(
    r"(?:(?:first|last|originally|article|story)\s+)?(?:published|updated?|posted|modified|created|edited|filed|issued|date|time)\b"
    r"(?:\s+(?:on|at))?\s*[:@|–—-]?\s*",
    re.IGNORECASE,
)
_NAV_BAR = re.compile(r"[^|•·›»>]{1,24}(?:\s*[|•·›»>]\s*[^|•·›»>]{1,24}){2,20}")
_BRACKETS = str.maketrans("", "", "\"'“”‘’[]()›»→▶▼•·*")
_QUOTE_OPEN = ("“", '"', "‘", "«", "„")
_INNER_STOP = re.compile(r"[a-z0-9”\")][.!?](?=\s+[A-Z“\"])")
MAX_CAPTION_SENTENCES = 3
LONGEST = 700


def kind_of(line: str) -> Kind | None:
    """The kind of furniture that a whole line is; None for copy, and for all that only its place could tell."""
    if not any(map(str.isalnum, line)):
        return Kind.ENDMARK
    if len(line) > LONGEST:
        return None
    if tables.CREDIT_LINE.fullmatch(line) or tables.COVERAGE.fullmatch(line) or tables.CONTRIBUTED.fullmatch(line):
        return Kind.CREDIT
    whole = _whole(line)
    if whole or line.startswith(_QUOTE_OPEN):
        return whole
    if is_time_line(line):
        return Kind.TIME
    return _opening(line) or _caption(line) or (Kind.NAVIGATION if _NAV_BAR.fullmatch(line[:161]) else None)


def _whole(line: str) -> Kind | None:
    bare = line.translate(_BRACKETS).strip(" .:…|–—->")
    for wording in tables.WORDINGS:
        if wording.whole and (wording.whole.fullmatch(line) or wording.whole.fullmatch(bare)):
            return wording.kind
    return None


def _opening(line: str) -> Kind | None:
    for wording in tables.WORDINGS:
        if wording.opening and len(line) <= wording.longest and wording.opening.match(line):
            return wording.kind
    return None


def _caption(line: str) -> Kind | None:
    if tables.CAPTION_INSIDE.search(line):
        return Kind.CAPTION
    tail = tables.CAPTION_TAIL.search(line)
    return Kind.CAPTION if tail and len(_INNER_STOP.findall(line[: tail.start()])) <= MAX_CAPTION_SENTENCES else None


def is_time_line(line: str) -> bool:
    """Whether a line holds nothing but dates and times, each with or without a label ("Published …", "Updated …")."""
    if len(line) > 120:
        return False
    pieces = [stripped for piece in NEXT_LABEL.split(line) if (stripped := piece.strip(" |-–—•·,()[]"))]
    return bool(pieces) and all(map(_is_time_piece, pieces))


def _is_time_piece(piece: str) -> bool:
    label = _TIME_LABEL.match(piece)
    rest = piece[label.end() :] if label else piece
    return is_only_time(rest) if rest else bool(label)


def caption_by_house(line: str) -> bool:
    """Whether a line is a sentence or two with a bare agency or outlet behind it, as captions are credited."""
    return len(line) <= LONGEST and bool(tables.SENTENCE_THEN_HOUSE.fullmatch(line))


def split_tail(line: str) -> tuple[str, str]:
    """(copy, credit) where a credit is printed behind the copy's last full stop; the credit is "" without one."""
    begin = max(len(line) - LONGEST, 20)
    for pattern in (tables.CREDIT_TAIL, tables.HOUSE_TAIL):
        match = pattern.search(line, begin)
        if match:
            return line[: match.start()].rstrip(), match[0].strip()
    return line, ""

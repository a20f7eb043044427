"""Characters and lines of plain copy: what is normalised, and nothing else, so that quotations stay exact."""

from __future__ import annotations

import re
from itertools import pairwise

_BREAKS = re.compile(r"\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACES = re.compile(r"[\xa0\u2007\u202f\u2002-\u2006\u2009\u200a\t]")
# Control characters, and marks that print nothing: zero-width space, word joiner, byte order mark, soft hyphen,
# and the overrides of text direction, which can make a quotation read otherwise than it is stored.
_STRAY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\xad\u202a-\u202e\u2066-\u2069]")
_INDENT = re.compile(r"(?: {2,}|\t)\S")
_OWN_LINE = re.compile(r"\s*(?:[-•*▪●‣◦·]\s|_{2,}|\*{2,}|-{2,}|By\s+[A-Z]|\()")
MAX_WRAP = 100
MIN_WRAP = 40


def tidy(text: str) -> str:
    """The text with line breaks as "\\n", odd spaces as a space, and stray control characters taken out."""
    return _SPACES.sub(" ", _STRAY.sub("", _BREAKS.sub("\n", text)))


def stray_count(text: str) -> int:
    """How many stray control characters :func:`tidy` would take out."""
    return len(_STRAY.findall(text))


def squeeze(text: str) -> str:
    """One line: every run of white space is one space."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of plain copy: one a line, with lines that were wrapped at a fixed width joined again."""
    lines = [line.rstrip() for line in _BREAKS.sub("\n", text).split("\n")]
    width = _wrap_width(lines)
    joined: list[str] = []
    previous = ""
    for line in lines:
        if previous and line.strip() and width and _continues(previous, line, width):
            joined[-1] += " " + line.strip()
        elif line.strip():
            joined.append(line)
        previous = line
    return [squeeze(tidy(line)) for line in joined if squeeze(tidy(line))]


def _wrap_width(lines: list[str]) -> int:
    """The column at which the copy was wrapped, 0 when it was not: long lines there rule a fixed width out."""
    lengths = [len(line) for line in lines if line.strip()]
    if not lengths or not MIN_WRAP <= max(lengths) <= MAX_WRAP:
        return 0
    width = max(lengths)
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    full = [pair for pair in pairs if _would_not_fit(*pair, width)]
    open_ended = [a for a, _ in full if a[-1] not in '.!?:"”']
    return width if len(full) >= 2 and 2 * len(open_ended) >= len(full) else 0


def _continues(line: str, following: str, width: int) -> bool:
    if _INDENT.match(following) and not _INDENT.match(line):
        return False
    return not _OWN_LINE.match(following) and _would_not_fit(line, following, width)


def _would_not_fit(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line had no room on this one, as a wrapping printer decides it."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width

"""Two versions of a text set beside each other, word by word, with changed numbers set off (R19). Pure.

The work is bounded: where two stretches are too long to be compared word by word, whole paragraphs are shown as cut and
added. Runs of paragraphs that did not change are left out but for the ones beside a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from claims.anchoring import Stretch, stretches

TOKEN = re.compile(r"\n|[^\S\n]+|\w+(?:[.,:/’'-]\w+)*|[^\w\s]")
NUMBER = re.compile(
    r"(?i)\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozens?|scores|hundreds?"
    r"|thousands?|millions?|billions?|(?:twen|thir|for|fif|six|seven|eigh|nine)ty-\w+)$"
)
MOST_PAIRS = 4_000_000
MOST_PARAGRAPHS = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both texts (``same``), were added (``ins``) or cut (``del``); ``number``: they count."""

    text: str
    kind: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the comparison, or ``left_out`` paragraphs that did not change."""

    pieces: Sequence[Piece] = ()
    left_out: int = 0


def compare(old: str, new: str) -> list[Passage]:
    """Both texts in one, in the order of the new one."""
    found = stretches(_cut(old), _cut(new))
    passages: list[Passage] = []
    for at, stretch in enumerate(found):
        if stretch.same:
            passages += _unchanged(stretch.new, first=at == 0, last=at == len(found) - 1)
        else:
            passages += [Passage(pieces) for pieces in _paragraphs(_changed(stretch))]
    return passages


def _cut(text: str) -> str:
    return "\n".join(text.split("\n")[:MOST_PARAGRAPHS])


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> list[Passage]:
    head, tail = int(not first), int(not last)
    if len(lines) <= head + tail + 1:
        return [Passage((Piece(line, "same"),)) for line in lines]
    shown = [Passage((Piece(line, "same"),)) for line in lines]
    return [*shown[:head], Passage(left_out=len(lines) - head - tail), *(shown[-tail:] if tail else [])]


def _changed(stretch: Stretch) -> Iterator[Piece]:
    old, new = TOKEN.findall("\n".join(stretch.old)), TOKEN.findall("\n".join(stretch.new))
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        yield from _pieces([*old, "\n"] if old and new else old, "del")
        yield from _pieces(new, "ins")
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from _pieces(new[c:d], "same")
        else:
            yield from _pieces(old[a:b], "del")
            yield from _pieces(new[c:d], "ins")


def _pieces(tokens: Iterable[str], kind: str) -> Iterator[Piece]:
    """Tokens of one kind joined, numbers by themselves where they changed."""
    for (is_break, is_number), group in groupby(tokens, key=lambda t: (t == "\n", kind != "same" and _counts(t))):
        words = "".join(group)
        yield Piece("\n" if is_break else words, kind, is_number)


def _counts(token: str) -> bool:
    return NUMBER.search(token) is not None


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    row: list[Piece] = []
    for piece in pieces:
        if piece.text != "\n":
            row.append(piece)
        elif piece.kind == "del" and row and any(each.kind != "del" for each in row):
            row.append(Piece(" ", "del"))
        elif row:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)

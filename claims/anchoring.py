"""Where words of one version stand in another: exactly there, or nowhere (R19). Pure.

Words stand only as whole sentences with what is around them: a stretch of sentences that both texts have, letter for
letter, once each, between the same neighbours. A sentence that merely looks alike is never taken for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A line break always ends a sentence; inside a line, a stop does where a capital, a digit or a quotation follows.
BREAK = re.compile(r"\n+|(?<=[.!?…])[\"'”’»)\]]*[ \t\u00a0]+(?=[\"'“‘«(\[]?[^\W_a-z])")
# Behind these a stop ends no sentence: initials, titles, U.S. To split too little only asks for more context.
SHORT = re.compile(r"(?:\b[^\W\d_a-z][^\W\d_]{0,2}|\.[^\W\d_]|\b(?:Capt|Prof|Sept|Supt|Messrs))\.$")
NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]*")
MOST_AROUND = 8
MOST_APART = 4
LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` of the new text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where its sentences begin and end, blanks between them left out."""

    words: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, words: str) -> Text:
        spans = list(_sentences(words))
        return cls(words, tuple(start for start, _ in spans), tuple(end for _, end in spans))

    def __len__(self) -> int:
        return len(self.starts)

    def sentence(self, at: int) -> str:
        return self.words[self.starts[at] : self.ends[at]] if 0 <= at < len(self) else ""

    def window(self, first: int, last: int) -> str:
        """The words from sentence ``first`` to ``last``, both included, with all that is between them."""
        return self.words[self.starts[first] : self.ends[last]]

    def touched(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last sentence that ``[start, end)`` touches; None where it touches none."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        if not len(self) or last < first or self.starts[first] > start or self.ends[last] < end:
            return None
        return first, last


def _sentences(words: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in BREAK.finditer(words):
        if "\n" not in found.group() and SHORT.search(words, max(at, found.start() - 8), found.start()):
            continue
        closing = len(found.group()) - len(found.group().lstrip("\"'”’»)]"))
        if words[at : found.start() + closing].strip():
            yield _trimmed(words, at, found.start() + closing)
        at = found.end()
    if words[at:].strip():
        yield _trimmed(words, at, len(words))


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    inner = words[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


class Alignment:
    """Two versions of one text, sentence by sentence."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Text.of(old), Text.of(new)
        self._olds, self._news = _by_words(self.old), _by_words(self.new)
        self._twins = {
            at: self._news[words][0]
            for words, places in self._olds.items()
            for at in places
            if len(places) == 1 and len(self._news.get(words, ())) == 1
        }

        self._twinned = frozenset(self._twins.values())

    def place(self, start: int, end: int) -> Place | None:
        """Where ``old[start:end]`` stands in the new text, or None: gone, or not to be told from its like."""
        touched = self.old.touched(start, end)
        if touched is None:
            return None
        first = self._window(*touched)
        if first is None:
            return None
        moved = start + self.new.starts[first] - self.old.starts[touched[0]]
        place = Place(moved, moved + end - start)
        return place if self.new.words[place.start : place.end] == self.old.words[start:end] else None

    def lead_stands(self, start: int) -> bool:
        """Whether the copy of the paragraph before ``old[start]`` stands as well: who "he" is hangs on it."""
        touched = self.old.touched(start, start + 1)
        if touched is None:
            return False
        first = touched[0]
        while first and "\n" not in self.old.words[self.old.ends[first - 1] : self.old.starts[first]]:
            first -= 1
        return self._window(first, touched[0]) is not None

    def _window(self, first: int, last: int) -> int | None:
        """The sentence of the new text at which the sentences ``first`` to ``last`` of the old one stand."""
        for around in range(MOST_AROUND):
            left, right = max(0, first - around), min(len(self.old) - 1, last + around)
            for one, other in dict.fromkeys(((first, last), (left, last), (first, right), (left, right))):
                found = self._starts_of(one, other)
                if len(found) == 1 and len(self._starts_of(one, other, self.old)) == 1:
                    begin = found[0] + first - one
                    return begin if self._holds(first, last, begin) else None
            if (left, right) == (0, len(self.old) - 1):
                break
        return None

    def _starts_of(self, first: int, last: int, text: Text | None = None) -> list[int]:
        """The sentences of the new text (or ``text``) at which the old ``first`` to ``last`` stand as they are."""
        where = self.new if text is None else text
        index = self._news if text is None else self._olds
        length, wanted = last - first, self.old.window(first, last)
        starts = index.get(self.old.sentence(first), ())
        return [at for at in starts if at + length < len(where) and where.window(at, at + length) == wanted]

    def _holds(self, first: int, last: int, begin: int) -> bool:
        """Whether at least one side has the same neighbour: the same words, or next to it words that are new and
        behind them the same, the same sentence reworded, or the same end of the text."""
        behind = begin + last - first
        return self._same_side(first, begin, -1) or self._same_side(last, behind, 1)

    def _same_side(self, old_at: int, new_at: int, step: int) -> bool:
        one, other = old_at + step, new_at + step
        if not (0 <= one < len(self.old) and 0 <= other < len(self.new)):
            return not (0 <= one < len(self.old) or 0 <= other < len(self.new))
        if self.old.sentence(one) == self.new.sentence(other):
            return True
        apart = [step * number for number in range(1, MOST_APART + 1)]
        near_old = next((old_at + far for far in apart if old_at + far in self._twins), None)
        near_new = next((new_at + far for far in apart if new_at + far in self._twinned), None)
        if near_old is not None or near_new is not None:
            return near_old is not None and self._twins[near_old] == near_new
        return reworded(self.old.sentence(one), self.new.sentence(other))


def _by_words(text: Text) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at in range(len(text)):
        found.setdefault(text.sentence(at), []).append(at)
    return found


def reworded(one: str, other: str) -> bool:
    """Whether two sentences are one with some words changed: the same names in both, and most words."""
    return set(NAME.findall(one)) == set(NAME.findall(other)) and likeness(one, other) >= LIKENESS


def likeness(one: str, other: str) -> float:
    """How alike two texts are, word by word: 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs of the old text and what they became; either may be empty. ``same``: not a letter differs."""

    old: Sequence[str]
    new: Sequence[str]
    same: bool


def stretches(old: str, new: str) -> list[Stretch]:
    """Two texts side by side, paragraph by paragraph."""
    olds, news = _paragraphs(old), _paragraphs(new)
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    return [Stretch(olds[a:b], news[c:d], kind == "equal") for kind, a, b, c, d in matcher.get_opcodes()]


def _paragraphs(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]

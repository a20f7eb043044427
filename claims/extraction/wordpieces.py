"""Words cut into the pieces that the encoder knows, and the case class beside them (the base is uncased)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MAX_PIECES = 10
MAX_CHARS = 100
CACHE_SIZE = 20_000


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence for the encoder: piece ids, case classes, and where each word's first piece stands.

    ``first[0]`` is the root (the opening marker); ``first[i + 1]`` belongs to word ``i``.
    """

    ids: list[int]
    cases: list[int]
    first: list[int]


class WordPieces:
    """The greedy longest-match splitter of the base model, over its own vocabulary."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf-8").split("\n")
        self._ids = {line: index for index, line in enumerate(lines) if line}
        self._unknown, self._open, self._close = (self._ids[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self.pieces = lru_cache(maxsize=CACHE_SIZE)(self._pieces)

    def encode(self, words: Sequence[str]) -> Encoded:
        """Return the pieces of one sentence of words."""
        ids, cases, first = [self._open], [0], [0]
        for word in words:
            pieces = self.pieces(word)
            first.append(len(ids))
            ids += pieces
            cases += [case_class(word)] * len(pieces)
        return Encoded([*ids, self._close], [*cases, 0], first)

    def _pieces(self, word: str) -> tuple[int, ...]:
        found = [piece for part in _basic(word[:MAX_CHARS]) for piece in self._longest(part)]
        return tuple((found or [self._unknown])[:MAX_PIECES])

    def _longest(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = self._ids.get(("##" if start else "") + part[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def _basic(word: str) -> list[str]:
    """Lower case, no accents, every mark on its own, as the base model was trained."""
    out: list[str] = []
    joined = False
    for char in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(char)
        if category == "Mn" or category[0] == "C":
            continue
        if char.isspace():
            joined = False
        elif _stands_alone(char, category):
            out.append(char)
            joined = False
        elif joined:
            out[-1] += char
        else:
            out.append(char)
            joined = True
    return out


def _stands_alone(char: str, category: str) -> bool:
    symbol = char.isascii() and not char.isalnum()
    return category[0] == "P" or symbol or "\u4e00" <= char <= "\u9fff"


def case_class(word: str) -> int:
    """Return 1 lower, 2 Title, 3 UPPER, 4 one capital, 5 mIxed, 6 with a digit, 7 without a letter."""
    if any(char.isdigit() for char in word):
        return 6
    if not any(char.isalpha() for char in word):
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 4
    return 2 if word[0].isupper() and word[1:] == word[1:].lower() else 5

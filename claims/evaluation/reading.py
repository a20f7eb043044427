"""Annotated texts as the engine gets them: sentences joined to one text, with the offset of each."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_LINES = 1_000_000
LAST_MARKS = "\"'”’ )"


class Unreadable(Exception):
    """A file of a set does not hold what it should; the words say which one and what is wrong."""


@dataclass(frozen=True, slots=True)
class Joined:
    """One text, with the sentences that it was made of and where they start."""

    text: str
    sentences: tuple[str, ...]
    starts: tuple[int, ...]

    def place(self, sentence: int, stretch: Sequence[int]) -> tuple[int, int]:
        """A stretch of a sentence as a stretch of the text."""
        return self.starts[sentence] + stretch[0], self.starts[sentence] + stretch[1]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence in which an offset of the text lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def near(self, offset: int) -> str:
        return self.sentences[self.sentence_at(offset)]


def join(sentences: Sequence[str]) -> Joined:
    """Join sentences by a blank; by a line break behind one that ends without a mark (a headline, a date line)."""
    text, starts = "", []
    for sentence in sentences:
        if text:
            text += " " if text.rstrip(LAST_MARKS)[-1:] in (".", "!", "?") else "\n"
        starts.append(len(text))
        text += sentence
    return Joined(text, tuple(sentences), tuple(starts))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file; Unreadable names the line at fault."""
    with path.open(encoding="utf-8") as lines:
        for number, line in zip(range(1, MOST_LINES), lines, strict=False):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise Unreadable(f"{path.name}, line {number}: no JSON object ({error}).") from error
            yield row

"""Quotations as stretches of words, over sentences and paragraphs, with straight, curly and misprinted marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.nlp import Doc

OPEN_MARKS = frozenset("“„«")
CLOSE_MARKS = frozenset("”»")
EITHER_MARKS = frozenset({'"', "''", "``"})
MARKS = OPEN_MARKS | CLOSE_MARKS | EITHER_MARKS
MAX_WORDS = 1200


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: tokens ``start`` to ``end`` (exclusive) with its marks; not ``closed`` where its paragraph ends."""

    start: int
    end: int
    closed: bool

    def holds(self, index: int) -> bool:
        return self.start <= index < self.end


def find_quotes(doc: Doc) -> tuple[Quote, ...]:
    """Return the outermost quotations in order; a mark that nothing closes ends with its paragraph."""
    return tuple(quote for quote in _scan(doc) if quote.end - quote.start > 1)


def _scan(doc: Doc) -> Iterator[Quote]:
    start: int | None = None
    for token in doc:
        if start is not None and (_breaks(doc, token.i) or token.i - start > MAX_WORDS):
            yield Quote(start, token.i, closed=False)
            start = None
        if token.text not in MARKS:
            continue
        if start is None:
            if _opens(doc, token.i):
                start = token.i
        elif not (token.text in OPEN_MARKS or _opens_again(doc, token.i)):
            yield Quote(start, token.i + 1, closed=True)
            start = None
    if start is not None:
        yield Quote(start, len(doc), closed=False)


def _breaks(doc: Doc, index: int) -> bool:
    return doc[index].is_space and "\n" in doc[index].text


def _opens(doc: Doc, index: int) -> bool:
    """An opening mark; a closing or straight one opens where a blank or nothing stands before and a word after."""
    if doc[index].text in OPEN_MARKS:
        return True
    before = index == 0 or doc[index - 1].is_space or bool(doc[index - 1].whitespace_) or doc[index - 1].text in "([—–-"
    if doc[index].text in CLOSE_MARKS:
        return before and not doc[index].whitespace_
    return before or not doc[index].whitespace_


def _opens_again(doc: Doc, index: int) -> bool:
    """Inside a quotation, a straight mark with a blank before and a word right after belongs to a quotation in it."""
    if doc[index].text not in EITHER_MARKS or index + 1 >= len(doc):
        return False
    before = doc[index - 1]
    return bool(before.whitespace_) and not doc[index].whitespace_ and not doc[index + 1].is_space

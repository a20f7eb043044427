"""The numbers that stand in a few words, read apart from the engine, so that it is not judged by its own reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from claims.extraction.types import FigureFound

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = {word: number for number, word in enumerate(_ONES.split(), 1)}
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
SCALES = {
    **dict.fromkeys(("thousand",), 10**3),
    **dict.fromkeys(("million", "mn", "m"), 10**6),
    **dict.fromkeys(("billion", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "tn"), 10**12),
}
COLLECTIVE = {"dozen": 12, "score": 20}

_PIECE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+")


def numbers(words: str) -> set[Decimal]:
    """All numbers in digits or words: "about $1.5 billion" holds 1500000000, "12-15 %" holds 12 and 15."""
    found: list[Decimal] = []
    running = False
    for piece in _PIECE.findall(words.lower()):
        if piece[0].isdigit():
            found.append(Decimal(piece.replace(",", "")))
            running = True
        elif running and piece in SCALES:
            found[-1] *= SCALES[piece]
        elif piece == "hundred" and running:
            found[-1] *= 100
        elif piece in COLLECTIVE:
            found.append(Decimal(COLLECTIVE[piece]) * (found.pop() if running else 1))
            running = True
        elif (value := ONES.get(piece) or TENS.get(piece)) is not None:
            joins = running and found[-1] % (10 if value < 10 else 100) == 0 and found[-1] >= 20
            found.append(Decimal(value) + (found.pop() if joins else 0))
            running = True
        elif piece != "and":
            running = False
    return set(found)


def ends_of(figure: FigureFound) -> Iterator[Decimal]:
    """The numbers that an interval may have been made of (R1): 13 and 12 for [13, no end], 11 and 12 for [0, 11]."""
    if figure.low is not None:
        yield figure.low
        if figure.high is None:
            yield figure.low - 1
    if figure.high is not None:
        yield figure.high
        if figure.low == 0:
            yield figure.high + 1

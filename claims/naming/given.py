"""How two given names lie to each other: one name, its form in another language or a short form, an initial. Pure."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from claims.naming.letters import nearly, one_spelling, romanised, skeleton, spellings

TABLE = Path(__file__).parent / "given.tsv"
MOST_SHORT = 5


class Kinship(IntEnum):
    """The larger, the surer."""

    OTHER = 0
    NEAR = 1
    INITIAL = 2
    FORM = 3
    SPELLING = 4
    EQUAL = 5


def kinship(one: str, other: str) -> Kinship:
    """How two given names lie to each other, in any case and script. Symmetric."""
    if is_initial(one) or is_initial(other):
        return Kinship.INITIAL if initials(one) & initials(other) else Kinship.OTHER
    if one.casefold() == other.casefold():
        return Kinship.EQUAL
    if one_spelling(one, other):
        return Kinship.SPELLING
    ours, theirs = _forms(one), _forms(other)
    if ours & theirs:
        return Kinship.SPELLING
    if names(one) & names(other):
        return Kinship.FORM
    if ours or theirs:
        return Kinship.OTHER
    return Kinship.NEAR if _slip(one, other) else Kinship.OTHER


def _slip(one: str, other: str) -> bool:
    """Long names that differ in a vowel inside, and neither at the front nor at the end, where "Mario" and "Maria" and
    other names of two people differ."""
    first, second = min(spellings(one)), min(spellings(other))
    ends = first[:1] == second[:1] and first[-1:] == second[-1:] and min(len(first), len(second)) >= MOST_SHORT
    return ends and (skeleton(one) == skeleton(other) or nearly(one, other))


def is_initial(word: str) -> bool:
    """ "D", "D." or "Yu.": what stands for a given name."""
    return len(word) == 1 or word.endswith(".")


def initials(word: str) -> frozenset[str]:
    """The first sounds under which a given name, or any of its forms, may be shortened to an initial."""
    if is_initial(word):
        return _fronts(word)
    return _fronts(word).union(*(_first_letters(line) for line in names(word)))


def _fronts(word: str) -> frozenset[str]:
    """The first letter as it is written, and as it sounds: "Yevhen" may be "Y." or "E."."""
    return frozenset(each[:1] for each in (*romanised(word), *spellings(word)) if each)


def names(word: str) -> frozenset[int]:
    """The lines of the table that the word is a form of."""
    return frozenset(line for line, _ in _forms(word))


def _forms(word: str) -> frozenset[tuple[int, int]]:
    table = _table()[0]
    return frozenset(form for spelling in spellings(word) for form in table.get(spelling, ()))


def _first_letters(line: int) -> frozenset[str]:
    return _table()[1].get(line, frozenset())


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[tuple[int, int]]], dict[int, frozenset[str]]]:
    """(line and group by spelling, first letters by line)."""
    found: dict[str, set[tuple[int, int]]] = {}
    letters: dict[int, set[str]] = {}
    rows = (row for row in TABLE.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#"))
    for line, row in enumerate(rows):
        for group, forms in enumerate(row.split("|")):
            for spelling in {each for form in forms.split() for each in spellings(form)}:
                found.setdefault(spelling, set()).add((line, group))
            letters.setdefault(line, set()).update(*map(_fronts, forms.split()))
    return (
        {spelling: frozenset(lines) for spelling, lines in found.items()},
        {line: frozenset(first) for line, first in letters.items()},
    )

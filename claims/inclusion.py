"""Who else a toll counts in: the one who did it, an unborn child, the dead among the hit (R4, R11). Pure.

"Five dead, including the gunman" and "four victims" are one toll told of different people, and no conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

_DOER = r"(?:gunm[ae]n|shooters?|suspects?|attackers?|assailants?|killers?|bombers?|perpetrators?|himself|herself)"
_WITH = re.compile(
    rf"\b(?:includ\w+|counting|and|plus)\s+(?:the\s+|a\s+|an\s+|one\s+|his\s+|her\s+)?(?:(?:alleged|suspected|lone|two)\s+)?{_DOER}\b",
    re.IGNORECASE,
)
_UNBORN = re.compile(r"\b(?:includ\w+|and|plus|counting)\b[^.;]{0,40}\bunborn\b", re.IGNORECASE)
_BUT_NOT = re.compile(
    r"\b(?:before|then)\b[^.;]{0,40}\b(?:himself|herself|own life|suicide)\b|\bturn(?:ed|ing) the (?:gun|weapon) on\b",
    re.IGNORECASE,
)
DOER, UNBORN, DEAD = "the one who did it", "an unborn child", "the dead"
Toll = tuple[str, Decimal, Decimal | None]


def counted_in(before: str, words: str, after: str) -> str:
    """Who else is counted in, by the words around a figure; "" where they name nobody."""
    if _UNBORN.search(f"{words} {after}"):
        return UNBORN
    around = f"{words} {after}"
    return DOER if _WITH.search(around) and not _BUT_NOT.search(around) else ""


def with_the_dead(killed: Mapping[str, Iterable[Decimal]], injured: Iterable[Toll]) -> frozenset[tuple[str, Decimal]]:
    """The tolls of injured, by copy and number, that count the dead of the same happening as well: another is lower by
    just as many as were killed ("four were hit" of "one dead, three wounded"). ``killed`` are by copy."""
    exact = [(copy, low) for copy, low, high in injured if low == high]
    numbers = {low for _, low in exact if low > 0}
    by_copy = {copy: frozenset(dead) for copy, dead in killed.items()}
    anyone = frozenset(number for dead in by_copy.values() for number in dead if number > 0)
    return frozenset(
        (copy, low) for copy, low in exact if any(low - dead in numbers for dead in by_copy.get(copy) or anyone if dead)
    )

"""How two places lie to each other, by what the gazetteer knows of their names (R11, R42). Pure."""

from __future__ import annotations

import math
from functools import lru_cache

from claims.comparison import Where
from claims.extraction.gazetteer import Place, lookup

NEAR_KM = 40.0  # a town and its suburbs are one scene
_KM_A_DEGREE = 111.0
_WIDE = ("country", "continent", "sea")


@lru_cache(maxsize=20_000)
def lie(one: str, other: str) -> Where:
    """How ``one`` lies to ``other``: the same, inside, around or apart; unknown where their names don't tell."""
    if one.casefold() == other.casefold():
        return Where.SAME
    first, second = known(one), known(other)
    if first is None or second is None:
        return Where.UNKNOWN
    if first.kind == second.kind == "city":
        return Where.APART if kilometres(first, second) > NEAR_KM else Where.UNKNOWN
    if first.kind == "city" and second.kind == "country":
        return Where.INSIDE if first.country == second.country else Where.APART
    if first.kind == "country" and second.kind == "city":
        return Where.AROUND if first.country == second.country else Where.APART
    return Where.APART if first.country and second.country and first.country != second.country else Where.UNKNOWN


def apart(one: str, other: str) -> bool:
    return lie(one, other) is Where.APART


def is_narrow(name: str) -> bool:
    """Whether a name is a town's, or of something smaller that no gazetteer knows: an event can be tied to it."""
    found = lookup(name)
    return not (found and found[0].kind in _WIDE)


def country_of(name: str) -> str:
    """The code of the country a place is in, "" where that is not known."""
    place = known(name)
    return place.country if place else ""


@lru_cache(maxsize=20_000)
def known(name: str) -> Place | None:
    """What a name most likely means: a country or region before a town, the largest town of that name."""
    found = lookup(name)
    return found[0] if found else None


def kilometres(one: Place, other: Place) -> float:
    """The distance as the crow flies, near enough for towns of one continent."""
    middle = math.radians((one.latitude + other.latitude) / 2)
    across = (one.longitude - other.longitude) * math.cos(middle)
    return math.hypot(one.latitude - other.latitude, across) * _KM_A_DEGREE

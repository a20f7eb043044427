"""What ties two primary sources together: the same one (R23, R25), or of one interest (R24, R42). Pure.

Each tie answers with its rule and its reason in words, or with nothing. Ties are symmetric.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

from claims.extraction.gazetteer import country_name
from claims.independence.forces import rivals, same_forces
from claims.independence.sources import Knower, above, speaks_for_state
from claims.names import fold

Tie = Callable[[Knower, Knower], str]
Pair = tuple[str, str]


def same_sources(knowers: Mapping[str, Knower]) -> dict[Pair, str]:
    """The pairs of keys that stand for one who knows, with the reason.

    A vague name stands for one precise name alone, the first of those that it may mean: "the military" beside its air
    force and its navy makes no third source of them, and does not make one of the two.
    """
    found: dict[Pair, str] = {}
    for vague in sorted(knowers):
        reasons = ((other, stands_for(knowers[vague], knowers[other])) for other in sorted(knowers) if other != vague)
        meant = next((told for told in reasons if told[1]), None)
        if meant:
            found.setdefault((min(vague, meant[0]), max(vague, meant[0])), meant[1])
    return same_forces(knowers) | found


def same_interests(knowers: Mapping[str, Knower], parties: frozenset[str]) -> dict[Pair, str]:
    """The pairs of keys that know apart but are of one interest: organs of one party to the event (R24)."""
    tie = same_interest(parties)
    pairs = combinations(sorted(knowers), 2)
    reasons = ((pair, tie(knowers[pair[0]], knowers[pair[1]])) for pair in pairs)
    return {pair: reason for pair, reason in reasons if reason}


def stands_for(vague: Knower, precise: Knower) -> str:
    """Why a vaguer name may mean the one whom a more precise one names; nothing where it does not."""
    return (
        _surname(vague, precise)
        or _spokes(precise, vague)
        or _spokes(vague, precise)
        or _wider(vague, precise)
        or _unnamed(vague, precise)
    )


def same_interest(parties: frozenset[str]) -> Tie:
    """The tie of sources that know apart but are of one interest: organs of one party to the event (R24)."""

    def tie(one: Knower, other: Knower) -> str:
        state = state_behind(one)
        if state in parties and state == state_behind(other):
            return f"R24 {one.name} and {other.name} both speak for {country_name(state)}, a party to it"
        return ""

    return tie


def state_behind(of: Knower) -> str:
    """The state of an organ or of a bare capital; a private person of some country speaks for none."""
    if of.branch:
        return of.state
    return "" if of.kind == "person" and not of.body else speaks_for_state(of.body or of.name)


def _surname(one: Knower, other: Knower) -> str:
    """A surname alone, and the full name."""
    if one.kind != "person" or other.kind != "person" or len(one.key.split()) != 1:
        return ""
    if one.key == other.key.split()[-1] and one.key != other.key:
        return f"R42 {one.name} is the surname of {other.name}"
    return ""


def _spokes(one: Knower, other: Knower) -> str:
    """A spokesperson and the body are one source: the body speaks through its spokesperson."""
    return f"R24 {one.name} speaks for {other.name}" if one.body and one.body == other.key else ""


def _wider(one: Knower, other: Knower) -> str:
    """A body by the name of what it is a part of: "the Ukrainian military" where others say its air force."""
    if "person" in (one.kind, other.kind) or not one.state or one.state != other.state or one.branch == "government":
        return ""
    if one.branch and one.branch in above(other.branch):
        return f"R24 {other.name} is under {one.name}"
    if one.branch and one.branch == other.branch and not (one.unnamed or other.unnamed or rivals(one, other)):
        return f"R23 {' and '.join(sorted((one.name, other.name)))} name one body"
    return ""


def _unnamed(one: Knower, other: Knower) -> str:
    """R25: nobody can say that unnamed officials are not the very ones whom another outlet names."""
    if not one.unnamed or one.witness or other.witness:
        return ""
    if one.state and one.state == other.state and (other.branch or other.unnamed):
        return f"R25 {one.name} may be {other.name}: they are not named"
    head = fold(one.name).split()[-1:]
    if not one.state and other.unnamed and head == fold(other.name).split()[-1:]:
        return f"R25 {' and '.join(sorted((one.name, other.name)))} may be the same: they are not named"
    return ""

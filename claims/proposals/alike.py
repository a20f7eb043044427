"""Whether another claim says the very thing that a claim without figures says (R32). Pure, and careful: where the words
leave a doubt, they do not say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.grouping.kinds import agents_in, kinds_in
from claims.syndication.words import STOP, TOKEN, key_of

ENOUGH = 0.6  # of the telling words of a claim, in their order
FEWEST = 3
_TURNS = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|without|deny|denies|denied|may|might|could|would|will|shall|plans?|planned|"
    r"if|unless|hopes?|expects?|expected|fears?|feared)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a claim says, without who says it; ``places`` and days are the claim's."""

    words: str
    places: frozenset[str] = frozenset()
    from_day: date | None = None
    to_day: date | None = None


def same_thing(claim: Wording, other: Wording) -> bool:
    """Whether ``other`` says what ``claim`` says, and perhaps more: the same kind of happening at a shared place, no
    other day, no other doer, every name of the claim, no turn such as "not" or "may" that only one of them has, and
    most of its telling words in its order."""
    kinds = kinds_in(claim.words)
    if not kinds & kinds_in(other.words) or not claim.places & other.places or not _days_meet(claim, other):
        return False
    if agents_in(claim.words) != agents_in(other.words) or _turns(claim.words) != _turns(other.words):
        return False
    if not _names(claim) <= _names(other):
        return False
    own, theirs = _telling(claim.words), _telling(other.words)
    return len(own) >= FEWEST and _in_order(own, theirs) >= ENOUGH * len(own)


def _days_meet(one: Wording, other: Wording) -> bool:
    if not (one.from_day and one.to_day and other.from_day and other.to_day):
        return True
    return one.from_day <= other.to_day and other.from_day <= one.to_day


def _turns(words: str) -> frozenset[str]:
    return frozenset(turn.lower() for turn in _TURNS.findall(words))


def _tokens(words: str) -> list[str]:
    return [token for token in TOKEN.findall(words) if token[0].isalnum()]


def _telling(words: str) -> list[str]:
    return [key for token in _tokens(words) if (key := key_of(token)) not in STOP]


def _names(of: Wording) -> frozenset[str]:
    """Words with a capital or a digit, but for the first one; its places are compared apart."""
    known = {key_of(word) for place in of.places for word in place.split()}
    found = {key_of(word) for word in _tokens(of.words)[1:] if word[0].isupper() or word[0].isdigit()}
    return frozenset(found - known - STOP)


def _in_order(own: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest run of words, with gaps, that both have in one order."""
    row = [0] * (len(theirs) + 1)
    for word in own:
        before = 0
        for at, other in enumerate(theirs, 1):
            here = row[at]
            row[at] = before + 1 if word == other else max(row[at], row[at - 1])
            before = here
    return row[-1]

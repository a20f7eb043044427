"""Who is meant: the parties that words name, and the one that a speaker speaks for. Pure.

A party is the ISO code of a state whose organs or people are named, else the folded name of whoever is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.extraction.gazetteer import country_name, house_name, lookup, people_of
from claims.extraction.wordlists import words
from claims.geography import country_of
from claims.independence import Knower
from claims.independence.sources import branch_of, speaks_for_state
from claims.independence.ties import state_behind
from claims.names import fold

_TOKEN = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_OWNS = re.compile(r"['’]s?$")
SMALL = words("of the and for de la al el bin")  # inside names
COMMON = words(
    """
    a an the this that these those he she it they we i you his her its their our my who which what when where while
    after before as in on at by from for with without to but and or no not never two three several many some both
    all earlier later meanwhile however officials mr mrs ms dr according there here then today yesterday at least
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)
OWN = words("we our ours us it its itself they their theirs them he his she her i my me")
NOBODY = ""
LARGE = 100_000  # people of a town that no body is called after without saying more


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands; ``broken``: a mark other than a hyphen stands between it and the word before."""

    text: str
    start: int
    end: int
    broken: bool

    @property
    def low(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Named:
    """A party as words name it: tokens ``first`` to ``last`` inclusive. ``people`` where an adjective or a possessive
    names it ("Norland's", "Norlandic"), which can own what stands behind it."""

    party: str
    name: str
    first: int
    last: int
    people: bool


def tokens_of(text: str) -> list[Token]:
    found: list[Token] = []
    for hit in _TOKEN.finditer(text):
        between = text[found[-1].end : hit.start()] if found else ""
        found.append(Token(hit[0], hit.start(), hit.end(), bool(re.search(r"[^\s\"“”'’„«»-]", between))))
    return found


def party_of(knower: Knower | None) -> str:
    """The party that a source speaks for; nobody's where nobody is named, or one who only reports."""
    if knower is None or knower.kind == "agency" or knower.witness:
        return NOBODY
    state = state_behind(knower)
    if state:
        return state
    if knower.kind == "person" and knower.state and knower.branch:
        return knower.state
    return NOBODY if knower.unnamed else knower.key


def name_of(party: str) -> str:
    return country_name(party) or party


def same_party(one: str, other: str) -> bool:
    """Whether two parties are one: equal, or one name holds all words of the other ("Acme", "Acme Mining")."""
    if not one or not other:
        return False
    if one == other:
        return True
    if country_name(one) or country_name(other):
        return False
    ours, theirs = set(one.split()), set(other.split())
    return ours <= theirs or theirs <= ours


def parties_in(tokens: Sequence[Token], places: Sequence[str] = ()) -> list[Named]:
    """The parties that the words name, in their order; ``places`` say whose "the police" are."""
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        named = _named_at(tokens, at, places) or _office_at(tokens, at, places)
        if named is None:
            at += 1
        else:
            found.append(named)
            at = named.last + 1
    return found


def _named_at(tokens: Sequence[Token], at: int, places: Sequence[str]) -> Named | None:
    token = tokens[at]
    if not token.text[0].isupper() or _bare(token.low) in COMMON:
        return None
    state = _state(token.text)
    if state:
        people = bool(people_of(_bare(token.text)) or _OWNS.search(token.text))
        return Named(state, _bare(token.text), at, at, people)
    last = _run_end(tokens, at)
    words = " ".join(token.text for token in tokens[at : last + 1])
    bare = _bare(words)
    code = speaks_for_state(bare)
    if not code and (house_name(bare) in places or any(place.population > LARGE for place in lookup(bare))):
        return None
    return Named(code or fold(bare), bare, at, last, bool(_OWNS.search(words)))


def _run_end(tokens: Sequence[Token], at: int) -> int:
    last = at
    while last + 1 < len(tokens) and not tokens[last + 1].broken and not _OWNS.search(tokens[last].text):
        step = 2 if tokens[last + 1].low in SMALL and last + 2 < len(tokens) else 1
        nearest = tokens[last + step]
        if not nearest.text[0].isupper() or nearest.broken or nearest.low in COMMON or _state(nearest.text):
            break
        last += step
    return last


def _office_at(tokens: Sequence[Token], at: int, places: Sequence[str]) -> Named | None:
    """An office or a branch in small letters stands for the state where it happened ("the police", "soldiers")."""
    home = next(filter(None, map(country_of, places)), "")
    if not home or tokens[at].text[0].isupper() or branch_of(tokens[at].low) not in ("police", "military"):
        return None
    return Named(home, tokens[at].text, at, at, people=False)


@lru_cache(maxsize=8_000)
def _state(word: str) -> str:
    """The code of the state that one word names: a people, a country, or a capital or seat that speaks for one."""
    bare = _bare(word)
    countries = [place.country for place in lookup(bare) if place.kind == "country"]
    return people_of(bare) or (countries[0] if countries else "") or speaks_for_state(house_name(bare))


def _bare(word: str) -> str:
    return _OWNS.sub("", word)

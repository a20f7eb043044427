"""Which states are parties to an event, as far as copy says so beyond doubt (R24). Pure.

A party too many makes one interest of sources that are several, so only two cases are taken: a state that several
articles name as the doer of an armed attack in another country, and the state that was attacked, where its organs
speak of it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.extraction import gazetteer
from claims.independence.sources import Knower

LEAST_ARTICLES = 2
MOST_NAMED = 3
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_OWNS = re.compile(r"['’]s?$")
_HARMED = re.compile(r"\b(?:kill|wound|injur|dead\b|died\b|missile|rocket|drone|shell|bomb|destroy|damag|target)", re.I)
_BY = re.compile(r"\b(?:fired|launched|dropped|carried out) by (?:the )?((?:[A-Z][\w.'’-]*\s?){1,2})")
_REACH = 4
_WHERE = frozenset(("in", "on", "at", "near", "inside", "across", "against", "to", "into", "over", "from", "of"))


@dataclass(frozen=True, slots=True)
class Statement:
    """What one article says of the event: its words, and who is quoted with them, if anybody is."""

    article: str
    text: str
    speaker: Knower | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A state by its ISO code, and why it is a party."""

    code: str
    reason: str

    @property
    def name(self) -> str:
        return gazetteer.country_name(self.code)


def clear_parties(statements: Sequence[Statement], where: Collection[str]) -> list[Party]:
    """The parties to an event that lies in the countries ``where``: the doers first, nobody where no doer is clear. The
    order of the statements does not matter."""
    doers = _doers(statements, where)
    return [*doers, *_struck(statements, where)] if doers else []


def _doers(statements: Iterable[Statement], where: Collection[str]) -> list[Party]:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for statement in statements:
        for code in doers_in(statement.text):
            named[code].add(statement.article)
    naming = len(set().union(*named.values())) if named else 0
    return [
        Party(code, f"{len(articles)} articles name it as the doer")
        for code, articles in sorted(named.items())
        if where and code not in where and len(articles) >= LEAST_ARTICLES and 2 * len(articles) > naming
    ]


def _struck(statements: Iterable[Statement], where: Collection[str]) -> list[Party]:
    """The state in which it happened, where that is one alone and bodies or offices of it are quoted."""
    if len(where) != 1:
        return []
    state = next(iter(where))
    organs = {each.speaker.name for each in statements if each.speaker and _speaks_for(each.speaker, state)}
    named = ", ".join(sorted(organs)[:MOST_NAMED])
    return [Party(state, f"it happened there, and its organs are quoted: {named}")] if organs else []


def _speaks_for(knower: Knower, state: str) -> bool:
    return bool(knower.branch) and knower.state == state


def doers_in(text: str) -> frozenset[str]:
    """The states that ``text`` says struck, shelled or attacked: RU for "Russian missile strikes killed 3", and nothing
    for "Iranian drones" or "a Turkish man"."""
    if not _HARMED.search(text):
        return frozenset()
    found = {_before(text[: hit.start()], between) for pattern, between in _deeds() for hit in pattern.finditer(text)}
    found |= {_named(_WORD.findall(hit[1])[:2]) for hit in _BY.finditer(text)}
    return frozenset(filter(None, found))


def _before(text: str, between: frozenset[str]) -> str:
    """The state named right before a deed, with nothing but words of ``between`` between them; one in which
    it was done ("in Lebanon attacks killed 4") did not do it."""
    clause = re.split(r"[,;:()“”\"—–]", text[-120:])[-1]
    words = _WORD.findall(clause)[-_REACH - 2 :]
    while words and words[-1].lower() in between:
        words.pop()
    name = words[-2:] if _named(words[-2:]) else words[-1:]
    ahead = [word.lower() for word in words[: -len(name)] if word.lower() != "the"] if name else []
    if ahead and ahead[-1] in _WHERE and not gazetteer.people_of(name[-1]):
        return ""
    return _named(name)


@lru_cache(maxsize=1)
def _deeds() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    read = tomllib.loads((Path(__file__).parent / "states.toml").read_text(encoding="utf-8"))
    rows = ((rf"\b(?:{'|'.join(row['words'])})\b", row["between"]) for row in read["deeds"].values())
    return tuple((re.compile(words, re.IGNORECASE), frozenset(between)) for words, between in rows)


def _named(words: Sequence[str]) -> str:
    """The state that a name is of, or the people; one that is only the beginning of a name is none."""
    if not words or not words[0][:1].isupper():
        return ""
    bare = [_OWNS.sub("", word) for word in words]
    return state_named(" ".join(bare)) if len(bare) > 1 else gazetteer.people_of(bare[0]) or state_named(bare[0])


def state_named(words: str) -> str:
    """The ISO code of the state that ``words`` are the name or the code of, "" where they are neither."""
    countries = [place.country for place in gazetteer.lookup(words) if place.kind == "country"]
    code = words.strip().upper()
    return countries[0] if countries else code if gazetteer.country_name(code) else ""

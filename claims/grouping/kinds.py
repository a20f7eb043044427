"""What kind of happening words speak of, and whose it is. Pure."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from claims.extraction.gazetteer import lookup, people_of

OPEN = "attack"
HARM = ("attack", "accident", "nature")  # families of what happens at one place and time, and harms
REPEATED = frozenset({"strike", "shelling", "bombing", "raid"})  # what a war brings day after day
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OWNS = re.compile(r"['’]s$")
_REACH = 4  # words up to a people and what it does ("Russian cruise missile strikes", "Russia did not mean to target")


@lru_cache(maxsize=8_000)
def kinds_in(words: str) -> frozenset[str]:
    """The kinds of happening that the words name."""
    folded = words.lower()
    return frozenset(kind for kind, pattern in _patterns().items() if pattern.search(folded))


def family_of(kind: str) -> str:
    return _families()[kind]


def harms(kinds: frozenset[str]) -> bool:
    return any(family_of(kind) in HARM for kind in kinds)


def repeats(kinds: frozenset[str]) -> bool:
    """Whether another day means another happening: it does for a strike; for a shooting it may be the arrest."""
    return bool(kinds & REPEATED)


def alike(some: frozenset[str], others: frozenset[str]) -> bool | None:
    """Whether two sets of kinds may name one happening; None where either names none."""
    if not some or not others:
        return None
    if some & others:
        return True
    families = {family_of(kind) for kind in some}, {family_of(kind) for kind in others}
    return OPEN in some | others and bool(families[0] & families[1])


def agents_in(words: str) -> frozenset[str]:
    """The states or peoples that are named right before a happening: RU for "Russian missile strikes"."""
    folded, found = words.lower(), set()
    for pattern in _patterns().values():
        for hit in pattern.finditer(folded):
            before = _WORD.findall(words[max(0, hit.start() - 60) : hit.start()])[-_REACH:]
            nearest = (_state(word) for word in reversed(before))
            found.add(next(filter(None, nearest), ""))
    return frozenset(filter(None, found))


def _state(word: str) -> str:
    if not word[:1].isupper():
        return ""
    name = _OWNS.sub("", word)
    lands = [place.country for place in lookup(name) if place.kind == "country"]
    return people_of(name) or (lands[0] if lands else "")


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {kind: row["family"] for kind, row in _table().items()}


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(rf"\b(?:{row['words']})\b") for kind, row in _table().items()}

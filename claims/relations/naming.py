"""How a place, a body or a person of one event is named, and by whom (R43), in what spellings (R42). Pure.

A name is read with the words before it that belong to it ("the Danish port of X", "Danish-held X") and, of a body, with
what its members are called. Ways that differ in more than their spelling are a contested name.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.extraction.gazetteer import country_name, house_name, lookup, people_of
from claims.extraction.types import Mode
from claims.independence.sources import speaks_for_state
from claims.names import fold
from claims.naming import Answer, Name, compare
from claims.relations.parties import COMMON, Token, tokens_of
from claims.relations.quotations import speech_in
from claims.relations.types import Naming, Statement, Use, Variant

MOST_NAMINGS, MOST_USES = 40, 30
_WORD = r"[^\W\d_][\w’'-]*"
_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŠŽĆČĐŁŚŹŻĄĘĞİÖÜÅÆØ][\w’'-]*)"
_NAME = rf"(?<![\w-]){_CAPITAL}(?: (?:of the |of |the |al-)?{_CAPITAL}){{0,3}}"
_OWNS = re.compile(r"['’]s?$")
_SO_CALLED = re.compile(rf",? (?:the )?(?:so-called|self-(?:proclaimed|declared|styled)) [\"“„]?(?P<alias>{_NAME})")


@dataclass(frozen=True, slots=True)
class Found:
    """One use of one way to name a thing: the key of the thing, its kind, the exact words."""

    thing: str
    kind: str
    words: str
    start: int
    end: int
    charged: bool


def namings(statements: Iterable[Statement]) -> tuple[Naming, ...]:
    """The things that are named in more ways than one, those with contested names first; the order of the statements
    does not matter. At most ``MOST_NAMINGS``, and ``MOST_USES`` of each way."""
    ordered = sorted(statements, key=lambda each: (each.as_of, each.key))
    persons = _persons(ordered)
    ways: dict[tuple[str, str], dict[str, list[tuple[Found, Use]]]] = defaultdict(lambda: defaultdict(list))
    for statement in ordered:
        for found, use in _uses(statement, persons):
            ways[found.kind, found.thing][_plain(found.words)].append((found, use))
    made = (_naming(kind, thing, told) for (kind, thing), told in ways.items() if len(told) > 1)
    kept = sorted(filter(None, made), key=lambda each: (not each.contested, -_weight(each), each.kind, each.thing))
    return tuple(kept[:MOST_NAMINGS])


def _weight(naming: Naming) -> int:
    return sum(len(variant.uses) for variant in naming.variants)


def _plain(words: str) -> str:
    return fold(_OWNS.sub("", words))


def _naming(kind: str, thing: str, told: Mapping[str, list[tuple[Found, Use]]]) -> Naming | None:
    """None where the ways differ in nothing but a word that takes no side."""
    variants = [
        Variant(min(found.words for found, _ in uses), tuple(sorted(use for _, use in uses)[:MOST_USES]),
                any(found.charged for found, _ in uses))
        for uses in told.values()
    ]  # fmt: skip
    variants.sort(key=lambda each: (-len(each.uses), each.words))
    charged = sum(variant.charged for variant in variants)
    spelt = len({_last_name(variant.words) for variant in variants}) > 1
    if not charged and not spelt:
        return None
    return Naming(thing, kind, tuple(variants), contested=charged > 0 and len(variants) > 1)


def _last_name(words: str) -> str:
    return fold(_OWNS.sub("", words)).split()[-1] if words.split() else ""


def _uses(statement: Statement, persons: Mapping[str, str]) -> Iterator[tuple[Found, Use]]:
    speech = speech_in(statement)
    for found in _found_in(statement.text, persons):
        quoted = any(start <= found.start and found.end <= end for start, end in speech)
        yield found, _use(statement, found.start, found.end, quoted=quoted)
    if statement.named and statement.mode is not Mode.OUTLET:
        for found in _found_in(statement.named, persons):
            yield found, _use(statement, -1, -1, quoted=False)


def _use(statement: Statement, start: int, end: int, *, quoted: bool) -> Use:
    return Use(statement.voice.outlet, statement.speaker, quoted, statement.key, start, end)


def _found_in(text: str, persons: Mapping[str, str]) -> list[Found]:
    """The names in some words, those of bodies and persons before those of places in them."""
    found: list[Found] = []
    taken: set[int] = set()
    for each in (*_governments(text), *_persons_in(text, persons), *_members(text), *_places(text)):
        if not taken & set(range(each.start, each.end)):
            taken |= set(range(each.start, each.end))
            found.append(each)
    return found


def _governments(text: str) -> Iterator[Found]:
    """ "the Oslo regime", "Norwegian authorities": the government of a state by whose or where it is."""
    for hit in _patterns().governments.finditer(text):
        words = _OWNS.sub("", hit["whose"])
        code = _state(words)
        if code:
            charged = bool(_patterns().charged_governments.fullmatch(hit["what"].lower()))
            yield Found(f"Government of {country_name(code)}", "body", hit[0], hit.start(), hit.end(), charged)


def _members(text: str) -> Iterator[Found]:
    """ "Blue Dawn militants", "the terrorist group Blue Dawn": a body by what its members are called."""
    for pattern in (_patterns().members_behind, _patterns().members_before):
        for hit in pattern.finditer(text):
            name = hit["name"]
            if _state(name) or lookup(name) or fold(name) in COMMON:
                continue
            charged = bool(_patterns().charged_members.search(hit["what"].lower()))
            yield Found(name, "body", hit[0], hit.start(), hit.end(), charged)


def _places(text: str) -> Iterator[Found]:
    for first, last, name in _place_runs(text):
        start, charged = _described(text, first)
        yield Found(name, "place", text[start:last], start, last, charged)
        alias = _SO_CALLED.match(text, last)
        if alias:
            yield Found(name, "place", alias[0].lstrip(", "), last, alias.end(), True)


def _place_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, name in house style) of each name that the gazetteer knows; a people's name is none."""
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        size = next((size for size in (3, 2, 1) if _is_place(tokens[at : at + size], size)), 0)
        if size:
            end = tokens[at + size - 1].end
            name = _OWNS.sub("", text[token.start : end])
            yield token.start, token.start + len(name), house_name(name)
        at += size or 1


def _is_place(run: Sequence[Token], size: int) -> bool:
    words = [token.text for token in run]
    if len(run) < size or not all(word[0].isupper() for word in words) or any(token.broken for token in run[1:]):
        return False
    name = _OWNS.sub("", " ".join(words))
    return fold(name) not in COMMON and len(name) > 3 and not people_of(name) and bool(lookup(name))


def _described(text: str, first: int) -> tuple[int, bool]:
    """(where the words begin that belong to the name at ``first``, whether they take a side)."""
    hit = _patterns().described.search(text[:first])
    if hit is None or not hit[0].strip():
        return first, False
    words = hit[0].lower()
    peoples = any(people_of(word) for word in re.findall(_WORD, hit[0]) if word[0].isupper())
    return hit.start(), peoples or bool(_patterns().charged_places.search(words))


def _persons(statements: Iterable[Statement]) -> dict[str, str]:
    """The persons who speak, by every spelling of their surname: the surname, folded, to one full name."""
    names = sorted({s.speaker for s in statements if s.voice.knower and s.voice.knower.kind == "person"})
    full: list[str] = []
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda each: (-len(each.split()), each)):
        same = next((other for other in full if one_person(name, other)), None)
        if same is None and len(name.split()) > 1:
            full.append(name)
        found.setdefault(fold(name).split()[-1], same or name)
    return found


@lru_cache(maxsize=4_000)
def one_person(one: str, other: str) -> bool:
    """Whether two names of one event are one person's (R42)."""
    return compare(Name(one, "person"), Name(other, "person"), together=True).answer is not Answer.NO


def _persons_in(text: str, persons: Mapping[str, str]) -> Iterator[Found]:
    for hit in _patterns().person.finditer(text):
        name = _OWNS.sub("", hit["name"])
        surname = fold(name).split()[-1:]
        full = persons.get(surname[0]) if surname else None
        if full and one_person(name, full):
            title = (hit["title"] or "").lower()
            end = hit.start("name") + len(name)
            charged = bool(_patterns().charged_persons.search(title))
            yield Found(full, "person", text[hit.start() : end], hit.start(), end, charged)


@lru_cache(maxsize=4_000)
def _state(words: str) -> str:
    countries = [place.country for place in lookup(words) if place.kind == "country"]
    return people_of(words) or (countries[0] if countries else "") or speaks_for_state(house_name(words))


@dataclass(frozen=True, slots=True)
class _Patterns:
    described: re.Pattern[str]
    charged_places: re.Pattern[str]
    governments: re.Pattern[str]
    charged_governments: re.Pattern[str]
    members_behind: re.Pattern[str]
    members_before: re.Pattern[str]
    charged_members: re.Pattern[str]
    person: re.Pattern[str]
    charged_persons: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    read = tomllib.loads((Path(__file__).parent / "naming.toml").read_text(encoding="utf-8"))
    place, body, person = read["place"], read["body"], read["person"]
    people = _CAPITAL
    side = rf"(?:(?i:{place['charged']})|(?i:{place['plain']})|{people})"
    described = rf"(?:\b[Tt]he )?(?:(?<![\w-]){side} )*(?:(?i:{place['kinds']})(?: of)? )(?:the )?$"
    status = (
        rf"(?:\b[Tt]he )?(?:(?<![\w-])(?:{people}-|(?i:pro-)|)(?i:{place['charged']}) )+(?:(?i:{place['plain']}) )?$"
    )
    member = rf"(?i:{body['members']})"
    before = rf"(?:(?i:{body['charged_members']}|{body['plain']}) ){{0,2}}"
    return _Patterns(
        described=re.compile(f"(?:{described})|(?:{status})"),
        charged_places=re.compile(rf"(?<!\w)(?:{place['charged']})(?!\w)"),
        governments=re.compile(rf"\b(?P<whose>{people}) (?P<what>(?i:{body['governments']}))\b"),
        charged_governments=re.compile(body["charged_governments"]),
        members_behind=re.compile(rf"(?P<name>{_NAME}) (?P<what>{member})\b"),
        members_before=re.compile(rf"\b(?P<what>{before}{member}),? (?P<name>{_NAME})"),
        charged_members=re.compile(rf"\b(?:{body['charged_members']})\b"),
        person=re.compile(rf"(?:\b(?P<title>(?i:{person['titles']})) )?(?P<name>{_NAME})"),
        charged_persons=re.compile(rf"\b(?:{person['charged']})\b"),
    )

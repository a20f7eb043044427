"""Keys under which a name is found by those that may be the same, so that not every name is compared with every. Pure.

Two names that ``compare`` calls the same or maybe share a key, with two exceptions: bare surnames, which are looked for
inside one article or event, and names of which a consonant was mistyped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.names import fold
from claims.naming.bodies import full_name, initials_of, is_short, known, word_skeletons, words_of
from claims.naming.given import initials, is_initial, names
from claims.naming.letters import skeleton
from claims.naming.people import Person, person_of
from claims.naming.types import Name

MAX_KEY = 120
INTRODUCED = "a "


@dataclass(frozen=True, slots=True)
class Keys:
    """``kept`` are stored with the name, ``asked`` those under which it looks for others."""

    kept: frozenset[str]
    asked: frozenset[str]


def keys_of(name: Name) -> Keys:
    """The keys of a name; none of a bare surname."""
    if name.kind == "person":
        return _of_person(person_of(name.name))
    if name.kind == "unnamed":
        return _both({f"u {word_skeletons(words_of(name.name))}"})
    return _of_body(name)


def _of_person(person: Person) -> Keys:
    if person.bare:
        return Keys(frozenset(), frozenset())
    surname = skeleton(person.surname)
    whole = {f"w {skeleton(person.letters)}"}
    letters = {f"{surname} {letter}" for letter in initials(person.given)}
    if is_initial(person.given):
        short = {f"i {each}" for each in letters}
        return Keys(_cut(short | whole), _cut(short | {f"f {each}" for each in letters} | whole))
    full = {f"p {surname} {given}" for given in _given(person.given)}
    turned = {f"p {skeleton(person.given)} {given}" for given in _given(person.surname)}
    kept = full | whole | {f"f {each}" for each in letters}
    return Keys(_cut(kept), _cut(full | turned | whole | {f"i {each}" for each in letters}))


def _given(word: str) -> set[str]:
    return {f"={line}" for line in names(word)} | {skeleton(word)}


def _of_body(name: Name) -> Keys:
    words = words_of(name.name)
    own = {f"b {word_skeletons(words)}"}
    if states := [word for word in words if word.startswith("=")]:
        own |= {f"b {word_skeletons(tuple(word for word in words if word not in states))}"}
    line = known(name.name)
    if line is not None:
        own |= {f"k {fold(full_name(line))}"}
    if is_short(name.name):
        letters = fold(name.name.replace(".", ""))
        return Keys(_cut(own | {f"s {letters}"}), _cut(own | {f"l {letters}", key_of_introduced(letters)}))
    initials, introduced = initials_of(name.name), {fold(each.replace(".", "")) for each in name.introduced}
    kept = own | {f"l {each}" for each in initials} | {key_of_introduced(each) for each in introduced}
    return Keys(_cut(kept), _cut(own | {f"s {each}" for each in initials | introduced}))


def key_of_introduced(letters: str) -> str:
    """The key of a name behind which copy put these letters in brackets."""
    return f"{INTRODUCED}{fold(letters)}"


def _both(keys: Iterable[str]) -> Keys:
    cut = _cut(keys)
    return Keys(cut, cut)


def _cut(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key[:MAX_KEY] for key in keys)

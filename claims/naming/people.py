"""Whether two names of people are one person's (R42). Pure.

Nobody is matched by a surname alone: other given names, other middle names or other suffixes are other people, and a
bare surname says who it is only inside one article or event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from claims.extraction.speaker_words import is_kind
from claims.naming.given import Kinship, is_initial, kinship
from claims.naming.letters import nearly, one_spelling, skeleton, spellings
from claims.naming.types import Answer, Match, Name, no

SUFFIXES = {
    "jr": "junior",
    "junior": "junior",
    "sr": "senior",
    "senior": "senior",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
}
# Small words before a surname, which copy puts or leaves out.
PARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ash", "an", "ar", "at", "de", "da", "di", "del", "den", "der",
                       "des", "do", "dos", "du", "la", "le", "van", "von", "zu", "af", "ter", "ten"})  # fmt: skip
PATRONYMIC = re.compile(r"(?:v[iy]ch|vna|v[iy]c|[iy]chna)$")
_WORD = re.compile(r"[^\W_][^\s,]*")
_OWNS = re.compile(r"['’]s?$")
MOST_INITIAL = 3  # "Yu."
BARE = "a bare surname says who it is only inside one article or event"


@dataclass(frozen=True, slots=True)
class Person:
    """The words of a name: ``given`` the first, ``middle`` those between, ``surname`` the last; a bare surname has no
    ``given``."""

    surname: str
    given: str = ""
    middle: tuple[str, ...] = ()
    suffix: str = ""
    words: tuple[str, ...] = field(default=())

    @property
    def bare(self) -> bool:
        return not self.given

    @property
    def letters(self) -> str:
        return "".join(self.words)


def person_of(name: str) -> Person:
    """The words of ``name`` without honorifics, roles, particles and possessive."""
    words = [_OWNS.sub("", word) for word in _WORD.findall(re.sub(r"\.(?=\w)", ". ", _OWNS.sub("", name.strip())))]
    while len(words) > 1 and is_kind(words[0], "title"):
        words.pop(0)
    while len(words) > 2 and is_kind(words[0], "role"):
        words.pop(0)
    suffix = SUFFIXES.get(words[-1].rstrip(".").casefold(), "") if len(words) > 1 else ""
    words = words[:-1] if suffix else words
    split = [part for word in words for part in _parts(word)]
    kept = [word for at, word in enumerate(split) if at == 0 or word.casefold() not in PARTICLES] or split
    if len(kept) > 1 and kept[0].casefold() in PARTICLES:
        kept.pop(0)
    if not kept:
        return Person(name.strip(), words=(name.strip(),))
    return Person(kept[-1], kept[0] if len(kept) > 1 else "", tuple(kept[1:-1]), suffix, tuple(kept))


def _parts(word: str) -> list[str]:
    """ "al-Asadi" is a particle and a surname, "Jean-Luc" one word; points go."""
    head, dash, tail = word.partition("-")
    whole = [head, tail] if dash and tail and head.casefold() in PARTICLES else [word]
    bare = [part.replace("-", "").strip("()\"“”'’") for part in whole if part.strip(".-")]
    return [part if len(part) <= MOST_INITIAL else part.replace(".", "") for part in bare]


def compare_people(one: Name, other: Name, *, together: bool) -> Match:
    """Whether two names are one person's; ``together`` says that both stand in one article or event."""
    ours, theirs = person_of(one.name), person_of(other.name)
    if ours.suffix and theirs.suffix and ours.suffix != theirs.suffix:
        return no(f"one is called {ours.suffix}, the other {theirs.suffix}")
    if ours.bare or theirs.bare:
        return _with_bare(ours, theirs, together=together)
    found = _by_letters(ours, theirs) or _by_words(ours, theirs)
    if found.answer is Answer.NO or bool(ours.suffix) == bool(theirs.suffix):
        return found
    return Match(
        Answer.MAYBE, min(found.score, 0.6), (*found.reasons, f"only one has “{ours.suffix or theirs.suffix}”")
    )


def _with_bare(ours: Person, theirs: Person, *, together: bool) -> Match:
    if [word.casefold() for word in ours.words] == [word.casefold() for word in theirs.words]:
        return Match(Answer.SAME, 0.97, ("the same name, but for a title, a mark or a small word",))
    bare, full = (ours, theirs) if ours.bare else (theirs, ours)
    if not one_spelling(bare.surname, full.surname):
        return no("other surnames")
    if not together:
        return no(BARE)
    if full.bare:
        return Match(Answer.SAME, 0.75, (f"“{ours.surname}” and “{theirs.surname}” are spellings of one surname",))
    return Match(Answer.SAME, 0.75, (f"“{bare.surname}” is the surname of {' '.join(full.words)}",))


def _by_letters(ours: Person, theirs: Person) -> Match | None:
    """The same letters, however they are parted into words."""
    if [word.casefold() for word in ours.words] == [word.casefold() for word in theirs.words]:
        return Match(Answer.SAME, 0.97, ("the same name, but for a title, a mark or a small word",))
    if len(ours.words) != len(theirs.words) and one_spelling(ours.letters, theirs.letters):
        return Match(Answer.SAME, 0.9, ("the same letters, parted into words in another way",))
    return None


def _by_words(ours: Person, theirs: Person) -> Match:
    surname = _surnames(ours.surname, theirs.surname)
    if surname is None:
        return _turned(ours, theirs) or no("other surnames")
    given = kinship(ours.given, theirs.given)
    if given is Kinship.OTHER:
        return _turned(ours, theirs) or no("one surname, but other given names")
    found = _given(ours.given, theirs.given, given)
    if surname:
        if given < Kinship.FORM:
            return no("neither the surnames nor the given names are the same")
        found = Match(Answer.MAYBE, min(found.score, 0.6), (*found.reasons, surname))
    elif ours.surname.casefold() != theirs.surname.casefold():
        told = f"“{ours.surname}” and “{theirs.surname}” are spellings of one surname"
        found = replace(found, score=found.score - 0.02, reasons=(*found.reasons, told))
    return _middles(ours, theirs, found)


def _surnames(one: str, other: str) -> str | None:
    """Nothing where they are one, what speaks for a slip where they nearly are; None for two surnames."""
    if one_spelling(one, other):
        return ""
    pair = " and ".join(sorted((one, other)))
    if nearly(one, other):
        return f"{pair} differ as by a slip"
    same_bones = skeleton(one) == skeleton(other) and min(len(min(spellings(w))) for w in (one, other)) >= 5
    return f"{pair} sound alike" if same_bones else None


def _given(one: str, other: str, how: Kinship) -> Match:
    pair = "“{}” and “{}”".format(*sorted((one, other)))
    answers = {
        Kinship.EQUAL: Match(Answer.SAME, 0.95, ("the same given name and surname",)),
        Kinship.SPELLING: Match(Answer.SAME, 0.92, (f"{pair} are spellings of one given name",)),
        Kinship.FORM: Match(Answer.MAYBE, 0.65, (f"{pair} are forms of one given name: it may be two people",)),
        Kinship.INITIAL: Match(Answer.MAYBE, 0.6, (f"{pair}: the initial fits",), role_settles=True),
        Kinship.NEAR: Match(Answer.MAYBE, 0.5, (f"{pair} differ as by a slip",)),
    }
    return answers[how]


def _middles(ours: Person, theirs: Person, found: Match) -> Match:
    """Middle names that both have must fit; one that is left out makes it less sure, a patronymic does not."""
    pairs = list(zip_longest(ours.middle, theirs.middle, fillvalue=""))
    given = [(a, b) for a, b in pairs if a and b]
    if any(kinship(a, b) < Kinship.INITIAL for a, b in given):
        return no("other middle names")
    left_out = [a or b for a, b in pairs if not (a and b)]
    if not left_out:
        return found
    reasons = (*found.reasons, f"“{' '.join(left_out)}” is left out in one")
    if all(PATRONYMIC.search(spelling) for word in left_out for spelling in spellings(word)):
        return replace(found, score=found.score - 0.02, reasons=reasons)
    settles = found.answer is Answer.SAME or found.role_settles
    return Match(Answer.MAYBE, min(found.score, 0.7), reasons, role_settles=settles)


def _turned(ours: Person, theirs: Person) -> Match | None:
    """The surname first in one of them."""
    if ours.middle or theirs.middle or is_initial(ours.given) or is_initial(theirs.given):
        return None
    if one_spelling(ours.given, theirs.surname) and one_spelling(ours.surname, theirs.given):
        return Match(Answer.MAYBE, 0.7, ("the same words in another order",))
    return None

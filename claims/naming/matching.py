"""Two names, and whether they are one: the rules of each kind, then what roles and states add or take away. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from itertools import combinations

from claims.extraction.gazetteer import country_name
from claims.names import fold
from claims.naming.bodies import compare_bodies, words_of
from claims.naming.people import compare_people, person_of
from claims.naming.types import Answer, Match, Name, no

PERSON, UNNAMED = "person", "unnamed"
# Roles that too many people have to tell one by.
COMMON = frozenset({
    "official", "officials", "spokesman", "spokeswoman", "spokesperson", "minister", "president", "chief", "director",
    "head", "leader", "officer", "member", "deputy", "general",
})  # fmt: skip
SURE = 0.85


def compare(one: Name, other: Name, *, together: bool = False) -> Match:
    """Whether two names are one person's or body's, with the reasons. ``together`` says that both stand in one article
    or event, where a bare surname may stand for a full name. Symmetric; a name is always the same as itself."""
    if astuple(other) < astuple(one):
        one, other = other, one
    if fold(one.name) == fold(other.name) and one.kind == other.kind:
        return Match(Answer.SAME, 1.0, ("the same name",))
    if PERSON in (one.kind, other.kind):
        if one.kind != other.kind:
            return no("a person and no person")
        return _weighed(one, other, compare_people(one, other, together=together))
    if UNNAMED in (one.kind, other.kind):
        return _unnamed(one, other)
    return _weighed(one, other, compare_bodies(one, other, together=together))


def _unnamed(one: Name, other: Name) -> Match:
    """Whom nobody names can only be the same words ("U.S. officials", "US officials")."""
    if one.kind != other.kind:
        return no("a name, and words that name nobody")
    if words_of(one.name) == words_of(other.name):
        return Match(Answer.SAME, 0.9, ("the same words; neither names anybody",))
    return no("neither names anybody, and the words differ")


def _weighed(one: Name, other: Name, found: Match) -> Match:
    """What roles and states say of two names that look alike."""
    if found.answer is Answer.NO or found.score == 1:
        return found
    if one.state and other.state and one.state != other.state:
        states = " and ".join(sorted((country_name(one.state), country_name(other.state))))
        apart = f"but they speak for two states, {states}"
        if found.answer is Answer.MAYBE:
            return no(f"{found.reasons[0]}; {apart}")
        return Match(Answer.MAYBE, 0.4, (*found.reasons, apart))
    told = shared_role(one, other)
    if not told:
        return found
    if found.role_settles:
        return Match(Answer.SAME, max(found.score, SURE), (*found.reasons, told))
    return Match(found.answer, min(found.score + 0.03, 0.99), (*found.reasons, told))


def shared_role(one: Name, other: Name) -> str:
    """What both are called, or the house that both are of, where that tells; nothing where it does not."""
    if one.organisation and words_of(one.organisation) == words_of(other.organisation):
        return f"both are of {one.organisation}"
    ours, theirs = (frozenset(words_of(each.role)) for each in (one, other))
    less, more = sorted((ours, theirs), key=lambda words: (len(words), sorted(words)))
    telling = {word for word in less if not word.startswith("=")}
    if not telling or not less <= more or less == telling <= COMMON:
        return ""
    shown = min((one.role, other.role), key=lambda role: (len(role), role))
    return f"both are called “{shown}”"


def in_one_place(names: Sequence[Name]) -> list[tuple[int, int, Match]]:
    """The pairs among the names of one article or event that are one or may be, by their positions. A bare surname that
    fits several full names stands for none of them for sure."""
    found = [(a, b, compare(names[a], names[b], together=True)) for a, b in combinations(range(len(names)), 2)]
    pairs = [each for each in found if each[2].answer is not Answer.NO]
    bare = {at for at, name in enumerate(names) if name.kind == PERSON and person_of(name.name).bare}
    return [(a, b, _less_sure(names, pairs, bare, (a, b, match))) for a, b, match in pairs]


def _less_sure(
    names: Sequence[Name], pairs: Sequence[tuple[int, int, Match]], bare: set[int], pair: tuple[int, int, Match]
) -> Match:
    a, b, match = pair
    alone = {a, b} & bare
    if len(alone) != 1:
        return match
    surname = alone.pop()
    meant = {x if y == surname else y for x, y, _ in pairs if surname in (x, y)} - bare
    several = any(compare(names[x], names[y]).answer is Answer.NO for x, y in combinations(sorted(meant), 2))
    if not several:
        return match
    return Match(Answer.MAYBE, 0.4, (*match.reasons, "others of that surname stand there too"))

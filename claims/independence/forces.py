"""Police as copy names them: "police", "officers", "Harbour City police", "HCPD", "Chief Ida Holm" are one source where
nothing says that they are of two forces (R24, R25). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from claims.independence.sources import Knower
from claims.names import fold

_OWNS = re.compile(r"['’]s?\b")
_TOWN = r"((?:[A-Z][\w.-]*\s+){1,4})"
_NAMED = re.compile(rf"{_TOWN}(?i:metro(?:politan)?\s+)?(?i:(police)|county\s+(sheriff)|(sheriff))")
_LETTERS = re.compile(r"\b([A-Z]{2,5})PD\b")
_POLICE = re.compile(r"\b(?:police|policem[ae]n|policewom[ae]n|cops?|constables?|detectives?|officers?)\b")
_SHERIFF = re.compile(r"\b(?:sheriff|deputies|deputy)\b")
_OTHERS = re.compile(
    r"\b(?:fire|school|health|medical|press|military|army|former|state|federal|transit|university|campus|prison"
    r"|corrections?|probation|intelligence|executive|financial|operating|returning|union|a sources?|report)\b"
)
_NO_TOWN = frozenset(
    {"the", "police", "county", "chief", "officer", "sgt", "lt", "capt", "captain", "sergeant", "deputy"}
)


@dataclass(frozen=True, slots=True)
class Force:
    """A police force: ``kind`` is "police" or "sheriff"; ``town`` is folded, or initials in capitals, or "" where copy
    does not say whose police they are."""

    kind: str
    town: str = ""


def force_of(knower: Knower) -> Force | None:
    """The force that a source is or speaks for; None where it is of none, or of one that is no town's."""
    words = knower.words or knower.name
    folded = fold(_OWNS.sub("", words))
    if _OTHERS.search(folded) or (knower.kind == "person" and words == knower.name and not _LETTERS.search(words)):
        return None
    if letters := _LETTERS.search(words):
        return Force("police", letters[1])
    kind = "sheriff" if _SHERIFF.search(folded) else "police" if _POLICE.search(folded) else ""
    if not kind:
        return None
    named = _NAMED.search(_OWNS.sub("", words))
    town = [word for word in fold(named[1]).split() if word not in _NO_TOWN] if named else []
    return Force(kind, " ".join(town))


def same_forces(knowers: Mapping[str, Knower]) -> dict[tuple[str, str], str]:
    """The pairs of keys that speak for one force, with the reason. Who names no town is of the only force that others
    name; where they name two, nobody can say of which."""
    forces = {key: force for key in sorted(knowers) if (force := force_of(knowers[key]))}
    found: dict[tuple[str, str], str] = {}
    for one, other in combinations(forces, 2):
        first, second = forces[one], forces[other]
        if first.kind != second.kind or not _may_be_one(first, second):
            continue
        named = [each for each in forces.values() if each.kind == first.kind and each.town]
        if (first.town and second.town) or all(_may_be_one(a, b) for a, b in combinations(named, 2)):
            names = " and ".join(sorted((knowers[one].name, knowers[other].name)))
            found[one, other] = f"R24 {names} speak for one {'police' if first.kind == 'police' else 'sheriff'}"
    return found


def rivals(one: Knower, other: Knower) -> bool:
    """Whether both are forces, and of two towns or kinds."""
    first, second = force_of(one), force_of(other)
    return bool(first and second and (first.kind != second.kind or not _may_be_one(first, second)))


def _may_be_one(one: Force, other: Force) -> bool:
    if not one.town or not other.town or one.town == other.town:
        return True
    letters, name = sorted((one.town, other.town), key=str.islower)
    return letters.isupper() and name.islower() and letters.casefold() == "".join(w[0] for w in re.split(r"[ -]", name))

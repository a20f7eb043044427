"""Bylines: "By Ana Petrova and Jon Lund, Reuters", "BYLINE: A. Petrova", "Ana Petrova | AP"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.cleaning.data import listed
from ingest.cleaning.names import find_house

MAX_LENGTH = 160
_OPENING = re.compile(
    r"(?:by\s?line|author|words|text|story|written|reported|report)\s*(?::|\bby\b)\s*(?:by\s+)?|by:?\s+", re.I
)
_BARE = re.compile(r"(?P<who>[^|,–—-]{4,40})\s*[|,–—]\s*(?P<house>[^|,]{2,40})")
_SPLIT = re.compile(r"\s*(?:[,;|•·/&]|\band\b|\bwith\b|\bfor\b(?=\s+[A-Z]))\s*", re.I)
_WHERE = re.compile(r"\s+(?:in|at|from)\s+[A-Z].*$")
_NAME_WORD = re.compile(r"(?:[A-Z]\.){1,3}|(?:[dDlLO]['’])?[^\W\d_][\w.'’]*(?:-[^\W\d_][\w'’]*)*")
_JOB = re.compile(
    rf"(?:(?:{'|'.join(sorted(listed('job_before')))})\s+)*(?:{'|'.join(sorted(listed('job')))})(?:\s+chief)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who signed: names of people, and of the agencies or outlets that the line names."""

    names: tuple[str, ...]
    houses: tuple[str, ...]


def take_byline(line: str) -> Byline | None:
    """The people and houses of a line that is a byline and nothing else; None for any other line."""
    line = line.strip()
    if len(line) > MAX_LENGTH:
        return None
    opening = _OPENING.match(line)
    if opening:
        return _signed(line[opening.end() :].strip().rstrip("."))
    bare = _BARE.fullmatch(line)
    if bare and find_house(bare["house"]) and is_name(bare["who"].strip()):
        return Byline((bare["who"].strip(),), (_house_name(bare["house"]),))
    return None


def _signed(words: str) -> Byline | None:
    whole = find_house(words)
    if whole:
        return Byline((), (whole.name,))
    names: list[str] = []
    houses: list[str] = []
    for part in filter(None, _SPLIT.split(_unglue(words))):
        person = _WHERE.sub("", part).strip(" .")
        if find_house(person):
            houses.append(_house_name(person))
        elif _is_job(person) or (names and _is_place_word(person) and not is_name(person)):
            continue
        elif is_name(person):
            names.append(person)
        else:
            return None
    return Byline(tuple(names), tuple(dict.fromkeys(houses))) if names or houses or _is_job(words) else None


def _unglue(words: str) -> str:
    """ "By Ana LUNDAssociated Press": a house printed onto the name without a space is set apart."""
    for cut in re.finditer(r"(?<=[A-Za-z])(?=[A-Z])", words):
        if find_house(words[cut.start() :]):
            return f"{words[: cut.start()]}, {words[cut.start() :]}"
    return words


def _house_name(words: str) -> str:
    house = find_house(words)
    return house.name if house else ""


def _is_job(words: str) -> bool:
    if _JOB.fullmatch(words):
        return True
    head, _, tail = words.rpartition(" ")
    return bool(
        head and _JOB.fullmatch(tail) and all(word[:1].isupper() or word[:1].isdigit() for word in head.split())
    )


def _is_place_word(words: str) -> bool:
    return len(words.split()) <= 3 and words[:1].isupper() and words.replace(" ", "").replace(".", "").isalpha()


def is_name(words: str) -> bool:
    """Whether the words have the form of a person's name: two to four words, each in capitals or a particle."""
    parts = words.split()
    if not 2 <= len(parts) <= 5 or _JOB.fullmatch(words):
        return False
    for part in parts:
        if part.casefold() in listed("name_particles"):
            continue
        if not _NAME_WORD.fullmatch(part) or (not part[0].isupper() and part[1:2] not in "'’"):
            return False
    return parts[0].casefold() not in listed("not_names") and parts[-1].casefold() not in listed("not_names") | listed(
        "name_particles"
    )

"""Datelines, where and when copy was filed: "GENEVA, Switzerland (Reuters) -", "Berlin, 3 May (dpa) -", "MOSCOW —"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.cleaning.data import listed
from ingest.cleaning.names import find_house, houses_in
from ingest.cleaning.times import complete_day, make_day, parse_day

MAX_LENGTH = 90
_SEPARATOR = re.compile(r"\s*(?:--+|—|–)\s*|\s+-\s*|(?<=[)\]])(?:\.?\s*-+\s*|\s*:\s+|\s+(?=[A-Z“\"]))|-$")
_PAREN = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_WORD = re.compile(r"[^\W\d_][\w.'’]*(?:-[^\W\d_][\w.'’]*)*", re.UNICODE)
_CALL_SIGN = re.compile(
    r"[A-Z][A-Z0-9&.+ -]{1,20}|[A-Za-z0-9-]+\.(?:com|org|net|news|tv|ru|ua|de|uk)|[A-Z][a-z]*[A-Z]\w{1,16}"
)
_AGENCY_NAME = re.compile(r"[A-Z][\w.&'’-]+(?: [A-Z][\w.&'’-]+){0,3}")
_MAX_WORDS = 6
_MAX_BARE = 4  # words of a place that neither an agency nor a date vouches for


@dataclass(frozen=True, slots=True)
class Filed:
    """A dateline taken off a paragraph: ``words`` as printed, ``rest`` the copy behind it.

    ``month_day`` is what it prints; ``day`` is set only where it prints the year as well.
    """

    place: str
    region: str
    month_day: tuple[int, int] | None
    day: date | None
    credits: tuple[str, ...]
    words: str
    rest: str

    def resolved(self, near: date | None) -> date | None:
        """The day, with the year of ``near`` where the dateline prints none."""
        return self.day or (complete_day(*self.month_day, near) if near and self.month_day else None)


def take_dateline(paragraph: str) -> Filed | None:
    """The dateline that a paragraph opens with, or None: without an agency or a date the place must be in capitals."""
    for separator in _SEPARATOR.finditer(paragraph[: MAX_LENGTH + 1]):
        found = _read(paragraph[: separator.start()], paragraph[: separator.end()], paragraph[separator.end() :])
        if found:
            return found
    return None


def _read(head: str, words: str, rest: str) -> Filed | None:
    credits: list[str] = []
    day = None
    names = head
    for paren in _PAREN.finditer(head):
        held = _credits_of(paren[1]) or _unknown_agency(paren[1], before=head[: paren.start()])
        day = day or (parse_day(paren[1]) if not held else None)
        if not held and not day:
            return None
        credits += held
        names = names.replace(paren[0], " ", 1)
    parts = [part.strip() for part in names.split(",")]
    days = [part for part in parts[1:] if parse_day(part) or re.fullmatch(r"\d{4}", part)]
    if days:
        day = parse_day(", ".join(days)) or day
        parts = [part for part in parts if part not in days]
    else:
        parts[-1], day = _split_day(parts[-1], day)
    if not _is_place(parts, marked=bool(credits or day), rest=rest):
        return None
    if words.rstrip().endswith((")", "]")) and not (_in_capitals(parts[0]) and houses_in(words)):
        return None
    month_day = (day[1], day[2]) if day else None
    full = make_day(*day) if day and day[0] else None  # type: ignore[arg-type]
    region = ", ".join(_spell(part) for part in parts[1:])
    return Filed(_spell(parts[0]), region, month_day, full, tuple(credits), words.strip(), rest.strip())


def _split_day(part: str, day: tuple[int | None, int, int] | None) -> tuple[str, tuple[int | None, int, int] | None]:
    """A date printed behind the place without a comma ("GENEVA Jan 3")."""
    match = re.search(r"\s+(?=\d{1,2}\.?\s+[A-Z]|[A-Z][a-z]{2,8}\.?\s+\d)", part)
    if match and parse_day(part[match.end() :]):
        return part[: match.start()], parse_day(part[match.end() :])
    return part, day


def _credits_of(words: str) -> list[str]:
    named = [house.name for house in houses_in(words)]
    if named:
        return named
    pieces = [piece.strip() for piece in re.split(r"[/,]", words)]
    return pieces if all(_CALL_SIGN.fullmatch(piece) and not parse_day(piece) for piece in pieces) else []


def _unknown_agency(words: str, *, before: str) -> list[str]:
    """An agency that no table knows: a short name behind a place in capitals ("OULU, Finland (Polar Press) -")."""
    opens = _in_capitals(before.split(",")[0])
    return [words.strip()] if opens and _AGENCY_NAME.fullmatch(words.strip()) and not parse_day(words) else []


def _is_place(parts: list[str], *, marked: bool, rest: str) -> bool:
    """Whether the parts read as "PLACE, Region". ``marked``: an agency or a date stands there too."""
    if not 1 <= len(parts) <= 3 or not all(parts):
        return False
    if rest and not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"‘'«$£€(["):
        return False
    tokens = [_WORD.findall(part) for part in parts]
    leftovers = "".join(_WORD.sub("", part) for part in parts)
    if leftovers.strip(" /&.-") or any(not 1 <= len(words) <= _MAX_WORDS for words in tokens):
        return False
    if all(word.strip(".").casefold() in listed("labels") for word in tokens[0]) or find_house(parts[0]):
        return False
    if not all(word[0].isupper() or word in listed("place_small") for words in tokens for word in words):
        return False
    if marked:
        return True
    return _in_capitals(parts[0]) and len(tokens[0]) <= _MAX_BARE and not any(map(_in_capitals, parts[1:]))


def _in_capitals(place: str) -> bool:
    letters = [char for char in re.sub(r"\b(?:Mc|Mac|de|la|St)(?=\b|[A-Z])", "", place) if char.isalpha()]
    return len(letters) >= 3 and all(char.isupper() for char in letters)


def _spell(place: str) -> str:
    """A place in capitals as it is written in copy; one that is not in capitals stays as it is."""
    if not _in_capitals(place) or place.count(".") > 1 or (len(place) <= 3 and place.isupper()):
        return place
    words = re.split(r"([\s/-]+)", place)
    small = [
        word.casefold() if word.casefold() in listed("place_small") and i else _capital(word)
        for i, word in enumerate(words)
    ]
    return "".join(small)


def _capital(word: str) -> str:
    return word if not word.isupper() else word[:1] + word[1:].lower()

"""Where marked-up copy was filed: its dateline element, and what the first paragraph opens with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.cleaning.dateline import Filed, take_dateline
from ingest.cleaning.names import houses_in
from ingest.cleaning.tables import Kind
from ingest.cleaning.times import complete_day, is_only_time, make_day, parse_day
from ingest.wire.sender import change_of_label
from ingest.wire.types import Dateline

_WEEKDAY = re.compile(
    r",?\s*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|,?\s+\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?", re.IGNORECASE
)
_DASH = r"\s*(?:--+|—|–|_|-)\s*"
_SET_APART = r"(?:\s*(?:--+|—|–)\s*|\s+[-_]\s+|(?<=\))\s*[-_:]\s*)"
_CREDIT = re.compile(rf"[(（]\s*(?P<who>[^()（）]{{2,40}}?)\s*[)）]{_DASH}(?=\S)")
_ENCLOSED = re.compile(
    rf"\((?P<place>[^()]{{3,60}}?)(?:\s+[-–—]+\s+|,\s+)(?P<day>[^()–—-]{{3,30}})\)(?:{_DASH}|\s+)(?=\S)"
)
_UNDERSCORE = re.compile(r"(?<=[)\]])\s_\s")
_CROSSHEAD = re.compile(r"^[-–—]+\s+([^-–—\s](?:[^-–—]|(?<=\w)-(?=\w))*)\s+[-–—]+$")
_INITIALS = re.compile(r"[a-z]{2,4}(?:[-/][a-z]{2,4}){1,4}")
_END = re.compile(r"\s*(?:--+|[-–—_:,])?\s*$")
_REACH = 120
_HEAD_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Origin:
    """The place that markup names as the one the copy is from, apart from any dateline that is printed."""

    place: str = ""
    region: str = ""

    def as_place(self) -> tuple[str, None, str]:
        """(place, no day, region), with a state that is written behind the place set apart."""
        place, _, behind = self.place.partition(",")
        return place.strip(), None, behind.strip() or self.region


NOWHERE = Origin()
NO_DATELINE = Dateline()


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines of copy without the credit or dateline that they open with in a form of their own."""

    lines: list[str]
    filed: Dateline = NO_DATELINE
    credits: tuple[str, ...] = ()
    furniture: tuple[tuple[str, str], ...] = ()


def read_dateline(printed: str, near: date | None) -> tuple[Dateline, tuple[str, ...]]:
    """(dateline, agencies) of a dateline that stands by itself; an empty one for no words."""
    words = _END.sub("", _WEEKDAY.sub("", printed[:_REACH])).strip()
    if not words:
        return Dateline(), ()
    filed = take_dateline(f"{words} - The") or take_dateline(f"{_upper(words)} - The")
    if filed and not re.search(r"\d", filed.place):
        return _dateline(filed, near), filed.credits
    parts = [part.strip() for part in re.sub(r"\([^()]*\)", "", words).split(",")]
    day = parse_day(words)
    names = [part for part in parts if part and not re.search(r"\d", part) and not is_only_time(part)]
    agencies = tuple(house.name for house in houses_in(words))
    return _placed(next(iter(names), ""), ", ".join(names[1:2]), day, near), agencies


def open_copy(lines: Sequence[str], printed: str, origin: Origin) -> Opening:
    """The copy without "(Agency) -", "(Place - 3 May)" or the known place that its first paragraph opens with.

    Those forms mean nothing in copy whose place nobody states; the ones that do are left to the cleaning.
    """
    kept = list(lines)
    if len(kept) > 1 and _INITIALS.fullmatch(kept[-1]):
        signed = kept.pop()
        opened = open_copy(kept, printed, origin)
        return replace(opened, furniture=(*opened.furniture, (Kind.ENDMARK.value, signed)))
    places = {place for place in (read_dateline(printed, None)[0].place, origin.as_place()[0]) if place}
    for number, line in enumerate(kept[:_HEAD_DEPTH]):
        kept[number] = line = _UNDERSCORE.sub(" — ", line[:_REACH], count=1) + line[_REACH:]
        if take_dateline(line):
            break
        credit, enclosed = _CREDIT.match(line), _ENCLOSED.match(line)
        if enclosed and parse_day(enclosed["day"]):
            filed = read_dateline(f"{enclosed['place']}, {enclosed['day']}", None)[0]
            kept[number] = line[enclosed.end() :]
            return Opening(kept, filed, (), ((Kind.DATELINE.value, enclosed[0].strip()),))
        if credit and _is_house(credit["who"]):
            kept[number] = line[credit.end() :]
            named = tuple(house.name for house in houses_in(credit["who"])) or (credit["who"],)
            return Opening(kept, NO_DATELINE, named, ((Kind.CREDIT.value, credit[0].strip()),))
        known = _known_place(line, places)
        if known:
            kept[number] = line[len(known) :]
            return Opening(kept, NO_DATELINE, (), ((Kind.DATELINE.value, known.strip()),))
    return Opening(kept)


def _is_house(words: str) -> bool:
    """Whether words in brackets before a dash may be the name of whoever sent the copy."""
    capital = all(not word[0].isalpha() or not word[0].islower() or word in ("of", "the") for word in words.split())
    return bool(houses_in(words)) or (capital and not parse_day(words) and not change_of_label(words))


def uncrossed(lines: Sequence[str]) -> list[str]:
    """The lines with their crossheads bare: "- Markets closed -" is a heading, not the item of a list."""
    return [_CROSSHEAD.sub(r"\1", line) if len(line) <= _REACH else line for line in lines]


def _known_place(line: str, places: set[str]) -> str:
    """The opening of a line that is one of these places and a dash, and perhaps a region or an agency between."""
    for place in places:
        between = r"(?:,[^–—-]{1,40}?)?(?:\s*\([^()]{2,40}\))?"
        match = re.match(rf"{re.escape(place)}{between}{_SET_APART}(?=\S)", line, re.IGNORECASE)
        if match:
            return match[0]
    return ""


def _upper(words: str) -> str:
    place, comma, rest = words.partition(",")
    head, paren, tail = place.partition("(")
    return f"{head.upper()}{paren}{tail}{comma}{rest}"


def _dateline(filed: Filed, near: date | None) -> Dateline:
    return Dateline(filed.place, filed.resolved(near), filed.region, filed.month_day)


def _placed(place: str, region: str, day: tuple[int | None, int, int] | None, near: date | None) -> Dateline:
    if day is None:
        return Dateline(place, None, region)
    year, month, number = day
    known = make_day(year, month, number) if year else complete_day(month, number, near) if near else None
    return Dateline(place, known, region, (month, number))

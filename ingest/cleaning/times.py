"""Dates and clock times as copy prints them ("Published 3 May 2024, 12:30 GMT"); 03/04/2024 is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_HOURS = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_ZONE_NAMES = "|".join(sorted(_HOURS, key=len, reverse=True))
_DAY_FORMS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"\b(?P<mon>{_MONTH})\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?(?![\d:])", re.I),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<mon>{_MONTH})(?:,?\s+(?P<y>\d{{4}}))?(?![\d:])", re.I
    ),
    re.compile(r"\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4})\b"),
)
_CLOCK = re.compile(
    r"(?<![\d/:.])(?P<h>\d{1,2})(?:[:.](?P<min>\d{2}))?(?::(?P<s>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    rf"\s*\(?(?P<zone>(?:{_ZONE_NAMES})\b|[+-]\d{{2}}:?\d{{2}}\b)?",
    re.I,
)
_ONE_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d\s?(?:[ap]\.?m)?|\s?[ap]\.?m)\W*", re.IGNORECASE)
# Where one labelled time ends and the next begins ("Published … Updated …").
NEXT_LABEL = re.compile(
    r"(?<!last )(?<!first )(?=\b(?:last |first )?(?:published|updated|posted|modified|created)\b)", re.IGNORECASE
)
_TOKEN = re.compile(
    rf"(?:{_MONTH}|{_WEEKDAY}|\d{{1,2}}(?:[:.h]\d\d){{0,2}}\s?[ap]\.?m|\d{{1,2}}(?:[:.h]\d\d){{1,2}}|\d{{1,4}}(?:st|nd|rd|th)?"
    rf"|\d{{4}}-\d\d-\d\d(?:T[\d:.]+Z?)?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|[ap]\.?m|{_ZONE_NAMES}|[ECMP]T|IST|WIB|HKT|SGT|noon"
    r"|midnight|at|on|of|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|an?|ago|local|eastern|pacific|central|time"
    r"|[+-]\d\d:?\d\d)(?!\w)|[-–—|,·•/()@:;.]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, ``has_clock`` with a time of day, ``zoned`` with a time zone (UTC is put where none is printed)."""

    when: datetime
    zoned: bool
    has_clock: bool


def is_only_time(words: str) -> bool:
    """Whether a line holds nothing but a date or a time of day, and at least one figure with a unit to it."""
    rest, tokens = words.strip(), 0
    while rest:
        match = _TOKEN.match(rest)
        if not match or not match[0]:
            return False
        tokens += match[0][0].isalnum()
        rest = rest[match.end() :].lstrip()
    return tokens > 1 or parse_moment(words) is not None or bool(_ONE_CLOCK.fullmatch(words.strip()))


def parse_day(words: str) -> tuple[int | None, int, int] | None:
    """(year or None, month, day) of the first date; None without one, or where day and month could be swapped."""
    for form in _DAY_FORMS:
        match = form.search(words)
        if match:
            return _day_of(match.groupdict())
    return None


def _day_of(parts: dict[str, str | None]) -> tuple[int | None, int, int] | None:
    year = int(parts["y"] or 0) if parts.get("y") else None
    if parts.get("a"):
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if first == second or first <= 12 < second:
            month, day = first, second
        elif second <= 12 < first:
            month, day = second, first
        else:
            return None
    else:
        name = parts.get("mon")
        month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["m"] or 0)
        day = int(parts.get("d") or 0)
    return (year, month, day) if make_day(year or 2000, month, day) else None


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_moment(words: str) -> Moment | None:
    """The date and time that the words state; None where no full date is there."""
    for form in _DAY_FORMS:
        match = form.search(words)
        if match:
            found = _day_of(match.groupdict())
            year, month, day = found or (None, 0, 0)
            if year is None or not make_day(year, month, day):
                return None
            rest = words[match.end() :].lstrip("T ,-–—|at") + "  " + words[: match.start()]
            return _with_clock(datetime(year, month, day, tzinfo=UTC), rest)
    return None


def _with_clock(day: datetime, words: str) -> Moment:
    for match in _CLOCK.finditer(words):
        hour, minute, half = int(match["h"]), int(match["min"] or 0), (match["half"] or "").lower()
        if not (match["min"] or half) or hour > (12 if half else 23) or minute > 59:
            continue
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        zone = _zone(match["zone"] or "")
        when = day.replace(hour=hour, minute=minute, second=min(int(match["s"] or 0), 59), tzinfo=zone or UTC)
        return Moment(when, zone is not None, True)
    return Moment(day, False, False)


def _zone(words: str) -> timezone | None:
    if words.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[words.upper()]))
    offset = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", words)
    if not offset or int(offset[2]) > 14 or int(offset[3]) > 59:
        return None
    delta = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-delta if offset[1] == "-" else delta)


def complete_day(month: int, day: int, near: date) -> date | None:
    """The day of a date without its year: the latest one that is not later than the day after ``near``."""
    for year in (near.year + 1, near.year, near.year - 1):
        found = make_day(year, month, day)
        if found and found <= near + timedelta(days=1):
            return found
    return None

"""The days that a TIMEX3 value means."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

_VALUE = re.compile(
    r"^(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d{1,2})(?P<weekend>-WE)?|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?$"
)


def span_of(value: str) -> Days | None:
    """First and last day of a day, week (from Monday), weekend, month, quarter or year of the calendar; else None."""
    found = _VALUE.match(value)
    if not found:
        return None
    try:
        return _days(int(found["year"]), found)
    except ValueError:
        return None


def _days(year: int, found: re.Match[str]) -> Days:
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        return (monday + timedelta(5) if found["weekend"] else monday), monday + timedelta(6)
    if found["quarter"]:
        last = 3 * int(found["quarter"])
        return date(year, last - 2, 1), _month_end(year, last)
    if found["month"]:
        return date(year, int(found["month"]), 1), _month_end(year, int(found["month"]))
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])

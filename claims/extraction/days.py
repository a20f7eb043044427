"""Expressions of time turned into ranges of days. Pure; no model."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from claims.extraction.expressions import MONTHS, WEEKDAYS, Expression
from claims.figures import parse_number

Days = tuple[date | None, date | None]
OPEN: Days = (None, None)
FEW = 3


def resolve(found: Expression, anchor: date | None, before: date | None, *, ahead: bool = False) -> Days:
    """The first and last day meant; ``anchor`` is the day of publication, ``before`` the last day the text named.

    ``ahead`` says that the clause speaks of the future. Open where the text gives no anchor (R3).
    """
    try:
        return _RESOLVERS[found.kind](found, anchor, before, ahead)
    except (ValueError, OverflowError):  # beyond the ends of the calendar
        return OPEN


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _number(word: str) -> int:
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def _full_year(word: str) -> int:
    year = _number(word.lstrip("'"))
    return year if year >= 100 else year + (1900 if year > 40 else 2000)


def _one(day: date | None) -> Days:
    return (day, day)


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _nearest(month: int, day: int, anchor: date | None) -> date | None:
    """The day of that name nearest to the anchor; the past one where both are as near."""
    if anchor is None:
        return None
    years = (_safe(anchor.year + step, month, day) for step in (0, -1, 1))
    return min((each for each in years if each), key=lambda each: abs((each - anchor).days), default=None)


def _iso(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    words = found.words
    return _one(_safe(int(words["y"]), int(words["m"]), int(words["d"])))


def _exact_day(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    month, day = _month(found.words["m"]), _number(found.words["d"])
    if "y" in found.words:
        return _one(_safe(_full_year(found.words["y"]), month, day))
    return _one(_nearest(month, day, anchor))


def _span(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    first = _exact_day(found, anchor, before, ahead)[0]
    if first is None:
        return OPEN
    last = _safe(first.year, _month(found.words.get("m2", found.words["m"])), _number(found.words["d2"]))
    return (first, last) if last is not None and last >= first else OPEN


def month_days(year: int, month: int) -> Days:
    """First and last day of a month; open for a year that no calendar has."""
    if not 1 <= year <= 9999:
        return OPEN
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _whole_month(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    month = _month(found.words.get("m") or found.words["m2"])
    if "y" in found.words:
        return month_days(_full_year(found.words["y"]), month)
    if "rel" in found.words:
        return OPEN if anchor is None else month_days(anchor.year + _STEPS[found.words["rel"].lower()], month)
    if anchor is None:
        return OPEN
    year = anchor.year + (month < anchor.month) if ahead else anchor.year - (month > anchor.month)
    return month_days(year, month)


_STEPS = {"last": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "next": 1}


def _quarter(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    """ "the third quarter (of 2009)"; without a year the last one of that name that has begun."""
    words = found.words
    if "y" not in words and anchor is None:
        return OPEN
    here = anchor or date(1, 1, 1)
    if "o" not in words:
        index = here.year * 4 + (here.month - 1) // 3 + _STEPS[words["rel"].lower()]
    else:
        order = words["o"].lower()
        place = (
            3
            if order == "final"
            else ("first", "second", "third", "fourth").index(order)
            if order.isalpha()
            else int(order[0]) - 1
        )
        year = _full_year(words["y"]) if "y" in words else here.year + _STEPS.get(words.get("rel", "this").lower(), 0)
        index = year * 4 + place
        if (
            "y" not in words
            and "rel" not in words
            and (year, 3 * place + 1, 1) > (here.year, here.month, here.day)
            and not ahead
        ):
            index -= 4
    year, place = divmod(index, 4)
    return month_days(year, 3 * place + 1)[0], month_days(year, 3 * place + 3)[1]


def _season(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    first = date(_full_year(found.words["y"]), _SEASONS[found.words["s"].lower()], 1)
    return first, shift(first, 3, "month") - timedelta(days=1)


def _middle(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    year = int(found.words["y"])
    return date(year, 5, 1), date(year, 8, 31)


def _same(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    """The day last named: "that day", "to end the day"."""
    return _one(before)


def _year(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    year = int(found.words["y"])
    return date(year, 1, 1), date(int(found.words.get("y2", year)), 12, 31)


def _decade(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    year = int(found.words["y"])
    return date(year, 1, 1), date(year + 9, 12, 31)


def _week_of(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    order = found.words["o"].lower()
    if "m" not in found.words:
        whole: Days = (date(int(found.words["y2"]), 1, 1), date(int(found.words["y2"]), 12, 31))
    else:
        whole = _whole_month(found, anchor, before, ahead)
    if whole[0] is None or whole[1] is None:
        return OPEN
    if order == "last":
        return whole[1] - timedelta(days=6), whole[1]
    place = ("first", "second", "third", "fourth").index(order) if order.isalpha() else int(order[0]) - 1
    first = whole[0] + timedelta(days=7 * place)
    return first, first + timedelta(days=6)


def _feast(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    name = found.words["f"].lower()
    table = (
        ("eve of the new", (12, 31)),
        ("christmas eve", (12, 24)),
        ("eve", (12, 31)),
        ("new year", (1, 1)),
        ("boxing", (12, 26)),
    )
    month, day = next((at for word, at in table if word in name), (12, 25))
    return _one(_safe(int(found.words["y"]), month, day) if "y" in found.words else _nearest(month, day, anchor))


def _now(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    if anchor is None:
        return OPEN
    words = found.words["w"].lower()
    back = 0
    if "before" in words:
        back = 2
    elif words.startswith(("yesterday", "last night")):
        back = 1
    elif words.startswith("tomorrow"):
        back = -1
    elif words.startswith("overnight"):
        return anchor - timedelta(days=1), anchor
    return _one(anchor - timedelta(days=back))


def _weekday(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    if anchor is None:
        return OPEN
    wanted = WEEKDAYS.index(found.words["wd"].lower())
    relation = found.words.get("rel", "").lower()
    back = (anchor.weekday() - wanted) % 7
    if relation == "next" or "coming" in relation or (ahead and relation in ("", "this")):
        days = (wanted - anchor.weekday()) % 7
        return _one(anchor + timedelta(days=days or (7 if relation == "next" else 0)))
    if back == 0 and relation in ("last", "the previous"):
        back = 7
    return _one(anchor - timedelta(days=back))


_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}


def shift(day: date, count: int, unit: str) -> date:
    """``day`` moved by ``count`` units; months and years keep the day of the month where they can."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * _DAYS_IN[unit])
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    at = max(12, day.year * 12 + day.month - 1 + months)
    year, month = divmod(at, 12)
    return date(min(year, 9999), month + 1, min(day.day, monthrange(min(year, 9999), month + 1)[1]))


def _count(words: dict[str, str]) -> int | None:
    word = words.get("n", "one").lower()
    if word in ("a", "an"):
        return 1
    number = parse_number(word) if "few" not in word and word != "several" and "couple" not in word else None
    return None if number is None or number > 3000 else int(number)


def _ago(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    count, unit = _count(found.words), found.words["unit"].lower()
    if anchor is None or count is None or unit == "minute":
        return OPEN
    if unit == "hour":
        return _one(anchor) if count < 12 else OPEN
    day = shift(anchor, -count, unit)
    if unit in ("year", "decade"):
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return month_days(day.year, day.month) if unit == "month" else _one(day)


def _past(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    count, unit = _count(found.words), found.words["unit"].lower()
    if anchor is None or unit in ("hour", "minute"):
        return _one(anchor)
    if count is None and "few" in found.words.get("n", "").lower():
        count = FEW
    return (None, anchor) if count is None else (shift(anchor, -count, unit), anchor)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _period(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    if anchor is None:
        return OPEN
    step = {"last": -1, "previous": -1, "this": 0, "next": 1}.get(found.words.get("rel", "last").lower(), -1)
    if "m" in found.words:
        month = _month(found.words["m"])
        year = anchor.year - (step < 0 and month >= anchor.month) + (step > 0 and month <= anchor.month)
        return month_days(year, month)
    unit = found.words["p"].lower()
    if unit == "week" or unit == "weekend":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * step)
        return (monday if unit == "week" else monday + timedelta(days=5)), monday + timedelta(days=6)
    if unit == "month":
        day = shift(anchor, step, "month")
        return month_days(day.year, day.month)
    year = anchor.year + step
    if unit == "year":
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, _SEASONS[unit], 1)
    return first, shift(first, 3, "month") - timedelta(days=1)


def _shift(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    count, unit = _count(found.words), found.words["unit"].lower()
    if before is None or count is None or unit in ("hour", "minute"):
        return OPEN
    back = found.words["way"].lower() in ("earlier", "before")
    day = shift(before, -count if back else count, unit)
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if unit in ("year", "decade") else _one(day)


_RESOLVERS: dict[str, Callable[[Expression, date | None, date | None, bool], Days]] = {
    "iso": _iso,
    "day": _exact_day,
    "span": _span,
    "apart": _span,
    "month": _whole_month,
    "year": _year,
    "years": _year,
    "decade": _decade,
    "week_of": _week_of,
    "quarter": _quarter,
    "season": _season,
    "middle": _middle,
    "same": _same,
    "feast": _feast,
    "now": _now,
    "weekday": _weekday,
    "ago": _ago,
    "past": _past,
    "period": _period,
    "shift": _shift,
}

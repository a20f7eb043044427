"""Expressions of time in English copy, found by their words and turned into ranges of days. Pure; no model."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from claims.figures import NUMBER, parse_number

Days = tuple[date | None, date | None]
OPEN: Days = (None, None)

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![A-Za-z])"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%.]\d|\d|,\d)"
_YEAR = r"(?:18[3-9]\d|19\d\d|20\d\d)(?![\d%,]\d|\d|-\w)"
_SHORT_YEAR = r"'?\d\d(?![\d%:,.]\d|\d|[A-Za-z%])"
_NAMED = r"(?!\s+(?:Movement|Avenue|Street|Brigade|Front|Square|Boulevard|Battalion|Road|Group|Party)\b)"
_PART = r"(?:\s+(?:(?:early\s+|late\s+|mid-)?(?:morning|afternoon|evening|night|midnight|dawn|noon)))"
_N = rf"(?P<n>{NUMBER}|several|a|an|(?:a\s+)?few|a\s+couple\s+of)"
_UNIT = r"(?P<unit>day|week|month|year|hour|decade|minute)s?"
_EDGE = r"(?:(?:early|late|earlier|later|mid|beginning|end|start)(?:\s+(?:in|on|of)|-)?\s+)?"


@dataclass(frozen=True, slots=True)
class Expression:
    """``text[start:end]`` names a stretch of time in the way of ``kind``."""

    start: int
    end: int
    kind: str
    words: dict[str, str]
    full: bool = False  # carries its own year


_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    (
        "span",
        rf"(?:from\s+|between\s+)?(?P<d>{_DAY})(?:\s?[-–]\s?|\s+to\s+|\s+and\s+)(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?",
    ),
    (
        "span",
        rf"(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?:\s?[-–]\s?|\s+to\s+|\s+and\s+)(?P<d2>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?",
    ),
    (
        "apart",
        rf"from\s+(?P<m>{_MONTH})\s+(?P<d>{_DAY})\s+to\s+(?P<m2>{_MONTH})\s+(?P<d2>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?",
    ),
    (
        "apart",
        rf"from\s+(?P<d>{_DAY})\s+(?P<m>{_MONTH})\s+to\s+(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?",
    ),
    (
        "day",
        rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{_DAY})(?:\s+of)?\s+(?P<m>{_MONTH})(?:,?\s+(?P<y>{_YEAR}|{_SHORT_YEAR}))?{_NAMED}",
    ),
    ("day", rf"(?:{_WEEKDAY},?\s+)?(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?"),
    (
        "week_of",
        rf"(?:(?:in|during)\s+)?the\s+(?P<o>first|second|third|fourth|last|1st|2nd|2d|3rd|3d|4th)\s+week(?:s)?\s+(?:of|in)\s+(?:(?P<m>{_MONTH})(?:\s+(?P<y>{_YEAR}))?|(?P<y2>{_YEAR}))",
    ),
    ("month", rf"(?:(?:in|during)\s+)?{_EDGE}(?P<m>{_MONTH})(?:,|\s+of)?\s+(?P<y>{_YEAR})"),
    (
        "feast",
        r"(?:the\s+)?(?P<f>New\s+Year['’]?s?\s+Eve|eve\s+of\s+the\s+New\s+Year|New\s+Year['’]?s?\s+Day|Christmas\s+Eve|Christmas(?:\s+Day)?|Boxing\s+Day)(?:\s+(?P<y>\d{4}))?",
    ),
    (
        "now",
        rf"(?:(?P<edge>early|late|earlier|later)\s+)?(?P<w>the\s+day\s+before\s+yesterday|the\s+night\s+before\s+last|yesterday{_PART}?|today|tomorrow{_PART}?|tonight|last\s+night|overnight|this\s+(?:morning|afternoon|evening|noon|very\s+day)|(?:in|within|over|during)\s+the\s+(?:last|past)\s+(?:few|\w+)\s+hours|(?:a\s+few|\w+)\s+minutes\s+ago)",
    ),
    (
        "weekday",
        rf"(?:(?P<rel>last|next|this(?:\s+past)?|this\s+coming|the\s+previous)\s+)?(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?(?P<wd>{_WEEKDAY})(?:{_PART})?",
    ),
    ("ago", rf"(?:(?:about|around|nearly|almost|some|over|more\s+than)\s+)?{_N}\s+{_UNIT}\s+ago"),
    ("past", rf"(?:(?:in|during|over|for|throughout|within)\s+)?(?:the\s+)?(?:past|last|previous)\s+{_N}\s+{_UNIT}"),
    ("past", r"(?:(?:in|during|over|throughout|within)\s+)(?:the\s+)?(?:past)\s+(?P<unit>day|week|month|year|decade)"),
    (
        "period",
        r"(?:(?:earlier|later|early|late|during|in|over)\s+)?(?:the\s+)?(?P<rel>last|this|next|previous|the\s+past|past)\s+(?P<p>week|month|year|weekend|spring|summer|autumn|winter)(?!s?\s+of\b)(?!-?\w)",
    ),
    ("period", r"over\s+the\s+(?P<p>weekend)(?!-?\w)"),
    ("period", rf"(?P<rel>last|this|next)\s+(?P<m>{_MONTH})"),
    ("shift", rf"(?:the\s+)?{_N}\s+{_UNIT}\s+(?P<way>earlier|later|before(?=\s*[,.;)]|\s*$)|afterwards?)(?=[\s,.;)])"),
    ("decade", r"(?:in\s+|during\s+)?(?:the\s+)?(?:early\s+|late\s+|mid-)?(?P<y>(?:19|20)\d0)['’]?s"),
    ("month", rf"(?:in|during|since|until|by|through|of|from)\s+{_EDGE}(?P<m>{_MONTH})(?!\s+\d)"),
    ("years", rf"(?:from|between)\s+(?P<y>{_YEAR})\s+(?:to|and)\s+(?P<y2>{_YEAR})"),
    (
        "year",
        rf"(?:in|since|during|by|until|of|from|throughout)\s+{_EDGE}(?P<y>{_YEAR})(?!\s+(?!and\b|to\b|in\b|on\b|at\b|by\b|for\b|with\b|when\b|after\b)[a-z]+s\b)",
    ),
    (
        "year",
        r"(?<=[(,\s])(?P<y>(?:19|20)\d\d(?![\d%,]\d|\d|-\w|\s(?:GMT|hours)))(?=\s*[),;.]|\s+(?:to|and)\s|\s+[a-z]+\b(?<!s))",
    ),
)
_SCANNER = [(kind, re.compile(rf"(?<![\w$€£.,:/-]){pattern}(?!\w)", re.IGNORECASE)) for kind, pattern in _PATTERNS]
_HINT = re.compile(
    rf"\d|{_MONTH}|{_WEEKDAY}|\b(?:ago|day|night|week|month|year|today|tonight|overnight|yesterday|tomorrow|past|last|this|Christmas|later|earlier)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def scan(text: str) -> tuple[Expression, ...]:
    """All expressions of time, in order, without overlap; the more exact reading of a stretch wins."""
    found: list[Expression] = []
    if _HINT.search(text) is None:
        return ()
    for kind, pattern in _SCANNER:
        for hit in pattern.finditer(text):
            if any(hit.start() < each.end and each.start < hit.end() for each in found) or not _plausible(kind, hit):
                continue
            words = {name: word for name, word in hit.groupdict().items() if word}
            found.append(Expression(hit.start(), hit.end(), kind, words, "y" in words or "y2" in words))
    return tuple(sorted(found, key=lambda each: each.start))


def _plausible(kind: str, hit: re.Match[str]) -> bool:
    """Months and weekdays are capitalised; "may" and "march" in small letters are verbs."""
    groups = hit.groupdict()
    name = groups.get("m") or groups.get("wd")
    if name and name[0].isalpha() and not name[0].isupper():
        return False
    return not (kind == "weekday" and hit[0].isupper() and len(hit[0]) < 6)


def resolve(found: Expression, anchor: date | None, before: date | None, *, ahead: bool = False) -> Days:
    """The first and last day meant; ``anchor`` is the day of publication, ``before`` the last day the text named.

    ``ahead`` says that the clause speaks of the future. Open where the text gives no anchor (R3).
    """
    return _RESOLVERS[found.kind](found, anchor, before, ahead)


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
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _whole_month(found: Expression, anchor: date | None, before: date | None, ahead: bool) -> Days:
    month = _month(found.words["m"])
    if "y" in found.words:
        return month_days(_full_year(found.words["y"]), month)
    near = _nearest(month, 15, anchor)
    return OPEN if near is None else month_days(near.year, month)


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
        return _one(anchor + timedelta(days=(wanted - anchor.weekday()) % 7 or 7))
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
    return (None, anchor) if count is None else (shift(anchor, -count, unit), anchor)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


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
    "feast": _feast,
    "now": _now,
    "weekday": _weekday,
    "ago": _ago,
    "past": _past,
    "period": _period,
    "shift": _shift,
}


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where expressions of time stand: numbers in there count nothing."""
    return ((each.start, each.end) for each in scan(text))

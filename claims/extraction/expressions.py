"""Expressions of time in English copy, found by their words. Pure; no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claims.figures import NUMBER

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
_NAMED = r"(?!\s+(?:Movement|Avenues?|Streets?|Brigade|Front|Square|Boulevard|Battalion|Road|Group|Party)\b)"
_PART = r"(?:\s+(?:(?:early\s+|late\s+|mid-)?(?:morning|afternoon|evening|night|midnight|dawn|noon)))"
_N = rf"(?P<n>{NUMBER}|several|a|an|(?:a\s+)?few|a\s+couple\s+of)"
_UNIT = r"(?P<unit>day|week|month|year|hour|decade|minute)s?"
_ORDER = r"first|second|third|fourth|final|1st|2nd|3rd|4th"
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
    (
        "quarter",
        rf"(?:(?:in|during|for|of)\s+)?(?:the\s+)?(?P<o>{_ORDER})(?:\s+|-)quarter(?:\s+of)?(?:\s+(?:(?P<rel>last|this|next|the)\s+year|(?P<y>{_YEAR})))?",
    ),
    ("quarter", r"(?:(?:in|during|for|of)\s+)?(?:the\s+)?(?P<rel>last|this|next|previous|current)\s+quarter(?!\s+of)"),
    (
        "season",
        rf"(?:(?:in|during|since|by|for)\s+)?(?:the\s+)?(?:early\s+|late\s+|mid-)?(?P<s>spring|summer|autumn|fall|winter)(?:\s+of)?\s+(?P<y>{_YEAR})",
    ),
    ("middle", rf"(?:in\s+)?mid-(?P<y>{_YEAR})"),
    (
        "month",
        rf"(?:(?:in|during|since|until|by|of)\s+)?{_EDGE}(?P<m>{_MONTH})(?:\s+of)?\s+(?P<rel>last|this|next)\s+year",
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
    ("same", r"(?:(?:on|during)\s+)?(?:that\s+(?:very\s+)?|the\s+same\s+)(?:day|date)"),
    ("same", r"(?<=end\s)the\s+day(?!\s+of)|(?<=ending\s)the\s+day|(?<=close\s)the\s+day|(?<=finish\s)the\s+day"),
    ("decade", r"(?:in\s+|during\s+)?(?:the\s+)?(?:early\s+|late\s+|mid-)?(?P<y>(?:19|20)\d0)['’]?s"),
    ("month", rf"(?:in|during|since|until|by|through|of|from)\s+{_EDGE}(?P<m>{_MONTH})(?!\s+\d)"),
    (
        "month",
        rf"(?P<m>{_MONTH})(?=\s+(?:sales|figures|data|elections?|deadline|attacks?|meeting|summit|war|report|results)\b)",
    ),
    ("month", rf"(?<=\sand\s)(?P<m>{_MONTH})(?!\s+\d)|(?<=between\s)(?P<m2>{_MONTH})(?=\s+and\b)"),
    ("years", r"(?<![\w-])(?P<y>(?:19|20)\d\d)\s?[-–]\s?(?P<y2>(?:19|20)\d\d)(?![\d-])"),
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
    rf"\d|{_MONTH}|{_WEEKDAY}|\b(?:ago|day|night|week|month|year|today|tonight|overnight|yesterday|tomorrow|past|last|this|Christmas|later|earlier|quarter|day)",
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
    name = groups.get("m") or groups.get("wd") or groups.get("m2")
    if name and name[0].isalpha() and not name[0].isupper():
        return False
    return not (kind == "weekday" and hit[0].isupper() and len(hit[0]) < 6)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where expressions of time stand: numbers in there count nothing."""
    return ((each.start, each.end) for each in scan(text))

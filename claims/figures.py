"""Figures as intervals (R1, R2, R3, R7, R12): number words with their hedges, read and shown. Pure.

``find_quantities`` reads running English copy; what a number counts is not its concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_UNITS = {word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1)}
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_UNITS_AND_TEENS = _UNITS | {word: n for n, word in enumerate(_TEENS.split(), 10)}
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: n * 10 for n, word in enumerate(_TENS_WORDS, 2)}
_SCALES = {
    "dozen": Decimal(12),
    "hundred": Decimal(100),
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "mln": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "bn": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "tn": Decimal(10) ** 12,
}
_SHORT_SCALES = {"k": Decimal(10) ** 3, "m": Decimal(10) ** 6}
_SCALE = rf"(?:{'|'.join(_SCALES)})\b"
_ONES = rf"(?:{'|'.join(_UNITS)})\b"
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})\b(?:[-\s]{_ONES})?|(?:{'|'.join(_UNITS_AND_TEENS)})\b)"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|an?(?=\s+hundred\b))(?:\s+hundred\b(?:(?:\s+and)?\s+{_BELOW_100})?)?)"
_ATTACHED_UNIT = r"(?:km|kms|kg|g|m|cm|mm|lb|lbs|mph|kph|kmh|GB|MB|TB|GHz|MHz|bn|mln|tn|k|x)\b"
_DIGITS = (
    r"(?!0\d)(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?"
    rf"(?![\d:/]|[.,]\d|(?!{_ATTACHED_UNIT})[^\W\d_])"
)
NUMBER = (
    rf"(?:half\s+an?\s+{_SCALE}|{_DIGITS}(?:\s?{_SCALE})*|{_BELOW_1000}\s+and\s+a\s+half\s+{_SCALE}"
    rf"|(?:{_BELOW_1000}|an?(?=\s+{_SCALE}))(?:\s+{_SCALE}(?:(?:,?\s+and|,)?\s+{_BELOW_1000})?)*|zero\b)"
)

_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_VAGUE_BANDS: tuple[tuple[str, int, int], ...] = (
    *((rf"hundreds\s+of\s+{word}s", 200 * n, 1000 * n - 1) for word, n in _LARGE.items()),
    *((rf"(?:several|a\s+few)\s+hundred\s+{word}", 200 * n, 1000 * n - 1) for word, n in _LARGE.items()),
    *((rf"tens\s+of\s+{word}s", 20 * n, 100 * n - 1) for word, n in _LARGE.items()),
    *((rf"(?:(?:several|many|a\s+few)\s+{word}s?|{word}s)", 2 * n, 10 * n - 1) for word, n in _LARGE.items()),
    (r"(?:(?:several|many|a\s+few)\s+hundreds?|hundreds)", 200, 999),
    (r"(?:(?:several|many|a\s+few)\s+dozens?|dozens)", 24, 99),
    (r"scores(?=\s+(?:of|more|others|were|are|have|had)\b)", 40, 99),
    (r"tens(?=\s+of\b)", 20, 99),
)


class Hedge(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    UP_TO = "up to"
    FEWER_THAN = "fewer than"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Interval:
    """Lowest and highest number that the words allow; ``high`` None is open, both None is unknown (R3)."""

    low: Decimal | None
    high: Decimal | None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is not None:
            raise ValueError("an interval with an upper end needs a lower one (0 where the words set none)")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval runs from low to high, not from {self.low} to {self.high}")

    @property
    def known(self) -> bool:
        return self.low is not None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Number words found in a text: ``text[start:end]`` with the hedge, ``[number_start:number_end]`` without."""

    start: int
    end: int
    number_start: int
    number_end: int
    hedge: Hedge
    low: Decimal
    high: Decimal
    approximate: bool = False

    def interval(self, *, counted: bool = True) -> Interval:
        """The interval of R1 and R2; for what is measured (money, per cent, km) "more than 12" starts at 12 itself."""
        step = Decimal(1) if counted else Decimal(0)
        about = self.approximate
        match self.hedge:
            case Hedge.AT_LEAST:
                return Interval(self.low, None, about)
            case Hedge.MORE_THAN:
                return Interval(self.low + step, None, about)
            case Hedge.UP_TO:
                return Interval(min(Decimal(0), self.high), self.high, about)
            case Hedge.FEWER_THAN:
                return Interval(min(Decimal(0), self.high - step), self.high - step, about)
        return Interval(self.low, self.high, about)


_HEDGES: tuple[tuple[Hedge, bool, str], ...] = (
    (
        Hedge.AT_LEAST,
        False,
        r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|a\s+minimum\s+of|upwards?\s+of",
    ),
    (Hedge.UP_TO, False, r"up\s+to|as\s+(?:many|much|high)\s+as|at\s+most|no(?:t)?\s+more\s+than|a\s+maximum\s+of"),
    (Hedge.MORE_THAN, True, r"(?:just|slightly|a\s+little)\s+(?:over|more\s+than|above)"),
    (
        Hedge.MORE_THAN,
        False,
        r"(?:well\s+|far\s+)?(?:more\s+than|over|above)|in\s+excess\s+of|exceeding|greater\s+than|north\s+of",
    ),
    (Hedge.EXACT, True, r"just\s+(?:under|below|short\s+of)"),
    (Hedge.FEWER_THAN, False, r"(?:fewer|less)\s+than|(?:under|below)(?:\s+the(?=\s+[\w.,]+(?:\s+\w+)?[\s-]mark\b))?"),
    (
        Hedge.EXACT,
        True,
        r"about|around|nearly|almost|some|approximately|roughly|close\s+to|an\s+estimated|estimated|circa|near",
    ),
)
_BEFORE = "|".join(f"(?P<h{i}>{words})" for i, (_, _, words) in enumerate(_HEDGES))
_AFTER = r"(?P<more>\s*\+|-plus\b|\s+(?:or|and)\s+more\b)|(?P<fewer>\s+or\s+(?:fewer|less)\b)|(?P<so>\s+or\s+so\b)"
_VAGUE = "|".join(words for words, _, _ in _VAGUE_BANDS)
_SPLIT = r"\s?%?(?:(?<=[\d%])\s?[-–—]\s?|\s+to\s+|\s+or\s+)"
_SIGN = r"(?:(?:US|AU|CA|A|C|HK|NZ|R|S)?[$€£¥₴₽]\s?)?"
_PATTERN = re.compile(
    rf"(?<![\w.,:/-])(?:(?:{_BEFORE})\s+)?(?P<money>(?:USD?|AU|CA|A|C|HK|NZ|R|S)?[$€£¥₴₽]\s?)?"
    rf"(?:between\s+{_SIGN}(?P<b1>{NUMBER})\s?%?\s+and\s+{_SIGN}(?P<b2>{NUMBER})"
    rf"|(?P<r1>{NUMBER}){_SPLIT}{_SIGN}(?P<r2>{NUMBER})"
    rf"|(?P<vague>{_VAGUE})\b"
    rf"|(?P<n>{NUMBER})(?P<short>[mk]\b)?(?:{_AFTER})?)(?!-\d)",
    re.IGNORECASE,
)


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield every number with its hedge in ``text``, left to right, without overlap."""
    at = 0
    while (found := _PATTERN.search(text, at)) is not None:
        quantity = _read(found)
        if quantity is not None:
            yield quantity
        at = max(found.end() if quantity is None else quantity.end, at + 1)


def parse_interval(words: str, *, counted: bool = True) -> Interval:
    """Read hedged number words ("over two dozen"); unknown where they hold none (R3). Source: R1, R2."""
    if re.match(r"\s*(?:no|none|nobody|zero)\b(?!\s+(?:fewer|less|more)\b)", words, re.IGNORECASE):
        return Interval(Decimal(0), Decimal(0))
    first = next(find_quantities(words), None)
    return Interval(None, None) if first is None else first.interval(counted=counted)


def _read(found: re.Match[str]) -> Quantity | None:
    hedge, about = _hedge(found)
    if found["vague"]:
        low, high = _band(found)
        hedge = Hedge.VAGUE if hedge is Hedge.EXACT else hedge
        return _quantity(found, "vague", "vague", hedge, (low, high), True)
    for first, second in (("b1", "b2"), ("r1", "r2")):
        if found[first]:
            return _range(found, first, second, about)
    value = parse_number(found["n"])
    if value is None:
        return None
    if found["short"]:
        value *= _SHORT_SCALES[found["short"].lower()] if found["money"] else 1
    if found["more"]:
        hedge = Hedge.AT_LEAST
    elif found["fewer"]:
        hedge = Hedge.UP_TO
    return _quantity(found, "n", "n", hedge, (value, value), about or bool(found["so"]))


def _hedge(found: re.Match[str]) -> tuple[Hedge, bool]:
    for i, (hedge, about, _) in enumerate(_HEDGES):
        if found[f"h{i}"]:
            return hedge, about
    return Hedge.EXACT, False


def _range(found: re.Match[str], first: str, second: str, about: bool) -> Quantity | None:
    low, high = parse_number(found[first]), parse_number(found[second])
    if low is None or high is None:
        return None
    scale = _borrowed_scale(found[first], found[second], low, high)
    if low * scale > high or _moves(found, first, second):
        return _quantity(found, first, first, _hedge(found)[0], (low, low), about)
    open_ended = _hedge(found)[0] is Hedge.AT_LEAST  # "at least two or three"
    return _quantity(found, first, second, Hedge.AT_LEAST if open_ended else Hedge.RANGE, (low * scale, high), about)


_MOVING = re.compile(
    r"\b(?:ris|ros|fall|fell|increas|decreas|drop|grow|grew|jump|cut|rais|climb|reduc|declin|shr[iau]nk|revis|chang|up|down)\w*\b",
    re.IGNORECASE,
)


def _moves(found: re.Match[str], first: str, second: str) -> bool:
    """Whether "A to B" is a change ("rose from 12 to 15", "fell 3% to 210"), two numbers and not a range."""
    between = found.string[found.end(first) : found.start(second)]
    if "%" in between and not re.match(r"\s?(?:%|per)", found.string[found.end(second) :]):
        return True
    lead = found.string[max(0, found.start() - 160) : found.start()]
    if "to" not in between:
        return False
    signs = {found.string[at - 1] for at in (found.start(first), found.start(second))} <= set("$€£¥")
    if signs and re.search(rf"{_MOVING.pattern}(?:\s+by)?\s*$", lead, re.IGNORECASE):
        return True  # "was down $2.86 to $77.11"
    return re.search(r"\bfrom\s*$", lead) is not None and _MOVING.search(lead) is not None


def _borrowed_scale(first: str, second: str, low: Decimal, high: Decimal) -> Decimal:
    """The scale word of "two to three million", which belongs to both ends."""
    last = re.split(r"[\s\d-]+", second.lower())[-1]
    scale = _SCALES.get(last, Decimal(1))
    own = any(word in _SCALES for word in re.split(r"[\s\d-]+", first.lower()))
    return Decimal(1) if own or low * scale > high else scale


def _quantity(
    found: re.Match[str], first: str, last: str, hedge: Hedge, ends: tuple[Decimal, Decimal], about: bool
) -> Quantity:
    start = found.start() if first != "r2" else found.start(first)
    whole = found.end(last) if last in ("r1", "b1") or (found["short"] and not found["money"]) else found.end()
    return Quantity(start, whole, found.start(first), found.end(last), hedge, ends[0], ends[1], about)


def parse_number(words: str) -> Decimal | None:
    """Read plain number words or digits ("half a million", "2.5 billion", "1,200"); None where they are not one."""
    flat = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3})", "", words.lower().strip())
    parts = [part for part in re.findall(r"\d+(?:\.\d+)?|[a-z]+", flat) if part != "and"]
    total, group, read = Decimal(0), Decimal(0), False
    for place, part in enumerate(parts):
        if part in ("a", "an"):
            group = group if group else Decimal(1)
        elif part == "half":
            group = group + Decimal("0.5") if read else Decimal("0.5")
        elif part in _SCALES:
            group = (group if read else Decimal(1)) * _SCALES[part]
            if part != "hundred" and (place + 1 == len(parts) or parts[place + 1] not in _SCALES):
                total, group = total + group, Decimal(0)
        elif (value := _plain(part)) is not None:
            group += value
        else:
            return None
        read = True
    return _tidy(total + group) if read else None


def _tidy(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _plain(part: str) -> Decimal | None:
    if part[0].isdigit():
        return Decimal(part)
    if part == "zero":
        return Decimal(0)
    value = _UNITS_AND_TEENS.get(part, _TENS.get(part))
    return None if value is None else Decimal(value)


def _band(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    for words, low, high in _VAGUE_BANDS:
        if re.compile(words, re.IGNORECASE).match(found.string, found.start("vague")):
            return Decimal(low), Decimal(high)
    raise ValueError(f"no band is set for {found['vague']!r}")


def compatible(one: Interval, other: Interval) -> bool:
    """Intervals that share a number agree (R12); an unknown one contradicts nothing (R3)."""
    if one.low is None or other.low is None:
        return True
    below = one.high is not None and one.high < other.low
    above = other.high is not None and other.high < one.low
    return not (below or above)


def span(intervals: list[Interval]) -> Interval:
    """The range of a cell, lowest to highest, both ends shown and never an average (R5)."""
    known = [each for each in intervals if each.low is not None]
    if not known:
        return Interval(None, None)
    low = min(each.low for each in known if each.low is not None)
    tops = [each.high for each in known]
    high = None if any(top is None for top in tops) else max(top for top in tops if top is not None)
    return Interval(low, high, any(each.approximate for each in known))


def single_number(interval: Interval) -> Decimal | None:
    """The one number for clients that want one: the low end (R7), None where it is unknown (R3)."""
    return interval.low


def describe(interval: Interval) -> str:
    """The interval in words for a page: "12", "about 12", "at least 12", "up to 12", "10–15", "unknown"."""
    low, high = interval.low, interval.high
    if low is None:
        return "unknown"
    if high is None:
        words = f"at least {_digits(low)}"
    elif low == high:
        words = _digits(low)
    elif low == 0:
        words = f"up to {_digits(high)}"
    else:
        words = f"{_digits(low)}–{_digits(high)}"
    return f"about {words}" if interval.approximate and high is not None else words


def _digits(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return f"{number:,.0f}" if whole else f"{number.normalize():,f}"

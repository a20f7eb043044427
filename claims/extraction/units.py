"""Measured figures: money, per cent, lengths and other units, with their intervals in house units (money, km)."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.extraction import measures as m
from claims.extraction.counting import Counted
from claims.figures import Interval

MEASURED = frozenset({"money", "percent", "length_km", "other:point", *(f"other:{unit}" for unit in m.UNITS.values())})
SHORT_LENGTHS = {"km": "kilometer", "m": "meter", "mi": "mile", "ft": "foot", "feet": "foot"}
AREAS = ("other:square ", "other:cubic ", "other:nautical ")
CURRENCY_SIGN = re.compile(r"((?:US|AU|CA|A|C|HK|NZ|R|S|USD)?\s?[$€£¥₴₽]|(?<!\w)#)\s?$")  # "#" is "£" in old wire codes


def money(counted: Counted) -> tuple[str, str]:
    """("money", currency code) where the number is a sum, else ("", "")."""
    doc = counted.first.doc
    start = counted.sent.start_char + counted.quantity.number_start
    sign = CURRENCY_SIGN.search(counted.text, max(0, start - 6), start)
    scaled = counted.last.i > counted.first.i or counted.quantity.low >= 1_000_000
    if sign is not None and (sign[1] != "#" or "." in counted.first.text or scaled):
        return "money", m.CURRENCIES.get(sign[1].replace(" ", "").lower(), "USD")
    for token in doc[counted.last.i + 1 : min(counted.sent.end, counted.last.i + 4)]:
        word = token.lemma_.lower() if token.lower_ not in m.CURRENCIES else token.lower_
        if word in m.CURRENCIES and (word != "pound" or counted.quantity.low >= 1000):
            return "money", m.CURRENCIES[word]
        if token.pos_ not in ("ADJ", "PROPN") and token.lower_ not in ("us", "u.s.", "-", "of"):
            break
    return "", ""


def unit_measure(counted: Counted) -> str:
    doc, at = counted.last.doc, counted.last.i + 1
    word, following = unit_word(counted)
    if inch_mark(counted):
        return "other:inch"
    if word in m.PERCENTS or following.startswith("per cent"):
        behind = doc[at + 1 : min(counted.sent.end, at + 2)].text.lower()
        return "other:percentage point" if behind.startswith("point") else "percent"
    if following.startswith(("square ", "sq ", "cubic ", "nautical ")):
        return area(following.split())
    if word in m.LENGTHS:
        return "length_km"
    return f"other:{m.UNITS[word]}" if word in m.UNITS else ""


def area(words: list[str]) -> str:
    if len(words) < 2:
        return ""
    unit = singular_unit(words[1])
    kind = "square" if words[0] == "sq" else words[0]
    return f"other:{kind} {SHORT_LENGTHS.get(unit, unit)}"


def inch_mark(counted: Counted) -> bool:
    """Whether the number bears the sign of inches (15"), which is no quotation mark: none is open before it."""
    text, at = counted.sent.text, counted.quantity.number_end
    return text[at : at + 1] in ('"', "″") and text[at + 1 : at + 2] == " " and text[:at].count('"') % 2 == 0


def singular_unit(word: str) -> str:
    plain = word.strip(".,;()")
    return plain[:-1] if plain.endswith("s") else plain


def unit_word(counted: Counted) -> tuple[str, str]:
    """The unit behind the number, a word of its own, hyphenated or attached ("15km"), and what follows."""
    sent = counted.sent
    behind = counted.text[sent.start_char + counted.quantity.number_end : sent.end_char][:40].lstrip(" -\u00a0")
    found = re.match(r"(?:per\s+cent|%|[^\W\d_]+(?!\d|-\d))", behind)
    word = found[0] if found else ""
    return (word if word == "M" else word.lower()), behind.lower()


def interval(counted: Counted) -> Interval:
    measured = counted.measure in MEASURED or counted.measure.startswith(AREAS)
    found = counted.quantity.interval(counted=not measured)
    if counted.measure == "money" and unit_word(counted)[0] in ("cent", "cents"):
        low, high = (None if end is None else plain(end / 100) for end in (found.low, found.high))
        return Interval(low, high, found.approximate)
    if counted.measure != "length_km":
        return found
    unit = length_unit(counted)
    low, high = (None if end is None else plain(end * unit) for end in (found.low, found.high))
    return Interval(low, high, found.approximate)


def length_unit(counted: Counted) -> Decimal:
    """How many kilometres the unit is: of a number without one ("40 miles, ten of which"), that of the one before."""
    before = (token.lower_ for token in reversed(counted.first.doc[counted.sent.start : counted.left]))
    named = next((word for word in (unit_word(counted)[0], *before) if word in m.LENGTHS), "km")
    return m.LENGTHS[named].km


def plain(number: Decimal) -> Decimal:
    """Kilometres to the metre or, where converted, to ten metres; without trailing noughts."""
    short = round(number, 2 if number >= 1 else 3).normalize()
    return Decimal(f"{short:f}")

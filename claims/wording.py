"""Words for what the rows hold, as pages and messages show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from claims.figures import Interval, describe
from claims.models import Claim, Verdict
from claims.workflow import ClaimState, VerdictState

WITHDRAWN = "withdrawn"
UNITS = {"length_km": "km", "percent": "per cent"}


def measure(name: str) -> str:
    """``other:balloon`` is "balloon", ``munitions_fired`` "munitions fired", ``length_km`` "length"."""
    if name == "length_km":
        return "length"
    return name.removeprefix("other:").replace("_", " ")


def whom(name: str, population: str) -> str:
    """The population of a figure, or nothing where the measure names it already ("passenger", "passengers")."""
    return "" if population.removesuffix("s") == measure(name).removesuffix("s") else population


def amount(figure: Any) -> str:
    """The interval of a figure in words, with its unit: "at least 12", "10–15 km"."""
    words = describe(Interval(figure.low, figure.high, figure.approximate))
    unit = figure.unit or UNITS.get(figure.measure, "")
    return f"{words} {unit}".strip()


def days(row: Any) -> str:
    """The days of a claim or an event: "3 May 2024", "3–5 May 2024", "30 April – 2 May 2024", or nothing."""
    first, last = row.from_day, row.to_day
    if first is None or last is None:
        known = first or last
        return _day(known) if known else ""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{first:%-d %B} – {_day(last)}" if first.year == last.year else f"{_day(first)} – {_day(last)}"


def moment(when: datetime) -> str:
    """A time in the desk's own zone: "3 May 2024, 14:05"."""
    return f"{timezone.localtime(when):%-d %B %Y, %H:%M}"


def zoned(when: datetime) -> str:
    """The same with its zone: "3 May 2024, 14:05 UTC"."""
    return f"{moment(when)} {timezone.localtime(when):%Z}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def shown_state(claim: Claim) -> str:
    """What a reader should see first of a claim: that its support was killed (R31), its rating once it is ruled, else
    the state of its review."""
    if claim.withdrawn_by_id is not None:
        return WITHDRAWN
    verdict = verdict_of(claim)
    if claim.state == ClaimState.RULED and verdict is not None and verdict.state == VerdictState.PUBLISHED:
        return verdict.rating
    return claim.state


def shown_label(claim: Claim) -> str:
    state = shown_state(claim)
    return claim.state_label if state == claim.state else state


def verdict_of(claim: Claim) -> Verdict | None:
    return getattr(claim, "verdict", None)


def source_of(claim: Claim) -> str:
    """Who is answerable: the speaker under the name in house style, or the outlet in its own voice."""
    if claim.speaker is not None:
        return claim.speaker.shown.name
    outlet = claim.version.article.outlet
    return outlet.name if outlet is not None else "the copy itself"


def denies(claim: Claim) -> bool:
    return claim.polarity == Claim.Polarity.DENIED

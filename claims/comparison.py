"""Two figures of one event: do they agree, does one replace the other, or do they speak of different things? Pure.

R8, R9, R11–R15. Every answer names its rule, and says in words what it rests on. The order in which the figures came in
does not matter: only what they say, who said it and as of when (R10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

WINDOW = timedelta(hours=6)


class Standing(StrEnum):
    """How two figures stand to each other, or all figures of one cell; the gravest first. *Missing* is a cell of which
    nobody asserts a figure (R40)."""

    CONFLICT = "conflict"
    REVISED_DOWN = "revised down"
    POSSIBLY_STALE = "possibly stale"
    UPDATE = "update"
    DIFFERENT_SCOPE = "different scope"
    AGREE = "agree"
    MISSING = "missing"


class Where(StrEnum):
    """How two places lie: *unknown* where nobody can say, which is no difference."""

    SAME = "same"
    INSIDE = "inside"
    AROUND = "around"
    APART = "apart"
    UNKNOWN = "unknown"


Geography = Callable[[str, str], Where]


def by_name(one: str, other: str) -> Where:
    """The geography of somebody who knows only names: what is not the same is unknown."""
    return Where.SAME if one.casefold() == other.casefold() else Where.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as one source reported it. ``low`` and ``high`` are an interval (R1; ``high`` None: no upper end).

    ``key`` tells it from all others; ``origin`` is the primary source, the same for all its figures (R23); ``as_of`` is
    aware (R10). ``place`` and ``population`` are "" where they are not said, the days None. An ``aggregate`` counts
    over several days or places (R8); ``part`` counts within a whole of the same statement (R4). ``copy`` names the
    piece of copy that holds it, ``statement`` the claim in it.
    """

    key: str
    measure: str
    low: Decimal
    high: Decimal | None
    origin: str
    as_of: datetime
    place: str = ""
    population: str = ""
    from_day: date | None = None
    to_day: date | None = None
    aggregate: bool = False
    part: bool = False
    copy: str = ""
    statement: str = ""

    @property
    def words(self) -> str:
        if self.high is None:
            return f"at least {self.low:f}"
        return f"{self.low:f}" if self.low == self.high else f"{self.low:f} to {self.high:f}"


@dataclass(frozen=True, slots=True)
class Finding:
    """How two figures stand: the rule that says so, the dimension that differs ("" where none does), and why in words.
    ``first`` and ``second`` are their keys, the earlier as-of first."""

    standing: Standing
    rule: str
    first: str
    second: str
    why: str
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the comparison goes by: the conflict window of R14, how places lie to each other, and the pairs of
    statements whose numbers a person said to be of different scope (R11), with the dimension."""

    window: timedelta = WINDOW
    geography: Geography = field(default=by_name)
    accepted: Mapping[frozenset[str], str] = field(default_factory=dict)


DEFAULT = Measure()


def overlap(one: Reported, other: Reported) -> bool:
    """Whether the intervals share a number (R12)."""
    return (other.high is None or one.low <= other.high) and (one.high is None or other.low <= one.high)


def compare(one: Reported, other: Reported, by: Measure = DEFAULT) -> Finding:
    """How two figures of one event stand; the same whichever is given first."""
    first, second = sorted((one, other), key=lambda each: (each.as_of, each.key))
    return _said(first, second, by) or _scope(first, second, by.geography) or _numbers(first, second, by.window)


def _said(first: Reported, second: Reported, by: Measure) -> Finding | None:
    """A person's word that two statements speak of different things outlasts every rule."""
    dimension = by.accepted.get(frozenset((first.statement, second.statement)), "")
    if not dimension or first.statement == second.statement:
        return None
    why = f"{first.words} and {second.words}: a person said so"
    return Finding(Standing.DIFFERENT_SCOPE, "R11", first.key, second.key, why, dimension)


def _scope(first: Reported, second: Reported, geography: Geography) -> Finding | None:
    """The dimension in which they speak of different things (R11), or None."""

    def apart(dimension: str, why: str, rule: str = "R11") -> Finding:
        return Finding(Standing.DIFFERENT_SCOPE, rule, first.key, second.key, why, dimension)

    if first.measure != second.measure:
        return apart("measure", f"{first.measure} against {second.measure}")
    if first.statement and first.statement == second.statement and not overlap(first, second):
        return apart("what is counted", f"{first.words} and {second.words} are told side by side in one statement")
    if first.aggregate != second.aggregate:
        return apart("part vs whole", "a total over several days or places against one event", "R8")
    if first.part != second.part:
        return apart("part vs whole", "a part of a whole against a whole", "R4")
    if first.population and second.population and first.population != second.population:
        return apart("population", f"{first.population} against {second.population}")
    return _place(first, second, geography) or _day(first, second)


def _place(first: Reported, second: Reported, geography: Geography) -> Finding | None:
    if not (first.place and second.place):
        return None
    lie = geography(first.place, second.place)
    if lie is Where.APART:
        why = f"{first.place} against {second.place}"
        return Finding(Standing.DIFFERENT_SCOPE, "R11", first.key, second.key, why, "place")
    if lie not in (Where.INSIDE, Where.AROUND):
        return None
    inner, outer = (first, second) if lie is Where.INSIDE else (second, first)
    if outer.high is not None and inner.low > outer.high:
        why = f"{inner.words} in {inner.place} alone is more than {outer.words} in all of {outer.place}"
        return Finding(Standing.CONFLICT, "R15", first.key, second.key, why, "place")
    why = f"{inner.place} is a part of {outer.place}"
    return Finding(Standing.DIFFERENT_SCOPE, "R11", first.key, second.key, why, "place")


def _day(first: Reported, second: Reported) -> Finding | None:
    if not (first.from_day and first.to_day and second.from_day and second.to_day):
        return None
    if first.from_day <= second.to_day and second.from_day <= first.to_day:
        return None
    why = f"{_days(first)} against {_days(second)}"
    return Finding(Standing.DIFFERENT_SCOPE, "R11", first.key, second.key, why, "day")


def _days(of: Reported) -> str:
    if not (of.from_day and of.to_day):
        return "no day"
    ends = dict.fromkeys((f"{of.from_day:%-d %B %Y}", f"{of.to_day:%-d %B %Y}"))
    return " to ".join(ends)


def _numbers(first: Reported, second: Reported, window: timedelta) -> Finding:
    """R12–R15 for two figures of the same scope."""

    def finding(standing: Standing, rule: str, why: str) -> Finding:
        return Finding(standing, rule, first.key, second.key, why)

    pair = f"{first.words} and {second.words}"
    if overlap(first, second):
        return finding(Standing.AGREE, "R12", f"{pair} can both be true")
    between = second.as_of - first.as_of
    if first.origin == second.origin:
        if not between:
            place = "inside one piece of copy" if first.copy == second.copy else "at one time"
            return finding(Standing.CONFLICT, "R15", f"{pair} from one source {place}")
        higher = second.low > first.low
        standing = Standing.UPDATE if higher else Standing.REVISED_DOWN
        return finding(standing, "R13", f"the same source said {first.words}, later {second.words}")
    if between <= window:
        return finding(Standing.CONFLICT, "R14", f"{pair}, {_hours(between)} apart, from different sources")
    return finding(Standing.POSSIBLY_STALE, "R14", f"{first.words} is {_hours(between)} older than {second.words}")


def _hours(between: timedelta) -> str:
    hours = round(between.total_seconds() / 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return f"{hours} hour{'s' * (hours != 1)}"
    return f"{round(hours / 24)} days"


@dataclass(frozen=True, slots=True)
class Cell:
    """All figures of one measure, place and population of an event, and how they stand (R5, R9).

    ``current`` holds the latest figures of each origin; ``low`` and ``high`` are the range over them, never an average
    (R5); ``findings`` are about every pair that does not simply agree. Of *missing* the
    ends are None and the rest empty.
    """

    standing: Standing
    low: Decimal | None
    high: Decimal | None
    current: tuple[Reported, ...]
    findings: tuple[Finding, ...]


NOTHING = Cell(Standing.MISSING, None, None, (), ())


def latest(figures: Iterable[Reported]) -> tuple[Reported, ...]:
    """Of each origin the figures of its newest as-of time, in the order of their keys."""
    newest: dict[str, datetime] = {}
    figures = tuple(figures)
    for each in figures:
        newest[each.origin] = max(each.as_of, newest.get(each.origin, each.as_of))
    return tuple(sorted((f for f in figures if f.as_of == newest[f.origin]), key=lambda f: f.key))


def cell_of(figures: Sequence[Reported], by: Measure = DEFAULT) -> Cell:
    """How the figures of one cell stand together. Raises ValueError for no figure.

    Each origin is compared with its own earlier figures (R13), and its latest with the latest of the others (R14).
    """
    if not figures:
        raise ValueError("a cell has one figure at least")
    current = latest(figures)
    now = {each.key for each in current}
    findings = []
    for one, other in combinations(sorted(figures, key=lambda f: f.key), 2):
        both_now = one.key in now and other.key in now
        if both_now or one.origin == other.origin:
            findings.append(compare(one, other, by))
    gravest = min((f.standing for f in findings), key=list(Standing).index, default=Standing.AGREE)
    high = None if any(each.high is None for each in current) else max(each.high or each.low for each in current)
    told = tuple(f for f in findings if f.standing is not Standing.AGREE)
    return Cell(gravest, min(each.low for each in current), high, current, told)

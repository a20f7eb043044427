"""The count board of one event: what is counted where, who said which number, how they stand (R4–R15). Pure.

Nothing is added up and nothing is averaged. A row is one measure of one place and population; a number said of the
event as a whole stands in the row of its only place, or where there are several places in a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from claims.comparison import DEFAULT, NOTHING, Cell, Measure, Reported, cell_of
from claims.geography import apart, is_narrow
from claims.inclusion import DEAD, counted_in, with_the_dead
from claims.independence import Ledger, Override, Voice, ledger_of
from claims.parts import Telling, parts_among

Key = tuple[str, str, str, bool, str, bool]
PERSONS = frozenset({"killed", "injured", "missing", "displaced", "detained"})
AGGREGATE = timedelta(days=7)  # a stretch of time that is longer is no single event (R8)


class Told(StrEnum):
    """How a figure is told: asserted; denied, which is no figure of its own (R16); or in a version of a story whose
    newer one no longer has the words, which counts no more but stays (R9)."""

    ASSERTED = "asserted"
    DENIED = "denied"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure of one claim: ``voice`` says who carries it and who knows; ``article`` the piece of copy.

    ``places`` are the figure's own place, or else those of its claim; ``low`` and ``high`` an interval (R1). ``before``
    and ``after`` are what the claim says around the words of the figure.
    """

    key: str
    voice: Voice
    article: str
    measure: str
    low: Decimal
    high: Decimal | None
    words: str
    as_of: datetime
    places: tuple[str, ...] = ()
    population: str = ""
    part: bool = False
    from_day: date | None = None
    to_day: date | None = None
    speaker: str = ""
    unit: str = ""
    approximate: bool = False
    told: Told = Told.ASSERTED
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the board: ``cell`` says how its asserted ``figures`` stand together. ``origins`` says by the key of a
    figure who knows it. An ``aggregate`` counts over several days (R8)."""

    measure: str
    place: str
    population: str
    part: bool
    figures: tuple[Counted, ...]
    cell: Cell
    unit: str = ""
    denials: tuple[Counted, ...] = ()
    past: tuple[Counted, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    aggregate: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """All rows, the most reported first, and who stands behind the whole of it (R20)."""

    rows: tuple[Row, ...]
    ledger: Ledger


def board_of(
    counted: Iterable[Counted],
    by: Measure = DEFAULT,
    parties: Iterable[str] = (),
    overrides: Iterable[Override] = (),
) -> Board:
    """The board of an event from its figures; their order does not matter. ``overrides`` are people's words on who is
    one source (``ledger_of``). What is past stands behind nothing in the ledger."""
    figures = sorted(counted, key=lambda each: each.key)
    standing = [each for each in figures if each.told is not Told.PAST]
    ledger = ledger_of({each.voice.key: each.voice for each in standing}.values(), overrides, parties)
    origins = _origins(ledger, standing)
    rows = _rows(figures, by.window)
    hit = _hit(standing)
    made = [_row(key, members, (origins, hit), by) for key, members in rows.items()]
    return Board(tuple(sorted(made, key=lambda row: (-len(row.figures), row.measure, row.place))), ledger)


def _rows(figures: Sequence[Counted], window: timedelta) -> Mapping[Key, Sequence[Counted]]:
    """The figures by row; what one piece of copy counts beside its toll stands in the row of the parts (R4), a total
    over several days in a row of its own (R8)."""
    alike = _the_same_people(figures)
    cells: dict[tuple[str, str, str, bool, str], list[Counted]] = {}
    towns = _towns([each for each in figures if each.told is not Told.PAST])
    for each, place in _placed(figures, towns):
        population = "" if each.key in alike else each.population
        cells.setdefault((each.measure, place, population, _is_total(each), each.unit), []).append(each)
    rows: dict[Key, list[Counted]] = {}
    for (measure, place, population, aggregate, unit), members in cells.items():
        told = (each for each in members if each.measure in PERSONS and _whole(each) and not aggregate)
        parts = parts_among(map(_telling, told), window)
        for each in members:
            counted = replace(each, part=True) if each.key in parts else each
            rows.setdefault((measure, place, population, counted.part, unit, aggregate), []).append(counted)
    return rows


def _the_same_people(figures: Sequence[Counted]) -> frozenset[str]:
    """The counts of a population that are the whole of others: "two women" where other copy says "two people", and
    their own copy counts nobody else."""
    wholes = [each for each in figures if each.measure in PERSONS and _whole(each) and not _is_total(each)]
    unsaid = {(each.measure, each.low, each.high) for each in wholes if not each.population}
    told: dict[tuple[str, str], set[str]] = {}
    for each in wholes:
        told.setdefault((each.article, each.measure), set()).add(each.population)
    return frozenset(
        each.key
        for each in wholes
        if told[each.article, each.measure] == {each.population} and (each.measure, each.low, each.high) in unsaid
    )


def _whole(figure: Counted) -> bool:
    return figure.told is Told.ASSERTED and not figure.part


def _placed(figures: Sequence[Counted], towns: Sequence[str]) -> Iterator[tuple[Counted, str]]:
    """Each figure with the town of its row. One that names no place goes with the only town in which others count the
    same; where these count it in several, or in the event as a whole, it is said of the whole."""
    homes: dict[tuple[str, str], set[str]] = {}
    for each in figures:
        if each.places:
            homes.setdefault((each.measure, each.unit), set()).add(_place(each, towns))
    for each in figures:
        only = homes.get((each.measure, each.unit), set())
        yield each, next(iter(only)) if len(only) == 1 and not each.places else _place(each, towns)


def _telling(figure: Counted) -> Telling:
    return Telling(
        figure.key,
        figure.article,
        figure.voice.key,
        figure.low,
        figure.high,
        figure.words,
        figure.as_of,
        figure.before,
        figure.after,
    )


def _origins(ledger: Ledger, figures: Sequence[Counted]) -> Mapping[str, str]:
    """Who knows each figure (R23): its primary source; where nobody is named, the one whom the same copy names for the
    same number; else the newsroom that prints it."""
    named = {voice: f"source {group.name}" for group in ledger.sources for voice in group.voices}
    rooms = {voice: f"newsroom {group.name}" for group in ledger.newsrooms for voice in group.voices}
    said = {(each.article, each.measure, each.low, each.high): named[each.voice.key] for each in reversed(figures)
            if each.voice.key in named and each.told is Told.ASSERTED}  # fmt: skip
    return {
        each.key: named.get(each.voice.key)
        or said.get((each.article, each.measure, each.low, each.high))
        or rooms[each.voice.key]
        for each in figures
    }


def _towns(figures: Sequence[Counted]) -> tuple[str, ...]:
    """The towns of the event that lie apart, the most named first; those near a named one go with it."""
    named = Counter(place for each in figures for place in dict.fromkeys(each.places) if is_narrow(place))
    towns: list[str] = []
    for place, _ in sorted(named.items(), key=lambda row: (-row[1], row[0])):
        if all(apart(place, town) for town in towns):
            towns.append(place)
    return tuple(towns)


def _place(figure: Counted, towns: Sequence[str]) -> str:
    """The town whose row a figure stands in, "" for the event as a whole."""
    narrow = [place for place in figure.places if is_narrow(place)]
    own = {town for town in towns for place in narrow if place == town or not apart(place, town)}
    if len(own) == 1:
        return own.pop()
    return towns[0] if len(towns) == 1 and not figure.places else ""


def _hit(figures: Sequence[Counted]) -> frozenset[tuple[str, Decimal]]:
    killed: dict[str, set[Decimal]] = {}
    wholes = [each for each in figures if _whole(each) and not _is_total(each)]
    for each in wholes:
        if each.measure == "killed":
            killed.setdefault(each.article, set()).add(each.low)
    return with_the_dead(killed, ((each.article, each.low, each.high) for each in wholes if each.measure == "injured"))


def _row(
    key: Key, members: Sequence[Counted], known: tuple[Mapping[str, str], frozenset[tuple[str, Decimal]]], by: Measure
) -> Row:
    origins, hit = known
    measure, place, population, part, unit, aggregate = key
    told = {how: tuple(each for each in members if each.told is how) for how in Told}
    figures = told[Told.ASSERTED]
    said = [replace(reported(each, place, origins[each.key]), among=_among(each, hit)) for each in figures]
    return Row(
        measure,
        place,
        population,
        part,
        figures,
        cell_of(said, by) if said else NOTHING,
        unit,
        told[Told.DENIED],
        told[Told.PAST],
        {each.key: origins[each.key] for each in (*figures, *told[Told.DENIED])},
        aggregate,
    )


def _among(figure: Counted, hit: frozenset[tuple[str, Decimal]]) -> str:
    if figure.measure not in PERSONS:
        return ""
    if figure.measure == "injured" and (figure.article, figure.low) in hit:
        return DEAD
    return counted_in(figure.before, figure.words, figure.after)


def reported(figure: Counted, place: str, origin: str) -> Reported:
    """A figure of the row of ``place`` as figures are compared; ``origin`` is who knows it."""
    return Reported(
        figure.key,
        figure.measure,
        figure.low,
        figure.high,
        origin,
        figure.as_of,
        place=place,
        population=figure.population,
        aggregate=_is_total(figure),
        part=figure.part,
        copy=figure.article,
        statement=figure.voice.key,
    )


def _is_total(figure: Counted) -> bool:
    return is_aggregate(figure.from_day, figure.to_day)


def is_aggregate(from_day: date | None, to_day: date | None) -> bool:
    """Whether a figure counts over so long a time that it is no single event's (R8)."""
    return bool(from_day and to_day and to_day - from_day > AGGREGATE)

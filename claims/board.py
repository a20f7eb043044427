"""The count board of one event: what is counted where, who said which number, how they stand (R4–R15). Pure.

Nothing is added up and nothing is averaged. A row is one measure of one place and population; a number said of the
event as a whole stands in the row of its only place, or where there are several places in a row of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from claims.comparison import DEFAULT, NOTHING, Cell, Measure, Reported, cell_of
from claims.geography import apart, is_narrow
from claims.independence import Ledger, Override, Voice, ledger_of

Key = tuple[str, str, str, bool, str]
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

    ``places`` are the figure's own place, or else those of its claim; ``low`` and ``high`` an interval (R1).
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


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the board: ``cell`` says how its asserted ``figures`` stand together. ``origins`` says by the key of a
    figure who knows it."""

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
    towns = _towns(standing)
    rows: dict[Key, list[Counted]] = {}
    for each in figures:
        key = (each.measure, _place(each, towns), each.population, each.part, each.unit)
        rows.setdefault(key, []).append(each)
    made = [_row(key, members, origins, by) for key, members in rows.items()]
    return Board(tuple(sorted(made, key=lambda row: (-len(row.figures), row.measure, row.place))), ledger)


def _origins(ledger: Ledger, figures: Sequence[Counted]) -> Mapping[str, str]:
    """Who knows each figure (R23): its primary source, or where nobody is named the newsroom that prints it."""
    named = {voice: f"source {group.name}" for group in ledger.sources for voice in group.voices}
    rooms = {voice: f"newsroom {group.name}" for group in ledger.newsrooms for voice in group.voices}
    return {each.key: named.get(each.voice.key) or rooms[each.voice.key] for each in figures}


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


def _row(key: Key, members: Sequence[Counted], origins: Mapping[str, str], by: Measure) -> Row:
    measure, place, population, part, unit = key
    told = {how: tuple(each for each in members if each.told is how) for how in Told}
    figures = told[Told.ASSERTED]
    said = [reported(each, place, origins[each.key]) for each in figures]
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
    )


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
        aggregate=is_aggregate(figure.from_day, figure.to_day),
        copy=figure.article,
        statement=figure.voice.key,
    )


def is_aggregate(from_day: date | None, to_day: date | None) -> bool:
    """Whether a figure counts over so long a time that it is no single event's (R8)."""
    return bool(from_day and to_day and to_day - from_day > AGGREGATE)

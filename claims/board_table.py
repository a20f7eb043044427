"""A count board as a results table: who says it across, what is counted down (R5, R7, R12–R15, R40)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from claims.board import Board, Counted, Row, Told
from claims.comparison import Standing
from claims.figures import Interval, describe, span
from claims.independence import Group, Ledger
from claims.models import BestValue, Claim
from claims.names import fold

MOST_COLUMNS, MOST_ROWS, MOST_REASONS, MOST_PAIRS = 40, 60, 12, 4
ONE_SOURCE = "one source"


class By(StrEnum):
    """Who stands in the columns (R20)."""

    SOURCES = "sources"
    OUTLETS = "outlets"
    NEWSROOMS = "newsrooms"


@dataclass(frozen=True, slots=True)
class Mention:
    """What the rows know of a figure beyond the board. ``whole`` are the words of what it is a part of, ``verified``
    whether a published verdict corroborates its claim."""

    claim: Claim
    outlet: str
    suggested: bool = False
    whole: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """``names`` are all that count as this one; ``own_voice`` that nobody is named but who prints it."""

    name: str
    names: tuple[str, ...] = ()
    own_voice: bool = False
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure in a cell. ``current``: it is among the latest of its source, so that it counts in the range."""

    figure: Counted
    mention: Mention
    current: bool


class Cell(list[Entry]):
    """The figures of one column in one row, the newest first."""

    @property
    def shown(self) -> list[Entry]:
        """What counts now, and what is denied."""
        return [entry for entry in self if entry.current or entry.figure.told is Told.DENIED]

    @property
    def earlier(self) -> list[Entry]:
        return [entry for entry in self if entry not in self.shown]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why figures do not simply agree: the rule, in words, and the pairs who said them."""

    standing: Standing
    rule: str
    why: str
    who: str


@dataclass(slots=True)
class Line:
    """A row of the table. ``cells`` has one for each column, empty where it says nothing (R40). ``state`` is the
    shape to show, ``label`` its word; ``range``, ``verified`` and ``single`` are in words, "" where there is none."""

    row: Row
    cells: list[Cell]
    state: str
    label: str
    range: str
    single: str
    verified: str
    reasons: Sequence[Reason]
    more_reasons: int
    behind: tuple[int, int, int]
    best: BestValue | None = None

    @property
    def differs(self) -> bool:
        return self.row.cell.standing is Standing.CONFLICT


@dataclass(frozen=True, slots=True)
class Table:
    """``columns_left`` and ``rows_left`` count what is beyond the last column and row; ``loose`` are best values of
    rows that the board has no more."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    columns_left: int = 0
    rows_left: int = 0
    loose: Sequence[BestValue] = field(default_factory=tuple)


def table_of(
    board: Board,
    mentions: Mapping[str, Mention],
    by: By = By.SOURCES,
    measures: Sequence[str] = (),
    best: Iterable[BestValue] = (),
) -> Table:
    """The table of a board; ``measures`` gives the order of its rows. The columns that say most come first."""
    place = Columns(board.ledger, by)
    kept = list(board.rows[:MOST_ROWS])
    said = Counter(place.of(each) for row in kept for each in told_in(row))
    names = sorted(said, key=lambda name: (-said[name], name))
    at = {name: number for number, name in enumerate(names[:MOST_COLUMNS])}
    values = {key_of_best(value): value for value in best}
    lines = [line_of(row, place, at, board.ledger, mentions) for row in kept]
    for line in lines:
        line.best = None if line.row.aggregate else values.pop(key_of_row(line.row), None)
    rank = {measure: number for number, measure in enumerate(measures)}
    lines.sort(key=lambda line: (rank.get(line.row.measure, len(rank)), *key_of_row(line.row), line.row.aggregate))
    there = {key_of_row(row) for row in board.rows if not row.aggregate}
    loose = [value for key, value in values.items() if key not in there]
    columns = [place.column(name) for name in at]
    return Table(columns, lines, len(names) - len(at), len(board.rows) - len(kept), loose)


def told_in(row: Row) -> tuple[Counted, ...]:
    return (*row.figures, *row.denials)


def key_of_row(row: Row) -> tuple[str, str, str, bool, str]:
    return row.measure, row.place, row.population, row.part, row.unit


def key_of_best(value: BestValue) -> tuple[str, str, str, bool, str]:
    return value.measure, value.place, value.population, value.part, value.unit


class Columns:
    """Which column a figure stands in, by the groups of the ledger at one level. Who is named nowhere stands with the
    newsroom that prints it, in its own voice."""

    def __init__(self, ledger: Ledger, by: By) -> None:
        self.by = by
        groups = {By.SOURCES: ledger.sources, By.OUTLETS: ledger.outlets, By.NEWSROOMS: ledger.newsrooms}[by]
        self.groups = {group.name: group for group in groups}
        self.named = {name_key(name): group.name for group in groups for name in group.names}
        self.rooms = {name_key(name): group.name for group in ledger.newsrooms for name in group.names}

    def of(self, figure: Counted) -> str:
        voice = figure.voice
        if self.by is not By.SOURCES:
            return self.named.get(name_key(voice.outlet), voice.outlet)
        if voice.knower is None:
            return f"{self.rooms.get(name_key(voice.outlet), voice.outlet)}, in its own voice"
        return self.named.get(name_key(voice.knower.name), voice.knower.name)

    def column(self, name: str) -> Column:
        group = self.groups.get(name)
        if group is None:
            return Column(name, own_voice=True)
        return Column(name, group.names, unnamed=group.unnamed)


def name_key(name: str) -> str:
    return fold(name) or name


def line_of(row: Row, place: Columns, at: Mapping[str, int], ledger: Ledger, mentions: Mapping[str, Mention]) -> Line:
    current = {each.key for each in row.cell.current}
    cells = [Cell() for _ in at]
    for figure in sorted(told_in(row), key=lambda each: each.as_of, reverse=True):
        if (number := at.get(place.of(figure))) is not None:
            cells[number].append(Entry(figure, mentions[figure.key], figure.key in current))
    reasons = reasons_of(row)
    state, label = state_of(row)
    return Line(
        row,
        cells,
        state,
        label,
        range=in_words(figure for figure in row.figures if figure.key in current),
        single="" if row.cell.low is None else describe(Interval(row.cell.low, row.cell.low)),
        verified=in_words(figure for figure in row.figures if mentions[figure.key].verified),
        reasons=reasons[:MOST_REASONS],
        more_reasons=max(0, len(reasons) - MOST_REASONS),
        behind=behind(row, ledger),
    )


def in_words(figures: Iterable[Counted]) -> str:
    """From the lowest to the highest (R5), never an average; "" for none. The highest number said is shown also where
    one figure has no upper end: "9–14 or more"."""
    intervals = [Interval(each.low, each.high, each.approximate) for each in figures]
    if not intervals:
        return ""
    whole = span(intervals)
    top = max(each.high or each.low for each in intervals if each.low is not None)
    if whole.high is None and whole.low is not None and top > whole.low:
        return f"{describe(Interval(whole.low, top))} or more"
    return describe(whole)


def state_of(row: Row) -> tuple[str, str]:
    """The shape and the word of a row. Where one source alone speaks there is nobody to agree with (R33)."""
    standing = row.cell.standing
    if standing is Standing.AGREE and len({row.origins[each.key] for each in row.figures}) == 1:
        return "single", ONE_SOURCE
    return standing.value.replace(" ", "_"), standing.value


def reasons_of(row: Row) -> list[Reason]:
    """The findings, the gravest first; pairs of which the same is to be said stand together."""
    who = {figure.key: figure.speaker or f"{figure.voice.outlet} itself" for figure in row.figures}
    order = list(Standing)
    pairs: dict[tuple[Standing, str, str], dict[str, None]] = {}
    for finding in sorted(row.cell.findings, key=lambda finding: order.index(finding.standing)):
        names = " / ".join(dict.fromkeys((who[finding.first], who[finding.second])))
        pairs.setdefault((finding.standing, finding.rule, finding.why), {})[names] = None
    return [Reason(*told, joined(list(names))) for told, names in pairs.items()]


def joined(names: Sequence[str]) -> str:
    more = len(names) - MOST_PAIRS
    return "; ".join(names[:MOST_PAIRS]) + (f"; and {more} more pair{'s' * (more > 1)}" if more > 0 else "")


def behind(row: Row, ledger: Ledger) -> tuple[int, int, int]:
    """How many outlets, newsrooms and primary sources stand behind the latest figures of a row (R20)."""
    current = {each.key for each in row.cell.current}
    voices = {figure.voice.key for figure in row.figures if figure.key in current}

    def count(groups: Iterable[Group]) -> int:
        return sum(not voices.isdisjoint(group.voices) for group in groups)

    return count(ledger.outlets), count(ledger.newsrooms), count(ledger.sources)

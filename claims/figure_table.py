"""The figures of one event, per source: measures down, sources across (R4, R5, R23, R40). Pure.

Nothing is added up and nothing is averaged; what a source does not say stays missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claims.figures import Interval, compatible, describe, span

MOST_COLUMNS = 40
Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as one claim gives it. ``source`` is the speaker, or the outlet in its own voice."""

    source: str
    claim: int
    measure: str
    interval: Interval
    words: str
    place: str = ""
    population: str = ""
    unit: str = ""
    outlet: str = ""
    denied: bool = False
    suggested: bool = False
    part_of: str = ""

    @property
    def shown(self) -> str:
        return describe(self.interval)

    @property
    def key(self) -> Key:
        """What is counted: a part is never set beside a whole (R4, R11)."""
        return self.measure, self.place, self.population, self.unit, bool(self.part_of)


@dataclass(slots=True)
class Row:
    """One thing counted. ``cells`` has a list for each column, empty where the source says nothing of it."""

    measure: str
    place: str
    population: str
    unit: str
    part: bool
    cells: list[list[Entry]] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        return [entry for cell in self.cells for entry in cell]

    @property
    def range(self) -> str:
        """From the lowest to the highest of what is asserted (R5)."""
        said = [entry.interval for entry in self.entries if not entry.denied]
        return describe(span(said)) if said else ""

    @property
    def differ(self) -> bool:
        """Whether two asserted figures cannot both be right as they stand (R12)."""
        said = list(dict.fromkeys(entry.interval for entry in self.entries if not entry.denied))
        return any(not compatible(one, other) for one, other in combinations(said, 2))


@dataclass(frozen=True, slots=True)
class Table:
    """``left_out`` counts the sources beyond the last column."""

    columns: Sequence[str]
    rows: Sequence[Row]
    left_out: int = 0


def build(entries: Iterable[Entry], measures: Sequence[str] = ()) -> Table:
    """The table of ``entries``: the sources that say most come first; ``measures`` gives the order of the rows."""
    given = list(entries)
    said: dict[str, int] = {}
    for entry in given:
        said[entry.source] = said.get(entry.source, 0) + 1
    columns = sorted(said, key=lambda source: (-said[source], source))
    kept = columns[:MOST_COLUMNS]
    at = {source: number for number, source in enumerate(kept)}
    rows: dict[Key, Row] = {}
    for entry in given:
        if entry.source in at:
            row = rows.setdefault(entry.key, Row(*entry.key, cells=[[] for _ in kept]))
            row.cells[at[entry.source]].append(entry)
    rank = {measure: number for number, measure in enumerate(measures)}
    ordered = sorted(
        rows.values(), key=lambda r: (rank.get(r.measure, len(rank)), r.measure, r.place, r.part, r.population)
    )
    return Table(kept, ordered, len(columns) - len(kept))

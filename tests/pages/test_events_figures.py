"""The count board: intervals side by side, nothing added up, what is missing stays missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.figure_table import MOST_COLUMNS, Entry, build
from claims.figures import Interval


def entry(source: str, low: int, high: int | None = None, **about: object) -> Entry:
    top = None if high is None else Decimal(high)
    fields: dict[str, object] = {"claim": 1, "measure": "killed", "words": str(low), "place": "Miravale"} | about
    return Entry(source=source, interval=Interval(Decimal(low), top), **fields)  # type: ignore[arg-type]


def test_a_source_without_a_figure_has_an_empty_cell() -> None:
    table = build(
        [entry("Mayor", 9, 9), entry("Fire service", 3, 3, measure="injured"), entry("Mayor", 4, 4, place="X")]
    )
    assert list(table.columns) == ["Mayor", "Fire service"]
    assert [[len(cell) for cell in row.cells] for row in table.rows] == [[0, 1], [1, 0], [1, 0]]


@pytest.mark.parametrize(
    ("figures", "shown", "differ"),
    [
        ([entry("a", 9, 9), entry("b", 12, 12)], "9–12", True),
        ([entry("a", 9, 9), entry("b", 9, 9)], "9", False),
        ([entry("a", 9, None), entry("b", 12, 12)], "at least 9", False),
        ([entry("a", 9, 9), entry("b", 12, 12, denied=True)], "9", False),
        ([entry("a", 9, 9, denied=True)], "", False),
        ([entry("a", 1, 1), entry("a", 2, 2)], "1–2", True),
    ],
    ids=["disjoint", "same", "open", "a denial is no figure", "only a denial", "one source twice"],
)
def test_range_and_difference(figures: list[Entry], shown: str, differ: bool) -> None:
    (row,) = build(figures).rows
    assert (row.range, row.differ) == (shown, differ)


@pytest.mark.parametrize("other", [{"place": "Y"}, {"population": "children"}, {"unit": "EUR"}, {"part_of": "nine"}])
def test_different_things_are_different_rows(other: dict[str, str]) -> None:
    table = build([entry("a", 9, 9), entry("b", 2, 2, **other)])
    assert len(table.rows) == 2
    assert not any(row.differ for row in table.rows)


def test_rows_follow_the_order_of_measures() -> None:
    table = build([entry("a", 1, 1, measure=m) for m in ("zeal", "injured", "killed")], ("killed", "injured"))
    assert [row.measure for row in table.rows] == ["killed", "injured", "zeal"]


def test_too_many_sources_are_counted() -> None:
    table = build([entry(f"source {n:03}", n, n) for n in range(MOST_COLUMNS + 3)])
    assert (len(table.columns), table.left_out) == (MOST_COLUMNS, 3)
    assert all(len(row.cells) == MOST_COLUMNS for row in table.rows)


def test_nothing_gives_an_empty_board() -> None:
    assert not build([]).rows

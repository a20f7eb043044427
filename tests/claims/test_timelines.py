"""The picture of what each source said over time: one scale for all lanes, words where there is room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from claims.timelines import LANE, MOST_LANES, RIGHT, Said, timeline_of

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def said(low: int, high: int | None, hours: float = 0, label: str = "") -> Said:
    return Said(NOON + timedelta(hours=hours), Decimal(low), None if high is None else Decimal(high), label or str(low))


def test_what_was_said_at_one_time_has_no_picture() -> None:
    assert timeline_of({"Ida Holm": [said(5, 5)], "Per Aas": [said(7, 7)]}) is None


def test_equal_numbers_stand_equally_high_in_every_lane_and_larger_ones_higher() -> None:
    made = timeline_of({"Ida Holm": [said(5, 5), said(9, 9, 4)], "Per Aas": [said(5, 5, 2)]})
    assert made is not None
    first, second = made.lanes
    assert first.marks[0].y == second.marks[0].y - LANE
    assert first.marks[1].y < first.marks[0].y
    assert (first.marks[0].x, first.marks[1].x) < (second.marks[0].x, RIGHT + 1)


def test_an_interval_is_as_high_as_it_is_wide_and_open_ones_reach_the_top() -> None:
    made = timeline_of({"a": [said(5, 10), said(5, 5, 1)], "b": [said(5, None, 2)]})
    assert made is not None
    wide, exact = made.lanes[0].marks
    assert wide.height > exact.height
    (open_mark,) = made.lanes[1].marks
    assert open_mark.open and open_mark.y == made.lanes[1].track


def test_figures_of_one_time_share_a_label_and_crowded_ones_have_none() -> None:
    made = timeline_of({"a": [said(5, 5), said(7, 7), said(8, 8, 0.1), said(9, 9, 100)]})
    assert made is not None
    assert [mark.label for mark in made.lanes[0].marks] == ["", "", "8", "9"]
    both = timeline_of({"a": [said(5, 5), said(7, 7), said(9, 9, 100)]})
    assert both is not None
    assert [mark.label for mark in both.lanes[0].marks] == ["", "5 / 7", "9"]


def test_sources_beyond_the_last_lane_are_counted() -> None:
    made = timeline_of({f"source {n:02}": [said(n, n, n)] for n in range(MOST_LANES + 3)})
    assert made is not None
    assert (len(made.lanes), made.left_out) == (MOST_LANES, 3)

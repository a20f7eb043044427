"""Two figures of one event (R8, R11–R15): tables of cases, and what holds whatever the figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparison import Measure, Reported, Standing, Where, cell_of, compare, latest, overlap

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
CITIES = {"Port Ellen": "Islay", "Bowmore": "Islay"}


def lie(one: str, other: str) -> Where:
    if one == other:
        return Where.SAME
    if CITIES.get(one) == other:
        return Where.INSIDE
    if CITIES.get(other) == one:
        return Where.AROUND
    return Where.APART if one in CITIES and other in CITIES else Where.UNKNOWN


MAP = Measure(geography=lie)


def figure(
    key: str, low: int, high: int | None = -1, /, *, hours: float = 0, origin: str = "", **more: object
) -> Reported:
    end = Decimal(low) if high == -1 else None if high is None else Decimal(high)
    told = Reported(key, "killed", Decimal(low), end, origin or key, NOON + timedelta(hours=hours), copy=key)
    return replace(told, **more)  # type: ignore[arg-type]


DAY, NEXT = date(2031, 5, 4), date(2031, 5, 5)
CASES = [
    # (what, one, other, standing, rule, dimension)
    ("the same number", figure("a", 12), figure("b", 12), Standing.AGREE, "R12", ""),
    ("at least 5 and 7", figure("a", 5, None), figure("b", 7), Standing.AGREE, "R12", ""),
    ("dozens and 30", figure("a", 24, 99), figure("b", 30), Standing.AGREE, "R12", ""),
    ("more than 40 and 41", figure("a", 41, None), figure("b", 41), Standing.AGREE, "R12", ""),
    ("one source, later and higher", figure("a", 5, origin="police"), figure("b", 7, hours=3, origin="police"),
     Standing.UPDATE, "R13", ""),
    ("one source, later and lower", figure("a", 9, origin="police"), figure("b", 7, hours=30, origin="police"),
     Standing.REVISED_DOWN, "R13", ""),
    ("two sources within six hours", figure("a", 5), figure("b", 7, hours=6), Standing.CONFLICT, "R14", ""),
    ("two sources further apart", figure("a", 5), figure("b", 7, hours=6.1), Standing.POSSIBLY_STALE, "R14", ""),
    ("one source in one piece of copy", figure("a", 3, origin="p"), figure("b", 4, origin="p", copy="a"),
     Standing.CONFLICT, "R15", ""),
    ("another measure", figure("a", 5), figure("b", 7, measure="injured"), Standing.DIFFERENT_SCOPE, "R11", "measure"),
    ("a part and a whole", figure("a", 48), figure("b", 4, part=True), Standing.DIFFERENT_SCOPE, "R4", "part vs whole"),
    ("told side by side in one statement", figure("a", 12, statement="s"), figure("b", 13, statement="s"),
     Standing.DIFFERENT_SCOPE, "R11", "what is counted"),
    ("a total over days", figure("a", 48), figure("b", 400, aggregate=True),
     Standing.DIFFERENT_SCOPE, "R8", "part vs whole"),
    ("two populations", figure("a", 5, population="children"), figure("b", 9, population="civilians"),
     Standing.DIFFERENT_SCOPE, "R11", "population"),
    ("one population not said", figure("a", 5, population="civilians"), figure("b", 9), Standing.CONFLICT, "R14", ""),
    ("two towns", figure("a", 20, None, place="Port Ellen"), figure("b", 48, place="Bowmore"),
     Standing.DIFFERENT_SCOPE, "R11", "place"),
    ("a town and its island", figure("a", 5, place="Port Ellen"), figure("b", 9, place="Islay"),
     Standing.DIFFERENT_SCOPE, "R11", "place"),
    ("a town with more than its island", figure("a", 10, place="Port Ellen"), figure("b", 9, place="Islay"),
     Standing.CONFLICT, "R15", "place"),
    ("places nobody can lay", figure("a", 5, place="the quay"), figure("b", 9, place="Islay"),
     Standing.CONFLICT, "R14", ""),
    ("two days", figure("a", 5, from_day=DAY, to_day=DAY), figure("b", 9, from_day=NEXT, to_day=NEXT),
     Standing.DIFFERENT_SCOPE, "R11", "day"),
    ("days that overlap", figure("a", 5, from_day=DAY, to_day=NEXT), figure("b", 9, from_day=NEXT, to_day=NEXT),
     Standing.CONFLICT, "R14", ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "standing", "rule", "dimension"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_two_figures(one: Reported, other: Reported, standing: Standing, rule: str, dimension: str) -> None:
    found = compare(one, other, MAP)
    assert (found.standing, found.rule, found.dimension) == (standing, rule, dimension)
    assert found.why


def test_a_wider_window_makes_a_conflict_of_what_was_stale() -> None:
    pair = figure("a", 5), figure("b", 7, hours=20)
    assert compare(*pair).standing is Standing.POSSIBLY_STALE
    assert compare(*pair, Measure(window=timedelta(hours=24))).standing is Standing.CONFLICT


def test_the_words_say_who_contradicts_whom() -> None:
    assert compare(figure("a", 5, None), figure("b", 3, hours=2)).why == (
        "at least 5 and 3, 2 hours apart, from different sources"
    )


def test_a_cell_shows_the_range_over_the_latest_figures_of_each_source() -> None:
    cell = cell_of(
        [
            figure("early", 3, origin="police"),
            figure("late", 5, hours=4, origin="police"),
            figure("hospital", 5, 6, hours=3),
        ]
    )
    assert (cell.standing, cell.low, cell.high) == (Standing.UPDATE, Decimal(5), Decimal(6))
    assert [each.key for each in cell.current] == ["hospital", "late"]
    assert [(f.first, f.second, f.standing) for f in cell.findings] == [("early", "late", Standing.UPDATE)]


def test_an_open_end_keeps_the_range_open() -> None:
    assert cell_of([figure("a", 5, None), figure("b", 7)]).high is None


def test_a_cell_needs_a_figure() -> None:
    with pytest.raises(ValueError, match="one figure"):
        cell_of([])


numbers = st.integers(0, 60)
made = st.builds(
    lambda low, more, hours, origin, place, part: figure(
        "", low, None if more is None else low + more, hours=hours, origin=origin, place=place, part=part
    ),
    numbers,
    st.none() | numbers,
    st.integers(0, 40),
    st.sampled_from(["police", "hospital", "witness"]),
    st.sampled_from(["", "Port Ellen", "Bowmore", "Islay", "the quay"]),
    st.booleans(),
)
several = st.lists(made, min_size=1, max_size=7).map(
    lambda figures: [replace(each, key=str(n), copy=str(n)) for n, each in enumerate(figures)]
)


@given(several)
def test_who_is_named_first_does_not_matter(figures: list[Reported]) -> None:
    for other in figures[1:]:
        assert compare(figures[0], other, MAP) == compare(other, figures[0], MAP)


@given(several, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(figures: list[Reported], chance: object) -> None:
    shuffled = list(figures)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cell_of(shuffled, MAP) == cell_of(figures, MAP)


@given(several)
def test_figures_that_share_a_number_are_never_in_conflict(figures: list[Reported]) -> None:
    for other in figures[1:]:
        found = compare(figures[0], other)
        assert not (overlap(figures[0], other) and found.standing is Standing.CONFLICT)


@given(several)
def test_a_copy_of_a_figure_changes_nothing_but_its_own_place(figures: list[Reported]) -> None:
    cell, more = cell_of(figures), cell_of([*figures, replace(figures[0], key="again")])
    assert (more.low, more.high) == (cell.low, cell.high)
    assert more.standing is cell.standing or len(figures) == 1


@given(several)
def test_every_source_keeps_its_latest_word(figures: list[Reported]) -> None:
    assert {each.origin for each in latest(figures)} == {each.origin for each in figures}

"""Figures as intervals: R1, R2, R3, R5, R7, R12, without any model."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.figures import (
    Interval,
    compatible,
    describe,
    find_quantities,
    parse_interval,
    parse_number,
    single_number,
    span,
)

WORDS = [
    ("12", 12, 12, False),
    ("at least 12", 12, None, False),
    ("no fewer than seven", 7, None, False),
    ("more than 12", 13, None, False),
    ("over 12", 13, None, False),
    ("just over 54,000", 54001, None, True),
    ("up to 12", 0, 12, False),
    ("as many as three hundred", 0, 300, False),
    ("no more than five", 0, 5, False),
    ("fewer than 12", 0, 11, False),
    ("10 to 15", 10, 15, False),
    ("10-15", 10, 15, False),
    ("between 210 and 330", 210, 330, False),
    ("two to three million", 2_000_000, 3_000_000, False),
    ("about 12", 12, 12, True),
    ("around 30", 30, 30, True),
    ("nearly half a million", 500_000, 500_000, True),
    ("some 12", 12, 12, True),
    ("12 or so", 12, 12, True),
    ("12 or more", 12, None, False),
    ("50-plus", 50, None, False),
    ("a dozen", 12, 12, False),
    ("half a dozen", 6, 6, False),
    ("half a million", 500_000, 500_000, False),
    ("over two dozen", 25, None, False),
    ("one hundred and twelve", 112, 112, False),
    ("two and a half million", 2_500_000, 2_500_000, False),
    ("twenty-one", 21, 21, False),
    ("1.13 trillion", 1_130_000_000_000, 1_130_000_000_000, False),
    ("several dozen", 24, 99, True),
    ("dozens", 24, 99, True),
    ("a few dozen", 24, 99, True),
    ("tens of people", 20, 99, True),
    ("scores of people", 40, 99, True),
    ("hundreds", 200, 999, True),
    ("thousands", 2000, 9999, True),
    ("tens of thousands", 20_000, 99_999, True),
    ("hundreds of thousands", 200_000, 999_999, True),
    ("no casualties", 0, 0, False),
    ("nobody", 0, 0, False),
]


@pytest.mark.parametrize(("words", "low", "high", "approximate"), WORDS)
def test_words_are_read_as_an_interval(words: str, low: int, high: int | None, approximate: bool) -> None:
    assert parse_interval(words) == Interval(Decimal(low), None if high is None else Decimal(high), approximate)


@pytest.mark.parametrize("words", ["several people", "a number of people", "many", "", "an unknown number"])
def test_vague_words_without_a_band_give_no_figure(words: str) -> None:
    assert not parse_interval(words).known


@pytest.mark.parametrize(
    "text", ["the S-300", "Kh-55 and A380", "the 21st", "at 12:30", "on 12/11/2020", "at 0315", "version v2"]
)
def test_names_clocks_and_ordinals_are_no_quantities(text: str) -> None:
    assert list(find_quantities(text)) == []


def test_measured_things_have_no_next_whole_number() -> None:
    assert parse_interval("more than 5.5", counted=False).low == Decimal("5.5")
    assert parse_interval("less than $80", counted=False) == Interval(Decimal(0), Decimal(80))


def test_part_and_whole_are_two_quantities_with_their_own_words() -> None:
    text = "six of the nine hostages"
    assert [text[each.start : each.end] for each in find_quantities(text)] == ["six", "nine"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("it rose from 12 to 15 percent", ["12", "15"]),
        ("shares fell 3.16% to 2,138", ["3.16", "2,138"]),
        ("oil was down $2.86 to $77.11", ["$2.86", "$77.11"]),
        ("prices of $10 to $15", ["$10 to $15"]),
        ("a $3.2m loan", ["$3.2m"]),
    ],
)
def test_a_change_is_two_numbers_and_a_range_is_one(text: str, words: list[str]) -> None:
    assert [text[each.start : each.end] for each in find_quantities(text)] == words


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Interval(Decimal(12), Decimal(12)), "12"),
        (Interval(Decimal(12), Decimal(12), approximate=True), "about 12"),
        (Interval(Decimal(12), None), "at least 12"),
        (Interval(Decimal(0), Decimal(12)), "up to 12"),
        (Interval(Decimal(10), Decimal(15)), "10–15"),
        (Interval(Decimal(0), Decimal(0)), "0"),
        (Interval(Decimal(1_500_000), None), "at least 1,500,000"),
        (Interval(Decimal("5.4"), Decimal("5.4")), "5.4"),
        (Interval(None, None), "unknown"),
    ],
)
def test_intervals_are_shown_in_words(interval: Interval, shown: str) -> None:
    assert describe(interval) == shown


def test_unknown_is_not_zero() -> None:
    unknown, zero = Interval(None, None), Interval(Decimal(0), Decimal(0))
    assert single_number(unknown) is None
    assert single_number(zero) == 0
    assert compatible(unknown, zero)


@pytest.mark.parametrize("ends", [(None, Decimal(3)), (Decimal(4), Decimal(3))])
def test_impossible_intervals_are_refused(ends: tuple[Decimal | None, Decimal]) -> None:
    with pytest.raises(ValueError, match="interval"):
        Interval(*ends)


numbers = st.integers(min_value=0, max_value=10_000_000).map(Decimal)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(numbers)
    return Interval(low, draw(st.none() | numbers.map(lambda more: low + more)), draw(st.booleans()))


@given(intervals(), intervals())
def test_agreement_is_mutual_and_means_a_shared_number(one: Interval, other: Interval) -> None:
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one)
    low = max(one.low or 0, other.low or 0)
    tops = [each.high for each in (one, other) if each.high is not None]
    assert compatible(one, other) == all(low <= top for top in tops)


@given(st.lists(intervals(), min_size=1, max_size=6))
def test_the_range_of_a_cell_holds_every_figure_in_it(cell: list[Interval]) -> None:
    whole = span(cell)
    assert whole.low == min(each.low for each in cell if each.low is not None)
    assert all(whole.high is None or (each.high is not None and each.high <= whole.high) for each in cell)


@given(st.integers(min_value=1, max_value=10**12))
def test_digits_with_separators_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_interval(describe(Interval(Decimal(number), None))) == Interval(Decimal(number), None)


@given(st.text(max_size=200))
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    found = list(find_quantities(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= each.start <= each.number_start < each.number_end <= each.end <= len(text) for each in found)

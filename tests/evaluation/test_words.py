"""Numbers, days and cases of words that the sets are scored by, read apart from the engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claims.evaluation.calendar import span_of
from claims.evaluation.casing import Cases
from claims.evaluation.numbers import ends_of, numbers
from claims.evaluation.reading import Unreadable, join, rows
from claims.extraction.types import Anchor, FigureFound


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("US$ 40 billion", {40_000_000_000}),
        ("$2.5 million", {2_500_000}),
        ("200-250", {200, 250}),
        ("15,599 seats", {15_599}),
        ("12.5 %", {Decimal("12.5")}),
        ("twenty-one", {21}),
        ("two hundred and fifty", {250}),
        ("three thousand", {3_000}),
        ("two dozen", {24}),
        ("a score of ships", {20}),
        ("five of the nine", {5, 9}),
        ("many", set()),
        ("about half", set()),
        ("between $12 million and $20 million", {12_000_000, 20_000_000}),
    ],
)
def test_numbers_in_words(words: str, expected: set[int]) -> None:
    assert numbers(words) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(13, None, {13, 12}), (0, 11, {0, 11, 12}), (5, 5, {5}), (None, None, set())],
)
def test_numbers_that_an_interval_may_come_from(low: int | None, high: int | None, expected: set[int]) -> None:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    assert set(ends_of(FigureFound("killed", *ends, False, Anchor(0, 1, "x")))) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-08-09", (date(2021, 8, 9), date(2021, 8, 9))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2019", (date(2019, 1, 1), date(2019, 12, 31))),
        ("2006-Q4", (date(2006, 10, 1), date(2006, 12, 31))),
        ("2008-W50", (date(2008, 12, 8), date(2008, 12, 14))),
        ("2010-W04-WE", (date(2010, 1, 30), date(2010, 1, 31))),
        ("PAST_REF", None),
        ("XXXX-XX-XX", None),
        ("2021-02-30", None),
        ("2021-W60", None),
        ("P3Y", None),
        ("FY2007", None),
    ],
)
def test_days_of_a_value(value: str, expected: tuple[date, date] | None) -> None:
    assert span_of(value) == expected


CASES = Cases(
    [
        "Yesterday the mayor of Lorvik spoke to the Coast Guard.",
        "Later the mayor of Lorvik met the FNL at the port.",
        "A guard and a mayor saw it in Lorvik.",
        "Then a guard left.",
    ]
)


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("THE MAYOR OF LORVIK SPOKE.", "The mayor of Lorvik spoke."),
        ("THE FNL LEFT. A GUARD SAW IT.", "The FNL left. A guard saw it."),
        ("THE MAYOR MET ODALYS AT THE PORT.", "The mayor met Odalys at the port."),
        ("IT SUDDENLY EXPLODED.", "It suddenly exploded."),
        ("LORVIK, 2 NOV 89 (FNL) -- A GUARD SAW IT.", "Lorvik, 2 Nov 89 (FNL) -- A guard saw it."),
        ("THE PORT\nA GUARD", "The port\nA guard"),
    ],
)
def test_capitals_are_put_into_normal_case(capitals: str, expected: str) -> None:
    assert CASES.put(capitals) == expected


def test_sentences_are_joined_with_the_place_of_each() -> None:
    text = join(["Ferry sinks", "It sank.", "“No one saw it.”"])
    assert text.text == "Ferry sinks\nIt sank. “No one saw it.”"
    assert text.text[slice(*text.place(1, (3, 7)))] == "sank"
    assert [text.sentence_at(at) for at in (0, 12, 20, 21, 30)] == [0, 1, 1, 2, 2]
    assert text.near(13) == "It sank."


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n\nnonsense\n', encoding="utf-8")
    with pytest.raises(Unreadable, match=r"rows\.jsonl, line 3"):
        list(rows(path))

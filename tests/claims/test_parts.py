"""Counts of one piece of copy: which are the toll and which are parts of it, and who else is counted in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.board import Board, Counted, board_of
from claims.comparison import Measure, Standing
from claims.geography import lie
from claims.inclusion import DOER, UNBORN, counted_in
from claims.independence import Voice, knower_of
from claims.parts import Telling, parts_among

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
WINDOW = timedelta(hours=6)


def told(copy: str, low: int, sentence: str, *, hours: int = 0, measure: str = "injured", by: str = "") -> Counted:
    """A count in a sentence of its own; the number stands between two stars in it, with its noun."""
    before, words, after = sentence.split("*")
    knower = knower_of(by, "", "person") if by else None
    voice = Voice(f"{copy} {sentence[:40]}", f"The {copy} Post", knower=knower)
    number, as_of = Decimal(low), NOON + timedelta(hours=hours)
    return Counted(
        f"{copy} {before}{words}", voice, copy, measure, number, number, words, as_of, ("Bergen",),
        before=before, after=after,
    )  # fmt: skip


def board(*figures: Counted) -> Board:
    return board_of(figures, Measure(geography=lie))


def tolls(made: Board, *, part: bool = False) -> list[int]:
    return sorted(int(each.low) for row in made.rows if row.part is part for each in row.figures)


WHOLE = told("a", 7, "*Seven people* were hurt when the crane fell on the quay.")
PARTS = [
    (2, "*Two* of them are in a critical condition."),
    (3, "Medics took *three dockers* to the harbour clinic by ambulance."),
    (2, "*Two men*, ages 31 and 44, were flown to Haukeland."),
    (4, "The *four others* had cuts."),
    (1, "*One woman* had a broken arm."),
    (3, "Crews found *three people* under the beam."),
    (2, "*Two brothers* were among those hurt."),
]


@pytest.mark.parametrize(("low", "sentence"), PARTS)
def test_what_a_copy_counts_beside_its_toll_is_a_part(low: int, sentence: str) -> None:
    made = board(WHOLE, told("a", low, sentence))
    assert (tolls(made), tolls(made, part=True)) == ([7], [low])
    assert {row.cell.standing for row in made.rows} == {Standing.AGREE}


def test_two_tolls_that_one_copy_tells_as_tolls_are_a_conflict() -> None:
    made = board(WHOLE, told("a", 5, "*Five people* were hurt."))
    assert [row.cell.standing for row in made.rows] == [Standing.CONFLICT]
    rival = board(told("a", 7, "*Seven people* were hurt, she said.", by="Ida Holm"),
                  told("a", 5, "*Five people* were hurt, he said.", by="Per Aas"))  # fmt: skip
    assert [row.cell.standing for row in rival.rows] == [Standing.CONFLICT]


def test_two_parts_of_different_copy_are_no_rivals() -> None:
    made = board(
        WHOLE,
        told("a", 2, "*Two* of them are in a critical condition."),
        told("b", 7, "*Seven people* were hurt on the quay."),
        told("b", 3, "*Three* of them were sent home."),
    )
    assert {row.part: row.cell.standing for row in made.rows} == {
        False: Standing.AGREE,
        True: Standing.DIFFERENT_SCOPE,
    }


def test_who_counts_only_what_other_copy_calls_a_part_is_no_rival_of_the_whole() -> None:
    part = told("a", 4, "Crews found *four people* under the beam.")
    alone = told("b", 4, "*Four people* were hurt under the beam.", hours=1)
    assert tolls(board(WHOLE, part, alone), part=True) == [4, 4]
    late = told("b", 4, "*Four people* were hurt under the beam.", hours=30)
    assert tolls(board(WHOLE, part, late)) == [4, 7]


@pytest.mark.parametrize(
    ("before", "words", "after", "expected"),
    [
        ("The attack left ", "six people", ", including the gunman, dead.", DOER),
        ("Officers counted ", "four dead", ", among them a child.", ""),
        ("He killed ", "three people", " before he turned the gun on himself.", ""),
        ("The crash killed ", "four people", ", including an unborn child.", UNBORN),
    ],
)
def test_who_else_is_counted_in(before: str, words: str, after: str, expected: str) -> None:
    assert counted_in(before, words, after) == expected


def test_a_toll_with_the_gunman_is_no_rival_of_one_without() -> None:
    made = board(
        told("a", 6, "The attack left *six people*, including the gunman, dead.", measure="killed"),
        told("b", 5, "He killed *five people* before he shot himself.", measure="killed"),
    )
    (row,) = made.rows
    assert row.cell.standing is Standing.DIFFERENT_SCOPE
    assert row.cell.findings[0].dimension == "population"


def test_the_hit_are_the_dead_and_the_wounded() -> None:
    made = board(
        told("a", 4, "*Four people* were hurt in the blast."),
        told("b", 3, "*Three people* were wounded."),
        told("b", 1, "*One person* died.", measure="killed"),
    )
    (row,) = [row for row in made.rows if row.measure == "injured"]
    assert [(each.standing, each.dimension) for each in row.cell.findings] == [(Standing.DIFFERENT_SCOPE, "population")]


def test_a_total_over_weeks_stands_in_a_row_of_its_own() -> None:
    season = Counted(
        "c 1", Voice("c 1", "The c Post"), "c", "injured", Decimal(90), Decimal(90), "90", NOON, ("Bergen",),
        from_day=NOON.date() - timedelta(days=200), to_day=NOON.date(),
    )  # fmt: skip
    made = board(WHOLE, told("b", 7, "*Seven people* were hurt."), season)
    assert sorted((row.aggregate, row.cell.standing) for row in made.rows) == [
        (False, Standing.AGREE),
        (True, Standing.AGREE),
    ]


sentences = st.sampled_from([sentence for _, sentence in PARTS] + ["*Some people* were hurt.", "*Others* were hurt."])
tellings = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9), sentences, st.integers(0, 9)), max_size=8)


@given(tellings, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(rows: list[tuple[str, int, str, int]], chance: object) -> None:
    made = [
        Telling(f"{n}", copy, f"{n}", Decimal(low), Decimal(low), sentence.split("*")[1], NOON + timedelta(hours=hours),
                sentence.split("*")[0], sentence.split("*")[2])
        for n, (copy, low, sentence, hours) in enumerate(rows)
    ]  # fmt: skip
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert parts_among(made, WINDOW) == parts_among(shuffled, WINDOW)


@given(tellings)
def test_a_copy_of_one_count_that_names_no_others_keeps_its_toll(rows: list[tuple[str, int, str, int]]) -> None:
    plain = [
        Telling(f"{n}", f"{n}", f"{n}", Decimal(low), Decimal(low), "people", NOON, "", " were hurt.")
        for n, (_, low, _, _) in enumerate(rows)
    ]
    assert not parts_among(plain, WINDOW)

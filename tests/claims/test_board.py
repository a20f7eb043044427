"""The count board of an event: rows by measure, place and population, and how the figures of each stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from claims.board import Board, Counted, Row, board_of
from claims.comparison import Measure, Standing
from claims.geography import lie
from claims.independence import Voice, knower_of

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
GOVERNOR = knower_of("Ida Holm", "Bergen governor", "person")
MAYOR = knower_of("Per Aas", "Oslo mayor", "person")
AIR_FORCE, MILITARY = knower_of("Norway's air force", "", "body"), knower_of("Norwegian military", "", "body")


def counted(
    key: str,
    measure: str,
    low: int,
    high: int | None,
    *places: str,
    by: object = None,
    outlet: str = "",
    hours: int = 0,
) -> Counted:
    voice = Voice(key, outlet or key, knower=by)  # type: ignore[arg-type]
    end = None if high is None else Decimal(high)
    return Counted(
        key, voice, outlet or key, measure, Decimal(low), end, str(low), NOON + timedelta(hours=hours), places
    )


STRIKE = [
    counted("a1", "injured", 48, 48, "Bergen", by=GOVERNOR, outlet="A"),
    counted("a2", "injured", 20, None, "Oslo", by=MAYOR, outlet="A"),
    counted("a3", "munitions_intercepted", 21, 21, by=AIR_FORCE, outlet="A"),
    counted("a4", "munitions_fired", 41, None, outlet="A"),
    counted("b1", "munitions_intercepted", 21, 21, by=MILITARY, outlet="B"),
    counted("b2", "munitions_fired", 41, 41, by=MILITARY, outlet="B"),
    counted("b3", "injured", 24, 99, "Bergen", "Oslo", outlet="B"),
]


def board(figures: list[Counted]) -> Board:
    return board_of(figures, Measure(geography=lie))


def row(of: Board, measure: str, place: str = "") -> Row:
    return next(each for each in of.rows if (each.measure, each.place) == (measure, place))


def test_two_towns_are_parts_and_no_conflict() -> None:
    made = board(STRIKE)
    assert {each.place for each in made.rows if each.measure == "injured"} == {"Bergen", "Oslo", ""}
    assert all(each.cell.standing is Standing.AGREE for each in made.rows)


def test_an_arm_and_its_military_are_one_source_in_two_outlets() -> None:
    intercepted = row(board(STRIKE), "munitions_intercepted")
    assert len(intercepted.figures) == 2
    assert not intercepted.cell.findings
    sources = [group for group in board(STRIKE).ledger.sources if "Norwegian military" in group.names]
    assert set(sources[0].names) == {"Norway's air force", "Norwegian military"}


def test_more_than_forty_and_forty_one_agree() -> None:
    fired = row(board(STRIKE), "munitions_fired")
    assert (fired.cell.standing, fired.cell.low, fired.cell.high) == (Standing.AGREE, Decimal(41), None)


def test_a_number_without_a_place_goes_with_the_only_town() -> None:
    made = board([counted("1", "killed", 5, 5, "Bergen", by=GOVERNOR), counted("2", "killed", 7, 7, by=MAYOR)])
    assert row(made, "killed", "Bergen").cell.standing is Standing.CONFLICT


def test_later_and_lower_from_one_source_is_shown_as_revised_down() -> None:
    made = board(
        [
            counted("1", "killed", 9, 9, "Bergen", by=GOVERNOR, outlet="A"),
            counted("2", "killed", 7, 7, "Bergen", by=GOVERNOR, outlet="B", hours=20),
        ]
    )
    assert row(made, "killed", "Bergen").cell.standing is Standing.REVISED_DOWN


def test_the_order_of_arrival_does_not_matter() -> None:
    for turn in range(len(STRIKE)):
        assert board([*STRIKE[turn:], *STRIKE[:turn]][::-1]) == board(STRIKE)

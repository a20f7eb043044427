"""The scenes of one article, from statements alone."""

from __future__ import annotations

from datetime import date

import pytest

from claims.geography import apart
from claims.grouping.kinds import agents_in, alike, kinds_in
from claims.grouping.scenes import Scene, Told, scenes_of, spoken_of

TUESDAY, SUNDAY, LAST_YEAR = date(2031, 5, 6), date(2031, 5, 4), date(2030, 5, 6)
KINDS = [
    ("Two ferries collided in fog", {"crash"}),
    ("A gunman opened fire in a bar", {"shooting"}),
    ("Artillery shelled the harbour", {"shelling"}),
    ("The attack killed nine", {"attack"}),
    ("The council approved a budget", set()),
]


@pytest.mark.parametrize(("words", "kinds"), KINDS, ids=[case[0] for case in KINDS])
def test_what_kind_of_happening_words_name(words: str, kinds: set[str]) -> None:
    assert kinds_in(words) == kinds


def test_an_attack_goes_with_every_way_to_harm() -> None:
    some = {word: kinds_in(word) for word in ("attack", "shelling", "missiles", "flood", "budget")}
    assert alike(some["attack"], some["shelling"]) is True
    assert alike(some["missiles"], some["shelling"]) is False
    assert alike(some["attack"], some["flood"]) is False
    assert alike(some["attack"], some["budget"]) is None


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("Norwegian cruise missiles hit the port", {"NO"}),
        ("Sweden's army did not target the port", {"SE"}),
        ("missiles hit the port", set()),
        ("a Danish sailor who lives by the port said the storm passed", set()),
    ],
)
def test_whose_doing_it_is(words: str, states: set[str]) -> None:
    assert agents_in(words) == states


def told(key: int, text: str, *places: str, day: date | None = None, paragraph: int | None = None) -> Told:
    return Told(key, text, text, key if paragraph is None else paragraph, frozenset(places), day, day)


def scenes(headline: Told, *statements: Told) -> list[list[int]]:
    return [[each.key for each in scene.told] for scene in scenes_of(statements, headline, apart)]


def test_a_strike_today_and_the_shelling_two_days_before_are_two() -> None:
    assert scenes(
        told(-1, "Swedish missiles hit Oslo and Bergen", "Oslo", "Bergen"),
        told(1, "Swedish missiles killed five in Bergen on Tuesday", "Bergen", day=TUESDAY),
        told(2, "The air force intercepted 21 of them"),
        told(3, "Norwegian shelling killed 27 people in Malmö", "Malmö", day=SUNDAY),
        told(4, "The attack was called monstrous", paragraph=3),
        told(5, "The Swedish barrage included 40 missiles"),
        told(6, "Twenty people were injured in Oslo", "Oslo"),
    ) == [[1, 2, 5, 6], [3, 4]]


def test_what_a_statement_only_looks_back_to_is_not_where_it_happened() -> None:
    back = told(1, "Strikes on Bergen were not retaliation for the attack on Malmö", "Bergen", "Malmö")
    assert spoken_of(back) == {"Bergen"}
    assert spoken_of(told(1, "Strikes on Bergen and Malmö", "Bergen", "Malmö")) == {"Bergen", "Malmö"}


def test_the_same_town_on_another_day_is_another_strike() -> None:
    assert scenes(
        told(-1, "Missiles hit Bergen", "Bergen"),
        told(1, "Missiles killed five in Bergen", "Bergen", day=TUESDAY),
        told(2, "Missiles killed two in Bergen", "Bergen", day=SUNDAY),
    ) == [[1], [2]]


def test_a_death_or_an_arrest_the_day_after_is_no_other_shooting() -> None:
    monday = date(2031, 5, 5)
    assert scenes(
        told(-1, "Two shot in Bergen bar", "Bergen"),
        told(1, "Two people were shot in Bergen on Sunday", "Bergen", day=SUNDAY),
        told(2, "A man was arrested over the shooting on Monday", day=monday),
    ) == [[1, 2]]


def test_what_happened_a_year_ago_is_another_scene() -> None:
    assert scenes(
        told(-1, "Two shot in Bergen bar", "Bergen"),
        told(1, "Two people were shot in Bergen on Sunday", "Bergen", day=SUNDAY),
        told(2, "A shooting at the same bar killed one last year", day=LAST_YEAR),
    ) == [[1], [2]]


def test_what_is_not_tied_to_anything_stays_with_what_the_copy_is_about() -> None:
    assert scenes(told(-1, "Council meets"), told(1, "The mayor resigned"), told(2, "Taxes will rise")) == [[1, 2]]


def test_a_scene_knows_its_days_and_places() -> None:
    found = scenes_of([told(1, "Missiles hit Bergen", "Bergen", day=TUESDAY)], told(-1, "Missiles"), apart)
    assert isinstance(found[0], Scene)
    assert (found[0].days, found[0].places, found[0].main) == ((TUESDAY, TUESDAY), {"Bergen"}, True)

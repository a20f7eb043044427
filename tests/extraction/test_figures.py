"""Figures in invented wire copy, through the real pipeline."""

import pytest

from claims.extraction.figures import find_figures
from claims.extraction.nlp import load
from claims.extraction.types import FigureFound

Row = tuple[str, str, int | float, int | float | None]


def read(text: str) -> tuple[FigureFound, ...]:
    found = find_figures(load()(text))
    assert all(text[each.anchor.start : each.anchor.end] == each.anchor.text for each in found)
    return found


def rows(text: str) -> list[Row]:
    return [
        (each.anchor.text, each.measure, float(each.low or 0), None if each.high is None else float(each.high))
        for each in read(text)
    ]


TABLE: list[tuple[str, list[Row]]] = [
    ("The blast killed four and wounded 17.", [("four", "killed", 4, 4), ("17", "injured", 17, 17)]),
    ("The quake left 29 miners dead.", [("29 miners", "killed", 29, 29)]),
    ("At least 20 people have been hurt, the ministry said.", [("At least 20 people", "injured", 20, None)]),
    ("More than 300 villagers were forced to flee.", [("More than 300 villagers", "displaced", 301, None)]),
    ("Dozens of sailors are still missing.", [("Dozens of sailors", "missing", 24, 99)]),
    ("Police arrested up to 40 protesters.", [("up to 40 protesters", "detained", 0, 40)]),
    ("The death toll rose to 57 on Monday.", [("57", "killed", 57, 57)]),
    (
        "The clashes caused nine deaths and 46 injuries.",
        [("nine deaths", "killed", 9, 9), ("46 injuries", "injured", 46, 46)],
    ),
    (
        "Two soldiers died and three officers were wounded.",
        [("Two soldiers", "killed", 2, 2), ("three officers", "injured", 3, 3)],
    ),
    (
        "The strike killed two nurses, three drivers and a guard.",
        [
            ("two nurses", "killed", 2, 2),
            ("three drivers", "killed", 3, 3),
            ("two nurses, three drivers and a guard", "killed", 6, 6),
        ],
    ),
    (
        "About 60 rebels and 15 soldiers were killed.",
        [("About 60 rebels", "killed", 60, 60), ("15 soldiers", "killed", 15, 15)],
    ),
    ("Gunmen shot dead six farmers.", [("six farmers", "killed", 6, 6)]),
    ("The flood claimed 112 lives.", [("112 lives", "killed", 112, 112)]),
    ("The army fired 30 rockets at the port.", [("30 rockets", "munitions_fired", 30, 30)]),
    ("Air defences shot down 18 drones overnight.", [("18 drones", "munitions_intercepted", 18, 18)]),
    ("Three missiles hit the refinery.", [("Three missiles", "munitions_hit", 3, 3)]),
    (
        "The barrage included more than 60 cruise and ballistic missiles.",
        [("more than 60", "munitions_fired", 61, None)],
    ),
    (
        "The shelling damaged around 25 apartment buildings.",
        [("around 25 apartment buildings", "buildings_damaged", 25, 25)],
    ),
    ("About 400 homes lost power.", [("About 400 homes", "buildings_affected", 400, 400)]),
    ("The strike cut heating to 90 schools.", [("90 schools", "buildings_affected", 90, 90)]),
    ("The 1,200-kilometer border is closed.", [("1,200-kilometer", "length_km", 1200, 1200)]),
    ("A 40km-long column stood on the road.", [("40km-long", "length_km", 40, 40)]),
    ("The village lies 10 miles from the coast.", [("10 miles", "length_km", 16.09, 16.09)]),
    ("The firm lost more than $3.5 billion.", [("more than $3.5 billion", "money", 3_500_000_000, None)]),
    ("Prices rose 5.4 percent.", [("5.4 percent", "percent", 5.4, 5.4)]),
    ("The company will close 14 factories.", [("14 factories", "other:factory", 14, 14)]),
    ("No casualties were reported.", [("No casualties", "other:casualty", 0, 0)]),
    ("One driver suffered minor injuries.", [("One driver", "injured", 1, 1)]),
    ("The index closed at 7,114.3.", [("7,114.3", "other:point", 7114.3, 7114.3)]),
    ("Nearly half of the town has no water.", [("Nearly half of", "percent", 50, 50)]),
    ("Nobody was injured in the fire.", [("Nobody was injured", "injured", 0, 0)]),
    ("The park covers more than 70 square miles.", [("more than 70 square miles", "other:square mile", 70, None)]),
    ("They disputed a 45 sq km plain.", [("45 sq km", "other:square kilometer", 45, 45)]),
    ("At least two or three men were hurt.", [("At least two or three men", "injured", 2, None)]),
    ("The index fell below the 9,000 mark.", [("below the 9,000 mark", "other:point", 0, 9000)]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_figures_of_one_sentence(text: str, expected: list[Row]) -> None:
    found = rows(text)
    assert [row[1:] for row in found] == [row[1:] for row in expected]
    for got, wanted in zip(found, expected, strict=True):
        assert got[0].startswith(wanted[0])


NO_FIGURES = [
    "An 11-year-old girl and boys aged 9 and 12 were there.",
    "Anna Berg, 51, leads the council.",
    "The talks began on 3 May 2019 at 5 p.m. and ended in 2021.",
    "The S-300 and Kh-55 systems were moved.",
    "It was the 21st raid this year.",
    "The siege lasted 12 days and six hours.",
    "Flight 447 left Gate 12.",
    "Call 1-800-555-0199 with tips.",
    "They cancelled the 717 program.",
    "The Boeing 737 returned.",
    "Several people were hurt.",
    "One of the best teams won, and one day it may return.",
    "It was the 1,599 th ferry from the yard.",
    "They pushed back a successor to the 737 narrowbody airliner.",
    "He lives at 900 Garden Way #9 in the town.",
    "Image 2 of 9 Police officer at the scene.",
    "Mario Renz and Tom Auer, both 53, died on Monday.",
    "The Chapter 11 process went on.",
    "Shops ran out of iPhone 4 cases.",
    "She was shot 11 times in the arm.",
    "No other injuries were reported, and no one was seriously hurt.",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_ages_dates_names_and_durations_are_no_figures(text: str) -> None:
    assert rows(text) == []


def test_a_part_points_to_its_whole_and_counts_children() -> None:
    whole, part = read("The landslide injured 63, including seven minors, in Velmora.")
    assert (whole.measure, part.measure, part.part_of, part.population) == ("injured", "injured", 0, "children")
    assert whole.part_of is None


def test_an_inserted_part_keeps_the_toll_of_its_whole() -> None:
    whole, part = read("In all 211 civilians, including 19 children, had been killed.")
    assert [(each.measure, each.population, each.part_of) for each in (whole, part)] == [
        ("killed", "civilians", None),
        ("killed", "children", 0),
    ]


def test_a_list_behind_a_toll_takes_it_apart() -> None:
    found = read("The fire left 20 dead: 12 soldiers, six nurses and two drivers.")
    assert [(int(each.low or 0), each.measure, each.part_of) for each in found] == [
        (20, "killed", None),
        (12, "killed", 0),
        (6, "killed", 0),
        (2, "killed", 0),
    ]


def test_brackets_behind_a_toll_take_it_apart() -> None:
    found = read("Six friars (five Italians and one Frenchman) were killed.")
    assert [(int(each.low or 0), each.part_of) for each in found] == [(6, None), (5, 0), (1, 0)]


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("Two soldiers and a girl were found dead.", [2], 3),
        ("A nurse and two boys are dead.", [2], 3),
        ("The blast left three soldiers and a boy wounded.", [3], 4),
        ("The bomb killed four women and a young boy.", [4], 5),
        ("The gunman killed his wife and two daughters.", [2], 3),
        ("The fire killed two children and their mother.", [2], 3),
    ],
)
def test_a_list_with_a_person_without_number_is_added_up(text: str, parts: list[int], whole: int) -> None:
    *members, total = read(text)
    assert ([int(each.low or 0) for each in members], int(total.low or 0)) == (parts, whole)
    assert {each.part_of for each in members} == {len(members)}
    assert total.part_of is None


@pytest.mark.parametrize(
    "text",
    [
        "The raid wounded two women, and a man died.",
        "The flood killed four villagers and an unborn child.",
        "The raid killed two women and three men.",
    ],
)
def test_no_sum_is_made_of_other_lists(text: str) -> None:
    assert all(each.part_of is None and " and " not in each.anchor.text for each in read(text))


def test_a_ratio_is_intercepted_out_of_fired() -> None:
    part, whole = read("Gunners shot down 17 out of 38 rockets.")
    assert (part.measure, int(part.low or 0), part.part_of) == ("munitions_intercepted", 17, 1)
    assert (whole.measure, int(whole.low or 0), whole.part_of) == ("munitions_fired", 38, None)


def test_the_whole_of_a_few_is_kept() -> None:
    part, whole = read("Six of the nine hostages were freed.")
    assert [(int(each.low or 0), each.measure, each.part_of) for each in (part, whole)] == [
        (6, "other:hostage", 1),
        (9, "other:hostage", None),
    ]


def test_a_known_set_is_not_counted_again() -> None:
    assert rows("The two ports were closed, and Portugal's three largest airlines stopped flying.") == []


def test_them_is_what_the_sentence_before_counted() -> None:
    found = read("The enemy fired more than 70 drones. Gunners downed 33 of them.")
    assert [(each.measure, int(each.low or 0)) for each in found] == [
        ("munitions_fired", 71),
        ("munitions_intercepted", 33),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shelling killed 24 people in Lisbon.", "Lisbon"),
        ("At least five rockets hit Tbilisi, injuring 18 people.", "Tbilisi"),
        ("An attack on the city of Porto, near Lisbon, killed at least 16 people.", "Porto"),
        ("The fire killed two people.", ""),
        ("A crash in Varna, Bulgaria, killed four people.", "Varna"),
    ],
)
def test_a_figure_has_the_place_that_its_sentence_ties_to_it(text: str, place: str) -> None:
    assert {each.place for each in read(text)} == {place}


def test_money_names_its_currency_and_ranges_keep_both_ends() -> None:
    (sum_,) = read("They would pay between €12 million and €20 million.")
    assert (sum_.unit, int(sum_.low or 0), int(sum_.high or 0)) == ("EUR", 12_000_000, 20_000_000)


def test_a_denied_arrest_is_no_toll() -> None:
    assert {each.measure for each in read("The three men have not been arrested.")} <= {"other:man"}


def test_text_without_numbers_and_empty_text_have_none() -> None:
    assert read("The council met and rose again.") == ()
    assert read("") == ()

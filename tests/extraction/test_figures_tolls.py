"""Tolls and things counted where the words are less plain: lists, parts, fire, care, names with numbers."""

import pytest

from claims.extraction.figures import find_figures
from claims.extraction.nlp import load

Row = tuple[str, str, float, float | None]


def rows(text: str) -> list[Row]:
    return [
        (each.anchor.text, each.measure, float(each.low or 0), None if each.high is None else float(each.high))
        for each in find_figures(load()(text))
    ]


TOLLS: list[tuple[str, list[Row]]] = [
    ("The dead included two doctors.", [("two doctors", "killed", 2, 2)]),
    ("Those injured were seven bakers.", [("seven bakers", "injured", 7, 7)]),
    ("Three women were fatally stabbed.", [("Three women", "killed", 3, 3)]),
    ("The gang beat to death two prisoners.", [("two prisoners", "killed", 2, 2)]),
    (
        "Nine people were wounded, two fatally, at the fair.",
        [("Nine people", "injured", 9, 9), ("two", "killed", 2, 2)],
    ),
    ("A gunman opened fire, killing one and wounding six.", [("one", "killed", 1, 1), ("six", "injured", 6, 6)]),
    ("Pavel is one of four sailors wounded off Porto.", [("four sailors", "injured", 4, 4)]),
    ("One of the injured sailors is a cook.", []),
    ("Nobody knew the cause, and no one was arrested.", [("no one was arrested", "detained", 0, 0)]),
    ("It wounded all but 90 of the 1,200 prisoners.", [("1,200 prisoners", "other:prisoner", 1200, 1200)]),
    (
        "Guards stopped about 20 men, four of whom died.",
        [("about 20 men", "other:man", 20, 20), ("four", "killed", 4, 4)],
    ),
    (
        "The siege left 120 soldiers and a priest dead.",
        [("120 soldiers", "killed", 120, 120), ("120 soldiers and a priest", "killed", 121, 121)],
    ),
    ("The envoy was killed at home, along with two of his guards.", [("two", "killed", 2, 2)]),
    (
        "Another 40 wounded were taken to Port Hospital and about 30 more were taken to Porto.",
        [("40 wounded", "injured", 40, 40), ("about 30", "injured", 30, 30)],
    ),
    ("Two people were treated for burns.", [("Two people", "injured", 2, 2)]),
    ("Over 60 are still recovering from stab wounds.", [("Over 60", "injured", 61, None)]),
    ("They were found dead at 302 E. Reed St. in Porto.", []),
    ("Three boys, ages 15, 18 and 16, were injured.", [("Three boys", "injured", 3, 3)]),
    ("He is accused of the attempted murders of five drivers.", [("five drivers", "other:driver", 5, 5)]),
    (
        "More than two dozen stabbings in which three people died shook Porto.",
        [("More than two dozen stabbings", "other:stabbing", 25, None), ("three people", "killed", 3, 3)],
    ),
    ("Two suffered minor injuries.", [("Two", "injured", 2, 2)]),
    ("The case brought to five the number of people arrested.", [("five", "detained", 5, 5)]),
]


@pytest.mark.parametrize(("text", "wanted"), TOLLS)
def test_tolls_in_roundabout_words(text: str, wanted: list[Row]) -> None:
    assert rows(text) == wanted


THINGS: list[tuple[str, list[Row]]] = [
    ("Rebels set on fire two textile plants.", [("two textile plants", "buildings_damaged", 2, 2)]),
    ("Two bank branches were blown up.", [("Two bank branches", "buildings_damaged", 2, 2)]),
    ("The firm closed two plants.", [("two plants", "other:plant", 2, 2)]),
    ("Warplanes carried out 14 strikes.", [("14 strikes", "other:airstrike", 14, 14)]),
    ("Unions called three strikes.", [("three strikes", "other:strike", 3, 3)]),
    ("The carrier ordered 24 A320s.", [("24 A320s", "other:aircraft", 24, 24)]),
    ("The carrier ordered 60 Boeing 787 jets.", [("60 Boeing 787 jets", "other:jet", 60, 60)]),
    ("Options cover 18 more 777s.", [("18 more 777s", "other:aircraft", 18, 18)]),
    ("It holds 500 and 1,000 songs.", [("500", "other:song", 500, 500), ("1,000 songs", "other:song", 1000, 1000)]),
    ("Costs fell to $12 billion last year.", [("$12 billion", "money", 12e9, 12e9)]),
    ("It sailed with a crew of six.", [("six", "other:person", 6, 6)]),
    ("The yard announced job cuts of 400.", [("400", "other:job", 400, 400)]),
    ("The number of orders rose to 230.", [("230", "other:order", 230, 230)]),
    ("The Trent 900 engines were replaced.", []),
    ("The index fell below 9,000.", [("below 9,000", "other:point", 0, 9000)]),
    (
        "It will hire 620 cooks in Norway, 410 in Denmark.",
        [("620 cooks", "other:cook", 620, 620), ("410", "other:cook", 410, 410)],
    ),
    ("It sells a new 3G phone.", []),
    ("The new pump is four times faster.", []),
    ("The fire began on 9 October Avenue.", []),
    ('It has a 15" screen.', [('15" screen', "other:inch", 15, 15)]),
    ("Prices rose eight and 14 percent.", [("eight", "percent", 8, 8), ("14 percent", "percent", 14, 14)]),
    ("It gained half a percent.", [("half a percent", "percent", 0.5, 0.5)]),
    ("It lost a third of its ships.", [("a third of ", "percent", 33.3, 33.3)]),
    ("It lost money in the third quarter of the year.", []),
    ("The yard cost # 8.4 billion.", [("# 8.4 billion", "money", 8.4e9, 8.4e9)]),
    ("Oil was down $2.86 to $77.11.", [("$2.86", "money", 2.86, 2.86), ("$77.11", "money", 77.11, 77.11)]),
    ("The index fell more than 250 points.", [("more than 250 points", "other:point", 250, None)]),
    ("The council has a 14-member panel.", [("14-member", "other:member", 14, 14)]),
    ("Two high-voltage pylons fell.", [("Two high-voltage pylons", "other:pylon", 2, 2)]),
    ("They came on board four planes today.", [("four planes", "other:plane", 4, 4)]),
    ("Sailors found one 60 mm mortar.", [("one 60 mm mortar", "other:mortar", 1, 1)]),
    ("It is # 1bn over budget.", [("# 1bn", "money", 1e9, 1e9)]),
    ("It ordered 14 new Airbus A330-200 airliners.", [("14", "other:airliner", 14, 14)]),
    ("The guild said that 40 of its 900 have changed hands.", []),
]


@pytest.mark.parametrize(("text", "wanted"), THINGS)
def test_things_and_sums(text: str, wanted: list[Row]) -> None:
    assert rows(text) == wanted


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("The line has 40 miles of track, ten of which are new.", [64.37, 16.09]),
        ("The trams ran over 12 kms of track, two of them in tunnels.", [12, 2]),
        ("They marched five km and ten.", [5, 10]),
    ],
)
def test_a_length_without_a_unit_has_the_one_before(text: str, lengths: list[float]) -> None:
    assert [row[2] for row in rows(text) if row[1] == "length_km"] == lengths

"""Tellings of one happening find one another; those of another do not, in whatever order they come."""

from __future__ import annotations

from datetime import date

import pytest

from claims.comparison import Where
from claims.geography import apart, country_of, is_narrow, lie
from claims.grouping import Portrait, grouped, portrait_of
from claims.grouping.clusters import THRESHOLD
from claims.grouping.likeness import told_alike

SUNDAY, MONDAY = date(2031, 5, 4), date(2031, 5, 5)
TELLINGS = {
    "ferry 1": "The ferry Solveig sank off Bergen on Sunday and nine passengers drowned, said Ada Lien, coast guard.",
    "ferry 2": "Divers searched the wreck of the ferry Solveig near Bergen; Ada Lien counted nine drowned passengers.",
    "ferry 3": "Nine passengers drowned when the Solveig, a ferry, sank near Bergen, the coast guard said on Sunday.",
    "mill 1": "Fire destroyed the Hovden paper mill near Lillehammer, and foreman Per Aas said forty workers fled.",
    "mill 2": "Forty workers fled as the Hovden paper mill burned down near Lillehammer, said Per Aas, a foreman.",
    "vote": "Parliament approved the budget after a long debate on pensions and harbour dues.",
}


def portraits() -> list[Portrait]:
    return [portrait_of(number, name, words) for number, (name, words) in enumerate(TELLINGS.items())]


def names(groups: list[tuple[Portrait, ...]]) -> list[list[str]]:
    return [[portrait.article for portrait in group] for group in groups]


def test_tellings_of_one_happening_are_one_group() -> None:
    assert names(grouped(portraits())) == [["ferry 1", "ferry 2", "ferry 3"], ["mill 1", "mill 2"], ["vote"]]


def test_the_order_of_arrival_does_not_matter() -> None:
    expected, given = grouped(portraits()), portraits()
    for turn in range(len(given)):
        assert grouped([*given[turn:], *given[:turn]][::-1]) == expected


def test_two_scenes_of_one_article_are_never_one() -> None:
    words = TELLINGS["ferry 1"]
    assert len(grouped([portrait_of(1, "a", words), portrait_of(2, "a", words)])) == 2


def test_days_and_places_speak_for_and_against() -> None:
    def likeness(day: date, place: str, *, repeated: bool = False) -> float:
        one = portrait_of(1, "a", "", ["Lillehammer"], (SUNDAY, SUNDAY), repeated=repeated)
        return told_alike(0.4, one, portrait_of(2, "b", "", [place], (day, day), repeated=repeated))

    long_ago = date(2030, 1, 1)
    assert likeness(SUNDAY, "Lillehammer") > 0.4 > likeness(long_ago, "Oslo")
    assert likeness(SUNDAY, "Lillehammer") > likeness(SUNDAY, "Oslo")
    assert likeness(SUNDAY, "Lillehammer") > likeness(MONDAY, "Lillehammer") > likeness(long_ago, "Lillehammer")
    assert likeness(MONDAY, "Lillehammer", repeated=True) < THRESHOLD < likeness(MONDAY, "Lillehammer")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Oslo", "oslo", Where.SAME),
        ("Oslo", "Bergen", Where.APART),
        ("Oslo", "Norway", Where.INSIDE),
        ("Norway", "Oslo", Where.AROUND),
        ("Oslo", "Sweden", Where.APART),
        ("Norway", "Sweden", Where.APART),
        ("Oslo", "the old quay", Where.UNKNOWN),
    ],
)
def test_how_places_lie(one: str, other: str, how: Where) -> None:
    assert lie(one, other) is how
    assert apart(one, other) is apart(other, one)


def test_a_country_is_too_wide_to_be_where_something_happened() -> None:
    assert not is_narrow("Norway")
    assert is_narrow("Oslo")
    assert is_narrow("the old quay")
    assert (country_of("Oslo"), country_of("the old quay")) == ("NO", "")

"""What an event is named after."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.telling import Sketch, title_of


def sketch(title: str, hour: int, *places: str, main: bool = True) -> Sketch:
    when = datetime(2031, 5, 4, hour, tzinfo=UTC)
    return Sketch(f"{hour:02d}", when, main, title, {"strike": 1}, dict.fromkeys(places, 1), None)


DENIAL = sketch("The navy aims at nobody, its spokesman has said", 7, "Bergen", "Ghent")
FIRST = sketch("Shells fall on Bergen and Ghent", 9, "Bergen", "Ghent")
LATER = sketch("Bergen and Ghent count their dead", 11, "Bergen", "Ghent")
PASSING = sketch("The shelling of Bergen and Ghent went on", 5, "Bergen", "Ghent", main=False)


@pytest.mark.parametrize(
    ("group", "title"),
    [
        ((DENIAL, FIRST, LATER), FIRST.title),
        ((LATER, PASSING, FIRST), FIRST.title),
        ((DENIAL,), DENIAL.title),
        ((PASSING,), PASSING.title),
    ],
)
def test_an_event_is_named_after_a_headline_that_says_where(group: tuple[Sketch, ...], title: str) -> None:
    assert title_of(group) == title_of(group[::-1]) == title

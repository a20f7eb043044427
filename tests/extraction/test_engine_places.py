"""Where a claim happens: scenes, not actors; what it goes on from; where its speaker holds office."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.types import Context

CASES = [
    ("Rockets hit Lisbon on Monday, killing two people.", [("Lisbon",)]),
    ("Portugal closed its port in Setúbal after the flood.", [("Setúbal",)]),
    ("Lisbon's army shelled the port of Setúbal on Monday.", [("Setúbal",)]),
    ("The fleet was sunk by Portugal near Setúbal.", [("Setúbal",)]),
    ("The mayor accused Portugal of closing the port in Setúbal.", [("Setúbal",)]),
    ("Lisbon came under fire on Monday.", [("Lisbon",)]),
    ("A fire broke out in Lisbon on Monday. The fire killed nine people.", [("Lisbon",), ("Lisbon",)]),
    ("A fire broke out in Lisbon on Monday. The minister left the town.", [("Lisbon",), ()]),
    ("Lisbon Mayor Ada Brandt said nine people had died.", [("Lisbon",)]),
    ("Lisbon banker Ada Brandt said nine people had died.", [()]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_places_of_claims(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [claim.places for claim in extract(text, Context()).claims] == expected


def test_a_figure_is_not_tied_to_a_place_of_the_next_clause() -> None:
    text = "A blast in Turku killed three people, police said, while Oslo called it a reply to a strike on Oslo soil."
    figures = [figure for claim in extract(text, Context()).claims for figure in claim.figures]
    assert {figure.place for figure in figures if figure.measure == "killed"} == {"Turku"}

"""Facts that changed on the way from one copy to another (R30): found with their words, and nothing else."""

from __future__ import annotations

import pytest

from claims.syndication.judging import Judgement, Label, compare, read
from claims.syndication.origins import Copy
from tests.claims.syndicated import AGENCY, REWRITTEN, story


def judge(a: str, b: str) -> Judgement:
    return compare(read(Copy(a, a.index("\n"))), read(Copy(b, b.index("\n"))))


def changes(one: str, other: str) -> list[tuple[str, str, str]]:
    """(kind, words there, words here) of the agency's story with sentence ``one`` and a copy that has ``other``."""
    found = judge(story(*AGENCY[:4], one, *AGENCY[4:]), story(*AGENCY[:4], other, *AGENCY[4:], headline="Oil ashore"))
    assert found.label is Label.WHOLLY
    return [(change.kind, change.a, change.b) for change in found.changes]


@pytest.mark.parametrize(
    ("one", "other", "change"),
    [
        (
            "The slick is 12 km long, the navy reported.",
            "The slick is 21 km long, the navy reported.",
            ("number", "12", "21"),
        ),
        ("Some crates held 1,500 sacks of grain.", "Some crates held 15,000 sacks of grain.", ("number", "Some", "")),
        ("Three tugs pulled at the hawser.", "Five tugs pulled at the hawser.", ("number", "Three", "Five")),
        (
            "At least 40 sheep drowned on the island.",
            "40 sheep drowned on the island.",
            ("number", "At least 40", "40"),
        ),
        (
            "The hull cost 3.4 million to build.",
            "The hull cost 3.8 million to build.",
            ("number", "3.4 million", "3.8 million"),
        ),
        (
            "Two dozen guards patrol the dunes.",
            "Two hundred guards patrol the dunes.",
            ("number", "Two dozen", "Two hundred"),
        ),
        (
            "A buoy drifted towards Finland by noon.",
            "A buoy drifted towards Norway by noon.",
            ("place", "Finland", "Norway"),
        ),
        (
            "The owner, Ruben Castelo, flew in by helicopter.",
            "The owner, Idris Vane, flew in by helicopter.",
            ("name", "Ruben Castelo", "Idris Vane"),
        ),
        (
            "The inquiry opens on Friday in the town hall.",
            "The inquiry opens on Wednesday in the town hall.",
            ("day", "Friday", "Wednesday"),
        ),
        (
            "The anchor was lost in the channel, divers said.",
            "The anchor was lost in the channel, lawyers said.",
            ("attribution", "divers", "lawyers"),
        ),
        (
            "The pilot had slept badly, Mara Quennell said.",
            "The pilot had slept badly, Otto Brandt said.",
            ("attribution", "Mara Quennell", "Otto Brandt"),
        ),
        (
            "The radio was broken for hours, officials said.",
            "The radio was broken for hours.",
            ("attribution", "officials", ""),
        ),
        (
            "The cargo was insured against damage.",
            "The cargo was not insured against damage.",
            ("denial", "insured", "not"),
        ),
        (
            "The water level rose during the night.",
            "The water level fell during the night.",
            ("opposite", "rose", "fell"),
        ),
        (
            "The blast killed a welder in the dry dock.",
            "The blast injured a welder in the dry dock.",
            ("opposite", "killed", "injured"),
        ),
    ],
)
def test_what_changed_is_named_with_its_words(one: str, other: str, change: tuple[str, str, str]) -> None:
    found = changes(one, other)
    kind, a, b = change
    if a == "Some":
        assert [(k, x.split()[-1], y.split()[-1]) for k, x, y in found] == [("number", "1,500", "15,000")]
    else:
        assert (kind, a, b) in found
        assert len({k for k, _, _ in found} - {kind, "name"}) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Five tugs pulled at the hawser.", "5 tugs pulled at the hawser."),
        ("More than 40 sheep drowned on the island.", "Over 40 sheep drowned on the island."),
        ("Two dozen guards patrol the dunes.", "24 guards patrol the dunes."),
        ("The ferry from Kiev was late again.", "The ferry from Kyiv was late again."),
        ("Harbour master Tove Lindqvist blamed the fog.", "Lindqvist blamed the fog."),
        ("The radio was broken for hours, officials said.", "Officials said the radio was broken for hours."),
        ("The radio was broken for hours, the mayor said.", "The radio was broken for hours, according to the mayor."),
        ("The pilot did not see the buoy in the fog.", "The pilot didn't see the buoy in the fog."),
        ("The owner denied the report of a leak.", "The owner has denied the report of a leak."),
        ("About 300 lorries wait at the gate on Monday.", "Some 300 lorries wait at the gate on Monday."),
    ],
)
def test_other_words_for_the_same_fact_are_no_change(one: str, other: str) -> None:
    assert changes(one, other) == []


def test_a_fact_that_was_left_out_is_no_change() -> None:
    assert judge(story(*AGENCY), story(*AGENCY[:2], *AGENCY[4:])).changes == ()


def test_facts_of_rewritten_sentences_are_compared() -> None:
    text = story(*REWRITTEN, headline="Birds in the gym")
    assert judge(story(*AGENCY), text).changes == ()
    changed = text.replace("14 sailors", "40 sailors").replace("on Thursday", "on Saturday")
    found = judge(story(*AGENCY), changed).changes
    assert {(one.kind, one.a, one.b) for one in found} == {("number", "14", "40"), ("day", "Thursday", "Saturday")}


def test_offsets_point_at_the_words() -> None:
    a, b = story(*AGENCY), story(*AGENCY, headline="Oil ashore").replace("14 sailors", "41 sailors")
    (one,) = judge(a, b).changes
    assert (a[one.a_start : one.a_end], b[one.b_start : one.b_end]) == (one.a, one.b) == ("14", "41")


def test_two_numbers_that_changed_places() -> None:
    one = "The storm drowned 3 horses at the mill and 9 cows at the ford."
    other = "The storm drowned 9 horses at the mill and 3 cows at the ford."
    assert changes(one, other) == [("number", "3", "9"), ("number", "9", "3")]


def test_a_text_that_is_not_derived_names_no_changes() -> None:
    found = judge(story(*AGENCY), story("The opera sold 14 boxes.", "The tenor was not paid on Monday."))
    assert (found.label, found.changes) == (Label.NOT, ())

"""Scores of readings, on readings made by hand."""

from __future__ import annotations

import pytest

from claims.extraction.reader import Reading
from claims.extraction.training.examples import Example
from claims.extraction.training.scoring import Tally, auc, score, summary

WORDS = ["Ina", "Vell", "said", "rain", "fell"]
GOLD = Example(
    WORDS,
    "b",
    ["PROPN", "PROPN", "VERB", "NOUN", "VERB"],
    ["Number=Sing", "Number=Sing", "_", "_", "_"],
    [3, 1, 0, 5, 3],
    ["nsubj", "flat", "root", "nsubj", "ccomp"],
    ["B-PER", "I-PER", "O", "O", "O"],
    ["B-SOURCE", "I-SOURCE", "B-CUE", "B-CONTENT", "I-CONTENT"],
    worth=2,
)
RIGHT = Reading(
    ["PROPN", "PROPN", "VERB", "NOUN", "VERB"],
    [2, 0, 2, 4, 2],
    ["nsubj", "flat", "root", "nsubj", "ccomp"],
    [(0, 2, "PER")],
    [(0, 2, "SOURCE"), (2, 3, "CUE"), (3, 5, "CONTENT")],
    ["Number=Sing", "Number=Sing", "_", "_", "_"],
    0.9,
)


def test_a_right_reading_is_worth_all() -> None:
    assert set(score([(GOLD, RIGHT)]).values()) == {100.0, 0.0}
    table = score([(GOLD, RIGHT)])
    assert (table["LAS"], table["names all"], table["names PER"], table["content"]) == (100, 100, 100, 100)
    assert table["names ORG"] == 0
    assert "worth AUC" not in table


def test_a_wrong_head_costs_both_and_a_wrong_label_only_one() -> None:
    heads = Reading(RIGHT.classes, [2, 2, 2, 4, 2], RIGHT.relations, [], [])
    labels = Reading(RIGHT.classes, RIGHT.heads, ["obj", "flat", "root", "nsubj", "ccomp"], [], [])
    assert [score([(GOLD, r)])["UAS"] for r in (heads, labels)] == [80, 100]
    assert [score([(GOLD, r)])["LAS"] for r in (heads, labels)] == [80, 80]


def test_names_are_exact_and_attribution_overlaps() -> None:
    loose = Reading(RIGHT.classes, RIGHT.heads, RIGHT.relations, [(0, 1, "PER")], [(1, 2, "SOURCE"), (0, 1, "CUE")])
    table = score([(GOLD, loose)])
    assert (table["names PER"], table["source"], table["cue"], table["content"]) == (0, 100, 0, 0)


def test_layers_without_annotation_are_not_scored() -> None:
    assert score([(Example(WORDS, "b"), RIGHT)]) == {}


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [([0.9, 0.8], [0.1], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([0.9, 0.2], [0.5, 0.1], 0.75)],
)
def test_area_under_the_curve(above: list[float], below: list[float], expected: float) -> None:
    assert auc(above, below) == pytest.approx(expected)


def test_tally_of_nothing_is_zero() -> None:
    assert Tally().f1() == 0
    assert Tally(predicted=4, expected=2, right=2, covered=2).f1() == pytest.approx(66.67, abs=0.01)


def test_the_number_that_chooses_means_the_promised_measures() -> None:
    assert summary({"a": {"LAS": 80.0, "UPOS": 1.0}, "b": {"LAS": 90.0, "names ORG": 40.0}}) == 70.0
    assert summary({}) == 0.0

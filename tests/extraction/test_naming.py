"""Names out of scores: seams between names, marks at their edges, addresses."""

import numpy as np
import pytest

from claims.extraction.decoding import Scores
from claims.extraction.naming import names, seams

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
TABLE = seams(LABELS)


def scored(*rows: str) -> Scores:
    """One row of scores for each word: 6 for the best label, 5 for the label behind a slash."""
    found = np.zeros((len(rows), len(LABELS)))
    for row, marks in zip(found, rows, strict=True):
        for mark, score in zip(marks.split("/"), (6.0, 5.0), strict=False):
            row[LABELS.index(mark)] = score
    return found


@pytest.mark.parametrize(
    ("words", "rows", "expected"),
    [
        ("Harbour Board of Oster", ("B-ORG", "I-ORG", "I-ORG", "B-ORG/I-ORG"), [(0, 4, "ORG")]),
        ("L. Brandt", ("B-PER", "B-PER/I-PER"), [(0, 2, "PER")]),
        ("Food Safety Oster", ("B-ORG", "I-ORG", "B-LOC/I-ORG"), [(0, 3, "ORG")]),
        ("Linz Austria", ("B-LOC", "B-LOC/I-LOC"), [(0, 1, "LOC"), (1, 2, "LOC")]),
        ("Brandt and Linz", ("B-PER", "O", "B-LOC"), [(0, 1, "PER"), (2, 3, "LOC")]),
        ("Harbour Union (", ("B-ORG", "I-ORG", "I-ORG"), [(0, 2, "ORG")]),
        ("“ Brandt", ("B-PER", "I-PER"), [(1, 2, "PER")]),
        ("write to desk@harbour.example.org", ("O", "O", "B-ORG"), []),
        ("see tables.pdf", ("O", "B-ORG"), []),
        ("see www.harbour.example", ("O", "B-ORG"), []),
        ("Harbour.com Ltd", ("B-ORG", "I-ORG"), [(0, 2, "ORG")]),
        ("Inc.", ("B-ORG",), [(0, 1, "ORG")]),
        ("(", ("B-ORG",), [(0, 1, "ORG")]),
        ("Canada", ("B-ORG/B-LOC",), [(0, 1, "LOC")]),
        ("Canada", ("B-ORG",), [(0, 1, "ORG")]),
        ("Madrid", ("B-PER/B-LOC",), [(0, 1, "LOC")]),
        ("Brandt", ("B-PER/B-LOC",), [(0, 1, "PER")]),
    ],
)
def test_names(words: str, rows: tuple[str, ...], expected: list[tuple[int, int, str]]) -> None:
    assert names(scored(*rows), LABELS, TABLE, words.split()) == expected


def test_a_seam_costs_but_does_not_forbid() -> None:
    """Where the scores are sure of two names side by side, two names they are."""
    scores = scored("B-PER", "B-ORG")
    assert names(scores, LABELS, TABLE, ["Brandt", "Reuters"]) == [(0, 1, "PER"), (1, 2, "ORG")]


@pytest.mark.parametrize(("kind", "lead", "kept"), [("ORG", 0.1, False), ("ORG", 0.4, True), ("PER", 0.1, True)])
def test_a_body_the_model_is_not_sure_of_is_left_out(kind: str, lead: float, kept: bool) -> None:
    """A body at 0.52 is none, at 0.60 it is one; a person at 0.52 is one: who is missed can't speak."""
    scores = np.full((1, len(LABELS)), -9.0)
    scores[0, 0], scores[0, LABELS.index(f"B-{kind}")] = 0.0, lead
    assert bool(names(scores, LABELS, TABLE, ["Averna"])) is kept

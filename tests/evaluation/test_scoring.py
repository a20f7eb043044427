"""Outcomes become scores; words decide what answers what; two runs tell what moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.evaluation.history import fault, line, moved, shown_faults, store, stored
from claims.evaluation.matching import meet, overlap, pair, same_name, share, touching, word_starts
from claims.evaluation.scoring import area, scores
from claims.evaluation.types import Given, Outcome, Verdict

TEXT = "The dyke broke at noon, the mayor said."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 22), (0, 22), 1.0),
        ((0, 22), (4, 22), 8 / 9),
        ((0, 22), (24, 38), 0.0),
        ((0, 0), (0, 22), 0.0),
    ],
)
def test_overlap_is_the_f1_of_shared_words(one: tuple[int, int], other: tuple[int, int], expected: float) -> None:
    assert overlap(word_starts(TEXT, [one]), word_starts(TEXT, [other])) == pytest.approx(expected)


def test_share_measures_the_shorter_one() -> None:
    assert share(word_starts(TEXT, [(28, 33)]), word_starts(TEXT, [(24, 33)])) == 1.0
    assert share(frozenset(), word_starts(TEXT, [(0, 9)])) == 0.0


def test_pairs_take_the_best_first_and_use_each_once() -> None:
    found = [frozenset({1, 2, 3, 4}), frozenset({1, 2, 3})]
    gold = [frozenset({1, 2, 3}), frozenset({3, 4, 9, 10, 11, 12})]
    assert pair(found, gold) == {0: 1}
    assert pair(found, gold, least=0.3) == {0: 1, 1: 0}


def test_touching_follows_the_text() -> None:
    assert touching([(0, 5), (5, 9)], [(4, 6), (8, 12), (20, 22)]) == {0: 0, 1: 1}
    assert not meet((0, 5), (5, 9))


@pytest.mark.parametrize(
    ("found", "gold", "right"),
    [
        ("Ada Quill", "Ada Quill", True),
        ("Mayor Ada Quill", "Quill", True),
        ("Quill", "Ada Quill", True),
        ("He", "Ada Quill", False),
        ("", "officials", False),
        ("the officials", "official", True),
        ("Lorvik Harbour's board", "Lorvik Harbour board", True),
        ("harbour board", "union board", False),
    ],
)
def test_same_name(found: str, gold: str, right: bool) -> None:
    assert same_name(found, gold) is right


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [([0.9, 0.8], [0.1], 1.0), ([0.5], [0.5], 0.5), ([0.1], [0.9], 0.0), ([0.2, 0.9], [0.5], 0.5), ([], [0.5], 0.0)],
)
def test_area_under_the_curve(above: list[float], below: list[float], expected: float) -> None:
    assert area(above, below) == expected


def out(verdict: str, item: str = "1", **more: object) -> Outcome:
    return Outcome("a", str(more.pop("measure", "found F1")), item, Verdict(verdict), **more)  # type: ignore[arg-type]


def test_every_kind_of_measure_is_scored_and_parts_stand_apart() -> None:
    found = [
        Given({"noise": 2.0}, 7),
        *(out(verdict, str(i)) for i, verdict in enumerate(("hit", "hit", "miss", "extra", "extra"))),
        out("right", measure="cue"),
        out("wrong", measure="cue", part="kept out"),
        out("some", measure="LAS", value=3, total=4),
        out("some", "2", measure="LAS", value=0, total=4),
        out("above", measure="AUC", value=0.7),
        out("below", measure="AUC", value=0.2),
        out("fault", measure="faults"),
        out("read", measure="articles"),
    ]
    got = {(score.name, score.measure): (round(score.value, 3), score.count) for score in scores("set", found)}
    assert got == {
        ("set", "noise"): (2.0, 7),
        ("set", "found F1"): (0.571, 3),
        ("set", "cue"): (1.0, 1),
        ("set, kept out", "cue"): (0.0, 1),
        ("set", "LAS"): (0.375, 8),
        ("set", "AUC"): (1.0, 2),
    }


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("miss", "hit", "GAIN"),
        ("hit", "miss", "LOSS"),
        ("wrong", "right", "GAIN"),
        ("right", "wrong", "LOSS"),
        ("extra", None, "GAIN"),
        (None, "extra", "LOSS"),
        (None, "fault", "LOSS"),
        ("right", None, None),
        (None, "wrong", None),
        ("hit", "hit", None),
        ("above", "above", None),
    ],
)
def test_what_moved(before: str | None, now: str | None, expected: str | None) -> None:
    always = out("hit", "always")
    old, new = ([always, *([out(verdict)] if verdict else [])] for verdict in (before, now))
    assert [line(change)[:4] for change in moved(old, new)] == ([expected] if expected else [])


def test_texts_that_one_run_left_out_are_not_compared() -> None:
    assert moved([out("hit")], [Outcome("b", "found F1", "1", Verdict.MISS)]) == []


def test_a_share_of_a_measure_is_not_listed_again() -> None:
    old, new = (out(verdict, measure="NER F1, ORG", words="seen") for verdict in ("hit", "miss"))
    assert moved([old], [new]) == []
    assert shown_faults([new]) == []


def test_two_like_items_are_told_apart() -> None:
    assert len(moved([out("miss"), out("hit")], [out("miss"), out("miss")])) == 1


def test_a_weighted_item_tells_how_far_it_moved() -> None:
    old, new = out("some", value=3, total=5), out("some", value=4, total=5, words="five words")
    assert [line(change) for change in moved([old], [new])] == ["GAIN found F1: a 3 -> 4 of 5: five words"]


def test_a_text_that_is_only_counted_shows_no_words() -> None:
    change = moved([out("hit")], [out("miss")])[0]
    assert "only counted" in line(change)
    assert shown_faults([out("miss"), out("miss", words="seen"), out("hit", words="seen")]) == [
        out("miss", words="seen")
    ]
    assert fault(out("miss", words="two\nlines")) == "MISS found F1: a: two lines"


def test_outcomes_of_texts_left_out_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "set.json"
    other = Outcome("b", "LAS", "", Verdict.SOME, "words", "part", 2.0, 3.0)
    store(path, [out("hit"), other], [])
    store(path, [out("miss")], stored(path))
    assert stored(path) == [out("miss"), other]


@pytest.mark.parametrize("words", ["", "{}", "[[1]]", "not json", '[["a", "b", "c", "nonsense", "", "", 0, 1]]'])
def test_a_file_of_another_shape_counts_as_no_run(tmp_path: Path, words: str) -> None:
    path = tmp_path / "set.json"
    path.write_text(words, encoding="utf-8")
    assert stored(path) == []
    assert stored(tmp_path / "missing.json") == []

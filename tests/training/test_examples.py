"""Examples to learn from: painting of labels, capitals, joining, the news texts, label sets and batches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims.extraction.reader import MODEL
from claims.extraction.training.examples import Example, Mixture, bio, joined, lower, title, upper, varied
from claims.extraction.training.labels import IGNORED, Numbering, batch_of, by_length, label_sets
from claims.extraction.training.news import kept_out, over_words, read_news, text_examples
from claims.extraction.wordpieces import WordPieces


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "O O O O O"),
        ([(1, 3, "PER")], "O B-PER I-PER O O"),
        ([(0, 2, "PER"), (2, 3, "PER")], "B-PER I-PER B-PER O O"),
        ([(0, 5, "CONTENT"), (2, 3, "CUE")], "B-CONTENT I-CONTENT B-CUE B-CONTENT I-CONTENT"),
        ([(4, 9, "LOC")], "O O O O B-LOC"),
    ],
)
def test_bio_paints_later_spans_over_earlier(spans: list[tuple[int, int, str]], expected: str) -> None:
    assert bio(5, spans) == expected.split()


def one(words: str, **layers: Any) -> Example:
    return Example(words.split(), "paper/1", **layers)


def test_capitals_change_words_only() -> None:
    example = one("Ina Vell left", names=["B-PER", "I-PER", "O"])
    assert [upper(example).words, lower(example).words, title(example).words] == [
        ["INA", "VELL", "LEFT"],
        ["ina", "vell", "left"],
        ["Ina", "Vell", "Left"],
    ]
    assert upper(example).names == example.names


def test_joined_neighbours_keep_their_roots_and_show_where_they_start() -> None:
    left = one("Rain fell", heads=[2, 0], relations=["nsubj", "root"], names=["O", "O"])
    right = one("It stopped today", heads=[2, 0, 2], relations=["nsubj", "root", "advmod"])
    both = joined(left, right)
    assert both.heads == [2, 0, 4, 0, 4]
    assert both.starts == [True, False, True, False, False]
    assert both.names == ["O", "O", "", "", ""]
    assert joined(both, one("Yes")).starts == [*both.starts, True]
    assert joined(one("Yes"), left).heads == [-1, 3, 0]


def test_an_epoch_joins_only_inside_a_block_and_repeats_by_its_seed() -> None:
    examples = [one("One two"), one("Three"), Example(["Four"], "other/1")]
    always = Mixture(upper=0, lower=0, title=0, glue=1.0)
    assert [e.words for e in varied(examples, always, np.random.default_rng(1))] == [["One", "two", "Three"], ["Four"]]
    tight = Mixture(upper=0, lower=0, title=0, glue=1.0, most_words=2)
    assert len(varied(examples, tight, np.random.default_rng(1))) == 3
    many = [one(f"Word {i}") for i in range(60)]
    mixed = Mixture(upper=0.3, lower=0.3, title=0.0, glue=0.2)
    first, again = (varied(many, mixed, np.random.default_rng([7, 0])) for _ in range(2))
    assert first == again
    assert {e.words[0] for e in first} == {"WORD", "word", "Word"}


TEXT = {
    "id": "own-1",
    "sentences": ["The Oster Post said officials denied that it rained.", "“It rained,” she wrote.", "We met."],
    "attributions": [
        {"sent": 0, "source": [0, 14], "cue": [15, 19], "content": [[20, 51]], "polarity": "asserted"},
        {"sent": 0, "source": [20, 29], "cue": [30, 36], "content": [[42, 51]], "polarity": "denied"},
        {"sent": 1, "source": [13, 16], "cue": [17, 22], "content": [[0, 11]], "polarity": "asserted"},
        {"sent": 2, "source": None, "cue": None, "content": [[0, 6]], "polarity": "asserted"},
    ],
    "worth": [2, 1, 0],
}


def cut(text: str) -> list[tuple[str, int]]:
    """Words and marks, as simply as the test needs them."""
    found: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        if char.isalnum() and found and found[-1][0].isalnum() and found[-1][1] + len(found[-1][0]) == place:
            found[-1] = (found[-1][0] + char, found[-1][1])
        elif not char.isspace():
            found.append((char, place))
    return found


def test_nested_attributions_over_the_words() -> None:
    first, second, third = text_examples(TEXT, cut)
    assert list(zip(first.words, first.attribution, strict=True)) == [
        ("The", "B-SOURCE"), ("Oster", "I-SOURCE"), ("Post", "I-SOURCE"), ("said", "B-CUE"),
        ("officials", "B-SOURCE"), ("denied", "B-CUE"), ("that", "B-CONTENT"), ("it", "B-CONTENT"),
        ("rained", "I-CONTENT"), (".", "O"),
    ]  # fmt: skip
    assert " ".join(second.attribution) == "B-CONTENT I-CONTENT I-CONTENT I-CONTENT O B-SOURCE B-CUE O"
    assert [first.worth, second.worth, third.worth] == [2, 1, 0]
    assert {first.block, second.block} == {"own-1"}


@pytest.mark.parametrize(("start", "end", "expected"), [(0, 3, (0, 1)), (2, 5, (0, 2)), (3, 4, None), (9, 20, None)])
def test_characters_to_words(start: int, end: int, expected: tuple[int, int] | None) -> None:
    assert over_words([("Ina", 0), ("left", 4)], start, end) == expected


def test_every_fifth_text_is_kept_out(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps({**TEXT, "id": f"own-{i}"}) for i in range(10)) + "\n", encoding="utf-8")
    learn, aside = read_news(path, cut)
    assert [place for place in range(10) if kept_out(place)] == [4, 9]
    assert {e.block for e in aside} == {"own-4", "own-9"}
    assert len(learn) == 24
    assert not {e.block for e in learn} & {"own-4", "own-9"}


def test_statements_that_only_their_neighbours_give_away_teach_no_attribution(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join([json.dumps(TEXT)] * 5), encoding="utf-8")
    learn, aside = read_news(path, cut)
    assert [bool(e.attribution) for e in learn[:3]] == [True, True, False]
    assert aside[2].attribution == ["B-CONTENT", "I-CONTENT", "O"]


def labelled() -> list[Example]:
    full = one(
        "Rain fell",
        classes=["NOUN", "VERB"],
        features=["Number=Sing", "_"],
        heads=[2, 0],
        relations=["nsubj", "root"],
        names=["O", "O"],
    )
    return [full] * 5 + [one("Odd", classes=["X"], relations=["rare"], heads=[0])]


def test_label_sets_leave_out_what_is_too_rare() -> None:
    labels = label_sets(labelled())
    assert labels["pos"] == ["NOUN", "VERB", "X"]
    assert labels["dep"] == ["nsubj", "root"]
    assert labels["feats"] == ["Number=Sing", "_"]
    assert labels["ner"] == ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]


def test_rows_mark_what_is_unknown() -> None:
    numbering = Numbering(WordPieces(MODEL / "vocab.txt"), label_sets(labelled()))
    known, odd = numbering.row(labelled()[0]), numbering.row(labelled()[-1])
    assert known.targets["heads"] == [IGNORED, 2, 0]
    assert known.targets["dep"] == [IGNORED, 0, 1]
    assert known.targets["attr"] == [IGNORED] * 3
    assert odd.targets["dep"] == [IGNORED, IGNORED]
    batch = batch_of([known, odd])
    assert batch.ids.shape == batch.mask.shape == (2, 4)
    assert batch.first.tolist() == [[0, 1, 2], [0, 1, 0]]
    assert batch.targets["heads"].tolist() == [[IGNORED, 2, 0], [IGNORED, 0, IGNORED]]
    assert batch.pieces == 7


def test_sentences_too_long_for_the_model_are_left_out() -> None:
    numbering = Numbering(WordPieces(MODEL / "vocab.txt"), label_sets(labelled()))
    assert [len(row.first) for row in numbering.rows([one("rain " * 161), one("rain " * 160)])] == [161]


def test_batches_hold_every_row_once_within_the_budget() -> None:
    numbering = Numbering(WordPieces(MODEL / "vocab.txt"), label_sets(labelled()))
    rows = numbering.rows([one("rain " * size) for size in range(1, 40)])
    batches = by_length(rows, 100, np.random.default_rng(3))
    assert sorted(place for batch in batches for place in batch) == list(range(39))
    assert all(max(len(rows[p].ids) for p in batch) * len(batch) <= 100 for batch in batches)
    assert batches != by_length(rows, 100)

"""The reader: word pieces, decoding, lemmas, and what the pipeline writes into a Doc."""

import subprocess
import sys
import time

import numpy as np
import pytest

from claims.extraction.decoding import bio, labelled_spans, transitions, tree
from claims.extraction.lemmas import Lemmas
from claims.extraction.nlp import load
from claims.extraction.reader import MAX_WORDS, MODEL, Reader
from claims.extraction.wordpieces import WordPieces, case_class


@pytest.mark.parametrize(
    ("word", "expected"),
    [("rain", 1), ("Rain", 2), ("NATO", 3), ("A", 4), ("McNab", 5), ("S-300", 6), ("--", 7), ("O’Neil", 5)],
)
def test_case_class(word: str, expected: int) -> None:
    assert case_class(word) == expected


def test_pieces_know_where_each_word_starts() -> None:
    pieces = WordPieces(MODEL / "vocab.txt")
    encoded = pieces.encode(["unbreakable", "Zürich", "\u200b"])
    assert encoded.first[:2] == [0, 1]
    assert len(encoded.first) == 4
    assert len(encoded.ids) == len(encoded.cases)
    assert encoded.ids[encoded.first[2]] == pieces.pieces("zurich")[0]


def test_tree_breaks_a_cycle_and_keeps_one_root() -> None:
    scores = np.array([[0, 0, 0, 0], [1, 0, 9, 0], [2, 9, 0, 0], [8, 0, 7, 0]], dtype=float)
    heads = tree(scores)
    assert (heads[1:] == 0).sum() == 1
    for node in (1, 2, 3):
        seen = set()
        while node:
            assert node not in seen
            seen.add(node)
            node = int(heads[node])


@pytest.mark.parametrize("size", [1, 2, 5, 30])
def test_tree_is_a_tree_whatever_the_scores(size: int) -> None:
    rng = np.random.default_rng(size)
    for _ in range(20):
        heads = tree(rng.normal(size=(size + 1, size + 1)))
        assert (heads[1:] == 0).sum() == 1
        for start in range(1, size + 1):
            node, steps = start, 0
            while node:
                node, steps = int(heads[node]), steps + 1
                assert steps <= size


def test_bio_never_starts_inside() -> None:
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    scores = np.array([[0, 1, 5, 0, 0], [0, 0, 1, 0, 5], [5, 0, 0, 0, 0]], dtype=float)
    found = bio(scores, labels, transitions(labels))
    assert found == ["B-LOC", "I-LOC", "O"]
    assert labelled_spans(["B-PER", "I-PER", "O", "B-LOC"]) == [(0, 2, "PER"), (3, 4, "LOC")]


@pytest.mark.parametrize(
    ("word", "word_class", "expected"),
    [
        ("condemned", "VERB", "condemn"), ("insisted", "VERB", "insist"), ("said", "VERB", "say"),
        ("denies", "VERB", "deny"),
        ("left", "VERB", "leave"), ("cited", "VERB", "cite"), ("feed", "VERB", "feed"), ("n't", "PART", "not"),
        ("was", "AUX", "be"), ("children", "NOUN", "child"), ("bodies", "NOUN", "body"), ("days", "NOUN", "day"),
        ("bus", "NOUN", "bus"), ("losses", "NOUN", "loss"), ("news", "NOUN", "news"), ("police", "NOUN", "police"),
        ("Rivers", "PROPN", "Rivers"), ("The", "DET", "the"),
    ],
)  # fmt: skip
def test_lemmas(word: str, word_class: str, expected: str) -> None:
    assert Lemmas().lemma(word, word_class) == expected


def test_pipeline_fills_a_doc() -> None:
    doc = load()("Mayor Ada Brandt said the flood killed two people in Lisbon.\n")
    said = next(token for token in doc if token.lower_ == "said")
    assert (said.dep_, said.lemma_, said.pos_) == ("ROOT", "say", "VERB")
    assert ("Ada Brandt", "PER") in [(ent.text, ent.label_) for ent in doc.ents]
    assert {kind for _, _, kind in doc._.attribution} <= {"SOURCE", "CUE", "CONTENT"}
    assert doc._.attribution
    assert doc[-1].is_space


def test_a_sentence_reads_the_same_in_any_company() -> None:
    alone = load()("The army denied that it had fired on the port.")
    among = load()("Ten people died on Monday night.\nThe army denied that it had fired on the port.\nRain fell.")
    start = next(token.i for token in among if token.lower_ == "army") - 1
    assert [(t.pos_, t.dep_) for t in alone] == [(t.pos_, t.dep_) for t in among[start : start + len(alone)]]


def test_reader_refuses_what_it_cannot_hold() -> None:
    reader = Reader()
    for words in ([], ["a"] * (MAX_WORDS + 1)):
        with pytest.raises(ValueError, match="1 to"):
            reader.read(words)


def test_a_very_long_sentence_is_read_in_windows() -> None:
    doc = load()(" ".join(["and the river rose"] * 200))
    assert all(token.pos_ for token in doc)


def test_the_model_loads_in_under_a_second() -> None:
    started = time.process_time()
    Reader()
    Lemmas()
    assert time.process_time() - started < 1.0


def test_the_package_itself_loads_no_spacy() -> None:
    code = "import sys, claims.extraction, claims.extraction.types; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

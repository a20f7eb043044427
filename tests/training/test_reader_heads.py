"""The reader with a model that lacks the newer heads, or has them (the shipped one is asked which it is)."""

from __future__ import annotations

import json

import pytest

from claims.extraction.reader import MAX_WORDS, MODEL, Reader

WORDS = ["Rain", "fell", ".", "Officials", "said", "so", "."]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_heads_come_with_their_labels(reader: Reader) -> None:
    has = "feats" in json.loads((MODEL / "labels.json").read_text("utf-8"))
    reading = reader.read(WORDS)
    assert len(reading.features) == (len(WORDS) if has else 0)
    assert (reading.worth is not None) == has
    starts = reader.starts(WORDS)
    assert (starts is not None) == has
    assert starts is None or (len(starts) == len(WORDS) and all(0 <= chance <= 1 for chance in starts))


@pytest.mark.parametrize("words", [[], ["rain"] * (MAX_WORDS + 1)])
def test_too_few_or_too_many_words_are_refused(reader: Reader, words: list[str]) -> None:
    with pytest.raises(ValueError, match="1 to 160 words"):
        reader.starts(words)
    with pytest.raises(ValueError, match="1 to 160 words"):
        reader.read(words)

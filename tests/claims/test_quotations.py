"""One quotation in different words (R44): what is aligned, how, and what is not one statement at all."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.types import Mode
from claims.relations import Kind, Match, Statement
from claims.relations.quotations import aligned, quoted_words, speech_in
from tests.claims.saying import found, pairs, said


def quoted(key: str, words: str, by: str = "Ada Lien", mode: Mode = Mode.DIRECT, **more: Any) -> Statement:
    return said(key, words, by, "", "person", mode=mode, outlet=0 if key == "a" else 1, **more)


FIRST = "“We will rebuild the burnt warehouses and the old fish market before the winter storms.”"
SECOND = "“We shall rebuild the burned storehouses and the old fish market before winter comes.”"
SAME, OTHER, ONLY, SPELLING = Match.SAME, Match.OTHER, Match.ONLY_ONE, Match.SPELLING


def test_two_renderings_are_aligned_word_by_word() -> None:
    one, other = quoted("a", FIRST), quoted("b", SECOND)
    (told,) = found(one, other).of(Kind.RENDERING)
    assert (told.one, told.other, told.rules) == ("a", "b", ("R44",))
    rows = [(step.match, cut(one, step.one), cut(other, step.other)) for step in told.steps]
    assert rows == [
        (SAME, "We", "We"),
        (OTHER, "will", "shall"),
        (SAME, "rebuild the", "rebuild the"),
        (OTHER, "burnt warehouses", "burned storehouses"),
        (SAME, "and the old fish market before", "and the old fish market before"),
        (ONLY, "the", ""),
        (SAME, "winter", "winter"),
        (OTHER, "storms", "comes"),
    ]


def cut(of: Statement, span: tuple[int, int] | None) -> str:
    return of.text[slice(*span)] if span else ""


CASES = [
    ("a place spelt otherwise", "“The garrison of Kyiv will hold its ground tonight.”",
     "“The garrison of Kiev will hold its ground tonight.”", True),
    ("the same words", "“The quay stays shut until the divers return.”",
     "“The quay stays shut until the divers return,”", False),
    ("another statement", FIRST, "“No ship has left the roads since the pilots went on strike.”", False),
    ("a few words", "“A dark day.”", "“A black day.”", False),
    ("the contrary", "“The harbour police did search the three Danish trawlers.”",
     "“The harbour police did not search the three Danish trawlers.”", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "rendered"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_r44_what_is_one_quotation(one: str, other: str, rendered: bool) -> None:
    assert bool(found(quoted("a", one), quoted("b", other)).of(Kind.RENDERING)) is rendered


def test_r44_it_takes_one_speaker_direct_speech_and_two_pieces_of_copy() -> None:
    one = quoted("a", FIRST)
    assert pairs(found(one, quoted("b", SECOND)), Kind.RENDERING) == [("a", "b")]
    assert pairs(found(one, quoted("b", SECOND, by="Per Holm")), Kind.RENDERING) == []
    assert pairs(found(one, quoted("b", SECOND, mode=Mode.INDIRECT)), Kind.RENDERING) == []
    assert pairs(found(one, quoted("b", SECOND, article="article a")), Kind.RENDERING) == []


def test_r44_of_words_that_are_partly_quoted_the_quotation_counts() -> None:
    mixed = quoted("b", f"the port, she added, was safe and {SECOND}", mode=Mode.MIXED)
    assert [mixed.text[start:end] for start, end in speech_in(mixed)] == [SECOND.strip("“”")]
    assert pairs(found(quoted("a", FIRST), mixed), Kind.RENDERING) == [("a", "b")]


WORDS = ["we", "rebuild", "the", "old", "quay", "fish", "market", "before", "winter", "not", "Kyiv", "Kiev"]
texts = st.lists(st.sampled_from(WORDS), max_size=14)


@given(texts, texts)
def test_an_alignment_runs_forward_and_joins_like_to_like(one: list[str], other: list[str]) -> None:
    ours, theirs = (quoted_words(quoted(key, " ".join(words))) for key, words in (("a", one), ("b", other)))
    joined = aligned(ours, theirs)
    assert all(ours[row].key == theirs[column].key for row, column in joined)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(joined))
    weight = sum(min(ours[row].weight, theirs[column].weight) for row, column in joined)
    back = aligned(theirs, ours)
    assert weight == pytest.approx(sum(min(theirs[row].weight, ours[column].weight) for row, column in back))


@given(texts, texts)
def test_the_steps_hold_every_word_once_and_in_order(one: list[str], other: list[str]) -> None:
    first, second = quoted("a", " ".join(one)), quoted("b", " ".join(other))
    for told in found(first, second).of(Kind.RENDERING):
        for statement, spans in ((first, [step.one for step in told.steps]), (second, [s.other for s in told.steps])):
            words = " ".join(cut(statement, span) for span in spans if span)
            assert words.split() == statement.text.split()
        assert all(step.one or step.other for step in told.steps)
        kinds = [step.match for step in told.steps]
        assert all(a is not b or a is not SAME for a, b in pairwise(kinds))

"""Claims in running copy: every boundary of every span, nothing lost, nothing moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.marking import Kind, Span, around, paragraphs

TEXT = "Nine boats sank.\n\nThe guard said that two were found.\nNobody was hurt."


def cut(text: str, *spans: Span) -> list[list[tuple[str, tuple[int, ...]]]]:
    return [[(s.text, s.claims) for s in one.segments] for one in paragraphs(text, spans)]


@pytest.mark.parametrize(
    ("spans", "first"),
    [
        ([], [("Nine boats sank.", ())]),
        ([Span(0, 10, 1)], [("Nine boats", (1,)), (" sank.", ())]),
        ([Span(0, 16, 1), Span(5, 10, 2)], [("Nine ", (1,)), ("boats", (1, 2)), (" sank.", (1,))]),
        ([Span(0, 10, 1), Span(5, 16, 2)], [("Nine ", (1,)), ("boats", (2, 1)), (" sank.", (2,))]),
        ([Span(0, 10, 1), Span(0, 10, 2)], [("Nine boats", (1, 2)), (" sank.", ())]),
        ([Span(5, 5, 1)], [("Nine boats sank.", ())]),
        ([Span(11, 400, 1)], [("Nine boats ", ()), ("sank.", (1,))]),
    ],
    ids=["none", "one", "nested", "overlapping", "same span", "empty", "over the end"],
)
def test_segments_of_the_first_paragraph(spans: list[Span], first: list[tuple[str, tuple[int, ...]]]) -> None:
    assert cut(TEXT, *spans)[0] == first


def test_claim_over_two_paragraphs_is_marked_in_both() -> None:
    start, end = TEXT.index("two were"), TEXT.index(" was hurt")
    found = cut(TEXT, Span(start, end, 7))
    assert [words for one in found for words, claims in one if 7 in claims] == ["two were found.", "Nobody"]


def test_opening_and_closing_words() -> None:
    (segments,) = [one.segments for one in paragraphs("abcdef", [Span(0, 6, 1), Span(0, 3, 2)])]
    assert [(s.text, s.opens, s.closes) for s in segments] == [("abc", (1, 2), (2,)), ("def", (), (1,))]


def test_figures_and_sources_are_set_off_inside_a_claim() -> None:
    spans = [Span(0, 16, 1), Span(0, 4, 1, Kind.FIGURE), Span(11, 15, 1, Kind.CUE)]
    segments = paragraphs(TEXT, spans)[0].segments
    assert [s.text for s in segments if s.is_figure] == ["Nine"]
    assert [s.text for s in segments if s.is_source] == ["sank"]


@pytest.mark.parametrize(
    ("word", "expected"), [("boats", ["Nine", "The guard"]), ("guard", ["Nine", "The guard", "Nobody"])]
)
def test_context_has_a_paragraph_on_each_side(word: str, expected: list[str]) -> None:
    found = paragraphs(TEXT, ())
    start = TEXT.index(word)
    near = around(found, start, start + len(word))
    assert len(near) == len(expected)
    assert all(TEXT[one.start : one.end].startswith(words) for one, words in zip(near, expected, strict=True))


@given(
    st.text("ab \n\u05d0\U0001f6a2", max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45), st.integers(1, 5)), max_size=8),
)
def test_nothing_is_lost_and_every_span_is_whole(text: str, drawn: list[tuple[int, int, int]]) -> None:
    spans = [Span(start, end, claim) for claim, (start, end, _) in enumerate(drawn, 1)]
    found = paragraphs(text, spans)
    for one in found:
        assert "".join(s.text for s in one.segments) == text[one.start : one.end]
    for span in spans:
        marked = "".join(s.text for one in found for s in one.segments if span.claim in s.claims)
        assert marked == text[span.start : max(span.start, span.end)].replace("\n", "")

"""Where words stand in another version: at the same words with the same neighbours, or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.anchoring import Alignment, Text, stretches

CALM = "Police declined to comment."
COPY = f"Fire\n\nTwo died in Oslo. {CALM} The road is shut.\n\nSix died in Bergen. {CALM} The port is open."


def place(old: str, new: str, words: str, nth: int = 0) -> str | None:
    """The stretch of ``new`` with 12 letters before it, where ``words`` of ``old`` stand."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    found = Alignment(old, new).place(start, start + len(words))
    return new[max(0, found.start - 12) : found.end] if found else None


@pytest.mark.parametrize(
    ("old", "new", "words", "stands"),
    [
        ("Two died. Six fled.", "Two died. Six fled.", "Six fled", True),
        ("Two died. Six fled.", "Three died. Six fled.", "Six fled", True),
        ("Two died. Six fled.", "Three died. Six fled.", "Two died", False),
        ("Two died. Six fled.", "Two died. Six fled!", "Six fled", False),
        ("Two died. Six fled.", "Two died. In all six fled.", "Six fled", False),
        ("Two died. Six fled.", "It rains. Two died. Six fled.", "Two died", True),
        ("Two died. Six fled.", "Two died. It rains. Six fled.", "Six fled", True),
        ("Two died. Six fled.", "Two died.", "Six fled", False),
        ("Two died. Six fled.", "", "Two died", False),
        ("Two died.\n\nSix fled. It ends.", "Two died.\n\nIt ends.\n\nSix fled.", "Six fled", False),
        ("A fire.\n\nTwo died, he said.", "A fire.\n\nTwo died,\nhe said.", "Two died, he said", False),
        ("Mr. Ito of Oslo said two died. Six fled.", "Mr. Ito of Bonn said two died. Six fled.", "two died", False),
    ],
)
def test_sentences(old: str, new: str, words: str, stands: bool) -> None:
    assert (place(old, new, words) is not None) is stands


@pytest.mark.parametrize(
    ("new", "first", "second"),
    [
        (COPY, "ed in Oslo. ", "in Bergen. "),
        (COPY.replace("Two died", "Three died"), "ed in Oslo. ", "in Bergen. "),
        (COPY.replace(f"Two died in Oslo. {CALM} ", "Two died in Oslo. "), None, "in Bergen. "),
        (COPY.replace(f" {CALM} The port is open.", ""), "ed in Oslo. ", None),
        (f"Fire\n\nSix died in Bergen. {CALM} The port is open.", None, "in Bergen. "),
        (f"Fire\n\nOne died in Rome. {CALM} The sky is blue.", None, None),
    ],
)
def test_a_sentence_that_occurs_twice_is_told_by_what_is_around_it(
    new: str, first: str | None, second: str | None
) -> None:
    for nth, before in ((0, first), (1, second)):
        found = place(COPY, new, CALM, nth)
        assert (found is None) == (before is None)
        assert found is None or before in found


def test_like_sentences_that_changed_places_are_not_mistaken() -> None:
    old = "In Oslo:\nFive were hurt.\nIn Rome:\nNobody was hurt."
    new = "In Oslo:\nNobody was hurt.\nIn Rome:\nFive were hurt."
    assert place(old, new, "Five were hurt") is None
    assert place(old, new, "Nobody was hurt") is None


def test_the_lead_of_a_paragraph_says_who_he_is() -> None:
    old, new = "The mayor spoke. He wept.\n\nIt rains.", "The pilot spoke. He wept.\n\nIt rains."
    start = old.index("He wept")
    assert Alignment(old, new).place(start, start + 7) is not None
    assert not Alignment(old, new).lead_stands(start)
    assert Alignment(old, f"News\n\n{old}").lead_stands(start)


def test_stretches_say_what_changed() -> None:
    found = stretches("A\n\nB\n\nC", "A\n\nX\n\nC\n\nD")
    assert [(list(s.old), list(s.new), s.same) for s in found] == [
        (["A"], ["A"], True), (["B"], ["X"], False), (["C"], ["C"], True), ([], ["D"], False),
    ]  # fmt: skip


WORDS = st.sampled_from(["Two died", "Six fled", "It rains", "He wept", "Mr. Ito left", "U.S. aid came", "12 boats"])
ENDS = st.sampled_from([". ", ".\n\n", "! ", ".” ", ", "])
TEXTS = st.lists(st.tuples(WORDS, ENDS), max_size=12).map(lambda parts: "".join(a + b for a, b in parts))


@given(old=TEXTS, new=TEXTS, start=st.integers(0, 200), length=st.integers(1, 60))
@settings(max_examples=400, deadline=None)
def test_an_anchor_that_moves_slices_to_the_same_words_between_the_same_sentences(
    old: str, new: str, start: int, length: int
) -> None:
    end = min(len(old), start + length)
    if start >= end:
        return
    alignment = Alignment(old, new)
    found = alignment.place(start, end)
    if found is None:
        return
    assert new[found.start : found.end] == old[start:end]
    before, after = alignment.old.touched(start, end), alignment.new.touched(found.start, found.end)
    assert before and after
    assert alignment.old.window(*before) == alignment.new.window(*after)


@given(text=TEXTS, start=st.integers(0, 200), length=st.integers(1, 60))
@settings(max_examples=200, deadline=None)
def test_in_the_same_text_words_stand_where_they_stood_or_nowhere(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    if start < end and (found := Alignment(text, text).place(start, end)):
        assert (found.start, found.end) == (start, end)


@given(text=TEXTS, lead=TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_unique_sentence_survives_new_copy_before_it(text: str, lead: str) -> None:
    new = f"{lead}\n\nA line of its own.\n\n{text}"
    own = Text.of(text)
    for at in range(len(own)):
        words = own.sentence(at)
        if new.count(words) == 1:
            found = Alignment(text, new).place(own.starts[at], own.ends[at])
            assert found is not None or at == 0 or at == len(own) - 1
            assert found is None or new[found.start : found.end] == words


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    own = Text.of(text)
    assert all(end <= start for end, start in zip(own.ends, own.starts[1:], strict=False))
    assert "".join("".join(own.sentence(at) for at in range(len(own))).split()) == "".join(text.split())

"""The engine as a whole: what it returns for any text, and how it joins what its parts found."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import engine
from claims.extraction.engine import PRODUCER, extract, own_figures, windows
from claims.extraction.types import Anchor, Candidate, Context, Extraction, FigureFound

COPY = (
    "Flood kills nine in Lisbon, police say\n\n"
    "At least nine people died in Lisbon on Monday, police said. Two bridges collapsed in the old town.\n"
    "“We had no warning,” Mayor Ada Brandt said. Her claim could not be verified.\n"
)
CONTEXT = Context(published=date(2021, 3, 3), outlet="Lantern", headline_end=38)


def anchors(found: Extraction) -> list[Anchor]:
    result = [one.anchor for one in (*found.dates, *found.places)]
    for claim in found.claims:
        result += [claim.anchor, *(link.anchor for link in claim.chain), *(figure.anchor for figure in claim.figures)]
        result += [part.anchor for part in (claim.speaker, claim.cue) if part]
    return result


def by_words(found: Extraction, words: str) -> Candidate:
    return next(claim for claim in found.claims if words in claim.anchor.text)


def test_a_story() -> None:
    found = extract(COPY, CONTEXT)
    assert found.producer == PRODUCER
    toll = by_words(found, "At least nine")
    assert (toll.mode, toll.polarity, toll.cue and toll.cue.lemma) == ("indirect", "asserted", "say")
    assert [(figure.measure, figure.low, figure.high) for figure in toll.figures] == [("killed", Decimal(9), None)]
    assert toll.places == ("Lisbon",)
    assert (toll.from_day, toll.to_day) == (date(2021, 3, 1), date(2021, 3, 1))
    bridges = by_words(found, "bridges")
    assert (bridges.mode, bridges.speaker, bridges.cue) == ("outlet", None, None)
    warning = by_words(found, "warning")
    assert (warning.mode, warning.speaker and warning.speaker.name) == ("direct", "Ada Brandt")
    assert "unverified" in warning.marks
    assert "headline" in by_words(found, "Flood kills nine").marks


def test_the_same_text_gives_the_same_answer() -> None:
    assert extract(COPY, CONTEXT) == extract(COPY, CONTEXT)


def test_threads_do_not_disturb_each_other() -> None:
    wanted, seen = extract(COPY, CONTEXT), []
    threads = [Thread(target=lambda: seen.append(extract(COPY, CONTEXT))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert seen == [wanted] * 3


def test_nothing_is_claimed_in_what_is_skipped() -> None:
    start = COPY.index("At least")
    end = COPY.index("Two bridges")
    claims = extract(COPY, Context(skip=((start, end),))).claims
    assert claims
    assert all(claim.anchor.end <= start or claim.anchor.start >= end for claim in claims)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "Will the dam hold in March 2021?",
        "Please support our journalism with a gift of 5 euros.",
        "You can read more about the flood in Lisbon here.",
        "The dam should hold, and the town of Lisbon will be safe.",
    ],
)
def test_out_of_scope(text: str) -> None:
    assert extract(text, Context()).claims == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=25),
            st.sampled_from(
                [
                    "“",
                    "”",
                    '"',
                    "\n",
                    " said ",
                    ", according to ",
                    "police ",
                    "He said: ",
                    "\u0301",
                    "🙂",
                    "nine dead. ",
                ]
            ),
        ),
        max_size=12,
    )
)
def test_any_text_gives_sound_anchors(pieces: list[str]) -> None:
    text = "".join(pieces)
    for anchor in anchors(extract(text, Context(published=date(2021, 3, 3)))):
        assert 0 <= anchor.start < anchor.end <= len(text)
        assert anchor.text == text[anchor.start : anchor.end]


def test_claims_do_not_overlap() -> None:
    claims = sorted(extract(COPY * 3, CONTEXT).claims, key=lambda claim: claim.anchor.start)
    assert all(a.anchor.end <= b.anchor.start for a, b in pairwise(claims))


def test_long_texts_are_read_in_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = COPY * 4
    monkeypatch.setattr(engine, "WINDOW_CHARS", len(COPY) + 20)
    pieces = list(windows(text))
    assert len(pieces) > 1
    assert "".join(text[start:end] for start, end in pieces) == text
    found = extract(text, Context(published=date(2021, 3, 3)))
    assert all(anchor.text == text[anchor.start : anchor.end] for anchor in anchors(found))
    assert max(claim.anchor.start for claim in found.claims) > 3 * len(COPY)


def test_windows_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WINDOW_CHARS", 10)
    monkeypatch.setattr(engine, "MAX_WINDOWS", 3)
    assert list(windows("x" * 95)) == [(0, 10), (10, 20), (20, 30)]


def figure(start: int, end: int, part_of: int | None = None, place: str = "") -> FigureFound:
    return FigureFound(
        "killed", Decimal(1), Decimal(1), False, Anchor(start, end, "x" * (end - start)), "", place, "", part_of
    )


def test_parts_of_a_whole_are_counted_inside_the_claim() -> None:
    found = (figure(0, 3), figure(10, 13), figure(15, 18, part_of=1), figure(20, 22, part_of=0))
    inside = own_figures(found, ((8, 30),))
    assert [one.part_of for one in inside] == [None, 0, None]


def test_a_main_clause_beside_an_attribution_is_a_claim_too() -> None:
    text = "Nine people died in the valley on Monday, a day after officials said the dam was safe."
    plain, attributed = extract(text, Context()).claims
    assert (plain.speaker, plain.anchor.text) == (None, "Nine people died in the valley on Monday")
    assert attributed.anchor.text == "the dam was safe"


@pytest.mark.parametrize("text", ["Twelve miners were killed.", "Three boats sank."])
def test_a_short_sentence_that_counts_is_a_claim(text: str) -> None:
    (claim,) = extract(text, Context()).claims
    assert len(claim.figures) == 1


def test_a_quotation_belongs_to_whom_the_sentence_before_it_lets_speak() -> None:
    text = (
        "The ministry said the dam was safe.\n"
        "Governor Lena Voss posted pictures of the broken dam. "
        '"This is what safe looks like. The ministry slept for ten years."'
    )
    quoted = [claim for claim in extract(text, Context()).claims if claim.mode == "direct"]
    assert [claim.speaker.name for claim in quoted if claim.speaker] == ["Lena Voss"] * 2


def test_copy_in_another_language_yields_nothing() -> None:
    text = "Mindestens zwölf Menschen starben am Montag in Passau, sagte ein Sprecher der Feuerwehr."
    assert extract(text, Context(language="de")).claims == ()

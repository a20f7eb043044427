"""PDFs: paragraphs out of printed lines, and PDFs made to do harm."""

from __future__ import annotations

import zlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.wire.layout import read_pages
from ingest.wire.registry import read, read_all
from ingest.wire.types import Limits, WireError
from tests.wire.printed import column, paged, pdf, stream, written

HEADLINE = (60, 790, 18, "Ferry sinks off Port Ellen in storm")
FIRST = [
    "PORT ELLEN, May 3 (AP) - A ferry sank off Port Ellen on Monday with 31",
    "people on board, the police said, and two of its crew are miss-",
    "ing after a night in which the coast guard was called eleven times.",
    "",
    "“Nobody knows why she left the quay,” the harbour master said. The air-",
    "sea rescue service will send its divers down again on Tuesday morning.",
]
TEXT = (
    "Ferry sinks off Port Ellen in storm\n\n"
    "A ferry sank off Port Ellen on Monday with 31 people on board, the police said, and two of its crew are missing "
    "after a night in which the coast guard was called eleven times.\n"
    "“Nobody knows why she left the quay,” the harbour master said. The {} rescue service will send its divers down "
    "again on Tuesday morning."
)


def test_lines_become_paragraphs_and_broken_words_whole() -> None:
    item = read(pdf([HEADLINE, *column(FIRST)]), filename="copy.txt")
    assert item.format == "pdf"
    assert item.text == TEXT.format("airsea")
    assert (item.dateline.place, item.credits, item.warnings) == ("Port Ellen", ("AP",), ())


def test_a_hyphen_stays_where_the_copy_spells_the_word_so() -> None:
    more = ["", "The air-sea service was called at four in the morning, it said on Monday."]
    assert "The air-sea rescue service will" in read(pdf([HEADLINE, *column(FIRST + more)])).text


def test_a_paragraph_runs_on_over_pages_and_their_heads_and_numbers_stay_out() -> None:
    def page(number: int, lines: list[str]) -> list[tuple[float, float, float, str]]:
        return [(60, 810, 8, "Ministry of the Coast"), *column(lines), (290, 30, 8, f"Page {number} of 3")]

    first = ["Three people were hurt when a crane fell on Monday at the new", "quay of Port Ellen, and the"]
    second = ["mayor said that the work there was stopped at once.", "", "Nobody was in the cabin of the crane then."]
    item = read(pdf(page(1, first), page(2, second), page(3, ["The inquiry opens on Tuesday, the ministry said."])))
    assert "quay of Port Ellen, and the mayor said that the work there was stopped at once.\nNobody" in item.text
    assert "Ministry of the Coast" not in item.text
    assert "Page" not in item.text
    assert ("running head", "Ministry of the Coast") in item.furniture


LEFT = [f"Left line {number} says what the police said" for number in "abcdef"]
RIGHT = [f"right line {number} says what the mayor said" for number in "abcdef"]


def test_columns_printed_row_by_row_are_read_one_after_the_other() -> None:
    rows = [place for pair in zip(column(LEFT), column(RIGHT, x=320), strict=True) for place in pair]
    text = " ".join(read(pdf(rows)).text.split())
    assert text == " ".join([*LEFT, *RIGHT])


def test_rows_of_a_table_are_lines() -> None:
    names = column(["Lindenau", "Port Ellen", "Ostrava"], y=600)
    counts = column(["12 killed", "3 killed", "none"], x=300, y=600)
    rows = [place for pair in zip(names, counts, strict=True) for place in pair]
    text = read(pdf([HEADLINE, *column(FIRST), *rows])).text
    assert text.endswith("Lindenau | 12 killed\nPort Ellen | 3 killed\nOstrava | none")


def test_the_stated_title_counts_only_where_it_is_printed() -> None:
    lines = ["Ferry sinks off Port Ellen", "", "A ferry sank on Monday, and two of its crew are missing, police said."]
    assert read(pdf(column(lines), title="Ferry sinks off Port Ellen")).headline == "Ferry sinks off Port Ellen"
    assert "Microsoft" not in read(pdf(column(lines), title="Microsoft Word - a.doc")).text


PICTURE = b"/XObject << /I << /Type /XObject /Subtype /Image /Width 1 /Height 1 >> >>"
COPY = b"BT /F 11 Tf 60 700 Td (A ferry sank off Port Ellen on Monday, the police said.) Tj ET"
FONT = b"/Font << /F 3 0 R >> "
LOCKED = written(
    [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", (
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"a1" * 32 + b"> /U <" + b"b2" * 32 + b"> >>"
    )],
    "/Encrypt 3 0 R /ID [<00> <00>]",
)  # fmt: skip


def bomb() -> bytes:
    """Two megabytes that unpack to a gigabyte of instructions, in layers that each look modest."""
    return zlib.compress(zlib.compress(b"q Q " * 60_000_000, 9), 9)


REFUSED = [
    (paged([stream(b"q /I Do Q")], PICTURE), "scanned pictures"),
    (paged([stream(b"q Q")]), "holds no text"),
    (LOCKED, "locked with a password"),
    (b"%PDF-1.7\n1 0 obj", "damaged"),
    (b"%PDF-1.4\n" + b"\x00\xff" * 500, "damaged"),
    (paged([stream(COPY)] * 201), "201 pages; this desk reads up to 200"),
]


@pytest.mark.parametrize(("raw", "words"), REFUSED)
def test_what_is_no_copy_is_refused_in_one_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(WireError, match=words) as caught:
        read(raw)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_page_of_pictures_among_others_is_named() -> None:
    item = read(paged([stream(COPY), stream(b"q /I Do Q")], FONT + PICTURE))
    assert "Page 2: only pictures" in item.warnings[0]


def looping() -> bytes:
    """A form that draws itself many times over, and each of those again."""
    forms = b"".join(b"/X%d %d 0 R " % (number, 20 + number) for number in range(8))
    inner = stream(b" ".join(b"/X%d Do" % number for number in range(8)) * 40, b"/Subtype /Form /Type /XObject")
    raw = paged([stream(COPY + b" /X0 Do")] * 5, FONT + b"/XObject << " + forms + b">>")
    start = raw.index(b"xref\n")
    extra = b"".join(b"%d 0 obj\n%b\nendobj\n" % (20 + number, inner) for number in range(8))
    return raw[:start] + extra + raw[start:]


HARMFUL = [
    paged([stream(bomb(), b"/Filter [/FlateDecode /FlateDecode]")]),
    paged([stream(b"[" * 400_000)]),
    paged([stream(b"BT /F 9 Tf " + b"(a) Tj " * 250_000 + b"ET")]),
    looping(),
    written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]),
]


@pytest.mark.parametrize("raw", HARMFUL, ids=["bomb", "brackets", "letters", "loop", "tree"])
def test_a_pdf_made_to_hang_or_to_eat_memory_is_stopped(raw: bytes) -> None:
    try:
        read(raw)
    except WireError as error:
        assert str(error).endswith(".")


def test_the_limit_of_words_holds() -> None:
    with pytest.raises(WireError, match="this desk reads up to 5"):
        read(paged([stream(COPY)]), limits=Limits(max_words=5))


def test_copy_that_mentions_the_mark_of_a_pdf_is_copy() -> None:
    raw = b"The leaked file begins with %PDF-1.7, the ministry said on Monday, and is a forgery."
    assert read_all(raw).items[0].format == "text"


def test_places_that_no_paper_has_do_no_harm() -> None:
    far = b"BT /F 11 Tf " + b"9" * 8 + b" 700 Td (A ferry sank off Port Ellen on Monday, police said.) Tj ET"
    flat = b"BT /F 0 Tf 0 0 Td (Two of the crew are missing, and divers search the wreck.) Tj ET"
    text = read(paged([stream(far + b" " + flat)])).text
    assert "A ferry sank off Port Ellen on Monday, police said." in text
    assert "Two of the crew are missing" in text


PLACES = st.floats(min_value=-20_000, max_value=20_000).map(lambda place: round(place, 1))
PIECES = st.tuples(
    st.sampled_from(["Police", "said \n", "12", "cran-", "e.", " ", "\n", "4 of 5"]), PLACES, PLACES, PLACES
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=30), max_size=4))
def test_whatever_stands_where_no_letter_is_lost(pages: list[list[tuple[str, float, float, float]]]) -> None:
    copy = read_pages(pages)
    kept = Counter(char for line in [*copy.lines, *copy.running] for char in line if char.isalnum())
    assert kept == Counter(char for page in pages for text, *_ in page for char in text if char.isalnum())

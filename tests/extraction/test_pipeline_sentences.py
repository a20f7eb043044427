"""Where sentences start in wire copy."""

import pytest

from claims.extraction.nlp import load
from claims.extraction.sentences import Word, sentence_starts

SPLITS = [
    ("Mr. Okoro left. Gen. Lund stayed.", ["Mr. Okoro left.", "Gen. Lund stayed."]),
    ("Lt. Col. Ada Brandt spoke. Nobody answered.", ["Lt. Col. Ada Brandt spoke.", "Nobody answered."]),
    ("J. R. Varga lives in the U.S. He moved there in 1989. It was cold.",
     ["J. R. Varga lives in the U.S.", "He moved there in 1989.", "It was cold."]),
    ("The U.S. Army left at 5 p.m. on Nov. 19 from St. Anselm.",
     ["The U.S. Army left at 5 p.m. on Nov. 19 from St. Anselm."]),
    ("“The bridge is open,” Ms. Okoro said. “Drive slowly.”",
     ["“The bridge is open,” Ms. Okoro said.", "“Drive slowly.”"]),
    ('"Where is the ferry?" Lund asked. Nobody knew.', ['"Where is the ferry?" Lund asked.', "Nobody knew."]),
    ("“It is over!” he shouted. They left.", ["“It is over!” he shouted.", "They left."]),
    ("“It is over.” The crowd left.", ["“It is over.”", "The crowd left."]),
    ("Flood kills two\nThe river rose on Monday. It fell", ["Flood kills two", "The river rose on Monday.", "It fell"]),
    ("PORT AMBER, 3 May (Agency) -- The quay burned. Two died.",
     ["PORT AMBER, 3 May (Agency) --", "The quay burned.", "Two died."]),
    ("The toll rose to 3.5 million. Prices fell 2.1 percent.",
     ["The toll rose to 3.5 million.", "Prices fell 2.1 percent."]),
    ("He said so.\n”This is new,” Lund said.", ["He said so.", "”This is new,” Lund said."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.text.strip() for sentence in load()(text).sents] == expected


def test_a_blank_never_starts_a_sentence() -> None:
    words = [Word("\n", ""), Word("Rain", " "), Word("fell", ""), Word(".", ""), Word("\n\n", ""), Word("Snow", "")]
    assert sentence_starts(words) == [False, True, False, False, False, True]


def test_no_words_no_sentences() -> None:
    assert sentence_starts([]) == []

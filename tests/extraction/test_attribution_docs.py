"""The rules on hand-built parses, so that they are tested apart from the model."""

import pytest

from claims.extraction.attribution import find_attributions
from claims.extraction.attribution_clauses import reporting_clauses, source_of
from claims.extraction.attribution_spans import noun_phrase, trim, without
from claims.extraction.cues import cue_verbs
from claims.extraction.nlp import Doc, load
from claims.extraction.speaker_words import is_kind


def parse(*rows: tuple[str, str, str, int], lemmas: dict[str, str] | None = None) -> Doc:
    """Build a Doc from (word, word class, relation, index of the head)."""
    words, classes, relations, heads = zip(*rows, strict=True)
    return Doc(
        load().vocab,
        words=list(words),
        pos=list(classes),
        deps=list(relations),
        heads=list(heads),
        lemmas=[(lemmas or {}).get(word, word.lower()) for word in words],
        sent_starts=[index == 0 for index in range(len(words))],
    )


@pytest.fixture
def title_apart() -> Doc:
    """A title and a name as two subjects of one verb."""
    return parse(
        ("Navy", "PROPN", "compound", 1), ("spokesman", "NOUN", "nsubj", 4), ("Ada", "PROPN", "nsubj", 4),
        ("Brandt", "PROPN", "flat", 2), ("said", "VERB", "ROOT", 4), ("boats", "NOUN", "nsubj", 6),
        ("sank", "VERB", "ccomp", 4), (".", "PUNCT", "punct", 4),
        lemmas={"said": "say", "sank": "sink"},
    )  # fmt: skip


def test_a_title_joins_the_name_behind_it(title_apart: Doc) -> None:
    assert noun_phrase(title_apart[2]) == (0, 4)


def test_a_clause_right_of_the_verb_is_its_content(title_apart: Doc) -> None:
    (one,) = find_attributions(title_apart, (), list(reporting_clauses(title_apart, ())))
    assert (one.cue, one.source, one.parts) == ((4, 5), (0, 4), ((5, 7),))


def test_the_subject_of_a_joined_verb_is_inherited() -> None:
    doc = parse(
        ("Rebels", "NOUN", "nsubj", 1), ("left", "VERB", "ROOT", 1), ("and", "CCONJ", "cc", 3),
        ("blamed", "VERB", "conj", 1), ("police", "NOUN", "obj", 3),
        lemmas={"blamed": "blame"},
    )  # fmt: skip
    source, how = source_of(doc[3])
    assert source is not None
    assert (source.text, how) == ("Rebels", "inherited")


def test_a_phrase_hung_elsewhere_is_found_before_the_verb() -> None:
    doc = parse(
        ("Rain", "NOUN", "nsubj", 1), ("fell", "VERB", "ROOT", 1), ("after", "SCONJ", "case", 3),
        ("officials", "NOUN", "obl", 1), ("warned", "VERB", "advcl", 1), ("of", "ADP", "case", 6),
        ("floods", "NOUN", "obl", 4),
        lemmas={"warned": "warn"},
    )  # fmt: skip
    source, how = source_of(doc[4])
    assert source is not None
    assert (source.text, how) == ("officials", "own")


def test_trim_and_without() -> None:
    doc = parse((",", "PUNCT", "punct", 1), ("Rain", "NOUN", "ROOT", 1), (".", "PUNCT", "punct", 1))
    assert trim(doc, (0, 3)) == (1, 2)
    assert trim(doc, (2, 3)) is None
    assert without((0, 9), (3, 5)) == [(0, 3), (5, 9)]
    assert without((0, 3), (3, 5)) == [(0, 3)]


def test_every_row_of_the_cue_table_is_sound() -> None:
    frames = {
        "clause",
        "quote",
        "inf",
        "ing",
        "np",
        "of",
        "for",
        "against",
        "with",
        "to",
        "on",
        "about",
        "as",
        "toinf",
        "out",
        "clear",
        "cite",
    }
    rows = cue_verbs().values()
    assert all(row.frames and row.frames <= frames for row in rows)
    assert {row.strength for row in rows} == {"strong", "weak", "record"}
    assert {row.lemma for row in rows if row.denies} >= {"deny", "reject"}


@pytest.mark.parametrize(
    ("word", "kinds", "expected"),
    [
        ("Mayor", ("role",), True),
        ("officials", ("people",), True),
        ("ministries", ("body",), True),
        ("river", ("role", "body"), False),
    ],
)
def test_speaker_words(word: str, kinds: tuple[str, ...], expected: bool) -> None:
    assert is_kind(word, *kinds) is expected

"""Treebanks read from CoNLL-U: surface forms, documents, names, attribution. All sentences are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.extraction.lemmas import Lemmas
from claims.extraction.training.corpus import voiced
from claims.extraction.training.discourse import attribution_labels
from claims.extraction.training.entities import LabelledWords, aligned, gum_names, mentions, read_names
from claims.extraction.training.treebank import Sentence, documents, sentence_of


def row(number: int | str, form: str, word_class: str, head: int, relation: str, misc: str = "_") -> list[str]:
    tag = {"PROPN": "NNP", "NOUN": "NN"}.get(word_class, "X")
    return [str(number), form, form.lower(), word_class, tag, "_", str(head), relation, "_", misc]


def sentence(*rows: list[str]) -> Sentence:
    return sentence_of([*rows], "s1", "GUM_news_x", 1)


CONLLU = """# newdoc id = first
# newpar
# sent_id = first-1
# text = Won't go.
1-2	Won't	_	_	_	_	_	_	_	_
1	Will	will	AUX	MD	_	3	aux	_	_
2	not	not	PART	RB	_	3	advmod	_	_
3	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
3.1	_	_	_	_	_	_	_	_	_
4	.	.	PUNCT	.	_	3	punct	_	_

# sent_id = first-2
# newpar id = p2
1-2	wanna	_	_	_	_	_	_	_	_
1	wan	want	VERB	VB	_	0	root	_	_
2	na	to	PART	TO	_	1	mark	_	_

# newdoc id = second
# newpar
# newpar_block = p (1 s)
# sent_id = second-1
1	Rain	rain	NOUN	NN	Number=Sing	0	root	_	_
"""


def test_documents_paragraphs_and_empty_nodes(tmp_path: Path) -> None:
    path = tmp_path / "t.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    first, second = documents(path)
    assert [s.ident for s in first] == ["first-1", "first-2"]
    assert [s.paragraph for s in [*first, *second]] == [1, 2, 3]
    assert [t.form for t in first[1].tokens] == ["wan", "na"]
    assert (second[0].document, second[0].tokens[0].features) == ("second", "Number=Sing")


def test_words_that_do_not_spell_their_contraction_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (unlike, like), _ = documents(path)
    assert [t.form for t in unlike.tokens] == ["Will", "not", "go", "."]
    assert (unlike.spelled, like.spelled) == (False, True)


def test_a_contraction_lends_its_spelling() -> None:
    found = sentence(row("1-2", "DON'T", "_", 0, "_"), row(1, "do", "AUX", 0, "root"), row(2, "n't", "PART", 1, "x"))
    assert ([t.form for t in found.tokens], found.spelled) == (["DO", "N'T"], True)


def test_a_line_that_is_not_conllu_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text("# sent_id = 1\n1\tRain\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.conllu, line 2"):
        list(documents(path))


def nested() -> Sentence:
    """The Bank of Oster, a body with a place inside, hired Ms Ina Vell."""
    return sentence(
        row(1, "The", "DET", 2, "det", "Entity=(1-organization-new-x"),
        row(2, "Bank", "PROPN", 5, "nsubj"),
        row(3, "of", "ADP", 4, "case"),
        row(4, "Oster", "PROPN", 2, "nmod", "Entity=(2-place-new-x)1)"),
        row(5, "hired", "VERB", 0, "root"),
        row(6, "Ina", "PROPN", 5, "obj", "Entity=(3-person-new-x"),
        row(7, "Vell", "PROPN", 6, "flat", "Entity=3)"),
        row(8, "and", "CCONJ", 9, "cc"),
        row(9, "staff", "NOUN", 6, "conj", "Entity=(4-person-new-x)"),
    )


def test_mentions_nest() -> None:
    assert sorted(mentions(nested())) == [
        (0, 4, "organization"),
        (3, 4, "place"),
        (5, 7, "person"),
        (8, 9, "person"),
    ]


def test_names_are_cut_out_of_mentions_and_the_longer_wins() -> None:
    assert gum_names(nested()) == [(1, 4, "ORG"), (5, 7, "PER")]


def test_common_words_and_unknown_kinds_are_no_names() -> None:
    found = sentence(
        row(1, "Storm", "PROPN", 3, "nsubj", "Entity=(1-event-new-x)"),
        row(2, "officials", "NOUN", 3, "nsubj", "Entity=(2-person-new-x)"),
        row(3, "came", "VERB", 0, "root"),
    )
    assert gum_names(found) == []


def test_names_file(tmp_path: Path) -> None:
    path = tmp_path / "n.iob2"
    text = "# sent_id = a-1\n1\tIna\tB-PER\t-\n2\tVell\tI-PER\t-\n3\tsaw\tO\t-\n4\tZed\tB-OTH\t-\n5\tOsk\tB-LOC\t-\n"
    path.write_text(text, encoding="utf-8")
    found = read_names(path)
    assert found["a-1"] == LabelledWords(["Ina", "Vell", "saw", "Zed", "Osk"], [(0, 2, "PER"), (4, 5, "LOC")])


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        (["Al-Osk", "fell"], ["Al", "-", "Osk", "fell"], [(0, 3, "LOC")]),
        (["Al", "-", "Osk"], ["Al-Osk"], []),
        (["Osk", "fell"], ["Osk", "rose"], [(0, 1, "LOC")]),
        (["Osk", "fell"], ["Osk", "fell", "!"], None),
    ],
)
def test_names_move_to_another_cutting(
    theirs: list[str], ours: list[str], expected: list[tuple[int, int, str]] | None
) -> None:
    end = 2 if theirs[:2] == ["Al", "-"] else 1
    assert aligned(LabelledWords(theirs, [(0, end, "LOC")]), ours) == expected


def test_attribution_from_discourse_relations() -> None:
    """ "Rain fell , Vell said ." with the reporting unit second; the comma belongs to neither."""
    signals = "Discourse=attribution-positive:2->1:0:sem-atsrc-4-_+lex-indwd-5-gold"
    spoken = sentence(
        row(1, "Rain", "NOUN", 2, "nsubj", "Discourse=context-background:1->3:1:_"),
        row(2, "fell", "VERB", 0, "root"),
        row(3, ",", "PUNCT", 2, "punct"),
        row(4, "Vell", "PROPN", 5, "nsubj", signals),
        row(5, "said", "VERB", 2, "parataxis"),
        row(6, ".", "PUNCT", 2, "punct"),
    )
    assert attribution_labels([spoken]) == [["B-CONTENT", "I-CONTENT", "O", "B-SOURCE", "B-CUE", "O"]]


def test_content_stays_in_its_sentence_and_cues_fall_back_to_the_verb() -> None:
    first = sentence(
        row(1, "She", "PRON", 2, "nsubj", "Discourse=attribution-negative:1->2:0:sem-atsrc-1-_"),
        row(2, "denied", "VERB", 0, "root"),
        row(3, "theft", "NOUN", 2, "obj", "Discourse=organization:2->0:0:_"),
    )
    second = sentence(row(1, "Nobody", "PRON", 0, "root", "Discourse=elaboration-additional:3->2:1:_"))
    assert attribution_labels([first, second]) == [["B-SOURCE", "B-CUE", "B-CONTENT"], ["O"]]
    assert attribution_labels([nested()]) == [["O"] * 9]


@pytest.mark.parametrize(
    ("verb", "expected"), [("said", True), ("denied", True), ("thought", False), ("knew", False), ("according", True)]
)
def test_mere_thoughts_are_told_from_words(verb: str, expected: bool) -> None:
    heard = sentence(row(1, "She", "PRON", 2, "nsubj"), row(2, verb, "VERB", 0, "root"))
    assert voiced(heard, ["O", "B-CUE"], Lemmas()) is expected
    assert voiced(heard, ["O", "O"], Lemmas())

"""Speakers whom copy takes up again without their name, or names by halves: bodies, pronouns, roles, lists."""

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from claims.extraction.attribution_sources import relabelled, source_phrase
from claims.extraction.attribution_spans import noun_phrase
from claims.extraction.engine import extract
from claims.extraction.initialisms import initials
from claims.extraction.nlp import load
from claims.extraction.people import Person
from claims.extraction.types import Context

# text, and the name of the last attributed claim's speaker
BODIES = [
    ("In a notice on the Falcon Air website, the company said two flights were late.", "Falcon Air"),
    ("Radio Lantern reported that two ferries sank. The clandestine radio station said nine men were missing.",
     "Radio Lantern"),
    ("The Fisheries Commission of the Northern League voted on Monday. The committee said nine boats were lost.",
     "Fisheries Commission of the Northern League"),
    ("A rebel group, the “Brask Civic Front”, tonight claimed the attack. The rebel group said two men had died.",
     "Brask Civic Front"),
    ("The umbrella group known as the Brask Workers Council announced a strike on Monday.", "Brask Workers Council"),
    ("Members of the Marian Popular Front voted on Monday. The FPM said nine men were free.", "Marian Popular Front"),
    ("The Northern Council has published a report on the camps. The report says nine people died there.",
     "Northern Council"),
]  # fmt: skip

PRONOUNS = [
    ("Harbour chief Ada Brandt said the quay was safe. Deputy Oskar Lund went with her. She added that a crane fell.",
     "Ada Brandt"),
    ("Commander Oskar Lund said the raid was over. Senator Ben Okri came along. He added that two men had died.",
     "Oskar Lund"),
    ("Spokeswoman Ada Brandt met the miners of Oskar Lund's pit on Monday. He said the pit was safe.", "Oskar Lund"),
    ("The audit looked at nine camps. It found that two were closed.", "audit"),
    ("Okri declined to say when the Lantern Bank would reopen, adding that the vault was empty.", "Okri"),
]  # fmt: skip

ROLES = [
    ("Brask Transport Ministry sources have reported that nine drivers were held.", "Brask Transport Ministry sources"),
    ("Airbridge President and Chief Executive Officer, Oskar Lund, said the jets were late.", "Oskar Lund"),
    ("The vice president and general counsel of the bank, Ada Brandt, said the loan was void.", "Ada Brandt"),
    ("According to Mayor Brandt the dam was never at risk.", "Brandt"),
    ("Two gunmen held the bank, according to reports by navy sources. They left, according to the same reports.",
     "navy sources"),
    ("Northern Bank, Harbour Bank and the Lantern Trust jointly announced that they would lend 40 million crowns.",
     "Northern Bank, Harbour Bank and the Lantern Trust"),
    ("Mayor Ada Brandt and Sheriff Ben Okri met on Monday. Brandt and Okri said the dam was safe.",
     "Ada Brandt and Ben Okri"),
    ("The news was carried by the Lantern Post and confirmed by President Brandt, who said that two ferries had sunk.",
     "Brandt"),
    ("The Committee of Fishing, Farming, and Mining, which speaks for the owners, blamed the mayor for the fire.",
     "Committee of Fishing, Farming, and Mining"),
    ("The mayor of Port Amber, Ada Brandt, provided the following statement on the dam:\n“The dam held on Monday.”",
     "Ada Brandt"),
]  # fmt: skip


def last_speaker(text: str) -> str:
    return [claim.speaker.name for claim in extract(text, Context()).claims if claim.speaker][-1]


@pytest.mark.parametrize(("text", "name"), [*BODIES, *PRONOUNS, *ROLES])
def test_who_is_taken_up(text: str, name: str) -> None:
    assert last_speaker(text) == name


@pytest.mark.parametrize(
    ("role", "words", "held"),
    [
        ("Chief Executive Officer of Falcon Air", {"ceo", "of", "falcon", "air"}, True),
        ("Port Norland Archbishop", {"norlandic", "archbishop"}, True),
        ("Swedish Prime Minister", {"pm"}, True),
        ("Swedish Prime Minister", {"danish", "prime", "minister"}, False),
        ("Deputy Mayor", {"deputy", "minister"}, False),
    ],
)
def test_a_role_is_known_again_by_its_words(role: str, words: set[str], held: bool) -> None:
    assert Person("Ada Brandt", ("ada", "brandt"), [role]).has_role(words) is held


def hand_built(words: str, heads: list[int], relations: str, classes: str) -> Doc:
    """A parsed Doc; ``heads`` are indexes, ``relations`` and ``classes`` stand one for each word."""
    load()  # registers what a Doc carries
    each = words.split()
    return Doc(Vocab(), each, heads=heads, deps=relations.split(), pos=classes.split(), lemmas=each,
               sent_starts=[index == 0 for index in range(len(each))])  # fmt: skip


def test_two_subjects_side_by_side_are_one_phrase() -> None:
    doc = hand_built("A Harbour Ministry communique says rain fell", [2, 2, 4, 4, 4, 6, 4],
                     "det amod nsubj nsubj ROOT nsubj ccomp", "DET ADJ PROPN NOUN VERB NOUN VERB")  # fmt: skip
    assert noun_phrase(doc[3]) == (0, 4)


def test_the_label_decides_where_the_parse_takes_another_subject() -> None:
    doc = hand_built("Brandt , asked when Lund left , adding rain fell", [2, 0, 7, 5, 5, 2, 7, 7, 9, 7],
                     "nsubj punct advcl advmod nsubj advcl punct ROOT nsubj ccomp",
                     "PROPN PUNCT VERB ADV PROPN VERB PUNCT VERB NOUN VERB")  # fmt: skip
    doc._.attribution = ((0, 1, "SOURCE"), (7, 8, "CUE"), (8, 10, "CONTENT"))
    assert relabelled(doc[7], doc[4], "inherited") == (doc[0], "inherited")
    assert relabelled(doc[7], doc[0], "own") == (doc[0], "own")
    doc._.attribution = ()
    assert relabelled(doc[7], doc[4], "own") == (doc[4], "own")


def test_a_label_widens_a_phrase_by_names_alone() -> None:
    doc = hand_built("Brandt , Okri and Lund say rain fell", [5, 0, 0, 4, 0, 5, 7, 5],
                     "nsubj punct conj cc conj ROOT nsubj ccomp",
                     "PROPN PUNCT PROPN CCONJ PROPN VERB NOUN VERB")  # fmt: skip
    doc._.attribution = ((0, 5, "SOURCE"),)
    assert source_phrase(doc[0]) == (0, 5)
    doc._.attribution = ((0, 7, "SOURCE"),)
    assert source_phrase(doc[0]) == noun_phrase(doc[0])


def test_an_abbreviation_may_keep_the_order_of_another_language() -> None:
    doc = load().make_doc("The Marian Popular Front met. The FPM left.")
    doc.ents = (Span(doc, 1, 4, label="ORG"),)
    assert initials(doc) == {"FPM": "Marian Popular Front"}

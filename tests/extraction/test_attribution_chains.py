"""Chains of sources, accusations, and statements that their own cue breaks apart, through the real pipeline."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.types import Candidate, Context

# text, then the claim's chain from the outermost source to who speaks, and its words
CHAINS = [
    ("The Lantern Post, citing Radio Brask, reported that a navy official said two ferries had sunk.",
     ["Lantern Post", "Radio Brask", "a navy official"], "two ferries had sunk"),
    ("Radio Lantern reported, citing the coast guard, that nine sailors had died.",
     ["Radio Lantern", "coast guard"], "nine sailors had died"),
    ("The Lantern Post said that Radio Brask had reported that the coast guard said nine sailors had died.",
     ["Lantern Post", "Radio Brask", "coast guard"], "nine sailors had died"),
    ("State television quoted the Brask news agency as saying that two generals had fled, citing palace sources.",
     ["State television", "Brask news agency", "palace sources"], "two generals had fled"),
    ("Nine sailors died, according to Radio Lantern, which cited the coast guard.",
     ["Radio Lantern", "coast guard"], "Nine sailors died"),
    ("According to the Lantern Post, Mayor Ada Brandt said the dam had held.",
     ["Lantern Post", "Ada Brandt"], "the dam had held"),
    ("“We lost the boats,” the Lantern Post quoted Brandt as saying, although two boats were found.",
     ["Lantern Post", "Brandt"], "“We lost the boats,”"),
    ("“We lost the boats,” Brandt was quoted as saying by the Lantern Post.",
     ["Lantern Post", "Brandt"], "“We lost the boats,”"),
    ("Brandt was quoted by the Lantern Post as saying that two boats were lost.",
     ["Lantern Post", "Brandt"], "two boats were lost"),
]  # fmt: skip

# text, then for each claim with a voice: speaker, cue lemma, its words
ACCUSED = [
    ("The army accused the rebels of shelling the bridge.",
     [("army", "accuse", "the rebels of shelling the bridge")]),
    ("The rebels were blamed by the army for the blast.",
     [("army", "blame", "The rebels were blamed by the army for the blast")]),
    ("The front was accused of the raid by two ministers.",
     [("two ministers", "accuse", "The front was accused of the raid")]),
    ("Oskar Lund was accused of stealing two boats.",
     [(None, "accuse", "Oskar Lund was accused of stealing two boats")]),
    ("The navy denied firing on the ferry and blamed the rebels for the attack.",
     [("navy", "deny", "firing on the ferry"), ("navy", "blame", "the rebels for the attack")]),
    ("The mayor condemned the raid on the port as murder.", [("mayor", "condemn", "the raid on the port as murder")]),
    ("“This was murder,” said Ada Brandt, accusing the army of shelling the camp.",
     [("Ada Brandt", "say", "“This was murder,”"), ("Ada Brandt", "accuse", "the army of shelling the camp")]),
]  # fmt: skip

BROKEN = [
    ("The dam, the mayor said on Monday, will be closed for two years.", "indirect"),
    ("The raid, he said, killed nine men and wounded two.", "indirect"),
    ("Nine men, according to the army, were killed near Brask.", "indirect"),
    ("“The dam,” Ada Brandt said, “will be closed for two years.”", "direct"),
]

NO_VOICE = [
    "No warning came, nor has any group claimed responsibility for the blast.",
    "Airbridge will announce the route on Monday.",
    "The long siege denied the town any rest.",
]


def voiced(text: str) -> list[Candidate]:
    return [claim for claim in extract(text, Context()).claims if claim.cue or claim.speaker]


@pytest.mark.parametrize(("text", "names", "words"), CHAINS)
def test_every_link_of_a_chain_has_its_name_and_its_place(text: str, names: list[str], words: str) -> None:
    (claim,) = voiced(text)
    assert ([link.name for link in claim.chain], claim.anchor.text) == (names, words)
    assert claim.chain[-1] == claim.speaker
    for link in claim.chain:
        assert text[link.anchor.start : link.anchor.end] == link.anchor.text
        assert link.name in link.anchor.text


@pytest.mark.parametrize(("text", "expected"), ACCUSED)
def test_who_is_blamed_by_whom(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    found = [(one.speaker and one.speaker.name, one.cue and one.cue.lemma, one.anchor.text) for one in voiced(text)]
    assert found == expected


@pytest.mark.parametrize(("text", "mode"), BROKEN)
def test_a_statement_broken_by_its_cue_is_one_claim(text: str, mode: str) -> None:
    (claim,) = voiced(text)
    assert claim.anchor.text == text.removesuffix(".")
    assert claim.mode == mode


def test_what_stands_for_itself_is_not_joined() -> None:
    (claim,) = voiced("At least six houses fell in the first waves, the police said on Sunday, injuring nine people.")
    assert claim.anchor.text == "At least six houses fell in the first waves"


def test_two_clauses_of_one_speaker_stay_two_claims() -> None:
    text = "Minister Ada Brandt announced on Monday that Okri had been given three days and explained that he was ill."
    found = [(one.speaker and one.speaker.name, one.cue and one.cue.lemma, one.anchor.text) for one in voiced(text)]
    assert found == [
        ("Ada Brandt", "announce", "Okri had been given three days"),
        ("Ada Brandt", "explain", "he was ill"),
    ]


def test_a_statement_in_the_first_person_goes_on_behind_those_it_cites() -> None:
    text = (
        "Minister Ada Brandt said:\nI welcome the truce.\n"
        "I echo Mayor Ben Okri's call that all sides spare the port.\nThe port feeds nine towns."
    )
    last = extract(text, Context()).claims[-1]
    assert (last.speaker and last.speaker.name, last.anchor.text) == ("Ada Brandt", "The port feeds nine towns")


@pytest.mark.parametrize("text", NO_VOICE)
def test_what_nobody_said_has_no_voice(text: str) -> None:
    assert voiced(text) == []

"""Attribution through the real pipeline: invented copy, and who is made answerable for what."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.types import Candidate, Context

# text, then for each attributed claim: speaker, cue lemma, a piece of its words
CASES = [
    ("Police said two men drowned in the canal.", [("Police", "say", "two men drowned in the canal")]),
    ("Two men drowned in the canal, police said on Monday.", [("police", "say", "Two men drowned in the canal")]),
    ("Still, she said, the dam had held. The mayor, Ada Brandt, said it was safe.",
     [("she", "say", "the dam had held"), ("Ada Brandt", "say", "it was safe")]),
    ("In the second wave, at least three rockets hit the port, the navy said on Sunday, wounding nine sailors.",
     [("navy", "say", "at least three rockets hit the port")]),
    ("The fire destroyed 12 houses, according to Governor Ada Brandt.",
     [("Ada Brandt", "according to", "The fire destroyed 12 houses")]),
    ("According to the coast guard, nine sailors were missing.",
     [("coast guard", "according to", "nine sailors were missing")]),
    ("The army denied it had fired on the ferry.", [("army", "deny", "it had fired on the ferry")]),
    ("The army denied involvement in the raid.", [("army", "deny", "involvement in the raid")]),
    ("The rebels accused the army of shelling the port.", [("rebels", "accuse", "the army of shelling the port")]),
    ("Villagers said they had not been warned and blamed the ministry for the deaths.",
     [("Villagers", "say", "they had not been warned"), ("Villagers", "blame", "the ministry for the deaths")]),
    ("Ada Brandt stated that the dam was safe, stressing that no water had escaped.",
     [("Ada Brandt", "state", "the dam was safe"), ("Ada Brandt", "stress", "no water had escaped")]),
    ("The ministry reported that two bridges had collapsed and that nine people were missing.",
     [("ministry", "report", "two bridges had collapsed"), ("ministry", "report", "nine people were missing")]),
    ("The attack killed nine people, officials said, while the rebels claimed it had hit a barracks.",
     [("officials", "say", "killed nine people"), ("rebels", "claim", "it had hit a barracks")]),
    ("The navy claimed to have sunk two boats.", [("navy", "claim", "sunk two boats")]),
    ("The minister called the raid “a cowardly crime.”", [("minister", "call", "“a cowardly crime.”")]),
    ("As the minister announced today, the port will close in May.", [("minister", "announce", "the port will close")]),
    ("The newspaper Lantern cited an official as saying that the dam had cracked.",
     [("an official", "cite", "the dam had cracked")]),
    ("It was reported that nine people had died.", [(None, "report", "nine people had died")]),
    ("The raid followed what the army said was an attack on a convoy.", [("army", "say", "was an attack on a convoy")]),
    ("Colonel Ada Brandt, asked about the raid, said: “We fired nothing.”",
     [("Ada Brandt", "say", "“We fired nothing.”")]),
    ("The storm came a day after port officials reported that two cranes had fallen.",
     [("port officials", "report", "two cranes had fallen")]),
]  # fmt: skip

NOTHING = [
    "The minister declined to comment on the raid.",
    "The army could not say how many had died.",
    "Nobody claimed responsibility.",
]


def attributed(text: str) -> list[Candidate]:
    return [claim for claim in extract(text, Context()).claims if claim.cue]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_attributions(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    found = attributed(text)
    assert [(claim.speaker.name if claim.speaker else None, claim.cue.lemma) for claim in found if claim.cue] == [
        (name, cue) for name, cue, _ in expected
    ]
    for claim, (_, _, words) in zip(found, expected, strict=True):
        assert words in claim.anchor.text


@pytest.mark.parametrize("text", NOTHING)
def test_words_withheld_are_no_attribution(text: str) -> None:
    assert attributed(text) == []


def test_content_stops_where_another_voice_sets_in() -> None:
    first, second = attributed("Police said two men drowned, while the mayor claimed that three had died.")
    assert "three" not in first.anchor.text
    assert "two" not in second.anchor.text


def test_a_carrier_stands_before_the_source_in_the_chain() -> None:
    (claim,) = attributed("The Lantern newspaper reported that officials said nine people had died.")
    assert claim.speaker is not None
    assert [source.name for source in claim.chain] == ["Lantern newspaper", "officials"]
    assert claim.chain[-1] == claim.speaker


def test_citing_makes_the_cited_the_source() -> None:
    (claim,) = attributed("The harbour is closed, the Lantern newspaper reported, citing port officials.")
    assert claim.speaker is not None
    assert claim.speaker.name == "port officials"
    assert [source.name for source in claim.chain] == ["Lantern newspaper", "port officials"]
    assert claim.anchor.text == "The harbour is closed"

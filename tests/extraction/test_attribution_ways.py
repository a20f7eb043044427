"""Ways of attributing that go round the plain "X said Y": passives, nouns, asides, inversions, statements in full."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.types import Candidate, Context

Expected = list[tuple[str | None, str | None, str]]

# text, then for each claim with a voice: speaker, cue lemma, its words
PASSIVES = [
    ("Heavy clashes were reported in the north, during which two soldiers were killed.",
     [(None, "report", "Heavy clashes were reported in the north, during which two soldiers were killed")]),
    ("The port was closed, as stated by the navy.", [("navy", "state", "The port was closed")]),
    ("Ada Brandt was arrested on Monday and charged with selling arms to the rebels.",
     [(None, "charge", "Ada Brandt was arrested on Monday and charged with selling arms to the rebels")]),
    ("The front reportedly lost nine men in the raid.",
     [(None, "reportedly", "The front reportedly lost nine men in the raid")]),
    ("The new ferry was praised by the mayor as the safest of all.",
     [("mayor", "praise", "The new ferry was praised by the mayor as the safest of all")]),
]  # fmt: skip

NOUNS = [
    ("The chancellor has given assurances that no troops will enter the campus.",
     [("chancellor", "assurance", "no troops will enter the campus")]),
    ("There were reports of shelling in the hills.", [(None, "report", "shelling in the hills")]),
    ("The mayor has repeated her call for a new inquiry into the dam.",
     [("mayor", "call", "a new inquiry into the dam")]),
]  # fmt: skip

DEMANDS = [
    ("The relief council has asked both armies to agree on a truce.",
     [("relief council", "ask", "both armies to agree on a truce")]),
    ("Ada Brandt pointed to the fall in rents.", [("Ada Brandt", "point", "the fall in rents")]),
    ("The poll showed a large lead for Brandt.", [("poll", "show", "a large lead for Brandt")]),
    ("The rebels threatened an attack on the port.", [("rebels", "threaten", "an attack on the port")]),
    ("The mayor announced the plan at a meeting, where she also drew the winner.",
     [("mayor", "announce", "the plan at a meeting")]),
    ("The navy asked for 40 boats.", [("navy", "ask", "40 boats")]),
    ("The clerk admitted being a member of the gang.", [("clerk", "admit", "being a member of the gang")]),
]  # fmt: skip

PLACES_OF_THE_CUE = [
    ("Floods killed 40 and displaced thousands, the agency said, more than double the official toll.",
     [("agency", "say", "Floods killed 40 and displaced thousands")]),
    ("Ben Okri was stabbed by robbers who broke into his shop, said nurses at Port Hospital, where he was treated.",
     [("nurses at Port Hospital", "say", "Ben Okri was stabbed by robbers who broke into his shop")]),
    ("Two ferries sank off the coast, said harbour master Joel Vance, who watched from the pier.",
     [("Joel Vance", "say", "Two ferries sank off the coast")]),
    ("Raiders took the bridge, said the army, which lost two men there.",
     [("army", "say", "Raiders took the bridge")]),
    ("“The dam will hold,” she said, adding that “it held last year.”",
     [("she", "say", "“The dam will hold,”"), ("she", "add", "“it held last year.”")]),
    ("The clerks' union reiterated that the strike is on and will last until Friday.",
     [("clerks' union", "reiterate", "the strike is on and will last until Friday")]),
    ("The coalition, quoted by Radio Lantern, said the fighting in the Brask valley lasted four hours.",
     [("coalition", "say", "the fighting in the Brask valley lasted four hours")]),
    ("As Deputy Secretary of State Ada Brandt announced today at the summit, the republic will provide 40 boats.",
     [("Ada Brandt", "announce", "the republic will provide 40 boats")]),
    ("Ada Brandt told the Lantern before she left the hall that the dam had cracked.",
     [("Ada Brandt", "tell", "the dam had cracked")]),
    ("Senator Ada Brandt was dismayed, issuing a letter saying “The closure hurts every harbour worker.”",
     [("Ada Brandt", "say", "“The closure hurts every harbour worker.”")]),
    ("The strike came two days after Swedish-backed officials in western Norway claimed shelling killed nine people.",
     [("Swedish-backed officials in western Norway", "claim", "shelling killed nine people")]),
    ("The union sent a letter saying the closure hurts every harbour worker.",
     [("union", "say", "the closure hurts every harbour worker")]),
    ("The ministry called for a rerun of the tender, citing major flaws in the papers.",
     [("ministry", "call", "a rerun of the tender")]),
]  # fmt: skip

IN_FULL = [
    ("The Foreign Secretary, Ada Brandt, said:\nThe use of gas is a crime.\nThe report names nine officers.",
     [("Ada Brandt", None, "The use of gas is a crime"), ("Ada Brandt", None, "The report names nine officers")]),
    ("The Foreign Secretary, Ada Brandt, said:\nThe use of gas is a crime.\nBen Okri said nine officers were named.",
     [("Ada Brandt", None, "The use of gas is a crime"), ("Ben Okri", "say", "nine officers were named")]),
    ("Statement by Foreign Minister Ada Brandt\nThe truce can open the way to talks.",
     [("Ada Brandt", None, "The truce can open the way to talks")]),
    ("PORT BRASK (Radio Lantern) -- [Brask Liberation Front] on the raid in May.\nThe raid was a crime of the army.",
     [("Brask Liberation Front", None, "The raid was a crime of the army")]),
]  # fmt: skip

NO_VOICE = [
    "No injuries were reported.",
    "The clerk asked to remain anonymous.",
    "The weather suggests that the harvest will be late.",
    "An attack claimed by the Brask Front killed nine soldiers on Monday.",
    "Ada Brandt was asked whether the dam would hold.",
]


def voiced(text: str) -> list[Candidate]:
    return [claim for claim in extract(text, Context()).claims if claim.cue or claim.speaker]


@pytest.mark.parametrize(("text", "expected"), [*PASSIVES, *NOUNS, *DEMANDS, *PLACES_OF_THE_CUE, *IN_FULL])
def test_speaker_cue_and_words(text: str, expected: Expected) -> None:
    found = [
        (claim.speaker and claim.speaker.name, claim.cue and claim.cue.lemma, claim.anchor.text)
        for claim in voiced(text)
    ]
    assert found == expected


@pytest.mark.parametrize("text", NO_VOICE)
def test_what_only_looks_like_a_report_has_no_voice(text: str) -> None:
    assert voiced(text) == []


def test_a_sentence_closed_by_its_speaker_ends_before_the_reporting_clause() -> None:
    told = voiced("Okri showed his son the gun, telling him that it was for grown men only, Brandt said.")
    assert told
    assert all("Brandt said" not in claim.anchor.text for claim in told)

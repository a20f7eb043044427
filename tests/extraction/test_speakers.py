"""Who a source phrase names, through the real pipeline, in invented copy."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.types import Context, Source

# text, and (name, role, kind) of each attributed claim's speaker
CASES = [
    ("Harbour chief Ada Brandt said the quay was safe. She said nobody was hurt. Brandt added that ferries ran.",
     [("Ada Brandt", "Harbour chief", "person")] * 3),
    ("The mayor of Lisbon said the dam had held. Mayor Ada Brandt visited it on Monday.",
     [("Ada Brandt", "Mayor", "person")]),
    ("Ada Brandt, the mayor of Port Amber, was born in 1960. The mayor said the dam had held.",
     [("Ada Brandt", "mayor of Port Amber", "person")]),
    ("The mayor, Ada Brandt, said the dam had held.", [("Ada Brandt", "mayor", "person")]),
    ("The firm's chairman, Oskar Lund, said sales had fallen.", [("Oskar Lund", "firm's chairman", "person")]),
    ("The Norwegian Ministry of Transport closed the road. The ministry said it was unsafe.",
     [("Norwegian Ministry of Transport", "", "body")]),
    ("The coast guard said nine sailors were missing. It said the search went on.",
     [("coast guard", "", "body")] * 2),
    ("Officials said nine sailors were missing. They said the search went on.",
     [("Officials", "", "unnamed")] * 2),
    ("A police spokesman said nine men were held. He said they were sailors.",
     [("A police spokesman", "", "unnamed")] * 2),
    ("The National Flood Office (NFO) warned of rain. The NFO said rivers would rise.",
     [("National Flood Office", "", "body")] * 2),
    ("A spokesman for President Ada Brandt said the raid was over.",
     [("A spokesman for President Ada Brandt", "", "unnamed")]),
    ("A police spokesman said nine men were held. The source added that two had escaped.",
     [("A police spokesman", "", "unnamed")] * 2),
    ("The convoy was hit, said medical sources at General Okri Hospital.",
     [("medical sources at General Okri Hospital", "", "unnamed")]),
    ("A communique of the Harbour Ministry said two cranes fell. The communique stated that the port was safe.",
     [("A communique of the Harbour Ministry", "", "body")] * 2),
    ("“We lost the boats,” Ada Brandt said. “It happens when people go out in storms,” she said.",
     [("Ada Brandt", "", "person")] * 2),
    ("The National Flood Office, NFO, warned of rain. The NFO said rivers would rise.",
     [("National Flood Office", "", "body")] * 2),
    ("A spokesman for the Harbour Press Committee (HAPRECO) said two cranes fell. HAPRECO said both were old.",
     [("A spokesman for the Harbour Press Committee", "", "unnamed"), ("Harbour Press Committee", "", "body")]),
    ("Oskar Lund (Falcon) said it was over. Falcon added that two men had died.", [("Oskar Lund", "", "person")] * 2),
    ("Commander Oskar Lund (Falcon), a rebel leader, said it was over. “Falcon” said two men had died. The rebel "
     "leader added that it rained.", [("Oskar Lund", "Commander", "person")] * 3),
    ("Colonel Oskar Lund said nine men were held. The navy reported a fire. The officer said two had escaped.",
     [("Oskar Lund", "Colonel", "person"), ("navy", "", "body"), ("Oskar Lund", "Colonel", "person")]),
    ("Secretary of Transport Ada Brandt said the road was safe.",
     [("Ada Brandt", "Secretary of Transport", "person")]),
    ("A communique of the Harbour Ministry said two cranes fell. The document stated that the port was safe.",
     [("A communique of the Harbour Ministry", "", "body")] * 2),
    ("Reuters reported that the harbour was closed.", [("Reuters", "", "agency")]),
]  # fmt: skip


def speakers(text: str) -> list[Source]:
    return [claim.speaker for claim in extract(text, Context()).claims if claim.speaker]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_speakers(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.role, one.kind) for one in speakers(text)] == expected


def test_the_anchor_keeps_the_words_of_the_text() -> None:
    text = "Captain Ada Brandt spoke on Monday. “We saw nothing,” she said."
    (source,) = speakers(text)
    assert source.anchor.text == "she"
    assert text[source.anchor.start : source.anchor.end] == "she"


@pytest.mark.parametrize(
    "text",
    [
        "“The dam held. Nobody was hurt in the valley,” Ada Brandt said. “The water never reached the houses.”",
        "“The dam held on Monday,” Ada Brandt said.\n“Nobody was hurt in the valley.\n“The water never rose.”",
        "Ada Brandt said in a statement:\n“The dam held on Monday. Nobody was hurt at all.”\n“The water never rose.”",
        "Ada Brandt said in a statement:\nThe dam held on Monday. Nobody was hurt in the valley. The water never rose.",
    ],
)
def test_quotations_of_several_sentences_keep_their_speaker(text: str) -> None:
    claims = extract(text, Context()).claims
    assert [claim.speaker.name if claim.speaker else None for claim in claims] == ["Ada Brandt"] * 3
    assert {claim.mode for claim in claims} == {"direct"}


def test_two_persons_of_one_surname_are_told_apart() -> None:
    text = (
        "Ada Brandt said the dam had held. Her brother Emil Brandt disagreed. "
        "Emil Brandt said the dam had cracked. Ada Brandt said the crack was old."
    )
    assert [one.name for one in speakers(text)] == ["Ada Brandt", "Emil Brandt", "Ada Brandt"]

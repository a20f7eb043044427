"""Denied or asserted, and the marks of doubt that a text sets itself."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.marks import covers_several, marks_before, marks_in
from claims.extraction.types import Context

POLARITY = [
    ("The army denied it had shelled the port.", "denied"),
    ("The navy rejected the accusation.", "denied"),
    ("The army said it did not shell the port.", "denied"),
    ("The navy said no boats were lost.", "denied"),
    ("The mayor said the dam had never leaked.", "denied"),
    ("The mayor said the strike was not a response to the raid.", "denied"),
    ("The mayor said not only the dam but the bridge had cracked.", "asserted"),
    ("The mayor said she could not confirm the toll.", "asserted"),
    ("The mayor said nine people had died.", "asserted"),
    ("The mayor said the river had risen but the dam had not cracked.", "asserted"),
    ("The army did not shell the port on Monday.", "denied"),
    ("The cause of the fire was not known.", "asserted"),
    ("It was not clear who had fired the shells.", "asserted"),
    ("No names have been released.", "asserted"),
    ("The mayor said he did not know whether the dam would hold.", "asserted"),
    ("The company said it had not received any warning.", "denied"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), POLARITY)
def test_polarity(text: str, expected: str) -> None:
    (claim,) = extract(text, Context()).claims
    assert claim.polarity == expected


MARKS = [
    ("The rebels claimed they had sunk a boat.", "claim", ("claimed",)),
    ("The ministry said, without providing evidence, that boats sank.", "say", ("no evidence",)),
    ("The Lantern could not independently verify the toll.", "say", ("unverified",)),
    ("The toll has not been independently confirmed.", "", ("unverified",)),
    ("The boat reportedly sank.", "", ("reportedly",)),
    ("The ministry said boats sank.", "say", ()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "cue", "expected"), MARKS)
def test_marks_in(sentence: str, cue: str, expected: tuple[str, ...]) -> None:
    assert marks_in(sentence, cue) == expected


@pytest.mark.parametrize(
    ("sentence", "marks", "several"),
    [
        ("These claims could not yet be verified.", ("unverified",), True),
        ("It was not possible to verify the report.", ("unverified",), False),
        ("It gave no evidence.", ("no evidence",), False),
        ("It gave a list of names.", (), False),
    ],
)
def test_marks_before(sentence: str, marks: tuple[str, ...], several: bool) -> None:
    assert marks_before(sentence) == marks
    assert covers_several(sentence) is several


def test_a_sentence_of_doubt_marks_the_claims_before_it() -> None:
    text = (
        "Officials said nine people had died. The rebels said they had sunk two boats. "
        "They said a third had fled. Their claims could not be verified."
    )
    claims = extract(text, Context()).claims
    assert [("unverified" in claim.marks) for claim in claims] == [False, True, True]

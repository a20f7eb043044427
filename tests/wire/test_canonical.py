"""Whole pieces of copy: the canonical text, and what was read off the furniture."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest

from ingest.cleaning import Hints, clean
from ingest.cleaning.appeals import asks, split_appeal
from ingest.cleaning.characters import paragraphs

REUTERS_PAGE = """\
Ferry sinks off Port Ellen, coast guard says By Reuters

Ferry sinks off Port Ellen, coast guard says By Reuters

© Reuters. A lifeboat off Port Ellen, Scotland May 3, 2021. REUTERS/Jon Weir

By Ana Lund

PORT ELLEN, Scotland (Reuters) -A ferry sank in a storm on Monday, the coast guard said.

Two people were missing. “We heard a bang,” a passenger said.

(Reporting by Ana Lund; Editing by Jon Weir)
"""
BROADCASTER_PAGE = """\
Storm sinks ferry off Port Ellen as operator denies fault
Posted Tue 4 May 2021 at 6:10am
Key points:
- Two crew are missing
• The operator says the ferry was sound
The ferry went down at dawn - the second loss this year - police said.
Read more
Divers will search again on Wednesday.
AP/Reuters
"""


def test_an_agency_page() -> None:
    cleaned = clean(paragraphs(REUTERS_PAGE))
    assert cleaned.text == (
        "Ferry sinks off Port Ellen, coast guard says\n\n"
        "A ferry sank in a storm on Monday, the coast guard said.\n"
        "Two people were missing. “We heard a bang,” a passenger said."
    )
    assert cleaned.text[: cleaned.headline_end] == cleaned.headline == "Ferry sinks off Port Ellen, coast guard says"
    assert cleaned.bylines == ("Ana Lund",)
    assert cleaned.credits == ("Reuters",)
    assert cleaned.filed is not None
    assert cleaned.filed.place == "Port Ellen"
    assert [kind for kind, _ in cleaned.furniture] == ["credit", "headline", "caption", "byline", "dateline", "credit"]


def test_a_broadcasters_page_keeps_its_bullets_and_dashes() -> None:
    cleaned = clean(paragraphs(BROADCASTER_PAGE))
    assert cleaned.body == (
        "Two crew are missing",
        "The operator says the ferry was sound",
        "The ferry went down at dawn - the second loss this year - police said.",
        "Divers will search again on Wednesday.",
    )
    assert cleaned.credits == ("AP", "Reuters")
    assert cleaned.published == datetime(2021, 5, 4, 6, 10, tzinfo=UTC)
    assert cleaned.zone_assumed


APPEAL = [
    "Storm sinks ferry off Port Ellen, police say",
    "Your support helps us report from the coast",
    "From the fisheries to the shipyards, our reporters are on the ground. We investigate what others do not.",
    "Our journalism is free for every reader. Your donation keeps it so.",
    "Your gift keeps our presses running.A ferry sank off Port Ellen early Monday, police said, and two are missing.",
    "The ferry was 40 years old.",
]


def test_an_appeal_glued_to_the_copy_is_cut_exactly_there() -> None:
    cleaned = clean(APPEAL)
    assert cleaned.body == (
        "A ferry sank off Port Ellen early Monday, police said, and two are missing.",
        "The ferry was 40 years old.",
    )
    assert [kind for kind, _ in cleaned.furniture] == ["appeal"] * 4


def test_an_appeal_behind_the_copy_is_cut() -> None:
    before, kept, behind = split_appeal(
        "The ferry was 40 years old, police said.Please support our journalism: donate today."
    )
    assert (before, kept) == ("", "The ferry was 40 years old, police said.")
    assert behind == "Please support our journalism: donate today."


def test_copy_between_two_appeals_stays() -> None:
    copy = "The ferry was built in 1981 and had sailed the strait since 1990."
    assert clean(["Your donation keeps us reporting.", copy, "Your support makes it possible.", copy]).body == (
        copy,
        copy,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "“Your support keeps the shelter open,” the mayor told volunteers.",
        "Residents can donate blood at the clinic until Friday.",
        "The mayor asked people to donate what they could to the families.",
        "The union pledged to support our members, it said.",
        "WEIR: We need your support on Tuesday.",
        "The party wants to become a member of the alliance.",
    ],
)
def test_what_people_ask_for_in_copy_is_no_appeal(sentence: str) -> None:
    assert not asks(sentence)


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["Video: Ferry sinks off Port Ellen", "Two died on Monday."], "Ferry sinks off Port Ellen"),
        (["HEADLINE: Ferry sinks off Port Ellen", "Two died on Monday."], "Ferry sinks off Port Ellen"),
        (["UPDATE 2-Ferry sinks off Port Ellen", "Two died on Monday."], "Ferry sinks off Port Ellen"),
        (["Ferry sinks off Port Ellen - BBC News", "Two died on Monday."], "Ferry sinks off Port Ellen"),
        (
            ["Ferry sinks off Port Ellen Posted: Monday, May 3, 2021 1:10 PM EDT", "Two died."],
            "Ferry sinks off Port Ellen",
        ),
        (["OSLO (AP) — Two died on Monday.", "They were crew."], ""),
        (["Two died on Monday when a ferry sank.", "They were crew."], ""),
    ],
)
def test_the_headline_stands_without_its_labels(lines: list[str], headline: str) -> None:
    cleaned = clean(lines)
    assert cleaned.headline == headline
    assert cleaned.headline_end == len(headline)
    assert cleaned.text.startswith(headline)


def test_the_headline_that_the_format_gives_goes_first() -> None:
    cleaned = clean(
        ["Ferry sinks", "Two died on Monday."], Hints(headline="Ferry sinks | Harbour Post", site="Harbour Post")
    )
    assert (cleaned.headline, cleaned.body, cleaned.outlet) == ("Ferry sinks", ("Two died on Monday.",), "Harbour Post")


@pytest.mark.parametrize(
    "lines",
    [
        ["CORRECTED-Ferry sinks off Port Ellen", "Two died on Monday."],
        [
            "Ferry sinks off Port Ellen",
            "Two died on Monday.",
            "Correction: An earlier version of this story said three died.",
        ],
        ["Ferry sinks off Port Ellen", "(Corrects number of dead in second paragraph)", "Two died on Monday."],
    ],
)
def test_a_correction_is_a_status(lines: list[str]) -> None:
    cleaned = clean(lines)
    assert cleaned.status == "corrected"
    assert "Two died on Monday." in cleaned.body


@pytest.mark.parametrize(
    ("note", "status", "embargo"),
    [
        ("EMBARGOED until 4 May 2021 00:01 GMT", "embargoed", datetime(2021, 5, 4, 0, 1, tzinfo=UTC)),
        ("Strictly embargoed until noon", "embargoed", None),
        ("MANDATORY KILL", "killed", None),
        ("EDITORS: Please kill the story below.", "killed", None),
        ("This story has been withdrawn.", "killed", None),
        ("Correction: This story misstated how many people were killed.", "corrected", None),
        ("Embargo on oil exports was lifted.", "usable", None),
        ("Kill rates have fallen, the report said.", "usable", None),
    ],
)
def test_notes_to_editors_set_the_status(note: str, status: str, embargo: datetime | None) -> None:
    cleaned = clean([note, "Ferry sinks off Port Ellen, two missing", "Two died on Monday."])
    assert (cleaned.status, cleaned.embargo) == (status, embargo)


def test_an_update_is_no_correction() -> None:
    cleaned = clean(
        ["Ferry sinks off Port Ellen", "Two died.", "This story has been updated with comments from the owner."]
    )
    assert cleaned.status == "usable"
    assert cleaned.ed_note.startswith("This story has been updated")


PARAGRAPHS = [
    "A ferry sank in a storm off Port Ellen on Monday, and two of its crew are missing, the guard said in a statement.",
    "Divers will search the wreck again today if the weather allows, it said, and boats are on their way from Oslo.",
    "- The ferry was 40 years old",
    "- It was inspected in March",
    "Nobody has seen the captain.",
]


@pytest.mark.parametrize("width", [44, 60, 72])
def test_lines_wrapped_at_a_fixed_width_are_joined(width: int) -> None:
    prose = "\n\n".join(textwrap.fill(text, width) for text in PARAGRAPHS[:2])
    assert paragraphs("\n".join([prose, "", *PARAGRAPHS[2:4], "", PARAGRAPHS[4]])) == PARAGRAPHS


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    lines = ["A ferry sank on Monday.", "Two of its crew are missing, police said.", "The search goes on for the two."]
    assert paragraphs("\n".join(lines)) == lines


def test_characters_stay_as_they_came() -> None:
    text = "Cafe\u0301 owner “René”\u00a0said\u200b it…\r\nﬁre \u2212 5\u202f000 hurt"
    assert paragraphs(text) == ["Cafe\u0301 owner “René” said it…", "ﬁre \u2212 5 000 hurt"]


@pytest.mark.parametrize(
    "opening",
    [
        "(Corrects spelling of mayor) BERGEN, Norway, March 3 (Reuters) - ",
        "BERGEN, Norway, March 3 (Corrects spelling of mayor) - ",
    ],
)
def test_a_note_on_a_correction_is_no_copy(opening: str) -> None:
    copy = "A tram hit a bus on Monday, injuring nine people, police said."
    cleaned = clean(["Tram hits bus in Bergen", opening + copy, "The tram (adds colour) was new."])
    assert cleaned.body == (copy, "The tram (adds colour) was new.")
    assert (cleaned.status, cleaned.ed_note) == ("corrected", "(Corrects spelling of mayor)")
    assert cleaned.filed is not None
    assert cleaned.filed.place == "Bergen"

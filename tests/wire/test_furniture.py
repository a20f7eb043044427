"""Which lines are furniture, and which only look like it."""

from __future__ import annotations

import pytest

from ingest.cleaning.furniture import caption_by_house, kind_of, split_tail

FURNITURE = [
    ("Read more", "teaser"),
    ("Read more: Harbour wall gives way in storm", "teaser"),
    ("RELATED: Ferry line to close in spring", "teaser"),
    ("Related stories", "teaser"),
    ("[READ MORE: Ferry line to close]", "teaser"),
    ("VIDEO: Watch our report from the harbour", "teaser"),
    ("Watch the full interview below:", "teaser"),
    ("Click here for the photo gallery", "teaser"),
    ("https://example.org/story/123", "teaser"),
    ("Story continues below advertisement", "teaser"),
    ("Follow Mira Olsen on Twitter @miraolsen", "social"),
    ("Follow our live coverage here", "social"),
    ("Read or Share this story: http://exmpl.ly/1AbC", "social"),
    ("Share on Facebook", "social"),
    ("Facebook | Twitter | Email", "social"),
    ("Like us on Facebook for updates", "social"),
    ("Sign up for our morning newsletter", "newsletter"),
    ("Subscribe to our newsletter for the latest headlines", "newsletter"),
    ("Already a subscriber? Log in", "newsletter"),
    ("Download the Harbour Post app", "newsletter"),
    ("We use cookies to improve your experience.", "notice"),
    ("Please enable JavaScript to view this page.", "notice"),
    ("ADVERTISEMENT", "notice"),
    ("This is a developing story. Check back for updates.", "notice"),
    ("Copyright 2021 Harbour Media. All rights reserved.", "copyright"),
    ("© 2021 Harbour Media", "copyright"),
    ("© Reuters. Divers search the wreck off Port Ellen, May 3, 2021. REUTERS/Ana Lund", "caption"),
    ("© Jonas Weir; Interfax", "caption"),
    ("A crane lifts the hull of the ferry. (Photo: Ana Lund)", "caption"),
    ("A crane lifts the hull of the ferry in Port Ellen, May 3, 2021. REUTERS/Ana Lund", "caption"),
    ("Divers enter the water at dawn. Ana Lund/Getty Images", "caption"),
    ("FILE PHOTO: The ferry leaves Port Ellen, June 1, 2019.", "caption"),
    ("In this photo provided by the coast guard, a boat approaches the ferry.", "caption"),
    ("Photo: Ana Lund", "photo credit"),
    ("Photo credit: Port Ellen Fire Service", "photo credit"),
    ("AP/Reuters", "credit"),
    ("Reuters, AFP", "credit"),
    ("(With agencies)", "credit"),
    ("Source: dpa", "credit"),
    ("By The Associated Press", "credit"),
    ("(Reporting by Ana Lund in Oslo; Editing by Jon Weir)", "credit"),
    ("Additional reporting by Jon Weir", "credit"),
    ("Associated Press writer Jon Weir in Oslo contributed to this report.", "credit"),
    ("With inputs from PTI", "credit"),
    ("Follow AP’s coverage of the floods at https://apnews.com/hub/floods", "credit"),
    ("Contact Ana Lund at ana.lund@example.org or 555-0100", "contact"),
    ("ana.lund@example.org", "contact"),
    ("Published 12:30 GMT", "time"),
    ("Updated 3 May 2021 14:05 BST", "time"),
    ("Posted: Tuesday, April 6, 2021 1:10 PM EDT Updated: Tuesday, April 6, 2021 2:15 PM EDT", "time"),
    ("May 3, 2021", "time"),
    ("Last updated 2 hours ago", "time"),
    ("___", "end mark"),
    ("ENDS", "end mark"),
    ("-30-", "end mark"),
    ("Key points:", "label"),
    ("Highlights", "label"),
    ("Home > World > Europe", "navigation"),
    ("Tags: ferry, Port Ellen", "navigation"),
    ("4 min read", "navigation"),
    ("Correction: An earlier version of this story misspelt the name of the ferry.", "note"),
    ("(Corrects spelling of ferry in second paragraph)", "note"),
    ("Editor’s note: some names have been changed.", "note"),
]

COPY = [
    "Read more than forty pages of the report, the minister told the house, and you will see.",
    "More than 40 people were hurt.",
    "Follow-up inspections found two more cracks.",
    "Related charges were dropped in March.",
    "By Friday morning, 12 bodies had been found.",
    "Photographs show the hull on its side.",
    "Sign language interpreters were at the briefing.",
    "Share prices fell 3 percent after the collapse.",
    "Copyright law does not cover the drawings, the court said.",
    "Reuters reported that the ferry had been inspected in March.",
    "The AP said it could not verify the video.",
    "Contact with the ferry was lost at 0210 GMT, the coast guard said.",
    "Published figures put the toll at 12.",
    "Updated maps show the river two metres higher.",
    "Print works in the old town burned for six hours.",
    "Watch towers along the border were shelled on Monday.",
    "Corrections officers found the man in his cell.",
    "In this town of 400, everyone knew the captain.",
    "“Sign up for nothing,” she told the crew.",
    "Ends do not justify means, the bishop said.",
    "Download speeds fell by half after the cable was cut, the operator said.",
    "Subscribers lost their connection for two hours.",
    "Tags on the wreckage showed that it had been inspected.",
    "Editing by hand took the clerks three weeks.",
    "Kremlin says the bridge is not a target",
    "Image recognition found 14 craters.",
    "Video posted by a resident shows a column of smoke.",
    "No casualties were reported.",
    "12 dead",
]


@pytest.mark.parametrize(("line", "kind"), FURNITURE)
def test_furniture_is_known_by_its_kind(line: str, kind: str) -> None:
    found = kind_of(line)
    assert found is not None
    assert found.value == kind


@pytest.mark.parametrize("line", COPY)
def test_copy_is_left_alone(line: str) -> None:
    assert kind_of(line) is None


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("Smoke rises over the harbour of Port Ellen. Reuters", True),
        ("Smoke rises over the harbour. AFP/Getty", True),
        ("Smoke rises over the harbour, according to Reuters", False),
        ("The minister denied it. He blamed Moscow.", False),
    ],
)
def test_a_sentence_with_a_bare_agency_behind_it_is_a_caption(line: str, is_caption: bool) -> None:
    assert caption_by_house(line) is is_caption


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Nobody was hurt, she said. (Reporting by Ana Lund)", "(Reporting by Ana Lund)"),
        ("Nobody was hurt, the mayor said. (AP)", "(AP)"),
        ("Nobody was hurt, the mayor said. — dpa", "— dpa"),
        ("Nobody was hurt, the mayor said (on Monday).", ""),
        ("Nobody was hurt, the mayor told Reuters.", ""),
    ],
)  # fmt: skip
def test_a_credit_comes_off_the_end_of_a_paragraph(line: str, credit: str) -> None:
    kept, found = split_tail(line)
    assert found == credit
    assert kept + (" " + found if found else "") == line

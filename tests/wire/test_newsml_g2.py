"""NewsML-G2: what is taken from items alone and in a message, and what is refused with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ingest.wire.registry import read, read_all
from ingest.wire.types import DEFAULT, Limits, WireError, WireItem

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "iptc"
STANDARD = sorted([*(SHARED / "newsml-g2").glob("*.x*"), *(SHARED / "ninjs" / "examples" / "NewsML").glob("*.xml")])
COPY = (
    "<p>OULU, Finland, May 2 (Polar Press) - Two bridges were closed on Thursday, the mayor said.</p>"
    "<p>Nobody was hurt.</p>"
)
ABOUT = (
    '<itemClass qcode="ninat:text"/><provider literal="Polar Press"/>'
    "<versionCreated>2024-05-02T10:00:00Z</versionCreated>"
)


def item(
    *,
    about: str = "",
    content: str = "",
    body: str = COPY,
    attributes: str = 'guid="urn:x:1" version="3"',
    meta: str = ABOUT,
) -> bytes:
    headline = "" if "<headline" in content else "<headline>Two bridges are closed in Oulu</headline>"
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" {attributes}><itemMeta>{meta}{about}</itemMeta>'
        f"<contentMeta>{headline}{content}</contentMeta><contentSet><inlineXML>{body}</inlineXML></contentSet></newsItem>"
    ).encode()


def body_of(found: WireItem) -> list[str]:
    return found.text[found.headline_end :].strip().split("\n")


def test_a_message_gives_its_stories_and_names_what_it_leaves_out() -> None:
    file = read_all((SAMPLES / "g2_reuters.xml").read_bytes())
    story, killed = file.items
    assert story.format == "newsml-g2"
    assert (story.wire_id, story.version) == ("tag:reuters.com,2024:newsml_L2N3H405A", "8")
    assert story.version_created == datetime(2024, 5, 2, 8, 13, 41, tzinfo=UTC)
    assert story.published == story.version_created
    assert (story.status, story.change) == ("usable", "update")
    assert story.headline == "Dam on Volta holds after night of rain"
    assert story.slug == "GHANA-DAM/ (UPDATE 2)"
    assert story.bylines == ("Efua Mensah", "Kojo Addo")
    assert (story.dateline.place, story.dateline.day, story.dateline.region) == ("Accra", date(2024, 5, 2), "Ghana")
    assert (story.credits, story.outlet, story.language) == (("Reuters",), "Reuters", "en")
    assert story.derived_from == "tag:reuters.com,2024:newsml_L2N3H3000"
    assert body_of(story)[:2] == [
        "The dam above Akosombo held on Thursday after 14 hours of rain, the energy minister said.",
        "“Nobody was hurt,” Ama Owusu told reporters.",
    ]
    assert "North 81.2" in body_of(story)
    assert (killed.status, killed.change, killed.text) == ("killed", "kill", "")
    assert killed.ed_note == "Story withdrawn: it was sent in error."
    assert [("package" in said, "picture" in said) for said in file.left_out] == [(True, False), (False, True)]


def test_escaped_html_a_prefix_and_an_embargoed_correction() -> None:
    found = read((SAMPLES / "g2_dpa.xml").read_bytes())
    zone = timezone(timedelta(hours=2))
    assert found.headline == "Flood closes the old bridge in Bremen"
    assert (found.status, found.change) == ("embargoed", "correction")
    assert found.embargo == datetime(2024, 6, 8, 6, tzinfo=zone)
    assert found.version_created == datetime(2024, 6, 7, 11, 20, tzinfo=zone)
    assert (found.bylines, found.credits, found.outlet) == (("Lena Brandt",), ("dpa",), "dpa")
    assert (found.dateline.place, found.language) == ("Bremen", "en")
    assert body_of(found) == [
        "High water closed the old bridge in Bremen on Friday.",
        "About 300 people left their homes, the fire brigade said.",
    ]
    assert "Wandrahm" not in found.text


@pytest.mark.parametrize(
    ("about", "status", "change"),
    [
        ('<pubStatus qcode="stat:usable"/>', "usable", ""),
        ('<pubStatus qcode="stat:canceled"/>', "killed", "kill"),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>', "killed", "recall"),
        ('<signal qcode="sig:correction"/>', "corrected", "correction"),
        ('<signal qcode="sig:update"/>', "usable", "update"),
        ('<signal qcode="x:kill"/><pubStatus qcode="stat:usable"/>', "killed", "kill"),
        ("<edNote>Editors' note: Corrects the number of bridges.</edNote>", "corrected", "correction"),
        ("<edNote>The river report is planned.</edNote>", "usable", ""),
        ("<embargoed>2024-05-03T06:00:00+02:00</embargoed>", "embargoed", ""),
    ],
)
def test_status_and_change_are_read_off_codes_and_notes(about: str, status: str, change: str) -> None:
    found = read(item(about=about))
    assert (found.status, found.change) == (status, change)
    assert body_of(found) == ["Two bridges were closed on Thursday, the mayor said.", "Nobody was hurt."]


def test_an_embargo_without_an_end_is_said_and_holds() -> None:
    found = read(item(about="<embargoed/>"))
    assert (found.status, found.embargo) == ("embargoed", None)
    assert any("until further notice" in said for said in found.warnings)


def test_what_is_missing_is_named_and_the_rest_is_read() -> None:
    found = read(item(attributes="", meta="<versionCreated>2024-05-02T10:00:00</versionCreated>"))
    assert body_of(found)[0] == "Two bridges were closed on Thursday, the mayor said."
    said = " ".join(found.warnings)
    assert "no identifier (guid)" in said and "no provider" in said and "names no time zone" in said
    assert "cannot be read as a time: 'soon'" in " ".join(
        read(item(meta="<versionCreated>soon</versionCreated>")).warnings
    )


def test_nothing_is_missing_from_a_full_item() -> None:
    assert read(item()).warnings == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<dateline>TURKU, Monday (AFP)</dateline>", ("Turku", "")),
        (
            '<located><name>Turku</name><broader type="cptype:country"><name>Finland</name></broader></located>',
            ("Turku", "Finland"),
        ),
        ('<located qcode="city:Turku"/>', ("Turku", "")),
        ('<located qcode="geo:345678"/>', ("", "")),
    ],
)
def test_the_place_is_the_printed_one_before_the_located_one(content: str, expected: tuple[str, str]) -> None:
    found = read(item(content=content, body="<p>Two bridges were closed on Thursday, the mayor said.</p>"))
    assert (found.dateline.place, found.dateline.region) == expected


def test_creators_are_authors_where_they_are_people() -> None:
    person = read(item(content="<creator literal='Aino Salo'/>"))
    house = read(item(content="<creator><name>Northern News Service</name></creator>"))
    assert person.bylines == ("Aino Salo",)
    assert house.bylines == () and "Northern News Service" in house.credits


@pytest.mark.parametrize(
    ("notice", "credits"),
    [
        ("Copyright 2024 The Associated Press. All rights reserved. Not to be redistributed.", ("AP",)),
        ("(c) 2024 Borealis Newswire", ()),
    ],
)
def test_an_agency_that_holds_the_copyright_is_credited(notice: str, credits: tuple[str, ...]) -> None:
    found = read(
        item(body="<p>Two bridges were closed on Thursday.</p>").replace(
            b"<itemMeta>", f"<rightsInfo><copyrightNotice>{notice}</copyrightNotice></rightsInfo><itemMeta>".encode()
        )
    )
    assert found.credits == credits


def test_the_better_rendition_is_read_once() -> None:
    plain = "<inlineData contenttype='text/plain'>Plain words of it.</inlineData>"
    body = f"<html><body>{COPY}</body></html></inlineXML>{plain}<inlineXML>"
    assert body_of(read(item(body=body))) == [
        "Two bridges were closed on Thursday, the mayor said.",
        "Nobody was hurt.",
    ]


def test_an_item_without_a_story_is_its_summary_or_headline_and_says_so() -> None:
    summary = read(
        item(body="", content='<description role="drol:summary">Two bridges over the Oulujoki are shut.</description>')
    )
    assert body_of(summary) == ["Two bridges over the Oulujoki are shut."]
    assert any("summary was read instead" in said for said in summary.warnings)
    flash = read(item(body=""))
    assert flash.text == "Two bridges are closed in Oulu"
    assert any("its headline is all that was read" in said for said in flash.warnings)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'<packageItem guid="p"><groupSet/></packageItem>', "packageItem p is a package"),
        (b'<conceptItem guid="c"/>', "is a concept"),
        (b'<knowledgeItem guid="k"/>', "is a set of concepts"),
        (b'<planningItem guid="l"/>', "is a plan of coverage"),
        (b'<catalogItem guid="t"/>', "is a catalogue"),
        (b"<groupSet/>", "groupSet is a part of a package"),
        (b'<newsItem guid="e"><contentMeta><headline/></contentMeta></newsItem>', "newsItem e has no content"),
        (b"<newsMessage><itemSet/></newsMessage>", "holds no copy"),
        (b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', "XML schema"),
        (item(meta='<itemClass qcode="ninat:video"/>', body=""), "is a video item"),
    ],
)
def test_what_is_no_copy_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(WireError, match=r"\bnor?\b") as error:
        read_all(raw)
    assert reason in str(error.value)


def test_a_message_holds_no_more_items_than_the_desk_reads() -> None:
    one = item().decode().replace('xmlns="http://iptc.org/std/nar/2006-10-01/"', "")
    raw = f"<newsMessage><itemSet>{one * 5}</itemSet></newsMessage>".encode()
    assert len(read_all(raw, limits=Limits(max_items=5)).items) == 5
    with pytest.raises(WireError, match="5 items"):
        read_all(raw, limits=Limits(max_items=4))


@pytest.mark.skipif(not STANDARD, reason="the examples of the standard in ../shared/evaluation/iptc are not here")
@pytest.mark.parametrize("path", STANDARD, ids=lambda path: path.name[:40])
def test_every_example_of_the_standard_is_read_or_refused_for_what_it_is(path: Path) -> None:
    raw = path.read_bytes()
    try:
        file = read_all(raw, limits=DEFAULT)
    except WireError as error:
        said = str(error)
        assert said.endswith(".")
        assert raw.count(b"<p>") < 2 or b"</xs:" in raw, f"copy was refused: {said}"
        return
    for found in file.items:
        assert found.headline and found.text.startswith(found.headline)
        assert found.wire_id or any("identifier" in said for said in found.warnings)
        assert found.version_created or any("versionCreated" in said for said in found.warnings)
        assert raw.count(b"<p>") <= 1 or body_of(found)

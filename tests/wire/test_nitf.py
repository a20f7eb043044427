"""NITF, alone and inside NewsML-G2: its head, its body and its end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.wire.registry import read
from ingest.wire.types import WireError, WireItem

SAMPLES = Path(__file__).parent / "samples"
HEDLINE = "<hedline><hl1>Ice closes the port of Kemi</hl1></hedline>"
COPY = "<p>Ice closed the port of Kemi on Monday, the harbour master said.</p>"


def nitf(
    *, data: str = "", attributes: str = "", head: str = HEDLINE, body: str = COPY, end: str = "", top: str = ""
) -> bytes:
    return (
        f"<nitf><head>{top}<docdata {attributes}><doc-id id-string='K1'/><date.issue norm='20240205T101500Z'/>{data}"
        "</docdata></head>"
        f"<body><body.head>{head}</body.head><body.content>{body}</body.content><body.end>{end}</body.end></body></nitf>"
    ).encode()


def body_of(found: WireItem) -> list[str]:
    return found.text[found.headline_end :].strip().split("\n")


def test_a_story_of_an_agency_is_read_whole() -> None:
    found = read((SAMPLES / "nitf_ap.xml").read_bytes())
    assert found.format == "nitf"
    assert (found.wire_id, found.version, found.slug) == ("HRB7K2Q1", "3", "BC-NO--Harbour Fire")
    assert found.version_created == datetime(2024, 3, 12, 17, 33, 22, tzinfo=UTC)
    assert found.published == datetime(2024, 3, 12, 18, tzinfo=UTC)
    assert (found.status, found.change) == ("corrected", "correction")
    assert found.headline == "Fire on ferry in Tromso harbour kills two"
    assert found.bylines == ("INGA SOLHEIM", "PER DAHL")
    assert (found.dateline.place, found.dateline.region, found.dateline.day) == ("Tromso", "Norway", date(2024, 3, 12))
    assert (found.credits, found.outlet, found.language) == (("AP",), "AP", "en")
    assert found.url == "https://example.org/harbour-fire"
    assert found.ed_note.startswith("Eds: CORRECTS the number of crew")
    assert found.warnings == ()


def test_the_body_keeps_its_order_and_its_furniture_stays_out() -> None:
    found = read((SAMPLES / "nitf_ap.xml").read_bytes())
    assert body_of(found) == [
        "Two people died when fire broke out on a ferry, police said Tuesday.",
        "The Nordlys carried 41 passengers – all of them are safe, Kari Holm said.",
        "Two dead",
        "Seven rescued",
        "Deck | Rescued",
        "Upper | 30",
        "Lower | 11",
        "How it began",
        "The fire began in the engine room, a port official said.",
    ]
    kinds = dict(reversed(found.furniture))
    assert kinds["caption"] == "Smoke rises over the quay on Tuesday."
    assert kinds["photo credit"] == "(AP Photo/Liv Moe)"
    assert kinds["dateline"] == "TROMSO, Norway (AP) —"
    assert ("credit", "Associated Press writer Ole Berg in Oslo contributed to this report.") in found.furniture


def test_a_kill_needs_no_copy_and_names_what_it_kills() -> None:
    found = read((SAMPLES / "nitf_kill.xml").read_bytes())
    assert (found.status, found.change, found.text) == ("killed", "kill", "")
    assert (found.wire_id, found.derived_from) == ("HRB7K2Q9", "HRB7K2Q1")
    assert "MANDATORY KILL" in found.ed_note
    assert any("no time zone" in said for said in found.warnings)


@pytest.mark.parametrize(
    ("attributes", "data", "status", "change"),
    [
        ("management-status='usable'", "", "usable", ""),
        ("management-status='withheld'", "", "killed", "recall"),
        ("management-status='canceled'", "", "killed", "kill"),
        ("", "<correction info='The port is Kemi, not Tornio.' id-string='K0'/>", "corrected", "correction"),
        ("", "<ed-msg info='Eds: UPDATES with quotes.'/>", "usable", "update"),
        ("", "<ed-msg info='Eds: Photos are planned.'/>", "usable", ""),
        ("", "<du-key version='1' generation='1'/>", "usable", ""),
        ("", "<du-key version='4'/>", "usable", "update"),
        ("management-status='embargoed'", "<date.release norm='20240206T060000Z'/>", "embargoed", ""),
    ],
)
def test_status_and_change(attributes: str, data: str, status: str, change: str) -> None:
    found = read(nitf(attributes=attributes, data=data))
    assert (found.status, found.change) == (status, change)


def test_a_release_that_lies_after_the_issue_is_an_embargo() -> None:
    later = read(nitf(data="<date.release norm='20240206T060000+0200'/>"))
    assert later.embargo is not None and later.embargo.isoformat() == "2024-02-06T06:00:00+02:00"
    assert read(nitf(data="<date.release norm='20240205T101500Z'/>")).embargo is None


def test_the_revision_history_tells_of_a_correction() -> None:
    top = "<revision-history name='ed' function='correction' norm='20240205T120000Z'/>"
    assert read(nitf(top=top)).change == "correction"


@pytest.mark.parametrize(
    ("head", "place", "day"),
    [
        ("<dateline>KEMI, Finland, Feb. 5, 2024</dateline>", "Kemi", date(2024, 2, 5)),
        ("<dateline><location>Kemi</location><story.date>5 February</story.date></dateline>", "Kemi", date(2024, 2, 5)),
        (
            "<dateline><location><city>Kemi</city>, Finland</location> <story.date norm='20240204'/></dateline>",
            "Kemi",
            date(2024, 2, 4),
        ),
        ("", "", None),
    ],
)
def test_the_dateline_of_the_head(head: str, place: str, day: date | None) -> None:
    found = read(nitf(head=HEDLINE + head))
    assert (found.dateline.place, found.dateline.day) == (place, day)


def test_a_dateline_in_brackets_or_of_the_known_place_comes_off_the_copy() -> None:
    bracketed = read(
        nitf(body="<p>(Kemi, Finland - February 5) Ice closed the port on Monday, the harbour master said.</p>")
    )
    assert body_of(bracketed) == ["Ice closed the port on Monday, the harbour master said."]
    assert (bracketed.dateline.place, bracketed.dateline.day) == ("Kemi", date(2024, 2, 5))
    known = read(nitf(head=f"{HEDLINE}<dateline>Kemi</dateline>", body="<p>Kemi – Ice closed the port on Monday.</p>"))
    assert body_of(known) == ["Ice closed the port on Monday."]
    hyphen = read(nitf(head=f"{HEDLINE}<dateline>Kemi</dateline>", body="<p>Kemi-based pilots said so on Monday.</p>"))
    assert body_of(hyphen) == ["Kemi-based pilots said so on Monday."]


def test_an_abstract_stands_in_for_a_body_and_not_beside_one() -> None:
    abstract = "<abstract><p>Ice shuts a Finnish port.</p></abstract>"
    assert body_of(read(nitf(head=HEDLINE + abstract))) == [
        "Ice closed the port of Kemi on Monday, the harbour master said."
    ]
    alone = read(nitf(head=HEDLINE + abstract, body=""))
    assert body_of(alone) == ["Ice shuts a Finnish port."]
    assert any("abstract was read instead" in said for said in alone.warnings)


def test_inside_newsml_g2_the_outer_markup_goes_first_and_the_inner_fills_it() -> None:
    inner = nitf(head=f"{HEDLINE}<byline>By Aino Salo, <byttl>Staff Reporter</byttl></byline>").decode()
    raw = (
        '<newsItem guid="urn:x:9" version="2"><itemMeta><provider literal="Polar Press"/></itemMeta>'
        "<contentMeta><headline>Port of Kemi shut by ice</headline></contentMeta>"
        f"<contentSet><inlineXML>{inner}</inlineXML></contentSet></newsItem>"
    )
    found = read(raw.encode())
    assert (found.wire_id, found.version, found.headline) == ("urn:x:9", "2", "Port of Kemi shut by ice")
    assert found.bylines == ("Aino Salo",)
    assert found.version_created == datetime(2024, 2, 5, 10, 15, tzinfo=UTC)
    assert body_of(found) == ["Ice closed the port of Kemi on Monday, the harbour master said."]


def test_what_is_missing_is_named() -> None:
    found = read(
        b"<nitf><body><body.content><p>Ice closed the port of Kemi on Monday.</p></body.content></body></nitf>"
    )
    assert body_of(found) == ["Ice closed the port of Kemi on Monday."]
    assert [said.split(" (")[0] for said in found.warnings] == [
        "The file names no identifier",
        "The file names no time of issue",
        "The file names no headline",
    ]
    with pytest.raises(WireError, match="neither a headline nor copy"):
        read(b"<nitf><head/><body/></nitf>")

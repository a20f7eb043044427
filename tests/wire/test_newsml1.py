"""NewsML 1.2: identity without its revision, the story among its components, and one language of several."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.wire.registry import read, read_all
from ingest.wire.types import Limits, WireError, WireItem

SAMPLES = Path(__file__).parent / "samples"
TEXT = "Snow closed the pass to lorries on Monday, the road service said."


def component(text: str = TEXT, *, headline: str = "Snow closes the pass", more: str = "", kind: str = "") -> str:
    lines = f"<NewsLines><HeadLine>{headline}</HeadLine>{more}</NewsLines>" if headline else ""
    return f"<NewsComponent>{lines}<ContentItem>{kind}<DataContent>{text}</DataContent></ContentItem></NewsComponent>"


def newsml(
    *components: str, management: str = "", revision: str = "<RevisionId PreviousRevision='0' Update='N'>1</RevisionId>"
) -> bytes:
    inside = components[0] if len(components) == 1 else f"<NewsComponent>{''.join(components)}</NewsComponent>"
    return (
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>p.example</ProviderId><DateId>20240108</DateId>"
        f"<NewsItemId>N5</NewsItemId>{revision}</NewsIdentifier></Identification><NewsManagement>{management}"
        f"<ThisRevisionCreated>20240108T090000Z</ThisRevisionCreated></NewsManagement>{inside}</NewsItem></NewsML>"
    ).encode()


def body_of(found: WireItem) -> list[str]:
    return found.text[found.headline_end :].strip().split("\n")


def test_a_story_with_a_dtd_that_nobody_fetches() -> None:
    found = read((SAMPLES / "newsml1_afp.xml").read_bytes())
    assert found.format == "newsml-1"
    assert (found.wire_id, found.version) == ("urn:newsml:afp.com:20240625T121500Z:TX-PAR-QQR31", "2")
    assert found.version_created == datetime(2024, 6, 25, 13, tzinfo=UTC)
    assert (found.status, found.change, found.slug) == ("usable", "update", "Chad-flood")
    assert found.derived_from == "urn:newsml:afp.com:20240624:TX-PAR-QQP07"
    assert found.headline == "River bursts its banks in N'Djamena"
    assert found.bylines == ("Amine Saleh",)
    assert (found.dateline.place, found.dateline.day) == ("N'Djamena", date(2024, 6, 25))
    assert (found.credits, found.outlet, found.language) == (("AFP",), "AFP", "en")
    assert body_of(found) == [
        "The river Chari burst its banks on Tuesday and drove 1,200 people from their homes, the governor said.",
        "Markets closed",
        "Two markets closed, an AFP reporter saw.",
    ]


def test_one_language_is_read_and_the_others_are_named() -> None:
    file = read_all((SAMPLES / "newsml1_wire.xml").read_bytes())
    (found,) = file.items
    assert found.headline == "Havn Shipping buys two new ferries"
    assert (found.wire_id, found.slug, found.language) == (
        "urn:newsml:fjordwire.example:20240605:N0771",
        "NO-HAVN",
        "en",
    )
    assert (found.status, found.change) == ("embargoed", "correction")
    assert found.embargo == datetime(2024, 6, 6, 6, tzinfo=UTC)
    assert (found.outlet, found.credits) == ("Fjord Wire", ("Havn Shipping ASA", "FJORD WIRE"))
    assert (found.dateline.place, found.dateline.region) == ("Bergen", "Norway")
    assert body_of(found) == [
        "Havn Shipping said on Wednesday that it has bought two ferries from a yard in Bergen.",
        "The first sails in May.",
        "The second sails in June.",
    ]
    assert len(file.left_out) == 1 and "other languages" in file.left_out[0]


@pytest.mark.parametrize(
    ("public", "revision", "expected"),
    [
        ("urn:newsml:p.example:20240108:N5:7", "7", "urn:newsml:p.example:20240108:N5"),
        ("urn:newsml:p.example:20240108:N5:7U", "7", "urn:newsml:p.example:20240108:N5"),
        ("urn:newsml:p.example:20240108:N5", "7", "urn:newsml:p.example:20240108:N5"),
        ("", "7", "urn:newsml:p.example:20240108:N5"),
    ],
)
def test_all_revisions_share_one_identity(public: str, revision: str, expected: str) -> None:
    given = f"<RevisionId>{revision}</RevisionId>" + (
        f"<PublicIdentifier>{public}</PublicIdentifier>" if public else ""
    )
    found = read(newsml(component(), revision=given))
    assert (found.wire_id, found.version) == (expected, revision)


@pytest.mark.parametrize(
    ("management", "status", "change"),
    [
        ("<Status FormalName='Usable'/>", "usable", ""),
        ("<Status FormalName='Canceled'/>", "killed", "kill"),
        ("<Status FormalName='Withheld'/>", "killed", "recall"),
        ("<Status FormalName='Usable'/><Instruction FormalName='Correction'/>", "corrected", "correction"),
        ("<Instruction FormalName='Update'/>", "usable", "update"),
        ("<Status FormalName='Embargoed'/>", "embargoed", ""),
    ],
)
def test_status_and_change(management: str, status: str, change: str) -> None:
    found = read(newsml(component(), management=management))
    assert (found.status, found.change) == (status, change)
    assert body_of(found) == [TEXT]


def test_a_cancelled_item_needs_no_component() -> None:
    raw = newsml("", management="<Status FormalName='Canceled'/>")
    found = read(raw)
    assert (found.status, found.change, found.text) == ("killed", "kill", "")
    assert found.wire_id == "urn:newsml:p.example:20240108:N5"


def test_a_date_line_that_is_a_time_leaves_the_place_to_the_copy() -> None:
    more = "<DateLine>Mon Jan 8, 2024 9:00am GMT</DateLine>"
    found = read(
        newsml(component("<p>SION, Jan 8 (Reuters) - Snow closed the pass on Monday, police said.</p>", more=more))
    )
    assert (found.dateline.place, found.dateline.day) == ("Sion", date(2024, 1, 8))
    assert body_of(found) == ["Snow closed the pass on Monday, police said."]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{TEXT}</p>",
        f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>no</title></head><body><p>{TEXT}</p></body></html>",
        f"&lt;p&gt;{TEXT}&lt;/p&gt;",
        f"<![CDATA[<html><body><p>{TEXT}</p></body></html>]]>",
        f"<nitf><body><body.content><p>{TEXT}</p></body.content></body></nitf>",
        f"<![CDATA[<?xml version='1.0'?><nitf><body><body.content><p>{TEXT}</p></body.content></body></nitf>]]>",
        TEXT,
    ],
)
def test_the_story_is_found_in_whatever_form_it_is_held(text: str) -> None:
    assert body_of(read(newsml(component(text)))) == [TEXT]


def test_base64_is_decoded_where_the_markup_says_so() -> None:
    packed = "U25vdyBjbG9zZWQgdGhlIHBhc3MgdG8gbG9ycmllcyBvbiBNb25kYXku"
    raw = (
        newsml(component("@"))
        .decode()
        .replace(
            "<DataContent>@</DataContent>",
            f"<Encoding Notation='Base64'><DataContent>{packed}</DataContent></Encoding>",
        )
    )
    assert body_of(read(raw.encode())) == ["Snow closed the pass to lorries on Monday."]


def test_several_stories_in_one_item_are_several_items() -> None:
    file = read_all(
        newsml(component(), component("Trains run late in the valley today.", headline="Trains run late in the valley"))
    )
    assert [found.headline for found in file.items] == ["Snow closes the pass", "Trains run late in the valley"]
    assert [found.wire_id.rpartition(":")[2] for found in file.items] == ["N5", "N5#2"]
    with pytest.raises(WireError, match="2 items"):
        read_all(newsml(component(), component(headline="Trains run late in the valley")), limits=Limits(max_items=1))


def test_a_note_line_and_a_page_line_are_taken() -> None:
    more = (
        "<NewsLine><NewsLineType FormalName='EdNote'/>"
        "<NewsLineText>Corrects the name of the pass.</NewsLineText></NewsLine>"
        "<NewsLine><NewsLineType FormalName='URL'/><NewsLineText>https://p.example/pass</NewsLineText></NewsLine>"
    )
    found = read(newsml(component(more=more)))
    assert (found.ed_note, found.change, found.url) == (
        "Corrects the name of the pass.",
        "correction",
        "https://p.example/pass",
    )


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"<NewsML Version='1.2'><NewsEnvelope/></NewsML>", "no NewsItem"),
        (newsml("<Update/>"), "only changes parts"),
        (newsml(component(headline="", kind="<MediaType FormalName='Photo'/>")), "pictures or other media"),
        (newsml("<NewsComponent/>"), "neither a headline nor copy"),
    ],
)
def test_what_holds_no_copy_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(WireError, match=reason):
        read_all(raw)

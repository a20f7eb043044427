"""ninjs: what is taken from an item in either style of names, what is refused, and that nothing else can happen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.wire.registry import read, read_all, read_path
from ingest.wire.types import Limits, WireError

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "iptc" / "ninjs"
BODY = (
    "<p>PORT ELLEN, Scotland (Polar Press) - A ferry sank off Port Ellen on Monday, the coast guard said.</p>"
    "<p>Two of the crew are missing, and divers will search again on Tuesday.</p>"
)
OLD = {
    "uri": "urn:newsml:polar.example:20210503:0417",
    "type": "text",
    "version": "3",
    "versioncreated": "2021-05-03T12:30:00+02:00",
    "firstcreated": "2021-05-03T09:00:00Z",
    "pubstatus": "usable",
    "language": "en-GB",
    "headline": "Ferry sinks off Port Ellen, two missing",
    "byline": "By Ana Lund and Jon Weir, dpa",
    "slugline": "ferry-sinking",
    "copyrightholder": "Polar Press",
    "ednote": "UPDATES with number of missing",
    "body_xhtml": BODY,
    "body_text": "Not this one, which is the same without its marks.",
    "associations": {"map": {"uri": "urn:x:map", "type": "graphic", "headline": "Where the ferry sank"}},
}
NEW = {
    "standard": {"name": "ninjs", "version": "3.0"},
    "uri": OLD["uri"],
    "type": "text",
    "version": "3",
    "versionCreated": OLD["versioncreated"],
    "firstCreated": OLD["firstcreated"],
    "pubStatus": "usable",
    "language": "en",
    "headlines": [{"role": "short", "value": "Ferry sinks"}, {"role": "main", "value": OLD["headline"]}],
    "by": "Ana Lund and Jon Weir, dpa",
    "slugline": "ferry-sinking",
    "infoSources": [{"name": "Polar Press"}],
    "edNote": OLD["ednote"],
    "bodies": [
        {"role": "text", "contentType": "text/plain", "value": OLD["body_text"]},
        {"role": "html", "contentType": "text/html", "value": BODY},
    ],
}


def packed(value: Any) -> bytes:
    return json.dumps(value).encode()


def edited(**changes: Any) -> bytes:
    return packed({**OLD, **changes})


@pytest.mark.parametrize("item", [OLD, NEW], ids=["1.x", "3.x"])
def test_an_item_in_either_style(item: dict[str, Any]) -> None:
    read_item = read(packed(item))
    assert read_item.format == "ninjs"
    assert read_item.text == (
        "Ferry sinks off Port Ellen, two missing\n\n"
        "A ferry sank off Port Ellen on Monday, the coast guard said.\n"
        "Two of the crew are missing, and divers will search again on Tuesday."
    )
    assert read_item.wire_id == OLD["uri"]
    assert read_item.version == "3"
    assert read_item.version_created == datetime(2021, 5, 3, 10, 30, tzinfo=UTC)
    assert read_item.published == datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
    assert read_item.bylines == ("Ana Lund", "Jon Weir")
    assert read_item.credits[0] == "Polar Press"
    assert "dpa" in read_item.credits
    assert (read_item.dateline.place, read_item.dateline.region) == ("Port Ellen", "Scotland")
    assert read_item.slug == "ferry-sinking"
    assert (read_item.status, read_item.change) == ("usable", "update")
    assert read_item.ed_note == "UPDATES with number of missing"
    assert read_item.outlet == "Polar Press"
    assert read_item.warnings == ()


CHANGES = [
    ({"pubstatus": "canceled"}, "killed", "kill"),
    ({"pubStatus": "stat:withheld"}, "killed", "recall"),
    ({"ednote": "CORRECTS spelling of town in 3rd graf"}, "corrected", "correction"),
    ({"ednote": "Eds: Please kill this story. The ferry did not sink."}, "killed", "kill"),
    ({"ednote": "", "headline": "CORRECTED-Ferry sinks off Port Ellen"}, "corrected", "correction"),
    ({"ednote": "", "headline": "UPDATE 2-Ferry sinks off Port Ellen"}, "usable", "update"),
    ({"ednote": "", "headline": "Leads wanted in sinking of ferry"}, "usable", ""),
    ({"ednote": "", "evolvedfrom": "urn:newsml:polar.example:20210503:0400"}, "usable", "update"),
]


@pytest.mark.parametrize(("changes", "status", "change"), CHANGES)
def test_what_a_version_does_to_earlier_ones(changes: dict[str, str], status: str, change: str) -> None:
    base = {name: value for name, value in OLD.items() if name.casefold() not in {key.casefold() for key in changes}}
    item = read(packed({**base, **changes}))
    assert (item.status, item.change) == (status, change)
    assert item.wire_id == OLD["uri"]


def test_a_kill_needs_no_copy() -> None:
    item = read(packed({"guid": "urn:x:9", "type": "text", "pubstatus": "canceled", "version": 4, "headline": "Ferry"}))
    assert (item.text, item.status, item.change, item.wire_id, item.version) == ("", "killed", "kill", "urn:x:9", "4")


def test_where_copy_came_from_and_when_it_may_run() -> None:
    item = read(
        edited(evolvedfrom="urn:x:1", embargoed="2031-05-03T10:00:00", located="Leith, Scotland", body_xhtml="")
    )
    assert item.derived_from == "urn:x:1"
    assert item.status == "embargoed"
    assert item.embargo == datetime(2031, 5, 3, 10, 0, tzinfo=UTC)
    assert (item.dateline.place, item.dateline.region) == ("Leith", "Scotland")
    assert any("embargo names no time zone" in warning for warning in item.warnings)
    linked = read(edited(associations=[{"rel": "derivedFrom", "uri": "urn:x:2"}]))
    assert linked.derived_from == "urn:x:2"


def test_an_identity_is_the_same_for_every_version() -> None:
    assert read(edited(uri="urn:newsml:dpa.example:20090101:210503-99-1/3")).wire_id.endswith(":210503-99-1")
    asked = read(edited(uri="http://api.ap.org/media/v/content/8c9f?qt=H1K&et=0a3"))
    assert asked.wire_id == "http://api.ap.org/media/v/content/8c9f"
    assert asked.url == ""
    assert read(edited(uri="https://polar.example/ferry")).url == "https://polar.example/ferry"


def test_a_description_stands_in_for_a_missing_body_and_says_so() -> None:
    item = read(packed({"uri": "urn:x:3", "description_text": "A ferry sank off Port Ellen on Monday."}))
    assert item.text == "A ferry sank off Port Ellen on Monday."
    said = " ".join(item.warnings)
    assert "has no body" in said
    assert "versionCreated" in said
    assert "no headline" in said
    lead = {"role": "lead", "value": "A ferry sank off Port Ellen on Monday."}
    assert read(packed({**NEW, "descriptions": [lead]})).text.count("\n") == 4


def test_several_items_in_a_file() -> None:
    other = {**OLD, "uri": "urn:x:2"}
    picture = {"uri": "urn:x:3", "type": "picture", "headline": "The ferry"}
    for raw in (
        packed([OLD, other, picture]),
        packed({"items": [OLD, other, picture]}),
        packed({"data": {"item": OLD}}),
    ):
        held = read_all(raw)
        assert held.items[0].wire_id == OLD["uri"]
    held = read_all(packed([OLD, other, picture]))
    assert [item.wire_id for item in held.items] == [OLD["uri"], "urn:x:2"]
    assert held.left_out == ("Item 3 of 3 (The ferry): This is a picture, not copy: it has a caption at most.",)
    assert len(read_all(packed(OLD) + b"\n" + packed(other) + b"\n").items) == 2
    package = {**OLD, "associations": {"side": {**NEW, "uri": "urn:x:4"}, "pic": picture}}
    assert [item.wire_id for item in read_all(packed(package)).items] == [OLD["uri"], "urn:x:4"]


ITEM = json.dumps(OLD)
REFUSED = [
    (b'{"headline": "x", "body": "y"}', "none of the news formats"),
    (packed({"uri": "urn:x:1", "type": "video", "headline": "The ferry"}), "This is a video, not copy"),
    (packed({"uri": "urn:x:1", "type": "text", "renditions": {"a": {"href": "x"}}}), "names files to fetch"),
    (packed({"uri": "urn:x:1", "type": "text"}), "holds no copy"),
    (ITEM[:-20].encode(), r"cannot be read at line 1, column \d+"),
    (f"{ITEM}\n{{bad".encode(), "line 2, column 2"),
    (ITEM[:-1].encode() + b',"version":NaN}', "NaN is no value of JSON"),
    (ITEM[:-1].encode() + b',"size":' + b"9" * 5000 + b"}", "endless number"),
    (b'{"a":' * 50_000, "nested more than 200 deep"),
    ((ITEM[:-1] + ',"x":' + "[" * 250 + "]" * 250 + "}").encode(), "nested more than 200 deep"),
    (packed([OLD] * 501), "holds 501 items; this desk reads up to 500"),
    (packed({"uri": "urn:x:1", "list": [0] * 200_001}), "more than 200,000 values"),
    (b"\xff\xfe" + ITEM.encode("utf-16-le")[:-1], "not UTF-16-LE"),
]


@pytest.mark.parametrize(("raw", "words"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(WireError, match=words):
        read_all(raw)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_json_in_any_unicode(encoding: str) -> None:
    assert read(ITEM.encode(encoding)).headline == OLD["headline"]


def test_oddities_are_read_and_named() -> None:
    twice = read(ITEM[:-1].encode() + b',"headline":"Two dead in fire"}')
    assert twice.headline == "Two dead in fire"
    assert any("stands twice" in warning for warning in twice.warnings)
    half = read(ITEM.replace("Ana Lund and Jon Weir, dpa", r"Ana \ud800 Lund").encode())
    assert "\ufffd" in half.bylines[0]
    assert read(edited(versioncreated="3 May 2021 12:30")).version_created == datetime(2021, 5, 3, 12, 30, tzinfo=UTC)
    assert any("cannot be read" in warning for warning in read(edited(versioncreated="soon 1")).warnings)
    assert read(edited(versioncreated="0001-01-01T00:00:00+14:00")).version_created is None


def test_the_copy_is_believed_before_a_false_language() -> None:
    item = read(edited(language="de"))
    assert item.language == "en"
    assert any("German, but it reads as English" in warning for warning in item.warnings)


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
CAREFUL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CAREFUL
@given(
    st.sampled_from([OLD, NEW]), st.dictionaries(st.sampled_from(sorted({*OLD, *NEW, "embargoed"})), JUNK, max_size=4)
)
def test_wrong_types_anywhere_are_an_item_or_one_sentence(item: dict[str, Any], junk: dict[str, Any]) -> None:
    try:
        held = read_all(packed({**item, **junk}), limits=Limits(max_items=5))
    except WireError as error:
        assert str(error).endswith(".")
        return
    assert all("\x00" not in item.text and item.format == "ninjs" for item in held.items)


@CAREFUL
@given(st.integers(0, len(ITEM)), st.binary(max_size=6))
def test_broken_bytes_are_an_item_or_one_sentence(at: int, junk: bytes) -> None:
    raw = ITEM.encode()
    try:
        read_all(raw[:at] + junk + raw[at + 3 :])
    except WireError as error:
        assert str(error).endswith(".")


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the ninjs examples in ../shared/evaluation are not here")
def test_the_standards_own_examples() -> None:
    refused = {}
    for path in sorted(EXAMPLES.rglob("*.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        try:
            items = read_path(path).items
        except WireError as error:
            refused[path.stem] = str(error)
            continue
        ids = {row["uri"] for row in (about if isinstance(about, list) else [about])}
        assert {item.wire_id for item in items} <= ids
        assert all(item.text and item.headline for item in items)
    media = ("picture, not copy", "recording, not copy", "video, not copy", "none of the news formats")
    assert all(any(words in said for words in media) for said in refused.values())
    assert "dpa_text" not in refused

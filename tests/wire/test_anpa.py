"""ANPA 1312: heading, keyword line, head and time, with control characters and without; leads, kills, broken bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.wire.registry import read, read_all
from ingest.wire.types import Limits, WireError

COPY = (
    "\t   LINDENAU, Germany (AP) _ A warehouse fire killed three people on Monday, police said, "
    "and hurt at least 12. \r\n"
    "\t   ``We heard a bang,'' said Ana Lund, 34, who lives _ with her son _ next door. \r\n \r\n"
    "\t   ___ \r\n"
    "\t   Jon Weir in Berlin contributed to this report. \r\n"
)
HEAD = (
    "^Three killed in warehouse fire in German town<\r\n"
    "^AP Photo GATK105, GATK106<\r\n"
    "^Eds: UPDATES with death toll rising to 3. With AP Photos.<\r\n"
    "^A warehouse fire has killed three people and hurt at least 12, police in the German town of Lindenau say.<\r\n"
    "^By JON McWEIR=\r\n"
    "^Associated Press=\r\n"
)


def message(
    take: str = "1st Ld-Writethru",
    *,
    heading: str = "r i\x13\x11 BC-EU--Germany-Fire 1stLd-Writethru   05-03 0416",
    head: str = HEAD,
    copy: str = COPY,
    footer: str = "AP-WF-05-03-21 2337GMT<",
) -> bytes:
    keyword = ", ".join(filter(None, ("BC-EU--Germany-Fire", take)))
    top = f"\x16\x16\x01z6715\x1f-----\r\n{heading}\r\n"
    return f"{top}\x02^{keyword},416<\r\n{head}{copy}\x03\r\n{footer}\r\n\x04".encode("latin-1")


def test_a_message_with_its_control_characters() -> None:
    item = read(message())
    assert item.format == "anpa"
    assert item.text == (
        "Three killed in warehouse fire in German town\n\n"
        "A warehouse fire killed three people on Monday, police said, and hurt at least 12.\n"
        "“We heard a bang,” said Ana Lund, 34, who lives — with her son — next door."
    )
    assert item.wire_id == "anpa:ap:eu--germany-fire:2021-05-03"
    assert item.version == "1st Ld-Writethru"
    assert item.version_created == datetime(2021, 5, 3, 23, 37, tzinfo=UTC)
    assert (item.status, item.change) == ("usable", "update")
    assert item.slug == "EU--Germany-Fire"
    assert item.bylines == ("Jon McWeir",)
    assert item.credits == ("AP",)
    assert (item.dateline.place, item.dateline.region) == ("Lindenau", "Germany")
    assert item.ed_note.startswith("Eds: UPDATES with death toll")
    kinds = [kind for kind, _ in item.furniture]
    assert kinds[:5] == ["photo credit", "note", "teaser", "byline", "byline"]
    assert item.warnings == ()


def test_the_same_message_without_its_control_characters() -> None:
    lost = bytes(byte for byte in message() if byte >= 32 or byte in b"\r\n\t")
    assert read(lost).text == read(message()).text
    assert read(lost).wire_id == read(message()).wire_id


ARCHIVED = """\
BC-EU--Germany-Fire, 2nd Ld, 120
Three killed in warehouse fire in German town
By ANA LUND
Associated Press Writer
   LINDENAU, Germany (AP) _ A warehouse fire killed three people on
Monday, police said, and the mayor said the search would go on.
   He gave no figures of his own.
"""


def test_what_an_archive_keeps_of_a_message() -> None:
    item = read(ARCHIVED.encode())
    assert item.format == "anpa"
    assert item.headline == "Three killed in warehouse fire in German town"
    assert item.text.splitlines()[2:] == [
        "A warehouse fire killed three people on Monday, police said, and the mayor said the search would go on.",
        "He gave no figures of his own.",
    ]
    assert item.bylines == ("Ana Lund",)
    assert (item.version, item.change, item.credits) == ("2nd Ld", "update", ("AP",))
    assert any("does not say when it was sent" in warning for warning in item.warnings)


TAKES = [
    ("", "BC-EU--Germany-Fire", "", "usable"),
    ("2nd Ld-Writethru", "BC-EU--Germany-Fire 2ndLd-Writethru", "update", "usable"),
    ("CORRECTION", "BC-EU--Germany-Fire CORRECTION", "correction", "corrected"),
    ("Corrective", "BC-EU--Germany-FireCorre", "correction", "corrected"),
    ("2nd Add", "BC-EU--Germany-Fire 2ndAdd", "update", "usable"),
    ("Take 2", "BC-EU--Germany-Fire Take2", "", "usable"),
]


@pytest.mark.parametrize(("take", "keyword", "change", "status"), TAKES)
def test_leads_and_takes_are_one_story(take: str, keyword: str, change: str, status: str) -> None:
    head = HEAD.replace("^Eds: UPDATES with death toll rising to 3. With AP Photos.<\r\n", "")
    item = read(message(take, heading=f"r i\x13\x11 {keyword}   05-03 0416", head=head))
    assert item.wire_id == "anpa:ap:eu--germany-fire:2021-05-03"
    assert item.version == take
    assert (item.change, item.status) == (change, status)
    assert any("part" in warning for warning in item.warnings) == (take in ("2nd Add", "Take 2"))


def test_a_kill_finds_the_story_of_the_day_that_it_names() -> None:
    notice = "\t   Kill BC-EU--Germany-Fire, sent May 3. The fire did not kill anyone.\r\n\t   The AP\r\n"
    heading = "b i\x13\x11 BC-EU--Germany-Fire KILL   05-04 0050"
    raw = message("KILL", heading=heading, head="^EDITORS:<\r\n", copy=notice, footer="AP-WF-05-04-21 0130GMT<")
    item = read(raw)
    assert (item.text, item.status, item.change) == ("", "killed", "kill")
    assert item.wire_id == read(message()).wire_id
    assert "did not kill anyone" in item.ed_note
    assert any("copy of 2021-05-03" in warning for warning in item.warnings)


def test_an_embargo_and_a_zone() -> None:
    head = HEAD.replace("UPDATES with", "EMBARGOED until May 4, 2021, 6 p.m. EDT. Updates with")
    item = read(message(head=head, footer="AP-NY-05-03-21 1937EDT<"))
    assert item.status == "embargoed"
    assert item.embargo == datetime(2021, 5, 4, 22, 0, tzinfo=UTC)
    assert item.version_created == datetime(2021, 5, 3, 23, 37, tzinfo=UTC)


def test_a_new_year_between_the_heading_and_the_time_of_sending() -> None:
    heading = "r i\x13\x11 BC-EU--Germany-Fire   12-31 0416"
    item = read(message(heading=heading, footer="AP-WF-01-01-22 0337GMT<"))
    assert item.wire_id.endswith(":2021-12-31")


def test_what_is_missing_is_named_and_the_rest_is_read() -> None:
    item = read(message(heading="", footer="", head=""))
    assert item.text.startswith("A warehouse fire killed three people")
    assert any("does not say when" in warning for warning in item.warnings)
    bare = read(b"\x16\x16\x01a0512\x1f\r\n\x02" + COPY.encode() + b"\x03")
    assert bare.wire_id == ""
    assert any("no keyword line" in warning for warning in bare.warnings)


def test_copy_in_the_lines_of_the_head_alone_is_copy() -> None:
    raw = message(head="^Fire in Lindenau<\r\n", copy="^Three people died in a fire in Lindenau on Monday.<\r\n\t\r\n")
    assert "Three people died in a fire in Lindenau on Monday." in read(raw).text


def test_several_messages_in_a_file() -> None:
    first = message("", heading="r i\x13\x11 BC-EU--Germany-Fire   05-03 0416")
    held = read_all(first + message() + b"\x16\x16\x01z6716\x1f\r\nr z\x13\x11 BC-Empty   05-03 0001\r\n\x02\x03")
    assert [item.version for item in held.items] == ["", "1st Ld-Writethru"]
    assert len(held.left_out) == 1
    assert held.left_out[0].startswith("Message 3 of 3: ")
    with pytest.raises(WireError, match="holds 9 messages; this desk reads up to 3"):
        read_all(message() * 9, limits=Limits(max_items=3))


def test_plain_copy_is_not_taken_for_a_wire() -> None:
    assert read(b"BC Ferries, a company, 120 years old, said a ferry sank on Monday.").format == "text"
    assert read(b"a1234 is the number of the ferry\nthat sank off Port Ellen on Monday.").format == "text"


@pytest.mark.parametrize(
    "raw", [b"\x16\x16\x01z6715\x1f\r\n\x02\x03", b"\x01a0001\r\n\x02\xff\xfe\x00\x03\x04", b"\x01a0001\x1f"]
)
def test_messages_without_copy_are_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        read_all(raw)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(message())), st.integers(0, 60), st.binary(max_size=12))
def test_broken_bytes_are_an_item_or_one_sentence(at: int, lost: int, junk: bytes) -> None:
    raw = message()
    try:
        held = read_all(raw[:at] + junk + raw[at + lost :])
    except WireError as error:
        assert str(error).endswith(".")
        return
    for item in held.items:
        assert item.text[: item.headline_end] == item.headline
        assert not any(mark in item.text for mark in "\x01\x02\x03\x00")

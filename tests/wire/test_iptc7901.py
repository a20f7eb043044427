"""IPTC 7901: heading, keyword, labels and time, with control characters and without; notes that are not for print."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.wire.registry import read, read_all
from ingest.wire.types import WireError

HEADING = "eca0003 3 i 380  dpa 0045"
COPY = (
    "Lindenau (dpa) - A warehouse fire killed three people on Monday, police\r\n"
    "said, and hurt at least 12 in the eastern German town.\r\n\r\n"
    "The mayor said the search would go on through the night, and that he\r\n"
    "was waiting for word from Berlin.\r\n\r\n"
)
NOTES = (
    "# Notebook\r\n\r\n## Note to editors\r\n- corrects number of dead in graf 1\r\n\r\n* * * *\r\n"
    "The following information is not intended for publication\r\n\r\n"
    "## Editorial contacts\r\n- Reporting by: Ana Lund in Berlin\r\n\r\ndpa al rmo\r\n"
)


def head(
    *labels: str, keyword: str = "Germany/fire/", title: str = "Three killed in warehouse fire in\r\nGerman town"
) -> str:
    return "\r\n".join(("", "", keyword, *labels, title, "By Ana Lund, dpa =", ""))


def message(*labels: str, copy: str = COPY, notes: str = "", time: str = "032322 GMT May 21") -> bytes:
    return f"\x01{HEADING}{head(*labels)}\x02\r\n{copy}{notes}\x03\r\n\r\n{time}\r\n\x04".encode("cp1252")


TEXT = (
    "Three killed in warehouse fire in German town\n\n"
    "A warehouse fire killed three people on Monday, police said, and hurt at least 12 in the eastern German town.\n"
    "The mayor said the search would go on through the night, and that he was waiting for word from Berlin."
)


def test_a_message_with_its_control_characters() -> None:
    item = read(message("CORRECTION", "1ST LEAD", notes=NOTES))
    assert item.format == "iptc7901"
    assert item.text == TEXT
    assert item.wire_id == "iptc7901:eca:germany/fire:2021-05-03"
    assert item.version == "CORRECTION, 1ST LEAD"
    assert item.version_created == datetime(2021, 5, 3, 23, 22, tzinfo=UTC)
    assert (item.status, item.change) == ("corrected", "correction")
    assert item.slug == "Germany/fire"
    assert item.bylines == ("Ana Lund",)
    assert item.credits == ("dpa",)
    assert item.dateline.place == "Lindenau"
    assert "corrects number of dead" in item.ed_note
    assert "not intended for publication" not in item.text
    assert item.warnings == ()


def test_the_same_message_without_its_control_characters() -> None:
    lost = f"{HEADING}{head('1ST LEAD')}\r\n{COPY}\r\n032322 GMT May 21\r\n\r\n".encode()
    item = read(lost)
    assert item.text == TEXT
    assert item.wire_id == read(message()).wire_id
    assert item.change == "update"


def test_french_style_with_signals_and_the_headline_behind_the_start_of_text() -> None:
    raw = (
        b"ZCZC\r\n\x01FRS0417 4 I 0234 DEU /AFP-AB12\r\nGermany-fire\r\n"
        b"\x02Three killed in German warehouse fire\r\n\r\n"
        b"   LINDENAU, Germany, May 3 (AFP) - A warehouse fire killed three people on\r\nMonday, police said.\r\n"
        b"   The search goes on, the mayor told AFP in a short telephone interview on\r\nMonday evening.\r\n"
        b"   al/jw\r\n\x03\r\nAFP 031530 GMT MAY 21\r\nNNNN\r\n"
    )
    item = read(raw)
    assert item.text == (
        "Three killed in German warehouse fire\n\n"
        "A warehouse fire killed three people on Monday, police said.\n"
        "The search goes on, the mayor told AFP in a short telephone interview on Monday evening."
    )
    assert item.credits == ("AFP",)
    assert item.wire_id == "iptc7901:frs:germany-fire:2021-05-03"
    assert item.dateline.day is not None
    assert item.dateline.day.isoformat() == "2021-05-03"


def test_british_style_with_the_version_behind_the_keyword() -> None:
    raw = (
        b"\x01rtr1234 3 i 0120 \r\nGERMANY-FIRE/ (UPDATE 1)\r\n\x02UPDATE 1-Three killed in German warehouse fire\r\n"
        b"    LINDENAU, Germany, May 3 (Reuters) - A warehouse fire killed three people on\r\nMonday, police said.\r\n"
        b" (Reporting by Ana Lund)\r\n\x03"
    )
    item = read(raw)
    assert (item.slug, item.version, item.change) == ("GERMANY-FIRE", "UPDATE 1", "update")
    assert item.headline == "Three killed in German warehouse fire"
    assert item.wire_id == "iptc7901:rtr:germany-fire"
    assert any("does not say when it was sent" in warning for warning in item.warnings)


LABELS = [
    ((), "", "usable", ""),
    (("2ND LEAD",), "2ND LEAD", "usable", "update"),
    (("REFILE",), "REFILE", "corrected", "correction"),
    (("(Achtung)",), "Achtung", "usable", ""),
    (("URGENT",), "URGENT", "usable", ""),
]


@pytest.mark.parametrize(("labels", "version", "status", "change"), LABELS)
def test_labels_make_versions_of_one_story(labels: tuple[str, ...], version: str, status: str, change: str) -> None:
    item = read(message(*labels))
    assert (item.version, item.status, item.change) == (version, status, change)
    assert item.text == TEXT
    assert item.wire_id == "iptc7901:eca:germany/fire:2021-05-03"


def test_a_kill_finds_the_story_of_the_day_that_it_names() -> None:
    notice = "Editors: Please kill the story headlined above, moved on May 2. It is wrong.\r\n"
    item = read(message("KILL", copy=notice))
    assert (item.text, item.status, item.change) == ("", "killed", "kill")
    assert item.wire_id == "iptc7901:eca:germany/fire:2021-05-02"
    assert "It is wrong" in item.ed_note


def test_a_zone_of_summer_and_an_embargo() -> None:
    item = read(message("EMBARGOED until 4 May 2021 18:00 GMT", time="032322 MESZ Mai 21"))
    assert item.version_created == datetime(2021, 5, 3, 21, 22, tzinfo=UTC)
    assert (item.status, item.embargo) == ("embargoed", datetime(2021, 5, 4, 18, 0, tzinfo=UTC))
    unnamed = read(message(time="032322 May 21"))
    assert any("names no time zone" in warning for warning in unnamed.warnings)


def test_what_is_missing_is_named_and_the_rest_is_read() -> None:
    item = read(f"\x01{HEADING}\r\n\x02\r\n{COPY}\x03".encode())
    assert item.text.endswith("word from Berlin.")
    assert item.wire_id == "iptc7901:eca0003"
    said = " ".join(item.warnings)
    assert "no keyword" in said
    assert "does not say when" in said


def test_letters_of_other_languages() -> None:
    item = read(message(copy=COPY.replace("Lindenau", "Görlitz", 1)))
    assert item.dateline.place == "Görlitz"


def test_several_messages_in_a_file() -> None:
    held = read_all(message() + message("1ST LEAD") + b"\x01eca0009 4 rs 1\r\n\x02\x03")
    assert [item.version for item in held.items] == ["", "1ST LEAD"]
    assert held.left_out[0].startswith("Message 3 of 3: ")


def test_plain_copy_is_not_taken_for_a_wire() -> None:
    assert read(b"abc1234 is the number of the ferry\nthat sank off Port Ellen on Monday.").format == "text"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 600), st.integers(0, 60), st.binary(max_size=12))
def test_broken_bytes_are_an_item_or_one_sentence(at: int, lost: int, junk: bytes) -> None:
    raw = message("CORRECTION", notes=NOTES)
    try:
        held = read_all(raw[:at] + junk + raw[at + lost :])
    except WireError as error:
        assert str(error).endswith(".")
        return
    for item in held.items:
        assert item.text[: item.headline_end] == item.headline
        assert not any(mark in item.text for mark in "\x01\x02\x03\x00")

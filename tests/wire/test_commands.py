"""The command line: one JSON object a file, faults named, the others go on."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ingest.management.commands.extract import _number

COPY = """\
Ferry sinks off Port Ellen, two missing

By Ana Lund

PORT ELLEN, Scotland, May 3, 2021 (Reuters) - A ferry sank on Monday, killing at least three people, police say.

Mayor Jon Weir said 12 others were injured.
"""
READ_KEYS = (
    "file format wire_id version version_created status headline bylines dateline credits language embargo "
    "derived_from ed_note text"
)


def run(*words: str) -> tuple[list[dict[str, Any]], str]:
    out = io.StringIO()
    failure = ""
    try:
        call_command(*words, stdout=out)
    except CommandError as error:
        failure = str(error)
        assert error.returncode == 1
    return [json.loads(line) for line in out.getvalue().splitlines()], failure


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(COPY, encoding="utf-8")
    return path


def test_read_prints_exactly_the_keys_of_the_contract(copy: Path) -> None:
    (row,), failure = run("read", str(copy))
    assert failure == ""
    assert list(row) == READ_KEYS.split()
    assert row["dateline"] == {"place": "Port Ellen", "date": "2021-05-03"}
    assert (row["headline"], row["bylines"], row["credits"]) == (
        "Ferry sinks off Port Ellen, two missing",
        ["Ana Lund"],
        ["Reuters"],
    )
    assert (row["status"], row["wire_id"], row["version_created"], row["language"]) == ("usable", None, None, "en")


@pytest.mark.parametrize("command", ["read", "extract"])
def test_a_fault_is_named_and_the_other_files_go_on(command: str, copy: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    rows, failure = run(command, str(empty), str(tmp_path / "none.txt"), str(tmp_path), str(copy))
    assert [row.get("error") for row in rows] == [
        "The file is empty (0 bytes).",
        "There is no such file.",
        "This is not a file.",
        None,
    ]
    assert failure == "3 of 4 files could not be read."


def test_a_large_file_is_never_loaded_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(20_000_000_000)
    rows, _ = run("read", str(huge))
    assert "too large" in rows[0]["error"]


def test_extract_anchors_everything_in_the_text(copy: Path) -> None:
    (row,), failure = run("extract", "--outlet", "Harbour Post", str(copy))
    assert failure == ""
    assert list(row) == ["file", "article", "text", "claims", "dates"]
    assert row["article"] == {
        "headline": "Ferry sinks off Port Ellen, two missing",
        "outlet": "Harbour Post",
        "published": "2021-05-03",
        "agencies": ["Reuters"],
        "bylines": ["Ana Lund"],
        "dateline": "Port Ellen",
    }
    assert row["claims"]
    anchored = [*row["claims"], *row["dates"], *(claim["speaker"] for claim in row["claims"] if claim["speaker"])]
    for part in anchored:
        assert row["text"][part["start"] : part["end"]] == part["text"]
    killed = [figure for claim in row["claims"] for figure in claim["figures"] if figure["measure"] == "killed"]
    assert (killed[0]["low"], killed[0]["high"]) == (3, None)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("2024-01-24", "2024-01-24"),
        ("2024-01-24T10:30", "2024-01-24T10:30:00+00:00"),
        ("2024-01-24T10:30+02:00", "2024-01-24T10:30:00+02:00"),
    ],
)
def test_the_time_of_publication_given_goes_first(given: str, printed: str, copy: Path) -> None:
    (row,), _ = run("extract", "--published", given, str(copy))
    assert row["article"]["published"] == printed


@pytest.mark.parametrize("bad", ["tomorrow", "2024-13-01", "24.1.2024", ""])
def test_a_bad_date_is_a_usage_error(bad: str, copy: Path) -> None:
    with pytest.raises(CommandError, match="is not a date"):
        call_command("extract", f"--published={bad}", str(copy))


@pytest.mark.parametrize(
    ("value", "printed"), [(Decimal("5"), "5"), (Decimal("5.0"), "5"), (Decimal("2.5"), "2.5"), (None, "null")]
)
def test_numbers_are_whole_where_they_can_be(value: Decimal | None, printed: str) -> None:
    assert json.dumps(_number(value)) == printed

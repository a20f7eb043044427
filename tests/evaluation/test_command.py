"""``manage.py evaluate`` from end to end, on small invented files in place of the data."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from claims.evaluation import table
from claims.management.commands.evaluate import read_wire

SENTENCE = "Ada Quill said that the dyke broke."
SECRET = "Jonas Herrel muttered that the ferry sank."


def row(number: int, sentence: str, content: str) -> str:
    start = sentence.index(content)
    said = {"sent": 0, "source": None, "cue": None, "content": [[start, start + len(content)]], "mode": "indirect"}
    said |= {"polarity": "asserted", "name": "Nobody Atall"}
    return json.dumps(
        {"id": f"t{number}", "sentences": [sentence], "attributions": [said], "figures": [], "worth": [2]}
    )


@pytest.fixture
def shared(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    rows = [row(number, SENTENCE, "the dyke broke") for number in range(4)] + [row(4, SECRET, "the ferry sank")]
    path = tmp_path / "shared" / "training" / "attribution" / "train.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(rows), encoding="utf-8")
    return tmp_path / "shared"


def evaluate(shared: Path, *arguments: str) -> str:
    out = io.StringIO()
    kept = shared.parent / "accuracy.json"
    call_command("evaluate", *arguments, f"--shared={shared}", f"--against={kept}", stdout=out)
    return out.getvalue()


def test_prints_a_table_and_the_seconds_of_each_set(shared: Path) -> None:
    printed = evaluate(shared, "attribution")
    assert "attribution: 0 s" in printed or "attribution: 1 s" in printed
    lines = [line.split() for line in printed.splitlines()]
    assert ["attribution,", "rest", "attributions", "found", "F1", "1.000"] in [line[:6] for line in lines]
    assert ["attribution,", "rest", "speaker", "0.000"] in [line[:4] for line in lines]


def test_the_words_of_kept_out_texts_are_never_shown(shared: Path, tmp_path: Path) -> None:
    details = tmp_path / "details.txt"
    printed = evaluate(shared, "attribution", f"--details={details}")
    words = details.read_text(encoding="utf-8")
    assert f"WRONG speaker: t0: 'Ada Quill' for 'Nobody Atall' << {SENTENCE}" in words
    assert "ferry" not in words + printed
    assert "ferry" not in (tmp_path / "var" / "evaluation" / "attribution.json").read_text(encoding="utf-8")


def test_the_next_run_lists_gains_and_losses(shared: Path) -> None:
    evaluate(shared, "attribution")
    path = shared / "training" / "attribution" / "train.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0].replace("Nobody Atall", "Ada Quill"), *lines[1:]]), encoding="utf-8")
    printed = evaluate(shared, "attribution")
    assert "1 gains, 0 losses since the last run" in printed
    assert "GAIN speaker: t0 wrong -> right" in printed


def test_saves_scores_and_page_and_compares_with_them(shared: Path, tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"{table.BEGIN}\n{table.END}\n", encoding="utf-8")
    evaluate(shared, "attribution", "--save", f"--page={page}")
    assert "| attribution, rest | attributions found F1 | 1.000 |  |  |" in page.read_text(encoding="utf-8")
    assert "1.000 (+0.000)" in evaluate(shared, "attribution")


def test_a_set_that_is_missing_is_named_and_the_others_go_on(shared: Path) -> None:
    printed = evaluate(shared, "muc", "attribution", "--limit=1")
    assert "muc: skipped" in printed
    assert "attributions found F1" in printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "There is no set 'nonsense'"),
        (["attribution", "--limit=0"], "whole number above zero"),
        (["attribution", "--limit=2", "--save"], "whole sets"),
        (["muc"], "No set was scored"),
        (["attribution", "--save", "--page=/nowhere/accuracy.md"], "could not be saved"),
        (["attribution", "--details=/nowhere/details.txt"], "could not be saved"),
    ],
)
def test_bad_input_is_refused_with_words(shared: Path, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        evaluate(shared, *arguments)


def test_scores_of_another_shape_are_refused(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "accuracy.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be compared"):
        evaluate(shared, "attribution")


def test_a_wire_file_is_read_the_whole_way(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Dyke breaks\n\nAda Quill said on Sunday that two people were killed.\n", encoding="utf-8")
    read = read_wire(path, "2021-08-09", "The Courier")
    assert read["article"]["outlet"] == "The Courier"
    assert [claim["speaker"]["name"] for claim in read["claims"] if claim["speaker"]] == ["Ada Quill"]

"""The process that reads binary formats is stopped at its share, and its file alone is refused."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from ingest.wire.confined import ask
from ingest.wire.types import WireError

MODULE = "tests.wire.harmful"


def test_what_a_parser_says_is_handed_over() -> None:
    assert ask(MODULE, b"copy", "The file") == {"words": "copy"}


@pytest.mark.parametrize(
    ("does", "words"),
    [
        (b"loop", "The file takes longer to read than this desk gives to one file"),
        (b"eat", "The file needs more memory than this desk gives to one file"),
        (b"die", "The file is damaged"),
        (b"flood", "more text than this desk reads"),
        (b"\xff", "The file is damaged"),
    ],
)
def test_harm_ends_with_a_sentence(does: bytes, words: str) -> None:
    begun = used()
    with pytest.raises(WireError, match=words) as caught:
        ask(MODULE, does, "The file")
    assert str(caught.value).endswith(".")
    assert used() - begun < 2.2


def test_a_parser_writes_nothing_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WireError):
        ask(MODULE, b"write", "The file")
    assert [path.stat().st_size for path in tmp_path.iterdir()] in ([], [0])
    assert os.getcwd() == str(tmp_path)  # noqa: PTH109 -- the folder of this process is what is asked for


def used() -> float:
    """Seconds of work by the processes that were waited for."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime

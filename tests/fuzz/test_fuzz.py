"""A few hundred cases of the fuzzing at every run of the tests, the cases found so far, and proof that it can fail."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.harness import Failure, Worker, fuzz, keep
from tests.fuzz.mutate import case
from tests.fuzz.samples import FOUND, samples
from tests.fuzz.targets import names

SLOW = ("pdf", "docx", "any")  # a process for each case


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.mark.parametrize("name", names())
def test_no_case_breaks_a_parser(worker: Worker, name: str) -> None:
    run = fuzz(worker, name, seed=2024, cases=2 if name in SLOW else 20)
    assert run.cases
    assert [failure.kind for failure in run.failures] == []


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.case")), ids=lambda path: path.stem)
def test_a_case_found_once_breaks_nothing_any_more(worker: Worker, path: Path) -> None:
    name = path.stem.rpartition("-")[0] or "any"
    worker.tell(name, samples(name)[0])  # loads what it needs, which is not counted
    assert worker.tell(name, path.read_bytes())[0] == ""


def raises(raw: bytes) -> None:
    raise KeyError(len(raw))


def loops(raw: bytes) -> None:
    begun = time.process_time()
    while time.process_time() - begun < 2.1:
        pass


def eats(raw: bytes) -> None:
    held = bytearray(os.urandom(1024)) * 300_000
    assert len(held) > len(raw)


def dies(raw: bytes) -> None:
    if raw == b"die":
        os._exit(3)


@pytest.mark.parametrize(
    ("name", "words"), [("raises", "KeyError: 3"), ("loops", "s of work"), ("eats", "MB of memory"), ("dies", "died")]
)
def test_what_breaks_a_promise_is_found(worker: Worker, name: str, words: str, tmp_path: Path) -> None:
    run = fuzz(worker, f"{__name__}:{name}", seed=1, cases=1, begin=[b"die"])
    assert [words in failure.kind for failure in run.failures] == [True]
    path = keep(run.failures[0], tmp_path)
    assert path.read_bytes() == b"die"
    assert "seed 1:0" in path.with_suffix(".txt").read_text(encoding="utf-8")


def test_the_same_seed_makes_the_same_case() -> None:
    def made(number: int) -> bytes:
        return case(Random(f"docx 1 {number}"), samples("docx"))  # noqa: S311 -- cases are not secrets

    assert made(7) == made(7)
    assert len({made(number) for number in range(20)}) > 10


def test_cases_that_fail_alike_are_one_kind() -> None:
    what = 'Traceback\n  File "a.py", line 3, in f\n    f()\nKeyError: 1\n'
    assert Failure("x", "1:1", what, b"").kind == 'KeyError: 1 (File "a.py", line 3, in f)'

"""Engines that workers under test are told to use: slow enough to be caught in the middle, or deadly."""

from __future__ import annotations

import os
import re
import signal
import time
import uuid
from decimal import Decimal
from pathlib import Path

from claims.extraction.types import Anchor, Candidate, Context, Extraction, FigureFound, Mode, Polarity

MARKS = "NEWSDESK_TEST_MARKS"
SECONDS = "NEWSDESK_TEST_SECONDS"
POISON = "arsenic"
SENTENCE = re.compile(r"[^.\n]*\d[^.\n]*\.")
NUMBER = re.compile(r"\d+")


def by_sentence(text: str, context: Context) -> Extraction:
    """Every sentence with a number is a claim, and the number its figure."""
    return Extraction(
        claims=tuple(claim(match) for match in SENTENCE.finditer(text)), dates=(), producer="by sentence 1"
    )


def claim(match: re.Match[str]) -> Candidate:
    found = NUMBER.search(match[0])
    assert found is not None
    start = match.start() + found.start()
    figure = FigureFound(
        "killed", Decimal(found[0]), Decimal(found[0]), False, Anchor(start, start + len(found[0]), found[0])
    )
    return Candidate(
        anchor=Anchor(match.start(), match.end(), match[0]),
        speaker=None,
        chain=(),
        cue=None,
        mode=Mode.OUTLET,
        polarity=Polarity.ASSERTED,
        figures=(figure,),
        places=("Lower Quay",),
        from_day=None,
        to_day=None,
        marks=(),
        worth=0.5,
        worth_reasons=(),
    )


def slow(text: str, context: Context) -> Extraction:
    """Leaves a mark that it began, works for a while, then answers."""
    (Path(os.environ[MARKS]) / uuid.uuid4().hex).touch()
    time.sleep(float(os.environ[SECONDS]))
    return by_sentence(text, context)


def deadly(text: str, context: Context) -> Extraction:
    """Kills the process that reads a poisoned text; reads others as ever."""
    (Path(os.environ[MARKS]) / uuid.uuid4().hex).touch()
    if POISON in text:
        os.kill(os.getpid(), signal.SIGKILL)
    return by_sentence(text, context)

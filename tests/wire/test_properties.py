"""What holds for any bytes and any copy."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean
from ingest.cleaning.characters import paragraphs
from ingest.wire.registry import read
from ingest.wire.types import WireError, WireItem

LINES = [
    "Ferry sinks off Port Ellen, two missing",
    "OSLO, May 3 (Reuters) - Two people died on Monday, police said. More is not known.",
    "By Ana Lund and Jon Weir, Associated Press",
    "Your gift keeps our presses running.A ferry sank off Port Ellen early Monday.",
    "Our journalism is free for every reader. Your donation keeps it so.",
    "Key points:",
    "- Two of the crew - both from Oslo - are missing",
    "Published 3 May 2021 12:30 GMT | Updated 14:05 GMT",
    "Smoke rises over the harbour. Reuters",
    "Nobody was hurt, the mayor said. (Reporting by Ana Lund; Editing by Jon Weir)",
    "___",
    "AP/Reuters",
    "UPDATE 2-Ferry sinks off Port Ellen - BBC News",
    "Video: Ferry sinks off Port Ellen",
    "<p>Ferry</p><p>sinks</p><p>in a storm</p><p>near the old harbour of Port Ellen, they said.</p>",
]
COPY = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=80)), max_size=12).map("\n".join)
ANY_BYTES = st.one_of(
    st.binary(max_size=400),
    COPY.map(lambda text: text.encode("utf-8", "replace")),
    COPY.map(lambda text: text.encode("utf-16", "replace")),
    COPY.map(lambda text: text.encode("cp1252", "replace")),
    st.tuples(COPY, st.binary(max_size=20)).map(lambda pair: pair[0].encode("utf-8", "replace") + pair[1]),
    st.binary(max_size=200).map(lambda raw: b"<html><body><p>Two people died on Monday, police said.</p>" + raw),
)
WORD = re.compile(r"\w+")
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def holds(item: WireItem) -> bool:
    same = item.text[: item.headline_end] == item.headline
    gap = item.text[item.headline_end : item.headline_end + 2] in ("", "\n\n") if item.headline else True
    return same and gap and "\x00" not in item.text and "\r" not in item.text and item.text == item.text.strip("\n")


@MANY
@given(ANY_BYTES)
def test_any_bytes_are_an_item_or_a_sentence_that_says_why_not(raw: bytes) -> None:
    try:
        item = read(raw)
    except WireError as error:
        assert str(error).endswith(".")
        return
    assert holds(item)
    assert read(raw) == item


@MANY
@given(COPY)
def test_no_letter_is_lost_and_none_is_added(text: str) -> None:
    lines = paragraphs(text)
    cleaned = clean(lines)
    kept = [cleaned.headline, *cleaned.body, *(words for _, words in cleaned.furniture)]
    assert _letters(kept) == _letters(lines)


def test_reading_needs_neither_django_nor_the_language_engine() -> None:
    code = "import sys, ingest.wire.registry; sys.exit(bool({'django', 'spacy', 'claims'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def _letters(lines: list[str]) -> Counter[str]:
    return Counter(char for line in lines for char in line if char.isalnum())

"""The desk's first real articles, where they lie beside the checkout."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ingest.wire.registry import read_path
from ingest.wire.types import WireItem

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = sorted((SHARED / "gold").glob("[0-9]*.gold.json"))
WIRE = sorted((SHARED / "wire").glob("*.txt"))
pytestmark = pytest.mark.skipif(not WIRE, reason="the articles in ../shared/wire are not here")


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def item_of(gold: Path) -> WireItem:
    return read_path(SHARED / "wire" / gold.name.replace(".gold.json", ".txt")).items[0]


@pytest.mark.parametrize("path", WIRE, ids=lambda path: path.stem)
def test_every_article_has_a_headline_and_copy(path: Path) -> None:
    item = read_path(path).items[0]
    assert item.headline
    assert item.language == "en"
    assert item.text.count("\n") > 5
    assert not item.warnings


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_facts_are_read_off_the_furniture_and_the_furniture_stays_out(gold: Path) -> None:
    about = json.loads(gold.read_text(encoding="utf-8"))["article"]
    item = item_of(gold)
    assert item.headline == about["headline"]
    assert list(item.credits) == about["agencies"]
    assert list(item.bylines) == about["byline"]
    assert (item.dateline.place or None) == about["dateline"]
    for text in about["not_claims"]:
        assert text not in item.text
        assert any(words(text) in words(kept) for _, kept in item.furniture)


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_the_words_of_every_claim_survive(gold: Path) -> None:
    text = words(item_of(gold).text)
    for claim in json.loads(gold.read_text(encoding="utf-8"))["claims"]:
        assert words(claim["text"]) in text

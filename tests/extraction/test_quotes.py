"""Quotations: marks of all makes, over sentences and paragraphs."""

import pytest

from claims.extraction.nlp import load
from claims.extraction.quotes import find_quotes

QUOTES = [
    ("“It holds,” she said. “For now.”", ["“It holds,”", "“For now.”"]),
    ('"It holds," she said. "For now."', ['"It holds,"', '"For now."']),
    ("«It holds», she said.", ["«It holds»"]),
    ("She called it “a crime” and left.", ["“a crime”"]),
    ("”It holds,” she said.", ["”It holds,”"]),
    ("“It rose. It fell.” Nobody spoke.", ["“It rose. It fell.”"]),
    ("“It rose.\n“It fell,” he said.", ["“It rose.", "“It fell,”"]),
    ("The plank was 3\" wide and old.", []),
    ("Nothing quoted here.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), QUOTES)
def test_find_quotes(text: str, expected: list[str]) -> None:
    doc = load()(text)
    assert [doc[quote.start : quote.end].text.strip() for quote in find_quotes(doc)] == expected


def test_a_paragraph_closes_what_nothing_else_closes() -> None:
    doc = load()("“It rose.\nRain fell.")
    (quote,) = find_quotes(doc)
    assert not quote.closed
    assert quote.holds(1)
    assert not quote.holds(len(doc) - 1)

"""The tables of words that cleaning works with, read once from ``ingest/data``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """A whole table by the name of its file, without the ending."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words, in lower case."""
    return frozenset(table("words")[name].split())


@cache
def language_words() -> dict[str, frozenset[str]]:
    """The commonest words of each language, by its code."""
    return {code: frozenset(words.split()) for code, words in table("words")["languages"].items()}

"""Word lists as they are written in code: blank-separated. Pure."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())

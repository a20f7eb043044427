"""Rule lemmas from tables: exceptions first, then endings that lead to a known word (data/LICENSE-lemmas.txt).

A learned lemmatizer invents verbs, and a table of reporting verbs then misses them without a sound.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path

TABLES = Path(__file__).parent / "data" / "lemmas_en.json.gz"
KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
# Auxiliaries and pronouns that come apart at the apostrophe.
CLOSED = {
    "n't": "not", "n’t": "not", "'ll": "will", "’ll": "will", "'ve": "have", "’ve": "have", "'re": "be", "’re": "be",
    "'m": "be", "’m": "be", "'d": "would", "’d": "would", "am": "be", "is": "be", "are": "be", "was": "be",
    "were": "be", "been": "be", "being": "be", "has": "have", "had": "have", "having": "have", "does": "do",
    "did": "do", "done": "do", "doing": "do", "ca": "can", "wo": "will",
}  # fmt: skip
IRREGULAR_VERBS = {"cited": "cite", "cites": "cite", "tweeted": "tweet", "tweets": "tweet", "retweeted": "retweet"}


class Lemmas:
    """Lemmas of words by their universal word class."""

    def __init__(self, tables: Path = TABLES) -> None:
        with gzip.open(tables, "rt", encoding="utf-8") as handle:
            loaded = json.load(handle)
        self._rules: dict[str, list[list[str]]] = loaded["rules"]
        self._exceptions: dict[str, dict[str, str]] = loaded["exceptions"]
        self._index = {kind: frozenset(words) for kind, words in loaded["index"].items()}
        self.lemma = lru_cache(maxsize=20_000)(self._lemma)

    def _lemma(self, word: str, word_class: str) -> str:
        """Return the lemma of ``word`` read as ``word_class`` (a UD tag); names keep their spelling."""
        low = word.lower()
        if word_class in ("AUX", "PART", "VERB") and low in CLOSED:
            return CLOSED[low]
        if word_class == "AUX" and low in ("'s", "’s"):
            return "be"
        if word_class == "PROPN":
            return word
        kind = KINDS.get(word_class)
        return self._by_table(low, kind) if kind else low

    def _by_table(self, low: str, kind: str) -> str:
        if kind == "verb" and low in IRREGULAR_VERBS:
            return IRREGULAR_VERBS[low]
        known = self._exceptions[kind].get(low)
        if known is not None:
            return known
        shorter = (low[: len(low) - len(old)] + new for old, new in self._rules[kind] if low.endswith(old))
        base = next((word for word in shorter if word in self._index[kind] and len(word) > 2), low)
        plural = kind == "noun" and low.endswith("s") and not low.endswith(("ss", "us", "is"))
        return low if low in self._index[kind] and not plural else base

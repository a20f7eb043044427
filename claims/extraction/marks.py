"""Marks of doubt that the text itself sets (R39): on the claim as this article tells it, never on the fact."""

from __future__ import annotations

import re

from claims.extraction.cues import DOUBTING

UNVERIFIED = "unverified"
NO_EVIDENCE = "no evidence"
CLAIMED = "claimed"
REPORTEDLY = "reportedly"
HEADLINE = "headline"

_CHECKED = r"(?:verif(?:y|ied)|confirm(?:ed)?|corroborat(?:e|ed)|authenticat(?:e|ed)|substantiat(?:e|ed))"
_NOT_CHECKED = re.compile(
    r"\b(?:could|can|has|have|had|was|were)(?:\s*not|n['’]t)\b(?:\s+\w+){0,4}?\s+" + _CHECKED
    + r"|\bnot\s+(?:been\s+)?(?:immediately\s+|yet\s+)?independently\s+" + _CHECKED
    + r"|\b(?:impossible|not possible|unable|no way)\s+to\s+(?:\w+\s+){0,2}" + _CHECKED
    + r"|\bunverified\b|\bno independent confirmation\b",
    re.IGNORECASE,
)  # fmt: skip
_WITHOUT_EVIDENCE = re.compile(
    r"\bwithout\s+(?:\w+ing\s+)?(?:any\s+|further\s+)?(?:evidence|proof|substantiation)\b"
    r"|\b(?:offer|provid|present|giv|produc|cit)(?:e|es|ed|ing|en|ering|ered)?\s+no\s+(?:evidence|proof)\b"
    r"|\b(?:did|has|have|had|does)(?:\s*not|n['’]t)\s+\w+\s+(?:any\s+)?(?:evidence|proof)\b"
    r"|\bwith no evidence\b|\bgave no (?:evidence|proof)\b|\boffer(?:ed|ing)? no (?:evidence|proof)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|purportedly)\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?:claims|reports|accounts|statements|allegations|assertions|details|figures|these|those|either)\b",
    re.IGNORECASE,
)


def marks_in(sentence: str, cue: str) -> tuple[str, ...]:
    """Return the marks that a claim takes from its own sentence and from its cue lemma."""
    found = []
    if cue in DOUBTING:
        found.append(CLAIMED)
    if _NOT_CHECKED.search(sentence):
        found.append(UNVERIFIED)
    if _WITHOUT_EVIDENCE.search(sentence):
        found.append(NO_EVIDENCE)
    if _HEARSAY.search(sentence):
        found.append(REPORTEDLY)
    return tuple(found)


def marks_before(sentence: str) -> tuple[str, ...]:
    """Return the marks that a sentence sets on the claims before it ("Its claims could not be verified.")."""
    checked, shown = _NOT_CHECKED.search(sentence), _WITHOUT_EVIDENCE.search(sentence)
    return tuple(mark for mark, match in ((UNVERIFIED, checked), (NO_EVIDENCE, shown)) if match)


def covers_several(sentence: str) -> bool:
    """Whether such a sentence speaks of more than the last claim."""
    return _PLURAL.search(sentence) is not None

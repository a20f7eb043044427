"""The outlet's own voice: which plain sentences state a fact that can be checked, and which are out of scope (R31)."""

from __future__ import annotations

from claims.extraction.attribution_spans import child, is_finite_clause
from claims.extraction.marks import marks_before
from claims.extraction.nlp import Span, Token

MIN_WORDS = 5
MIN_WORDS_WITH_COUNT = 3
NONE = frozenset({"no", "nobody", "none"})
READER = frozenset({"we", "us", "our", "you", "your", "i", "my", "let"})
FUTURE = frozenset({"will", "would", "should", "may", "might", "could", "must", "shall"})
TIME_UNITS = frozenset({"day", "hour", "minute", "week", "month", "year", "decade", "night", "time"})
VERBAL = frozenset({"VERB", "AUX"})


def states_a_fact(sent: Span) -> bool:
    """Whether a sentence in the outlet's own voice is a finite statement about the world, not about the reader."""
    words = [token for token in sent if not (token.is_punct or token.is_space)]
    counted = any(_counts(token) or token.lower_ in NONE for token in words)
    asks = sent.text.rstrip(" \"'”’\n").endswith(("?", ":"))
    if asks or len(words) < (MIN_WORDS_WITH_COUNT if counted else MIN_WORDS):
        return False
    if any(token.lower_ in READER for token in words) or marks_before(sent.text):
        return False
    return _is_finite(sent) and _is_anchored(sent)


def main_clause(sent: Span, cue: Token, content: set[int]) -> tuple[int, int] | None:
    """Return the main clause of a sentence that attributes only in a clause hung on it, where it counts something.

    "Nine people died on Monday, a day after officials said the dam was safe." ``content`` is what is attributed.
    """
    root = sent.root
    if cue.i == root.i or root.i in content or not _is_finite(sent):
        return None
    top = cue
    while top.head.i != root.i:
        top = top.head
    part = (int(sent.start), int(top.left_edge.i))
    counted = any(_counts(token) for token in sent.doc[part[0] : part[1]])
    hung = top.dep_ in ("advcl", "acl:relcl", "advcl:relcl", "obl", "obl:unmarked")
    return part if hung and counted and part[0] <= root.i < part[1] else None


def _counts(token: Token) -> bool:
    return token.pos_ == "NUM" and token.head.lemma_.lower() not in TIME_UNITS and token.head.pos_ in ("NOUN", "PROPN")


def _is_finite(sent: Span) -> bool:
    supposed = any(kid.lower_ in FUTURE for kid in sent.root.children if kid.dep_ == "aux")
    return not supposed and any(_is_predicate(token) and is_finite_clause(token) for token in sent)


def _is_predicate(token: Token) -> bool:
    return token.pos_ in VERBAL or child(token, "cop") is not None


def _is_anchored(sent: Span) -> bool:
    """A name, a number or a past form: something that a checker can look up."""
    if any(token.pos_ in ("PROPN", "NUM") for token in sent):
        return True
    return any(token.pos_ in VERBAL and _is_past(token) for token in sent)


def _is_past(token: Token) -> bool:
    return token.lower_ != token.lemma_ and not token.lower_.endswith(("s", "ing")) and token.lemma_ != "be"

"""Denied or asserted (R16): a cue that denies, or content whose main clause says that something is not so."""

from __future__ import annotations

from claims.extraction.attribution_item import Attribution
from claims.extraction.attribution_spans import SUBJECTS, child
from claims.extraction.nlp import Doc, Token
from claims.extraction.types import Polarity

NOT = frozenset({"not", "never", "neither", "nor"})
NONE = frozenset({"no", "nobody", "nothing", "none", "neither"})
# "We cannot confirm", "it was not known who", "no names were released" withhold, they do not deny.
KNOWING = frozenset(
    {"say", "confirm", "comment", "verify", "tell", "know", "determine", "rule", "estimate", "specify", "identify"}
)
ABLE = frozenset({"can", "could"})
UNKNOWN = frozenset(
    [
        "know",
        "confirm",
        "verify",
        "determine",
        "identify",
        "name",
        "release",
        "announce",
        "disclose",
        "specify",
        "establish",
        "clarify",
    ]
)
OPEN = frozenset(["clear", "certain", "available", "known"])
SILENT = frozenset(["know", "comment", "specify", "elaborate", "identify", "disclose", "determine"])
QUESTIONS = frozenset(["who", "what", "where", "when", "why", "how", "whether", "if", "which"])
HEDGES = frozenset({"only", "just", "merely", "necessarily", "yet"})


def polarity_of(doc: Doc, one: Attribution) -> Polarity:
    """Return the polarity of an attributed claim."""
    if one.denies or (one.root is not None and clause_denies(doc[one.root])):
        return Polarity.DENIED
    return Polarity.ASSERTED


def clause_denies(root: Token) -> bool:
    """Whether the main clause under ``root``, or a clause of its own joined to it, is negative."""
    if _negative(root):
        return True
    joined = (kid for kid in root.rights if kid.dep_ == "conj" and any(inner.lower_ == "and" for inner in kid.children))
    return any(_negative(kid) and any(inner.dep_ in SUBJECTS for inner in kid.children) for kid in joined)


def _negative(root: Token) -> bool:
    lemmas = [kid.lemma_.lower() for kid in root.children if kid.dep_ in ("advmod", "aux", "cc", "cc:preconj", "det")]
    if any(lemma in NOT for lemma in lemmas):
        able = any(lemma in ABLE for lemma in lemmas)
        return not (able and root.lemma_ in KNOWING) and not _withholds(root) and not _limits(root)
    if child(root, *SUBJECTS, "expl") is None or _withholds(root):
        return False
    return any(_is_none(kid) for kid in root.children if kid.dep_ in SUBJECTS or kid.dep_ == "obj")


def _withholds(root: Token) -> bool:
    """Whether a negative clause around ``root`` says that something is not known, or not told."""
    if child(root, "aux:pass") is not None:
        return root.lemma_.lower() in UNKNOWN
    if child(root, "cop") is not None:
        return root.lower_ in OPEN
    asked = any(kid.dep_ == "ccomp" and kid.left_edge.lower_ in QUESTIONS for kid in root.children)
    return root.lemma_.lower() in SILENT or (asked and root.lemma_.lower() in KNOWING)


def _limits(root: Token) -> bool:
    """ "not only", "not just" assert."""
    doc = root.doc
    places = [kid.i for kid in root.children if kid.lemma_ in NOT]
    return any(i + 1 < len(doc) and doc[i + 1].lower_ in HEDGES for i in places)


def _is_none(token: Token) -> bool:
    """ "no plans", "nobody", "none of them"; "no longer" and "No. 5" are something else."""
    if token.lower_ in NONE:
        return True
    det = child(token, "det", "advmod")
    return det is not None and det.lower_ == "no"

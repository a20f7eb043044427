"""Nouns of saying as cues: "the ministry's claim that ...", "calls for a truce", "reports of clashes in the north"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.attribution_clauses import is_negated, source_of
from claims.extraction.attribution_spans import Stretch, child, has_case, trim
from claims.extraction.cues import HEARSAY_NOUNS, SAYING_NOUNS
from claims.extraction.nlp import Doc, Token
from claims.extraction.quotes import Quote

# "gave assurances that", "issued a warning of": the noun speaks, the verb only carries it.
LIGHT_VERBS = frozenset(
    {"give", "make", "issue", "release", "voice", "express", "repeat", "reiterate", "offer", "publish", "deliver"}
)
MIN_WORDS = 2


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun that attributes: ``owner`` heads the phrase of who speaks (None: nobody is named), ``part`` is said."""

    noun: Token
    owner: Token | None
    part: Stretch
    root: Token


def noun_cues(doc: Doc, quotes: tuple[Quote, ...]) -> Iterator[NounCue]:
    """Yield the nouns of saying outside quotations that have content behind them."""
    inside = {i for quote in quotes for i in range(quote.start, quote.end)}
    for token in doc:
        if token.pos_ != "NOUN" or token.lemma_ not in SAYING_NOUNS or token.i in inside:
            continue
        found = _that_clause(token) or _phrase(token)
        if found is None:
            continue
        root, start = found
        owner = _owner(token, root)
        part = trim(doc, (start, int(root.right_edge.i) + 1))
        if part and part[1] - part[0] >= MIN_WORDS and (owner is not None or _hearsay(token)):
            yield NounCue(token, owner, part, root)


def _that_clause(noun: Token) -> tuple[Token, int] | None:
    """The clause behind "that", and where it starts."""
    doc, after = noun.doc, noun.i + 1
    if after + 1 < len(doc) and doc[after].lower_ == "that" and doc[after].dep_ == "mark" and doc[after].head.i > after:
        return doc[after].head, after + 1
    for kid in noun.rights:
        if kid.dep_ not in ("acl", "ccomp", "acl:relcl"):
            continue
        mark = next((inner for inner in kid.children if inner.dep_ == "mark" and inner.lower_ == "that"), None)
        if mark is not None:
            return kid, mark.i + 1
    return None


def _phrase(noun: Token) -> tuple[Token, int] | None:
    """The phrase behind the preposition of this noun ("calls | for"), and where it starts."""
    preposition = SAYING_NOUNS[noun.lemma_]
    if not preposition or noun.i + 1 >= len(noun.doc) or noun.doc[noun.i + 1].lower_ != preposition:
        return None
    kid = next((kid for kid in noun.rights if kid.dep_ in ("nmod", "acl") and has_case(kid, preposition)), None)
    return (kid, noun.i + 2) if kid is not None else None


def _owner(noun: Token, content: Token) -> Token | None:
    """Who speaks: "X's claim", "a claim by X", "a claim made by X", or the subject of "issued a warning"."""
    owner = child(noun, "nmod:poss") or next((kid for kid in noun.lefts if _names(kid)), None)
    if owner is not None:
        return owner
    for kid in noun.rights:
        if kid.i == content.i:
            continue
        if kid.dep_ == "nmod" and has_case(kid, "by", "from", "of"):
            return kid
        if kid.dep_ == "acl" and kid.lemma_ in LIGHT_VERBS and child(kid, "obl:agent", "obl") is not None:
            return child(kid, "obl:agent", "obl")
    verb = noun.head
    if noun.dep_ != "obj" or verb.lemma_ not in LIGHT_VERBS or is_negated(verb):
        return None
    return source_of(verb)[0]


def _names(kid: Token) -> bool:
    return kid.dep_ == "compound" and (kid.pos_ == "PROPN" or kid.lower_ in ("police", "army", "government"))


def _hearsay(noun: Token) -> bool:
    """ "reports that ..." with nobody named, "a report that ..." counts as well, "the report of the year" does not."""
    return noun.lemma_ in HEARSAY_NOUNS and noun.lower_ != noun.lemma_

"""Which phrase speaks where the parse and the model's own labels differ: the label decides, if it fits the verb."""

from __future__ import annotations

from claims.extraction.attribution_spans import Stretch, noun_phrase
from claims.extraction.nlp import Doc, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
KEPT = frozenset({"agent", "none"})
MAX_BEHIND = 2
PLAIN = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "CCONJ", "NUM", "PART"})
JOINING = frozenset({",", "-", "&"})


def relabelled(verb: Token, source: Token | None, how: str) -> tuple[Token | None, str]:
    """Return ``source`` and ``how``, or the labelled source of this verb where the parse took what no label covers."""
    if how in KEPT:
        return source, how
    labels = _labels(verb)
    spoken = [(start, end) for start, end, kind in labels if kind == "SOURCE"]
    if not spoken or not any(kind == "CUE" and start <= verb.i < end for start, end, kind in labels):
        return source, how
    if source is not None and any(start <= source.i < end for start, end in spoken):
        return source, how
    cues = [start for start, end, kind in labels if kind == "CUE"]
    near = _nearest(verb, spoken, cues)
    head = _head(verb.doc, near) if near is not None else None
    if head is None or head.i == verb.i:
        return source, how
    return head, how if how in ("inherited", "head") else "own"


def source_phrase(head: Token) -> Stretch:
    """The phrase around ``head``, or the wider one that the model labels as the source: a list, a role and a name."""
    doc = head.doc
    phrase = _whole_name(head, noun_phrase(head))
    for start, end, kind in doc._.attribution:
        if kind == "SOURCE" and start <= head.i < end:
            while end > phrase[1] and doc[end - 1].text == ",":
                end -= 1
            wide = min(start, phrase[0]), max(end, phrase[1])
            added = [*range(wide[0], phrase[0]), *range(phrase[1], wide[1])]
            if all(doc[i].pos_ in PLAIN or doc[i].text in JOINING for i in added):
                return wide
    return phrase


def _whole_name(head: Token, phrase: Stretch) -> Stretch:
    """ "Radio | Brask": the rest of a name, where the parse cut it."""
    doc, end = head.doc, phrase[1]
    while head.ent_type_ and end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].is_alpha:
        end += 1
    return phrase[0], end


def is_labelled(token: Token) -> bool:
    """Whether the model takes a word for part of a source."""
    return any(kind == "SOURCE" and start <= token.i < end for start, end, kind in token.doc._.attribution)


def _labels(verb: Token) -> list[tuple[int, int, str]]:
    sent = verb.sent
    return [one for one in verb.doc._.attribution if sent.start <= one[0] < sent.end]


def _nearest(verb: Token, spoken: list[Stretch], cues: list[int]) -> Stretch | None:
    """The labelled source right behind the verb, else the last one before it with no other cue between."""
    behind = next((one for one in spoken if verb.i < one[0] <= verb.i + MAX_BEHIND), None)
    before = [one for one in spoken if one[1] <= verb.i and not any(one[1] <= cue < verb.i for cue in cues)]
    return before[-1] if before else behind


def _head(doc: Doc, stretch: Stretch) -> Token | None:
    words = [doc[i] for i in range(*stretch) if doc[i].pos_ in NOMINAL]
    return next((word for word in words if not stretch[0] <= word.head.i < stretch[1] or word.head.i == word.i), None)

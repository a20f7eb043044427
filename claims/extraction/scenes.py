"""Where things happen: the place that a sentence ties to a word or a claim, and places that stand for a party."""

from __future__ import annotations

from itertools import pairwise

from claims.extraction.gazetteer import lookup
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.place_words import ACTING_PARTS, BESIDE, DEEDS, EVENTS, LOCATIVE, OFFICES
from claims.extraction.places import known_places, possessive, word_after, word_before
from claims.extraction.types import PlaceFound

CLAUSES = frozenset({"while", "whereas", "although", "though", "after", "before", "when", "because", "since", "as"})


def located(token: Token) -> str:
    """The place that a sentence ties to one of its words, "" where it ties none: "killed 12 people in X"."""
    doc, sent = token.doc, token.sent
    near = [each for each in known_places(doc) if each.name and sent.start_char <= each.anchor.start < sent.end_char]
    tied = []
    qualifying = {b.anchor for a, b in pairwise(near) if b.anchor.start - a.anchor.end == len(", ")}
    for each in near:
        if each.anchor in qualifying and not is_town(each.name):
            continue  # "VARNA, Bulgaria": the land says which town
        span = doc.char_span(each.anchor.start, each.anchor.end, alignment_mode="expand")
        if span is None or acting(span):
            continue
        lead = {word.lower_ for word in doc[max(sent.start, span.start - 4) : span.start]}
        owned = possessive(span) and doc[span.end + 1 : span.end + 2].text.lower() in ("border", "capital")
        beside, unled = bool(lead & BESIDE) or owned, not lead & (LOCATIVE | {"of", "on"})
        apart = _another_clause(doc[min(span.start, token.i) : max(span.start, token.i)])
        tied.append((beside, apart, unled, span.start <= token.i, abs(span.start - token.i), each.name))
    return min(tied)[-1] if tied else ""


def _another_clause(between: Span) -> bool:
    """Whether a clause of its own begins between two words: "... in X, while Y said that Z ..."."""
    return any(word.lower_ in CLAUSES and word.dep_ in ("mark", "advmod") for word in between)


def acting(span: Span) -> bool:
    """Whether the name of a place stands for those who act there: "Chile's forces", "the X regime", "fired by X"."""
    doc, after, before = span.doc, word_after(span), word_before(span)
    if before is not None and before.lower_ == "by":
        return True
    if after is not None and after.lower_ in ("'s", "’s", "’", "'"):
        return any(token.lower_ in ACTING_PARTS for token in doc[after.i + 1 : after.i + 4])
    if after is not None and after.lower_ in ("regime", "government", "officials", "troops", "forces"):
        return True
    root = span.root
    led = before is not None and before.lower_ in LOCATIVE | {"of"}
    if root.dep_ in ("nsubj", "nsubj:outer") and root.head.pos_ == "VERB" and not led:
        return True
    told = root.head.head if root.head.dep_ == "nmod:desc" else root
    return root.dep_ == "obl:agent" or (root.dep_ == "compound" and told.i != root.i and told.ent_type_ == "PER")


def event_places(doc: Doc, places: tuple[PlaceFound, ...], start: int, end: int) -> tuple[str, ...]:
    """Names of the places in ``doc.text[start:end]`` where something happens; not those that stand for a party.

    Where the words name none but are a mayor's or governor's of what happened, it is their town; where they speak of
    "the attack", it is the one town of the sentence before.
    """
    names = _happening(doc, places, start, end)
    words = doc.char_span(start, end, alignment_mode="expand")
    if names or words is None:
        return names
    if office := _office(doc, places, words):
        return (office,)
    if not any(map(_looks_back, words)) or words[0].sent.start == 0:
        return ()
    before = doc[words[0].sent.start - 1].sent
    towns = [name for name in _happening(doc, places, before.start_char, before.end_char) if is_town(name)]
    return tuple(towns) if len(towns) == 1 else ()


def _office(doc: Doc, places: tuple[PlaceFound, ...], words: Span) -> str:
    """The town of the local official who speaks in the sentence, where the words tell an event."""
    if not any(token.pos_ == "VERB" and token.lemma_ in DEEDS for token in words):
        return ""
    for each in places:
        if words[0].sent.start_char <= each.anchor.start < words.start_char and each.name:
            span = doc.char_span(each.anchor.start, each.anchor.end, alignment_mode="expand")
            after = None if span is None else word_after(span)
            if after is not None and after.lower_ in OFFICES:
                return each.name
    return ""


def is_town(name: str) -> bool:
    """Whether only towns bear the name; a land tells events apart less well."""
    found = lookup(name)
    return bool(found) and all(place.kind == "city" for place in found)


def _looks_back(token: Token) -> bool:
    led = token.i > 0 and token.doc[token.i - 1].lower_ in ("the", "that", "this", "these", "those")
    return token.pos_ == "NOUN" and led and token.lemma_.lower() in EVENTS


def _happening(doc: Doc, places: tuple[PlaceFound, ...], start: int, end: int) -> tuple[str, ...]:
    names: dict[str, bool] = {}
    for each in places:
        if start <= each.anchor.start and each.anchor.end <= end and each.name:
            span = doc.char_span(each.anchor.start, each.anchor.end, alignment_mode="expand")
            if span is not None and not acting(span):
                names[each.name] = names.get(each.name, True) and _beside(span)
    if not all(names.values()):
        names = {name: beside for name, beside in names.items() if not beside}
    return tuple(names)


def _beside(span: Span) -> bool:
    """Whether the name only says where another place lies: "near X", "north of X's border"."""
    lead = [token.lower_ for token in span.doc[max(span.sent.start, span.start - 2) : span.start]]
    return bool(lead) and (lead[-1] == "near" or (lead[-1] == "of" and lead[0] in BESIDE))

"""The full names of a text's abbreviations: "Full Name Here (FNH)", or a name whose capitals spell one."""

from __future__ import annotations

from claims.extraction.attribution_spans import Stretch, noun_phrase
from claims.extraction.nlp import Doc, Token
from claims.extraction.speaker_words import is_kind

MAX_INITIALS = 10
# A translated name keeps the initials of the other language, whose words stand the other way round.
MIN_REVERSED = 3
THESE = frozenset({"the", "this", "these", "those"})


def initials(doc: Doc) -> dict[str, str]:
    """Return the full names of a text's abbreviations, by abbreviation."""
    found: dict[str, str] = {}
    short = {token.text for token in doc if token.text.isupper() and token.is_alpha and 2 <= len(token) <= MAX_INITIALS}
    for ent in doc.ents:
        capitals = "".join(word[0] for word in ent.text.split() if word[:1].isupper())
        if ent.label_ == "LOC" or len(ent) < 2:
            continue
        if capitals in short:
            found.setdefault(capitals, plain(doc, (ent.start, ent.end)))
        elif len(capitals) >= MIN_REVERSED and capitals[::-1] in short and is_kind(ent[-1].text, "body"):
            found.setdefault(capitals[::-1], plain(doc, (ent.start, ent.end)))
    for token in doc[1:-1]:
        if token.text in short and token.i > 1 and _glossed(doc, token.i):
            last = doc[token.i - 2]
            phrase = noun_phrase(last.head if last.head.i != token.i and _within_name(last, token.i) else last)
            start = max(phrase[0], token.i - 1 - MAX_INITIALS)
            if last.pos_ in ("PROPN", "NOUN") and start < token.i - 1:
                found.setdefault(token.text, plain(doc, (start, token.i - 1)))
    return found


def described(name: str, head: Token) -> bool:
    """Whether a phrase only describes the abbreviation that it ends in: "US carmaker GM", "the rebel group FNH"."""
    words = name.split()
    return len(words) > 1 and words[-1] == head.text and "and" not in words


def plain(doc: Doc, stretch: Stretch) -> str:
    """Return a name without its article and without the abbreviation that closes it."""
    start, end = without_gloss(doc, stretch)
    start += doc[start].lower_ in THESE and end - start > 1
    return doc[start:end].text.replace("\n", " ")


def without_gloss(doc: Doc, stretch: Stretch) -> Stretch:
    """Return a name's stretch without the "(FNH)" or ", FNH" that closes it."""
    start, end = stretch
    if end - start > 3 and doc[end - 1].text == ")" and doc[end - 3].text == "(":
        return start, end - 3
    if end - start > 2 and doc[end - 2].text == "," and doc[end - 1].text.isupper() and len(doc[end - 1]) > 1:
        return start, end - 2
    return start, end


def _within_name(last: Token, at: int) -> bool:
    """Whether a name goes on above its last word ("Ministry of Fisheries"), not "a spokesman for the Ministry"."""
    near = last.head.pos_ in ("PROPN", "NOUN") and last.head.i >= at - 8
    led = next((kid.lower_ for kid in last.children if kid.dep_ == "case"), "of")
    return near and led == "of"


def _glossed(doc: Doc, at: int) -> bool:
    """ "Full Name Here (FNH)", "the Full Name Here, FNH, said"."""
    around = doc[at - 1].text, doc[at + 1].text
    if around == ("(", ")"):
        return True
    body = doc[at - 2].ent_type_ != "LOC" and is_kind(doc[at - 2].text, "body", "carrier", "agency")
    return around == (",", ",") and body and doc[at - 2].text[:1].isupper()

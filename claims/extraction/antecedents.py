"""What a bare number counts: the thing named behind it, before it, or in the words before."""

from __future__ import annotations

from claims.extraction import measures as m
from claims.extraction.counted_nouns import noun_lemma, plural
from claims.extraction.counting import Counted
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.wordlists import words as word_set

GROUPS = word_set("crew group team staff family delegation panel jury crowd gang squad patrol convoy")


def antecedent(counted: Counted, earlier: list[Counted]) -> str:
    """What a bare number counts: the noun behind "of its", else the last thing counted before "of them" or "more"."""
    doc, at = counted.last.doc, counted.last.i + 1
    ahead = doc[at : min(counted.sent.end, at + 10)]
    if ahead and ahead[0].lower_ in ("of", "out"):
        for token in ahead[1:]:
            if token.lower_ in ("them", "which", "those"):
                return last_thing(doc, counted.first.i)
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound"):
                return ""
            if token.pos_ in ("NOUN", "PROPN") and not _goes_on(token):
                return noun_lemma(token)
        return ""
    if (
        earlier
        and earlier[-1].noun is not None
        and (elsewhere(ahead) or shared_word(counted, earlier[-1]) or ahead.text.lower().startswith("more"))
    ):
        return noun_lemma(earlier[-1].noun)
    return group(counted) or tallied(counted)


def _goes_on(token: Token) -> bool:
    """Whether the phrase goes on behind a noun: "of the bank | 's | branches", "of the mid | - | size jets"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return after is not None and (after.pos_ in ("NOUN", "PART") or (after.text == "-" and not token.whitespace_))


def group(counted: Counted) -> str:
    """Whom "a crew of six" and "job cuts of 10,000" count."""
    doc, at = counted.first.doc, counted.left
    if at - 2 < counted.sent.start or doc[at - 1].lower_ != "of":
        return ""
    noun = noun_lemma(doc[at - 2])
    if noun in GROUPS:
        return "person"
    return doc[at - 3].lower_ if noun == "cut" and at - 3 >= counted.sent.start and doc[at - 3].pos_ == "NOUN" else ""


def tallied(counted: Counted) -> str:
    """What "the number of orders rose to 230" counts."""
    doc, start = counted.first.doc, counted.sent.start
    lead = doc[max(start, counted.left - 20) : counted.left]
    words = [token.lower_ for token in lead]
    if words[-1:] != ["to"] and not (lead and lead[-1].pos_ == "VERB"):
        return ""
    for i in range(len(words) - 2):
        if words[i : i + 2] == ["number", "of"]:
            noun = next((k for k in range(i + 2, len(words)) if lead[k].pos_ == "NOUN" and plural(lead[k])), None)
            return "" if noun is None else noun_lemma(lead[noun])
    return ""


def elsewhere(ahead: Span) -> bool:
    """ "2,100 mills in Sweden, 900 in Norway"."""
    return len(ahead) > 1 and ahead[0].lower_ == "in" and ahead[1].ent_type_ == "LOC"


def shared_word(counted: Counted, last: Counted) -> bool:
    between = counted.first.doc[last.right : counted.left]
    return 0 < len(between) <= 12 and any(token.lower_ == "and" for token in between[-2:])


def last_thing(doc: Doc, at: int) -> str:
    """The nearest plural munition or counted noun before ``at`` that "them" can mean, "" beyond sixty words."""
    for i in range(at - 1, max(0, at - 60), -1):
        if doc[i].pos_ == "NOUN" and doc[i].lemma_.lower() in m.MUNITIONS and doc[i].lower_ != doc[i].lemma_.lower():
            return doc[i].lemma_.lower()
    return ""

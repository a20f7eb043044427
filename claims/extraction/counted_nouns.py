"""The noun that a number counts, read from the word classes behind it: headlines and lists are often parsed wrongly."""

from __future__ import annotations

from claims.extraction.expressions import WEEKDAYS
from claims.extraction.measures import AIRLINERS
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.wordlists import words

NOT_OF_THE_NOUN = words("dead missing last next past previous")  # "costs of $12 billion last year"
UNDERGO = frozenset({"suffer", "sustain", "receive", "survive", "remain"})
HYPHENS = frozenset({"-", "–"})
DAYS = frozenset({"today", "yesterday", "tonight", "tomorrow", *WEEKDAYS})


def counted_noun(span: Span, sent: Span) -> Token | None:
    """The noun that a number counts: to its right, behind "of" for vague words, by the parse where that agrees."""
    doc, at = span.doc, behind_number(span, sent)
    best = None
    while at < sent.end and (token := doc[at]).pos_ in (
        "ADJ",
        "NOUN",
        "PROPN",
        "NUM",
        "VERB",
        "PUNCT",
        "CCONJ",
        "DET",
        "SYM",
        "PART",
    ):
        if AIRLINERS.fullmatch(token.lower_.removesuffix("s")) and not token.is_digit:
            return typed_noun(doc, at, sent.end)
        if at == span.end + 1 and hyphenated(token):
            return token
        if token.pos_ in ("NOUN", "PROPN", "SYM") or token.lower_ in ("others", "people", "dead", "wounded", "injured"):
            best = token
            if (listed := modified_later(doc, at, sent.end, span)) is not None:
                return listed
            if not runs_on(doc, at, sent.end):
                break
        elif (
            best is not None
            and token.lower_ in ("-", "–")
            and at + 1 < sent.end
            and doc[at + 1].pos_ in ("VERB", "ADJ")
        ):
            at += 1
            if not (at + 1 < sent.end and doc[at + 1].pos_ in ("NOUN", "PROPN", "ADJ")):
                break
        elif not premodifies(doc, at, span, best, sent.end):
            break
        at += 1
    return best


def typed_noun(doc: Doc, at: int, end: int) -> Token:
    """The noun behind a type ("A330-200 airliners", "A330 jets"), the type itself where none follows."""
    behind = at + 1
    if behind + 1 < end and doc[behind].lower_ in HYPHENS and not doc[at].whitespace_:
        behind += 2
    named = behind < end and doc[behind].pos_ == "NOUN" and runs_on(doc, behind - 1, end)
    return last_noun(doc, behind, end) if named else doc[at]


def last_noun(doc: Doc, at: int, end: int) -> Token:
    while at + 1 < end and doc[at + 1].pos_ == "NOUN" and runs_on(doc, at, end):
        at += 1
    return doc[at]


def hyphenated(token: Token) -> bool:
    """The noun of a compound adjective ("a 14-member panel", "three-class cabins"): it is what the number counts."""
    hyphen = token.nbor(-1)
    joined = hyphen.lower_ in HYPHENS and not hyphen.whitespace_ and not hyphen.nbor(-1).whitespace_
    return joined and token.pos_ == "NOUN" and bool(token.whitespace_) and not plural(token)


def behind_number(span: Span, sent: Span) -> int:
    """Where the noun may begin: behind a hyphen, a closing bracket, or "of" after a vague word."""
    doc, at = span.doc, span.end
    if at < sent.end and doc[at].lower_ in HYPHENS and not doc[at - 1].whitespace_:
        at += 1
    if at < sent.end and doc[at].lower_ == "]" and span.start > sent.start and doc[span.start - 1].lower_ == "[":
        at += 1
    return at + 1 if at + 1 < sent.end and doc[at].lower_ == "of" and vague(span) else at


def noun_lemma(token: Token) -> str:
    """The singular of a noun; the lemma tables leave some plurals as they stand."""
    lemma = token.lemma_.lower()
    if lemma.endswith("men") and lemma not in ("men", "women", "specimen", "regimen"):
        return f"{lemma[:-3]}man"
    if (
        lemma != token.lower_
        or token.pos_ not in ("NOUN", "PROPN")
        or len(lemma) < 4
        or lemma.endswith(("ss", "us", "is", "series"))
    ):
        return lemma
    if lemma.endswith("ies"):
        return f"{lemma[:-3]}y"
    if lemma.endswith(("ches", "shes", "sses", "xes")):
        return lemma[:-2]
    return lemma[:-1] if lemma.endswith("s") else lemma


def vague(span: Span) -> bool:
    return span[-1].lower_.endswith("s") and not span[-1].text[0].isdigit()


def modified_later(doc: Doc, at: int, end: int, span: Span) -> Token | None:
    """The plural behind a list of modifiers ("40 cruise, ballistic and guided missiles"), None without one."""
    if (
        plural(doc[at])
        or span.text.lower() in ("one", "1")
        or at + 1 >= end
        or doc[at + 1].lower_ not in (",", "and", "or")
    ):
        return None
    for i in range(at + 1, min(end, at + 10)):
        token = doc[i]
        goes_on = i + 1 < end and doc[i + 1].lower_ in (",", "and", "or") and doc[i - 1].lower_ in ("-", ",")
        if token.pos_ == "NOUN" and plural(token) and not goes_on:
            return token
        if token.pos_ not in ("ADJ", "NOUN", "PUNCT", "CCONJ", "VERB", "PROPN") or token.lower_ in (".", ";", ":", "("):
            return None
    return None


def plural(token: Token) -> bool:
    irregular = (
        "people",
        "men",
        "women",
        "children",
        "police",
        "personnel",
        "aircraft",
        "others",
        "dead",
        "wounded",
        "injured",
    )
    return noun_lemma(token) != token.lower_ or token.lower_.endswith(irregular)


def runs_on(doc: Doc, at: int, end: int) -> bool:
    """Whether the noun phrase goes on behind ``doc[at]`` ("apartment" in "12 apartment buildings")."""
    if at + 1 >= end:
        return False
    token, after = doc[at], doc[at + 1]
    if after.lower_ in ("'s", "’s", "'", "’") and at + 2 < end:
        return True
    if after.lower_ in ("-", "–") and not token.whitespace_:
        return True
    if (
        after.pos_ == "ADJ"
        and token.text[0].isupper()
        and not plural(token)
        and at + 2 < end
        and doc[at + 2].pos_ == "NOUN"
    ):
        return True
    if after.like_num and token.pos_ == "PROPN" and after.text.isdigit():
        return at + 2 < end and doc[at + 2].pos_ in ("NOUN", "PROPN")  # "60 Boeing 787 jets"
    if after.lower_ in DAYS:
        return False
    if after.pos_ in ("NOUN", "PROPN", "SYM"):
        return token.lower_ not in ("%", "percent", "people", "others") and not (
            token.pos_ == "NOUN" and after.pos_ == "PROPN" and token.text.endswith("s")
        )
    return False


def premodifies(doc: Doc, at: int, span: Span, best: Token | None, end: int) -> bool:
    """Whether a word between the number and its noun belongs to the phrase ("20 stolen, armed vehicles")."""
    token = doc[at]
    if best is not None:
        if token.pos_ == "VERB" and best.pos_ == "PROPN":  # "two FRONT fighting positions"
            return token.lower_.endswith("ing") and at + 1 < end and doc[at + 1].pos_ == "NOUN" and plural(doc[at + 1])
        return token.pos_ in ("ADJ", "NUM") or token.lower_ in ("'s", "’s", "'", "’", "-", "–")
    if token.pos_ in ("PUNCT", "CCONJ"):
        follows = at + 1 < end and doc[at + 1].pos_ in ("ADJ", "NOUN", "VERB")
        led = at > span.end and doc[at - 1].pos_ in ("ADJ", "NOUN", "VERB")
        return (
            token.lower_ in (",", "and", "or", "-", "“", '"', "”")
            and follows
            and (led or token.lower_ in ('"', "“", "-"))
        )
    if token.pos_ == "VERB":
        return participle(token) and at + 1 < end and doc[at + 1].pos_ in ("NOUN", "PROPN", "ADJ")
    if token.lower_ == "more":
        return at + 1 < end and doc[at + 1].pos_ in ("NOUN", "ADJ", "NUM", "PROPN")
    return token.pos_ in ("ADJ", "NUM", "PROPN") and token.lower_ not in NOT_OF_THE_NOUN


def participle(token: Token) -> bool:
    if token.lemma_ in UNDERGO:
        return False
    return token.lower_.endswith(("ed", "en", "ing")) and token.dep_ in ("amod", "acl", "compound", "conj")

"""The outlet's own voice: which plain sentences state a fact that can be checked, and which are out of scope (R31)."""

from __future__ import annotations

from claims.extraction.attribution_spans import SUBJECTS, child, has_case, is_finite_clause
from claims.extraction.marks import marks_before
from claims.extraction.nlp import Span, Token
from claims.extraction.wordings import NOBODY

MIN_WORDS = 5
MIN_WORDS_WITH_COUNT = 3
MIN_WORDS_OF_HEADLINE = 3
NONE = frozenset({"no", "nobody", "none"})
READER = frozenset({"we", "us", "our", "you", "your", "i", "my", "let"})
SUPPOSED = frozenset({"would", "should", "may", "might", "could", "must", "shall"})
TIME_UNITS = frozenset({"day", "hour", "minute", "week", "month", "year", "decade", "night", "time"})
VERBAL = frozenset({"VERB", "AUX"})
NAMING = frozenset({"NOUN", "PROPN"})
FULL_STOPS = (".", "!", "…")
CLOSING = " \"'”’\n"


def states_a_fact(sent: Span) -> bool:
    """Whether a sentence in the outlet's own voice is a finite statement about the world, not about the reader."""
    words = [token for token in sent if not (token.is_punct or token.is_space)]
    counted = any(_counts(token) or token.lower_ in NONE for token in words)
    headed = _is_headline(sent)
    least = MIN_WORDS_OF_HEADLINE if headed else MIN_WORDS_WITH_COUNT if counted else MIN_WORDS
    if sent.text.rstrip(CLOSING).endswith(("?", ":")) or len(words) < least:
        return False
    if any(map(_addresses, words)) or marks_before(sent.text):
        return False
    if headed:
        return _is_finite(sent) or _is_elliptic(sent)
    return (_is_finite(sent) or _reads_finite(sent)) and _is_anchored(sent)


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
    part = (int(sent.start), _before_time(sent, int(top.left_edge.i)))
    counted = any(_counts(token) for token in sent.doc[part[0] : part[1]])
    hung = top.dep_ in ("advcl", "acl:relcl", "advcl:relcl", "obl", "obl:unmarked")
    return part if hung and counted and part[0] <= root.i < part[1] else None


def _before_time(sent: Span, end: int) -> int:
    """``end``, or where the measure of time begins that leads up to it: ", a day after ...", ", two weeks before"."""
    last = sent.doc[end - 1]
    if last.lemma_.lower() not in TIME_UNITS:
        return end
    first = int(last.left_edge.i)
    comma = first if sent.doc[first].text == "," else first - 1
    return comma if comma > sent.start and sent.doc[comma].text == "," else end


def _counts(token: Token) -> bool:
    return token.pos_ == "NUM" and token.head.lemma_.lower() not in TIME_UNITS and token.head.pos_ in NAMING | {"SYM"}


def _addresses(token: Token) -> bool:
    """Whether a word speaks to or for the reader; "US" is a country and "I" may be a numeral."""
    numeral = token.text == "I" and token.i > 0 and token.nbor(-1).pos_ == "PROPN"
    return token.lower_ in READER and token.text != "US" and not numeral


def _is_headline(sent: Span) -> bool:
    """The first line of a text, where it bears no full stop."""
    first = not sent.doc[: sent.start].text.strip()
    return first and "\n" in sent.text and not sent.text.rstrip(CLOSING).endswith(FULL_STOPS)


def _is_finite(sent: Span) -> bool:
    modals = {kid.lower_ for kid in sent.root.children if kid.dep_ == "aux"}
    if modals & SUPPOSED or ("will" in modals and not _is_arranged(sent)):
        return False
    return any(_is_predicate(token) and is_finite_clause(token) for token in sent)


def _is_arranged(sent: Span) -> bool:
    """Whether "will" tells a plan that can be looked up: who is to act has a name, or it says how many or when."""
    subject = child(sent.root, *SUBJECTS)
    return any(token.pos_ == "NUM" for token in sent) or (subject is not None and subject.pos_ == "PROPN")


def _reads_finite(sent: Span) -> bool:
    """Where the parse finds no subject: a sentence with a full stop and a past form or an auxiliary, which counts."""
    ended = sent.text.rstrip(CLOSING).endswith(FULL_STOPS)
    modal = any(token.lower_ in SUPPOSED | {"will"} for token in sent)
    verbal = any(token.pos_ in VERBAL and (token.pos_ == "AUX" or _is_past(token)) for token in sent)
    return ended and verbal and not modal and any(_counts(token) for token in sent)


def _is_elliptic(sent: Span) -> bool:
    """A headline's shorthand: "Ministry to close two ports", "First ferry delivered", and verbs read as nouns."""
    root = sent.root
    doing = root.pos_ == "VERB" or child(root, "obj") is not None
    verb = root if doing else next((kid for kid in root.rights if _is_announced(kid)), None)
    return verb is not None and any(token.pos_ in NAMING for token in sent.doc[sent.start : verb.i])


def _is_announced(token: Token) -> bool:
    return token.pos_ == "VERB" and token.dep_ == "acl" and token.i == token.head.i + 2 and has_case(token, "to")


def _is_predicate(token: Token) -> bool:
    return token.pos_ in VERBAL or child(token, "cop", "aux:pass") is not None


def _is_anchored(sent: Span) -> bool:
    """A name, a number, a past form, or that nobody came to harm: something that a checker can look up."""
    if any(token.pos_ in ("PROPN", "NUM") for token in sent) or NOBODY.search(sent.text):
        return True
    return any(token.pos_ in VERBAL and _is_past(token) for token in sent)


def _is_past(token: Token) -> bool:
    return token.lower_ != token.lemma_ and not token.lower_.endswith(("s", "ing")) and token.lemma_ != "be"

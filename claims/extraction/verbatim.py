"""Statements printed in full without quotation marks: behind "X said:", under "Statement by X", behind "[X]"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.extraction.attribution_clauses import Clause
from claims.extraction.attribution_spans import Stretch, child, noun_phrase
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.quotes import Quote
from claims.extraction.speaker_words import is_kind

MAX_BRACKET = 16
MAX_DATELINE = 30
MAX_VERBATIM = 600
_STATEMENT_WORDS = "statement declaration communique communiqué speech remark remarks address comment"
FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
STATEMENTS = frozenset(_STATEMENT_WORDS.split())


def introductions(clauses: Sequence[Clause]) -> dict[int, Stretch]:
    """ "The mayor went on:" at the end of a sentence introduces the next one: its end by the clause's source."""
    found: dict[int, Stretch] = {}
    for clause in clauses:
        sent = clause.verb.sent
        if clause.source is not None and sent.text.rstrip().endswith(":"):
            found[int(sent.end)] = noun_phrase(clause.source)
    return found


def issued(doc: Doc) -> dict[int, Stretch]:
    """ "The mayor provided the following statement:" introduces the next sentence: its end by who has put it out."""
    found: dict[int, Stretch] = {}
    for sent in doc.sents:
        if not sent.text.rstrip().endswith(":"):
            continue
        writing = next((token for token in sent if token.lemma_.lower() in STATEMENTS and token.dep_ == "obj"), None)
        subject = child(writing.head, "nsubj") if writing is not None else None
        if subject is not None and subject.pos_ != "PRON":
            found[int(sent.end)] = noun_phrase(subject)
    return found


def before_quotations(clauses: Sequence[Clause], quotes: Sequence[Quote]) -> dict[int, Stretch]:
    """ "The mayor also posted pictures." introduces the quotation that follows it in its paragraph: the source of its
    main
    verb, by where the quotation starts."""
    starts = {quote.start for quote in quotes}
    found: dict[int, Stretch] = {}
    for clause in clauses:
        sent = clause.verb.sent
        if clause.source is not None and clause.verb.i == sent.root.i and sent.end in starts and "\n" not in sent.text:
            found[int(sent.end)] = noun_phrase(clause.source)
    return found


def printed_in_full(doc: Doc, introduced: dict[int, Stretch]) -> Iterator[tuple[Span, Stretch]]:
    """Yield the sentences of statements printed in full, each with the phrase that names who made the statement."""
    starts = {at: who for at, who in introduced.items() if at < len(doc) and "\n" in doc[max(0, at - 2) : at].text}
    starts |= dict(_headed(doc))
    who: Stretch | None = None
    begun = 0
    for sent in doc.sents:
        at = int(sent.start)
        if at in starts:
            who, begun = starts[at], at
        elif at - begun > MAX_VERBATIM:
            who = None
        if who is not None:
            yield sent, who


def speaks_as_one(sent: Span, quotes: Sequence[Quote]) -> bool:
    """Whether a sentence outside quotation marks says "I" or "we": the statement goes on, whoever else is cited."""
    return any(
        token.lower_ in FIRST_PERSON and token.text != "US" and not any(one.holds(token.i) for one in quotes)
        for token in sent
    )


def _headed(doc: Doc) -> Iterator[tuple[int, Stretch]]:
    """A headline "Statement by X", or "[X]" as monitors of broadcasts set it behind the dateline."""
    first = next(doc.sents, None)
    if first is None:
        return
    if first[0].lower_ in STATEMENTS and len(first) > 2 and first[1].lower_ in ("by", "from", "of"):
        head = next((token for token in first[2:] if token.head.i < 2 or token.dep_ in ("obl", "nmod")), None)
        if head is not None and head.pos_ in ("NOUN", "PROPN") and first.end < len(doc):
            start, end = noun_phrase(head)
            yield int(first.end), (start, end - doc[end - 1].is_space)
    for token in doc[:MAX_DATELINE]:
        if token.text != "[" or not (token.i == 0 or doc[token.i - 1].text in ("--", "-", "—", "–")):
            continue
        close = next((i for i in range(token.i + 1, min(token.i + MAX_BRACKET, len(doc))) if doc[i].text == "]"), None)
        if close is not None and any(_names(doc[i]) for i in range(token.i + 1, close)):
            yield int(doc[close].sent.end), (token.i + 1, close)


def _names(token: Token) -> bool:
    return token.ent_type_ in ("PER", "ORG") or (token.text[:1].isupper() and is_kind(token.text, "body", "role"))

"""Who carries the words of whom: "the paper quoted X as saying", "the agency reported, citing police" (R26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.extraction.attribution_clauses import Clause, can_speak, is_passive
from claims.extraction.attribution_ends import clause_end
from claims.extraction.attribution_item import Attribution, root_of
from claims.extraction.attribution_spans import Stretch, child, has_case, noun_phrase, trim
from claims.extraction.cues import RECORDS
from claims.extraction.nlp import Doc, Token
from claims.extraction.quotes import Quote

BESIDE = 3


def cited_as_saying(clause: Clause, doc: Doc, quotes: tuple[Quote, ...]) -> Iterator[Attribution]:
    """ "A paper cited a minister as saying that ...": the minister speaks, the paper carries (R26)."""
    verb = clause.verb
    if verb.lemma_ not in ("cite", "quote"):
        return
    saying = next((token for token in verb.sent if token.i > verb.i and is_as_saying(token)), None)
    if saying is None:
        return
    passive = child(verb, "nsubj:pass") or (clause.source if clause.how == "own" else None)
    spoken = passive if is_passive(verb) else child(verb, "obj")
    near = doc[saying.i - 2]
    if spoken is None and near.i > verb.i and near.pos_ in ("NOUN", "PROPN", "PRON"):
        spoken = near  # the parse made it a second subject: "the paper quoted | Brandt | as saying"
    start = saying.i + 1
    start += doc[start].lower_ == "that" if start < len(doc) else 0
    part = _quoted_before(clause, doc, quotes, saying) or trim(doc, (start, clause_end(clause, start, saying)))
    if spoken is None or part is None:
        return
    carrier = clause.source if clause.source is not None and clause.source.i != spoken.i else _carrier(verb, saying)
    yield Attribution(
        cue=(verb.i, saying.i + 1 if saying.i == verb.i + 2 else verb.i + 1),
        lemma=verb.lemma_,
        source=_within(noun_phrase(spoken), verb.i, saying.i - 1),
        source_head=spoken.i,
        parts=(part,),
        root=root_of(doc, part),
        quoted=next((quote for quote in quotes if quote.start == part[0]), None),
        via=(carrier.i,) if carrier is not None else (),
    )


def is_as_saying(token: Token) -> bool:
    return token.lower_ == "saying" and token.i > 0 and token.nbor(-1).lower_ == "as"


def _carrier(verb: Token, saying: Token) -> Token | None:
    """Who carries the words: "the paper quoted Brandt as saying", "Brandt was quoted as saying by the paper"."""
    if not is_passive(verb):
        return next((kid for kid in verb.lefts if kid.dep_ == "nsubj"), None)
    return next((kid for kid in (*saying.rights, *verb.rights) if has_case(kid, "by")), None)


def _quoted_before(clause: Clause, doc: Doc, quotes: tuple[Quote, ...], saying: Token) -> Stretch | None:
    """ "“...,” the paper quoted Brandt as saying.": the quotation that the sentence opens with."""
    sent = clause.verb.sent
    behind = doc[saying.i + 1] if saying.i + 1 < sent.end else None
    closed = behind is None or behind.is_punct or behind.is_space or behind.lower_ == "by"
    quote = next((one for one in quotes if one.start <= sent.start < one.end <= clause.verb.i), None)
    return (max(quote.start, int(sent.start)), quote.end) if quote is not None and closed else None


def _within(phrase: Stretch, verb: int, end: int) -> Stretch:
    """An object phrase runs up to "as saying", however its modifiers were parsed."""
    return (phrase[0], end) if phrase[0] > verb else phrase


def citing(found: list[Attribution], doc: Doc, quotes: tuple[Quote, ...]) -> list[Attribution]:
    """ "The agency reported, citing police": the police speak, the agency carries (R26)."""
    result = list(found)
    for token in doc:
        spoken = child(token, "obj") if token.lower_ in ("citing", "quoting") or _cites(token) else None
        if spoken is None or any(quote.holds(token.i) for quote in quotes):
            continue
        if not can_speak(spoken):
            result = [_grounded(one, token) for one in result]
            continue
        beside = [k for k, one in enumerate(result) if one.source_head is not None and _beside(one, token)]
        place = min(beside, key=lambda k: _distance(result[k], token), default=None)
        if place is not None:
            result[place] = _carried(result[place], token, spoken)
            result = [one for one in result if one.cue[0] != token.i]
    return result


def _distance(one: Attribution, citing: Token) -> tuple[bool, bool, int]:
    """The reporting clause right beside it comes first, then the one that it hangs on, then the nearest."""
    apart = abs(one.cue[0] - citing.i)
    return apart > BESIDE, citing.head.i not in (one.cue[0], one.source_head), apart


def _cites(token: Token) -> bool:
    """ "according to the radio, which cited the guard"."""
    cited = child(token, "obj") if token.dep_ == "acl:relcl" and token.lemma_ in ("cite", "quote") else None
    return cited is not None and cited.lemma_.lower() not in RECORDS and child(token, "nsubj") is not None


def _grounded(one: Attribution, citing: Token) -> Attribution:
    """A demand without the grounds it is made on: "called for a rerun, citing flaws"."""
    if one.cue[0] >= citing.i or citing.i == 0 or citing.nbor(-1).text != "," or citing.dep_ != "acl":
        return one
    parts = tuple(part for part in (_drop_from(part, citing) for part in one.parts) if part)
    return replace(one, parts=parts or one.parts)


def _beside(one: Attribution, citing: Token) -> bool:
    return (
        bool(citing.sent.start <= one.cue[0] < citing.sent.end)
        and one.cue[0] != citing.i
        and one.source_head is not None
    )


def _carried(one: Attribution, citing: Token, spoken: Token) -> Attribution:
    parts = tuple(part for part in (_drop_from(part, citing) for part in one.parts) if part)
    outer = (one.source_head,) if one.source_head is not None else ()
    return replace(
        one, source=noun_phrase(spoken), source_head=spoken.i, via=(*one.via, *outer), parts=parts or one.parts
    )


def _drop_from(part: Stretch, verb: Token) -> Stretch | None:
    """A part without the ", citing police" that closes it."""
    return trim(verb.doc, (part[0], verb.i)) if part[0] <= verb.i < part[1] else part

"""Tolls that a list adds up: "two women and a man were killed" tells of three, though no number says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from claims.extraction.counted_nouns import noun_lemma
from claims.extraction.counting import Counted
from claims.extraction.fates import before
from claims.extraction.measures import PEOPLE, STATES, TOLLS
from claims.extraction.nlp import Doc
from claims.extraction.types import Anchor, FigureFound
from claims.extraction.wordlists import words

ARTICLES = frozenset({"a", "an"})
# "his wife and two daughters": one each, so that the owner's word is as good as an article.
OWNERS = frozenset({"his", "her", "their", "'s", "’s"})
KIN = words(
    "wife husband girlfriend boyfriend fiancee fiance mother father grandmother grandfather stepmother stepfather"
)
CHILDREN = words("son daughter brother sister stepson stepdaughter grandchild grandson granddaughter nephew niece")
JOINTS = (["and"], [","], [",", "and"])
MAX_PERSON = 5

Stretch = tuple[int, int]


def with_lists(doc: Doc, kept: list[Counted], found: list[FigureFound]) -> tuple[list[FigureFound], list[FigureFound]]:
    """(the figures, now parts of the lists that they stand in; the sums of those lists, to be put behind them).

    Only lists with a person who bears no number ("a man"): where each member has its number, the copy adds nothing.
    """
    parts: list[FigureFound] = list(found)
    sums: list[FigureFound] = []
    for run in _runs(doc, kept):
        start, end, unnumbered = _reach(doc, kept, run)
        if not unnumbered:
            continue
        for k in run:
            parts[k] = replace(parts[k], part_of=len(found) + len(sums))
        sums.append(_sum(doc, [found[k] for k in run], unnumbered, (start, end)))
    return parts, sums


def _runs(doc: Doc, kept: list[Counted]) -> list[list[int]]:
    """Neighbouring tolls of one list, by their places in ``kept``."""
    runs: list[list[int]] = []
    for k, one in enumerate(kept):
        persons = one.noun is not None and noun_lemma(one.noun) in PEOPLE | CHILDREN
        if one.measure not in TOLLS or one.part_of is not None or not persons:
            continue
        last = kept[runs[-1][-1]] if runs else None
        if last is not None and last.measure == one.measure and _joined(doc, last.right, one.left):
            runs[-1].append(k)
        else:
            runs.append([k])
    return runs


def _joined(doc: Doc, end: int, start: int) -> bool:
    return [token.lower_ for token in doc[end:start]] in JOINTS


def _reach(doc: Doc, kept: list[Counted], run: list[int]) -> tuple[int, int, int]:
    """Where the list starts and ends, and how many persons without a number it names."""
    first, last, count = kept[run[0]], kept[run[-1]], 0
    start, end = first.left, last.right
    while (person := _person_before(doc, start, int(first.sent.start))) is not None:
        start, count = person, count + 1
    acted = bool(before(first))
    while (person := _person_behind(doc, end, int(last.sent.end))) is not None:
        if acted and _begins_clause(doc, person):
            break  # "wounded two women, and a man died"
        end, count = person, count + 1
    return start, end, count


def _begins_clause(doc: Doc, at: int) -> bool:
    return at < len(doc) and doc[at].pos_ in ("AUX", "VERB") and doc[at].lower_ not in STATES


def _person_before(doc: Doc, start: int, floor: int) -> int | None:
    at = start - 1
    while at > floor and doc[at].lower_ in ("and", ","):
        at -= 1
    if at == start - 1 or at <= floor or not _is_person(doc, at):
        return None
    leads = _leads(doc, at)
    article = next((i for i in range(at - 1, max(floor, at - MAX_PERSON) - 1, -1) if doc[i].lower_ in leads), None)
    return article if article is not None and _plain_between(doc, article + 1, at) else None


def _person_behind(doc: Doc, end: int, ceiling: int) -> int | None:
    at = end
    while at < ceiling and doc[at].lower_ in ("and", ","):
        at += 1
    if at == end or at >= ceiling or doc[at].lower_ not in ARTICLES | OWNERS:
        return None
    noun = next((i for i in range(at + 1, min(ceiling, at + MAX_PERSON)) if _is_person(doc, i)), None)
    if noun is None or doc[at].lower_ not in _leads(doc, noun):
        return None
    return noun + 1 if _plain_between(doc, at + 1, noun) else None


def _leads(doc: Doc, at: int) -> frozenset[str]:
    """The words that may lead up to a person without a number."""
    return ARTICLES | OWNERS if doc[at].lemma_.lower() in KIN else ARTICLES


def _is_person(doc: Doc, at: int) -> bool:
    after = doc[at + 1] if at + 1 < len(doc) else None
    goes_on = after is not None and after.pos_ in ("NOUN", "PART") and after.lower_ not in STATES
    return doc[at].pos_ == "NOUN" and doc[at].lemma_.lower() in PEOPLE | KIN and not goes_on


def _plain_between(doc: Doc, start: int, end: int) -> bool:
    if any(doc[i].lower_ == "unborn" for i in range(start, end)):
        return False  # tolls and records count the born
    return all(doc[i].pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or doc[i].text == "-" for i in range(start, end))


def _sum(doc: Doc, members: list[FigureFound], unnumbered: int, stretch: Stretch) -> FigureFound:
    span = doc[stretch[0] : stretch[1]]
    lows = [one.low for one in members if one.low is not None]
    highs = [one.high for one in members if one.high is not None]
    open_ended = len(highs) < len(members)
    return FigureFound(
        measure=members[0].measure,
        low=sum(lows, Decimal(unnumbered)),
        high=None if open_ended else sum(highs, Decimal(unnumbered)),
        approximate=any(one.approximate for one in members),
        anchor=Anchor(span.start_char, span.end_char, span.text),
        place=members[0].place,
    )

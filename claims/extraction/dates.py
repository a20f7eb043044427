"""Dates: expressions of time resolved against the day of publication, and the day on which a claim's event happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from claims.extraction.days import Days, resolve
from claims.extraction.expressions import Expression, scan, stretches
from claims.extraction.gazetteer import lookup
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.places import known_places
from claims.extraction.scenes import event_places
from claims.extraction.types import Anchor, DateFound
from claims.extraction.wordlists import words
from claims.figures import NUMBER, parse_number

_AHEAD = re.compile(
    r"\b(?:will|shall|scheduled|due|set\s+to|plans?\s+to|planned\s+for|is\s+to|are\s+to|expected)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_DATELINE_DAY = re.compile(r"\s*(?:\(|-{1,2}|–|—)")
_LEADING = re.compile(r"\bhours\s+(?:leading|running)\s+(?:up\s+)?(?:in)?to\s+$", re.IGNORECASE)
_AFTER = re.compile(rf"\b(?:(?P<n>{NUMBER}|an?)\s+)?(?P<unit>hours?|days?)\s+after\b", re.IGNORECASE)
_SAYING = words(
    "say tell announce report add state claim deny accuse confirm warn declare insist note stress write tweet "
    "post explain admit reveal acknowledge mention indicate denounce condemn"
)
_EVENTS = words(
    "attack strike blast explosion shelling bombing raid shooting assault barrage bombardment clash crash ambush "
    "fire kill injure wound damage destroy hit target shoot intercept launch carry pound die trap shell storm "
    "seize arrest detain abduct kidnap killing massacre protest battle offensive incident earthquake flood "
    "collapse storm vote election war"
)


NEARBY = 70  # characters within which a sentence tells when and where together


@dataclass(frozen=True, slots=True)
class _Dated:
    """An event with its day: where in the text it is dated, and the towns it is told of."""

    at: int
    days: Days
    towns: frozenset[str]


def time_stretches(text: str) -> list[tuple[int, int]]:
    """(start, end) of every expression of time."""
    return list(stretches(text))


def find_dates(doc: Doc, published: datetime | date | None) -> tuple[DateFound, ...]:
    """Every expression of time in order; both days None where neither text nor ``published`` anchors it."""
    text, found = doc.text, scan(doc.text)
    anchor = _day(published) or _dateline_day(text, found)
    before: date | None = None
    dates = []
    for each in found:
        ahead = _AHEAD.search(text, max(0, each.start - 90), each.start) is not None
        days = resolve(each, anchor, before, ahead=ahead)
        before = days[0] or before
        if days[0] is not None and _LEADING.search(text, max(0, each.start - 40), each.start):
            days = (days[0] - timedelta(days=1), days[1])
        dates.append(DateFound(Anchor(each.start, each.end, text[each.start : each.end]), *days))
    return tuple(dates)


def _day(published: datetime | date | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _dateline_day(text: str, found: Sequence[Expression]) -> date | None:
    """The day in a dateline ("Lima, 13 Aug 89 (Agency) --"), which anchors a text of unknown publication."""
    for each in found[:1]:
        if each.full and each.kind == "day" and each.start < 80 and _DATELINE_DAY.match(text, each.end):
            return resolve(each, None, None)[0]
    return None


def claim_dates(
    doc: Doc, spans: Sequence[tuple[int, int]], dates: Sequence[DateFound], published: datetime | date | None
) -> list[Days]:
    """For each claim span the day(s) on which what it reports happened, (None, None) where the text does not say.

    Looked for inside the span, then beside it in its sentence, then where the document names the same event with a day.
    The day of speaking ("said on Sunday") is not the day of the event.
    """
    known = [each for each in dates if each.from_day is not None]
    events = _dated_events(doc, known)
    return [_claim_days(doc, span, known, events) for span in spans]


def _claim_days(doc: Doc, span: tuple[int, int], known: list[DateFound], events: list[_Dated]) -> Days:
    inside = [each for each in known if span[0] <= each.anchor.start and each.anchor.end <= span[1]]
    inside = [each for each in inside if not _of_saying(doc, each, near=True)]
    if inside:
        named = [each.anchor.start for each in known_places(doc) if span[0] <= each.anchor.start < span[1]]
        best = min(inside, key=lambda each: (_background(each), _distance(each, named), each.anchor.start))
        return best.from_day, best.to_day
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return None, None
    if (days := _related(doc, words, known, events)) is not None:
        return days
    beside = _beside(doc, words, known, events)
    if beside:
        best = min(beside, key=lambda each: min(abs(each.anchor.start - span[1]), abs(each.anchor.end - span[0])))
        return best.from_day, best.to_day
    return _same_event(doc, words, events)


def _beside(doc: Doc, words: Span, known: list[DateFound], events: list[_Dated]) -> list[DateFound]:
    """Expressions in the claim's sentence that are neither days of speaking nor of an event in another town."""
    first, last = words[0].sent.start_char, words[-1].sent.end_char
    towns = set(_towns(doc, words))
    elsewhere = {each.at for each in events if towns and each.towns and not towns & each.towns}
    near = [each for each in known if first <= each.anchor.start < last and each.anchor.start not in elsewhere]
    return [each for each in near if not _of_saying(doc, each) and not _background(each)]


def _distance(found: DateFound, towns: list[int]) -> int:
    """How far an expression is from the nearest place named: when and where are told together."""
    return min((abs(found.anchor.start - at) for at in towns), default=0)


def _related(doc: Doc, words: Span, known: list[DateFound], events: list[_Dated]) -> Days | None:
    """The day of what came some days or hours before a dated event: "The raid came two days after X"; None without one.

    Hours before an event that spans two days (a night) is the first of them.
    """
    sent = words[0].sent
    start = sent.start_char
    hits = list(_AFTER.finditer(sent.text, 0, words.start_char - start))
    if not hits:
        return None
    hit = hits[-1]
    beside = [
        e
        for e in known
        if start <= e.anchor.start < start + hit.start() and not _of_saying(doc, e) and not _background(e)
    ]
    base = (
        (beside[-1].from_day, beside[-1].to_day) if beside else _same_event(doc, doc[sent.start : words.start], events)
    )
    if base[0] is None:
        return None, None
    back = 0 if hit["unit"].lower().startswith("hour") else int(parse_number(hit["n"] or "a") or 1)
    day = base[0] - timedelta(days=min(back, 366))
    return day, day


def _background(found: DateFound) -> bool:
    """Weeks, months and years tell the setting more often than the event."""
    return found.from_day is None or found.to_day is None or (found.to_day - found.from_day).days >= 6


def _of_saying(doc: Doc, found: DateFound, *, near: bool = False) -> bool:
    """Whether the expression is the day of speaking: "said on Sunday", or (not only ``near``) hangs on such a verb."""
    words = doc.char_span(found.anchor.start, found.anchor.end, alignment_mode="expand")
    if words is None or (words.end < len(doc) and doc[words.end].text in ("'s", "’s")):
        return False
    start = words[0].sent.start
    if words.start - start <= 1 and words.end < len(doc) and doc[words.end].text == ",":
        return False  # "On Monday, police said, ..." opens with the day of the event
    lead = [
        doc[i] for i in range(words.start - 1, max(start, words.start - 3) - 1, -1) if doc[i].pos_ not in ("ADP", "ADV")
    ]
    if lead and lead[0].pos_ == "VERB":
        return lead[0].lemma_ in _SAYING
    behind = doc[words.end].lemma_ if words.end < len(doc) else ""
    if behind in _SAYING and words.start > start:
        return True
    verb = None if near else _verb_above(words.root)
    return verb is not None and verb.lemma_ in _SAYING


def _verb_above(token: Token) -> Token | None:
    for _ in range(8):
        if token.pos_ == "VERB" or (token.pos_ == "NOUN" and token.lemma_ in _EVENTS):
            return token
        if token.head.i == token.i or token.dep_ in ("ccomp", "parataxis"):
            return None  # what is said is no part of the saying
        token = token.head
    return None


def _dated_events(doc: Doc, known: list[DateFound]) -> list[_Dated]:
    """Events that the text itself dates, in order; "Tuesday's strikes" dates later mentions of the strikes."""
    found = []
    for each in known:
        words = doc.char_span(each.anchor.start, each.anchor.end, alignment_mode="expand")
        if words is None or _background(each) or _of_saying(doc, each):
            continue
        sentence = words[0].sent
        if any(_eventful(token) for token in sentence):
            towns = frozenset(_towns(doc, sentence, each.anchor.start))
            found.append(_Dated(each.anchor.start, (each.from_day, each.to_day), towns))
    return found


def _eventful(token: Token) -> bool:
    return token.pos_ in ("NOUN", "VERB") and token.lemma_.lower() in _EVENTS


def _negated(token: Token) -> bool:
    lead = token.doc[max(token.sent.start, token.i - 3) : token.i]
    return any(word.lower_ in ("not", "n't", "n’t", "never") for word in lead)


def _towns(doc: Doc, words: Span, at: int | None = None) -> tuple[str, ...]:
    """The towns that words tell of, in order; with ``at`` only those told close to that offset, where there are any."""
    places = known_places(doc)
    names = event_places(doc, places, words.start_char, words.end_char)
    if at is not None:
        start, end = max(words.start_char, at - NEARBY), min(words.end_char, at + NEARBY)
        names = event_places(doc, places, start, end) or names
    return tuple(name for name in names if all(place.kind == "city" for place in lookup(name)))


def _same_event(doc: Doc, words: Span, events: list[_Dated]) -> Days:
    """The day of the same event told elsewhere: one in the same town, else the one last spoken of."""
    if not events or not any(_eventful(token) and not _negated(token) for token in words):
        return None, None
    towns = _towns(doc, words)
    fitting = [each for each in events if towns[0] in each.towns] if towns else events
    earlier = [each for each in fitting if each.at < words.start_char]
    if earlier:
        return earlier[-1].days
    days = {each.days for each in fitting}
    return days.pop() if len(days) == 1 else (None, None)

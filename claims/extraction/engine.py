"""Text in, claims out: the whole way through the language engine for one article."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from claims.extraction.dates import claim_dates, find_dates
from claims.extraction.figures import find_figures
from claims.extraction.marks import HEADLINE, covers_several, marks_before, marks_in
from claims.extraction.nlp import Doc, load
from claims.extraction.places import find_places
from claims.extraction.reader import MODEL_VERSION
from claims.extraction.statements import Statement, find_statements
from claims.extraction.types import Anchor, Candidate, Context, Extraction, FigureFound, Mode, PlaceFound, Source
from claims.extraction.whereabouts import claim_places, inherits, office_places, within
from claims.extraction.worth import assess

RULES_VERSION = "3"
PRODUCER = f"newsdesk-engine/{RULES_VERSION} ({MODEL_VERSION})"
LANGUAGES = frozenset({"", "en"})
WINDOW_CHARS = 40_000
MAX_WINDOWS = 50

# A memory zone frees the strings of a text behind it, so two texts must not be in the pipeline at once.
_ONE_AT_A_TIME = threading.Lock()

Stretches = tuple[tuple[int, int], ...]
Days = tuple[date | None, date | None]


def extract(text: str, context: Context) -> Extraction:
    """Return the claims, dates and places of one text; all offsets point into ``text``.

    Reads at most ``WINDOW_CHARS * MAX_WINDOWS`` characters, in windows cut between paragraphs. Copy in a language
    that the
    model does not know yields nothing, rather than claims made of misread words.
    """
    if context.language not in LANGUAGES:
        return Extraction(claims=(), dates=(), producer=PRODUCER)
    read = [_read(text[start:end], start, context) for start, end in windows(text)]
    return Extraction(
        claims=tuple(claim for part in read for claim in part.claims),
        dates=tuple(found for part in read for found in part.dates),
        places=tuple(found for part in read for found in part.places),
        producer=PRODUCER,
    )


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) stretches of at most ``WINDOW_CHARS``, cut at a line break or a blank where there is one."""
    start = 0
    for _ in range(MAX_WINDOWS):
        if start >= len(text):
            return
        end = min(start + WINDOW_CHARS, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", start, end), -1)
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        yield start, end
        start = end


def _read(text: str, offset: int, context: Context) -> Extraction:
    nlp = load()
    with _ONE_AT_A_TIME, nlp.memory_zone():
        found = _read_doc(nlp(text), _shifted_context(context, -offset))
    if not offset:
        return found
    return replace(
        found,
        claims=tuple(_shift_claim(claim, offset) for claim in found.claims),
        dates=tuple(replace(one, anchor=_shift(one.anchor, offset)) for one in found.dates),
        places=tuple(replace(one, anchor=_shift(one.anchor, offset)) for one in found.places),
    )


def _read_doc(doc: Doc, context: Context) -> Extraction:
    statements = [one for one in find_statements(doc) if not _skipped(doc, one, context)]
    stretches = [_stretches(doc, one) for one in statements]
    places = find_places(doc, context.dateline_place)  # before the figures, which are tied to them
    figures = find_figures(doc)
    dates = find_dates(doc, context.published)
    days = claim_dates(doc, [one[0] for one in stretches], dates, context.published)
    inside = [own_figures(figures, stretch) for stretch in stretches]
    scenes = _scenes(doc, statements, stretches, inside, places)
    claims = [
        _candidate(doc, *parts, context) for parts in zip(statements, stretches, inside, scenes, days, strict=True)
    ]
    return Extraction(tuple(_marked(doc, statements, claims)), tuple(dates), tuple(places), PRODUCER)


def _stretches(doc: Doc, statement: Statement) -> Stretches:
    spans = (doc[start:end] for start, end in statement.parts)
    return tuple((span.start_char, span.end_char) for span in spans)


def _skipped(doc: Doc, statement: Statement, context: Context) -> bool:
    return any(
        start < skip_end and skip_start < end
        for start, end in _stretches(doc, statement)
        for skip_start, skip_end in context.skip
    )


def _scenes(
    doc: Doc,
    statements: Sequence[Statement],
    stretches: Sequence[Stretches],
    figures: Sequence[tuple[FigureFound, ...]],
    places: Sequence[PlaceFound],
) -> list[tuple[str, ...]]:
    """The places of each claim: those of its own words, else of the claim that it goes on with, else of its speaker."""
    found: list[tuple[str, ...]] = []
    for index, (statement, stretch) in enumerate(zip(statements, stretches, strict=True)):
        named = claim_places(doc, places, figures[index], stretch)
        before = statements[index - 1].speaker if index else None
        if not named and index and _same(statement.speaker, before):
            words = doc[statement.parts[0][0] : statement.parts[0][1]].text
            named = found[-1] if inherits(words, figures[index]) else ()
        if not named and statement.mode is Mode.INDIRECT and statement.speaker is not None:
            named = office_places(places, statement.speaker.role)
        found.append(named)
    return found


def _same(one: Source | None, other: Source | None) -> bool:
    return (one.name if one else None) == (other.name if other else None)


def _candidate(
    doc: Doc,
    statement: Statement,
    stretches: Stretches,
    figures: tuple[FigureFound, ...],
    places: tuple[str, ...],
    days: Days,
    context: Context,
) -> Candidate:
    main = statement.whole or statement.parts[0]
    words = doc[main[0] : main[1]]
    anchor = Anchor(words.start_char, words.end_char, words.text)
    cue = statement.cue.lemma if statement.cue else ""
    sentence = doc[statement.sentence].sent
    marks = marks_in(sentence.text, cue) + ((HEADLINE,) if anchor.start < context.headline_end else ())
    worth, reasons = assess(
        anchor.text, figures=figures, places=places, mode=statement.mode.value, cue=cue, dated=days[0] is not None,
        read=doc._.worth.get(doc[main[0]].sent.start),
    )  # fmt: skip
    return Candidate(
        anchor, statement.speaker, statement.chain, statement.cue, statement.mode, statement.polarity, figures, places,
        days[0], days[1], marks, worth, reasons,
    )  # fmt: skip


def own_figures(figures: Sequence[FigureFound], stretches: Stretches) -> tuple[FigureFound, ...]:
    """Return the figures inside the stretches; ``part_of`` counts within them, None where the whole stands outside."""
    places = [index for index, one in enumerate(figures) if within(one.anchor, stretches)]
    moved = {old: new for new, old in enumerate(places)}
    return tuple(
        replace(figures[old], part_of=None if figures[old].part_of is None else moved.get(figures[old].part_of or 0))
        for old in places
    )


def _marked(doc: Doc, statements: Sequence[Statement], claims: list[Candidate]) -> list[Candidate]:
    """Put the marks of sentences such as "Its claims could not be verified" on the claims that they speak of."""
    for sent in doc.sents:
        marks = marks_before(sent.text)
        if not marks or any(one.sentence == sent.start for one in statements):
            continue
        before = [k for k, claim in enumerate(claims) if claim.anchor.end <= sent.start_char]
        for k in _spoken_of(claims, before, covers_several(sent.text)):
            claims[k] = replace(claims[k], marks=tuple(dict.fromkeys((*claims[k].marks, *marks))))
    return claims


def _spoken_of(claims: Sequence[Candidate], before: list[int], several: bool) -> list[int]:
    """The last claim, or with it the unbroken run of claims of the same speaker."""
    chosen: list[int] = []
    for k in reversed(before):
        speaker = claims[k].speaker
        if chosen and (not several or speaker is None or speaker.name != _name(claims[chosen[0]])):
            break
        chosen.append(k)
    return chosen


def _name(claim: Candidate) -> str | None:
    return claim.speaker.name if claim.speaker else None


def _shifted_context(context: Context, offset: int) -> Context:
    if not offset:
        return context
    skip = tuple((start + offset, end + offset) for start, end in context.skip)
    return replace(context, headline_end=max(0, context.headline_end + offset), skip=skip)


def _shift(anchor: Anchor, offset: int) -> Anchor:
    return replace(anchor, start=anchor.start + offset, end=anchor.end + offset)


def _shift_claim(claim: Candidate, offset: int) -> Candidate:
    return replace(
        claim,
        anchor=_shift(claim.anchor, offset),
        speaker=replace(claim.speaker, anchor=_shift(claim.speaker.anchor, offset)) if claim.speaker else None,
        chain=tuple(replace(link, anchor=_shift(link.anchor, offset)) for link in claim.chain),
        cue=replace(claim.cue, anchor=_shift(claim.cue.anchor, offset)) if claim.cue else None,
        figures=tuple(replace(figure, anchor=_shift(figure.anchor, offset)) for figure in claim.figures),
    )

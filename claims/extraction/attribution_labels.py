"""Attributions that the model labels and the rules do not see: its labels for source, cue and content, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.attribution_clauses import OWN_VOICE, RELATIVE, can_speak, is_passive, reports
from claims.extraction.attribution_spans import Stretch, noun_phrase, trim
from claims.extraction.nlp import Doc, Token
from claims.extraction.quotes import Quote

# Verbs of the mind that tell nothing to anybody.
SILENT = frozenset({"know", "realize", "realise", "see", "decide", "remember", "understand", "learn", "demonstrate"})
JOIN = 2
MIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class LabelCue:
    """A reporting verb by its label, the head of who speaks, and what is said."""

    verb: Token
    source: Token
    part: Stretch


def label_cues(doc: Doc, quotes: tuple[Quote, ...], taken: set[int]) -> Iterator[LabelCue]:
    """Yield the labelled attributions outside quotations whose cue is not in ``taken``."""
    by_sentence: dict[int, list[tuple[int, int, str]]] = {}
    for start, end, kind in doc._.attribution:
        by_sentence.setdefault(int(doc[start].sent.start), []).append((start, end, kind))
    for labels in by_sentence.values():
        sources = [(start, end) for start, end, kind in labels if kind == "SOURCE"]
        contents = _joined([(start, end) for start, end, kind in labels if kind == "CONTENT"])
        for start, end, kind in labels:
            if kind != "CUE" or taken & set(range(start, end)) or any(quote.holds(start) for quote in quotes):
                continue
            found = _put_together(doc, (start, end), sources, contents)
            if found is not None:
                yield found


def _put_together(doc: Doc, cue: Stretch, sources: list[Stretch], contents: list[Stretch]) -> LabelCue | None:
    verb = next((doc[i] for i in range(*cue) if doc[i].pos_ == "VERB"), None)
    if verb is None or not sources or not contents or verb.lemma_ in SILENT or is_passive(verb) or not reports(verb):
        return None
    nearest = min(sources, key=lambda one: _gap(one, cue))
    source = doc[nearest[0] : nearest[1]].root
    source = source.head if source.pos_ in ("DET", "ADJ") else source
    if source.lower_ in OWN_VOICE | RELATIVE or not can_speak(source):
        return None
    start, end = min(contents, key=lambda one: _gap(one, cue))
    start += doc[start].lower_ == "that"
    part = trim(doc, (start, end))
    if part is None or part[1] - part[0] < MIN_WORDS or part[0] <= source.i < part[1]:
        return None
    return LabelCue(verb, source, part) if _outside(noun_phrase(source), part) else None


def _outside(phrase: Stretch, part: Stretch) -> bool:
    return phrase[1] <= part[0] or part[1] <= phrase[0]


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Join what only a word or a mark keeps apart."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start - found[-1][1] <= JOIN:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _gap(one: Stretch, other: Stretch) -> int:
    return max(one[0] - other[1], other[0] - one[1])

"""Claims in running copy: the text cut at every boundary of every span, so that nested and overlapping claims are both
shown exactly. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

PARAGRAPH = re.compile(r"[^\n]+")


class Kind(StrEnum):
    CLAIM = "claim"
    FIGURE = "figure"
    SPEAKER = "speaker"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is something of the claim ``claim``."""

    start: int
    end: int
    claim: int
    kind: Kind = Kind.CLAIM


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with one set of spans over it. ``claims`` from the widest to the innermost; ``opens`` and
    ``closes`` are the claims whose first or last words these are; ``kinds`` what else it is part of."""

    text: str
    claims: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    kinds: frozenset[Kind] = frozenset()

    @property
    def innermost(self) -> int | None:
        return self.claims[-1] if self.claims else None

    @property
    def is_figure(self) -> bool:
        return Kind.FIGURE in self.kinds

    @property
    def is_source(self) -> bool:
        return bool(self.kinds & {Kind.SPEAKER, Kind.CUE})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text[start:end]`` without a line break in it."""

    start: int
    end: int
    segments: tuple[Segment, ...]


def paragraphs(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> list[Paragraph]:
    """The paragraphs of ``text[start:end]``, cut into segments. Spans outside of it are left out or cut."""
    ordered = sorted((s for s in spans if s.start < s.end), key=lambda s: (s.start, -s.end, s.claim))
    found = []
    for match in PARAGRAPH.finditer(text, start, len(text) if end is None else min(end, len(text))):
        own = [s for s in ordered if s.start < match.end() and s.end > match.start()]
        found.append(Paragraph(match.start(), match.end(), _cut(text, match.start(), match.end(), own)))
    return found


def around(found: Sequence[Paragraph], start: int, end: int, margin: int = 1) -> list[Paragraph]:
    """The paragraphs that ``[start, end)`` touches, and ``margin`` before and behind."""
    touched = [at for at, one in enumerate(found) if one.start < end and one.end > start]
    if not touched:
        return []
    return list(found[max(0, touched[0] - margin) : touched[-1] + 1 + margin])


def _cut(text: str, start: int, end: int, spans: Sequence[Span]) -> tuple[Segment, ...]:
    edges = {start, end}
    for span in spans:
        edges |= {max(start, span.start), min(end, span.end)}
    segments = []
    for left, right in pairwise(sorted(edges)):
        over = [span for span in spans if span.start <= left and span.end >= right]
        claims = sorted((s for s in over if s.kind is Kind.CLAIM), key=lambda s: (s.start - s.end, s.start, s.claim))
        segments.append(
            Segment(
                text[left:right],
                tuple(span.claim for span in claims),
                tuple(span.claim for span in claims if span.start == left),
                tuple(span.claim for span in claims if span.end == right),
                frozenset(span.kind for span in over) - {Kind.CLAIM},
            )
        )
    return tuple(segments)

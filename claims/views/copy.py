"""The copy of one version with its claims marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.marking import Kind, Paragraph, Span, around, paragraphs
from claims.models import ArticleVersion, Claim


@dataclass(frozen=True, slots=True)
class Copy:
    """``headline`` and ``body`` are paragraphs of one text; ``claims`` the rows by id, for the marks."""

    headline: Sequence[Paragraph]
    body: Sequence[Paragraph]
    claims: dict[int, Claim]


def spans_of(claims: Iterable[Claim]) -> list[Span]:
    """Claims and their figures; ``claims`` with figures prefetched."""
    spans = []
    for claim in claims:
        spans.append(Span(claim.start, claim.end, claim.pk))
        spans += [Span(figure.start, figure.end, claim.pk, Kind.FIGURE) for figure in claim.figures.all()]
    return spans


def source_spans(claim: Claim) -> list[Span]:
    """The words that name the speaker, and those that attribute."""
    found = []
    if claim.speaker_start is not None and claim.speaker_end is not None:
        found.append(Span(claim.speaker_start, claim.speaker_end, claim.pk, Kind.SPEAKER))
    if claim.cue_start is not None and claim.cue_end is not None:
        found.append(Span(claim.cue_start, claim.cue_end, claim.pk, Kind.CUE))
    return found


def marked_copy(version: ArticleVersion, claims: Sequence[Claim]) -> Copy:
    spans = spans_of(claims)
    return Copy(
        paragraphs(version.text, spans, 0, version.headline_end),
        paragraphs(version.text, spans, version.headline_end),
        {claim.pk: claim for claim in claims},
    )


def context_of(claim: Claim, *, alone: bool = False) -> Copy:
    """The paragraphs that the claim stands in and one on each side, with all claims that stand there, or ``alone``."""
    version = claim.version
    bare = paragraphs(version.text, ())
    near = around(bare, claim.start, claim.end)
    if not near:
        return Copy((), (), {})
    start, end = near[0].start, near[-1].end
    there = version.claims.standing().filter(start__lt=end, end__gt=start)
    others = there.none() if alone else there.select_related("verdict").prefetch_related("figures")
    rows = {each.pk: each for each in others} | {claim.pk: claim}
    spans = spans_of(rows.values()) + source_spans(claim)
    border = min(max(version.headline_end, start), end)
    headline = paragraphs(version.text, spans, start, border) if border > start else []
    return Copy(headline, paragraphs(version.text, spans, border, end), rows)

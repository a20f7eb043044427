"""Filters and tags of the review pages."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join

from claims import wording
from claims.marking import Paragraph, Segment
from claims.models import Claim
from claims.wording import shown_state

register = template.Library()
for _words in (
    wording.measure,
    wording.whom,
    wording.amount,
    wording.days,
    wording.shown_state,
    wording.shown_label,
    wording.verdict_of,
    wording.source_of,
    wording.denies,
):
    register.filter(_words)


@register.simple_tag
def marked(paragraph: Paragraph, claims: Mapping[int, Claim], here: int = 0, query: str = "") -> str:
    """A paragraph with its claims marked. Marks lead to the cards of the page or, on the page of one claim (``here``),
    to the pages of the others; ``query`` is kept on the way."""
    return format_html_join("", "{}", ((_segment(one, claims, here, query),) for one in paragraph.segments))


def _segment(segment: Segment, claims: Mapping[int, Claim], here: int, query: str) -> str:
    words = escape(segment.text)
    if segment.is_figure:
        words = format_html('<span class="claim__figure">{}</span>', words)
    if segment.is_source:
        words = format_html('<span class="claim__source">{}</span>', words)
    if segment.innermost is None:
        return words
    claim = claims[segment.innermost]
    classes = f"claim claim--{shown_state(claim)}" + (" claim--here" if here in segment.claims else "")
    if claim.stale:
        classes += " claim--stale" if claim.pk in segment.opens else " claim--stale-on"
    return format_html(
        '{}<mark class="{}"{} data-claims="{}">{}{}</mark>',
        format_html_join("", '<span id="claim-{}"></span>', ((pk,) for pk in segment.opens[:-1])),
        classes,
        format_html(' id="claim-{}"', segment.opens[-1]) if segment.opens else "",
        " ".join(str(pk) for pk in segment.claims),
        _linked(words, claim, segment, here, query),
        _shape(claim) if claim.pk in segment.closes else "",
    )


def _linked(words: str, claim: Claim, segment: Segment, here: int, query: str) -> str:
    if claim.pk == here:
        return words
    target = f"{claim.get_absolute_url()}{query}" if here else f"#card-{claim.pk}"
    skipped = "" if claim.pk in segment.opens else format_html(' tabindex="{}"', -1)
    return format_html('<a href="{}"{}>{}</a>', target, skipped, words)


def _shape(claim: Claim) -> str:
    """A state is never colour alone: a ruled claim ends with the shape of its rating."""
    state = shown_state(claim)
    if state == claim.state:
        return ""
    return format_html(
        '<svg class="claim__mark state--{}" viewBox="0 0 12 12" role="img" aria-label="{}">'
        '<use href="{}#{}"></use></svg>',
        state,
        state,
        static("icons/states.svg"),
        state,
    )

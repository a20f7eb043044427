"""The page of one claim: its copy, what is known of it, its events, the ruling, its history and the queue around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator

from claims.forms import EventForm
from claims.models import Claim, Event, Link
from claims.permissions import AnyUser, visible_to
from claims.querysets import ClaimQuerySet
from claims.ruling_forms import Ruling
from claims.search import MOST_RESULTS, claims_by_words, events_by_words, split_words
from claims.views.claim_relations import stands_of
from claims.views.copy import context_of
from claims.views.history import history_of
from claims.views.offers import offers, refusal, why_two
from claims.views.proposed import proposed_for
from claims.views.queue import neighbours
from claims.views.standing import standing_of
from claims.wording import verdict_of
from claims.workflow import Act

PAGE, PANEL = "claims/claim.html", "claims/claim.html#review"
MOST_TITLE = 100


@dataclass(slots=True)
class Typed:
    """What a person has in the page's fields, right or wrong, to be shown again. ``at`` names the act that they tried,
    ``words`` its reason or note where it has no form of its own."""

    at: str = ""
    ruling: Ruling | None = None
    event_form: EventForm | None = None
    find: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says at its top: ``kind`` is success, error or stale; ``link`` leads to the claim it is about."""

    kind: str
    text: str
    link: str = ""
    link_text: str = ""


def load(pk: int, user: AnyUser) -> Claim:
    return get_object_or_404(visible_to(user, Claim.objects.for_cards()), pk=pk)


def context(
    request: HttpRequest, claim: Claim, *, typed: Typed | None = None, told: Told | None = None, seen: int | None = None
) -> dict[str, Any]:
    """All that the page shows. ``seen`` is the count that its forms send: an older one where a form that came with it
    is shown again with its errors."""
    typed = typed or Typed()
    verdict = verdict_of(claim)
    links = list(claim.links.all())
    visible = visible_to(request.user, Claim.objects.all())
    around = neighbours(request.GET, claim, visible)
    ruling = typed.ruling or Ruling.of(verdict)
    ruling.resolve(visible)
    return {
        "claim": claim,
        "seen": claim.seen if seen is None else seen,
        "copy": context_of(claim),
        "verdict": verdict,
        "confirmed": [link for link in links if link.state == Link.State.CONFIRMED],
        "suggested": [link for link in links if link.state == Link.State.SUGGESTED],
        "event_form": typed.event_form or EventForm(initial=event_of(claim)),
        "find": typed.find,
        "found_events": events_to_link(claim, typed.find, visible),
        "ruling": ruling,
        "found_claims": evidence_for(claim, links, ruling, visible),
        "stands": stands_of(claim, links, visible),
        "offers": offers(request.user, claim, verdict),
        "no_link": refusal(request.user, Act.LINK, claim, verdict),
        "no_ruling": refusal(request.user, Act.RULE, claim, verdict),
        "why_two": why_two(claim, verdict),
        "proposed": proposed_for(claim, verdict),
        "standing": standing_of(claim),
        "history": history_of(claim, verdict),
        "queue": around,
        "here": f"?{around.query}" if around.query else "",
        "typed": typed,
        "told": told,
    }


def answer(
    request: HttpRequest,
    claim: Claim,
    *,
    status: int = 200,
    typed: Typed | None = None,
    told: Told | None = None,
    seen: int | None = None,
) -> HttpResponse:
    """The claim as it stands: the panel for htmx, else the whole page."""
    template = PANEL if is_htmx(request) else PAGE
    response = render(request, template, context(request, claim, typed=typed, told=told, seen=seen), status=status)
    response.headers["Vary"] = "HX-Request"
    return response


def is_htmx(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def address(claim: Claim, query: str) -> str:
    return f"{reverse('claim', args=[claim.pk])}{'?' if query else ''}{query}"


def done(
    request: HttpRequest, claim: Claim, words: str, *, move_on: bool = False, typed: Typed | None = None
) -> HttpResponse:
    """An act was done: 303 to the page, or for htmx the fresh panel; of the next claim in the queue if ``move_on``."""
    around = neighbours(request.GET, claim, visible_to(request.user, Claim.objects.all()))
    target = around.next if move_on and around.next is not None else claim
    if move_on and around.next is None:
        words += " That was the last claim of this queue."
    if not is_htmx(request):
        messages.success(request, words)
        return HttpResponse(status=303, headers={"Location": address(target, around.query)})
    moved = target.pk != claim.pk
    link = (address(claim, around.query), "Back to it") if moved else ("", "")
    response = answer(
        request, load(target.pk, request.user), told=Told("success", words, *link), typed=None if moved else typed
    )
    if moved:
        response.headers["HX-Push-Url"] = address(target, around.query)
    return response


def event_of(claim: Claim) -> dict[str, Any]:
    """A new event as the claim would have it: its own words are where a title starts."""
    return {
        "title": Truncator(" ".join(claim.text.split())).chars(MOST_TITLE),
        "places": ", ".join(dict.fromkeys(place.name for place in claim.places.all())),
        "from_day": claim.from_day,
        "to_day": claim.to_day,
    }


def events_to_link(claim: Claim, words: str, visible: ClaimQuerySet) -> Sequence[Event] | None:
    """Events found by words, without those that the claim is linked to; None where nobody searched."""
    if not split_words(words):
        return None
    linked = claim.links.filter(state=Link.State.CONFIRMED).values("event_id")
    return list(events_by_words(words).exclude(pk__in=linked).with_counts(visible).order_by("-pk")[:MOST_RESULTS])


def evidence_for(claim: Claim, links: Sequence[Link], ruling: Ruling, visible: ClaimQuerySet) -> Sequence[Claim]:
    """Claims to cite: by words where some were typed, else those of the claim's own events (confirmed ones first)."""
    rows = visible.standing().exclude(pk=claim.pk)
    used = [int(row.claim) for row in ruling.rows if row.found is not None]
    rows = rows.exclude(pk__in=used).select_related("speaker__merged_into", "version__article__outlet", "verdict")
    if split_words(ruling.words):
        return list(claims_by_words(ruling.words, rows).in_queue_order()[:MOST_RESULTS])
    events = [link.event_id for link in links if link.state == Link.State.CONFIRMED]
    if not events:
        return []
    same = Link.objects.filter(event__in=events, state=Link.State.CONFIRMED).values("claim_id")
    return list(rows.filter(pk__in=same).in_queue_order()[:MOST_RESULTS])

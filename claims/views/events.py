"""The events of the desk, and one of them: its claims and its count board."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from claims import linking
from claims.access import needs
from claims.board_table import By
from claims.errors import Incomplete, NotAllowed
from claims.event_board import event_board
from claims.event_relations import event_relations
from claims.forms import EventFilter, EventForm
from claims.models import Claim, Event, Link
from claims.permissions import Verb, may, visible_to
from claims.querysets import ClaimQuerySet
from claims.views.acts import draft_of, ring_for
from claims.views.claim import IN_FORM
from claims.views.event_board import Typed, board_context
from claims.views.event_relations import relations_context
from claims.views.lists import page_of
from claims.views.queue import in_place
from claims.wording import source_of

MOST_LINKS = 300


@require_safe
@needs(Verb.READ)
def events(request: HttpRequest) -> HttpResponseBase:
    filters = EventFilter(request.GET)
    newest = F("from_day").desc(nulls_last=True)
    visible = visible_to(request.user, Claim.objects.all())
    page = page_of(request, filters.apply(Event.objects.all()).with_counts(visible).order_by(newest, "-pk"))
    template = "claims/events.html#results" if in_place(request, "results") else "claims/events.html"
    response = render(request, template, {"filters": filters, "page": page})
    response.headers["Vary"] = "HX-Request"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.LINK)
def new_event(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "claims/event_new.html", {"form": EventForm()})
    form = EventForm(request.POST)
    try:
        if not isinstance(request.user, User):
            raise NotAllowed("Only an account of this desk may make events.")
        event = linking.create_event(draft=draft_of(form), by=request.user)
    except Incomplete as error:
        if error.field != IN_FORM:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        return render(request, "claims/event_new.html", {"form": form}, status=error.status)
    ring_for(event)
    messages.success(request, "The event is made. The desk is looking for claims that may speak of it.")
    return HttpResponse(status=303, headers={"Location": event.get_absolute_url()})


@require_safe
@needs(Verb.READ)
def event(request: HttpRequest, pk: int) -> HttpResponseBase:
    return shown(request, get_object_or_404(Event, pk=pk), typed=Typed())


def shown(request: HttpRequest, found: Event, *, typed: Typed, status: int = 200) -> HttpResponse:
    """The page of an event, with the form that came back as typed, if one did."""
    visible = visible_to(request.user, Claim.objects.all())
    row = Event.objects.select_related("created_by").with_counts(visible).get(pk=found.pk)
    confirmed, suggested = (links_of(row, state, visible) for state in (Link.State.CONFIRMED, Link.State.SUGGESTED))
    with_suggested = request.GET.get("figures") == "all"
    context = {
        "event": row,
        "groups": [(Link.State.CONFIRMED, by_source(confirmed)), (Link.State.SUGGESTED, by_source(suggested))],
        "with_suggested": with_suggested,
        "may_link": may(request.user, Verb.LINK),
        "query": query_of(request),
        "most": MOST_LINKS,
    }
    board = event_board(row, visible, with_suggested=with_suggested)
    context |= board_context(board, by_of(request), typed)
    relations = event_relations(row, visible, with_suggested=with_suggested)
    context |= relations_context(relations, typed.relation, request.GET.get("say", ""))
    return render(request, "claims/event.html", context, status=status)


def by_of(request: HttpRequest) -> By:
    wanted = request.GET.get("columns", "")
    return By(wanted) if wanted in list(By) else By.SOURCES


def query_of(request: HttpRequest) -> str:
    """How the board is looked at, as a query that keeps it so: "?figures=all&columns=outlets", or nothing."""
    kept = {"figures": "all"} if request.GET.get("figures") == "all" else {}
    if (by := by_of(request)) is not By.SOURCES:
        kept["columns"] = by.value
    return f"?{urlencode(kept)}" if kept else ""


def address(request: HttpRequest, row: Event) -> str:
    return f"{row.get_absolute_url()}{query_of(request)}"


def links_of(row: Event, state: str, visible: ClaimQuerySet) -> list[Link]:
    """The best ``MOST_LINKS`` links of one state to ``visible`` claims, each with its claim and all that a card of it
    shows."""
    links = list(row.links.filter(state=state, claim__in=visible).order_by("-score", "-pk")[:MOST_LINKS])
    cards = Claim.objects.standing().for_cards().filter(pk__in=[link.claim_id for link in links])
    claims = {claim.pk: claim for claim in cards}
    for link in links:
        if link.claim_id in claims:
            link.claim = claims[link.claim_id]
    return [link for link in links if link.claim_id in claims]


def by_source(links: Iterable[Link]) -> list[tuple[str, list[tuple[str, list[Link]]]]]:
    """Outlet → speaker → links, by name; inside, as in the copy."""

    def order(link: Link) -> tuple[str, str, int, int]:
        claim = link.claim
        return outlet_of(claim), source_of(claim), claim.version_id, claim.start

    ordered = sorted(links, key=order)
    return [
        (outlet, [(who, list(found)) for who, found in groupby(group, key=lambda link: source_of(link.claim))])
        for outlet, group in groupby(ordered, key=lambda link: outlet_of(link.claim))
    ]


def outlet_of(claim: Claim) -> str:
    outlet = claim.version.article.outlet
    return outlet.name if outlet is not None else "Outlet not given"

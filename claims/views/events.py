"""The events of the desk, and one of them: its claims and the figures per source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from claims import linking
from claims.access import needs
from claims.errors import Incomplete, NotAllowed
from claims.figure_table import Entry, Table, build
from claims.figures import Interval
from claims.forms import MEASURES, EventFilter, EventForm
from claims.models import Claim, Event, Link
from claims.permissions import Verb, visible_to
from claims.querysets import ClaimQuerySet
from claims.views.acts import draft_of, ring_for
from claims.views.claim import IN_FORM
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
    visible = visible_to(request.user, Claim.objects.all())
    row = get_object_or_404(Event.objects.select_related("created_by").with_counts(visible), pk=pk)
    confirmed, suggested = (links_of(row, state, visible) for state in (Link.State.CONFIRMED, Link.State.SUGGESTED))
    with_suggested = request.GET.get("figures") == "all"
    counted = [*confirmed, *suggested] if with_suggested else confirmed
    context = {
        "event": row,
        "groups": [(Link.State.CONFIRMED, by_source(confirmed)), (Link.State.SUGGESTED, by_source(suggested))],
        "table": table_of([link for link in counted if link.claim.withdrawn_by_id is None]),
        "with_suggested": with_suggested,
        "most": MOST_LINKS,
    }
    return render(request, "claims/event.html", context)


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


def table_of(links: Sequence[Link]) -> Table:
    return build((entry for link in links for entry in entries_of(link)), MEASURES)


def entries_of(link: Link) -> Iterable[Entry]:
    claim = link.claim
    whole: dict[Any, str] = {figure.pk: figure.words for figure in claim.figures.all()}
    for figure in claim.figures.all():
        yield Entry(
            source=source_of(claim),
            claim=claim.pk,
            measure=figure.measure,
            interval=Interval(figure.low, figure.high, figure.approximate),
            words=figure.words,
            place=figure.place.name if figure.place is not None else "",
            population=figure.population,
            unit=figure.unit,
            outlet=outlet_of(claim),
            denied=claim.polarity == Claim.Polarity.DENIED,
            suggested=link.state == Link.State.SUGGESTED,
            part_of=whole.get(figure.part_of_id, ""),
        )

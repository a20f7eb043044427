"""What an event says of itself, as a person changes it; the parties that its copy makes clear are offered beside."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from claims.access import needs
from claims.errors import ActError, Stale
from claims.event_editing import change_event
from claims.forms import EventForm
from claims.independence.parties import Party, state_named
from claims.models import Event
from claims.parties import parties_told
from claims.permissions import Verb
from claims.views.acts import draft_of, ring_for
from claims.views.answers import complain, see_other, seen_by
from claims.views.claim import IN_FORM
from claims.views.event_forms import as_typed


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.LINK)
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = get_object_or_404(Event, pk=pk)
    if event.merged_into_id or event.dismissed:
        return see_other(event)
    if request.method != "POST":
        return show(request, event, EventForm(initial=as_typed(event)), event.seen)
    if party := request.POST.get("add_party", ""):
        return show(request, event, with_party(request, party), seen_by(request))
    form = EventForm(request.POST)
    try:
        row = change_event(event=event, draft=draft_of(form), by=cast(User, request.user), seen=seen_by(request))
    except ActError as error:
        status = error.status if getattr(error, "field", "") == IN_FORM else complain(form, error)
        event.refresh_from_db()
        return show(request, event, form, event.seen if isinstance(error, Stale) else seen_by(request), status)
    ring_for(row)
    messages.success(request, "The event is changed.")
    return see_other(row)


def with_party(request: HttpRequest, party: str) -> EventForm:
    """The form as it was typed with one party more; nothing is saved."""
    typed = {name: request.POST.get(name, "") for name in EventForm.base_fields}
    known = [name.strip() for name in typed["parties"].split(",") if name.strip()]
    named = Party(state_named(party[:100]), "").name
    if named and named not in known:
        known.append(named)
    return EventForm(initial=typed | {"parties": ", ".join(known)})


def show(request: HttpRequest, event: Event, form: EventForm, seen: int, status: int = 200) -> HttpResponse:
    given = {state_named(name) for name in str(form["parties"].value() or "").split(",")}
    offered = [party for party in parties_told(event) if party.code not in given]
    context = {"event": event, "form": form, "seen": seen, "offered": offered}
    return render(request, "claims/event_edit.html", context, status=status)

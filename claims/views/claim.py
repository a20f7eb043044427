"""The page of one claim, and the one place where an act on it is tried and answered."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.access import needs
from claims.errors import ActError, Incomplete, NotAllowed, Stale
from claims.models import Claim
from claims.permissions import Verb, may
from claims.ruling_forms import Ruling
from claims.tasks import ring_for
from claims.views import panel
from claims.views.claim_past import claim_then
from claims.views.moments import asked_of
from claims.views.panel import Told, Typed
from claims.views.queue import in_place

Doing = Callable[[Claim, User, int], str]
IN_FORM = "form"


@require_safe
@needs(Verb.READ)
def claim(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = panel.load(pk, request.user)
    asked = asked_of(request)
    if asked.at is not None:
        return claim_then(request, row, asked)
    typed = Typed(find=request.GET.get("find", "")[:200])
    if asked.error:
        told = Told("error", f"{asked.error} The claim is shown as it stands now.")
        return panel.answer(request, row, status=Incomplete.status, typed=typed, told=told)
    if in_place(request, "found-events"):
        return render(request, "claims/_found_events.html", panel.context(request, row, typed=typed))
    return panel.answer(request, row, typed=typed)


def perform(
    request: HttpRequest, pk: int, verb: Verb, act: Doing, *, typed: Typed, move_on: bool = False
) -> HttpResponse:
    """Do ``act``, which returns what was done in words. Answers: 303, or the fresh panel for htmx; 403; 409 with the
    fresh panel and 422, both with all that was typed. What is typed of a ruling outlives every other act."""
    row = panel.load(pk, request.user)
    user = request.user
    try:
        if not isinstance(user, User) or not may(user, verb):
            raise NotAllowed(f"{user.get_username()} may not do this.")
        if (seen := seen_by(request)) != row.seen:
            raise Stale(
                "This is the claim as it stands now. What you typed is still here; send it again if it still holds."
            )
        words = act(row, user, seen)
    except ActError as error:
        return refused(request, pk, error, typed)
    ring_for(links__claim=pk)
    kept = Typed(ruling=typed.ruling) if typed.at != "rule" else None
    return panel.done(request, panel.load(pk, request.user), words, move_on=move_on, typed=kept)


def refused(request: HttpRequest, pk: int, error: ActError, typed: Typed) -> HttpResponse:
    """The claim as it stands now, what the act refused, and all that the person had typed. After *incomplete* the forms
    keep the older count of changes, so that a change by somebody else in between is still noticed."""
    kind = "stale" if isinstance(error, Stale) else "error"
    seen = None
    if isinstance(error, Incomplete):
        write_down(typed, error)
        seen = seen_by(request)
    told = Told(kind, str(error))
    return panel.answer(request, panel.load(pk, request.user), status=error.status, typed=typed, told=told, seen=seen)


def write_down(typed: Typed, error: Incomplete) -> None:
    """The error at the field that it is about, unless the form says it already."""
    if error.field == IN_FORM:
        return
    if typed.at == "rule" and typed.ruling is not None:
        typed.ruling.fail(error.field, str(error))
    elif typed.at == "new-event" and typed.event_form is not None:
        field = error.field if error.field in typed.event_form.fields else None
        typed.event_form.add_error(field, str(error))


def seen_by(request: HttpRequest) -> int:
    return whole(request.POST.get("seen", ""))


def whole(words: str) -> int:
    """A number that a form sent; -1, which no row has, where it is none."""
    return int(words) if words.isdecimal() and len(words) < 19 else -1


def typed_in(request: HttpRequest, at: str) -> Typed:
    """What the page's forms sent. Acts beside the ruling send its fields along, so that they come back as typed."""
    ruling = Ruling.typed(request.POST) if "reason" in request.POST else None
    words = request.POST.get("words", "").replace("\x00", "")
    return Typed(at=at, ruling=ruling, find=request.POST.get("find", "")[:200], words=words)

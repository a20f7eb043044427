"""The acts on an event's board, as forms send them: who is one source, and best values."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from claims import board_words
from claims.access import Page, needs
from claims.board_words import Pairing, RowKey
from claims.errors import ActError, Incomplete
from claims.event_board import event_board
from claims.models import BestValue, Claim, Event, SourceWord
from claims.permissions import Verb, may, visible_to
from claims.tasks import ring_for
from claims.views.claim import seen_by
from claims.views.event_board import BestForm, SourceForm, Typed, levels_of, source_form
from claims.views.events import address, shown

Answer = Callable[..., HttpResponseBase]


def posted(act: Answer) -> Page:
    """An act is posted by who may link. Who merely loads its address is shown the event."""

    @wraps(act)
    def answered(request: HttpRequest, pk: int, **more: int) -> HttpResponseBase:
        event = get_object_or_404(Event, pk=pk)
        if request.method != "POST":
            return back(request, event)
        if not may(request.user, Verb.LINK):
            raise PermissionDenied(f"{request.user.get_username()} may not change the board of an event.")
        return act(request, event, **more)

    return require_http_methods(["GET", "HEAD", "POST"])(needs(Verb.READ)(answered))


def back(request: HttpRequest, event: Event, part: str = "") -> HttpResponse:
    ring_for(pk=event.pk)
    return HttpResponse(status=303, headers={"Location": f"{address(request, event)}{part}"})


@posted
def say(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Record a person's word on two names. A form that is wrong comes back as typed, 422; one that is behind, 409."""
    form = typed_form(request, event)
    if not form.is_valid():
        return shown(request, event, typed=Typed(sources=form), status=Incomplete.status)
    data = form.cleaned_data
    try:
        word = board_words.say_of_sources(
            event=event,
            pairing=Pairing(data["level"], data["one"], data["other"], data["same"] == "yes"),
            reason=data["reason"],
            by=cast(User, request.user),
            seen=seen_by(request),
            everywhere=data["scope"] == "desk",
        )
    except ActError as error:
        blame(form, error)
        return shown(request, event, typed=Typed(sources=form), status=error.status)
    messages.success(
        request, f"Recorded: {word.one_name} and {word.other_name} are{'' if word.same else ' not'} the same."
    )
    return back(request, event, "#ledger")


def typed_form(request: HttpRequest, event: Event) -> SourceForm:
    """The form as it was sent; names that the ledger shows at its level can be chosen."""
    board = event_board(event, visible_to(request.user, Claim.objects.all()), with_suggested=True)
    level = request.POST.get("level", "")
    found = next((one for one in levels_of(board, None) if one.level == level), None)
    names = [name for group in found.groups for name in group.names] if found else []
    return source_form(level, sorted(set(names)), request.POST)


def blame(form: SourceForm | BestForm, error: ActError) -> None:
    field = error.field if isinstance(error, Incomplete) and error.field in form.fields else None
    form.add_error(field, str(error))


@posted
def take_back(request: HttpRequest, event: Event, word: int) -> HttpResponseBase:
    row = get_object_or_404(SourceWord, Q(event=event) | Q(event__isnull=True), pk=word)
    try:
        board_words.take_back_word(event=event, word=row, by=cast(User, request.user))
    except ActError as error:
        return told(request, event, error)
    messages.success(request, f"Taken back: what was said of {row.one_name} and {row.other_name}.")
    return back(request, event, "#ledger")


@posted
def best(request: HttpRequest, event: Event) -> HttpResponseBase:
    form = BestForm(request.POST, auto_id="best-typed-%s")
    if not form.is_valid():
        return shown(request, event, typed=Typed(best=form), status=Incomplete.status)
    data = form.cleaned_data
    row = RowKey(*(data[name] for name in ("measure", "place", "population", "unit", "part")))
    try:
        board_words.set_best_value(
            event=event,
            row=row,
            value=data["value"],
            reason=data["reason"],
            by=cast(User, request.user),
            seen=seen_by(request),
        )
    except ActError as error:
        blame(form, error)
        return shown(request, event, typed=Typed(best=form), status=error.status)
    messages.success(request, "Recorded: the best value of this row.")
    return back(request, event, "#board")


@posted
def take_back_best(request: HttpRequest, event: Event, value: int) -> HttpResponseBase:
    row = get_object_or_404(BestValue, event=event, pk=value)
    try:
        board_words.take_back_best(event=event, best=row, by=cast(User, request.user))
    except ActError as error:
        return told(request, event, error)
    messages.success(request, "Taken back: the best value of this row.")
    return back(request, event, "#board")


def told(request: HttpRequest, event: Event, error: ActError) -> HttpResponseBase:
    messages.error(request, str(error))
    return shown(request, event, typed=Typed(), status=error.status)

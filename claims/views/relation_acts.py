"""The acts on how claims of an event stand to each other, as forms send them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from claims import relation_words
from claims.errors import ActError, Incomplete
from claims.models import Claim, Event, RelationWord
from claims.permissions import visible_to
from claims.relation_words import SCOPE, Standing
from claims.views.board_acts import back, posted, told
from claims.views.claim import seen_by
from claims.views.event_board import Typed
from claims.views.event_relations import RelationForm
from claims.views.events import shown

PART = "#relations"


@posted
def say(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Record a person's word on two claims. A form that is wrong comes back as typed, 422; one that is behind, 409."""
    form = RelationForm(request.POST, auto_id="relation-typed-%s")
    if not form.is_valid():
        return shown(request, event, typed=Typed(relation=form), status=Incomplete.status)
    data = form.cleaned_data
    visible = visible_to(request.user, Claim.objects.all())
    one, other = (get_object_or_404(visible, pk=data[name]) for name in ("one", "other"))
    standing = Standing(data["kind"], one, other, data["kind"] == SCOPE, data["dimension"])
    try:
        word = relation_words.say_of_relation(
            event=event, standing=standing, reason=data["reason"], by=cast(User, request.user), seen=seen_by(request)
        )
    except ActError as error:
        form.add_error(
            error.field if isinstance(error, Incomplete) and error.field in form.fields else None, str(error)
        )
        return shown(request, event, typed=Typed(relation=form), status=error.status)
    messages.success(request, f"Recorded: {SAID[RelationWord.Kind(word.kind)]}.")
    return back(request, event, PART)


SAID = {
    RelationWord.Kind.DENIES: "this is no denial of that",
    RelationWord.Kind.CONCEDES: "this admits nothing",
    SCOPE: "they are of different scope",
}


@posted
def take_back(request: HttpRequest, event: Event, word: int) -> HttpResponseBase:
    row = get_object_or_404(RelationWord, event=event, pk=word)
    try:
        relation_words.take_back_relation(event=event, word=row, by=cast(User, request.user))
    except ActError as error:
        return told(request, event, error)
    messages.success(request, "Taken back: the machine’s view of the two claims stands again.")
    return back(request, event, PART)

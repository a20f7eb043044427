"""Moving claims of an event, as forms send it: first the claims, then where to; and the undoing of moves and merges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import needs
from claims.errors import ActError, Incomplete, Stale
from claims.event_merging import undo_merge
from claims.event_moving import LIVE, MOST_MOVED, move_claims, split_event, undo_move
from claims.forms import EventForm
from claims.models import Claim, Event, EventMove
from claims.permissions import Verb, visible_to
from claims.views.acts import draft_of
from claims.views.answers import complain, see_other, seen_by
from claims.views.claim import IN_FORM, whole
from claims.views.event_forms import MoveForm, event_by, form_like, found_events, words_in


@dataclass(slots=True)
class Asked:
    """What a person chose and typed on the page, right or wrong."""

    claims: list[int]
    find: str
    to: str
    form: MoveForm
    draft: EventForm
    seen: int

    @classmethod
    def of(cls, request: HttpRequest, event: Event) -> Asked:
        post = request.POST
        claims = list(
            dict.fromkeys(pk for words in post.getlist("claims")[: MOST_MOVED + 1] if (pk := whole(words)) > 0)
        )
        draft = EventForm(post) if post.get("do") == "split" else form_like(event)
        if "title" in post and not draft.is_bound:
            draft = EventForm(initial={name: post.get(name, "") for name in draft.fields})
        form = MoveForm(post) if "do" in post else MoveForm()
        return cls(claims, words_in(request), post.get("to", ""), form, draft, seen_by(request))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.LINK)
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who merely loads the address, as a reload does, is shown the event."""
    event = get_object_or_404(Event, pk=pk)
    if request.method != "POST":
        return see_other(event)
    asked = Asked.of(request, event)
    if request.POST.get("do") not in ("move", "split"):
        return show(request, event, asked)
    try:
        done = moved(event, asked, cast(User, request.user), split=request.POST["do"] == "split")
    except ActError as error:
        if isinstance(error, Stale):
            event.refresh_from_db()
            asked.seen = event.seen
        return show(request, event, asked, status=blame(asked, error))
    count = len(asked.claims)
    told = f"{count} claim{'s' if count > 1 else ''} moved to “{done.target.title}”."
    messages.success(request, f"{told} It can be undone below.")
    return see_other(event)


def blame(asked: Asked, error: ActError) -> int:
    """Put what was refused at its field, in whichever form has it; returns the status of the answer."""
    field = error.field if isinstance(error, Incomplete) else ""
    if field == IN_FORM:
        return error.status
    return complain(asked.draft if asked.draft.is_bound and field in asked.draft.fields else asked.form, error)


def moved(event: Event, asked: Asked, by: User, *, split: bool) -> EventMove:
    """Raises what the acts raise."""
    if not asked.form.is_valid():
        raise Incomplete("Nothing was moved: see the reason.", IN_FORM)
    reason = asked.form.cleaned_data["reason"]
    if split:
        draft = draft_of(asked.draft)
        return split_event(source=event, draft=draft, claims=asked.claims, reason=reason, by=by, seen=asked.seen)
    target = event_by(asked.to)
    if target is None:
        raise Incomplete("Choose the event to which the claims go.", "to")
    return move_claims(source=event, target=target, claims=asked.claims, reason=reason, by=by, seen=asked.seen)


def show(request: HttpRequest, event: Event, asked: Asked, status: int = 200) -> HttpResponse:
    visible = visible_to(request.user, Claim.objects.all())
    rows = visible.for_cards().filter(pk__in=asked.claims, links__event=event, links__state__in=LIVE)
    found = found_events(event, asked.find, visible)
    to = event_by(asked.to)
    context = {
        "event": event,
        "claims": rows.order_by("version_id", "start"),
        "found": [*([to] if to and to not in found and to != event else []), *found],
        "to": to.pk if to else 0,
        "find": asked.find,
        "form": asked.form,
        "draft": asked.draft,
        "seen": asked.seen,
    }
    return render(request, "claims/event_move.html", context, status=status)


@require_POST
@needs(Verb.LINK)
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Undo a move or a merge; what could not be put back is said, and stays listed on the page."""
    row = get_object_or_404(EventMove.objects.select_related("source", "target"), pk=pk)
    merged = row.kind == EventMove.Kind.MERGED
    try:
        done = (undo_merge if merged else undo_move)(move=row, by=cast(User, request.user))
    except (Incomplete, Stale) as error:
        messages.error(request, str(error))
        return see_other(row.target if merged else row.source)
    words = f"“{row.source.title}” stands by itself again." if merged else "The claims are back in this event."
    if left := len(done.left):
        words += f" {left} claim{' stays as it was' if left == 1 else 's stay as they were'} linked since: see below."
    messages.success(request, words)
    return see_other(row.source)

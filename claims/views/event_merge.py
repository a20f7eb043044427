"""Merging two events: first which other one, then what would go along, then the merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from claims.access import needs
from claims.errors import ActError, Stale
from claims.event_merging import merge_events, preview_of
from claims.models import Claim, Event, Link
from claims.permissions import Verb, visible_to
from claims.views.answers import complain, see_other, seen_by
from claims.views.claim import whole
from claims.views.event_forms import MergeForm, event_by, found_events, words_in


@dataclass(frozen=True, slots=True)
class Two:
    """The event of the page and the other one; ``stays`` is the number of the one that is kept."""

    event: Event
    other: Event
    stays: int

    @classmethod
    def of(cls, request: HttpRequest, event: Event) -> Two | None:
        """None where no other event was chosen, or it stands no more."""
        given = request.POST if request.method == "POST" else request.GET
        other = event_by(given.get("with", ""))
        if other is None or other == event:
            return None
        wanted = whole(given.get("stays", ""))
        return cls(event, other, wanted if wanted in (event.pk, other.pk) else better_known(event, other))

    @property
    def kept(self) -> Event:
        return self.event if self.stays == self.event.pk else self.other

    @property
    def gone(self) -> Event:
        return self.other if self.stays == self.event.pk else self.event


def better_known(event: Event, other: Event) -> int:
    """The number of the one with more linked claims, the older of equals."""
    linked = Count("links", filter=Q(links__state=Link.State.CONFIRMED))
    rows = Event.objects.filter(pk__in=(event.pk, other.pk)).annotate(linked=linked)
    return rows.order_by("-linked", "pk").values_list("pk", flat=True)[0]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.LINK)
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = get_object_or_404(Event, pk=pk)
    if event.merged_into_id or event.dismissed:
        return see_other(event)
    two = Two.of(request, event)
    if request.method != "POST":
        return show(request, event, two, MergeForm())
    form = MergeForm(request.POST)
    if two is None:
        form.add_error(None, "The other event was merged or dismissed meanwhile. Choose another.")
    seen = (seen_by(request), whole(request.POST.get("with_seen", "")))
    if two is None or not form.is_valid():
        return show(request, event, two, form, seen=seen, status=422)
    try:
        do(two, form.cleaned_data["reason"], cast(User, request.user), seen)
    except ActError as error:
        status = complain(form, error)
        fresh = Event.objects.get(pk=pk)
        again = Two.of(request, fresh)
        return show(request, fresh, again, form, seen=None if isinstance(error, Stale) else seen, status=status)
    messages.success(request, f"“{two.gone.title}” is a part of this event now. The merge can be undone below.")
    return see_other(two.kept)


def do(two: Two, reason: str, by: User, seen: tuple[int, int]) -> None:
    gone_seen, kept_seen = seen if two.gone == two.event else seen[::-1]
    merge_events(event=two.gone, into=two.kept, reason=reason, by=by, seen=gone_seen, into_seen=kept_seen)


def show(
    request: HttpRequest,
    event: Event,
    two: Two | None,
    form: MergeForm,
    *,
    seen: tuple[int, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``seen`` are the counts that the form sends: those of the rows, unless a form comes back that had older ones."""
    visible = visible_to(request.user, Claim.objects.all())
    find = words_in(request)
    context = {
        "event": event,
        "two": two,
        "sides": Event.objects.filter(pk__in=(two.event.pk, two.other.pk)).with_counts(visible) if two else [],
        "preview": preview_of(two.gone, two.kept, cast(User, request.user)) if two else None,
        "seen": seen or ((event.seen, two.other.seen) if two else ()),
        "find": find,
        "found": found_events(event, find, visible) if two is None else [],
        "form": form,
    }
    return render(request, "claims/event_merge.html", context, status=status)

"""What people type about events: why claims are moved, why two events are one; and which events are offered to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest

from claims.changes import MAX_REASON
from claims.event_moving import LIVE
from claims.forms import EventForm
from claims.models import BestValue, Claim, Event, EventMove
from claims.querysets import ClaimQuerySet
from claims.search import MOST_RESULTS, events_beside, events_by_words, split_words
from claims.views.claim import whole

MOST_MOVES = 20
MOST_LEFT = 100


def reason_field(help_text: str = "", **more: Any) -> forms.CharField:
    box = forms.Textarea({"rows": 2, "dir": "auto"})
    return forms.CharField(label="Reason", max_length=MAX_REASON, widget=box, help_text=help_text, **more)


class MoveForm(forms.Form):
    use_required_attribute = False
    reason = reason_field("Needed for a new event: why these claims are one of their own.", required=False)


class MergeForm(forms.Form):
    use_required_attribute = False
    reason = reason_field(error_messages={"required": "Give a reason: what shows that the two are one event."})


def as_typed(event: Event) -> dict[str, Any]:
    """The event as its form would hold it."""
    return {
        "title": event.title,
        "kind": event.kind,
        "places": ", ".join(event.places.values_list("name", flat=True)),
        "from_day": event.from_day,
        "to_day": event.to_day,
        "parties": ", ".join(name for _, name in event.named_parties),
    }


def form_like(event: Event) -> EventForm:
    """A new event that has all but its title of another, to be changed."""
    return EventForm(initial=as_typed(event) | {"title": "", "parties": ""})


def found_events(event: Event, words: str, visible: ClaimQuerySet) -> Sequence[Event]:
    """Other events: by words, or where none were typed those of the same places and days."""
    rows = events_by_words(words) if split_words(words) else events_beside(event)
    return list(rows.exclude(pk=event.pk).with_counts(visible).order_by("-pk")[:MOST_RESULTS])


def event_by(words: str) -> Event | None:
    """The event of which a form sent the number, if it stands."""
    return Event.objects.standing().filter(pk=whole(words)).first()


def words_in(request: HttpRequest) -> str:
    given = request.POST if request.method == "POST" else request.GET
    return given.get("find", "").replace("\x00", "")[:200]


def moves_of(event: Event, visible: ClaimQuerySet) -> list[tuple[EventMove, list[Claim]]]:
    """What was moved or merged, the last first, each with the claims that an undoing left where they are."""
    kept = BestValue.objects.filter(ended__isnull=True).select_related("by")
    counted = Q(links__claim__in=visible, links__source_state__in=LIVE)
    rows = (
        EventMove.objects.filter(Q(source=event) | Q(target=event))
        .select_related("source", "target", "by", "undone_by")
        .prefetch_related(Prefetch("source__best_values", queryset=kept, to_attr="kept_best"))
        .annotate(count=Count("links", filter=counted, distinct=True))
    )
    moves = list(rows.order_by("-at", "-pk")[:MOST_MOVES])
    ids = [claim for move in moves for claim in move.left][:MOST_LEFT]
    left = visible.only("pk", "text").in_bulk(ids)
    return [(move, [left[claim] for claim in move.left if claim in left]) for move in moves]

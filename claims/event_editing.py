"""Changing what an event says of itself: title, kind, places, days and parties."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.changes import check, log
from claims.errors import Stale
from claims.event_moving import MEANWHILE
from claims.linking import EventDraft, check_draft, moved, stand_behind, write_draft
from claims.models import Activity, Event
from claims.permissions import Verb

WRITTEN = ("title", "kind", "from_day", "to_day", "parties")


def change_event(*, event: Event, draft: EventDraft, by: User, seen: int) -> Event:
    """Make an event what a person says of it; a proposed one stands by that. Raises ``NotAllowed``, ``Incomplete``,
    ``Stale``; then nothing is written."""
    check(by, Verb.LINK, None, "change events")
    check_draft(draft)
    with transaction.atomic():
        if not Event.objects.filter(pk=event.pk, seen=seen).standing().update(seen=seen + 1):
            raise Stale(MEANWHILE)
        stand_behind(event, by)
        row = Event.objects.get(pk=event.pk)
        before = told(row)
        write_draft(row, draft)
        after = told(row)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        if "parties" in changed:
            Event.objects.filter(pk=row.pk).update(parties_producer="")
        log(Activity.Kind.EVENT_CHANGED, by, event=row, detail=changed)
        moved([row.pk])
    return row


def told(event: Event) -> dict[str, Any]:
    """What an event says of itself, as the activity log keeps it."""
    said = {name: getattr(event, name) for name in WRITTEN}
    days = {name: said[name] and said[name].isoformat() for name in ("from_day", "to_day")}
    return said | days | {"places": sorted(event.places.values_list("name", flat=True))}

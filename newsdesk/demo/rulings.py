"""Two rulings on the demo desk, so that a client has something to pull and the chief something to sign.

The manifest says which; they are made by the desk's own acts once the worker has read the demo's copy.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError
from django.db.models import Q

from claims import linking, verdicts
from claims.errors import ActError
from claims.models import ArticleVersion, Claim, Event, Figure
from claims.permissions import Role
from ingest.models import Delivery
from newsdesk.demo import DEMO_MAIL, seeding

MOST_SECONDS = 180.0
EVERY_SECONDS = 2.0


class Ruler:
    """Called every tick of the desk: rules once the copy is read, or gives up after three minutes and says so."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.deadline = time.monotonic() + MOST_SECONDS
        self.next_look = 0.0
        self.done = False

    def __call__(self) -> None:
        now = time.monotonic()
        if self.done or now < self.next_look:
            return
        self.next_look = now + EVERY_SECONDS
        try:
            self.look(now)
        except DatabaseError:  # a busy database is asked again at the next look; the desk goes on
            self.done = now > self.deadline

    def look(self, now: float) -> None:
        if copy_is_read():
            self.done = True
            count = rule()
            self.say(f"The demo's copy is read: {Claim.objects.count()} claims, {count} of them ruled on.")
            failed = Delivery.objects.filter(Q(state="failed") | Q(version__work="failed")).count()
            if failed:
                self.say(f"{failed} files could not be read to the end; the ledger says why.")
        elif now > self.deadline:
            self.done = True
            self.say("The worker has not read all of the demo's copy yet; the rulings on it are left to you.")


def copy_is_read() -> bool:
    waiting = Delivery.objects.filter(state__in=("received", "reading")).exists()
    at_work = ArticleVersion.objects.filter(work__in=("waiting", "extracting")).exists()
    return not waiting and not at_work


def rule() -> int:
    """The rulings of the manifest, where the worker found their figures; returns how many."""
    reviewer = User.objects.filter(email=f"{Role.REVIEWER.value}{DEMO_MAIL}").first()
    if reviewer is None:
        return 0
    return sum(decide(told, by=reviewer) for told in seeding.manifest()["ruling"])


def find(told: dict[str, Any]) -> Figure | None:
    """The figure that a line of the manifest means, given by a speaker in a claim that nobody touched."""
    return (
        Figure.objects.filter(
            claim__version__delivery__filename=told["copy"],
            claim__touched=False,
            claim__vanished__isnull=True,
            claim__speaker__isnull=False,
            measure=told["measure"],
            low=told["count"],
            high=told["count"],
        )
        .select_related("claim__version__article__outlet")
        .first()
    )


def decide(told: dict[str, Any], *, by: User) -> bool:
    """Confirm both links, then rule on the first claim with the second as evidence."""
    event = Event.objects.filter(title=told["event"]).first()
    figure, other = find(told["claim"]), find(told["evidence"])
    if event is None or figure is None or other is None:
        return False
    note = str(other.claim.version.article.outlet or "")
    try:
        for each in (figure, other):
            linking.link_claim(claim=each.claim, event=event, by=by, seen=each.claim.seen)
        verdicts.record_verdict(
            claim=figure.claim,
            rating=told["rating"],
            reason=told["reason"],
            evidence=[verdicts.Exhibit(told["evidence"]["side"], claim=other.claim, note=note)],
            by=by,
            seen=figure.claim.seen,
        )
    except ActError:  # a person at the desk was quicker with these claims
        return False
    return True

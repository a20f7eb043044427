"""Whatever was moved and merged, undone from the last, everything stands as it stood."""

from __future__ import annotations

from random import Random

import pytest
from django.contrib.auth.models import User

from claims.event_merging import merge_events, undo_merge
from claims.event_moving import LIVE, move_claims, undo_move
from claims.models import Event, EventMove, Link
from tests.claims.test_event_moves import whole
from tests.factories import ClaimFactory, EventFactory, LinkFactory, UserFactory

pytestmark = pytest.mark.django_db
STATES = ["", "suggested", "rejected", "confirmed"]


def act(dice: Random, by: User) -> EventMove | None:
    """One move or merge between two events that stand, as the dice fall."""
    source, target = dice.sample(list(Event.objects.standing().order_by("pk")), 2)
    if dice.random() < 0.4:
        return merge_events(
            event=source, into=target, reason="One.", by=by, seen=source.seen, into_seen=target.seen
        )  # fmt: skip
    here = list(source.links.filter(state__in=LIVE).order_by("claim_id").values_list("claim", flat=True))
    chosen = dice.sample(here, dice.randint(1, len(here))) if here else []
    return move_claims(source=source, target=target, claims=chosen, by=by, seen=source.seen) if chosen else None


@pytest.mark.parametrize("seed", range(8))
def test_undone_from_the_last_everything_stands_as_it_stood(reviewer: User, seed: int) -> None:
    dice, said = Random(seed), UserFactory()  # noqa: S311 -- dice, no secret
    events = [EventFactory(title=f"Event {number}", proposed=number == 3) for number in range(4)]
    claims = [ClaimFactory() for _ in range(5)]
    for event in events:
        for claim in claims:
            if state := dice.choice(STATES[:2] if event.proposed else STATES):
                LinkFactory(claim=claim, event=event, state=state, by=None if state == "suggested" else said)
    before = [whole(event) for event in events]
    had = {claim.pk: claim.links.filter(state="confirmed").exists() for claim in claims}
    done = []
    while Event.objects.standing().count() > 1 and len(done) < 6:
        done += filter(None, [act(dice, reviewer)])
        confirmed = set(Link.objects.filter(state="confirmed").values_list("claim", flat=True))
        assert {pk for pk, linked in had.items() if linked} <= confirmed, "a person's link was lost"
    for move in reversed(done):
        undo = undo_merge if move.kind == "merged" else undo_move
        assert undo(move=move, by=reviewer).left == []
    assert [whole(event) for event in events] == before
    assert [event.proposed for event in Event.objects.order_by("pk")] == [False, False, False, True]
    assert Event.objects.standing().count() == 4

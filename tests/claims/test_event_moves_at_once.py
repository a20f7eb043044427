"""Several people at one event at once: nothing is lost, nothing doubles, nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.errors import ActError
from claims.event_merging import merge_events
from claims.event_moving import move_claims
from claims.linking import link_claim
from claims.models import Claim, Event, Link
from tests.factories import ClaimFactory, EventFactory, LinkFactory, UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time by itself"),
]
Act = Callable[[User], object]


def at_once(*acts: Act) -> list[str]:
    """What came of each act, begun together: done, refused, or the name of what went wrong."""
    people = [UserFactory(role="reviewer") for _ in acts]
    together, outcomes = Barrier(len(acts)), [""] * len(acts)

    def work(number: int) -> None:
        together.wait(timeout=10)
        try:
            acts[number](people[number])
            outcomes[number] = "done"
        except ActError:
            outcomes[number] = "refused"
        except Exception as error:  # noqa: BLE001 -- a deadlock must fail the test, not only its thread
            outcomes[number] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=work, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def linked(event: Event, state: str) -> Claim:
    return LinkFactory(claim=ClaimFactory(), event=event, state=state).claim  # type: ignore[no-any-return]


def merging(event: Event, into: Event) -> Act:
    return lambda by: merge_events(event=event, into=into, reason="One.", by=by, seen=0, into_seen=0)


@pytest.mark.parametrize("attempt", range(4))
def test_merging_both_ways_at_once_makes_one_merge(attempt: int) -> None:
    one, other = EventFactory(), EventFactory()
    for state in ("confirmed", "suggested", "rejected"):
        LinkFactory(claim=linked(one, state), event=other, state="confirmed")
    assert sorted(at_once(merging(one, other), merging(other, one))) == ["done", "refused"]
    assert Event.objects.standing().count() == 1
    assert Link.objects.filter(state="confirmed").count() == 3


@pytest.mark.parametrize("attempt", range(4))
def test_a_link_that_is_confirmed_during_a_merge_goes_along_or_is_refused(attempt: int) -> None:
    event, into = EventFactory(), EventFactory()
    claim, other = linked(event, "suggested"), linked(event, "confirmed")
    outcomes = at_once(
        merging(event, into), lambda by: link_claim(claim=Claim.objects.get(pk=claim.pk), event=event, by=by, seen=0)
    )
    assert outcomes[0] == "done" and outcomes[1] in ("done", "refused")
    states = dict(Link.objects.filter(event=into).values_list("claim", "state"))
    assert states == {claim.pk: "confirmed" if outcomes[1] == "done" else "suggested", other.pk: "confirmed"}
    assert set(event.links.values_list("state", flat=True)) == {"carried"}


@pytest.mark.parametrize("attempt", range(4))
def test_claims_that_two_people_move_at_once_go_one_way(attempt: int) -> None:
    here, *there = EventFactory(), EventFactory(), EventFactory()
    claims = [linked(here, "confirmed").pk for _ in range(5)]
    first, second = (
        lambda by, to=to, some=some: move_claims(source=here, target=to, claims=some, by=by, seen=0)
        for to, some in zip(there, (claims, claims[::-1]), strict=True)
    )
    assert sorted(at_once(first, second)) == ["done", "refused"]
    went = Link.objects.filter(state="confirmed").values_list("event", flat=True)
    assert len(went) == 5 and len(set(went)) == 1

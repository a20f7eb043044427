"""Changing, splitting and merging events on their pages, and the way back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, Event, EventMove
from tests.conftest import AsUser
from tests.factories import ClaimFactory, EventFactory, LinkFactory, PlaceFactory, SpeakerFactory
from tests.pages.rows import full_claim, long_version, queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def browser(as_user: AsUser, reviewer: User) -> Client:
    return as_user(reviewer)


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory(title="Blaze on pier one")
    made.places.add(PlaceFactory(name="Turku"))
    return made


@pytest.fixture
def other(event: Event) -> Event:
    made: Event = EventFactory(title="Blaze on pier two")
    made.places.set(event.places.all())
    return made


def linked(event: Event, state: str = "confirmed") -> Claim:
    return LinkFactory(claim__speaker=SpeakerFactory(), event=event, state=state).claim  # type: ignore[no-any-return]


def box(claim: Claim) -> str:
    return f'name="claims" value="{claim.pk}"'


def shown(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def send(browser: Client, event: Event, act: str, **fields: object) -> tuple[int, str]:
    answer = browser.post(f"/events/{event.pk}/{act}/", fields)
    return answer.status_code, answer.content.decode()


def test_claims_are_chosen_moved_and_put_back(browser: Client, event: Event, other: Event) -> None:
    claim, stays = linked(event), linked(event, "suggested")
    page = shown(browser, f"/events/{event.pk}/")
    assert page.count('name="claims"') == 2 and "Move the chosen claims" in page
    status, page = send(browser, event, "move", claims=claim.pk, seen=0)
    assert status == 200 and "Blaze on pier two" in page and page.count('name="claims"') == 1
    fields = {"claims": claim.pk, "to": other.pk, "seen": 0, "reason": "It names pier two."}
    assert send(browser, event, "move", do="move", **fields)[0] == 303
    page = shown(browser, f"/events/{event.pk}/")
    assert "1 claim moved to “Blaze on pier two”." in page and "It names pier two." in page
    assert box(claim) not in page and box(stays) in page
    assert "1 claim came from" in shown(browser, f"/events/{other.pk}/")
    assert browser.post(f"/events/moves/{EventMove.objects.get().pk}/undo/").status_code == 303
    page = shown(browser, f"/events/{event.pk}/")
    assert (
        "The claims are back in this event." in page and f'value="{claim.pk}"' in page and "undone by reviewer" in page
    )


def test_events_to_move_to_are_found_by_words(browser: Client, event: Event) -> None:
    claim, far = linked(event), EventFactory(title="Flood at the lock")
    gone = EventFactory(title="Flood at the old lock", merged_into=far)
    status, page = send(browser, event, "move", claims=claim.pk, seen=0, do="find", find="flood", title="Half typed")
    assert status == 200 and f'value="{far.pk}"' in page and f'value="{gone.pk}"' not in page
    assert 'value="Half typed"' in page and f'value="{claim.pk}" checked' in page
    assert "No other event has all these words" in send(browser, event, "move", do="find", find="zeppelin")[1]


def test_claims_are_split_off_to_a_new_event(browser: Client, event: Event) -> None:
    claim = linked(event)
    fields = {"claims": claim.pk, "seen": 0, "title": "Blaze in a shed", "places": "Turku", "do": "split"}
    status, page = send(browser, event, "move", **fields)
    assert status == 422 and "Give a reason: why these claims" in page and 'value="Blaze in a shed"' in page
    status, page = send(browser, event, "move", **(fields | {"title": ""}), reason="A shed of its own.")
    assert status == 422 and "Give the event a title." in page and "A shed of its own." in page
    assert send(browser, event, "move", **fields, reason="A shed of its own.")[0] == 303
    made = Event.objects.get(title="Blaze in a shed")
    assert "split off as" in shown(browser, f"/events/{event.pk}/")
    assert "split off from" in shown(browser, f"/events/{made.pk}/")
    browser.post(f"/events/moves/{EventMove.objects.get().pk}/undo/")
    assert "This event was dismissed" in shown(browser, f"/events/{made.pk}/")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"to": ""}, 422, "Choose the event to which the claims go."),
        ({"to": "x"}, 422, "Choose the event to which the claims go."),
        ({"claims": []}, 422, "Choose at least one claim."),
        ({"seen": 7}, 409, "Somebody changed this event meanwhile."),
        ({"claims": [999_999]}, 409, "not with this event any more"),
        ({"reason": "x" * 5_001}, 422, "at most 5000 characters"),
    ],
)
def test_a_move_that_is_refused_keeps_what_was_typed(
    browser: Client, event: Event, other: Event, fields: dict[str, object], status: int, words: str
) -> None:
    claim = linked(event)
    given = {"claims": claim.pk, "to": other.pk, "seen": 0, "reason": "Kept as typed.", "do": "move"} | fields
    answer = send(browser, event, "move", **given)
    assert (answer[0], words in answer[1]) == (status, True)
    assert "reason" in fields or "Kept as typed." in answer[1]
    assert status != 409 or 'name="seen" value="0"' in answer[1]
    assert not EventMove.objects.exists()


def test_two_events_are_merged_and_parted(browser: Client, event: Event, other: Event) -> None:
    for _ in range(2):
        linked(event)
    linked(other, "suggested")
    page = shown(browser, f"/events/{other.pk}/merge/")
    assert f"?with={event.pk}" in page
    page = shown(browser, f"/events/{other.pk}/merge/?with={event.pk}")
    assert "It gets no linked claim and 1 suggested one." in page and "Merge Blaze on pier two into" in page
    turned = shown(browser, f"/events/{other.pk}/merge/?with={event.pk}&stays={other.pk}")
    assert "It gets 2 linked claims and no suggested one." in turned
    fields = {"with": event.pk, "stays": event.pk, "seen": 0, "with_seen": 0}
    assert send(browser, other, "merge", **fields)[0] == 422
    assert send(browser, other, "merge", **fields, reason="One fire.")[0] == 303
    page = shown(browser, f"/events/{event.pk}/")
    assert "was merged into this event, with 1 claim" in page and "One fire." in page
    page = shown(browser, f"/events/{other.pk}/")
    assert "This event was merged." in page and event.get_absolute_url() in page and "Undo" in page
    assert other.get_absolute_url() not in shown(browser, "/events/").split('class="list"')[1]
    assert browser.get(f"/events/{other.pk}/merge/").status_code == 303
    assert browser.get(f"/events/{other.pk}/edit/").status_code == 303
    browser.post(f"/events/moves/{EventMove.objects.get().pk}/undo/")
    assert "stands by itself again" in shown(browser, f"/events/{other.pk}/")
    browser.post(f"/events/moves/{EventMove.objects.get().pk}/undo/")
    assert "undone meanwhile" in shown(browser, f"/events/{event.pk}/")


def test_a_merge_that_is_behind_shows_both_as_they_are(browser: Client, event: Event, other: Event) -> None:
    Event.objects.filter(pk=other.pk).update(seen=3)
    fields = {"with": other.pk, "stays": event.pk, "seen": 0, "with_seen": 2, "reason": "One fire."}
    status, page = send(browser, event, "merge", **fields)
    assert status == 409 and 'name="with_seen" value="3"' in page and "One fire." in page
    Event.objects.filter(pk=other.pk).update(merged_into=EventFactory())
    status, page = send(browser, event, "merge", **fields)
    assert status == 422 and "merged or dismissed meanwhile" in page


def test_what_could_not_be_put_back_is_said(browser: Client, event: Event, other: Event) -> None:
    claim = linked(event)
    send(browser, event, "move", do="move", claims=claim.pk, to=other.pk, seen=0)
    claim.refresh_from_db()
    browser.post(f"/claims/{claim.pk}/reject/", {"event": other.pk, "seen": claim.seen})
    browser.post(f"/events/moves/{EventMove.objects.get().pk}/undo/")
    page = shown(browser, f"/events/{event.pk}/")
    assert "1 claim stays as it was linked since" in page and "Could not be put back" in page


def test_an_event_is_changed(browser: Client, event: Event) -> None:
    page = shown(browser, f"/events/{event.pk}/edit/")
    assert 'value="Blaze on pier one"' in page and 'value="Turku"' in page
    fields = {"title": "Blaze on both piers", "places": "Turku", "parties": "Finland, SE", "seen": 0}
    assert send(browser, event, "edit", **fields)[0] == 303
    page = shown(browser, f"/events/{event.pk}/")
    assert "Blaze on both piers" in page and "Finland" in page and "Sweden" in page
    status, page = send(browser, event, "edit", **fields)
    assert status == 409 and "changed this event meanwhile" in page and 'value="1"' in page
    status, page = send(browser, event, "edit", **(fields | {"parties": "Gull Party", "seen": 1}))
    assert status == 422 and "is no state that the desk knows" in page and 'value="Gull Party"' in page


def test_parties_that_are_clear_are_offered_and_not_set(browser: Client, event: Event) -> None:
    for number in range(2):
        text = f"Swedish forces shelled pier {number} and killed 3 people."
        version = long_version(1)
        type(version).objects.filter(pk=version.pk).update(text=text)
        version.refresh_from_db()
        LinkFactory(claim=ClaimFactory(version=version, text=text), event=event, state="confirmed")
    assert "The copy speaks of Sweden" in shown(browser, f"/events/{event.pk}/")
    page = shown(browser, f"/events/{event.pk}/edit/")
    assert 'name="add_party" value="SE"' in page and "2 articles name it as the doer" in page
    status, page = send(browser, event, "edit", title="Half typed", parties="Finland", seen=0, add_party="SE")
    assert status == 200 and 'value="Finland, Sweden"' in page and 'value="Half typed"' in page
    assert 'name="add_party"' not in page
    event.refresh_from_db()
    assert (event.parties, event.title) == ([], "Blaze on pier one")


def test_who_may_not_link_sees_no_forms(as_user: AsUser, editor: User, event: Event, other: Event) -> None:
    linked(event)
    page = shown(as_user(editor), f"/events/{event.pk}/")
    assert 'name="claims"' not in page and "/merge/" not in page and "/edit/" not in page


def test_nothing_becomes_markup_and_queries_do_not_grow(browser: Client, event: Event) -> None:
    version = long_version(40)
    twin = EventFactory(title=EVIL)
    twin.places.set(event.places.all())
    urls = [f"/events/{event.pk}/{page}" for page in ("", "edit/", "merge/", f"merge/?with={twin.pk}")]
    full_claim(version, 1, event)
    moved = full_claim(version, 2, event)
    send(browser, event, "move", do="move", claims=moved.pk, to=twin.pk, seen=0, reason=EVIL)
    before = [queries(browser, url) for url in urls]
    for number in range(3, 23):
        full_claim(version, number, event)
    for number in range(2):
        again = full_claim(version, 30 + number, event)
        send(browser, event, "move", do="move", claims=again.pk, to=twin.pk, seen=number + 1, reason=EVIL)
    dates = shown(browser, urls[0]).split('id="moves"')[1].split('<time datetime="')[1:]
    assert len(dates) == 3 and dates == sorted(dates, reverse=True)
    assert [queries(browser, url) for url in urls] == before
    assert not any(EVIL in shown(browser, url) for url in urls)

"""Events that the machine proposes from what several articles tell, and what a person does about one (R11)."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from claims import linking, pipeline, proposing
from claims.errors import NotAllowed, Stale
from claims.models import Activity, Event, Link, Place
from tests.claims.stories import kill
from tests.claims.tellings import BERGEN, ENGINE, FIRE, GHENT, YEAR, claim_of, link, read, told, version_of, waiting
from tests.conftest import AsUser
from tests.factories import EventFactory

HEADLINES = {name: text.split("\n")[0] for name, text in BERGEN.items()}
ALL = {(FIRE, frozenset(HEADLINES.values()))}
COPIES = [("Gull Wire", BERGEN["first"]), ("Tern Post", BERGEN["second"]), ("Auk News", BERGEN["third"]),
          ("Ghent Daily", GHENT)]  # fmt: skip


@pytest.fixture(autouse=True)
def small_engine(settings: Settings) -> None:
    settings.EXTRACTOR = ENGINE


def two() -> Event:
    """The event that is proposed from two articles."""
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Tern Post", BERGEN["second"], 1))
    return Event.objects.get()


@pytest.mark.django_db
def test_two_articles_propose_an_event_that_nobody_confirmed() -> None:
    event = two()
    assert (event.title, event.proposed, event.created_by) == (FIRE, True, None)
    assert (event.from_day, event.to_day) == (date(YEAR, 5, 4),) * 2
    assert [place.name for place in event.places.all()] == ["Bergen"]
    assert {each.state for each in event.links.all()} == {"suggested"}
    quoted = link(claim_of("bulkhead"), event)
    assert 0 < (quoted.score or 0) <= 1
    assert quoted.reasons[:3] == ["1 other article tells of it", f"same day: 4 May {YEAR}", "same place: Bergen"]
    assert Activity.objects.get(kind="event proposed").actor is None


@pytest.mark.django_db
def test_one_article_alone_proposes_nothing() -> None:
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Ghent Daily", GHENT))
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_one_text_twice_from_one_outlet_is_one_telling() -> None:
    one = waiting("Gull Wire", BERGEN["first"])
    other = waiting("Gull Wire", BERGEN["first"], 1)
    assert one.article.outlet == other.article.outlet
    read(one, other)
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_the_order_of_arrival_changes_nothing(order: tuple[int, ...]) -> None:
    versions = [waiting(outlet, text, hours) for hours, (outlet, text) in enumerate(COPIES)]
    read(*[versions[at] for at in order])
    assert told(Event.objects.filter(proposed=True)) == ALL


@pytest.mark.django_db
def test_r11_two_strikes_on_one_city_a_day_apart_are_two_events() -> None:
    strike = (
        "Missiles strike Turku\n\nMissiles struck a depot in Turku on {day} May and killed {dead} people at Kupittaa."
    )
    later = (
        "Turku depot hit\n\nA salvo of missiles hit a depot at Kupittaa in Turku on {day} May, killing {dead} people."
    )
    for number, (day, dead) in enumerate([(4, 3), (5, 8)]):
        texts = [text.format(day=day, dead=dead) for text in (strike, later)]
        read(*[waiting(f"Outlet {number} {at}", text) for at, text in enumerate(texts)])
    days = sorted(event.from_day.day for event in Event.objects.all() if event.from_day)
    assert days == [4, 5]


@pytest.mark.django_db
def test_reading_again_proposes_nothing_new() -> None:
    event = two()
    links = sorted(event.links.values_list("claim", "score"))
    for version in {each.claim.version for each in event.links.all()}:
        version.work = "waiting"
        version.save()
        read(version)
    assert Event.objects.get() == event
    assert sorted(event.links.values_list("claim", "score")) == links


@pytest.mark.django_db
def test_a_person_who_confirms_a_link_makes_it_an_event(reviewer: User) -> None:
    event = two()
    claim = claim_of("Four people died")
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=claim.seen)
    event.refresh_from_db()
    assert not event.proposed
    assert Activity.objects.get(kind="proposal confirmed").actor == reviewer
    assert pipeline.match_event(event.pk) > 0
    follows = link(claim_of("jumped from the car deck"), event)
    assert "told in the same scene as a claim that is linked" in follows.reasons
    read(waiting("Auk News", BERGEN["third"], 2))
    assert Event.objects.get() == event
    assert link(claim_of("stays shut"), event).state == "suggested"
    assert link(claim, event).state == "confirmed"


@pytest.mark.django_db
def test_what_a_person_dismissed_is_not_proposed_again_from_the_same_scenes(reviewer: User) -> None:
    event = two()
    proposing.dismiss(event=event, by=reviewer)
    assert {each.state for each in event.links.all()} == {"rejected"}
    assert Activity.objects.get(kind="proposal dismissed").actor == reviewer
    read(waiting("Auk News", BERGEN["third"], 2))
    assert not Event.objects.filter(dismissed=None).exists()
    with pytest.raises(Stale):
        proposing.dismiss(event=event, by=reviewer)


@pytest.mark.django_db
def test_who_may_not_dismiss(editor: User) -> None:
    event = two()
    with pytest.raises(NotAllowed):
        proposing.dismiss(event=event, by=editor)


@pytest.mark.django_db
def test_a_rejected_link_stays_rejected(reviewer: User) -> None:
    event, claim = two(), claim_of("bulkhead")
    linking.reject_link(claim=claim, event=event, by=reviewer, seen=claim.seen)
    read(waiting("Auk News", BERGEN["third"], 2))
    assert told(Event.objects.all()) == ALL
    assert link(claim, event).state == "rejected"


@pytest.mark.django_db
def test_a_proposal_that_lost_its_ground_is_taken_back() -> None:
    event = two()
    article = claim_of("Four people died").version.article
    read(kill(article, 5))
    assert not Event.objects.filter(pk=event.pk).exists()
    assert Activity.objects.get(kind="proposal withdrawn").detail["title"] == FIRE


@pytest.mark.django_db
def test_a_newer_version_keeps_the_proposal() -> None:
    event = two()
    old = claim_of("killed 4").version
    read(version_of(old.article, BERGEN["first"].replace("killed 4", "killed 5"), 3))
    assert Event.objects.get() == event
    assert link(claim_of("killed 5"), event).state == "suggested"


@pytest.mark.django_db
def test_nothing_is_proposed_of_what_is_under_embargo() -> None:
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Tern Post", BERGEN["second"], 1, status="embargoed"))
    assert not Event.objects.exists()


def ferry_fire() -> Event:
    event: Event = EventFactory(title="Ferry fire", kind="fire", from_day=date(YEAR, 5, 4), to_day=date(YEAR, 5, 4))
    event.places.add(Place.objects.get_or_create(name="Bergen")[0])
    return event


@pytest.mark.django_db
def test_a_quotation_without_place_or_day_finds_the_event_of_its_scene() -> None:
    event = ferry_fire()
    assert pipeline.match_event(event.pk) == 0
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Ghent Daily", GHENT))
    found = link(claim_of("bulkhead"), event)
    assert (found.state, found.reasons[0]) == ("suggested", f"same day, by the words around it: 4 May {YEAR}")
    assert not Link.objects.filter(claim=claim_of("voted 21")).exists()


@pytest.mark.django_db
def test_a_new_event_finds_the_scenes_that_are_there() -> None:
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Ghent Daily", GHENT))
    event = ferry_fire()
    pipeline.match_event(event.pk)
    linked = {each.claim.text for each in event.links.all()}
    assert any("bulkhead" in text for text in linked)
    assert not any("voted" in text for text in linked)


@pytest.mark.django_db
def test_what_may_be_an_event_that_a_person_made_is_not_proposed_again() -> None:
    event = ferry_fire()
    pipeline.match_event(event.pk)
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Tern Post", BERGEN["second"], 1))
    assert Event.objects.get() == event
    assert {each.state for each in event.links.all()} == {"suggested"}


@pytest.mark.django_db
def test_a_proposal_gives_way_to_the_event_that_a_person_makes_of_it() -> None:
    two()
    event = ferry_fire()
    pipeline.match_event(event.pk)
    assert Event.objects.get() == event


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time by itself")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_propose_one_event() -> None:
    versions = [waiting(outlet, text, hours) for hours, (outlet, text) in enumerate(COPIES)]
    outcomes: list[str] = []

    def work(pk: int) -> None:
        outcomes.append(pipeline.extract_version(pk))
        connection.close()

    threads = [Thread(target=work, args=(version.pk,)) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert outcomes == ["done"] * 4
    assert told(Event.objects.all()) == ALL


@pytest.mark.django_db
def test_pages_mark_a_proposal_and_dismiss_it(as_user: AsUser, reviewer: User, editor: User) -> None:
    event = two()
    read(waiting("Ghent Daily", GHENT))
    assert "Dismiss this proposal" not in as_user(editor).get("/events/").content.decode()
    browser = as_user(reviewer)
    assert "Dismiss this proposal" in browser.get("/events/").content.decode()
    assert "proposed event" in browser.get(f"/claims/{claim_of('bulkhead').pk}/").content.decode()
    assert as_user(reviewer).get("/api/v1/events/").json()["results"] == []
    assert browser.post(f"/events/{event.pk}/dismiss/").status_code == 303
    shown = browser.get("/events/").content.decode()
    assert f"“{FIRE}” is dismissed" in shown
    assert event.get_absolute_url() not in shown
    assert browser.post(f"/events/{event.pk}/dismiss/").status_code == 303
    assert "meanwhile" in browser.get("/events/").content.decode()


@pytest.mark.django_db
def test_linking_asks_the_same_number_of_questions_on_a_larger_desk() -> None:
    def questions() -> int:
        version = waiting("Gull Wire", BERGEN["first"])
        with CaptureQueriesContext(connection) as asked:
            read(version)
        version.article.delete()
        return len(asked)

    def grow(numbers: range) -> None:
        for number in numbers:
            event = ferry_fire() if number % 3 == 0 else EventFactory(title=f"Vote {number}")
            pipeline.match_event(event.pk)
            text = GHENT.replace("Ghent", "Odense").replace("6 May", f"{number + 7} May")
            read(waiting(f"Outlet {number}", text))

    grow(range(3))
    questions()
    small = questions()
    grow(range(3, 18))
    assert questions() == small

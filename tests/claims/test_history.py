"""Every step of a link and of a claim's standing is kept (R38): what the rows say now is what the history ends with."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import linking, proposing
from claims.extraction.types import Extraction
from claims.models import ArticleVersion, Claim, ClaimEntry, Event, Link, LinkEntry
from ingest import joining
from tests.claims import tellings
from tests.claims.stories import COPY, ENGINE, HURT, LEAD, claim_of, kill, read, story, version
from tests.factories import ArticleFactory, ClaimFactory, EventFactory, UserFactory

pytestmark = pytest.mark.django_db
LESS = COPY.replace("12 people", "9 people")
migration = import_module("claims.migrations.0012_link_entries")


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = ENGINE


def states(claim: Claim, event: Event) -> list[str]:
    return list(LinkEntry.objects.filter(claim=claim, event=event).values_list("state", flat=True))


def steps(claim: Claim) -> list[str]:
    return list(claim.entries.values_list("step", flat=True))


def check() -> None:
    """The last entry of everything is the row as it stands; what is gone has no row."""
    for link in Link.objects.all():
        last = LinkEntry.objects.filter(claim=link.claim_id, event=link.event_id).latest("pk")
        assert (last.state, last.by_id) == (link.state, link.by_id)
    for entry in LinkEntry.objects.filter(state="gone"):
        later = LinkEntry.objects.filter(claim=entry.claim_id, event=entry.event_id, pk__gt=entry.pk)
        assert later.exists() or not Link.objects.filter(claim=entry.claim_id, event=entry.event_id).exists()
    for claim in Claim.objects.all():
        end = claim.entries.latest("pk")
        known = (end.version_id, end.orphaned_by_id, end.withdrawn_by_id, end.vanished)
        assert known == (claim.version_id, claim.orphaned_by_id, claim.withdrawn_by_id, claim.vanished is not None)


def test_a_link_keeps_its_steps_and_who_made_them(reviewer: User) -> None:
    claim, event = ClaimFactory(), EventFactory()
    with transaction.atomic():
        linking.write_links([Link(claim=claim, event=event, score=0.8, reasons=["same place: Turku"])])
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=0)
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=1)
    link = linking.reject_link(claim=claim, event=event, by=reviewer, seen=2)
    entries = LinkEntry.objects.filter(claim=claim, event=event)
    assert [(entry.state, entry.by) for entry in entries] == [
        ("suggested", None),
        ("confirmed", reviewer),
        ("rejected", reviewer),
    ]
    assert (link.score, link.reasons) == (0.8, ["same place: Turku"])
    check()


def test_a_suggestion_takes_nothing_from_what_a_person_decided(reviewer: User) -> None:
    claim, event = ClaimFactory(), EventFactory()
    linking.reject_link(claim=claim, event=event, by=reviewer, seen=0)
    before = Link.objects.get().at
    with transaction.atomic():
        linking.write_links([Link(claim=claim, event=event, score=0.9)])
    link = Link.objects.get()
    assert (link.state, link.by, link.at) == ("rejected", reviewer, before)
    assert states(claim, event) == ["rejected"]


def test_what_is_dropped_is_gone_and_may_come_again() -> None:
    claim, event = ClaimFactory(), EventFactory()
    for _ in range(2):
        with transaction.atomic():
            linking.write_links([Link(claim=claim, event=event), Link(claim=claim, event=event)])
            linking.drop_links(Link.objects.all())
    assert states(claim, event) == ["suggested", "gone"] * 2
    assert not Link.objects.exists()


def test_reading_again_writes_no_step(settings: Any) -> None:
    settings.EXTRACTOR = tellings.ENGINE
    copies = [
        tellings.waiting(name, text)
        for name, text in (("A", tellings.BERGEN["first"]), ("B", tellings.BERGEN["second"]))
    ]
    read(*copies)
    assert Event.objects.get().proposed
    before = list(LinkEntry.objects.values_list("pk", "state")), ClaimEntry.objects.count()
    assert before[0]
    ArticleVersion.objects.update(work="waiting", attempts=0)
    read(*copies)
    assert (list(LinkEntry.objects.values_list("pk", "state")), ClaimEntry.objects.count()) == before
    check()


def test_dismissed_links_are_rejected_in_the_history(settings: Any, reviewer: User) -> None:
    settings.EXTRACTOR = tellings.ENGINE
    read(*(tellings.waiting(name, tellings.BERGEN[key]) for name, key in (("A", "first"), ("B", "second"))))
    event = Event.objects.get()
    proposing.dismiss(event=event, by=reviewer)
    last = {entry.claim_id: entry for entry in LinkEntry.objects.filter(event=event)}
    assert {(entry.state, entry.by) for entry in last.values()} == {("rejected", reviewer)}
    check()


def test_a_claim_keeps_where_it_stood() -> None:
    first, second = story(COPY, LESS)
    cut, kept = claim_of("12 people"), claim_of(HURT)
    assert steps(cut) == ["found", "orphaned"]
    assert list(kept.entries.values_list("step", "version")) == [("found", first.pk), ("moved on", second.pk)]
    read(kill(first.article, 2))
    back = version(first.article, COPY, 3)
    read(back)
    assert steps(cut) == ["found", "orphaned", "withdrawn", "stands again"]
    check()


def test_a_claim_that_is_no_longer_found_and_one_that_is_again(settings: Any) -> None:
    (only,) = story(COPY)
    claim = claim_of(LEAD)
    for name in ("blind", "engine"):
        settings.EXTRACTOR = f"tests.claims.{'test_history.blind' if name == 'blind' else 'stories.engine'}"
        ArticleVersion.objects.filter(pk=only.pk).update(work="waiting")
        read(only)
    assert steps(claim) == ["found", "vanished", "stands again"]


def blind(text: str, context: Any) -> Any:
    return Extraction((), (), (), "blind 1")


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_the_history_ends_with_the_rows_in_every_order_of_arrival(order: tuple[int, ...]) -> None:
    article = ArticleFactory()
    versions = [version(article), version(article, LESS, 1), kill(article, 2), version(article, COPY, 3)]
    for number in order:
        read(versions[number])
        check()


def test_a_version_that_leaves_its_story_leaves_its_mark(editor: User) -> None:
    _, second = story(COPY, LESS)
    cut = claim_of("12 people")
    joining.split(second, by=editor)
    assert steps(cut) == ["found", "orphaned", "stands again"]
    check()


def test_a_desk_that_was_there_before_gets_the_history_that_its_rows_tell() -> None:
    by, long_ago = UserFactory(), timezone.now() - timedelta(days=9)
    first, second = story(COPY, LESS)
    last = kill(first.article, 2)
    read(last)
    cut, kept = claim_of("12 people"), claim_of(HURT)
    link = Link.objects.create(claim=kept, event=EventFactory(), state="confirmed", by=by, at=long_ago)
    LinkEntry.objects.all().delete()
    ClaimEntry.objects.all().delete()
    migration.note_links(apps, None)
    migration.note_claims(apps, None)
    check()
    entry = LinkEntry.objects.get()
    assert (entry.state, entry.by, entry.at) == ("confirmed", by, link.at)
    for each in (second, last):
        each.refresh_from_db()
    assert list(cut.entries.values_list("step", "at")) == [
        ("found", cut.created),
        ("orphaned", second.settled),
        ("withdrawn", last.settled),
    ]
    assert list(kept.entries.values_list("step", "version")) == [
        ("found", first.pk),
        ("moved on", second.pk),
        ("withdrawn", second.pk),
    ]

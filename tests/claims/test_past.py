"""A story in time, read at each of its moments: by what the desk knew then (R38)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import linking, past, relabelling, verdicts
from claims.board_words import Pairing, RowKey, say_of_sources, set_best_value, take_back_best, take_back_word
from claims.comparison import Standing
from claims.errors import Incomplete
from claims.event_board import EventBoard, event_board
from claims.models import Claim, Event
from claims.permissions import visible_to
from tests.claims.stories import COPY, ENGINE, HURT, claim_of, kill, read, story, version
from tests.factories import (
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    ReuseFactory,
    VerdictFactory,
)

pytestmark = pytest.mark.django_db
LESS = COPY.replace("12 people", "9 people")


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = ENGINE


def board(event: Event, user: User, as_of: datetime | None = None, **how: Any) -> EventBoard:
    return event_board(event, visible_to(user, Claim.objects.all()), as_of=as_of, **how)


def link(claim: Claim, event: Event, by: User) -> datetime:
    claim.refresh_from_db()
    linking.link_claim(claim=claim, event=event, by=by, seen=claim.seen)
    return timezone.now()


def killed(shown: EventBoard) -> tuple[Decimal | None, Decimal | None, Standing] | None:
    rows = [row for row in shown.board.rows if row.measure == "killed"]
    return (rows[0].cell.low, rows[0].cell.high, rows[0].cell.standing) if rows else None


def test_a_story_in_time(reviewer: User, chief: User) -> None:
    event, start = EventFactory(), timezone.now()
    first, second = version(ArticleFactory()), version(ArticleFactory(), COPY.replace("12", "15"))
    read(first, second)
    twelve, fifteen = claim_of("12 people"), claim_of("15 people")
    one_linked, both_linked = link(twelve, event, reviewer), link(fifteen, event, reviewer)
    pairing = Pairing("outlets", *(each.article.outlet.name for each in (first, second)), same=True)
    word = say_of_sources(event=event, pairing=pairing, reason="One house.", by=reviewer, seen=0)
    best = set_best_value(event=event, row=RowKey("killed"), value=Decimal(13), reason="Names.", by=reviewer, seen=0)
    spoken = timezone.now()
    corrected = version(second.article, LESS, 1)
    read(corrected)
    after_correction = timezone.now()
    nine = claim_of("9 people")
    nine_linked = link(nine, event, reviewer)
    take_back_word(event=event, word=word, by=chief)
    take_back_best(event=event, best=best, by=chief)
    taken_back = timezone.now()
    read(kill(first.article, 2))
    withdrawn = timezone.now()
    linking.reject_link(claim=nine, event=event, by=chief, seen=Claim.objects.get(pk=nine.pk).seen)

    def told(at: datetime | None) -> tuple[Any, ...]:
        shown = board(event, chief, at)
        past_figures = sorted(int(f.low) for row in shown.board.rows for f in row.past)
        outlets, words = len(shown.board.ledger.outlets), len(shown.words)
        best_value = [int(value.value) for value in shown.best]
        cell = killed(shown)
        return cell and cell[:2], outlets, words, best_value, past_figures, len(shown.withdrawn)

    assert told(start) == (None, 0, 0, [], [], 0)
    assert told(one_linked) == ((12, 12), 1, 0, [], [], 0)
    assert told(both_linked) == ((12, 15), 2, 0, [], [], 0)
    assert told(spoken) == ((12, 15), 1, 1, [13], [], 0)
    assert told(after_correction) == ((12, 12), 1, 1, [13], [15], 0)
    assert told(nine_linked) == ((9, 12), 1, 1, [13], [15], 0)
    assert told(taken_back) == ((9, 12), 2, 0, [], [15], 0)
    assert told(withdrawn) == ((9, 9), 1, 0, [], [15], 1)
    assert told(timezone.now()) == told(None) == ((None, None), 0, 0, [], [15], 1)


def test_what_was_suggested_then(reviewer: User) -> None:
    event, claim = EventFactory(), ClaimFactory()
    FigureFactory(claim=claim)
    LinkFactory(claim=claim, event=event)
    before = timezone.now()
    link(claim, event, reviewer)
    assert [len(board(event, reviewer, before, with_suggested=also).mentions) for also in (False, True)] == [0, 1]


def test_the_ledger_knows_of_a_copy_from_when_it_was_found(editor: User, reviewer: User) -> None:
    event = EventFactory()
    one, other = (ClaimFactory() for _ in range(2))
    for claim in (one, other):
        FigureFactory(claim=claim)
        LinkFactory(claim=claim, event=event, state="confirmed")
    linked = timezone.now()
    pair = ReuseFactory(a=one.version, b=other.version, machine_label="wholly")
    found = timezone.now()
    relabelling.relabel(reuse=pair, label="not", reason="Both were there.", by=reviewer, seen=0)
    rooms = [len(board(event, editor, at).board.ledger.newsrooms) for at in (linked, found, timezone.now())]
    assert rooms == [2, 1, 2]


def test_a_copy_that_is_late_counts_from_when_the_desk_read_it(reviewer: User) -> None:
    """Not from the time of its making, and not from its place in the story (R18)."""
    event, article = EventFactory(), ArticleFactory()
    last = version(article, COPY, 5)
    read(last)
    linked = link(claim_of("12 people"), event, reviewer)
    read(version(article, LESS, 9))
    assert killed(board(event, reviewer, linked)) == (12, 12, Standing.AGREE)
    assert killed(board(event, reviewer, timezone.now())) == (None, None, Standing.MISSING)


def test_a_claim_that_moved_on_stands_where_it_stood(reviewer: User) -> None:
    event = EventFactory()
    (first,) = story(COPY)
    linked = link(claim_of(HURT), event, reviewer)
    read(version(first.article, LESS, 1))
    for at, where in ((linked, 1), (timezone.now(), 2)):
        (mention,) = board(event, reviewer, at).mentions.values()
        assert mention.claim.version.number == where


def test_who_may_see_what_is_asked_of_now(editor: User, reviewer: User) -> None:
    event = EventFactory()
    held = ClaimFactory(version=ArticleVersionFactory(status="embargoed", embargo=timezone.now() + timedelta(days=1)))
    FigureFactory(claim=held)
    LinkFactory(claim=held, event=event, state="confirmed")
    now = timezone.now()
    assert [len(board(event, who, now).mentions) for who in (editor, reviewer)] == [1, 0]


def test_what_was_verified_then(reviewer: User, chief: User) -> None:
    event, claim = EventFactory(), ClaimFactory()
    FigureFactory(claim=claim)
    LinkFactory(claim=claim, event=event, state="confirmed")
    VerdictFactory(claim=claim, rating="corroborated", author=reviewer)
    waiting = timezone.now()
    claim.refresh_from_db()
    verdicts.sign_off(claim=claim, by=chief, seen=claim.seen)
    signed = timezone.now()
    verdicts.withdraw(claim=claim, reason="Wrong pier.", by=chief, seen=claim.seen)
    found = [board(event, chief, at).mentions for at in (waiting, signed, timezone.now(), None)]
    assert [next(iter(mentions.values())).verified for mentions in found] == [False, True, False, False]


def test_the_questions_do_not_grow(editor: User) -> None:
    event, counts = EventFactory(), []
    board(event, editor)  # the rights of the account are read once
    for upto in (1, 40):
        while event.links.count() < upto:
            claim = ClaimFactory()
            FigureFactory(claim=claim)
            LinkFactory(claim=claim, event=event, state="confirmed")
            VerdictFactory(claim=claim)
        with CaptureQueriesContext(connection) as caught:
            assert len(board(event, editor, timezone.now()).mentions) == upto
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("words", "zone", "meant"),
    [
        ("2024-01-24T12:00:00Z", "UTC", "2024-01-24T12:00:00+00:00"),
        ("2024-01-24T12:00", "Europe/Kyiv", "2024-01-24T10:00:00+00:00"),
        ("2024-07-24 12:00", "Europe/Kyiv", "2024-07-24T09:00:00+00:00"),
        ("2024-01-24T12:00:00.25+02:00", "UTC", "2024-01-24T10:00:00.250000+00:00"),
        ("2024-01-24T12:00:00 02:00", "UTC", "2024-01-24T10:00:00+00:00"),
        ("2024-01-24T12:00 0200", "UTC", "2024-01-24T10:00:00+00:00"),
    ],
)
def test_a_moment_is_read_in_its_zone_or_in_the_desk_s(settings: Any, words: str, zone: str, meant: str) -> None:
    settings.TIME_ZONE = zone
    assert past.moment_of(words) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "words",
    [
        *("", "yesterday", "2024-01-24", "20240124", "1706097600", "2024-02-30T12:00", "2024-01-24T25:00", "\x00"),
        *("9" * 99, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59"),
    ],
)
def test_what_is_no_past_moment_is_refused(words: str) -> None:
    with pytest.raises(Incomplete) as caught:
        past.moment_of(words)
    assert caught.value.field == "at"


def test_a_moment_to_come_is_refused() -> None:
    with pytest.raises(Incomplete, match="still to come"):
        past.moment_of((timezone.now() + timedelta(minutes=5)).isoformat())

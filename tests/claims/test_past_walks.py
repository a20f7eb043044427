"""Whatever happens on a desk, and in whatever order: read as of each moment it is what it was at that moment (R38)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from claims import linking, past, verdicts
from claims.board_words import Pairing, RowKey, say_of_sources, set_best_value, take_back_best, take_back_word
from claims.errors import ActError
from claims.event_board import event_board
from claims.models import Article, BestValue, Claim, Event, Link, SourceWord
from claims.permissions import Role, visible_to
from claims.wording import shown_state, verdict_of
from claims.workflow import Act
from tests.claims.stories import COPY, ENGINE, kill, read, version
from tests.factories import ArticleFactory, EventFactory, UserFactory

pytestmark = pytest.mark.django_db
NUMBERS = count(1)


@dataclass
class Walk:
    """A desk with one event and two stories, and what its board was after each act."""

    by: User
    other: User
    event: Event = field(default_factory=EventFactory)
    articles: list[Article] = field(default_factory=lambda: [ArticleFactory(), ArticleFactory()])
    told: list[tuple[datetime, object]] = field(default_factory=list)
    hours: int = 0

    def claims(self) -> list[Claim]:
        return list(Claim.objects.filter(version__article__in=self.articles).order_by("pk"))

    def step(self, act: Callable[[Walk, int], object], which: int) -> None:
        with suppress(ActError):
            act(self, which)
        self.told.append((timezone.now(), snapshot(self, None)))


def snapshot(walk: Walk, at: datetime | None) -> object:
    """All that a board says, its claims with their standing, review and verdict among it."""
    shown = event_board(walk.event, visible_to(walk.by, Claim.objects.all()), with_suggested=True, as_of=at)
    rows = [
        (row.measure, row.cell.low, row.cell.high, row.cell.standing, sorted(
            (shown.mentions[f.key].claim.pk, f.low, f.told, shown.mentions[f.key].suggested,
             shown.mentions[f.key].verified, shown.mentions[f.key].claim.version_id)
            for f in (*row.figures, *row.denials, *row.past)))
        for row in shown.board.rows
    ]  # fmt: skip
    ledger = shown.board.ledger
    groups = [[group.names for group in some] for some in (ledger.outlets, ledger.newsrooms, ledger.sources)]
    words = sorted(word.pk for word in shown.words), sorted((best.pk, best.value) for best in shown.best)
    claims = Claim.objects.select_related("verdict__published", "verdict__author").in_bulk(
        {mention.claim.pk for mention in shown.mentions.values()}
    )
    if at is not None:
        past.put_back(list(claims.values()), at)
    reviews = {pk: (claim.state, shown_state(claim), claim.stale, ruling(claim)) for pk, claim in claims.items()}
    return rows, groups, words, reviews, sorted(claim.pk for claim in shown.withdrawn)


def ruling(claim: Claim) -> object:
    row = verdict_of(claim)
    face = row.published if row is not None else None
    if row is None:
        return None
    told = row.rating, row.reason, row.rules, row.state, row.author_id, row.under_revision, row.stale is None
    return told, face.pk if face else None, [reason["words"] for reason in row.stale_reasons]


def on_a_claim(act: Callable[[Walk, Claim], object]) -> Callable[[Walk, int], object]:
    def done(walk: Walk, which: int) -> object:
        claims = walk.claims()
        return act(walk, claims[which % len(claims)]) if claims else None

    return done


def reads(text: Callable[[int], str]) -> Callable[[Walk, int], object]:
    def done(walk: Walk, which: int) -> None:
        walk.hours += 1
        read(version(walk.articles[which % 2], text(which), walk.hours - 3 * (which % 3)))

    return done


def killed(walk: Walk, which: int) -> None:
    walk.hours += 1
    read(kill(walk.articles[which % 2], walk.hours))


def suggested(walk: Walk, claim: Claim) -> None:
    with transaction.atomic():
        linking.write_links([Link(claim=claim, event=walk.event, score=0.5)])


def dropped(walk: Walk, which: int) -> None:
    with transaction.atomic():
        linking.drop_links(Link.objects.filter(event=walk.event, state="suggested"))


def ruled(rating: str) -> Callable[[Walk, Claim], object]:
    def done(walk: Walk, claim: Claim) -> None:
        others = [each for each in walk.claims() if each.pk != claim.pk][:1]
        evidence = [verdicts.Exhibit("for", claim=each) for each in others] or [verdicts.Exhibit("for", note="Call.")]
        reason = f"Reason {next(NUMBERS)}."
        verdicts.record_verdict(
            claim=claim, rating=rating, reason=reason, evidence=evidence, by=walk.by, seen=claim.seen
        )

    return done


def said(walk: Walk, which: int) -> None:
    names = [str(article.outlet) for article in walk.articles]
    pairing, seen = Pairing("outlets", *names, same=which % 2 == 0), 10**9
    say_of_sources(event=walk.event, pairing=pairing, reason="So they say.", by=walk.by, seen=seen)


def unsaid(walk: Walk, which: int) -> None:
    for word in SourceWord.objects.filter(event=walk.event, ended=None):
        take_back_word(event=walk.event, word=word, by=walk.by)


def best(walk: Walk, which: int) -> None:
    row = RowKey("killed")
    set_best_value(event=walk.event, row=row, value=Decimal(which), reason="Names.", by=walk.by, seen=10**9)


def no_best(walk: Walk, which: int) -> None:
    for value in BestValue.objects.filter(event=walk.event, ended=None):
        take_back_best(event=walk.event, best=value, by=walk.by)


def on(deed: Callable[..., object], **how: Any) -> Callable[[Walk, int], object]:
    """An act on a claim by its second reader."""
    return on_a_claim(lambda walk, claim: deed(claim=claim, by=walk.other, seen=claim.seen, **how))


ACTS: dict[str, Callable[[Walk, int], object]] = {
    "read": reads(lambda which: COPY.replace("12 people", f"{which} people")),
    "read the same": reads(lambda which: COPY),
    "kill": killed,
    "suggest": on_a_claim(suggested),
    "drop": dropped,
    "link": on_a_claim(
        lambda walk, claim: linking.link_claim(claim=claim, event=walk.event, by=walk.by, seen=claim.seen)
    ),
    "reject": on_a_claim(
        lambda walk, claim: linking.reject_link(claim=claim, event=walk.event, by=walk.by, seen=claim.seen)
    ),
    "corroborate": on_a_claim(ruled("corroborated")),
    "dispute": on_a_claim(ruled("disputed")),
    "sign off": on(verdicts.sign_off),
    "send back": on(verdicts.send_back, reason="Call again."),
    "reopen": on(verdicts.reopen, reason="A new list."),
    "withdraw": on(verdicts.withdraw, reason="Wrong quay."),
    "keep": on(verdicts.keep, reason="It holds."),
    "hold": on(verdicts.set_aside, act=Act.HOLD, reason="No list yet."),
    "dismiss": on(verdicts.set_aside, act=Act.DISMISS, reason="A forecast."),
    "say": said,
    "unsay": unsaid,
    "best": best,
    "no best": no_best,
}

# A verdict on the first claim, its ground corrected and killed, kept, sent back, signed and withdrawn in between.
STORY = [
    *(("link", 3), ("dispute", 3), ("read", 6), ("keep", 4), ("corroborate", 4), ("send back", 4), ("corroborate", 4)),
    *(
        ("sign off", 4),
        ("kill", 2),
        ("reopen", 4),
        ("dispute", 4),
        ("withdraw", 4),
        ("say", 2),
        ("unsay", 1),
        ("best", 9),
    ),
    *(("no best", 1), ("suggest", 1), ("drop", 1), ("hold", 1), ("reopen", 1), ("dismiss", 1), ("read the same", 6)),
]


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, 40)), min_size=6, max_size=12))
@example(STORY)
@examples(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
def test_every_moment_is_read_as_it_was(settings: Any, acts: list[tuple[str, int]]) -> None:
    settings.EXTRACTOR = ENGINE
    walk = Walk(UserFactory(role=Role.CHIEF), UserFactory(role=Role.CHIEF))
    before = timezone.now()
    for name in ("read", "link"):
        walk.step(ACTS[name], 2)
    for name, which in acts:
        walk.step(ACTS[name], which)
    assert snapshot(walk, before) == ([], [[], [], []], ([], []), {}, [])
    for at, was in walk.told:
        assert snapshot(walk, at) == was
    assert snapshot(walk, timezone.now()) == snapshot(walk, None)

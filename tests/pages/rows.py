"""Rows that the tests of several pages need."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ArticleVersion, Claim, Event
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    PlaceFactory,
    SpeakerFactory,
    VerdictFactory,
)

SENTENCE = "Crew number {0} counted {0} crates on the quay."


def long_version(sentences: int) -> ArticleVersion:
    text = "\n\n".join(SENTENCE.format(number) for number in range(1, sentences + 1))
    return ArticleVersionFactory(headline="", headline_end=0, text=text)


def full_claim(version: ArticleVersion, number: int, event: Event | None = None) -> Claim:
    """A claim with everything that a page may show of one: speaker, place, figure, links of both kinds, verdict."""
    claim = ClaimFactory(version=version, text=SENTENCE.format(number), speaker=SpeakerFactory())
    place = PlaceFactory()
    claim.places.add(place)
    FigureFactory(claim=claim, place=place)
    VerdictFactory(claim=claim)
    LinkFactory(claim=claim, event=event or EventFactory(), state="confirmed", by=claim.verdict.author)
    LinkFactory(claim=claim)
    return claim


def queries(browser: Client, url: str) -> int:
    """How many questions to the database the page asks."""
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(url).status_code == 200
    return len(caught)


def form(claim: Claim, **fields: object) -> dict[str, object]:
    """What the page of ``claim`` sends as it stands now, with ``fields``."""
    claim.refresh_from_db()
    return {"seen": claim.seen} | fields

"""Copy on one happening by several outlets, for tests: a small real engine that knows the towns and days of its copy,
and the desk's own pipeline to read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from claims.extraction.types import Anchor, Candidate, Context, Extraction, Mode, Polarity
from claims.models import Article, ArticleVersion, Claim, Event, Link, Outlet
from tests.claims import stories
from tests.factories import PUBLISHED, ArticleFactory, ArticleVersionFactory, OutletFactory

ENGINE = f"{__name__}.engine"
SENTENCE = re.compile(r"[^.\n]+\.")
DAY = re.compile(r"\b(\d{1,2}) May\b")
TOWN = re.compile(r"\b(Bergen|Ghent|Odense|Turku)\b")
YEAR = PUBLISHED.year

FIRE = "Ferry burns at Bergen quay"
BERGEN = {
    "first": f"{FIRE}\n\nA blaze on the ferry Solveig Lien killed 4 people at Bergen on 4 May. Flames took the car"
    " deck of the Solveig Lien at Skolten quay.\n\n“We heard the bulkhead go,” deckhand Oskar Myhre said.",
    "second": "Four die as Solveig Lien burns\n\nFour people died when a blaze swept the ferry Solveig Lien at Bergen"
    " on 4 May. Deckhand Oskar Myhre jumped from the car deck at Skolten quay.",
    "third": "Skolten quay stays shut after ferry blaze\n\nSkolten quay in Bergen stays shut since the ferry Solveig"
    " Lien caught a blaze on 4 May. Oskar Myhre, a deckhand, is in hospital.",
}
GHENT = (
    "Ghent council votes on tram levy\n\nThe council of Ghent voted 21 to 14 on 6 May for a levy on tram fares."
    " Alderman Bram Declercq called the tram levy overdue."
)


def engine(text: str, context: Context) -> Extraction:
    spans = [(found.start() + len(found[0]) - len(found[0].lstrip()), found.end())
             for found in SENTENCE.finditer(text, context.headline_end)]  # fmt: skip
    return Extraction(tuple(candidate(text, start, end) for start, end in spans), (), (), "tellings 1")


def candidate(text: str, start: int, end: int) -> Candidate:
    words = text[start:end]
    day = DAY.search(words)
    on = date(YEAR, 5, int(day[1])) if day else None
    towns = tuple(dict.fromkeys(TOWN.findall(words)))
    return Candidate(
        Anchor(start, end, words), None, (), None, Mode.OUTLET, Polarity.ASSERTED, (), towns, on, on, (), 0.7, ()
    )  # fmt: skip


def waiting(outlet: str, text: str, hours: int = 0, **about: Any) -> ArticleVersion:
    """An article of ``outlet`` that waits to be read."""
    article = ArticleFactory(outlet=Outlet.objects.filter(name=outlet).first() or OutletFactory(name=outlet))
    return version_of(article, text, hours, **about)


def version_of(article: Article, text: str, hours: int = 0, **about: Any) -> ArticleVersion:
    headline = text.split("\n")[0]
    when = PUBLISHED + timedelta(hours=hours)
    return ArticleVersionFactory(
        article=article, headline=headline, headline_end=len(headline), text=text, work="waiting", published=when,
        version_created=when, **about
    )  # fmt: skip


def read(*versions: ArticleVersion) -> None:
    stories.read(*versions)


def told(events: Iterable[Event]) -> set[tuple[str, frozenset[str]]]:
    """Each event by its title, and the headlines of the articles whose claims are suggested or confirmed for it."""
    return {
        (event.title, frozenset(link.claim.version.headline for link in event.links.exclude(state="rejected")))
        for event in events
    }


def claim_of(words: str) -> Claim:
    return Claim.objects.get(text__contains=words, vanished=None)


def link(claim: Claim, event: Event) -> Link:
    return Link.objects.get(claim=claim, event=event)

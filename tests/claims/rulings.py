"""Claims of one event, told and ruled on, for tests of proposals and of what moves under verdicts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from claims import verdicts
from claims.models import Claim, Event, Link, Outlet, Speaker, Verdict
from claims.verdicts import Exhibit
from claims.weighing import Weighed, weigh
from tests.factories import (
    PUBLISHED,
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    FigureFactory,
    LinkFactory,
    OutletFactory,
    SpeakerFactory,
)

NOTED = Exhibit("for", note="Read in the register of the harbour office.")


def told(
    event: Event, speaker: str | None, low: int | None, *, outlet: str = "", hours: int = 0, **about: Any
) -> Claim:
    """A claim of ``event``, in an article of its own: ``speaker`` counts ``low`` killed. None is nobody, nothing."""
    name = outlet or f"Post {Claim.objects.count()}"
    house = Outlet.objects.filter(name=name).first() or OutletFactory(name=name)
    when = PUBLISHED + timedelta(hours=hours)
    version = about.pop("version", None) or ArticleVersionFactory(
        article=ArticleFactory(outlet=house), version_created=when
    )
    who = Speaker.objects.filter(name=speaker).first() or (SpeakerFactory(name=speaker) if speaker else None)
    state = about.pop("state", Link.State.CONFIRMED)
    high = about.pop("high", low)
    claim: Claim = ClaimFactory(version=version, speaker=who, **about)
    if low is not None:
        FigureFactory(claim=claim, low=Decimal(low), high=None if high is None else Decimal(high))
    LinkFactory(claim=claim, event=event, state=state)
    return claim


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def ruled(claim: Claim, by: User, rating: str = "corroborated", **more: Any) -> Verdict:
    claim = fresh(claim)
    given: dict[str, Any] = {"reason": "Read in the register.", "evidence": [NOTED], "seen": claim.seen}
    return verdicts.record_verdict(claim=claim, rating=rating, by=by, **(given | more))


def weighed(claim: Claim) -> Weighed:
    return weigh(fresh(claim))

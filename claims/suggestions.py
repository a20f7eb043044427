"""Which events a claim may speak of: candidates by place and day from the indexes, a score, and its reasons in
words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from claims.models import Claim, Event

PRODUCER = "link rules 1"
THRESHOLD = 0.45
MOST_PER_CLAIM = 5
MOST_CANDIDATES = 2_000
MOST_DAYS = 60
WORD = re.compile(r"[^\W\d_]{4,}")
COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after against been before city could from have into more near officials over people said says that "
        "their there they this three through under were what when which while will with would",
    )
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a claim or an event says of itself, ready to be compared."""

    places: frozenset[str]
    from_day: date | None
    to_day: date | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` is from 0 to 1."""

    score: float
    reasons: tuple[str, ...]


def compare(claim: Facts, event: Facts) -> Hit:
    """How well a claim fits an event. Days apart count against it: two strikes on one city a day apart are two
    events."""
    score, reasons = 0.0, []
    if shared := claim.places & event.places:
        score += 0.4
        reasons.append(f"same place: {', '.join(sorted(shared))}")
    elif claim.places and event.places:
        score -= 0.2
    if claim.from_day and claim.to_day and event.from_day and event.to_day:
        if claim.from_day <= event.to_day and event.from_day <= claim.to_day:
            score += 0.35
            reasons.append(f"same day: {max(claim.from_day, event.from_day):%-d %B %Y}")
        else:
            score -= 0.35
    if alike := claim.words & event.words:
        score += min(0.25, 0.1 * len(alike))
        reasons.append(f"same words: {', '.join(sorted(alike)[:5])}")
    return Hit(round(max(0.0, min(1.0, score)), 3), tuple(reasons))


def for_claims(claims: Sequence[Claim]) -> dict[tuple[int, int], Hit]:
    """(claim id, event id) → hit, for the best few events of each claim. Three queries, however many claims."""
    facts = {claim.pk: _facts(claim, claim.text) for claim in claims if claim.pk}
    hits: dict[tuple[int, int], Hit] = {}
    events = {event.pk: _facts(event, f"{event.title} {event.kind}") for event in _near(facts.values())}
    for claim_id, about in facts.items():
        scored = [(compare(about, event), event_id) for event_id, event in events.items()]
        best = sorted((s for s in scored if s[0].score >= THRESHOLD), key=lambda s: (-s[0].score, s[1]))
        hits |= {(claim_id, event_id): hit for hit, event_id in best[:MOST_PER_CLAIM]}
    return hits


def claims_near(event: Event) -> list[Claim]:
    """Claims nobody touched that share a place or a day with ``event``, the newest first."""
    where = Q(places__in=event.places.all())
    if event.from_day and event.to_day:
        where |= Q(from_day__lte=event.to_day, to_day__gte=event.from_day)
    ids = Claim.objects.standing().filter(where, touched=False).order_by("-pk").values_list("pk", flat=True).distinct()
    return list(Claim.objects.filter(pk__in=list(ids[:MOST_CANDIDATES])).prefetch_related("places"))


def _near(facts: Iterable[Facts]) -> list[Event]:
    known = list(facts)
    where = Q(places__name__in=set().union(*(about.places for about in known)))
    for first, last in sorted({(a.from_day, a.to_day) for a in known if a.from_day and a.to_day})[:MOST_DAYS]:
        where |= Q(from_day__lte=last, to_day__gte=first)
    ids = Event.objects.filter(where).order_by("-pk").values_list("pk", flat=True).distinct()[:MOST_CANDIDATES]
    return list(Event.objects.filter(pk__in=list(ids)).prefetch_related("places"))


def _facts(row: Claim | Event, words: str) -> Facts:
    places = frozenset(place.name for place in row.places.all())
    named = {word.lower() for place in places for word in WORD.findall(place)}
    told = {word.lower() for word in WORD.findall(words)}
    return Facts(places, row.from_day, row.to_day, frozenset(told - COMMON - named))

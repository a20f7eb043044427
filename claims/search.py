"""Finding events and claims by words.

Every word (at most eight are looked at) must occur, as a part of a word and in any case, in the row's own words or in
the name or a spelling of one of its places. The rows come in their model's order; callers paginate or cut them.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from claims.extraction.gazetteer import house_name
from claims.models import Claim, Event, Place, Speaker
from claims.names import fold
from claims.querysets import ArticleQuerySet, ClaimQuerySet, EventQuerySet, VersionQuerySet

MOST_WORDS = 8
MOST_RESULTS = 20


def split_words(words: str) -> list[str]:
    return words.replace("\x00", " ").split()[:MOST_WORDS]


def places_named(word: str) -> QuerySet[Place]:
    """Places whose name or one of whose spellings holds ``word``, or that it names in another spelling (R42).
    Spellings are stored as JSON, where a database may keep what is not ASCII escaped, and then compares it case by
    case."""
    where = Q(name__icontains=word) | Q(name=house_name(word))
    for form in dict.fromkeys((word, word.lower(), word.capitalize(), word.upper())):
        where |= Q(aliases__icontains=form) | Q(aliases__icontains=json.dumps(form)[1:-1]) | Q(name__contains=form)
    return Place.objects.filter(where)


def speakers_named(word: str) -> QuerySet[Speaker]:
    """Speakers of whose names one holds ``word``, with any marks: each with all that it was merged with (R42)."""
    return with_merged(Speaker.objects.filter(Q(name__icontains=word) | Q(key__contains=fold(word))))


def with_merged(rows: QuerySet[Speaker]) -> QuerySet[Speaker]:
    """``rows`` and the speakers that they were merged with."""
    heads = rows.order_by().annotate(head=Coalesce("merged_into", "pk")).values("head")
    return Speaker.objects.filter(Q(pk__in=heads) | Q(merged_into__in=heads))


def events_by_words(words: str, rows: EventQuerySet | None = None) -> EventQuerySet:
    """Events whose title, kind or places hold every one of ``words``."""
    found = Event.objects.all().standing() if rows is None else rows
    for word in split_words(words):
        at_place = Event.places.through._default_manager.filter(place__in=places_named(word)).values("event_id")
        found = found.filter(Q(title__icontains=word) | Q(kind__icontains=word) | Q(pk__in=at_place))
    return found


def events_beside(event: Event) -> EventQuerySet:
    """Other events that may be this one, or that its claims may be about: of one of its places, and one of its days
    where both have any."""
    rows = Event.objects.all().standing().exclude(pk=event.pk)
    if event.from_day and event.to_day:
        rows = rows.filter(Q(from_day__isnull=True) | Q(from_day__lte=event.to_day, to_day__gte=event.from_day))
    there = Event.places.through._default_manager.filter(place__in=event.places.all()).values("event_id")
    return rows.filter(pk__in=there)


def claims_by_words(words: str, rows: ClaimQuerySet | None = None) -> ClaimQuerySet:
    """Claims whose text, speaker or places hold every one of ``words``."""
    found = Claim.objects.standing() if rows is None else rows
    for word in split_words(words):
        found = found.filter(
            Q(text__icontains=word)
            | Q(speaker__in=speakers_named(word).values("pk"))
            | Q(pk__in=claims_at(places_named(word)))
        )
    return found


def claims_at(places: QuerySet[Place]) -> QuerySet[Any, dict[str, Any]]:
    """The ids of claims at ``places``, as a subquery."""
    return Claim.places.through._default_manager.filter(place__in=places).values("claim_id")


def articles_by_words(words: str, rows: ArticleQuerySet, versions: VersionQuerySet) -> ArticleQuerySet:
    """Articles of which one of ``versions`` holds every one of ``words`` in its headline or text."""
    for word in split_words(words):
        versions = versions.filter(Q(headline__icontains=word) | Q(text__icontains=word))
    return rows.filter(pk__in=versions.values("article_id")) if split_words(words) else rows

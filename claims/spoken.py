"""What speakers said, as the pages of speakers and programs are shown it: read through merges, within what one may
see (R42)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from claims.models import Claim, Link, Speaker
from claims.permissions import AnyUser, Verb, rights, visible_to
from claims.querysets import ClaimQuerySet
from claims.wording import WITHDRAWN
from claims.workflow import ClaimState, Rating, VerdictState


def visible_claims(user: AnyUser) -> ClaimQuerySet:
    return visible_to(user, Claim.objects.standing())


def by_speaker(claims: ClaimQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """``{"head", "number"}`` for each speaker that stands by itself and said some of ``claims``, under any of its
    names; those who said most first."""
    said = claims.filter(speaker__isnull=False).order_by()
    heads: QuerySet[Any, Any] = said.annotate(head=Coalesce("speaker__merged_into", "speaker")).values("head")
    counted: QuerySet[Any, Any] = heads.annotate(number=Count("pk")).order_by("-number", "head")
    return counted


def standing_speakers(claims: ClaimQuerySet) -> QuerySet[Any]:
    """Speakers that stand by themselves and said some of ``claims``, each with the number of these as
    ``claim_count``."""
    standing: QuerySet[Any] = who_said(claims).filter(merged_into__isnull=True)
    return standing


def who_said(claims: ClaimQuerySet) -> QuerySet[Any]:
    """Speakers that said some of ``claims``, themselves or under a name that was merged into theirs, each with the
    number of these as ``claim_count`` and with these names as ``visible_names``."""
    own = claims.filter(speaker=OuterRef("pk")).order_by()
    merged = claims.filter(speaker__merged_into=OuterRef("pk")).order_by()
    counts = [
        Coalesce(Subquery(rows.values(way).annotate(number=Count("pk")).values("number")), 0)
        for rows, way in ((own, "speaker"), (merged, "speaker__merged_into"))
    ]
    rows: QuerySet[Any] = Speaker.objects.filter(Exists(own) | Exists(merged))
    names = Prefetch("merged_names", Speaker.objects.filter(Exists(own)).order_by("name", "pk"), "visible_names")
    found: QuerySet[Any] = rows.annotate(claim_count=counts[0] + counts[1]).prefetch_related(names)
    return found


def with_ratings(rows: QuerySet[Any], claims: ClaimQuerySet) -> QuerySet[Any]:
    """With the number of ``claims`` that have a published verdict of each rating, under the name of the rating."""
    of_it = Q(speaker=OuterRef("pk")) | Q(speaker__merged_into=OuterRef("pk"))
    numbers: dict[str, Any] = {}
    for rating in Rating:
        ruled = claims.filter(of_it, verdict__published__rating=rating).order_by()
        # One group for all that is found, whichever of the names it came under.
        counted = ruled.values("verdict__published__rating").annotate(number=Count("pk")).values("number")
        numbers[rating.value] = Coalesce(Subquery(counted), 0)
    ruled_too: QuerySet[Any] = rows.annotate(**numbers)
    return ruled_too


def names_of(speaker: Speaker) -> QuerySet[Speaker]:
    """The rows of all spellings of a speaker, its own first."""
    head = speaker.merged_into_id or speaker.pk
    rows = Speaker.objects.filter(Q(pk=head) | Q(merged_into=head)).select_related("merged_into")
    return rows.order_by(F("merged_into").desc(nulls_first=True), "name", "pk")


def hidden_names(user: AnyUser, speakers: Iterable[int]) -> set[int]:
    """Those of ``speakers`` whose every claim is under embargo for ``user``, so that even the name would tell of it."""
    if Verb.EMBARGOED in rights(user):
        return set()
    said = Claim.objects.filter(speaker__in=set(speakers)).order_by()
    every, seen = (set(rows.values_list("speaker", flat=True).distinct()) for rows in (said, visible_to(user, said)))
    return {pk for pk in every - seen if pk is not None}


def in_shown_states(claims: ClaimQuerySet) -> QuerySet[Any]:
    """With ``shown``, which ``claims.wording.shown_state`` says of a row."""
    published = When(state=ClaimState.RULED, verdict__state=VerdictState.PUBLISHED, then=F("verdict__rating"))
    withdrawn = When(withdrawn_by__isnull=False, then=Value(WITHDRAWN))
    return claims.annotate(shown=Case(withdrawn, published, default=F("state")))


def by_event(claims: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the events that people linked them to, the last first, and with the id of that event as
    ``of_event``; then those of no event. Inside, the newest copy first."""
    links = Link.objects.filter(claim=OuterRef("pk"), state=Link.State.CONFIRMED)
    first = links.order_by(F("event__from_day").desc(nulls_last=True), "-event_id")
    found = claims.annotate(
        of_event=Subquery(first.values("event_id")[:1]), event_day=Subquery(first.values("event__from_day")[:1])
    )
    last = (F("event_day").desc(nulls_last=True), F("of_event").desc(nulls_last=True))
    ordered: QuerySet[Any] = found.order_by(*last, "-version__version_created", "version_id", "start", "pk")
    return ordered

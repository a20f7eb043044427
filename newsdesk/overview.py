"""What the desk page shows: what waits, what came last, what is in trouble. Every list is short and leads on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from claims.models import Article, ArticleVersion, Claim, Verdict
from claims.permissions import AnyUser, visible_to
from claims.querysets import ClaimQuerySet
from claims.workflow import ClaimState, Rating
from ingest.models import Delivery

SHORT = 6
SHORTER = 4
WAITING = (ClaimState.UNREVIEWED, ClaimState.IN_REVIEW, ClaimState.PENDING, ClaimState.AWAITING)
TROUBLE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Pile:
    """How many claims stand in one state, or under one rating."""

    state: str
    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Overview:
    waiting: list[Pile]
    ruled: list[Pile]
    articles: list[Article]
    verdicts: list[Verdict]
    awaiting: list[Claim]
    trouble: list[Delivery]
    on_the_way: int
    empty: bool


def of_the_desk(user: AnyUser) -> Overview:
    """What ``user`` may see of it. Read in a constant number of queries, however much the desk holds."""
    claims, versions = visible_to(user, Claim.objects.standing()), visible_to(user, ArticleVersion.objects.all())
    seen = visible_to(user, Article.objects.order_by("-created", "-pk"))
    newest = list(seen.values_list("pk", flat=True)[:SHORT])
    articles = list(Article.objects.with_current(versions).filter(pk__in=newest).order_by("-created", "-pk"))
    on_the_way = Delivery.objects.under_way().count()
    trouble = list(in_trouble()[:SHORTER])
    return Overview(
        waiting=waiting_piles(claims),
        ruled=ruled_piles(user),
        articles=articles,
        verdicts=list(
            visible_to(user, Verdict.objects.filter(claim__state=ClaimState.RULED))
            .select_related("claim__speaker__merged_into", "author")
            .order_by("-decided", "-pk")[:SHORT]
        ),
        awaiting=list(
            claims.filter(state=ClaimState.AWAITING)
            .select_related("verdict__author", "speaker__merged_into")
            .order_by("verdict__decided", "pk")[:SHORT]
        ),
        trouble=trouble,
        on_the_way=on_the_way,
        empty=not (articles or on_the_way or trouble),
    )


def waiting_piles(claims: ClaimQuerySet) -> list[Pile]:
    """What waits, that which lost its ground first; a claim without support waits for nobody."""
    supported = Q(withdrawn_by__isnull=True) | Q(state=ClaimState.AWAITING)
    lost = Count("pk", filter=Q(stale=True))
    counted = list(claims.order_by().values("state").annotate(count=Count("pk", filter=supported), lost=lost))
    counts = {row["state"]: row["count"] for row in counted}
    stale = sum(row["lost"] for row in counted)
    first = [Pile("stale", "stale verdicts", stale, "state=stale")] if stale else []
    return first + [Pile(state, state.label, counts.get(state, 0), f"state={state}") for state in WAITING]


def ruled_piles(user: AnyUser) -> list[Pile]:
    counted = visible_to(user, Verdict.objects.filter(claim__state=ClaimState.RULED)).order_by().values("rating")
    counts = {row["rating"]: row["count"] for row in counted.annotate(count=Count("pk"))}
    return [Pile(rating, rating.label, counts.get(rating, 0), f"rating={rating}") for rating in Rating]


def in_trouble() -> QuerySet[Delivery]:
    since = timezone.now() - timedelta(days=TROUBLE_DAYS)
    return Delivery.objects.in_trouble().filter(at__gte=since).for_rows().order_by("-pk")

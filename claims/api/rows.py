"""The rows behind each endpoint, with all that it shows, in a constant number of queries."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import Article, ArticleVersion, Claim, Event, Link, Verdict, VerdictEntry

CONFIRMED = Link.State.CONFIRMED
HEAVY = ("text", "furniture", "warnings", "moved")
OF_CLAIM = ("version", "orphaned_by", "withdrawn_by")


def verdicts() -> QuerySet[Verdict]:
    """The published faces. ``rulings`` are the entries that rule, the last first: a published one or what it signed."""
    ruled = VerdictEntry.objects.filter(act=VerdictEntry.Act.RECORDED).order_by("-number")
    return (
        Verdict.objects.published()
        .select_related(*(f"claim__{way}" for way in OF_CLAIM))
        .defer(*(f"claim__{way}__{name}" for way in OF_CLAIM for name in HEAVY))
        .prefetch_related(
            "claim__figures__place",
            "claim__places",
            Prefetch("claim__links", queryset=confirmed()),
            Prefetch("entries", queryset=ruled, to_attr="rulings"),
        )
    )


def claims() -> QuerySet[Claim]:
    return (
        Claim.objects.select_related(
            "version__article__outlet", "speaker__merged_into", "verdict__published", *OF_CLAIM
        )
        .defer(*(f"{way}__{name}" for way in OF_CLAIM for name in HEAVY))
        .prefetch_related("figures__place", "places", Prefetch("links", queryset=confirmed()))
    )


def events(visible: QuerySet[Link]) -> QuerySet[Event]:
    """``confirmed`` is the number of claims that a person linked, by ``visible`` links, without the withdrawn
    ones. What the machine alone proposes is no event yet; one that was merged into another has no claims of its own."""
    standing = visible.filter(event=OuterRef("pk"), state=CONFIRMED, claim__withdrawn_by__isnull=True)
    counted = standing.order_by().values("event")
    number = Subquery(counted.annotate(number=Count("pk")).values("number"))
    known = Event.objects.filter(proposed=False, dismissed__isnull=True).select_related("merged_into")
    return known.annotate(confirmed=Coalesce(number, 0)).prefetch_related("places")


def events_with_links(visible: QuerySet[Link]) -> QuerySet[Event]:
    links = visible.filter(state=CONFIRMED).select_related("claim__verdict").order_by("pk")
    return events(visible).prefetch_related(Prefetch("links", queryset=links, to_attr="confirmed_links"))


def articles(visible: QuerySet[ArticleVersion]) -> QuerySet[Article]:
    return with_versions(visible.defer(*HEAVY))


def articles_with_text(visible: QuerySet[ArticleVersion]) -> QuerySet[Article]:
    return with_versions(visible.defer("furniture"))


def changes() -> QuerySet[VerdictEntry]:
    """Of each verdict that is or was published, the last entry of its history: its number grows with every change.

    A verdict that nobody ever published has no row, but one that was withdrawn before anybody saw it has.
    """
    of_it = VerdictEntry.objects.filter(verdict=OuterRef("verdict"))
    return (
        VerdictEntry.objects.filter(~Exists(of_it.filter(number__gt=OuterRef("number"))))
        .filter(Q(verdict__published__isnull=False) | Exists(of_it.filter(act=VerdictEntry.Act.WITHDRAWN)))
        .annotate(public_id=F("verdict__public_id"))
        .order_by("pk")
    )


def confirmed() -> QuerySet[Link]:
    return Link.objects.filter(state=CONFIRMED).select_related("event").order_by("pk")


def with_versions(versions: QuerySet[ArticleVersion]) -> QuerySet[Article]:
    newest_first = versions.order_by("-version_created", "-pk")
    return Article.objects.select_related("outlet").prefetch_related(Prefetch("versions", queryset=newest_first))

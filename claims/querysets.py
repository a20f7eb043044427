"""Questions to the rows, in the words of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from claims.models import Article, ArticleVersion, Claim, Event, Link, ProposalOutcome, Reuse, Verdict
else:
    Article = ArticleVersion = Claim = Event = Link = ProposalOutcome = Reuse = Verdict = Any


KILLING = ("killed", "recalled")


def held_back(now: datetime | None = None) -> Q:
    """Versions that are under embargo now: without a time until a person lifts it, else until the time has passed."""
    return Q(status="embargoed") & (Q(embargo__isnull=True) | Q(embargo__gt=now or timezone.now()))


class ArticleQuerySet(models.QuerySet["Article"]):
    def with_current(self, versions: VersionQuerySet) -> ArticleQuerySet:
        """Each with its newest one of ``versions`` by version-created time (R18) as ``current_versions[0]``, and the
        counts of that version's claims. The counts are taken for the rows of a page alone, not for the whole desk."""
        claim: Any = versions.model._meta.get_field("claims").related_model
        newest = versions.filter(article=OuterRef("pk")).order_by("-version_created", "-pk")
        standing = claim._default_manager.filter(version=OuterRef("current_id"), vanished__isnull=True)
        return (
            self.select_related("outlet")
            .annotate(current_id=Subquery(newest.values("pk")[:1]))
            .annotate(
                claim_count=_count(standing),
                open_count=_count(standing.filter(state="unreviewed", withdrawn_by__isnull=True)),
            )
            .prefetch_related(
                Prefetch(
                    "versions",
                    queryset=versions.defer("text", "furniture", "moved").order_by("-version_created", "-pk"),
                    to_attr="current_versions",
                )
            )
        )


def _count(rows: models.QuerySet[Any]) -> Coalesce:
    each = rows.order_by().values("version").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(each), 0)


class VersionQuerySet(models.QuerySet["ArticleVersion"]):
    def to_extract(self, now: datetime) -> VersionQuerySet:
        """Those that wait, and those whose worker let its lease run out."""
        return self.filter(Q(work="waiting") | Q(work="extracting", lease_until__lt=now))

    def to_relate(self, now: datetime) -> VersionQuerySet:
        """Those that were read and whose copies nobody looks for yet, or whose worker let its hold run out."""
        return self.filter(Q(relate_until__isnull=True) | Q(relate_until__lt=now), work="done", related__isnull=True)

    def to_settle(self, now: datetime) -> VersionQuerySet:
        """Those whose embargo has passed since they were read: what they change in their story waits."""
        return self.filter(status="embargoed", embargo__lte=now, work="done", settled__isnull=True)

    def in_story_order(self) -> VersionQuerySet:
        """Oldest first, by the time of their making (R18)."""
        return self.order_by("version_created", "pk")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> ClaimQuerySet:
        """Those that the last extraction of their version still finds."""
        return self.filter(vanished__isnull=True)

    def for_cards(self) -> ClaimQuerySet:
        """With all that a card of a claim shows, in a constant number of queries."""
        link: Any = self.model._meta.get_field("links").related_model
        of_version = ("version__article__outlet", "orphaned_by", "withdrawn_by")
        return self.select_related(*of_version, "speaker__merged_into", "verdict__author").prefetch_related(
            "figures__place",
            "places",
            Prefetch("links", queryset=link._default_manager.live().select_related("event", "by")),
        )

    def in_queue_order(self) -> ClaimQuerySet:
        """Those whose verdict has lost its ground first (R19), then what is most worth checking."""
        return self.order_by("-stale", "-worth", "-pk")


class EventQuerySet(models.QuerySet["Event"]):
    def unmatched(self) -> EventQuerySet:
        """Those whose nearby claims wait to be looked through."""
        return self.filter(matched__isnull=True, merged_into__isnull=True)

    def standing(self) -> EventQuerySet:
        """Those that nobody dismissed, nor merged into another."""
        return self.filter(dismissed__isnull=True, merged_into__isnull=True)

    def to_weigh(self) -> EventQuerySet:
        """Those in which something changed since the verdicts of their claims were weighed."""
        return self.filter(changes__gt=F("weighed"))

    def with_counts(self, claims: models.QuerySet[Claim]) -> EventQuerySet:
        """How many of ``claims`` are linked and suggested; withdrawn ones do not count (R19)."""
        counted = Q(links__claim__in=claims.filter(withdrawn_by__isnull=True, vanished__isnull=True))
        return self.annotate(
            confirmed_count=Count("links", filter=counted & Q(links__state="confirmed"), distinct=True),
            suggested_count=Count("links", filter=counted & Q(links__state="suggested"), distinct=True),
        ).prefetch_related("places")


class LinkQuerySet(models.QuerySet["Link"]):
    def live(self) -> LinkQuerySet:
        """The confirmed and the suggested ones, of events that stand by themselves."""
        return self.filter(state__in=("confirmed", "suggested"), event__merged_into__isnull=True)


class OutcomeQuerySet(models.QuerySet["ProposalOutcome"]):
    def inside(self, since: datetime | None, until: datetime | None) -> OutcomeQuerySet:
        """Those decided from ``since`` on and before ``until``; None is no bound."""
        rows = self.filter(at__gte=since) if since else self
        return rows.filter(at__lt=until) if until else rows


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> VerdictQuerySet:
        """Those that the world may read, as they were published."""
        return self.filter(published__isnull=False).select_related(
            "published", "claim__version__article__outlet", "claim__speaker__merged_into"
        )


class ReuseQuerySet(models.QuerySet["Reuse"]):
    def of(self, *versions: int) -> ReuseQuerySet:
        """The pairs with one of these versions in them."""
        return self.filter(Q(a__in=versions) | Q(b__in=versions))

    def between(self, versions: models.QuerySet[ArticleVersion]) -> ReuseQuerySet:
        """The pairs of which both are among ``versions``."""
        rows = versions.order_by()
        return self.filter(Exists(rows.filter(pk=OuterRef("a_id"))), Exists(rows.filter(pk=OuterRef("b_id"))))

    def with_both(self) -> ReuseQuerySet:
        """With both versions, their articles and outlets, without their texts, and who spoke of the pair."""
        heavy = ("text", "furniture", "moved", "warnings")
        return self.select_related("a__article__outlet", "b__article__outlet", "by").defer(
            *(f"{side}__{name}" for side in "ab" for name in heavy)
        )

    def derived(self) -> ReuseQuerySet:
        return self.exclude(label="not")

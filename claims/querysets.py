"""Questions to the rows, in the words of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from claims.models import Article, ArticleVersion, Claim, Event, Link, Verdict
else:
    Article = ArticleVersion = Claim = Event = Link = Verdict = Any


class ArticleQuerySet(models.QuerySet["Article"]):
    def with_current(self) -> ArticleQuerySet:
        """Each with its newest version by version-created time (R18) as ``current_versions[0]``, and the counts of that
        version's claims. The counts are taken for the rows of a page alone, not for the whole desk."""
        version: Any = self.model._meta.get_field("versions").related_model
        claim: Any = version._meta.get_field("claims").related_model
        newest = version._default_manager.filter(article=OuterRef("pk")).order_by("-version_created", "-pk")
        standing = claim._default_manager.filter(version=OuterRef("current_id"), vanished__isnull=True)
        return (
            self.select_related("outlet")
            .annotate(current_id=Subquery(newest.values("pk")[:1]))
            .annotate(claim_count=_count(standing), open_count=_count(standing.filter(state="unreviewed")))
            .prefetch_related(
                Prefetch(
                    "versions",
                    queryset=version._default_manager.defer("text", "furniture").order_by("-version_created", "-pk"),
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


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> ClaimQuerySet:
        """Those that the last extraction of their version still finds."""
        return self.filter(vanished__isnull=True)

    def for_cards(self) -> ClaimQuerySet:
        """With all that a card of a claim shows, in a constant number of queries."""
        link = self.model._meta.get_field("links").related_model
        return self.select_related("version__article__outlet", "speaker", "verdict__author").prefetch_related(
            "figures__place",
            "places",
            Prefetch("links", queryset=link._default_manager.select_related("event", "by").exclude(state="rejected")),
        )

    def in_queue_order(self) -> ClaimQuerySet:
        return self.order_by("-worth", "-pk")


class EventQuerySet(models.QuerySet["Event"]):
    def with_counts(self) -> EventQuerySet:
        return self.annotate(
            confirmed_count=Count("links", filter=Q(links__state="confirmed"), distinct=True),
            suggested_count=Count("links", filter=Q(links__state="suggested"), distinct=True),
        ).prefetch_related("places")


class LinkQuerySet(models.QuerySet["Link"]):
    def live(self) -> LinkQuerySet:
        return self.exclude(state="rejected")


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> VerdictQuerySet:
        """Those that the world may read, as they were published."""
        return self.filter(published__isnull=False).select_related(
            "published", "claim__version__article__outlet", "claim__speaker"
        )

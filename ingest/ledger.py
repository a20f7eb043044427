"""What the ledger lists, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from claims.models import ArticleVersion
from claims.permissions import AnyUser, Verb, rights, visible_to
from ingest.models import Delivery, DeliveryQuerySet


def listed(asked: Mapping[str, str], user: AnyUser) -> QuerySet[Delivery]:
    """The deliveries of a stage, a route, and with these words, the newest first and the parts of a file in order."""
    rows = of_stage(asked["stage"])
    if asked["route"]:
        rows = rows.filter(batch__route=asked["route"])
    if asked["q"]:
        rows = rows.filter(with_words(asked["q"], user))
    return rows.for_rows(newest=True)


def of_stage(stage: str) -> DeliveryQuerySet:
    rows = Delivery.objects.all()
    if stage == "under_way":
        return rows.under_way()
    if stage == "trouble":
        return rows.in_trouble()
    return rows.filter(state=stage) if stage else rows


def with_words(words: str, user: AnyUser) -> Q:
    """Headlines are looked through only where ``user`` may read them."""
    headline = Q(version__headline__icontains=words) | Q(version__slug__icontains=words)
    if Verb.EMBARGOED not in rights(user):
        headline &= Q(version__in=visible_to(user, ArticleVersion.objects.all()).values("pk"))
    return (
        headline
        | Q(filename__icontains=words)
        | Q(reason__icontains=words)
        | Q(batch__outlet_name__icontains=words)
        | Q(batch__origin__icontains=words)
        | Q(version__article__outlet__name__icontains=words)
    )


def mark_hidden(rows: Iterable[Delivery], user: AnyUser) -> list[Delivery]:
    """Set ``hidden`` on each: whether its version, or the one that it repeats, may not be seen by ``user``."""
    shown = list(rows)
    told = ArticleVersion.objects.filter(pk__in={pk for row in shown for pk in versions_told(row)})
    seen = set(visible_to(user, told).values_list("pk", flat=True))
    for row in shown:
        row.hidden = any(pk not in seen for pk in versions_told(row))
    return shown


def versions_told(row: Delivery) -> set[int]:
    """The versions whose headline a row shows."""
    first = row.duplicate_of.version_id if row.duplicate_of is not None else None
    return {pk for pk in (row.version_id, row.same_as_id, first) if pk is not None}


def may_see(row: Delivery, user: AnyUser) -> bool:
    return not mark_hidden([row], user)[0].hidden

"""The queue of claims, and what stands before and behind one claim in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.access import needs
from claims.forms import QueueFilter
from claims.models import Claim
from claims.permissions import Verb, visible_to
from claims.querysets import ClaimQuerySet
from claims.views.lists import page_of

BEFORE, BEHIND = 3, 12


@require_safe
@needs(Verb.READ)
def claims(request: HttpRequest) -> HttpResponseBase:
    filters = QueueFilter(request.GET)
    page = page_of(request, filters.apply(visible_to(request.user, Claim.objects.all())).values_list("pk", flat=True))
    page.object_list = whole_rows(list(page.object_list))
    context = {"filters": filters, "page": page, "query": filters.query}
    template = "claims/queue.html#results" if in_place(request, "results") else "claims/queue.html"
    response = render(request, template, context)
    response.headers["Vary"] = "HX-Request"
    return response


def whole_rows(keys: Sequence[int]) -> list[Claim]:
    """The claims with these keys, in their order, with all that a row shows: a page deep in the queue is found by its
    keys
    alone, and only its own rows are read."""
    rows = Claim.objects.for_cards().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def in_place(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks only for the part of the page that it will put into ``target``."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and htmx.target == target


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The claims around one claim in the queue that the address names; nearest first on both sides."""

    filters: QueueFilter
    before: Sequence[Claim]
    behind: Sequence[Claim]

    @property
    def previous(self) -> Claim | None:
        return self.before[0] if self.before else None

    @property
    def next(self) -> Claim | None:
        return self.behind[0] if self.behind else None

    @property
    def query(self) -> str:
        return self.filters.query


def neighbours(query: QueryDict, claim: Claim, among: ClaimQuerySet | None = None) -> Neighbours:
    """What is around ``claim`` (of ``among``), whether or not it still passes the filter itself. Two queries."""
    filters = QueueFilter(query)
    rows = filters.apply(Claim.objects.all() if among is None else among).exclude(pk=claim.pk)
    rows = rows.select_related("speaker__merged_into", "version__article__outlet", "verdict")
    place = place_of(claim, filters.order_by)
    behind = rows.filter(beyond(place, filters.order_by, forward=True))[:BEHIND]
    back = rows.filter(beyond(place, filters.order_by, forward=False)).reverse()[:BEFORE]
    return Neighbours(filters, list(back), list(behind))


def place_of(claim: Claim, order: Sequence[str]) -> list[object]:
    """The values of ``claim`` that its place in the order depends on."""
    names = [name.lstrip("-").replace("pk", "id") for name in order]
    found: QuerySet[Claim, tuple[object, ...]] = Claim.objects.filter(pk=claim.pk).values_list(*map(F, names))
    return list(found[0])


def beyond(place: Sequence[object], order: Sequence[str], *, forward: bool) -> Q:
    """The rows behind (or before) ``place`` in ``order``: on the first key that differs they come later. The bound on
    the
    first key says nothing new to a reader, but lets the database enter its index there."""
    where = Q()
    for depth, name in enumerate(order):
        descending = name.startswith("-")
        step = "gt" if descending != forward else "lt"
        equal = {each.lstrip("-"): place[at] for at, each in enumerate(order[:depth])}
        where |= Q(**equal, **{f"{name.lstrip('-')}__{step}": place[depth]})
    first = "gte" if order[0].startswith("-") != forward else "lte"
    return where & Q(**{f"{order[0].lstrip('-')}__{first}": place[0]})

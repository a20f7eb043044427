"""The outlets of the desk: the list, one of them, its changes, and the merging of two."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.access import needs
from claims.errors import ActError, Incomplete, Stale
from claims.models import Article, Outlet, OutletMerge
from claims.outlet_merging import merge_outlets, preview_of, undo_merge
from claims.outlets import change_outlet, create_outlet, standing
from claims.permissions import Verb, may
from claims.views.answers import complain, see_other, seen_by
from claims.views.lists import page_of
from claims.views.outlet_forms import MergeForm, OutletFilter, OutletForm, as_typed, offered
from claims.views.queue import in_place

MOST_MERGES = 20
MOST_NAMES = 50


@require_safe
@needs(Verb.READ)
def outlets(request: HttpRequest) -> HttpResponseBase:
    filters = OutletFilter(request.GET)
    each = Article.objects.filter(outlet=OuterRef("pk")).order_by().values("outlet").annotate(number=Count("pk"))
    rows = filters.apply(Outlet.objects.standing()).select_related("parent")
    page = page_of(request, rows.annotate(article_count=Coalesce(Subquery(each.values("number")), 0)).order_by("name"))
    template = "claims/outlets.html#results" if in_place(request, "results") else "claims/outlets.html"
    response = render(request, template, {"filters": filters, "page": page})
    response.headers["Vary"] = "HX-Request"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.MANAGE)
def new_outlet(request: HttpRequest) -> HttpResponseBase:
    form = OutletForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = create_outlet(draft=form.draft(), by=cast(User, request.user))
            except ActError as error:
                status = complain(form, error)
            else:
                messages.success(request, f"{made} is an outlet now.")
                return see_other(made)
    return render(request, "claims/outlet_new.html", {"form": form, "outlets": offered()}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.READ)
def outlet(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(Outlet.objects.select_related("parent", "merged_into"), pk=pk)
    if request.method != "POST":
        return show(request, row, OutletForm(initial=as_typed(row)))
    if not may(request.user, Verb.MANAGE):
        raise PermissionDenied(f"{request.user.get_username()} may not change outlets.")
    form = OutletForm(request.POST)
    if not form.is_valid():
        return show(request, row, form, status=422)
    try:
        change_outlet(outlet=row, draft=form.draft(), by=cast(User, request.user), seen=seen_by(request))
    except ActError as error:
        status = complain(form, error)
        fresh = Outlet.objects.select_related("parent", "merged_into").get(pk=pk)
        return show(request, fresh, form, status=status)
    messages.success(request, "The outlet is changed.")
    return see_other(row)


def show(request: HttpRequest, row: Outlet, form: OutletForm, status: int = 200) -> HttpResponse:
    merges = OutletMerge.objects.filter(kept=row).select_related("merged", "by", "undone_by")
    context = {
        "outlet": row,
        "into": standing(row) if row.merged_into_id else None,
        "form": form,
        "outlets": offered(),
        "articles": row.articles.count(),
        "relations": [
            ("Carries copy of", row.carries.filter(merged_into__isnull=True)[:MOST_NAMES]),
            ("Its copy is carried by", row.carried_by.filter(merged_into__isnull=True)[:MOST_NAMES]),
            ("Houses under it", row.houses.filter(merged_into__isnull=True)[:MOST_NAMES]),
        ],
        "merges": merges[:MOST_MERGES],
    }
    return render(request, "claims/outlet.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.MANAGE)
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """First which outlet stays, then what would move, then the merge."""
    row = get_object_or_404(Outlet.objects.standing(), pk=pk)
    form = MergeForm(request.POST or request.GET or None)
    status, into = 200, None
    if form.is_bound:
        into = form.cleaned_data["into"] if form.is_valid() else None
        status = 422 if into is None and request.method == "POST" else 200
    if into is not None and into.pk == row.pk:
        form.add_error("into", "Choose another outlet: this is the same one.")
        status, into = (422 if request.method == "POST" else 200), None
    if into is not None and request.method == "POST":
        try:
            merge_outlets(outlet=row, into=into, by=cast(User, request.user), seen=seen_by(request))
        except ActError as error:
            status = complain(form, error)
            row.refresh_from_db()
        else:
            messages.success(request, f"{row} is a name of {into} now. The merge can be undone on this page.")
            return see_other(into)
    preview = preview_of(row, into) if into is not None else None
    context = {"outlet": row, "into": into, "form": form, "preview": preview, "outlets": offered()}
    return render(request, "claims/outlet_merge.html", context, status=status)


@require_POST
@needs(Verb.MANAGE)
def part(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Undo a merge; what cannot be undone is said on the page of the outlet that was kept."""
    row = get_object_or_404(OutletMerge.objects.select_related("kept", "merged"), pk=pk)
    try:
        undo_merge(merge=row, by=cast(User, request.user))
    except (Incomplete, Stale) as error:
        messages.error(request, str(error))
        return see_other(row.kept)
    messages.success(request, f"{row.merged} stands by itself again, with all that came from it.")
    return see_other(row.merged)

"""The pages of the routes by which copy comes of itself: feeds, and how the folder and the mail drop stand."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.access import Page, needs
from claims.errors import ActError, Stale
from claims.permissions import Verb, may
from claims.views.answers import complain, see_other, seen_by
from ingest.forms import known_outlets
from ingest.models import Batch
from ingest.route_forms import FeedForm, as_typed
from ingest.route_models import Feed, Pickup
from ingest.routes import acts

MOST_BATCHES = 15
MOST_TROUBLES = 10


@dataclass(frozen=True, slots=True)
class Place:
    """The watched folder or the mail drop: where it is, what is wrong with it as a whole, what lies there."""

    words: str
    path: Path | None
    wrong: str
    waiting: int
    troubles: list[Pickup]


def place(words: str, path: Path | None, route: Pickup.Route, needed: str) -> Place:
    rows = Pickup.objects.filter(route=route)
    wrong = ""
    if path is not None and not (path / needed).is_dir():
        wrong = "This folder does not exist, or cannot be opened."
    elif path is not None and not os.access(path / needed, os.R_OK | os.W_OK | os.X_OK):
        wrong = "The desk may not write there, so that it cannot move away what it took."
    return Place(words, path, wrong, rows.count(), list(rows.exclude(trouble="")[:MOST_TROUBLES]))


def with_outlet() -> QuerySet[Feed]:
    return Feed.objects.select_related("outlet", "by")


@require_safe
@needs(Verb.READ)
def feeds(request: HttpRequest) -> HttpResponseBase:
    rows = with_outlet().order_by("name", "pk")
    context = {
        "page": Paginator(rows, settings.PAGE_SIZE).get_page(request.GET.get("page")),
        "places": [
            place("Watched folder", settings.WATCH_FOLDER, Pickup.Route.FOLDER, ""),
            place("Mail drop", settings.MAILDIR, Pickup.Route.MAIL, "new"),
        ],
    }
    return render(request, "ingest/feeds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.MANAGE)
def new_feed(request: HttpRequest) -> HttpResponseBase:
    form = FeedForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = acts.add_feed(draft=form.draft(), by=cast(User, request.user))
            except ActError as error:
                status = complain(form, error)
            else:
                messages.success(request, "The feed is added, and is being asked for the first time.")
                return see_other(made)
    return render(request, "ingest/feed_new.html", {"form": form, "outlets": known_outlets()}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.READ)
def feed(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(with_outlet(), pk=pk)
    if request.method != "POST":
        return show(request, row, FeedForm(initial=as_typed(row)))
    if not may(request.user, Verb.MANAGE):
        raise PermissionDenied(f"{request.user.get_username()} may not change feeds.")
    form = FeedForm(request.POST)
    if not form.is_valid():
        return show(request, row, form, status=422)
    try:
        acts.change_feed(feed=row, draft=form.draft(), by=cast(User, request.user), seen=seen_by(request))
    except ActError as error:
        status = complain(form, error)
        return show(request, with_outlet().get(pk=pk), form, status=status)
    messages.success(request, "The feed is changed.")
    return see_other(row)


def show(request: HttpRequest, row: Feed, form: FeedForm, status: int = 200) -> HttpResponse:
    lately = row.entries.filter(batch__isnull=False).values("batch").annotate(count=Count("pk"), last=Max("taken"))
    counts = {found["batch"]: found["count"] for found in lately.order_by("-last")[:MOST_BATCHES]}
    batches = Batch.objects.in_bulk(list(counts))
    context = {
        "feed": row,
        "form": form,
        "outlets": known_outlets(),
        "batches": [(batches[pk], count) for pk, count in counts.items() if pk in batches],
    }
    return render(request, "ingest/feed.html", context, status=status)


def acting(act: Callable[[Feed, User, int], str]) -> Page:
    """A page that does one thing to a feed and goes back to it; what is refused is said there."""

    @require_POST
    @needs(Verb.MANAGE)
    def page(request: HttpRequest, pk: int) -> HttpResponseBase:
        row = get_object_or_404(Feed, pk=pk)
        try:
            words = act(row, cast(User, request.user), seen_by(request))
        except Stale as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words)
        return see_other(row)

    return page


@acting
def pause(row: Feed, by: User, seen: int) -> str:
    acts.pause(feed=row, by=by, seen=seen)
    return "The feed is paused. Nothing is asked of it until somebody resumes it."


@acting
def resume(row: Feed, by: User, seen: int) -> str:
    acts.resume(feed=row, by=by, seen=seen)
    return "The feed is asked again, beginning now."


@acting
def poll_now(row: Feed, by: User, seen: int) -> str:
    acts.poll_now(feed=row, by=by)
    return "The feed is being asked. Reload this page in a moment."

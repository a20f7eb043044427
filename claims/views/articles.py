"""The articles that were loaded, and one of them with its versions and with its claims marked in its copy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from claims import embargo
from claims.access import needs
from claims.errors import Incomplete, Stale
from claims.forms import ArticleFilter
from claims.models import Article, ArticleVersion, Claim
from claims.permissions import Verb, visible_to
from claims.querysets import VersionQuerySet
from claims.tasks import settle_version
from claims.views.copies import copies_of
from claims.views.copy import marked_copy
from claims.views.lists import page_of
from claims.views.queue import in_place
from claims.views.standing import Standing, embargoed, killed
from claims.views.versions import MOST_VERSIONS, claims_in, comparison, current, moves_of, numbered

MOST_CLAIMS = 500


@require_safe
@needs(Verb.READ)
def articles(request: HttpRequest) -> HttpResponseBase:
    filters = ArticleFilter(request.GET)
    versions = visible_to(request.user, ArticleVersion.objects.all())
    rows = visible_to(request.user, Article.objects.all()).with_current(versions)
    page = page_of(request, filters.apply(rows, versions).order_by("-created", "-pk"))
    template = "claims/articles.html#results" if in_place(request, "results") else "claims/articles.html"
    response = render(request, template, {"filters": filters, "page": page})
    response.headers["Vary"] = "HX-Request"
    return response


@require_safe
@needs(Verb.READ)
def article(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One version of an article: the one that the address names, else the newest copy; with ``from`` and ``to`` also
    how two versions differ."""
    row = get_object_or_404(visible_to(request.user, Article.objects.select_related("outlet")), pk=pk)
    versions = visible_to(request.user, ArticleVersion.objects.filter(article=row))
    asked = request.GET.get("version", "")
    version = numbered(versions, asked) if asked else current(versions)
    listed = list(versions.defer("text", "furniture", "moved")[:MOST_VERSIONS])
    moves = moves_of(version, visible_to(request.user, Claim.objects.all()))
    found = comparison(request, versions)
    context = {
        "article": row,
        "versions": listed,
        "standing": standing_of(version, versions),
        "moves": [move for move in moves if move.kind != "kept"],
        "kept": [move for move in moves if move.kind == "kept"],
        "comparison": found,
        "copies": copies_of(request.user, version),
        "compared": (found.old, found.new) if found else two_to_compare(version, listed),
    }
    return render(request, "claims/article.html", context | shown(version))


def two_to_compare(version: ArticleVersion, listed: Sequence[ArticleVersion]) -> tuple[ArticleVersion, ArticleVersion]:
    """The two that the form offers first: the copy before the version and itself; of the first one, itself and the
    newest."""
    earlier = [each for each in listed if each.place < version.place and not each.ends_story]
    return (earlier[0], version) if earlier else (version, listed[0])


def standing_of(version: ArticleVersion, versions: VersionQuerySet) -> list[Standing]:
    """Banners: a kill that came behind this version, or is it; an embargo."""
    kills = versions.filter(status__in=("killed", "recalled"), version_created__gte=version.version_created)
    found = [killed(kill) for kill in kills.defer("text") if kill.place >= version.place][:1]
    return found + ([embargoed(version)] if version.held_back else [])


def shown(version: ArticleVersion) -> dict[str, Any]:
    claims = claims_in(version, MOST_CLAIMS)
    cut = len(claims) > MOST_CLAIMS
    claims = claims[:MOST_CLAIMS]
    return {
        "version": version,
        "claims": claims,
        "cut": cut,
        "copy": marked_copy(version, claims),
        "furniture": [(kind.replace("_", " "), words) for kind, words in version.furniture],
    }


@require_POST
@needs(Verb.EMBARGOED)
def lift_embargo(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Lift an embargo that has no time of its own, and go back to the version."""
    version = get_object_or_404(ArticleVersion, article=pk, number=number)
    try:
        embargo.lift(version=version, by=cast(User, request.user))
    except (Stale, Incomplete) as error:
        messages.warning(request, str(error))
    else:
        transaction.on_commit(partial(settle_version.delay, version.pk), robust=True)
        messages.success(request, "The embargo is lifted. Everybody on the desk sees this version now.")
    return HttpResponse(status=303, headers={"Location": f"{version.article.get_absolute_url()}?version={number}"})

"""The articles that were loaded, and one of them with its claims marked in its copy."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.access import needs
from claims.forms import ArticleFilter
from claims.models import Article, ArticleVersion
from claims.permissions import Verb
from claims.views.copy import marked_copy
from claims.views.lists import page_of
from claims.views.queue import in_place

MOST_CLAIMS = 500


@require_safe
@needs(Verb.READ)
def articles(request: HttpRequest) -> HttpResponseBase:
    filters = ArticleFilter(request.GET)
    page = page_of(request, filters.apply(Article.objects.with_current()).order_by("-created", "-pk"))
    template = "claims/articles.html#results" if in_place(request, "results") else "claims/articles.html"
    response = render(request, template, {"filters": filters, "page": page})
    response.headers["Vary"] = "HX-Request"
    return response


@require_safe
@needs(Verb.READ)
def article(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    versions = list(row.versions.defer("text", "furniture")[:50])
    version = version_asked(request, row)
    return render(request, "claims/article.html", {"article": row, "versions": versions} | shown(version))


def version_asked(request: HttpRequest, row: Article) -> ArticleVersion:
    """The version that the address names, else the current one (R18)."""
    asked = request.GET.get("version", "")
    versions = row.versions.all()
    if asked:
        versions = versions.filter(number=int(asked)) if asked.isdecimal() and len(asked) < 9 else versions.none()
    found = versions.first()
    if found is None:
        raise Http404("There is no such version of this article.")
    return found


def shown(version: ArticleVersion) -> dict[str, Any]:
    claims = list(version.claims.standing().for_cards()[: MOST_CLAIMS + 1])
    cut = len(claims) > MOST_CLAIMS
    claims = claims[:MOST_CLAIMS]
    return {
        "version": version,
        "claims": claims,
        "cut": cut,
        "copy": marked_copy(version, claims),
        "furniture": [(kind.replace("_", " "), words) for kind, words in version.furniture],
    }

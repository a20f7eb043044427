"""How often people agree with the ratings that the rules propose, rule by rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.access import needs
from claims.forms import AgreementFilter
from claims.models import ProposalOutcome
from claims.outcomes import agreement, totals
from claims.permissions import Verb, visible_to
from claims.views.lists import page_of
from claims.views.queue import in_place

WORDS = {
    "R13": "a newer word of the same source",
    "R14": "numbers of different sources in conflict",
    "R15": "numbers of one source in conflict",
    "R16": "a denial",
    "R17": "rival attributions, or a concession",
    "R24": "opposed parties that agree",
    "R28": "what contests it ranks below",
    "R32": "two independent sources agree",
    "R35": "nothing to verify it by, and the time to wait is over",
    "R39": "the copy says that it could not be verified",
}


@require_safe
@needs(Verb.READ)
def agreements(request: HttpRequest) -> HttpResponseBase:
    filters = AgreementFilter(request.GET)
    since, until = filters.window
    rows = ProposalOutcome.objects.inside(since, until).select_related("by", "claim__version")
    page = page_of(request, visible_to(request.user, rows).order_by("-at", "-pk"))
    context = {
        "filters": filters,
        "whole": totals(since, until),
        "rules": [(each, WORDS.get(each.rule, "")) for each in agreement(since, until)],
        "page": page,
    }
    template = "claims/agreement.html#results" if in_place(request, "results") else "claims/agreement.html"
    response = render(request, template, context)
    response.headers["Vary"] = "HX-Request"
    return response

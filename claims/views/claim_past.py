"""The page of a claim as it stood at a past moment: its words, events, ruling and history up to then (R38)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.errors import NotYet
from claims.models import Claim, LinkEntry
from claims.past import events_at, verdict_at
from claims.recalling import recall_claim
from claims.views.copy import context_of
from claims.views.history import history_of
from claims.views.moments import Asked
from claims.views.standing import standing_of
from claims.wording import verdict_of

PAGE = "claims/claim_past.html"


def claim_then(request: HttpRequest, claim: Claim, asked: Asked) -> HttpResponse:
    """``asked`` names the moment. 404 with the reason where the desk did not have the claim yet."""
    at = asked.at
    if at is None:
        raise ValueError("No moment is asked for.")
    history = history_of(claim, verdict_of(claim), at)
    try:
        recall_claim(claim, at)
    except NotYet as error:
        return render(request, PAGE, {"claim": claim, "asked": asked, "missing": str(error)}, status=error.status)
    links = [link for link in events_at(claim, at) if link.state != LinkEntry.State.REJECTED]
    context = {
        "claim": claim,
        "asked": asked,
        "copy": context_of(claim, alone=True),
        "standing": standing_of(claim),
        "links": links,
        "verdict": verdict_of(claim),
        "then": verdict_at(claim.pk, at),
        "history": history,
    }
    return render(request, PAGE, context)

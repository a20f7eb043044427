"""What a person does with a proposed rating, as forms send it (``claims.accepting``)."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from claims import accepting
from claims.access import needs
from claims.models import Claim
from claims.permissions import Verb
from claims.views.acts import moves_on, posted
from claims.views.claim import perform, typed_in


@needs(Verb.READ)
@posted
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, "accept")

    def act(claim: Claim, by: User, seen: int) -> str:
        shown = request.POST.get("proposal", "")
        verdict = accepting.accept(claim=claim, reason=typed.words, by=by, seen=seen, shown=shown)
        waits = verdict.state == verdict.State.AWAITING
        return f"Accepted: ruled {verdict.rating}{'; it waits for its second reader' if waits else ''}."

    return perform(request, pk, Verb.RULE, act, typed=typed, move_on=moves_on(request))


@needs(Verb.READ)
@posted
def dismiss(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, "dismiss-proposal")

    def act(claim: Claim, by: User, seen: int) -> str:
        shown = request.POST.get("proposal", "")
        accepting.dismiss(claim=claim, by=by, seen=seen, shown=shown, reason=typed.words)
        return "The proposal is dismissed. The claim stays as it is."

    return perform(request, pk, Verb.RULE, act, typed=typed)

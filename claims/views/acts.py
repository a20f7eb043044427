"""The acts on one claim, as forms send them. Each calls one function of ``claims.linking`` or ``claims.verdicts``."""

from __future__ import annotations

from functools import partial, wraps
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from claims import linking, verdicts
from claims.access import Page, needs
from claims.errors import Incomplete
from claims.forms import EventForm
from claims.linking import EventDraft
from claims.models import Claim, Event
from claims.permissions import Verb, visible_to
from claims.ruling_forms import Ruling
from claims.tasks import match_event
from claims.verdicts import Exhibit
from claims.views import panel
from claims.views.claim import IN_FORM, perform, seen_by, typed_in, whole
from claims.workflow import Act


def posted(act: Page) -> Page:
    """An act is posted. Who merely loads its address, as a reload after a refused form does, is shown the claim."""

    @wraps(act)
    def answered(request: HttpRequest, pk: int, **more: Any) -> HttpResponseBase:
        if request.method != "POST":
            return HttpResponse(status=303, headers={"Location": reverse("claim", args=[pk])})
        return act(request, pk, **more)

    return require_http_methods(["GET", "HEAD", "POST"])(answered)


@needs(Verb.READ)
@posted
def link(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(claim: Claim, by: User, seen: int) -> str:
        event = event_named(request)
        linking.link_claim(claim=claim, event=event, by=by, seen=seen)
        return f"Linked to “{event.title}”."

    return perform(request, pk, Verb.LINK, act, typed=typed_in(request, "link"))


@needs(Verb.READ)
@posted
def reject(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(claim: Claim, by: User, seen: int) -> str:
        event = event_named(request)
        linking.reject_link(claim=claim, event=event, by=by, seen=seen)
        return f"Not about “{event.title}”: it is not suggested again."

    return perform(request, pk, Verb.LINK, act, typed=typed_in(request, "reject"))


def event_named(request: HttpRequest) -> Event:
    found = Event.objects.filter(pk=whole(request.POST.get("event", ""))).first()
    if found is None:
        raise Incomplete("There is no such event. Search for one, or make a new one.", "event")
    return found


@needs(Verb.READ)
@posted
def new_event(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, "new-event")
    form = typed.event_form = EventForm(request.POST)

    def act(claim: Claim, by: User, seen: int) -> str:
        event = linking.link_claim_to_new_event(claim=claim, draft=draft_of(form), by=by, seen=seen)
        ring_for(event)
        return f"Linked to the new event “{event.title}”."

    return perform(request, pk, Verb.LINK, act, typed=typed)


def draft_of(form: EventForm) -> EventDraft:
    """What the form describes. Raises ``Incomplete`` where a field of it is wrong."""
    if not form.is_valid():
        raise Incomplete("Nothing was done: see the fields of the event.", IN_FORM)
    data = form.cleaned_data
    days = data["from_day"], data["to_day"]
    return EventDraft(data["title"], data["kind"], form.place_names, *days, parties=form.party_names)


def ring_for(event: Event) -> None:
    """Have the worker look for claims that may speak of a new event."""
    transaction.on_commit(partial(match_event.delay, event.pk), robust=True)


@needs(Verb.READ)
@posted
def rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, "rule")
    ruling = typed.ruling = typed.ruling or Ruling.typed(request.POST)
    if help_with(ruling, request):
        return panel.answer(request, panel.load(pk, request.user), typed=typed, seen=seen_by(request))

    def act(claim: Claim, by: User, seen: int) -> str:
        ruling.resolve(visible_to(by, Claim.objects.all()))
        if not ruling.is_complete():
            raise Incomplete("The verdict was not recorded: see the fields of the ruling.", IN_FORM)
        data = ruling.form.cleaned_data
        exhibits = [Exhibit(row.side, row.found, row.address, row.note) for row in ruling.evidence]
        verdict = verdicts.record_verdict(
            claim=claim,
            rating=data["rating"],
            reason=data["reason"],
            evidence=exhibits,
            by=by,
            seen=seen,
            shown=request.POST.get("shown", ""),
        )
        waits = verdict.state == verdict.State.AWAITING
        return f"Ruled {verdict.rating}{'; it waits for its second reader' if waits else ''}."

    return perform(request, pk, Verb.RULE, act, typed=typed, move_on=moves_on(request))


def help_with(ruling: Ruling, request: HttpRequest) -> bool:
    """Buttons of the ruling form that only change the form: another row, one row less, a search for claims to cite."""
    post = request.POST
    if "add" in post:
        ruling.add(post["add"])
    elif "drop" in post:
        ruling.drop(post["drop"])
    return bool({"add", "drop", "find_claims"} & post.keys())


def moves_on(request: HttpRequest) -> bool:
    return request.POST.get("then") == "next"


@needs(Verb.READ)
@posted
def set_aside(request: HttpRequest, pk: int, act: Act) -> HttpResponseBase:
    typed = typed_in(request, act.value)

    def doing(claim: Claim, by: User, seen: int) -> str:
        verdicts.set_aside(claim=claim, act=act, reason=typed.words, by=by, seen=seen)
        return "Held for more information." if act is Act.HOLD else "Put out of scope."

    return perform(request, pk, Verb.RULE, doing, typed=typed, move_on=moves_on(request))


@needs(Verb.READ)
@posted
def sign_off(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, Act.SIGN_OFF.value)

    def act(claim: Claim, by: User, seen: int) -> str:
        verdict = verdicts.sign_off(claim=claim, by=by, seen=seen, note=typed.words)
        return f"Signed off: {verdict.rating}. It is published."

    return perform(request, pk, Verb.SIGN_OFF, act, typed=typed, move_on=moves_on(request))


@needs(Verb.READ)
@posted
def send_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, Act.SEND_BACK.value)

    def act(claim: Claim, by: User, seen: int) -> str:
        verdict = verdicts.send_back(claim=claim, reason=typed.words, by=by, seen=seen)
        return f"Sent back to {verdict.author.get_username()}."

    return perform(request, pk, Verb.SIGN_OFF, act, typed=typed, move_on=moves_on(request))


@needs(Verb.READ)
@posted
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, Act.REOPEN.value)

    def act(claim: Claim, by: User, seen: int) -> str:
        verdicts.reopen(claim=claim, reason=typed.words, by=by, seen=seen)
        return "Reopened."

    return perform(request, pk, Verb.RULE, act, typed=typed)


@needs(Verb.READ)
@posted
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, Act.WITHDRAW.value)

    def act(claim: Claim, by: User, seen: int) -> str:
        verdicts.withdraw(claim=claim, reason=typed.words, by=by, seen=seen)
        return "Withdrawn: clients no longer read this verdict."

    return perform(request, pk, Verb.MANAGE, act, typed=typed)


@needs(Verb.READ)
@posted
def keep(request: HttpRequest, pk: int) -> HttpResponseBase:
    typed = typed_in(request, Act.KEEP.value)

    def act(claim: Claim, by: User, seen: int) -> str:
        verdict = verdicts.keep(claim=claim, reason=typed.words, by=by, seen=seen)
        return f"Kept: {verdict.rating} still holds."

    return perform(request, pk, Verb.RULE, act, typed=typed, move_on=moves_on(request))

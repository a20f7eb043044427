"""Two versions side by side: what they share, which facts changed, and a person's word on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from claims.access import needs
from claims.changes import MAX_REASON
from claims.errors import Incomplete, Stale
from claims.marking import Kind, Paragraph, Span, paragraphs
from claims.models import ArticleVersion, Reuse
from claims.permissions import AnyUser, Verb, may, visible_to
from claims.relabelling import relabel
from claims.views.claim import seen_by
from claims.views.copies import KINDS, in_words, reasons

MOST_MATCHES = 400


class LabelForm(forms.Form):
    use_required_attribute = False
    label = forms.ChoiceField(
        label="What is it?",
        choices=Reuse.Label.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": "Give a reason: what you saw in the two texts."},
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its paragraphs cut at the sentences that the other has as well, and its reasons."""

    key: str
    other: str
    version: ArticleVersion
    headline: list[Paragraph]
    body: list[Paragraph]
    share: int


@require_safe
@needs(Verb.READ)
def reuse(request: HttpRequest, pk: int) -> HttpResponseBase:
    pair = pair_for(request.user, pk)
    return shown(request, pair, LabelForm(initial={"label": pair.label}))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.READ)
def label(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Record a person's word on the pair. A form that is wrong comes back as typed; a pair that somebody changed
    meanwhile is shown as it stands, with what was typed. Who merely loads the address is shown the pair."""
    here = HttpResponse(status=303, headers={"Location": reverse("reuse", args=[pk])})
    if request.method != "POST":
        return here
    if not may(request.user, Verb.LINK):
        raise PermissionDenied(f"{request.user.get_username()} may not say which copy is derived.")
    pair = pair_for(request.user, pk)
    form = LabelForm(request.POST)
    answer = partial(shown, request, form=form)
    if not form.is_valid():
        return answer(pair, status=Incomplete.status, seen=seen_by(request))
    data = form.cleaned_data
    try:
        relabel(
            reuse=pair, label=data["label"], reason=data["reason"], by=cast(User, request.user), seen=seen_by(request)
        )
    except Incomplete as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return answer(pair, status=error.status, seen=seen_by(request))
    except Stale as error:
        form.add_error(None, str(error))
        return answer(pair_for(request.user, pk), status=error.status)
    messages.success(request, f"Recorded: {pair.get_label_display()}. Later readings of the machine don't change it.")
    return here


def pair_for(user: AnyUser, pk: int) -> Reuse:
    """The pair with both its texts. Raises ``Http404`` also where the account may not see one of the two."""
    visible = visible_to(user, ArticleVersion.objects.all())
    rows = Reuse.objects.between(visible).select_related("a__article__outlet", "b__article__outlet", "by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such pair.")
    return found


def shown(
    request: HttpRequest, pair: Reuse, form: LabelForm, *, status: int = 200, seen: int | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "pair": pair,
        "sides": [side_of(pair, "a"), side_of(pair, "b")],
        "sentence": in_words(pair, "a").replace("This article", "The first").replace("this article", "the first"),
        "reasons": [
            ({"This article": "The first", "The other": "The second"}.get(whose, whose), words)
            for whose, words in reasons(pair, "a")
        ],
        "changes": [one | {"kind": KINDS.get(one["kind"], one["kind"])} for one in pair.changes],
        "form": form,
        "seen": pair.seen if seen is None else seen,
        "may_label": may(request.user, Verb.LINK),
    }
    return render(request, "claims/reuse.html", context, status=status)


def side_of(pair: Reuse, key: str) -> Side:
    version: ArticleVersion = getattr(pair, key)
    at = 0 if key == "a" else 2
    spans = [Span(one[at], one[at + 1], number) for number, one in enumerate(sorted(pair.matches[:MOST_MATCHES]), 1)]
    changed = ((one[f"{key}_start"], one[f"{key}_end"]) for one in pair.changes)
    spans += [Span(start, end, 0, Kind.FIGURE) for start, end in changed if end > start]
    share = pair.share_a if key == "a" else pair.share_b
    return Side(
        key,
        "b" if key == "a" else "a",
        version,
        paragraphs(version.text, spans, 0, version.headline_end),
        paragraphs(version.text, spans, version.headline_end),
        round(100 * share),
    )

"""What people do about two names: follow a suggestion, reject it, undo either, or merge two by hand (R42)."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import needs
from claims.errors import ActError
from claims.models import Speaker, SpeakerMatch
from claims.permissions import Verb
from claims.search import MOST_RESULTS, speakers_named, split_words
from claims.speaker_merging import confirm_match, merge_speakers, reject_match, undo_match
from claims.spoken import standing_speakers, visible_claims
from claims.views.answers import complain, see_other, seen_by
from claims.views.speaker_forms import SpeakerMergeForm
from claims.views.speakers import found_for, shown

Deed = Callable[[HttpRequest, SpeakerMatch], tuple[Speaker | None, str]]


def decided(request: HttpRequest, pk: int, deed: Deed) -> HttpResponseBase:
    """Do what a form asks about a match, and go back to the speaker on whose page it stood. What was refused is said
    there, with its status."""
    match = get_object_or_404(SpeakerMatch.objects.select_related("one__merged_into", "other__merged_into"), pk=pk)
    ends = [found_for(request.user, end) for end in (match.one_id, match.other_id)]
    from_page = request.POST.get("at", "")
    at = next((end for end in ends if str(end.shown.pk) == from_page), ends[0])
    try:
        target, words = deed(request, match)
    except ActError as error:
        messages.error(request, str(error))
        return shown(request, found_for(request.user, at.shown.pk), status=error.status)
    messages.success(request, words)
    return see_other(target or at.shown)


@require_POST
@needs(Verb.LINK)
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    def deed(request: HttpRequest, match: SpeakerMatch) -> tuple[Speaker | None, str]:
        words = request.POST.get("keep", "")
        keep = int(words) if words.isdecimal() and len(words) < 19 else 0
        kept = confirm_match(match=match, keep=keep, by=cast(User, request.user), seen=seen_by(request))
        return kept, f"Merged: all is shown under {kept}. The merge can be undone on this page."

    return decided(request, pk, deed)


@require_POST
@needs(Verb.LINK)
def reject(request: HttpRequest, pk: int) -> HttpResponseBase:
    def deed(request: HttpRequest, match: SpeakerMatch) -> tuple[Speaker | None, str]:
        reject_match(match=match, by=cast(User, request.user), seen=seen_by(request))
        return None, f"Recorded: {match.one} and {match.other} are two."

    return decided(request, pk, deed)


@require_POST
@needs(Verb.LINK)
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    def deed(request: HttpRequest, match: SpeakerMatch) -> tuple[Speaker | None, str]:
        undo_match(match=match, by=cast(User, request.user), seen=seen_by(request))
        return None, f"Undone: what was said of {match.one} and {match.other}."

    return decided(request, pk, deed)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Verb.LINK)
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """First find the speaker that stays, then say why the two are one."""
    row = found_for(request.user, pk)
    if row.merged_into is not None:
        raise Http404("This speaker was merged already.")
    posted = request.method == "POST"
    words = (request.POST if posted else request.GET).get("q", "")[:200]
    choices = others(request, row, words)
    form = SpeakerMergeForm(request.POST if posted else None)
    form.fields["into"].queryset = Speaker.objects.filter(pk__in=[each.pk for each in choices])  # type: ignore[attr-defined]
    status = 422 if posted else 200
    if posted and form.is_valid():
        into, reason = form.cleaned_data["into"], form.cleaned_data["reason"]
        try:
            merge_speakers(speaker=row, into=into, reason=reason, by=cast(User, request.user), seen=seen_by(request))
        except ActError as error:
            status = complain(form, error)
            row.refresh_from_db()
        else:
            messages.success(request, f"{row} is a name of {into} now. The merge can be undone on this page.")
            return see_other(into)
    context = {"speaker": row, "form": form, "words": words, "choices": choices}
    return render(request, "claims/speaker_merge.html", context, status=status)


def others(request: HttpRequest, row: Speaker, words: str) -> list[Speaker]:
    """The speakers that stand by themselves and have every word in one of their names, those who said most first."""
    found = standing_speakers(visible_claims(request.user)).exclude(pk=row.pk)
    told = split_words(words)
    for word in told:
        found = found.filter(pk__in=speakers_named(word).values("pk"))
    return list(found.order_by("-claim_count", "name", "pk")[:MOST_RESULTS]) if told else []

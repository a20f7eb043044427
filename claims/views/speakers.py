"""The speakers of the desk, and one of them: its names, what it may be besides, and all that it said (R42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.access import needs
from claims.models import Claim, Event, Speaker, SpeakerMatch
from claims.permissions import AnyUser, Verb, may
from claims.querysets import ClaimQuerySet
from claims.spoken import by_event, by_speaker, hidden_names, in_shown_states, names_of, visible_claims
from claims.views.lists import page_of
from claims.views.queue import in_place
from claims.views.speaker_forms import SpeakerFilter
from claims.wording import WITHDRAWN
from claims.workflow import ClaimState, Rating

MOST_NAMES = 50
MOST_ROLES = 12
MOST_MATCHES = 30
ALSO = 4
State = SpeakerMatch.State


@require_safe
@needs(Verb.READ)
def speakers(request: HttpRequest) -> HttpResponseBase:
    filters = SpeakerFilter(request.GET)
    page = page_of(request, by_speaker(filters.apply(visible_claims(request.user))))
    page.object_list = listed(page.object_list, visible_claims(request.user))
    template = "claims/speakers.html#results" if in_place(request, "results") else "claims/speakers.html"
    response = render(request, template, {"filters": filters, "page": page})
    response.headers["Vary"] = "HX-Request"
    return response


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker of the list: how much it said under all its names, and some of these."""

    speaker: Speaker
    number: int
    also: Sequence[str]


def listed(rows: Iterable[dict[str, Any]], visible: ClaimQuerySet) -> list[Listed]:
    """The rows of a page with their speakers, in two queries. A name that stands only in what the reader may not see is
    left out."""
    counts = {row["head"]: row["number"] for row in rows}
    found = Speaker.objects.in_bulk(list(counts))
    seen = visible.filter(speaker__merged_into__in=counts).order_by().values("speaker")
    names: dict[int, list[str]] = {}
    for row in Speaker.objects.filter(pk__in=seen).order_by("name"):
        names.setdefault(row.merged_into_id or 0, []).append(row.name)
    return [Listed(found[pk], number, names.get(pk, [])[:ALSO]) for pk, number in counts.items() if pk in found]


@require_safe
@needs(Verb.READ)
def speaker(request: HttpRequest, pk: int) -> HttpResponseBase:
    return shown(request, found_for(request.user, pk))


def found_for(user: AnyUser, pk: int) -> Speaker:
    """The speaker; raises ``Http404`` where all that it said is kept from this account."""
    row = get_object_or_404(Speaker.objects.select_related("merged_into"), pk=pk)
    names = [name.pk for name in names_of(row)]
    if len(hidden_names(user, names)) == len(names):
        raise Http404("There is no such speaker.")
    return row


def shown(request: HttpRequest, row: Speaker, status: int = 200) -> HttpResponse:
    """The page of a speaker; of one that was merged, only where it went."""
    context: dict[str, Any] = {"speaker": row, "may_link": may(request.user, Verb.LINK)}
    if row.merged_into is None:
        context |= told_of(request, row)
    return render(request, "claims/speaker.html", context, status=status)


def told_of(request: HttpRequest, row: Speaker) -> dict[str, Any]:
    visible = visible_claims(request.user)
    every = list(names_of(row)[:MOST_NAMES])
    hidden = hidden_names(request.user, [name.pk for name in every])
    names = [name for name in every if name.pk not in hidden or name.pk == row.pk]
    said = visible.filter(speaker__in=[name.pk for name in names])
    chosen = request.GET.get("state", "")
    counts = counts_of(said)
    cards = said.for_cards()
    page = page_of(request, by_event(in_shown_states(cards).filter(shown=chosen) if chosen in dict(counts) else cards))
    matches = matches_of(request.user, names, visible)
    return {
        "spellings": spellings_of(names, said),
        "roles": roles_of(said),
        "counts": [(state, label_of(state), number) for state, number in counts],
        "total": sum(number for _, number in counts),
        "chosen": chosen if chosen in dict(counts) else "",
        "chosen_label": label_of(chosen),
        "page": page,
        "groups": grouped(page),
        "matches": [(state, [each for each in matches if each.row.state == state]) for state in State],
    }


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of the speaker, how many claims came under it, and the first of these."""

    name: Speaker
    number: int
    first: Claim | None


def spellings_of(names: Sequence[Speaker], said: ClaimQuerySet) -> list[Spelling]:
    """Two queries."""
    rows = said.order_by().values("speaker").annotate(number=Count("pk"), first=Min("pk"))
    counted = {each["speaker"]: each for each in rows}
    claims = Claim.objects.select_related("version__article__outlet").defer("version__text", "version__furniture")
    firsts = claims.in_bulk([each["first"] for each in counted.values()])
    found = [(name, counted.get(name.pk)) for name in names]
    return [
        Spelling(name, each["number"] if each else 0, firsts.get(each["first"]) if each else None)
        for name, each in found
    ]


def roles_of(said: ClaimQuerySet) -> list[dict[str, Any]]:
    """What copy calls the speaker, the most frequent first, each with the first claim that does."""
    rows: QuerySet[Any, Any] = said.exclude(speaker_role="").order_by().values("speaker_role")
    return list(rows.annotate(number=Count("pk"), first=Min("pk")).order_by("-number", "speaker_role")[:MOST_ROLES])


def counts_of(said: ClaimQuerySet) -> list[tuple[str, int]]:
    """How many claims stand in each state or rating: what is ruled first."""
    rows = in_shown_states(said).order_by().values("shown").annotate(number=Count("pk"))
    order = [*map(str, Rating), *map(str, ClaimState), WITHDRAWN]
    return sorted(((row["shown"], row["number"]) for row in rows), key=lambda each: order.index(each[0]))


def label_of(state: str) -> str:
    return ClaimState(state).label if state in list(ClaimState) else state


def grouped(page: Page[Claim]) -> list[tuple[Event | None, list[Claim]]]:
    """The claims of a page by event, in their order."""
    claims: list[Any] = list(page)
    events: Mapping[int, Event] = Event.objects.in_bulk({c.of_event for c in claims if c.of_event is not None})
    return [(events.get(event), list(found)) for event, found in groupby(claims, key=lambda claim: claim.of_event)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A match as seen from a speaker: one of its names, the other's, and under which name the other is shown, with how
    many claims."""

    row: SpeakerMatch
    own: Speaker
    other: Speaker
    number: int

    @property
    def heads(self) -> tuple[Speaker, Speaker]:
        return self.own.shown, self.other.shown


def matches_of(user: AnyUser, names: Sequence[Speaker], visible: ClaimQuerySet) -> list[Pair]:
    """What was suggested, merged and rejected of a speaker, the surest first, and one suggestion of each other speaker.
    Names that stand only in what the reader may not see are left out."""
    own = {name.pk for name in names}
    rows: QuerySet[SpeakerMatch] = SpeakerMatch.objects.filter(Q(one__in=own) | Q(other__in=own))
    loaded = rows.select_related("one__merged_into", "other__merged_into", "by", "merged", "kept")
    pairs = [turned(row, own) for row in loaded.order_by("-score", "pk")[:MOST_MATCHES]]
    heads = {pair[2].shown.pk for pair in pairs}
    near = visible.filter(Q(speaker__in=heads) | Q(speaker__merged_into__in=heads))
    counts = {row["head"]: row["number"] for row in by_speaker(near)}
    hidden = hidden_names(user, [pair[2].pk for pair in pairs])
    seen = [pair for pair in pairs if pair[2].pk not in hidden and pair[1].pk in own]
    found = [Pair(row, ours, other, counts.get(other.shown.pk, 0)) for row, ours, other in seen]
    open_ones = {pair.other.shown.pk: pair for pair in reversed(found) if pair.row.state == State.SUGGESTED}
    suggested = [pair for pair in open_ones.values() if pair.own.shown != pair.other.shown]
    return [*reversed(suggested), *(pair for pair in found if pair.row.state != State.SUGGESTED)]


def turned(row: SpeakerMatch, own: set[int]) -> tuple[SpeakerMatch, Speaker, Speaker]:
    """The match with the speaker's own name first; of a merge the one that stayed."""
    swap = row.one_id == row.merged_id if row.state == State.CONFIRMED else row.one_id not in own
    return (row, row.other, row.one) if swap else (row, row.one, row.other)

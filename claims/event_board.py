"""The count board of one event of the desk: its rows read, and given to the pure board (R4–R15, R20–R28).

What is withdrawn or denied stands in no range; what a newer version of its story no longer has is past. All three are
shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from claims.board import Board, Counted, Told, board_of
from claims.board_table import Mention
from claims.comparison import Measure
from claims.geography import country_of, lie
from claims.independence import Level, Override, Voice, knower_of
from claims.independence.sources import state_of
from claims.models import BestValue, Claim, Event, Figure, Link, RelationWord, SourceWord
from claims.querysets import ClaimQuerySet
from claims.reuse import families
from claims.wording import verdict_of
from claims.workflow import Rating

MOST_CLAIMS = 300
MOST_WORDS = 1_000
HEAVY = ("text", "furniture", "warnings", "moved", "ed_note")


@dataclass(frozen=True, slots=True)
class EventBoard:
    """``mentions`` are by the key of a figure. ``withdrawn`` are claims with figures whose support was killed;
    ``left_out`` is the number of claims beyond the first ``MOST_CLAIMS``; ``words`` what people said of the sources,
    ``best`` of the values."""

    board: Board
    mentions: Mapping[str, Mention]
    withdrawn: Sequence[Claim]
    left_out: int
    words: Sequence[SourceWord]
    best: Sequence[BestValue]


def event_board(event: Event, visible: ClaimQuerySet, *, with_suggested: bool = False) -> EventBoard:
    """The board of ``event`` over those ``visible`` claims that a person linked to it, or that are suggested too, in a
    number of queries that does not grow with them."""
    states = [Link.State.CONFIRMED, *([Link.State.SUGGESTED] if with_suggested else [])]
    figures = Figure.objects.filter(claim=OuterRef("claim"), low__isnull=False)
    links = Link.objects.filter(Exists(figures), event=event, state__in=states, claim__in=visible.standing())
    chosen = dict(links.order_by("state", "-score", "-pk").values_list("claim_id", "state")[: MOST_CLAIMS + 1])
    left_out = links.count() - MOST_CLAIMS if len(chosen) > MOST_CLAIMS else 0
    claims = claims_with_figures(list(chosen)[:MOST_CLAIMS])
    standing = [claim for claim in claims if claim.withdrawn_by_id is None]
    words = words_on(event)
    copies = families({claim.version_id for claim in standing})
    counted = [each for claim in standing for each in counted_in(claim, copies.get(claim.version_id))]
    board = board_of(
        (figure for figure, _ in counted),
        Measure(window=settings.CONFLICT_WINDOW, geography=lie, accepted=accepted_scopes(event, counted)),
        parties_of(event),
        overrides_of(words),
    )
    mentions = {
        each.key: mention_of(figure, claim_suggested=chosen[figure.claim_id] == Link.State.SUGGESTED)
        for each, figure in counted
    }
    withdrawn = [claim for claim in claims if claim.withdrawn_by_id is not None]
    best = event.best_values.filter(ended__isnull=True).select_related("by")[:MOST_WORDS]
    return EventBoard(board, mentions, withdrawn, left_out, words, list(best))


def accepted_scopes(event: Event, counted: Iterable[tuple[Counted, Figure]]) -> dict[frozenset[str], str]:
    """By the statements of a pair the dimension in which a person said that they differ (R11)."""
    said = event.relation_words.filter(kind=RelationWord.Kind.SCOPE, holds=True, ended__isnull=True)
    pairs = said.values_list("one_id", "other_id", "dimension")[:MOST_WORDS]
    keys = {figure.claim_id: each.voice.key for each, figure in counted}
    found = ((keys.get(one), keys.get(other), dimension) for one, other, dimension in pairs)
    return {frozenset((one, other)): dimension for one, other, dimension in found if one and other}


def claims_with_figures(pks: Sequence[int]) -> list[Claim]:
    rows = Claim.objects.filter(pk__in=pks).select_related("version__article__outlet", "speaker", "verdict__published")
    deferred = rows.defer(*(f"version__{name}" for name in HEAVY))
    found = list(deferred.prefetch_related("figures__place", "places").order_by("version_id", "start"))
    for claim in found:
        for figure in claim.figures.all():
            figure.claim = claim
    return found


def words_on(event: Event) -> list[SourceWord]:
    """What people said of sources, for the whole desk first, so that a word on this event has the last say."""
    said = SourceWord.objects.filter(Q(event=event) | Q(event__isnull=True), ended__isnull=True).select_related("by")
    return sorted(said[:MOST_WORDS], key=lambda word: (word.event_id is not None, word.pk))


def overrides_of(words: Iterable[SourceWord]) -> list[Override]:
    return [Override(Level(word.level), word.one, word.other, word.same, word.reason) for word in words]


def parties_of(event: Event) -> list[str]:
    """The codes of the states that are parties to the event; a party that is given by its name is looked up."""
    named = [str(party) for party in event.parties]
    return [code for party in named if (code := party if len(party) == 2 and party.isupper() else state_of(party))]


def counted_in(claim: Claim, family: int | None) -> Iterable[tuple[Counted, Figure]]:
    """Each figure of the claim that has a number, as the board counts it, with its row."""
    voice = voice_of(claim, family)
    figures = {figure.pk: figure for figure in claim.figures.all()}
    for number, figure in enumerate(figures.values()):
        if figure.low is None:
            continue
        whole = figures.get(figure.part_of_id or 0)
        counted = Counted(
            key=f"{voice.key} {number:03d}",
            voice=voice,
            article=str(claim.version_id),
            measure=figure.measure,
            low=figure.low.normalize(),
            high=None if figure.high is None else figure.high.normalize(),
            words=figure.words,
            as_of=as_of(figure),
            places=(figure.place.name,) if figure.place else tuple(place.name for place in claim.places.all()),
            population=figure.population,
            part=whole is not None and whole.measure == figure.measure,
            from_day=claim.from_day,
            to_day=claim.to_day,
            speaker=claim.speaker.name if claim.speaker else "",
            unit=figure.unit,
            approximate=figure.approximate,
            told=told_of(claim),
        )
        yield counted, figure


def as_of(figure: Figure) -> datetime:
    """R10: the statement's time, else that of the version in which it stands."""
    return figure.as_of or figure.claim.version.version_created


def told_of(claim: Claim) -> Told:
    if claim.orphaned_by_id is not None:
        return Told.PAST
    return Told.DENIED if claim.polarity == Claim.Polarity.DENIED else Told.ASSERTED


def voice_of(claim: Claim, family: int | None) -> Voice:
    """Who carries a claim and who knows. One text under two mastheads is one newsroom by its family of copies (R21)."""
    speaker = claim.speaker
    homes = (place.country or country_of(place.name) for place in claim.places.all())
    home = next(filter(None, homes), "")
    return Voice(
        f"{claim.version_id:010d} {claim.start:08d} {claim.pk}",
        outlet_of(claim),
        tuple(map(str, claim.version.agencies)),
        "" if family is None else str(family),
        knower_of(speaker.name, claim.speaker_role, speaker.kind, home) if speaker else None,
    )


def outlet_of(claim: Claim) -> str:
    """The outlet; an article of which none is known stands for itself alone."""
    article = claim.version.article
    return article.outlet.name if article.outlet is not None else f"Outlet not given ({article})"


def mention_of(figure: Figure, *, claim_suggested: bool) -> Mention:
    verdict = verdict_of(figure.claim)
    published = verdict.published if verdict is not None else None
    whole = next((one for one in figure.claim.figures.all() if one.pk == figure.part_of_id), None)
    return Mention(
        figure.claim,
        outlet_of(figure.claim),
        claim_suggested,
        whole.words if whole is not None else "",
        published is not None and published.rating == Rating.CORROBORATED,
    )

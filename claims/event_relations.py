"""How the claims of one event of the desk stand to each other: rows read, and given to the pure rules (R8–R17, R44).

Withdrawn claims, and those that a newer version of their story no longer has, stand to nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Case, IntegerField, Value, When

from claims.board import is_aggregate
from claims.comparison import Measure, Reported
from claims.event_board import HEAVY, overrides_of, parties_of, voice_of, words_on
from claims.extraction.types import Mode, Polarity
from claims.geography import lie
from claims.models import Claim, Event, Figure, Link, RelationWord
from claims.querysets import ClaimQuerySet
from claims.relation_words import SCOPE, words_on_relations
from claims.relations import Kind, Naming, Relations, Said, Statement, namings, relations_of
from claims.relations.gathering import MOST_STATEMENTS
from claims.reuse import families

MOST_BESIDE = 80  # claims of an event that one claim is set against on its own page


@dataclass(frozen=True, slots=True)
class EventRelations:
    """``claims`` and ``statements`` are by the key of a statement; ``left_out`` is the number of claims of the event
    that are not compared; ``words`` are what people said."""

    relations: Relations
    naming: Sequence[Naming]
    claims: Mapping[str, Claim]
    statements: Mapping[str, Statement]
    left_out: int
    words: Sequence[RelationWord]


def event_relations(
    event: Event, visible: ClaimQuerySet, *, with_suggested: bool = False, around: Claim | None = None
) -> EventRelations:
    """How those ``visible`` claims stand that a person linked to ``event``, or that are suggested too, in a number of
    queries that does not grow with them. Of one claim (``around``) those that are linked most surely are enough."""
    states = [Link.State.CONFIRMED, *([Link.State.SUGGESTED] if with_suggested else [])]
    standing = visible.standing().filter(withdrawn_by__isnull=True, orphaned_by__isnull=True)
    links = Link.objects.filter(event=event, state__in=states, claim__in=standing)
    first = Case(When(claim=around, then=Value(0)), default=Value(1), output_field=IntegerField())
    most = MOST_STATEMENTS if around is None else MOST_BESIDE
    chosen = list(links.order_by(first, "state", "-score", "-pk").values_list("claim_id", flat=True)[: most + 1])
    left_out = links.count() - most if len(chosen) > most else 0
    words = words_on_relations(event)
    told = statements_of(chosen[:most])
    relations = relations_of(
        [statement for _, statement in told],
        Measure(window=settings.CONFLICT_WINDOW, geography=lie, accepted=accepted_of(words, told)),
        parties_of(event),
        overrides_of(words_on(event)),
        refused_of(words, told),
    )
    statements = {statement.key: statement for _, statement in told}
    claims = {statement.key: claim for claim, statement in told}
    return EventRelations(relations, namings(statements.values()), claims, statements, left_out, words)


Told = tuple[Claim, Statement]


def statements_of(pks: Sequence[int]) -> list[Told]:
    rows = Claim.objects.filter(pk__in=pks).select_related("version__article__outlet", "speaker")
    deferred = rows.defer(*(f"version__{name}" for name in HEAVY))
    claims = list(deferred.prefetch_related("figures__place", "places").order_by("version_id", "start"))
    copies = families({claim.version_id for claim in claims})
    return [(claim, statement_of(claim, copies.get(claim.version_id))) for claim in claims]


def statement_of(claim: Claim, family: int | None) -> Statement:
    voice = voice_of(claim, family)
    figures = numbered(list(claim.figures.all()))
    places = tuple(place.name for place in claim.places.all())
    return Statement(
        voice=voice,
        article=str(claim.version_id),
        as_of=claim.version.version_created,
        text=claim.text,
        polarity=Polarity(claim.polarity),
        cue=claim.cue,
        mode=Mode(claim.mode),
        places=places,
        from_day=claim.from_day,
        to_day=claim.to_day,
        figures=tuple(reported(f"{voice.key} {number:03d}", claim, figure, low) for number, figure, low in figures),
        named=claim.speaker_words,
    )


def numbered(figures: Sequence[Figure]) -> list[tuple[int, Figure, Decimal]]:
    return [(number, figure, figure.low) for number, figure in enumerate(figures) if figure.low is not None]


def reported(key: str, claim: Claim, figure: Figure, low: Decimal) -> Reported:
    """A figure of ``claim`` as the comparison sees it."""
    places = claim.places.all()
    whole = next((one for one in claim.figures.all() if one.pk == figure.part_of_id), None)
    return Reported(
        key=key,
        measure=figure.measure,
        low=low.normalize(),
        high=None if figure.high is None else figure.high.normalize(),
        origin="",
        as_of=figure.as_of or claim.version.version_created,
        place=figure.place.name if figure.place else places[0].name if len(places) == 1 else "",
        population=figure.population,
        from_day=claim.from_day,
        to_day=claim.to_day,
        aggregate=is_aggregate(claim.from_day, claim.to_day),
        part=whole is not None and whole.measure == figure.measure,
    )


def accepted_of(words: Sequence[RelationWord], told: Sequence[Told]) -> dict[frozenset[str], str]:
    """By the statements of a pair the dimension in which a person said that they differ (R11)."""
    keys = {claim.pk: statement.key for claim, statement in told}
    pairs = ((word, keys.get(word.one_id), keys.get(word.other_id)) for word in words if word.kind == SCOPE)
    return {frozenset((one, other)): word.dimension for word, one, other in pairs if one and other and word.holds}


def refused_of(words: Sequence[RelationWord], told: Sequence[Told]) -> list[Said]:
    keys = {claim.pk: statement.key for claim, statement in told}
    ends = ((word, keys.get(word.one_id), keys.get(word.other_id)) for word in words if not word.holds)
    return [Said(Kind(word.kind), one, other) for word, one, other in ends if one and other]

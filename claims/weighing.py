"""What stands behind a claim of the desk and against it now: its rows read, and given to the pure rules (R31–R35).

Only what everybody may see counts, and only what a person linked: a verdict that is published could lean on no more.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.board import AGGREGATE
from claims.board_table import key_of_best, key_of_row
from claims.comparison import Measure
from claims.event_board import (
    HEAVY,
    MOST_CLAIMS,
    EventBoard,
    event_board,
    outlet_of,
    overrides_of,
    parties_of,
    voice_of,
)
from claims.event_relations import EventRelations, accepted_of, event_relations
from claims.extraction.marks import UNVERIFIED
from claims.geography import lie
from claims.independence import Ledger, Voice, ledger_of
from claims.models import BestValue, Claim, Event, Figure, Link
from claims.permissions import without_embargoed
from claims.proposals import (
    PRODUCER,
    Bearing,
    Bears,
    Case,
    Fired,
    Proposal,
    Stand,
    Statement,
    Wording,
    propose,
    proposed_over,
    same_thing,
)
from claims.proposals.types import Desk
from claims.relations import Kind
from claims.relations.responsibility import RESPONSIBILITY
from claims.reuse import families

MOST_EVENTS = 5
BEARS = {Kind.DENIES: Bears.DENIES, Kind.RIVALS: Bears.RIVALS, Kind.CONCEDES: Bears.CONCEDES}


@dataclass(frozen=True, slots=True)
class Weighed:
    """``ground`` is what a verdict keeps (``claims.proposals.grounds``). ``changes`` are the counts of changes of
    the claim's events when they were read. ``digest`` is that of all that a person is shown of the proposal."""

    proposal: Proposal
    ground: dict[str, Any]
    changes: Mapping[int, int]
    digest: str

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that held, each once."""
        return tuple(dict.fromkeys(fired.rule for fired in self.proposal.rules))


@dataclass
class Happening:
    """One event read whole: its board, and all claims that a person linked to it, by the keys of their voices."""

    event: Event
    shown: EventBoard
    claims: Mapping[str, Claim]
    voices: Mapping[str, Voice]
    statements: Mapping[str, Statement]
    wordings: Mapping[str, Wording]
    bearings: Mapping[str, tuple[Bearing, ...]]
    measure: Measure
    parties: tuple[str, ...]
    best: Mapping[tuple[str, str, str, bool, str], BestValue]
    left_out: bool
    _ledger: Ledger | None = field(default=None)

    @property
    def ledger(self) -> Ledger:
        """Over all claims, with figures or without."""
        if self._ledger is None:
            self._ledger = ledger_of(self.voices.values(), overrides_of(self.shown.words), self.parties)
        return self._ledger

    def key_of(self, claim: Claim) -> str | None:
        return next((key for key, row in self.claims.items() if row.pk == claim.pk), None)


class Scales:
    """Weighs claims; each event is read once, however many of its claims are weighed."""

    def __init__(self) -> None:
        self.known: dict[int, Happening] = {}
        self.desk = Desk(timezone.now(), settings.WAITING_TIME)

    def weigh(self, claim: Claim) -> Weighed:
        """What the rules say of ``claim`` over all events that a person linked it to, at most ``MOST_EVENTS``."""
        linked = Link.objects.filter(claim=claim, state=Link.State.CONFIRMED, event__dismissed__isnull=True)
        events = [link.event for link in linked.select_related("event").order_by("event_id")[:MOST_EVENTS]]
        gone = withdrawn(claim)
        told: list[tuple[Happening, Proposal]] = []
        for event in [] if gone else events:
            happening = self.known.get(event.pk) or self.known.setdefault(event.pk, read(event))
            if (case := case_of(claim, happening)) is not None:
                told.append((happening, propose(case, replace(self.desk, measure=happening.measure))))
        whole = proposed_over([proposal for _, proposal in told])
        proposal = gone or whole or nothing(bool(events))
        ground = ground_of(proposal, told)
        return Weighed(proposal, ground, {event.pk: event.changes for event in events}, digest_of(proposal))


def weigh(claim: Claim) -> Weighed:
    return Scales().weigh(claim)


def withdrawn(claim: Claim) -> Proposal | None:
    """R19: what was killed, or what its story no longer has, is proposed nothing."""
    if claim.withdrawn_by_id is not None:
        words = "Its article was taken back: it supports nothing any more, and nothing is proposed for it."
    elif claim.orphaned_by_id is not None:
        words = "A newer version of its article no longer has these words: rate what it says now."
    else:
        return None
    return Proposal(None, (Fired("R19", words),), producer=PRODUCER)


def nothing(linked: bool) -> Proposal:
    if linked:
        words = "More claims with figures stand in its event than are compared: nothing is proposed."
        return Proposal(None, (Fired("R11", words),), producer=PRODUCER)
    words = "A person linked it to no event: there is nothing to compare it with."
    change = "A person links it to an event in which others speak of the same."
    return Proposal(None, (Fired("R11", words),), would_change=(change,), producer=PRODUCER)


def read(event: Event) -> Happening:
    """An event with all that bears on its claims, in a number of queries that does not grow with them."""
    open_claims = without_embargoed(Claim.objects.all())
    shown, related = event_board(event, open_claims), event_relations(event, open_claims)
    counting = {mention.claim.pk: mention.claim for mention in shown.mentions.values()}
    told, left_out = without_figures(event)
    claims = [*counting.values(), *told]
    copies = families({claim.version_id for claim in claims})
    voices = {claim.pk: voice_of(claim, copies.get(claim.version_id)) for claim in claims}
    statements = {voices[claim.pk].key: statement_of(claim, voices[claim.pk]) for claim in claims}
    return Happening(
        event,
        shown,
        {voices[claim.pk].key: claim for claim in claims},
        {voice.key: voice for voice in voices.values()},
        statements,
        {voices[claim.pk].key: wording_of(claim) for claim in told if may_agree(claim)},
        bearings_in(related, statements),
        measure_in(related),
        tuple(parties_of(event)),
        {key_of_best(value): value for value in shown.best},
        shown.left_out > 0 or left_out,
    )


def without_figures(event: Event) -> tuple[list[Claim], bool]:
    """The claims of an event that count nothing, at most ``MOST_CLAIMS``, and whether there are more."""
    figures = Figure.objects.filter(claim=OuterRef("pk"), low__isnull=False)
    links = Link.objects.filter(event=event, state=Link.State.CONFIRMED)
    rows = without_embargoed(Claim.objects.standing()).filter(pk__in=links.values("claim"), withdrawn_by__isnull=True)
    rows = rows.filter(~Exists(figures)).select_related("version__article__outlet", "speaker")
    deferred = rows.defer(*(f"version__{name}" for name in HEAVY)).prefetch_related("places", "figures")
    found = list(deferred.order_by("pk")[: MOST_CLAIMS + 1])
    return found[:MOST_CLAIMS], len(found) > MOST_CLAIMS


def statement_of(claim: Claim, voice: Voice) -> Statement:
    days = claim.to_day - claim.from_day if claim.from_day and claim.to_day else None
    return Statement(
        voice.key,
        claim.pk,
        claim.text,
        claim.speaker.name if claim.speaker else outlet_of(claim),
        voice.knower,
        claim.created,
        UNVERIFIED in claim.marks,
        days is not None and days > AGGREGATE,
    )


def may_agree(claim: Claim) -> bool:
    return claim.polarity == Claim.Polarity.ASSERTED and claim.orphaned_by_id is None


def wording_of(claim: Claim) -> Wording:
    """What the claim says, without the words that say who says it."""
    words, cuts = claim.text, [(claim.speaker_start, claim.speaker_end), (claim.cue_start, claim.cue_end)]
    for start, end in sorted(((a, b) for a, b in cuts if a is not None and b is not None), reverse=True):
        if claim.start <= start <= end <= claim.end:
            words = f"{words[: start - claim.start]} {words[end - claim.start :]}"
    return Wording(words, frozenset(place.name for place in claim.places.all()), claim.from_day, claim.to_day)


def bearings_in(related: EventRelations, known: Container[str]) -> dict[str, tuple[Bearing, ...]]:
    """Denials, rival attributions and concessions among the claims, by the key of the claim that they bear on."""
    found: defaultdict[str, list[Bearing]] = defaultdict(list)
    for relation in related.relations.of(*BEARS):
        if relation.undecided:
            continue
        admitted = relation.kind is Kind.CONCEDES and relation.about == RESPONSIBILITY
        found[relation.other].append(Bearing(relation.one, BEARS[relation.kind], relation.why, admitted))
        if relation.kind is Kind.RIVALS:
            found[relation.one].append(Bearing(relation.other, Bears.RIVALS, relation.why))
    return {key: tuple(each for each in told if each.key in known) for key, told in found.items()}


def measure_in(related: EventRelations) -> Measure:
    """How figures are compared in an event, with the scopes that a person said differ (R11)."""
    told = [(claim, related.statements[key]) for key, claim in related.claims.items()]
    return Measure(window=settings.CONFLICT_WINDOW, geography=lie, accepted=accepted_of(related.words, told))


def case_of(claim: Claim, happening: Happening) -> Case | None:
    """The claim in one of its events; None where it is not among those that are compared there."""
    about = happening.key_of(claim)
    if about is None:
        return None
    rows = tuple(row for row in happening.shown.board.rows if any(each.voice.key == about for each in row.figures))
    mine = happening.wordings.get(about)
    same = [key for key, other in happening.wordings.items() if mine and key != about and same_thing(mine, other)]
    return Case(
        about,
        happening.statements,
        happening.shown.board.ledger if rows else happening.ledger,
        rows,
        tuple(sorted(same)),
        happening.bearings.get(about, ()),
        happening.parties,
        claim.polarity == Claim.Polarity.DENIED,
        happening.event.title,
    )


def ground_of(proposal: Proposal, told: Sequence[tuple[Happening, Proposal]]) -> dict[str, Any]:
    rating = proposal.rating.value if proposal.rating else ""
    rules = list(dict.fromkeys(fired.rule for fired in proposal.rules))
    events = [of_event(happening, each) for happening, each in told]
    return {"producer": proposal.producer, "rating": rating, "rules": rules, "events": events}


def of_event(happening: Happening, proposal: Proposal) -> dict[str, Any]:
    stands = [stand for _, found in proposal.stands for stand in found]
    claim_of = {key: statement.claim for key, statement in happening.statements.items()}
    return {
        "event": happening.event.pk,
        "title": happening.event.title,
        "stands": [row_of(happening, stand) for stand in stands],
        "for": sorted({claim_of[key] for stand in stands for key in stand.backing[1:]}),
        "against": {str(claim_of[each.key]): each.rule for stand in stands for each in stand.against},
        "newer": {str(claim_of[each.key]): each.rule for stand in stands for each in stand.outdated},
        "conceded": sorted({claim_of[key] for stand in stands for key in stand.conceded}),
    }


def row_of(happening: Happening, stand: Stand) -> dict[str, Any]:
    row = stand.row
    found = {"what": stand.what, "interests": len(stand.groups), "low": None, "high": None, "best": None}
    ledger = happening.shown.board.ledger if row is not None else happening.ledger
    found["sources"] = sum(not set(group.voices).isdisjoint(stand.backing) for group in ledger.sources)
    found["best_fits"] = True
    if row is not None and row.cell.low is not None:
        found |= {"low": str(row.cell.low), "high": None if row.cell.high is None else str(row.cell.high)}
        if (best := happening.best.get(key_of_row(row))) is not None:
            own = next(each for each in row.figures if each.voice.key == stand.backing[0])
            found["best"] = f"{best.value.normalize():f}"
            found["best_fits"] = own.low <= best.value and (own.high is None or best.value <= own.high)
    return found


def digest_of(proposal: Proposal) -> str:
    """Of all that is shown: who accepts a proposal accepts what they read."""
    told = asdict(proposal) | {"stands": None}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]

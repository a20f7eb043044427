"""How a claim stands to the others of its event, in short, for its own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.event_relations import EventRelations, event_relations
from claims.models import Claim, Event, Link
from claims.querysets import ClaimQuerySet
from claims.relations import Kind, Relation

MOST_BRIEFLY = 10
# The words from the one end, and from the other; the gravest first.
WORDS = {
    Kind.CONCEDES: ("concedes", "conceded by"),
    Kind.DENIES: ("denies", "denied by"),
    Kind.RIVALS: ("blames another than", "blames another than"),
    Kind.REVISES: ("revises", "revised by"),
    Kind.DIFFERENT_SCOPE: ("of different scope than", "of different scope than"),
    Kind.RENDERING: ("the same quotation as", "the same quotation as"),
    Kind.REPEATS: ("repeats", "repeated by"),
}


@dataclass(frozen=True, slots=True)
class Brief:
    """``how`` the claim stands to ``other``, and why."""

    how: str
    other: Claim
    who: str
    outlet: str
    why: str
    rules: str


@dataclass(frozen=True, slots=True)
class Stands:
    """How a claim stands to others of ``event``; ``left`` is the number of those that are not listed."""

    event: Event
    briefly: Sequence[Brief]
    left: int


def stands_of(claim: Claim, links: Sequence[Link], visible: ClaimQuerySet) -> Stands | None:
    """None where the claim is linked to no event, or stands to nothing in it."""
    event = next((link.event for link in links if link.state == Link.State.CONFIRMED), None)
    if event is None:
        return None
    shown = event_relations(event, visible, around=claim)
    key = next((key for key, row in shown.claims.items() if row.pk == claim.pk), None)
    told = [each for each in shown.relations.touching(key) if not each.undecided] if key else []
    told.sort(key=lambda each: list(WORDS).index(each.kind))
    if key is None or not told:
        return None
    return Stands(event, [brief_of(each, key, shown) for each in told[:MOST_BRIEFLY]], len(told) - MOST_BRIEFLY)


def brief_of(relation: Relation, key: str, shown: EventRelations) -> Brief:
    first = relation.one == key
    other = relation.other if first else relation.one
    statement = shown.statements[other]
    how = WORDS[relation.kind][0 if first else 1]
    rules = ", ".join(relation.rules)
    return Brief(how, shown.claims[other], statement.who, statement.voice.outlet, relation.why, rules)

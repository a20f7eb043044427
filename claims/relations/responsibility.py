"""Who is said to have done it: rival attributions, and concessions by the accused (R17). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from claims.comparison import Geography
from claims.grouping.kinds import OPEN, alike, harms
from claims.relations.denials import harm_in
from claims.relations.denying import About
from claims.relations.parties import name_of, same_party
from claims.relations.reading import Accusation, Reading
from claims.relations.scene import Scene, meet
from claims.relations.tables import words
from claims.relations.types import Kind, Relation, Rivalry, Side, Span

Charge = tuple[Reading, Accusation]
RESPONSIBILITY, THE_ACT = "responsibility", "the act"
BLASTS = frozenset({"explosion", "fire"})
MOST_CHARGES = 200  # attributions that are set against each other; the rest is told among those left out


def charges_in(scene: Scene) -> list[Charge]:
    """Every attribution of the act to somebody by somebody else."""
    return [
        (reading, each)
        for reading in scene.readings
        for each in reading.accusations
        if not reading.statement.denied and not each.own and not same_party(reading.party, each.party)
    ]


def rivals(scene: Scene) -> Iterator[tuple[Charge, Charge]]:
    """Pairs of attributions that cannot both be the whole truth: of one act, to two who are not one.

    That each of two parties strikes the other is no dispute. It is one where blame is the very thing that is said, or
    where one of the accused denies its part, and the two that say so are not one.
    """
    charges = charges_in(scene)[:MOST_CHARGES]
    deniers = [each.party for each in scene.readings if any(d.about is About.PART for d in each.denied)]
    for one, other in combinations(charges, 2):
        if same_party(one[1].party, other[1].party) or not _one_act(one, other, scene.by.geography):
            continue
        if same_party(one[0].party, other[0].party) or scene.one_source(one[0], other[0]):
            continue
        disputed = any(same_party(party, charge[1].party) for party in deniers for charge in (one, other))
        if _blames(one) or _blames(other) or disputed:
            yield one, other


def _blames(charge: Charge) -> bool:
    """Whether somebody who speaks for himself lays the blame; that copy says so in its own voice is no dispute."""
    return charge[1].explicit and bool(charge[0].party)


def _one_act(one: Charge, other: Charge, geography: Geography) -> bool:
    return meet(one[0], other[0], geography) and _one_kind(one[0].kinds, other[0].kinds)


def _one_kind(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether words may name one happening; what one side calls an explosion or a fire the other may call a strike."""
    if ours & BLASTS or theirs & BLASTS:
        ours, theirs = ours - BLASTS, theirs - BLASTS
    return alike(ours, theirs) is not False


def rival_relations(scene: Scene) -> Iterator[Relation]:
    for one, other in rivals(scene):
        first, second = sorted((one, other), key=lambda charge: charge[0].key)
        if first[0].key == second[0].key:
            continue
        why = ", ".join(
            f"{reading.statement.who} said that it was {named(accused)}" for reading, accused in (first, second)
        )
        spans = tuple(sorted((first[1].span, second[1].span)))
        yield Relation(Kind.RIVALS, first[0].key, second[0].key, ("R17",), why, spans, RESPONSIBILITY)


def rivalries(scene: Scene) -> tuple[Rivalry, ...]:
    """The sides that are opposed, with all that is said for each."""
    opposed: dict[tuple[str, str], dict[str, set[Charge]]] = defaultdict(lambda: defaultdict(set))
    for one, other in rivals(scene):
        first, second = sorted((one[1].party, other[1].party))
        for charge in (one, other):
            opposed[first, second][charge[1].party].add(charge)
    return tuple(
        Rivalry(_side(first, sides[first]), _side(second, sides[second]))
        for (first, second), sides in sorted(opposed.items())
    )


def named(accused: Accusation) -> str:
    """The state's name where it is one, else the words of the copy."""
    name = name_of(accused.party)
    return name if name != accused.party else accused.name


def _side(party: str, charges: set[Charge]) -> Side:
    ordered = sorted(charges, key=lambda charge: (charge[0].statement.as_of, charge[0].key))
    spans: tuple[Span, ...] = tuple(charge[1].span for charge in ordered)
    return Side(party, named(ordered[0][1]), tuple(charge[0].key for charge in ordered), spans)


def concessions(scene: Scene) -> Iterator[Relation]:
    """The accused party says itself that it did it, or admits the harm: told against each statement that accuses it."""
    charges = charges_in(scene)
    for reading in scene.readings:
        span, admits = _conceded(reading)
        for other, charge in charges if span else ():
            if span is None or not same_party(reading.party, charge.party) or scene.one_source(reading, other):
                continue
            if not meet(reading, other, scene.by.geography) or not _one_kind(reading.kinds, other.kinds):
                continue
            who = reading.statement.who
            why = f"{named(charge)} is said to have done it, and {who} said so too, on its part"
            silent = bool(harm_in(other)) and not harm_in(reading)
            why += "; of harm to civilians it says nothing" if silent else ""
            yield Relation(
                Kind.CONCEDES,
                reading.key,
                other.key,
                ("R17",),
                why,
                tuple(sorted((span, charge.span))),
                RESPONSIBILITY if admits and not silent else THE_ACT,
            )


def _conceded(reading: Reading) -> tuple[Span | None, bool]:
    """The words by which a party concedes, if it does, and whether they admit it: who reports its own strike says that
    it struck, and no more."""
    if reading.statement.denied or not reading.party:
        return None, False
    table, low = words(), reading.low
    if hit := table.conceded.search(low):
        return reading.span(*hit.span()), True
    admits = reading.statement.cue in table.conceding
    own = next((each for each in reading.accusations if same_party(each.party, reading.party)), None)
    if own and (harms(reading.kinds - {OPEN}) or admits):
        return own.span, admits
    if admits and (harms(reading.kinds) or harm_in(reading)):
        return reading.span(0, len(reading.now)), True
    return None, False

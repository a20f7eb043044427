"""All relations between the statements of one event. Pure, bounded, and the same in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from claims.comparison import Measure
from claims.geography import lie
from claims.independence import Override
from claims.relations.counts import count_relations, figures_left_out
from claims.relations.denials import denials
from claims.relations.quotations import renderings
from claims.relations.repeats import repeats
from claims.relations.responsibility import concessions, rival_relations, rivalries
from claims.relations.scene import Scene, scene_of
from claims.relations.types import Kind, Relation, Relations, Said, Statement

MOST_STATEMENTS = 300
MOST_OF_A_KIND = 1_000
EARTH = Measure(geography=lie)
FINDERS = (repeats, count_relations, denials, concessions, rival_relations, renderings)


def relations_of(
    statements: Iterable[Statement],
    by: Measure = EARTH,
    parties: Iterable[str] = (),
    overrides: Iterable[Override] = (),
    refused: Iterable[Said] = (),
) -> Relations:
    """How the statements of one event stand to each other; no matter in what order they come.

    ``parties`` are codes of states, or folded names, that are parties to the event; who is said to have done it is one
    without that. ``overrides`` are people's words on who is one source, ``refused`` on what is no such relation. The
    newest ``MOST_STATEMENTS`` are compared.
    """
    ordered = sorted(statements, key=lambda each: (each.as_of, each.key))
    kept = ordered[-MOST_STATEMENTS:]
    scene = scene_of(kept, by, parties, overrides)
    found: list[Relation] = []
    over = figures_left_out(scene)
    for finder in FINDERS:
        told = _merged(finder(scene))
        found += islice(told, MOST_OF_A_KIND)
        over += sum(1 for _ in told)
    order = {kind: number for number, kind in enumerate(Kind)}
    found.sort(key=lambda each: (order[each.kind], each.undecided, each.one, each.other, each.about, each.why))
    out = _refused(scene, found, refused)
    return Relations(
        relations=tuple(each for each in found if each not in out),
        rivalries=rivalries(scene),
        refused=tuple(each for each in found if each in out),
        origins=scene.origins,
        accused=tuple(sorted(scene.accused)),
        statements_left_out=len(ordered) - len(kept),
        left_out=over,
    )


def _refused(scene: Scene, found: Sequence[Relation], words: Iterable[Said]) -> set[Relation]:
    """The relations that a person said are none, with those of the same source about the same."""
    said = {(word.kind, word.one, word.other) for word in words}
    if not said:
        return set()
    named = [each for each in found if (each.kind, each.one, each.other) in said]
    alike = {_sense(scene, each) for each in named}
    return {each for each in found if _sense(scene, each) in alike}


def _sense(scene: Scene, of: Relation) -> tuple[str, ...]:
    """What a person's word is about: what one source says of another statement; whether it concedes at all."""
    other = "" if of.kind is Kind.CONCEDES else of.other
    return of.kind, scene.origins[of.one] or of.one, other, of.about


def _merged(told: Iterable[Relation]) -> Iterator[Relation]:
    """Two statements stand to each other in one way at most once: what differs in several figures is told together."""
    found: dict[tuple[str, ...], list[Relation]] = {}
    for each in told:
        found.setdefault((each.kind, each.one, each.other, each.about, str(each.undecided)), []).append(each)
    for alike in found.values():
        if len(alike) == 1:
            yield alike[0]
            continue
        whys = sorted({each.why for each in alike})
        rules = sorted({rule for each in alike for rule in each.rules})
        spans = sorted({span for each in alike for span in each.spans})
        yield replace(alike[0], why="; ".join(whys), rules=tuple(rules), spans=tuple(spans))

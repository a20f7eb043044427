"""All relations between the statements of one event. Pure, bounded, and the same in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from claims.relations.types import Kind, Relation, Relations, Statement

MOST_STATEMENTS = 300
MOST_OF_A_KIND = 1_000
EARTH = Measure(geography=lie)
FINDERS = (repeats, count_relations, denials, concessions, rival_relations, renderings)


def relations_of(
    statements: Iterable[Statement],
    by: Measure = EARTH,
    parties: Iterable[str] = (),
    overrides: Iterable[Override] = (),
) -> Relations:
    """How the statements of one event stand to each other; no matter in what order they come.

    ``parties`` are codes of states, or folded names, that are parties to the event; who is said to have done it is one
    without that. ``overrides`` are people's words on who is one source. The newest ``MOST_STATEMENTS`` are compared.
    """
    ordered = sorted(statements, key=lambda each: (each.as_of, each.key))
    kept = ordered[-MOST_STATEMENTS:]
    return relations_in(scene_of(kept, by, parties, overrides), len(ordered) - len(kept))


def relations_in(scene: Scene, left_out: int = 0) -> Relations:
    found: list[Relation] = []
    over = figures_left_out(scene)
    for told in FINDERS:
        each = _merged(told(scene))
        found += islice(each, MOST_OF_A_KIND)
        over += sum(1 for _ in each)
    order = {kind: number for number, kind in enumerate(Kind)}
    found.sort(key=lambda each: (order[each.kind], each.undecided, each.one, each.other, each.about, each.why))
    return Relations(tuple(found), rivalries(scene), tuple(sorted(scene.accused)), left_out, over)


def _merged(told: Iterable[Relation]) -> Iterator[Relation]:
    """Two statements stand to each other in one way at most once: what differs in several figures is told together."""
    found: dict[tuple[str, ...], list[Relation]] = {}
    for each in told:
        found.setdefault((each.kind, each.one, each.other, each.about, str(each.undecided)), []).append(each)
    for alike in found.values():
        whys = sorted({each.why for each in alike})
        rules = sorted({rule for each in alike for rule in each.rules})
        spans = sorted({span for each in alike for span in each.spans})
        yield replace(alike[0], why="; ".join(whys), rules=tuple(rules), spans=tuple(spans))

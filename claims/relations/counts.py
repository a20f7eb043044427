"""Figures of different statements: revised by the same source (R13), or of a different scope (R8, R11). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from claims.comparison import Finding, Geography, Reported, Standing, Where, compare, overlap
from claims.relations.reading import Reading
from claims.relations.scene import Scene
from claims.relations.types import Kind, Relation

MOST_OF_A_MEASURE = 120  # figures of one measure that are compared with one another
_DISPUTED = (Standing.CONFLICT, Standing.POSSIBLY_STALE)
_DIMENSIONS = (("place", "place"), ("population", "population"), ("day", "from_day"))


def by_measure(scene: Scene) -> dict[str, list[Reported]]:
    """The asserted figures of each measure; what is counted otherwise ("12 windows") is no cell of its own."""
    found: dict[str, list[Reported]] = defaultdict(list)
    for reading in scene.readings:
        for each in reading.statement.figures if not reading.statement.denied else ():
            if not each.measure.startswith("other"):
                found[each.measure].append(each)
    return found


def count_relations(scene: Scene) -> Iterator[Relation]:
    at = {reading.key: reading for reading in scene.readings}
    for figures in by_measure(scene).values():
        for one, other in combinations(figures[:MOST_OF_A_MEASURE], 2):
            if one.statement == other.statement:
                continue
            finding = compare(one, other, scene.by)
            earlier, later = (one, other) if finding.first == one.key else (other, one)
            if found := _relation(
                finding, at[earlier.statement], at[later.statement], (earlier, later), scene.by.geography
            ):
                yield found


def figures_left_out(scene: Scene) -> int:
    return sum(max(0, len(figures) - MOST_OF_A_MEASURE) for figures in by_measure(scene).values())


def _relation(
    finding: Finding, earlier: Reading, later: Reading, figures: tuple[Reported, Reported], geography: Geography
) -> Relation | None:
    def told(why: str) -> str:
        return f"{figures[0].measure.replace('_', ' ')}: {why}"

    standing = finding.standing
    if standing in (Standing.UPDATE, Standing.REVISED_DOWN):
        return Relation(
            Kind.REVISES, later.key, earlier.key, (finding.rule,), told(finding.why), about=figures[0].measure
        )
    first, second = sorted((earlier.key, later.key))
    if standing is Standing.DIFFERENT_SCOPE:
        if overlap(*figures) and not _elsewhere(figures, geography):
            return None
        why = told(f"{figures[0].words} and {figures[1].words}, {finding.why}")
        return Relation(Kind.DIFFERENT_SCOPE, first, second, (finding.rule,), why, about=finding.dimension)
    if standing not in _DISPUTED or not (dimension := _unsaid(*figures)):
        return None
    why = told(f"{finding.why}; only one of them says its {dimension}")
    return Relation(Kind.DIFFERENT_SCOPE, first, second, ("R11",), why, about=dimension, undecided=True)


def _elsewhere(figures: tuple[Reported, Reported], geography: Geography) -> bool:
    places = [figure.place for figure in figures]
    return all(places) and geography(*places) is Where.APART


def _unsaid(one: Reported, other: Reported) -> str:
    """The dimension that one figure names and the other leaves open."""
    told = (name for name, field in _DIMENSIONS if bool(getattr(one, field)) != bool(getattr(other, field)))
    return next(told, "")

"""From outcomes to scores: F1, shares and the area under a curve, micro-averaged over the items of a set."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.evaluation.types import Given, Outcome, Score, Verdict

FOUND = (Verdict.HIT, Verdict.MISS, Verdict.EXTRA)
RANKED = (Verdict.ABOVE, Verdict.BELOW)
UNSCORED = (Verdict.FAULT, Verdict.READ)


def scores(name: str, found: Iterable[Outcome | Given]) -> tuple[Score, ...]:
    """Score all measures in the order of their first outcome; the parts of a set become ``NAME, PART``."""
    groups: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    given: list[Score] = []
    for each in found:
        if isinstance(each, Given):
            given.extend(Score(name, measure, value, each.count) for measure, value in each.values.items())
        elif each.verdict not in UNSCORED:
            groups[(each.part, each.measure)].append(each)
    worked_out = (
        _score(f"{name}, {part}" if part else name, measure, rows) for (part, measure), rows in groups.items()
    )
    return (*given, *sorted(worked_out, key=lambda score: score.name))


def _score(name: str, measure: str, rows: Sequence[Outcome]) -> Score:
    first = rows[0].verdict
    if first in FOUND:
        return _f1(name, measure, rows)
    if first in RANKED:
        above = [row.value for row in rows if row.verdict is Verdict.ABOVE]
        below = [row.value for row in rows if row.verdict is Verdict.BELOW]
        return Score(name, measure, area(above, below), len(rows))
    if first is Verdict.SOME:
        total = sum(row.total for row in rows)
        return Score(name, measure, ratio(sum(row.value for row in rows), total), round(total))
    right = sum(row.verdict is Verdict.RIGHT for row in rows)
    return Score(name, measure, ratio(right, len(rows)), len(rows))


def _f1(name: str, measure: str, rows: Sequence[Outcome]) -> Score:
    hit, miss, extra = (sum(row.verdict is verdict for row in rows) for verdict in FOUND)
    precision, recall = ratio(hit, hit + extra), ratio(hit, hit + miss)
    value = ratio(2 * hit, 2 * hit + miss + extra)
    return Score(name, measure, value, hit + miss, f"P {precision:.2f} R {recall:.2f}")


def area(above: Sequence[float], below: Sequence[float]) -> float:
    """How often a value of ``above`` outranks one of ``below`` (a tie counts half); 0.0 where one of them is empty."""
    lower = sorted(below)
    wins = sum((bisect_left(lower, value) + bisect_right(lower, value)) / 2 for value in above)
    return ratio(wins, len(above) * len(below))


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0

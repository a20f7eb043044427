"""The table of scores, for a terminal and for docs/accuracy.md, and the figures that are kept to compare with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from claims.evaluation.targets import CEILINGS, met, target
from claims.evaluation.types import Score

BEGIN, END = "<!-- table of manage.py evaluate -->", "<!-- end of table -->"
HEAD = ("set", "measure", "score", "target", "met", "last (difference)", "items", "")
Figures = dict[str, dict[str, float]]


class NoTable(Exception):
    """The page lacks the two markers between which the table stands."""


def figures(path: Path) -> Figures:
    """The last committed scores by set and measure; none where the file is missing. ValueError for another shape."""
    if not path.exists():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(stored, dict):
        raise ValueError(f"{path.name} holds no scores by set.")
    return {name: {measure: float(value) for measure, value in rows.items()} for name, rows in stored.items()}


def merged(last: Figures, scores: Iterable[Score]) -> Figures:
    """The last scores with those of this run over them: all measures of a set that ran are replaced."""
    new: Figures = {}
    for score in scores:
        new.setdefault(score.name, {})[score.measure] = round(score.value, 4)
    return {**last, **new}


def lines(scores: Sequence[Score], last: Figures) -> list[tuple[str, ...]]:
    """One row of words to a score, in the order of ``HEAD``."""
    return [_line(score, last.get(score.name, {}).get(score.measure)) for score in scores]


def _line(score: Score, before: float | None) -> tuple[str, ...]:
    wanted, reached = target(score.name, score.measure), met(score.name, score.measure, score.value)
    whole = score.measure in CEILINGS
    difference = "-" if before is None else f"{_number(before, whole)} ({round(score.value - before, 3) + 0.0:+.3f})"
    return (
        score.name,
        score.measure,
        _number(score.value, whole),
        "" if wanted is None else _number(wanted, whole),
        "" if reached is None else "yes" if reached else "NO",
        difference,
        str(score.count),
        score.note,
    )


def _number(value: float, whole: bool) -> str:
    return f"{value:.0f}" if whole else f"{value:.3f}"


def plain(scores: Sequence[Score], last: Figures) -> str:
    """The table for a terminal, columns aligned."""
    table = [HEAD, *lines(scores, last)]
    widths = [max(len(row[i]) for row in table) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    )


def markdown(stored: Mapping[str, Mapping[str, float]]) -> str:
    """The table for the page: set, measure, score, target, and whether it is met."""
    rows = ["| set | measure | score | target | met |", "|---|---|---|---|---|"]
    for name, measures in stored.items():
        for measure, value in measures.items():
            line = _line(Score(name, measure, value, 0), None)
            rows.append("| " + " | ".join(line[:5]) + " |")
    return "\n".join(rows)


def around(page: Path) -> tuple[str, str]:
    """What stands before and behind the table of the page. NoTable where it has no markers."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoTable(f"{page.name} lacks the lines {BEGIN!r} and {END!r} between which the table is written.")
    return before, after


def save(path: Path, page: Path, stored: Figures) -> None:
    """Rewrite the kept scores, and the table between the markers of the page. NoTable where it has no markers."""
    before, after = around(page)
    page.write_text(f"{before}{BEGIN}\n{markdown(stored)}\n{END}{after}", encoding="utf-8")
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")

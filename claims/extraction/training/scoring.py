"""Scores of readings against annotated examples: word classes, arcs, names, attribution, worth. Plain arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.extraction.decoding import labelled_spans
from claims.extraction.reader import Reading
from claims.extraction.training.examples import Example
from claims.extraction.training.labels import ATTRIBUTION_KINDS, NAME_KINDS

Span = tuple[int, int, str]


@dataclass(slots=True)
class Tally:
    """Counts for a precision, a recall and their mean; the two sides may count their hits apart (overlaps)."""

    predicted: int = 0
    expected: int = 0
    right: int = 0
    covered: int = 0

    def f1(self) -> float:
        """F1 in per cent; 0.0 where nothing was right."""
        precision = self.right / max(1, self.predicted)
        recall = self.covered / max(1, self.expected)
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Scores:
    """Running counts over one set."""

    words: int = 0
    classes: int = 0
    features: int = 0
    heads: int = 0
    labelled: int = 0
    names: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in ("all", *NAME_KINDS)})
    attribution: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in ATTRIBUTION_KINDS})
    worth: dict[int, list[float]] = field(default_factory=lambda: {0: [], 1: [], 2: []})

    def add(self, example: Example, reading: Reading) -> None:
        """Count one example, layer by layer, as far as it is annotated."""
        if example.heads:
            self._words(example, reading)
        if example.names:
            expected = set(labelled_spans(example.names))
            for kind, tally in self.names.items():
                _exact(tally, _of_kind(expected, kind), _of_kind(reading.names, kind))
        if example.attribution:
            spans = labelled_spans(example.attribution)
            for kind, tally in self.attribution.items():
                _overlap(tally, _of_kind(spans, kind), _of_kind(reading.attribution, kind))
        if example.worth in self.worth and reading.worth is not None:
            self.worth[example.worth].append(reading.worth)

    def _words(self, example: Example, reading: Reading) -> None:
        for index in range(len(example.words)):
            head = reading.heads[index] + 1 if reading.heads[index] != index else 0
            attached = head == example.heads[index]
            self.words += 1
            self.classes += reading.classes[index] == example.classes[index]
            self.features += bool(reading.features) and reading.features[index] == example.features[index]
            self.heads += attached
            self.labelled += attached and reading.relations[index] == example.relations[index]

    def table(self) -> dict[str, float]:
        """Return measure to score in per cent, for what was annotated."""
        found: dict[str, float] = {}
        if self.words:
            parts = {"UPOS": self.classes, "features": self.features, "UAS": self.heads, "LAS": self.labelled}
            found |= {name: 100 * count / self.words for name, count in parts.items()}
        found |= {f"names {kind}": tally.f1() for kind, tally in self.names.items() if self.names["all"].expected}
        found |= {kind.lower(): tally.f1() for kind, tally in self.attribution.items() if tally.expected}
        if self.worth[0] and self.worth[2]:
            found["worth AUC"] = 100 * auc(self.worth[2], self.worth[0])
        return {name: round(value, 2) for name, value in found.items()}


def score(pairs: Iterable[tuple[Example, Reading]]) -> dict[str, float]:
    """Score readings against their examples; attribution by any overlap with a span of its kind."""
    scores = Scores()
    for example, reading in pairs:
        scores.add(example, reading)
    return scores.table()


def _of_kind(spans: Iterable[Span], kind: str) -> set[Span]:
    return {span for span in spans if kind in ("all", span[2])}


def _exact(tally: Tally, expected: set[Span], predicted: set[Span]) -> None:
    both = len(expected & predicted)
    tally.predicted += len(predicted)
    tally.expected += len(expected)
    tally.right += both
    tally.covered += both


def _overlap(tally: Tally, expected: set[Span], predicted: set[Span]) -> None:
    tally.predicted += len(predicted)
    tally.expected += len(expected)
    tally.right += sum(any(_meet(span, other) for other in expected) for span in predicted)
    tally.covered += sum(any(_meet(span, other) for other in predicted) for span in expected)


def _meet(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def auc(above: list[float], below: list[float]) -> float:
    """The chance that one of ``above`` scores higher than one of ``below``; ties count half."""
    order = sorted([(value, True) for value in above] + [(value, False) for value in below])
    total, start = 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and order[end][0] == order[start][0]:
            end += 1
        total += (start + 1 + end) / 2 * sum(is_above for _, is_above in order[start:end])
        start = end
    return (total - len(above) * (len(above) + 1) / 2) / (len(above) * len(below))


def summary(tables: dict[str, dict[str, float]]) -> float:
    """One number to choose between epochs and seeds: the mean of LAS, names, bodies and attribution on the dev sets."""
    wanted = ("LAS", "names all", "names ORG", "source", "cue", "content")
    found = [value for table in tables.values() for name, value in table.items() if name in wanted]
    return round(sum(found) / max(1, len(found)), 3)

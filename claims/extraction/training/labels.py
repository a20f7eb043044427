"""The label sets, and examples turned into numbers: piece ids, case classes, first pieces, targets, padded batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.extraction.reader import MAX_WORDS
from claims.extraction.training.examples import OUTSIDE, Example
from claims.extraction.wordpieces import WordPieces

Numbers = NDArray[np.int64]
NAME_KINDS, ATTRIBUTION_KINDS = ("PER", "ORG", "LOC"), ("SOURCE", "CUE", "CONTENT")
RARE_RELATION, RARE_FEATURES = 3, 5
MOST_PIECES = 300
IGNORED = -1
# The layers with one target for each word, in the order of the label file.
LAYERS = ("pos", "dep", "ner", "attr", "feats")


def label_sets(examples: Iterable[Example]) -> dict[str, list[str]]:
    """Return the label file: sets of word classes, relations, names, attribution and features, each in a fixed order.

    Labels too rare to learn are left out; words that have them teach that layer nothing.
    """
    classes: set[str] = set()
    relations: Counter[str] = Counter()
    features: Counter[str] = Counter()
    for example in examples:
        classes.update(example.classes)
        relations.update(example.relations)
        features.update(example.features)
    return {
        "pos": sorted(classes),
        "dep": _frequent(relations, RARE_RELATION),
        "ner": _bio_labels(NAME_KINDS),
        "attr": _bio_labels(ATTRIBUTION_KINDS),
        "feats": _frequent(features, RARE_FEATURES),
    }


def _frequent(counts: Counter[str], least: int) -> list[str]:
    return [label for label, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if count >= least]


def _bio_labels(kinds: Sequence[str]) -> list[str]:
    return [OUTSIDE, *(f"{part}-{kind}" for kind in kinds for part in "BI")]


@dataclass(frozen=True, slots=True)
class Row:
    """One example in numbers; each target has a place for the root in front of the words."""

    ids: list[int]
    cases: list[int]
    first: list[int]
    targets: dict[str, list[int]]
    worth: int


class Numbering:
    """Turns examples into rows by one vocabulary and one set of labels."""

    def __init__(self, pieces: WordPieces, labels: dict[str, list[str]]) -> None:
        self._pieces = pieces
        self._places = {layer: {label: i for i, label in enumerate(names)} for layer, names in labels.items()}

    def rows(self, examples: Iterable[Example]) -> list[Row]:
        """Return the rows of the examples that are short enough for the model."""
        short = (self.row(example) for example in examples if len(example.words) <= MAX_WORDS)
        return [row for row in short if len(row.ids) <= MOST_PIECES]

    def row(self, example: Example) -> Row:
        encoded = self._pieces.encode(example.words)
        layers = (example.classes, example.relations, example.names, example.attribution, example.features)
        size = len(example.words)
        targets = {name: self._targets(name, values, size) for name, values in zip(LAYERS, layers, strict=True)}
        targets["heads"] = [IGNORED, *(example.heads or [IGNORED] * size)]
        targets["starts"] = [IGNORED, *([int(start) for start in example.starts] or [IGNORED] * size)]
        return Row(encoded.ids, encoded.cases, encoded.first, targets, example.worth)

    def _targets(self, layer: str, values: Sequence[str], size: int) -> list[int]:
        places = self._places[layer]
        return [IGNORED, *([places.get(value, IGNORED) for value in values] or [IGNORED] * size)]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded rows: (rows, pieces) for ids, cases and mask, (rows, words + 1) for the rest, (rows,) for worth."""

    ids: Numbers
    cases: Numbers
    mask: NDArray[np.float32]
    first: Numbers
    targets: dict[str, Numbers]
    worth: Numbers

    @property
    def pieces(self) -> int:
        return int(self.mask.sum())


def batch_of(rows: Sequence[Row]) -> Batch:
    """Pad rows to one batch."""
    mask = _padded([[1] * len(row.ids) for row in rows], 0).astype(np.float32)
    targets = {name: _padded([row.targets[name] for row in rows], IGNORED) for name in rows[0].targets}
    worth = np.array([row.worth for row in rows], dtype=np.int64)
    first = _padded([row.first for row in rows], 0)
    return Batch(
        _padded([row.ids for row in rows], 0), _padded([r.cases for r in rows], 0), mask, first, targets, worth
    )


def _padded(lists: Sequence[Sequence[int]], filler: int) -> Numbers:
    table = np.full((len(lists), max(map(len, lists))), filler, dtype=np.int64)
    for row, values in zip(table, lists, strict=True):
        row[: len(values)] = values
    return table


def by_length(rows: Sequence[Row], budget: int, generator: np.random.Generator | None = None) -> list[list[int]]:
    """Return the places of rows of like length, at most ``budget`` padded pieces together, shuffled by a generator."""
    lengths = np.array([len(row.ids) for row in rows], dtype=float)
    order = np.argsort(lengths + (generator.random(len(rows)) * 4 if generator else 0), kind="stable")
    found: list[list[int]] = []
    longest = 0
    for place in order.tolist():
        longest = max(longest, len(rows[place].ids))
        if not found or longest * (len(found[-1]) + 1) > budget:
            found.append([])
            longest = len(rows[place].ids)
        found[-1].append(place)
    if generator:
        generator.shuffle(found)
    return found

"""What the model learns from: one stretch of words with the labels that are known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

OUTSIDE = "O"
UNKNOWN = ""
NO_HEAD = -1


@dataclass(frozen=True, slots=True)
class Example:
    """Words and labels, one label for each word; an empty list means that this layer was not annotated.

    ``heads`` counts words from 1, 0 is the root. ``starts`` is filled only where several sentences stand side by side.
    ``block`` names the paragraph: only neighbours of one block may be joined. ``worth`` is 0, 1, 2 or -1 (unknown).
    """

    words: list[str]
    block: str
    classes: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    attribution: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    worth: int = -1


def bio(size: int, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Paint (start, end, kind) over ``size`` words; a later span covers an earlier one, whose rest begins anew."""
    owners: list[tuple[int, str] | None] = [None] * size
    for number, (start, end, kind) in enumerate(spans):
        owners[start:end] = [(number, kind)] * (min(end, size) - start)
    labels: list[str] = []
    for index, owner in enumerate(owners):
        if owner is None:
            labels.append(OUTSIDE)
        else:
            same = index > 0 and owners[index - 1] == owner
            labels.append(f"{'I' if same else 'B'}-{owner[1]}")
    return labels


def upper(example: Example) -> Example:
    """The same in capitals, as old wires and headlines have it."""
    return _respelled(example, [word.upper() for word in example.words])


def lower(example: Example) -> Example:
    """The same without capitals."""
    return _respelled(example, [word.lower() for word in example.words])


def title(example: Example) -> Example:
    """The same with a capital on every word, as in headlines."""
    return _respelled(example, [word[:1].upper() + word[1:] for word in example.words])


def _respelled(example: Example, words: list[str]) -> Example:
    return replace(example, words=words)


def joined(left: Example, right: Example) -> Example:
    """Two neighbours as one stretch, with the places where sentences start; each keeps its own root."""
    size = len(left.words)
    heads = [head + size if head > 0 else head for head in right.heads]
    return Example(
        [*left.words, *right.words],
        left.block,
        _both(left.classes, right.classes, left, right),
        _both(left.features, right.features, left, right),
        [*(left.heads or [NO_HEAD] * size), *(heads or [NO_HEAD] * len(right.words))],
        _both(left.relations, right.relations, left, right),
        _both(left.names, right.names, left, right),
        _both(left.attribution, right.attribution, left, right),
        [*_starts(left), *_starts(right)],
    )


def _both(first: Sequence[str], second: Sequence[str], left: Example, right: Example) -> list[str]:
    return [*(first or [UNKNOWN] * len(left.words)), *(second or [UNKNOWN] * len(right.words))]


def _starts(example: Example) -> list[bool]:
    return example.starts or [True, *[False] * (len(example.words) - 1)]


@dataclass(frozen=True, slots=True)
class Mixture:
    """How an epoch varies its examples: the shares written in another case, and the share joined with a neighbour."""

    upper: float = 0.05
    lower: float = 0.05
    title: float = 0.03
    glue: float = 0.12
    most_words: int = 100


def varied(examples: Sequence[Example], mixture: Mixture, generator: np.random.Generator) -> list[Example]:
    """Return one epoch's examples: neighbours joined and capitals changed by chance, as the generator has it."""
    found: list[Example] = []
    chances = generator.random((len(examples), 2))
    for example, (glue, case) in zip(examples, chances, strict=True):
        last = found[-1] if found else None
        if last is not None and glue < mixture.glue and _neighbours(last, example, mixture.most_words):
            found[-1] = joined(last, example)
        else:
            found.append(_in_case(example, mixture, float(case)))
    return found


def _neighbours(left: Example, right: Example, most: int) -> bool:
    return left.block == right.block and len(left.words) + len(right.words) <= most


def _in_case(example: Example, mixture: Mixture, chance: float) -> Example:
    if chance < mixture.upper:
        return upper(example)
    if chance < mixture.upper + mixture.lower:
        return lower(example)
    return title(example) if chance < mixture.upper + mixture.lower + mixture.title else example

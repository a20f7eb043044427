"""Names out of the scores of the words: the best legal labels, with what the labels alone don't know of names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from claims.extraction.decoding import Scores, bio, labelled_spans, transitions
from claims.extraction.gazetteer import lookup

Span = tuple[int, int, str]
# All numbers here were chosen on the dev sets (docs/training.md).
# What a name costs that begins right behind another one, in the units of the scores.
SEAM = 1.5
# The least mean chance of its words that a body needs; persons and places, which the model knows better, need none.
SURE = 0.55
# A name that a large place bears is the place, where the model gives that kind some chance.
LARGE, OPEN = 1_000_000, 0.1
EDGES = frozenset("([,;:-–\"'“‘")
ADDRESS = re.compile(
    r"@|^(?:https?:|www\.)|\w\.(?:com|org|net|edu|gov|pdf|docx?|xlsx?|pptx?|html?|jpe?g|png|zip)$", re.IGNORECASE
)


def seams(labels: Sequence[str]) -> Scores:
    """Return the transitions of names: legal labels, and few names side by side without a word between them.

    Two places stand side by side as town and state do; two names of persons or bodies are most often one.
    """
    table = transitions(labels)
    for row, before in enumerate(labels):
        for column, label in enumerate(labels):
            if before != "O" and label.startswith("B-") and {before[2:], label[2:]} != {"LOC"}:
                table[row, column] -= SEAM
    return table


def names(scores: Scores, labels: Sequence[str], table: Scores, words: Sequence[str]) -> list[Span]:
    """Return (start, end, kind) of each name of a sentence, without marks at its edges.

    Left out: addresses, and bodies that the model is not sure of.
    """
    spans = (_trimmed(span, words) for span in labelled_spans(bio(scores, labels, table)))
    found = [_placed(span, scores, labels, words) for span in spans if not _is_address(words[span[0] : span[1]])]
    return [span for span in found if span[2] != "ORG" or _chance(span, "ORG", scores, labels) >= SURE]


def _trimmed(span: Span, words: Sequence[str]) -> Span:
    start, end, kind = span
    while end - start > 1 and words[end - 1] in EDGES:
        end -= 1
    while end - start > 1 and words[start] in EDGES:
        start += 1
    return start, end, kind


def _is_address(words: Sequence[str]) -> bool:
    return len(words) == 1 and ADDRESS.search(words[0]) is not None


def _placed(span: Span, scores: Scores, labels: Sequence[str], words: Sequence[str]) -> Span:
    start, end, kind = span
    if kind == "LOC" or not _is_known(" ".join(words[start:end])):
        return span
    return (start, end, "LOC") if _chance(span, "LOC", scores, labels) >= OPEN else span


def _is_known(name: str) -> bool:
    """Whether a country, a region or a city of a million bears the name."""
    return any(place.kind in ("country", "region") or place.population >= LARGE for place in lookup(name))


def _chance(span: Span, kind: str, scores: Scores, labels: Sequence[str]) -> float:
    """The geometric mean of the chances (0.0 to 1.0) that the words of a span belong to a name of this kind."""
    rows = scores[span[0] : span[1]].astype(np.float64)
    shares = np.exp(rows - rows.max(axis=1, keepdims=True))
    columns = [column for column, label in enumerate(labels) if label[2:] == kind]
    chances = shares[:, columns].sum(axis=1) / shares.sum(axis=1)
    return float(np.exp(np.log(np.maximum(chances, 1e-12)).mean()))

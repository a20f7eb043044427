"""The shipped model: one int8 encoder, heads for word classes, arcs, names and attribution (see model/README.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from claims.extraction.decoding import Scores, bio, labelled_spans, transitions, tree
from claims.extraction.wordpieces import Encoded, WordPieces

MODEL = Path(__file__).parent / "model"
MODEL_VERSION = "minilm-mt-1"
MAX_WORDS = 160
# Words scored at a time: products of this size stay on one thread in every common BLAS.
BLOCK = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one sentence, word by word; ``heads[i] == i`` marks the root."""

    classes: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str]]
    attribution: list[tuple[int, int, str]]


class Reader:
    """Reads one sentence at a time, so that a sentence reads the same whatever stands around it.

    Dynamic int8 scales with the largest value in a batch: a batch of several would let neighbours change a reading.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._classes: list[str] = labels["pos"]
        self._relations: list[str] = labels["dep"]
        self._names: list[str] = labels["ner"]
        self._attribution: list[str] = labels["attr"]
        self._root = self._relations.index("root")
        self._tables = transitions(self._names), transitions(self._attribution)
        self._pieces = WordPieces(folder / "vocab.txt")
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._bilinear = np.ascontiguousarray(heads["relation"].astype(np.float32).transpose(1, 0, 2))
            self._dependent, self._head = (heads[key].astype(np.float32) for key in ("dependent", "head"))
            self._bias = heads["bias"].astype(np.float32)
        self._session = _session(folder / "encoder.int8.onnx")

    @property
    def relations(self) -> list[str]:
        return self._relations

    def read(self, words: Sequence[str]) -> Reading:
        """Return the reading of one sentence of at most ``MAX_WORDS`` words; ValueError for none or for more."""
        if not 0 < len(words) <= MAX_WORDS:
            raise ValueError(f"A sentence has 1 to {MAX_WORDS} words, not {len(words)}.")
        classes, names, attribution, arcs, dependents, heads = self._run(self._pieces.encode(words))
        tops = tree(arcs)[1:]
        relations = self._label(dependents[1:], heads[tops], tops)
        return Reading(
            [self._classes[i] for i in classes[1:].argmax(axis=1)],
            [int(top) - 1 if top else index for index, top in enumerate(tops)],
            [self._relations[i] for i in relations],
            labelled_spans(bio(names[1:], self._names, self._tables[0])),
            labelled_spans(bio(attribution[1:], self._attribution, self._tables[1])),
        )

    def _run(self, sentence: Encoded) -> list[Scores]:
        feed = {
            "ids": np.array([sentence.ids], dtype=np.int64),
            "cs": np.array([sentence.cases], dtype=np.int64),
            "mask": np.ones((1, len(sentence.ids)), dtype=np.float32),
            "first": np.array([sentence.first], dtype=np.int64),
        }
        return [output[0] for output in self._session.run(None, feed)]

    def _label(self, dependents: Scores, heads: Scores, tops: NDArray[np.int64]) -> NDArray[np.int64]:
        """The biaffine relation scorer, with ``root`` where the head is the root and nowhere else."""
        pieces = [
            _bilinear(self._bilinear, dependents[start : start + BLOCK], heads[start : start + BLOCK])
            for start in range(0, len(heads), BLOCK)
        ]
        scores = np.concatenate(pieces)
        scores = scores + dependents @ self._dependent.T + self._bias + heads @ self._head.T
        scores[tops != 0, self._root] = -np.inf
        best: NDArray[np.int64] = scores.argmax(axis=1)
        best[tops == 0] = self._root
        return best


def _bilinear(weights: Scores, dependents: Scores, heads: Scores) -> Scores:
    """Score each word pair for every relation: (words, relations)."""
    mixed = np.matmul(dependents[None], weights)
    result: Scores = (mixed * heads[None]).sum(axis=-1).T
    return result


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

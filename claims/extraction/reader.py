"""The shipped model: one int8 encoder, heads for word classes, arcs, names and attribution (see model/README.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from claims.extraction.decoding import Scores, bio, labelled_spans, transitions, tree
from claims.extraction.naming import names as names_in
from claims.extraction.naming import seams
from claims.extraction.wordpieces import Encoded, WordPieces

MODEL = Path(__file__).parent / "model"
MODEL_VERSION = "minilm-mt-2"
MAX_WORDS = 160
# Words scored at a time: products of this size stay on one thread in every common BLAS.
BLOCK = 16
READ = ("pos", "ner", "att", "arc", "ld", "lh")
# Heads that a model may lack.
MORE = ("feats", "worth")
STARTS = "starts"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one sentence, word by word; ``heads[i] == i`` marks the root.

    ``features`` (UD's, one string a word) and ``worth`` (0.0 to 1.0, how worth checking the sentence is) stay empty
    with a model that has no head for them.
    """

    classes: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str]]
    attribution: list[tuple[int, int, str]]
    features: list[str] = field(default_factory=list)
    worth: float | None = None


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
        self._features: list[str] = labels.get("feats", [])
        self._root = self._relations.index("root")
        self._tables = seams(self._names), transitions(self._attribution)
        self._pieces = WordPieces(folder / "vocab.txt")
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._bilinear = np.ascontiguousarray(heads["relation"].astype(np.float32).transpose(1, 0, 2))
            self._dependent, self._head = (heads[key].astype(np.float32) for key in ("dependent", "head"))
            self._bias = heads["bias"].astype(np.float32)
        self._session = _session(folder / "encoder.int8.onnx")
        self._heads_there = {output.name for output in self._session.get_outputs()}
        self._outputs = [*READ, *(name for name in MORE if name in self._heads_there)]

    @property
    def relations(self) -> list[str]:
        return self._relations

    def read(self, words: Sequence[str]) -> Reading:
        """Return the reading of one sentence of at most ``MAX_WORDS`` words; ValueError for none or for more."""
        if not 0 < len(words) <= MAX_WORDS:
            raise ValueError(f"A sentence has 1 to {MAX_WORDS} words, not {len(words)}.")
        found = self._run(words, self._outputs)
        classes, names, attribution, arcs, dependents, heads = (found[name] for name in READ)
        tops = tree(arcs)[1:]
        relations = self._label(dependents[1:], heads[tops], tops)
        return Reading(
            [self._classes[i] for i in classes[1:].argmax(axis=1)],
            [int(top) - 1 if top else index for index, top in enumerate(tops)],
            [self._relations[i] for i in relations],
            names_in(names[1:], self._names, self._tables[0], words),
            labelled_spans(bio(attribution[1:], self._attribution, self._tables[1])),
            [self._features[i] for i in found["feats"][1:].argmax(axis=1)] if "feats" in found else [],
            _worth(found["worth"]) if "worth" in found else None,
        )

    def starts(self, words: Sequence[str]) -> list[float] | None:
        """Return how likely (0.0 to 1.0) a sentence starts at each word of a paragraph; None without such a head.

        ValueError for no word or more than ``MAX_WORDS``.
        """
        if not 0 < len(words) <= MAX_WORDS:
            raise ValueError(f"A window has 1 to {MAX_WORDS} words, not {len(words)}.")
        if STARTS not in self._heads_there:
            return None
        scores = self._run(words, [STARTS])[STARTS][1:]
        return [float(chance) for chance in _shares(scores)[:, 1]]

    def _run(self, words: Sequence[str], outputs: list[str]) -> dict[str, Scores]:
        sentence: Encoded = self._pieces.encode(words)
        feed = {
            "ids": np.array([sentence.ids], dtype=np.int64),
            "cs": np.array([sentence.cases], dtype=np.int64),
            "mask": np.ones((1, len(sentence.ids)), dtype=np.float32),
            "first": np.array([sentence.first], dtype=np.int64),
        }
        found = self._session.run(outputs, feed)
        return {name: output[0] for name, output in zip(outputs, found, strict=True)}

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


def _shares(scores: Scores) -> Scores:
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Scores = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def _worth(scores: Scores) -> float:
    """The expected mark of a sentence marked 0 (nothing to check), 1 (routine) or 2 (worth checking), halved."""
    return float(_shares(scores) @ np.array([0.0, 0.5, 1.0]))


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

"""Fit the weights of check-worthiness on sentences marked 0, 1 or 2, and report on every fifth text, kept aside.

usage: python -m claims.extraction.training.worth TRAIN.jsonl OUTPUT.json

Label 2 (worth checking) against 0 (no checkable fact); sentences marked 1 (routine) count as half of each.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.extraction.dates import find_dates
from claims.extraction.figures import find_figures
from claims.extraction.nlp import load
from claims.extraction.places import find_places
from claims.extraction.worth import OUT_OF_SCOPE, features

STEPS = 4_000
RATE = 0.5
RIDGE = 0.002
HELD_OUT = 5

Floats = NDArray[np.float64]


def main(source: Path, target: Path) -> None:
    texts = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [
        (place % HELD_OUT == HELD_OUT - 1, found, label)
        for place, text in enumerate(texts)
        for found, label in sentences(text)
    ]
    names = sorted(rows[0][1])
    values = np.array([[found[name] for name in names] for _, found, _ in rows])
    labels = np.array([label for _, _, label in rows], dtype=float)
    kept = np.array([aside for aside, _, _ in rows])
    lowering = np.array([name in {each for each, _ in OUT_OF_SCOPE} for name in names])
    weights, bias = fit(values[~kept], labels[~kept] / 2, lowering)
    scores = values @ weights + bias
    for name, part in (("fitted on", ~kept), ("kept aside", kept)):
        sys.stdout.write(f"{name}: {part.sum()} sentences, AUC of 2 against 0: {auc(scores[part], labels[part]):.3f}\n")
    stored = {
        "bias": round(bias, 3),
        "weights": {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)},
    }
    target.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def sentences(text: dict[str, Any]) -> list[tuple[dict[str, float], int]]:
    """(features, label) of every sentence of one annotated text."""
    whole = "\n".join(text["sentences"])
    doc = load()(whole)
    figures, places, dates = find_figures(doc), find_places(doc), find_dates(doc, None)
    rows, start = [], 0
    for number, (sentence, label) in enumerate(zip(text["sentences"], text["worth"], strict=True)):
        end = start + len(sentence)
        inside = [each for each in figures if start <= each.anchor.start < end]
        named = [each for each in places if start <= each.anchor.start < end]
        dated = any(start <= each.anchor.start < end for each in dates)
        mode, cue = voice(text, number, sentence)
        rows.append((features(sentence, figures=inside, places=named, mode=mode, cue=cue, dated=dated), int(label)))
        start = end + 1
    return rows


def voice(text: dict[str, Any], number: int, sentence: str) -> tuple[str, str]:
    """The mode and cue of the first attribution in a sentence."""
    for each in text["attributions"]:
        if each["sent"] == number:
            cue = sentence[slice(*each["cue"])].lower() if each["cue"] else ""
            return each["mode"], cue.removesuffix("d").removesuffix("e") + "e" if cue.startswith("accus") else cue
    return "outlet", ""


def fit(values: Floats, wanted: Floats, lowering: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Logistic regression by plain gradient descent, so that a second run gives the same weights.

    The features marked ``lowering`` may only speak against a statement: rhetoric is never a reason to check.
    """
    weights, bias = np.zeros(values.shape[1]), 0.0
    for _ in range(STEPS):
        miss = 1 / (1 + np.exp(-(values @ weights + bias))) - wanted
        weights -= RATE * (values.T @ miss / len(wanted) + RIDGE * weights)
        weights[lowering] = np.minimum(weights[lowering], 0.0)
        bias -= RATE * float(miss.mean())
    return weights, bias


def auc(scores: Floats, labels: Floats) -> float:
    """How often a sentence marked 2 outranks one marked 0."""
    high, low = scores[labels == 2], scores[labels == 0]
    return float((high[:, None] > low[None, :]).mean() + 0.5 * (high[:, None] == low[None, :]).mean())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

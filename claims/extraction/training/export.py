"""Trained weights as the files that the desk loads: int8 ONNX, relation scorer without pickle, labels, vocabulary."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from claims.extraction.training.examples import Example
from claims.extraction.training.labels import Numbering, batch_of
from claims.extraction.training.network import OUTPUTS, Network
from claims.extraction.wordpieces import WordPieces

INPUTS = ("ids", "cs", "mask", "first")
OPSET = 17
SAMPLES = (["Officials", "confirmed", "nothing", "."], ["Rain", "fell", "."])
PIECES, WORDS = {0: "rows", 1: "pieces"}, {0: "rows", 1: "words"}
AXES = dict.fromkeys(("ids", "cs", "mask"), PIECES) | dict.fromkeys(("first", *OUTPUTS), WORDS)
AXES |= {"arc": {0: "rows", 1: "words", 2: "heads"}, "worth": {0: "rows"}}


def export(averaged: Path, vocabulary: Path, target: Path, reduce_range: bool) -> None:
    """Write the model's files into ``target``; ``reduce_range`` keeps weights to 7 bits for CPUs without VNNI."""
    stored = torch.load(averaged, map_location="cpu", weights_only=True)
    labels: dict[str, list[str]] = stored["labels"]
    network = Network(labels)
    network.load_state_dict(stored["network"])
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(vocabulary, target / "vocab.txt")
    (target / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    _write_heads(network, target / "heads.npz")
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        whole, ready = Path(scratch) / "whole.onnx", Path(scratch) / "ready.onnx"
        _write_whole(network, Numbering(WordPieces(vocabulary), labels), whole)
        quant_pre_process(whole, ready, skip_symbolic_shape=True)
        quantize_dynamic(
            ready,
            target / "encoder.int8.onnx",
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
        )
    onnx.checker.check_model(target / "encoder.int8.onnx")


def _write_heads(network: Network, path: Path) -> None:
    """The relation scorer, which runs outside the graph on the chosen heads only."""
    np.savez_compressed(
        path,
        relation=network.relation.detach().numpy().astype(np.float16),
        dependent=network.dependent.weight.detach().numpy().astype(np.float16),
        bias=network.dependent.bias.detach().numpy().astype(np.float32),
        head=network.head.weight.detach().numpy().astype(np.float16),
    )


def _write_whole(network: Network, numbering: Numbering, path: Path) -> None:
    network.eval()
    for layer in network.encoder.layers:
        layer.plain = True
    batch = batch_of([numbering.row(Example(words, "")) for words in SAMPLES])
    parts = tuple(torch.from_numpy(part) for part in (batch.ids, batch.cases, batch.mask, batch.first))
    with warnings.catch_warnings():
        # The tracing exporter is called the old one; it needs no package besides, and torch is pinned.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            network,
            parts,
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=AXES,
            opset_version=OPSET,
            dynamo=False,
        )

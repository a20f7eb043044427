"""The floor under the engine: the annotated articles, by their own scorer, on the desk's own command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
GOLD = sorted((SHARED / "gold").glob("[0-9]*.gold.json"))
FLOOR = {
    "claims_f1": 0.70,
    "speaker": 0.75,
    "polarity": 0.85,
    "figures_f1": 0.70,
    "places_recall": 0.75,
    "date": 0.50,
}


@pytest.mark.skipif(not GOLD, reason="the annotated articles are not beside this checkout")
def test_the_annotated_articles_score_above_the_floor() -> None:
    scorer = SHARED / "tools" / "score_claims.py"
    extract = f"'{sys.executable}' manage.py extract"
    command = [sys.executable, str(scorer), "--extract", extract, "--wire", str(SHARED / "wire"), *map(str, GOLD)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    scores = json.loads(run.stdout)
    assert scores["noise"] == 0
    assert {name: scores[name] for name in FLOOR if scores[name] < FLOOR[name]} == {}

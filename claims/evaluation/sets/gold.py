"""Three wire articles with all their claims annotated (gold/), scored by the annotation's own scorer on what
``manage.py extract`` prints: the whole way from the file to the claims. The scorer's docstring defines the measures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from claims.evaluation.reading import Unreadable
from claims.evaluation.types import Given, Outcome, Request, Set, Verdict

SCORER, WIRE, GOLD = "tools/score_claims.py", "wire", "gold"
TIMEOUT = 120
MEASURES = {
    "claims_f1": "claims F1",
    "claims_precision": "claims precision",
    "claims_recall": "claims recall",
    "speaker": "speaker",
    "cue": "cue",
    "mode": "mode",
    "polarity": "polarity",
    "figures_f1": "figures F1",
    "places_recall": "places recall",
    "places_precision": "places precision",
    "date": "date",
    "noise": "noise",
}

_FAULT = re.compile(r"^(?P<text>\S+\.txt): (?P<words>.*)$")


def run(request: Request) -> Iterator[Outcome | Given]:
    golds = list(islice(sorted((request.shared / GOLD).glob("[0-9]*.gold.json")), request.limit))
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_text("".join(_line(request, path) for path in golds), encoding="utf-8")
        printed = _score(request.shared / SCORER, predicted, golds)
    faults, brace, summary = printed.partition("{\n")
    try:
        values = json.loads(brace + summary)
        yield Given({words: float(values[key]) for key, words in MEASURES.items()}, int(values["claims_gold"]))
    except (ValueError, KeyError) as error:
        raise Unreadable(f"{SCORER} did not print its scores ({error}).") from error
    for path in golds:
        name = path.name.replace(".gold.json", ".txt")
        yield Outcome(name, "articles", "read", Verdict.READ)
    yield from _outcomes(faults)


def _line(request: Request, path: Path) -> str:
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["article"]
    wire = request.shared / WIRE / path.name.replace(".gold.json", ".txt")
    return json.dumps(request.read_wire(wire, about["published"], about["outlet"])) + "\n"


def _score(scorer: Path, predicted: Path, golds: list[Path]) -> str:
    command = [sys.executable, str(scorer), str(predicted), *map(str, golds), "--verbose"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)  # noqa: S603 our own scorer
    except (OSError, subprocess.SubprocessError) as error:
        raise Unreadable(f"{SCORER} could not be run: {error}") from error
    return done.stdout


def _outcomes(faults: str) -> Iterator[Outcome]:
    """The scorer's list of faults: one that comes is a loss, one that goes is a gain."""
    for line in faults.splitlines():
        if found := _FAULT.match(line):
            yield Outcome(found["text"], "faults", found["words"], Verdict.FAULT, found["words"])


SET = Set("gold", (SCORER, WIRE, GOLD), run, "every claim of three wire articles")

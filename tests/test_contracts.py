"""The directions of import hold, the contracts that say so can fail, and heavy parts stay out of the web server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 120
HEAVY = ("spacy", "thinc", "onnxruntime", "trafilatura", "pypdf", "docx")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS)


def test_contracts_hold() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("claims/workflow.py", "from django.conf import settings", "pure code knows no framework"),
        ("claims/models/claims.py", "from claims import verdicts", "inside claims"),
        ("claims/leftover.py", "", "inside claims"),
        ("claims/names.py", "import ingest.models", "newsdesk over ingest over claims"),
        ("ingest/load.py", "import spacy", "spaCy behind one door"),
        ("ingest/load.py", "import urllib3", "only fetch asks other servers"),
        ("newsdesk/tasks.py", "import onnxruntime", "onnxruntime behind one door"),
        ("claims/tasks.py", "from claims.evaluation import table", "only its command measures the engine"),
    ],
)
def test_contracts_can_fail(tmp_path: Path, path: str, line: str, contract: str) -> None:
    for package in ("newsdesk", "claims", "ingest"):
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda folder, names: [n for n in names if Path(folder, n).is_file() and not n.endswith(".py")],
        )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    with (tmp_path / path).open("a") as module:
        module.write(f"\n{line}\n")
    answer = lint_imports(tmp_path)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert f"{contract} BROKEN" in answer.stdout or contract in answer.stdout.partition("Broken contracts")[2]


@pytest.mark.parametrize("module", ["newsdesk.urls", "newsdesk.tasks", "claims.tasks", "ingest.tasks"])
def test_heavy_parts_are_not_loaded_by_importing(module: str) -> None:
    words = (
        f"import sys, importlib, django; django.setup(); importlib.import_module({module!r});"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", words],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "newsdesk.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    assert answer.stdout.strip() == "[]"

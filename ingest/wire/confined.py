"""Parsers of binary formats run in a process of their own, which the system stops at its share of time and memory.

A PDF or Word file can be made to loop, or to unpack to gigabytes, in ways that no check of its bytes foresees; a limit
inside the worker would be the library's to keep. A process that is stopped costs its one file and nothing else.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from ingest.wire.types import WireError

CPU_SECONDS = 1.8
WALL_SECONDS = 45.0  # on a busy machine a process waits for its time; this only ends what waits for ever
MEMORY = 200_000_000  # bytes of address space, the interpreter's own included
MAX_ANSWER = 8_000_000
_ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys\nsys.path.append({str(_ROOT)!r})\nfrom ingest.wire.confined import answer\nanswer(sys.argv[1])"


def ask(module: str, raw: bytes, what: str) -> dict[str, Any]:
    """What ``module.read_bytes`` says of these bytes, asked in a process of its own. ``what`` names the file.

    Raises WireError where the process was stopped or failed, and with the module's own words for ``{"error": words}``.
    """
    command = [sys.executable, "-I", "-c", _START, module]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, check=False, timeout=WALL_SECONDS)  # noqa: S603 -- our own interpreter and module
    except subprocess.TimeoutExpired as error:
        raise WireError(_too_long(what)) from error
    if done.returncode == -signal.SIGPROF:
        raise WireError(_too_long(what))
    if b"MemoryError" in done.stderr[-2000:]:
        raise WireError(f"{what} needs more memory than this desk gives to one file; send the copy as text.")
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise WireError(f"{what} is damaged: no copy can be read from it.") from error
    if "error" in said:
        raise WireError(said["error"])
    return said


def _too_long(what: str) -> str:
    return f"{what} takes longer to read than this desk gives to one file; send the copy as text."


def answer(module: str) -> None:
    """The child's whole life: its limits, its one file from standard input, its answer as JSON."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a system that does not know this limit
            resource.setrlimit(kind, (most, most))
    found = importlib.import_module(module).read_bytes(sys.stdin.buffer.read())
    words = json.dumps(found)
    if len(words) > MAX_ANSWER:
        words = json.dumps({"error": "The file holds more text than this desk reads in one file."})
    sys.stdout.write(words)

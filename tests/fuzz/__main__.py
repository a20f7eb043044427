"""``python -m tests.fuzz --seconds 600 [format …]``: fuzzes the parsers, and prints what breaks with its seed."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fuzz.harness import Failure, Worker, fuzz, keep
from tests.fuzz.targets import names


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="format", help=", ".join(names()))
    parser.add_argument("--seconds", type=float, default=60, help="for all formats together")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same seed makes the same cases")
    parser.add_argument("--found", type=Path, default=Path("var/fuzz"), help="the folder for cases that fail")
    asked = parser.parse_args()
    unknown = set(asked.formats) - set(names())
    if unknown:
        parser.error(f"no such format: {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    chosen = asked.formats or names()
    failed = 0
    for name in chosen:
        with Worker() as worker:
            run = fuzz(worker, name, seed=asked.seed, seconds=asked.seconds / len(chosen))
        rate = run.cases / (asked.seconds / len(chosen))
        _say(f"{name}: {run.cases} cases, {rate:.1f}/s, slowest {run.slowest:.2f} s, {len(run.failures)} failed")
        alike: dict[str, list[Failure]] = {}
        for failure in run.failures:
            alike.setdefault(failure.kind, []).append(failure)
        for kind, failures in alike.items():
            smallest = min(failures, key=lambda failure: len(failure.raw))
            _say(f"  {kind}, {len(failures)} times\n    seed {smallest.seed}: {keep(smallest, asked.found)}")
        failed += len(run.failures)
    return 1 if failed else 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""``python -m tests.fuzz.guided html --seconds 600``: the same parsers by coverage, where atheris is installed.

atheris is no part of the lock file: it comes built for few versions of Python. It keeps what it learns in the folder
given, and stops at the first case that breaks a promise, which it writes there too. Parsers in a process of their own
show it no coverage; the plain harness serves them as well.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import sys
from pathlib import Path

from tests.fuzz.samples import samples


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("format")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--found", type=Path, default=Path("var/fuzz"))
    asked = parser.parse_args()
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("atheris is not installed here; python -m tests.fuzz needs nothing more than the tests do.")
    corpus = asked.found / f"corpus-{asked.format}"
    corpus.mkdir(parents=True, exist_ok=True)
    for raw in samples(asked.format):
        (corpus / hashlib.sha256(raw).hexdigest()).write_bytes(raw)
    for name in [name for name in sys.modules if name.startswith(("ingest.", "tests.fuzz.targets"))]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["ingest", "trafilatura", "feedparser"]):
        read = importlib.import_module("tests.fuzz.targets").target(asked.format)
    bounds = [f"-max_total_time={asked.seconds}", "-timeout=10", "-rss_limit_mb=1500", "-max_len=60000"]
    atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={asked.found}/{asked.format}-guided-", str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

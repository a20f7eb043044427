"""No file and no function outgrows its budget: ``python tests/budgets.py`` from the root of the checkout."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES, TEST_LINES = 400, 40, 120, 300
PACKAGES = ("newsdesk", "claims", "ingest", "tests")


def too_long(path: Path, limit: int) -> Iterator[str]:
    lines = len(path.read_text("utf-8").splitlines())
    if lines > limit:
        yield f"{path.relative_to(ROOT)}: {lines} lines; {limit} are the most"


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield f"{where}: {node.name} has {lines} lines; {FUNCTION_LINES} are the most"


def over_budget() -> Iterator[str]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            yield from too_long(path, TEST_LINES if package == "tests" else FILE_LINES)
            yield from long_functions(path)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from too_long(path, TEMPLATE_LINES)


if __name__ == "__main__":
    if found := list(over_budget()):
        sys.exit("\n".join(found))

"""Scores the language engine on the annotated sets and says what moved since the last run."""

from __future__ import annotations

import io
import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.evaluation import history, table
from claims.evaluation.reading import Unreadable
from claims.evaluation.registry import SETS, missing, score_set
from claims.evaluation.types import Report, Request, Row, Score, Set

MOST_SHOWN = 10


class Command(BaseCommand):
    """``manage.py evaluate [SET ...] [--limit N] [--against FILE] [--save] [--details FILE]``."""

    help = "Score the language engine on annotated texts: a table, and the gains and losses since the last run."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        docs = settings.BASE_DIR / "docs"
        parser.add_argument("sets", nargs="*", metavar="SET", help=f"of: {' '.join(SETS)} (all where none is named)")
        parser.add_argument("--limit", type=positive, metavar="N", help="read at most N texts of each set")
        parser.add_argument("--against", type=Path, default=docs / "accuracy.json", metavar="FILE")
        parser.add_argument("--save", action="store_true", help="rewrite --against and the table of --page")
        parser.add_argument("--page", type=Path, default=docs / "accuracy.md", metavar="FILE")
        parser.add_argument("--details", type=Path, metavar="FILE", help="write gains, losses and standing faults here")
        parser.add_argument("--shared", type=Path, default=settings.BASE_DIR.parent / "shared", metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = _chosen(options["sets"])
        _check(options)
        last = _last(options["against"])
        request = Request(options["shared"], read_wire, options["limit"])
        details = io.StringIO()
        scores: list[Score] = []
        for one in chosen:
            if lacking := missing(one, request.shared):
                self.stdout.write(f"{one.name}: skipped, {request.shared / lacking[0]} is not there.")
                continue
            scores += self._run(one, request, details)
        if not scores:
            raise CommandError("No set was scored.")
        self.stdout.write("\n" + table.plain(scores, last))
        if options["details"]:
            options["details"].write_text(details.getvalue(), encoding="utf-8")
            self.stdout.write(f"Gains, losses and faults are in {options['details']}.")
        if options["save"]:
            _save(options["against"], options["page"], table.merged(last, scores))

    def _run(self, one: Set, request: Request, details: TextIO) -> tuple[Score, ...]:
        try:
            report = score_set(one, request)
        except Unreadable as error:
            raise CommandError(f"{one.name}: {error}") from error
        self.stdout.write(f"{one.name}: {report.seconds:.0f} s, {one.about}")
        self.stdout.flush()
        self._moves(one, report, details)
        return report.scores

    def _moves(self, one: Set, report: Report, details: TextIO) -> None:
        """Show what moved since the last run, all of it in the details, and keep this run's outcomes."""
        path = settings.VAR_DIR / "evaluation" / f"{one.name}.json"
        before = history.stored(path)
        moves = [history.line(change) for change in history.moved(before, report.outcomes)]
        gains = sum(words.startswith("GAIN") for words in moves)
        if before:
            self.stdout.write(f"  {gains} gains, {len(moves) - gains} losses since the last run")
        for words in moves[:MOST_SHOWN]:
            self.stdout.write(f"  {words[:220]}")
        if len(moves) > MOST_SHOWN:
            self.stdout.write(f"  … and {len(moves) - MOST_SHOWN} more (--details FILE lists all)")
        faults = [history.fault(each) for each in history.shown_faults(report.outcomes)]
        details.write("\n".join((f"# {one.name}", *moves, *faults, "")))
        history.store(path, report.outcomes, before)


def positive(words: str) -> int:
    """A whole number above zero. Raises ArgumentTypeError."""
    if not words.isdecimal() or int(words) < 1:
        raise ArgumentTypeError(f"{words!r} is not a whole number above zero")
    return int(words)


def read_wire(path: Path, published: str, outlet: str) -> Row:
    """What ``extract`` prints for one wire file: the whole way from bytes to claims. Unreadable where it cannot."""
    out = io.StringIO()
    try:
        call_command("extract", str(path), f"--published={published}", f"--outlet={outlet}", stdout=out)
    except CommandError as error:
        raise Unreadable(f"{path.name}: {error}") from error
    row: Row = json.loads(out.getvalue())
    return row


def _chosen(names: list[str]) -> list[Set]:
    unknown = [name for name in names if name not in SETS]
    if unknown:
        raise CommandError(f"There is no set {unknown[0]!r}; there are: {', '.join(SETS)}.")
    return [SETS[name] for name in dict.fromkeys(names)] if names else list(SETS.values())


def _check(options: dict[str, Any]) -> None:
    """Refuse before minutes of work what could not be written after them."""
    if options["save"] and options["limit"]:
        raise CommandError("--save keeps the scores of whole sets: leave out --limit.")
    try:
        if options["save"]:
            table.around(options["page"])
        if options["details"]:
            options["details"].write_text("", encoding="utf-8")
    except (OSError, table.NoTable) as error:
        raise CommandError(f"The scores could not be saved: {error}") from error


def _last(path: Path) -> table.Figures:
    try:
        return table.figures(path)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise CommandError(f"{path} cannot be compared with: {error}") from error


def _save(path: Path, page: Path, stored: table.Figures) -> None:
    try:
        table.save(path, page, stored)
    except (OSError, table.NoTable) as error:
        raise CommandError(f"The scores could not be saved: {error}") from error

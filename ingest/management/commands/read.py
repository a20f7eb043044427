"""Prints what wire files hold, one JSON object an item and line; stores nothing and touches no database."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.limits import limits
from ingest.wire.registry import read_path
from ingest.wire.types import WireError, WireItem


class Command(BaseCommand):
    """``manage.py read FILE…``: a line an item, of which a file may hold several. Exit code 0 when all were read."""

    help = "Print what each wire file holds, one JSON object a line. Stores nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a wire file, in any format that the desk reads")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for name in options["files"]:
            file = os.fsencode(name).decode("utf-8", "replace")
            try:
                rows = [_row(file, item) for item in read_path(Path(name), limits()).items]
            except WireError as error:
                rows, failed = [{"file": file, "error": str(error)}], failed + 1
            for row in rows:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files could not be read.")


def _row(file: str, item: WireItem) -> dict[str, Any]:
    return {
        "file": file,
        "format": item.format,
        "wire_id": item.wire_id or None,
        "version": item.version or None,
        "version_created": _iso(item.version_created),
        "status": item.status,
        "headline": item.headline or None,
        "bylines": list(item.bylines),
        "dateline": {"place": item.dateline.place or None, "date": _iso(item.dateline.day)},
        "credits": list(item.credits),
        "language": item.language or None,
        "embargo": _iso(item.embargo),
        "derived_from": item.derived_from or None,
        "ed_note": item.ed_note or None,
        "text": item.text,
    }


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None

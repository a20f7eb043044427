"""Prints the claims found in wire files, one JSON object a line; stores nothing and touches no database."""

from __future__ import annotations

import json
import os
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction.engine import extract
from claims.extraction.types import Candidate, Context, Cue, DateFound, Extraction, FigureFound, Source
from ingest.limits import limits
from ingest.wire.registry import read_path
from ingest.wire.types import WireError, WireItem


class Command(BaseCommand):
    """``manage.py extract [--published DATE] [--outlet NAME] FILE…``: a file at fault is named, the others go on."""

    help = "Print the claims found in each wire file, one JSON object a line. Stores nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a wire file, in any format that the desk reads")
        parser.add_argument("--published", type=published, metavar="DATE", help="2024-01-24 or 2024-01-24T10:30+02:00")
        parser.add_argument("--outlet", default="", metavar="NAME", help="the outlet that published the copy")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for name in options["files"]:
            file = os.fsencode(name).decode("utf-8", "replace")
            try:
                items = read_path(Path(name), limits()).items
                rows = [{"file": file, **_read(item, options["published"], options["outlet"])} for item in items]
            except WireError as error:
                rows, failed = [{"file": file, "error": str(error)}], failed + 1
            for row in rows:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files could not be read.")


def published(words: str) -> date:
    """A date or a date-time in ISO form, one without a zone in UTC. Raises ArgumentTypeError."""
    try:
        if len(words) <= len("2024-01-24"):
            return date.fromisoformat(words)
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError(f"{words!r} is not a date such as 2024-01-24 or 2024-01-24T10:30+02:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(item: WireItem, given: date | None, outlet: str) -> dict[str, Any]:
    when = given or item.published or item.version_created or item.dateline.day
    outlet = outlet or item.outlet
    context = Context(when, outlet, item.headline_end, item.dateline.place, language=item.language)
    return {"article": _article(item, when, outlet), "text": item.text, **_found(extract(item.text, context))}


def _article(item: WireItem, when: date | None, outlet: str) -> dict[str, Any]:
    return {
        "headline": item.headline or None,
        "outlet": outlet or None,
        "published": _iso(when),
        "agencies": list(item.credits),
        "bylines": list(item.bylines),
        "dateline": item.dateline.place or None,
    }


def _found(extraction: Extraction) -> dict[str, Any]:
    return {"claims": [_claim(claim) for claim in extraction.claims], "dates": [_date(day) for day in extraction.dates]}


def _claim(claim: Candidate) -> dict[str, Any]:
    return {
        "start": claim.anchor.start,
        "end": claim.anchor.end,
        "text": claim.anchor.text,
        "speaker": _speaker(claim.speaker),
        **_cue(claim.cue),
        "mode": claim.mode.value,
        "polarity": claim.polarity.value,
        "figures": [_figure(figure) for figure in claim.figures],
        "places": list(claim.places),
        "date": {"start": _iso(claim.from_day), "end": _iso(claim.to_day)} if claim.from_day or claim.to_day else None,
        "marks": list(claim.marks),
        "worth": claim.worth,
    }


def _speaker(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    anchor = source.anchor
    return {
        "name": source.name,
        "role": source.role or None,
        "start": anchor.start,
        "end": anchor.end,
        "text": anchor.text,
    }


def _cue(cue: Cue | None) -> dict[str, Any]:
    if cue is None:
        return {"cue": None, "cue_start": None, "cue_end": None}
    return {"cue": cue.lemma, "cue_start": cue.anchor.start, "cue_end": cue.anchor.end}


def _figure(figure: FigureFound) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "approximate": figure.approximate,
        "text": figure.anchor.text,
        "place": figure.place or None,
        "part_of": figure.part_of,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _date(found: DateFound) -> dict[str, Any]:
    anchor = found.anchor
    return {
        "start": anchor.start,
        "end": anchor.end,
        "text": anchor.text,
        "from": _iso(found.from_day),
        "to": _iso(found.to_day),
    }


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None

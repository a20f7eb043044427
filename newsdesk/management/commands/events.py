"""Sorts articles into the events they speak of and prints the count board of each; stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.board import Board, Counted, Row
from claims.comparison import Measure
from claims.digest import Article, Happening, happenings
from claims.extraction.engine import extract
from claims.extraction.types import Context
from claims.geography import lie
from claims.independence import Ledger, Level
from claims.relations import Naming, Relation, Side, Statement
from ingest.limits import limits
from ingest.wire.registry import read
from ingest.wire.types import WireError

MOST_BYTES = 500_000_000


class Command(BaseCommand):
    """``manage.py events ARTICLES.jsonl``: rows {"id", "title", "dct", "outlet", "text"} in, one event a line out.

    A row that cannot be read is named on the error stream and left out; the exit code is then 1. A row that comes
    again is named too, and counts once.
    """

    help = "Group articles by the events they speak of, with the figures of each: one JSON object an event and line."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="ARTICLES.jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path} is not a file.")
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB.")
        articles: dict[str, Article] = {}
        faults = 0
        for number, line in _lines(path):
            try:
                article = _article(line)
                known = articles.get(article.key)
                if known and (known.text, known.when) != (article.text, article.when):
                    raise ValueError(f"the id {article.key!r} came before with another text or time")
            except (ValueError, WireError) as error:
                faults += 1
                self.stderr.write(f"{path.name}, line {number}: {error}")
                continue
            if known:
                self.stderr.write(
                    f"{path.name}, line {number}: the article {article.key!r} came before; it counts once"
                )
            articles[article.key] = article
        for number, event in enumerate(happenings(articles.values(), _measure()), 1):
            self.stdout.write(json.dumps(_row(f"E{number}", event), ensure_ascii=False))
        if faults:
            raise CommandError(f"{faults} of the rows could not be read.")


def _measure() -> Measure:
    return Measure(window=settings.CONFLICT_WINDOW, geography=lie)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def _article(line: str) -> Article:
    """One row, read the whole way. Raises ValueError and WireError, whose messages say what is wrong."""
    row = json.loads(line)
    if not isinstance(row, dict) or not str(row.get("id") or "") or not isinstance(row.get("text"), str):
        raise ValueError('a row is an object with "id" and "text"')
    when = _when(row.get("dct"))
    item = read(row["text"].encode("utf-8", "replace"), limits=limits())
    outlet = str(row.get("outlet") or item.outlet or "")
    context = Context(when, outlet, item.headline_end, item.dateline.place, language=item.language)
    return Article(
        key=str(row["id"]),
        headline=item.headline or str(row.get("title") or "") or item.text.partition("\n")[0],
        outlet=outlet,
        when=when,
        text=item.text,
        extraction=extract(item.text, context),
        headline_end=item.headline_end,
        agencies=item.credits,
    )


def _when(words: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(words))
    except ValueError as error:
        raise ValueError(f'"dct" is {words!r}, not a date such as 2024-01-24 or 2024-01-24T10:30+02:00') from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _row(name: str, event: Happening) -> dict[str, Any]:
    days = event.days
    return {
        "event": name,
        "title": event.title,
        "kind": event.kind or None,
        "date": {"start": _iso(days and days[0]), "end": _iso(days and days[1])},
        "places": list(event.places),
        "articles": list(event.articles),
        "cells": [_cell(row, event.board) for row in event.board.rows],
        "relations": [_relation(each, event) for each in event.relations.relations],
        "rivals": [[_side(side) for side in (each.one, each.other)] for each in event.relations.rivalries],
        "names": [_naming(each) for each in event.naming],
    }


def _relation(relation: Relation, event: Happening) -> dict[str, Any]:
    return {
        "kind": relation.kind.value,
        "one": _statement(event.statements[relation.one]),
        "other": _statement(event.statements[relation.other]),
        "about": relation.about or None,
        "rules": list(relation.rules),
        "why": relation.why,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {"article": statement.article, "speaker": statement.speaker or None, "text": statement.text}


def _side(side: Side) -> dict[str, Any]:
    return {"accused": side.name, "statements": len(side.statements)}


def _naming(naming: Naming) -> dict[str, Any]:
    ways = [{"words": way.words, "outlets": sorted({use.outlet for use in way.uses})} for way in naming.variants]
    return {"name": naming.thing, "kind": naming.kind, "contested": naming.contested, "ways": ways}


def _cell(row: Row, board: Board) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "place": row.place or None,
        "population": row.population or None,
        "low": _number(row.cell.low),
        "high": _number(row.cell.high),
        "figures": [_figure(figure) for figure in row.figures],
        "state": row.cell.standing.value,
        "behind": _behind(row, board.ledger),
        "why": [f"{finding.rule}: {finding.why}" for finding in row.cell.findings],
    }


def _behind(row: Row, ledger: Ledger) -> dict[str, int]:
    """How many stand behind the figures of a cell, at each level (R20, R24)."""
    voices = {figure.voice.key for figure in row.figures}
    levels = (ledger.outlets, ledger.newsrooms, ledger.sources, ledger.interests)
    return {
        level.value: sum(not voices.isdisjoint(group.voices) for group in groups)
        for level, groups in zip(Level, levels, strict=True)
    }


def _figure(figure: Counted) -> dict[str, Any]:
    return {
        "article": figure.article,
        "text": figure.words,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "speaker": figure.speaker or None,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

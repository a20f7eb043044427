"""Statements of one event, in few words, for the tests of how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from claims.comparison import Reported
from claims.extraction.types import Mode, Polarity
from claims.independence import Voice, knower_of
from claims.relations import Kind, Relation, Relations, Statement, relations_of

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
OUTLETS = ("Fjord Post", "Harbour Times", "Sound Daily")


def said(key: str, text: str, by: str = "", role: str = "", kind: str = "body", **more: Any) -> Statement:
    """A statement of Norway and Denmark's quarrel. ``by`` says it, else the outlet; ``not_so`` denies it; ``counts``
    are its figures, a measure and its interval each; ``hours`` after noon."""
    at = NOON + timedelta(hours=more.pop("hours", 0))
    outlet = OUTLETS[more.pop("outlet", 0)]
    polarity = Polarity.DENIED if more.pop("not_so", False) else Polarity.ASSERTED
    knower = knower_of(by, role, kind, more.pop("home", "NO")) if by else None
    voice = Voice(key, outlet, more.pop("agencies", ()), more.pop("copies", ""), knower)
    counts = more.pop("counts", {})
    mode = more.pop("mode", Mode.INDIRECT if by else Mode.OUTLET)
    made = Statement(voice, more.pop("article", f"article {key}"), at, text, polarity, mode=mode, **more)
    return replace(made, figures=tuple(count(made, measure, *ends) for measure, ends in counts.items()))


def count(of: Statement, measure: str, low: int, high: int | None = -1, **more: Any) -> Reported:
    end = None if high is None else Decimal(low if high == -1 else high)
    place = of.places[0] if len(of.places) == 1 else ""
    days = {"from_day": of.from_day, "to_day": of.to_day}
    return Reported(
        f"{of.key} {measure}", measure, Decimal(low), end, "", of.as_of, place=place, **{**days, **more}
    )  # fmt: skip


def found(*statements: Statement, **more: Any) -> Relations:
    return relations_of(statements, **more)


def pairs(relations: Iterable[Relation] | Relations, kind: Kind) -> list[tuple[str, str]]:
    told = relations.relations if isinstance(relations, Relations) else relations
    return [(each.one, each.other) for each in told if each.kind is kind]

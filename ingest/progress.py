"""How far a batch is, and which of its rows changed since somebody looked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from ingest.models import SETTLED, STAGE_OF_WORK, Batch, Delivery

SEEN = re.compile(r"(\d{1,18})-([a-z]{1,20})")
MOST_SEEN = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a batch's files by stage."""

    total: int
    stages: Counter[str]

    @property
    def settled(self) -> int:
        return sum(self.stages[stage] for stage in SETTLED)

    @property
    def over(self) -> bool:
        return self.settled == self.total

    @property
    def words(self) -> str:
        """What else happened, such as ``3 rejected, 1 duplicate``; nothing where all went well."""
        notable = ("rejected", "failed", "duplicate")
        return ", ".join(f"{self.stages[stage]} {stage}" for stage in notable if self.stages[stage])


def progress_of(batch: Batch) -> Progress:
    """One query, whatever the number of files."""
    rows = batch.deliveries.order_by().values("state", "version__work").annotate(count=Count("pk"))
    stages: Counter[str] = Counter()
    for row in rows:
        loaded = row["state"] == Delivery.State.LOADED and row["version__work"]
        stages[STAGE_OF_WORK[row["version__work"]] if loaded else row["state"]] += row["count"]
    return Progress(stages.total(), stages)


def in_reading_order(batch: Batch, *, over: bool) -> QuerySet[Delivery]:
    """The rows as they came; once all is over, those in trouble first."""
    rows = Delivery.objects.for_rows().filter(batch=batch)
    if not over:
        return rows
    trouble = Case(
        When(Q(state__in=("rejected", "failed")) | Q(version__work="failed"), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(trouble, "pk")


def seen_stages(words: str) -> dict[int, str]:
    """``12-received 13-reading`` as a page sends it, as stages by id. What is not of that form is passed over."""
    pairs = SEEN.findall(words[: MOST_SEEN * 40])[:MOST_SEEN]
    return {int(pk): stage for pk, stage in pairs}


def rows_of(batch: Batch, seen: dict[int, str]) -> list[Delivery]:
    """The rows of ``batch`` that a page says it shows as not settled."""
    return list(Delivery.objects.for_rows().filter(batch=batch, pk__in=seen))

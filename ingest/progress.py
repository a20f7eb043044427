"""How far a batch is, and which of its rows changed since somebody looked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from ingest.models import SETTLED, STAGE_OF_WORK, TROUBLE, Batch, Delivery

SEEN = re.compile(r"(\d{1,18})-([a-z]{1,20})")
MOST_SEEN = 500
NOTABLE = ("undecided", "rejected", "failed", "duplicate")


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a batch by stage. ``files`` is how many came; ``total`` counts what there is to read in them: of an
    opened file its parts, not the file."""

    files: int
    total: int
    stages: Counter[str]

    @property
    def settled(self) -> int:
        return sum(self.stages[stage] for stage in SETTLED)

    @property
    def over(self) -> bool:
        return self.settled == self.total

    @property
    def trouble(self) -> int:
        """How many need a person's look."""
        return sum(self.stages[stage] for stage in ("undecided", "rejected", "failed"))

    @property
    def words(self) -> str:
        """What else happened, such as ``3 rejected, 1 duplicate``; nothing where all went well."""
        return ", ".join(f"{self.stages[stage]} {stage}" for stage in NOTABLE if self.stages[stage])


def progress_of(batch: Batch) -> Progress:
    """One query, whatever the number of files."""
    rows = batch.deliveries.order_by().values("state", "version__work")
    counted = rows.annotate(count=Count("pk"), of_files=Count("pk", filter=Q(container__isnull=False)))
    stages: Counter[str] = Counter()
    files = 0
    for row in counted:
        loaded = row["state"] == Delivery.State.LOADED and row["version__work"]
        files += row["count"] - row["of_files"]
        if row["state"] != Delivery.State.OPENED:
            stages[STAGE_OF_WORK[row["version__work"]] if loaded else row["state"]] += row["count"]
    return Progress(files, stages.total(), stages)


def in_reading_order(batch: Batch, *, over: bool) -> QuerySet[Delivery]:
    """The rows as they came, parts under their file; once all is over, those in trouble first."""
    trouble = Case(When(TROUBLE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Delivery.objects.for_rows(*[trouble] * over).filter(batch=batch)


def seen_stages(words: str) -> dict[int, str]:
    """``12-received 13-reading`` as a page sends it, as stages by id. What is not of that form is passed over."""
    pairs = SEEN.findall(words[: MOST_SEEN * 40])[:MOST_SEEN]
    return {int(pk): stage for pk, stage in pairs}


def rows_of(batch: Batch, seen: dict[int, str]) -> list[Delivery]:
    """The rows of ``batch`` that a page says it shows as not settled."""
    return list(Delivery.objects.for_rows().filter(batch=batch, pk__in=seen))

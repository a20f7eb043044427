"""What people made of the ratings that the rules proposed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims import workflow
from claims.models.claims import Claim
from claims.querysets import OutcomeQuerySet

RATINGS = [(r.value, r.label) for r in workflow.Rating]


class ProposalOutcome(models.Model):
    """What one person did with one proposal, written with the act and never changed. ``rating`` is what the rules
    proposed, ``verdict_rating`` what was ruled, "" where the proposal was dismissed. ``digest`` is that of the proposal
    as it was shown; ``producer`` made it (R41)."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        CHANGED = "changed"
        DISMISSED = "dismissed"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="proposal_outcomes")
    rating = models.CharField(max_length=20, choices=RATINGS)
    rules = models.JSONField(default=list, help_text="The ids of the rules that held, in order.")
    outcome = models.CharField(max_length=20, choices=Outcome)
    verdict_rating = models.CharField(max_length=20, choices=RATINGS, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    producer = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)

    objects: ClassVar[OutcomeQuerySet] = OutcomeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.rating} {self.outcome}: {self.claim_id}"


class ProposalRule(models.Model):
    """One rule of an outcome's ``rules``, so that the database can count by them."""

    outcome = models.ForeignKey(ProposalOutcome, models.CASCADE, related_name="rule_rows")
    rule = models.CharField(max_length=10)

    class Meta:
        ordering = ("outcome", "rule")
        constraints = (models.UniqueConstraint(fields=("outcome", "rule"), name="one_row_of_a_rule"),)

    def __str__(self) -> str:
        return self.rule

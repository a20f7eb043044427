"""What a person decided about a claim, on which evidence, and every step of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.models.claims import Claim
from claims.querysets import VerdictQuerySet


class Verdict(models.Model):
    """The ruling on one claim (R36). The world reads ``published``, which stays as it was while a change waits for its
    second reader."""

    State = workflow.VerdictState

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="verdict")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rating = models.CharField(max_length=20, choices=[(r.value, r.label) for r in workflow.Rating])
    reason = models.TextField()
    rules = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.label) for s in workflow.VerdictState])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="verdicts")
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="verdicts_signed"
    )
    decided = models.DateTimeField(default=timezone.now)
    stale = models.DateTimeField(null=True, blank=True, help_text="Since when what it leans on has moved (R19).")
    stale_reasons = models.JSONField(default=list, blank=True, help_text="What moved, each with its words.")
    ground = models.JSONField(null=True, blank=True, help_text="What stood behind it in its events when it was ruled.")
    published = models.ForeignKey("VerdictEntry", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[VerdictQuerySet] = VerdictQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-decided", "-pk")

    def __str__(self) -> str:
        return f"{self.rating}: {self.claim_id}"

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.claim_id])

    @property
    def under_revision(self) -> bool:
        return self.published_id is not None and self.state != workflow.VerdictState.PUBLISHED


class Evidence(models.Model):
    """One piece of evidence for or against: another claim of the desk, or an address, with a note."""

    class Side(models.TextChoices):
        FOR = "for"
        AGAINST = "against"

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="evidence")
    side = models.CharField(max_length=10, choices=Side)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="evidence_in")
    url = models.URLField(max_length=2000, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The number of the version in which the claim stood when it was cited."
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.side}: {self.note or self.url or self.claim_id}"


class VerdictEntry(models.Model):
    """One step in a verdict's history: written once, never changed. ``by`` is nobody where the desk's own worker marked
    it stale; ``version`` is the number of the version in which the claim stood.

    ``evidence`` is a list of {"side", "claim", "article", "version", "text", "url", "note"} as it stood at that moment;
    ``moved`` is what a mark *stale* is for, as ``Verdict.stale_reasons`` has it.
    """

    class Act(models.TextChoices):
        RECORDED = "recorded"
        SIGNED_OFF = "signed off"
        SENT_BACK = "sent back"
        REOPENED = "reopened"
        WITHDRAWN = "withdrawn"
        STALE = "marked stale"
        KEPT = "kept"

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=Act)
    rating = models.CharField(max_length=20, choices=[(r.value, r.label) for r in workflow.Rating])
    reason = models.TextField()
    evidence = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    moved = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("verdict", "number")
        constraints = (models.UniqueConstraint(fields=("verdict", "number"), name="one_entry_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.act} {self.rating}"

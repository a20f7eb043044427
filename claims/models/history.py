"""What the desk knew and when: every step of a link and of a claim's standing, written once and never changed (R38)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.articles import ArticleVersion
from claims.models.claims import Claim
from claims.models.events import Event, Link


class LinkEntry(models.Model):
    """What the link of a claim to an event was from ``at`` on; ``by`` is nobody where the machine wrote it. One that
    was taken back, as a suggestion that no longer fits, is *gone*."""

    class State(models.TextChoices):
        SUGGESTED = Link.State.SUGGESTED.value
        CONFIRMED = Link.State.CONFIRMED.value
        REJECTED = Link.State.REJECTED.value
        CARRIED = Link.State.CARRIED.value
        GONE = "gone"

    NOWHERE: ClassVar = (State.CARRIED, State.GONE)

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="link_entries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="link_entries", db_index=False)
    state = models.CharField(max_length=20, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "link entries"
        indexes = (models.Index(fields=("event", "claim", "id"), name="link_entries_of_a_pair"),)

    def __str__(self) -> str:
        return f"{self.claim_id} – {self.event_id} ({self.state})"


class ClaimEntry(models.Model):
    """Where a claim stood from ``at`` on: the version that held it, the one that no longer had its words, the kill that
    took its support, and whether the last reading still found it. ``step`` is what changed."""

    class Step(models.TextChoices):
        FOUND = "found"
        MOVED = "moved on"
        ORPHANED = "orphaned"
        WITHDRAWN = "withdrawn"
        VANISHED = "vanished"
        BACK = "stands again"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="entries", db_index=False)
    step = models.CharField(max_length=20, choices=Step)
    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="+")
    orphaned_by = models.ForeignKey(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_by = models.ForeignKey(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    vanished = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "claim entries"
        indexes = (models.Index(fields=("claim", "id"), name="entries_of_a_claim"),)

    def __str__(self) -> str:
        return f"{self.claim_id} {self.step}"

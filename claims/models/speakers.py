"""Which speakers may be one, and what people made of it (R42)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.sources import Speaker


class SpeakerKey(models.Model):
    """That a speaker can be found under a key of its name (``claims.naming.keys_of``)."""

    pk = models.CompositePrimaryKey("key", "speaker_id")
    key = models.CharField(max_length=120)
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return f"{self.key} of speaker {self.speaker_id}"


class SpeakerMatch(models.Model):
    """That two names may be one speaker's: suggested by the machine with its reasons, or said by a person.

    ``one`` came before ``other``. While it is *confirmed*, ``merged`` is the speaker that went with all that was merged
    into it, and ``kept`` the one whose name is shown. ``reason`` is a person's, who merged the two by hand; such a row
    has no ``producer``. ``seen`` counts the changes that people made.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    one = models.ForeignKey(Speaker, models.CASCADE, related_name="+")
    other = models.ForeignKey(Speaker, models.CASCADE, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.SUGGESTED)
    sure = models.BooleanField(default=False, help_text="That the machine takes the two for the same, and not maybe.")
    score = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    producer = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    merged = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="+")
    kept = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="+")
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-score", "pk")
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="one_match_of_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="match_of_two_in_order"),
            models.UniqueConstraint(fields=("merged",), condition=Q(state="confirmed"), name="speaker_merged_once"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id} ({self.state})"

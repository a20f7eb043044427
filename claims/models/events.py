"""What happened, and which claims speak of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims.models.claims import Claim
from claims.models.sources import Place
from claims.querysets import EventQuerySet, LinkQuerySet


class Event(models.Model):
    """A thing that happened, in an interval of days, at one or more places."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    places: "models.ManyToManyField[Place, models.Model]" = models.ManyToManyField(
        Place, blank=True, related_name="events"
    )
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    parties = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    proposed = models.BooleanField(default=False, help_text="By the machine; until a person confirms a link to it.")
    dismissed = models.DateTimeField(null=True, blank=True, help_text="When a person said that it is no event.")
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    producer = models.CharField(max_length=100, blank=True)
    matched = models.DateTimeField(null=True, blank=True, help_text="When the claims near it were looked through.")
    changes = models.PositiveIntegerField(default=0, help_text="How often something changed that a verdict leans on.")
    weighed = models.PositiveIntegerField(default=0, help_text="Up to which change its verdicts were weighed anew.")

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-from_day", "-pk")
        indexes = (
            models.Index(fields=("from_day", "to_day")),
            models.Index(fields=("id",), condition=models.Q(changes__gt=models.F("weighed")), name="events_to_weigh"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])


class Link(models.Model):
    """That a claim speaks of an event: suggested by the machine with its reasons, confirmed or rejected by a person."""

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="links")
    event = models.ForeignKey(Event, models.CASCADE, related_name="links")
    state = models.CharField(max_length=20, choices=State, default=State.SUGGESTED)
    score = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    producer = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[LinkQuerySet] = LinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-score", "pk")
        constraints = (models.UniqueConstraint(fields=("claim", "event"), name="one_link_of_a_pair"),)

    def __str__(self) -> str:
        return f"{self.claim_id} – {self.event_id} ({self.state})"

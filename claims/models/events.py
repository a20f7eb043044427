"""What happened, and which claims speak of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims.extraction.gazetteer import country_name
from claims.models.claims import Claim
from claims.models.sources import Place
from claims.querysets import EventQuerySet, LinkQuerySet


class Event(models.Model):
    """A thing that happened, in an interval of days, at one or more places. ``parties`` are the ISO codes of the states
    that are parties to it (R24).

    One that was merged into another stays as a row, so that the merge can be undone. ``seen`` counts the changes that
    people made to the event itself: its words, and what was moved or merged; links of single claims do not count."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    places: "models.ManyToManyField[Place, models.Model]" = models.ManyToManyField(
        Place, blank=True, related_name="events"
    )
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    parties = models.JSONField(default=list, blank=True)
    parties_producer = models.CharField(max_length=100, blank=True, help_text="What set the parties; empty: a person.")
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    proposed = models.BooleanField(default=False, help_text="By the machine; until a person confirms a link to it.")
    dismissed = models.DateTimeField(null=True, blank=True, help_text="When a person said that it is no event.")
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    producer = models.CharField(max_length=100, blank=True)
    matched = models.DateTimeField(null=True, blank=True, help_text="When the claims near it were looked through.")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_events"
    )
    seen = models.PositiveIntegerField(default=0, editable=False)
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

    @property
    def named_parties(self) -> list[tuple[str, str]]:
        """The parties as (code, name)."""
        return [(code, country_name(code) or code) for code in map(str, self.parties)]


class Link(models.Model):
    """That a claim speaks of an event: suggested by the machine with its reasons, confirmed or rejected by a person.
    *Carried*: the event was merged into another, and the link went with it."""

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        CARRIED = "carried"

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


class EventMove(models.Model):
    """That claims were moved from one event (``source``) to another (``target``), or to a new one, or that the whole
    event was merged into another; with enough to undo it.

    ``confirmed``: the target was only proposed, and stands by this act. ``carried`` are the ids of the source words
    that the target got, ``left`` those of the claims that an undoing could not put back."""

    class Kind(models.TextChoices):
        MOVED = "moved"
        SPLIT = "split off"
        MERGED = "merged"

    kind = models.CharField(max_length=20, choices=Kind)
    source = models.ForeignKey(Event, models.PROTECT, related_name="moves_away")
    target = models.ForeignKey(Event, models.PROTECT, related_name="moves_here")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    confirmed = models.BooleanField(default=False)
    carried = models.JSONField(default=list, blank=True)
    undone = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    left = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("source",), condition=models.Q(kind="merged", undone__isnull=True), name="event_merged_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class MovedLink(models.Model):
    """How one claim was linked to both events before a move, and what its link to the target became by it. An empty
    state: it had no link."""

    move = models.ForeignKey(EventMove, models.CASCADE, related_name="links")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="moved_links")
    source_state = models.CharField(max_length=20, choices=Link.State)
    source_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    source_at = models.DateTimeField()
    target_state = models.CharField(max_length=20, choices=Link.State, blank=True)
    target_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    target_at = models.DateTimeField(null=True, blank=True)
    became = models.CharField(max_length=20, choices=Link.State)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("move", "claim"), name="one_moved_link_of_a_claim"),)

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.became}"

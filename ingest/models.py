"""The ledger of what arrived: every file ends in a state that a person sees."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from claims.models import ArticleVersion


class Batch(models.Model):
    """What one person handed over at one time, with what they said about it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="batches")
    at = models.DateTimeField(default=timezone.now)
    outlet_name = models.CharField(max_length=200, blank=True)
    published = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"Batch of {self.at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("batch", args=[self.public_id])


STAGE_OF_WORK = {"waiting": "extracting", "extracting": "extracting", "done": "done", "failed": "failed"}
# "loaded" is the stage of a file whose article was deleted since.
SETTLED = frozenset({"done", "duplicate", "rejected", "failed", "loaded"})
HEAVY = ("raw", "version__text", "version__furniture")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to_read(self) -> "DeliveryQuerySet":
        """Those that wait, and those whose worker let its lease run out."""
        return self.filter(Q(state="received") | Q(state="reading", lease_until__lt=timezone.now()))

    def for_rows(self) -> QuerySet["Delivery"]:
        """With all that a row of the ledger shows, and without the raw bytes."""
        return (
            self.defer(*HEAVY, *(f"duplicate_of__{name}" for name in HEAVY))
            .select_related("batch__by", "version__article", "duplicate_of__version__article", "duplicate_of__batch")
            .annotate(claim_count=Count("version__claims", filter=Q(version__claims__vanished__isnull=True)))
            .order_by("pk")
        )

    def under_way(self) -> "DeliveryQuerySet":
        """Those that no person need look at yet: not read to the end, or not extracted."""
        return self.filter(Q(state__in=("received", "reading")) | Q(version__work__in=("waiting", "extracting")))

    def in_trouble(self) -> "DeliveryQuerySet":
        """Those that were rejected, or failed in reading or in extraction."""
        return self.filter(Q(state__in=("rejected", "failed")) | Q(version__work="failed"))


class Delivery(models.Model):
    """One file as it came: ``raw`` are its bytes (empty where they were refused for their size, or are held by
    ``duplicate_of``), ``sha256`` their hex digest, ``size`` their number."""

    class State(models.TextChoices):
        RECEIVED = "received"
        READING = "reading"
        LOADED = "loaded"
        DUPLICATE = "duplicate"
        REJECTED = "rejected"
        FAILED = "failed"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="deliveries")
    filename = models.CharField(max_length=255, blank=True)
    raw = models.BinaryField(default=b"", editable=False)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    reason = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    version = models.OneToOneField(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="delivery")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(
                fields=("sha256",),
                condition=~Q(state__in=("duplicate", "rejected")),
                name="same_bytes_once",
            ),
        )
        indexes = (models.Index(fields=("state", "lease_until")),)

    def __str__(self) -> str:
        return self.filename or f"pasted text {self.pk}"

    @property
    def stage(self) -> str:
        """Where the file stands, over reading and extraction: received, reading, extracting, done, duplicate,
        rejected or
        failed."""
        if self.state != self.State.LOADED or self.version is None:
            return self.state
        return STAGE_OF_WORK[self.version.work]

    @property
    def trouble(self) -> str:
        """What went wrong, in words, or nothing."""
        return self.version.error if self.version is not None and self.stage == "failed" else self.reason

    @property
    def settled(self) -> bool:
        return self.stage in SETTLED

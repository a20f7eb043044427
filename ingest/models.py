"""The ledger of what arrived: every file ends in a state that a person sees."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from claims.models import Article, ArticleVersion, Claim
from ingest.route_models import Feed, FeedEntry, Pickup  # noqa: F401 -- Django looks for models here


class Batch(models.Model):
    """What came at one time by one route, with what was said about it. ``by`` is nobody where a route of the desk's own
    (folder, feed, mail) brought it; ``origin`` says from where."""

    class Route(models.TextChoices):
        UPLOAD = "upload"
        API = "api"
        FOLDER = "folder"
        FEED = "feed"
        MAIL = "mail"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="batches")
    at = models.DateTimeField(default=timezone.now)
    route = models.CharField(max_length=20, choices=Route, default=Route.UPLOAD)
    origin = models.CharField(max_length=2000, blank=True)
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
SETTLED = frozenset({"done", "duplicate", "rejected", "failed", "loaded", "undecided", "opened"})
TROUBLE = Q(state__in=("rejected", "failed", "undecided")) | Q(version__work="failed")
HEAVY = ("raw", "version__text", "version__furniture")
HEAVY_TWINS = ("same_as__text", "same_as__furniture")


def number_of(rows: QuerySet[Any], by: str, *, of: str) -> Coalesce:
    """How many of ``rows`` point by their field to what each row has in ``of``: counted for the rows that are shown,
    not for all that the ledger has."""
    some = rows.filter(**{by: OuterRef(of)}).order_by().values(by)
    return Coalesce(Subquery(some.annotate(number=Count("pk")).values("number")), 0)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to_read(self) -> "DeliveryQuerySet":
        """Those that wait, and those whose worker let its lease run out."""
        return self.filter(Q(state="received") | Q(state="reading", lease_until__lt=timezone.now()))

    def for_rows(self, *first: Any, newest: bool = False) -> QuerySet["Delivery"]:
        """With all that a row of the ledger shows, and without raw bytes and texts; in the order of ``first``, then as
        the files came or the newest of them first, with their parts under them."""
        linked = ("duplicate_of", "container")
        return (
            self.defer(*HEAVY, *(f"{link}__{name}" for link in linked for name in HEAVY), *HEAVY_TWINS)
            .select_related("batch__by", "version__article", "same_as__article", "container", "replaces")
            .select_related("duplicate_of__version__article", "duplicate_of__batch")
            .annotate(claim_count=number_of(Claim.objects.filter(vanished__isnull=True), "version", of="version"))
            .annotate(part_count=number_of(Delivery.objects.all(), "container", of="pk"))
            .annotate(file=Coalesce("container_id", "pk"), place=Coalesce("part", Value(0)))
            .order_by(*first, "-file" if newest else "file", "place", "pk")
        )

    def under_way(self) -> "DeliveryQuerySet":
        """Those that no person need look at yet: not read to the end, or not extracted."""
        return self.filter(Q(state__in=("received", "reading")) | Q(version__work__in=("waiting", "extracting")))

    def in_trouble(self) -> "DeliveryQuerySet":
        """Those that were rejected, failed in reading or in extraction, or wait for what a person says."""
        return self.filter(TROUBLE)


class Delivery(models.Model):
    """One file as it came: ``raw`` are its bytes (empty where they were refused for their size, or are held by
    ``duplicate_of``), ``sha256`` their hex digest, ``size`` their number.

    A file of several items is *opened*: each item has a delivery of its own, its ``part`` of this ``container``,
    counted from 1. ``same_as`` is the version that a duplicate repeats, where its bytes are others; a person may have
    it taken in all the same (``forced``). ``replaces`` is the story that a person said it is a new version of; a
    notice that does not say which story it kills stays *undecided* until one is named."""

    class State(models.TextChoices):
        RECEIVED = "received"
        READING = "reading"
        OPENED = "opened"
        UNDECIDED = "undecided"
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
    container = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    part = models.PositiveIntegerField(null=True, blank=True)
    same_as = models.ForeignKey(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="repeated_by")
    forced = models.BooleanField(default=False)
    replaces = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.OneToOneField(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="delivery")
    at = models.DateTimeField(default=timezone.now)

    hidden = False  # set for who may not see what it became, before its row is shown

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(
                fields=("sha256",),
                condition=~Q(state__in=("duplicate", "rejected")) & Q(forced=False),
                name="same_bytes_once",
            ),
        )
        indexes = (models.Index(fields=("state", "lease_until")),)

    def __str__(self) -> str:
        name = self.filename or f"pasted text {self.container_id or self.pk}"
        return f"{name}, part {self.part}" if self.part is not None else name

    @property
    def stage(self) -> str:
        """Where the file stands, over reading and extraction: received, reading, opened, extracting, done,
        duplicate, undecided, rejected or failed."""
        if self.state != self.State.LOADED or self.version is None:
            return self.state
        return STAGE_OF_WORK[self.version.work]

    @property
    def trouble(self) -> str:
        """What went wrong, or what was left out, in words; or nothing."""
        return self.version.error if self.version is not None and self.stage == "failed" else self.reason

    @property
    def remarks(self) -> list[str]:
        """What a person should know of its version at a glance; of a row of the ledger."""
        version = self.version
        if version is None:
            return []
        claims = getattr(self, "claim_count", 0)
        found = [
            version.change,
            f"version {version.number} of its story" if version.number > 1 else "",
            f"{claims} claim{'' if claims == 1 else 's'}" if self.stage == "done" else "",
            *version.warnings,
            "taken in by a person’s word" if self.forced else "",
        ]
        return [words for words in found if words]

    @property
    def bytes_held_by(self) -> "Delivery":
        """The delivery whose ``raw`` this one was read from: its own, its file's, or those of the first that came with
        the same bytes."""
        own = self.container or self
        return own.duplicate_of or own

    @property
    def settled(self) -> bool:
        return self.stage in SETTLED


class StoryKey(models.Model):
    """What stories are known by: a sender's id for all versions of one, or the digest of a text that one has.

    Two senders may use one id, and two outlets may print one text, so that a key can lead to several articles. Whoever
    brings a version into a story holds its keys' rows meanwhile: two workers with the same story come one after the
    other."""

    class Kind(models.TextChoices):
        ID = "id"
        TEXT = "text"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=300)
    articles = models.ManyToManyField(Article, related_name="keys", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "value"), name="one_row_of_a_key"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"

"""What the routes by which copy comes of itself have to remember from one look to the next."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from claims.models import Outlet


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self) -> "FeedQuerySet":
        """Those whose time has come and that nobody is polling."""
        now = timezone.now()
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return self.filter(free, active=True, next_poll__lte=now)


class Feed(models.Model):
    """An RSS or Atom feed that the desk asks at intervals. ``etag`` and ``modified`` are what its server gave to be
    sent back; ``failures`` counts the polls that failed since the last one that did not; ``seen`` the changes of
    people."""

    url = models.URLField(max_length=2000, unique=True)
    name = models.CharField(max_length=200)
    outlet = models.ForeignKey(Outlet, models.SET_NULL, null=True, blank=True, related_name="feeds")
    active = models.BooleanField(default=True)
    follow_links = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(default=15)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=200, blank=True)
    next_poll = models.DateTimeField(default=timezone.now, db_index=True)
    polled = models.DateTimeField(null=True, blank=True)
    last_ok = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    created = models.DateTimeField(default=timezone.now)
    seen = models.PositiveIntegerField(default=0)

    objects: ClassVar[FeedQuerySet] = FeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("feed", args=[self.pk])

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=self.minutes)


class FeedEntry(models.Model):
    """An entry that a feed held, as it stood then. ``key`` is the digest of its id, ``digest`` that of its words:
    changed words make a new row. ``taken`` is when it was handed over; until then ``attempts`` counts the tries to get
    its page."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    taken = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_seen = models.DateTimeField(default=timezone.now)
    batch = models.ForeignKey("ingest.Batch", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("feed", "key", "digest"), name="one_entry_as_it_stands"),)
        indexes = (models.Index(fields=("feed", "last_seen")),)
        verbose_name_plural = "feed entries"

    def __str__(self) -> str:
        return f"Entry {self.key[:8]} of {self.feed}"


class Pickup(models.Model):
    """A file that lies in the watched folder or the mail drop, as the desk saw it last.

    ``key`` is the digest of its path, ``sign`` what changes with it (inode, size, time of change), ``since`` when it
    was first seen like that. ``entered`` is when its bytes came into the ledger: it is then only to be moved away.
    """

    class Route(models.TextChoices):
        FOLDER = "folder"
        MAIL = "mail"

    route = models.CharField(max_length=10, choices=Route)
    key = models.CharField(max_length=64)
    words = models.CharField(max_length=300, help_text="Its path, for people.")
    sign = models.CharField(max_length=100)
    since = models.DateTimeField(default=timezone.now)
    entered = models.DateTimeField(null=True, blank=True)
    refused = models.TextField(blank=True)
    trouble = models.TextField(blank=True)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("route", "key"), name="one_row_of_a_path"),)

    def __str__(self) -> str:
        return self.words

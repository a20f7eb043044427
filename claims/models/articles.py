"""A story family and its versions. The canonical text of a version never changes; every offset points into it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims.models.sources import Outlet
from claims.querysets import KILLING, ArticleQuerySet, VersionQuerySet


class Article(models.Model):
    """A story family: all versions of one piece of copy from one outlet."""

    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="articles")
    slug = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created", "-pk")
        indexes = (models.Index(fields=("-created", "-id")),)

    def __str__(self) -> str:
        return self.slug or f"Article {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])


class ArticleVersion(models.Model):
    """One version of an article, as it was read, and the state of the work on it.

    ``furniture`` is a list of [kind, words] pairs that were left out of ``text``. ``lease`` names the worker's hold
    on the
    row; it is void after ``lease_until``. ``producer`` names engine and version (R41).
    """

    class Status(models.TextChoices):
        USABLE = "usable"
        CORRECTED = "corrected"
        KILLED = "killed"
        RECALLED = "recalled"
        EMBARGOED = "embargoed"

    class Change(models.TextChoices):
        """What a version does to the ones before it (R19)."""

        UPDATE = "update"
        CORRECTION = "correction"
        KILL = "kill"
        RECALL = "recall"

    class Work(models.TextChoices):
        WAITING = "waiting"
        EXTRACTING = "extracting"
        DONE = "done"
        FAILED = "failed"

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(default=1, help_text="The desk's own count, in the order of arrival.")
    wire_id = models.CharField(max_length=300, blank=True, db_index=True)
    wire_version = models.CharField(max_length=100, blank=True)
    version_created = models.DateTimeField(default=timezone.now)
    published = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.USABLE)
    change = models.CharField(max_length=20, choices=Change, blank=True)
    embargo = models.DateTimeField(null=True, blank=True, help_text="Until when an embargoed version is held back.")
    slug = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    derived_from = models.CharField(max_length=300, blank=True, db_index=True, help_text="A wire id.")
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="next_versions")
    moved = models.JSONField(default=list, blank=True, help_text="What moved against the version before (R19).")
    settled = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When what it changes in its story was carried through; not while it is held back.",
    )
    headline = models.TextField(blank=True)
    headline_end = models.PositiveIntegerField(default=0)
    bylines = models.JSONField(default=list, blank=True)
    dateline_place = models.CharField(max_length=200, blank=True)
    dateline_day = models.DateField(null=True, blank=True)
    agencies = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=20, blank=True)
    ed_note = models.TextField(blank=True)
    text = models.TextField(blank=True)
    furniture = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)

    work = models.CharField(max_length=20, choices=Work, default=Work.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    producer = models.CharField(max_length=100, blank=True)
    extracted = models.DateTimeField(null=True, blank=True)
    related = models.DateTimeField(null=True, blank=True, help_text="When the copies of it were looked for.")
    relate_attempts = models.PositiveSmallIntegerField(default=0)
    relate_until = models.DateTimeField(null=True, blank=True, help_text="The worker's hold while it looks for copies.")
    relate_error = models.TextField(blank=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-version_created", "-pk")
        constraints = (models.UniqueConstraint(fields=("article", "number"), name="one_version_of_a_number"),)
        indexes = (
            models.Index(fields=("work", "lease_until")),
            models.Index(
                fields=("id",), condition=models.Q(related__isnull=True, work="done"), name="versions_to_relate"
            ),
            models.Index(fields=("embargo",), condition=models.Q(status="embargoed"), name="versions_embargoed"),
        )

    def __str__(self) -> str:
        return self.headline or f"Version {self.number} of article {self.article_id}"

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands in its story: by the time of its making, never by a number (R18)."""
        return self.version_created, self.pk

    @property
    def ends_story(self) -> bool:
        """Whether it takes back what the story carried; its own words are a notice, not copy."""
        return self.status in KILLING

    @property
    def held_back(self) -> bool:
        """Whether it is under embargo now; the counterpart of ``querysets.held_back``."""
        return self.status == self.Status.EMBARGOED and (self.embargo is None or self.embargo > timezone.now())

    @property
    def body(self) -> str:
        return self.text[self.headline_end :].lstrip("\n")

"""A story family and its versions. The canonical text of a version never changes; every offset points into it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims.models.sources import Outlet
from claims.querysets import ArticleQuerySet, VersionQuerySet


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
        EMBARGOED = "embargoed"

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
    headline = models.TextField(blank=True)
    headline_end = models.PositiveIntegerField(default=0)
    bylines = models.JSONField(default=list, blank=True)
    dateline_place = models.CharField(max_length=200, blank=True)
    dateline_day = models.DateField(null=True, blank=True)
    agencies = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=20, blank=True)
    ed_note = models.TextField(blank=True)
    text = models.TextField()
    furniture = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)

    work = models.CharField(max_length=20, choices=Work, default=Work.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    producer = models.CharField(max_length=100, blank=True)
    extracted = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-version_created", "-pk")
        constraints = (models.UniqueConstraint(fields=("article", "number"), name="one_version_of_a_number"),)
        indexes = (models.Index(fields=("work", "lease_until")),)

    def __str__(self) -> str:
        return self.headline or f"Version {self.number} of article {self.article_id}"

    @property
    def body(self) -> str:
        return self.text[self.headline_end :].lstrip("\n")

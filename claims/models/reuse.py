"""Which pieces of copy are one text: the keys under which a version is found, and what was judged of two versions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from claims.models.articles import ArticleVersion
from claims.querysets import ReuseQuerySet


class CopyKey(models.Model):
    """That a version can be found under a key of its text (``claims.syndication.fingerprints``)."""

    pk = models.CompositePrimaryKey("key", "version_id")
    key = models.BigIntegerField()
    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="copy_keys")

    def __str__(self) -> str:
        return f"{self.key} of version {self.version_id}"


class Reuse(models.Model):
    """What is judged of two versions, ``a`` the older row (R22).

    ``machine_label`` is the machine's, ``label`` the one that holds: a person's (``by``, ``reason``, ``decided``)
    stands over every later machine's. ``score`` is the larger of the shares of either text that the other tells again,
    0.0 to 1.0. ``evidence`` is a list of {"kind", "words", "side"}; ``matches`` of sentences that tell the same,
    [a_start, a_end, b_start, b_end, of_a, of_b]; ``changes`` of facts that differ, {"kind", "a", "b" and offsets}.
    ``seen`` counts the changes that people made.
    """

    class Label(models.TextChoices):
        WHOLLY = "wholly", "wholly derived"
        PARTLY = "partly", "partly derived"
        NOT = "not", "not derived"

    class Direction(models.TextChoices):
        A_FROM_B = "a_from_b"
        B_FROM_A = "b_from_a"
        COMMON = "common"

    a = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="reuse_as_a")
    b = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="reuse_as_b")
    label = models.CharField(max_length=10, choices=Label)
    machine_label = models.CharField(max_length=10, choices=Label)
    score = models.FloatField()
    share_a = models.FloatField()
    share_b = models.FloatField()
    direction = models.CharField(max_length=10, choices=Direction, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    matches = models.JSONField(default=list, blank=True)
    changes = models.JSONField(default=list, blank=True)
    producer = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    seen = models.PositiveIntegerField(default=0)

    objects: ClassVar[ReuseQuerySet] = ReuseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-score", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("a", "b"), name="one_reuse_of_a_pair"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="reuse_names_the_older_first"),
        )
        indexes = (models.Index(fields=("a", "label")), models.Index(fields=("b", "label")))

    def __str__(self) -> str:
        return f"{self.a_id} – {self.b_id} ({self.label})"

    def get_absolute_url(self) -> str:
        return reverse("reuse", args=[self.pk])

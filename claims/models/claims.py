"""A claim is a span of one version, with who says it and what it counts."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.models.articles import ArticleVersion
from claims.models.sources import Place, Speaker
from claims.querysets import ClaimQuerySet


class Claim(models.Model):
    """``text == version.text[start:end]``.

    ``chain`` lists the attribution links, outermost first, each {"name", "role", "kind", "start", "end", "text"}.
    ``seen`` counts the changes that people made: who sends an older count is told that the row changed meanwhile.
    ``vanished`` is set when a later extraction of the same version no longer finds the claim.
    A claim moves on to a newer version of its story where that still has it word for word; its earlier places are kept
    as ``anchors``. ``orphaned_by`` is the version that no longer has it, ``withdrawn_by`` the kill or recall that took
    its support away (R19).
    """

    class Mode(models.TextChoices):
        OUTLET = "outlet"
        INDIRECT = "indirect"
        DIRECT = "direct"
        MIXED = "mixed"

    class Polarity(models.TextChoices):
        ASSERTED = "asserted"
        DENIED = "denied"

    State = workflow.ClaimState

    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="claims")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="claims")
    speaker_role = models.CharField(max_length=300, blank=True)
    speaker_words = models.TextField(blank=True)
    speaker_start = models.PositiveIntegerField(null=True, blank=True)
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    chain = models.JSONField(default=list, blank=True)
    cue = models.CharField(max_length=60, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.OUTLET)
    polarity = models.CharField(max_length=20, choices=Polarity, default=Polarity.ASSERTED)
    marks = models.JSONField(default=list, blank=True)
    places: "models.ManyToManyField[Place, models.Model]" = models.ManyToManyField(
        Place, blank=True, related_name="claims"
    )
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    scene = models.ForeignKey("Scene", models.SET_NULL, null=True, blank=True, related_name="claims")
    worth = models.FloatField(default=0)
    worth_reasons = models.JSONField(default=list, blank=True)
    producer = models.CharField(max_length=100, blank=True)

    state = models.CharField(max_length=20, choices=[(s.value, s.label) for s in State], default=State.UNREVIEWED.value)
    seen = models.PositiveIntegerField(default=0)
    touched = models.BooleanField(default=False)
    orphaned_by = models.ForeignKey(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="orphans")
    withdrawn_by = models.ForeignKey(ArticleVersion, models.SET_NULL, null=True, blank=True, related_name="withdrew")
    stale = models.BooleanField(default=False, help_text="That its verdict is, kept here for the order of the queue.")
    vanished = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("version", "start", "end")
        constraints = (
            models.UniqueConstraint(fields=("version", "start", "end"), name="one_claim_of_a_span"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="claim_has_words"),
        )
        indexes = (
            models.Index(fields=("state", "-stale", "-worth", "-id"), name="claims_of_a_state"),
            models.Index(
                fields=("-stale", "-worth", "-id"),
                condition=models.Q(vanished__isnull=True),
                name="claims_by_urgency",
            ),
            models.Index(fields=("from_day", "to_day")),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.pk])

    @property
    def state_label(self) -> str:
        return workflow.ClaimState(self.state).label


class ClaimAnchor(models.Model):
    """Where a claim stood in a version before the one where it stands now."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="anchors")
    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="earlier_claims")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ("version", "start")
        constraints = (models.UniqueConstraint(fields=("claim", "version"), name="one_anchor_of_a_version"),)

    def __str__(self) -> str:
        return f"{self.claim_id} in version {self.version_id}"


class Figure(models.Model):
    """A quantity as an interval (R1); ``high`` null: no upper end. Figures of a claim are replaced with it, never
    edited."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=80)
    low = models.DecimalField(max_digits=24, decimal_places=3, null=True, blank=True)
    high = models.DecimalField(max_digits=24, decimal_places=3, null=True, blank=True)
    approximate = models.BooleanField(default=False)
    words = models.CharField(max_length=300)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    population = models.CharField(max_length=100, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="figures")
    unit = models.CharField(max_length=10, blank=True)
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    as_of = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("start", "pk")

    def __str__(self) -> str:
        return f"{self.measure}: {self.words}"

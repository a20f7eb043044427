"""Who publishes, who speaks, and where."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


class OutletQuerySet(models.QuerySet["Outlet"]):
    def standing(self) -> "OutletQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Outlet(models.Model):
    """A publisher or an agency. ``aliases`` and ``credit_lines`` are lists of the spellings that name it in copy,
    ``domains`` those of its pages, ``carries`` the agencies whose copy it prints.

    ``house`` is the entry of the desk's own list that it was made from; the list is asked for no outlet twice. One
    that was merged stays as a row without articles, so that the merge can be undone. ``seen`` counts the changes that
    people made."""

    class Kind(models.TextChoices):
        PUBLISHER = "publisher"
        AGENCY = "agency"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PUBLISHER)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="houses")
    aliases = models.JSONField(default=list, blank=True)
    credit_lines = models.JSONField(default=list, blank=True)
    domains = models.JSONField(default=list, blank=True)
    carries = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="carried_by")
    house = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_outlets"
    )
    seen = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[OutletQuerySet] = OutletQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outlet", args=[self.pk])


class OutletName(models.Model):
    """One way in which an outlet is found: ``key`` is a name or alias folded, or a domain in lower case. No two outlets
    share one. The rows follow from the outlet's own lists; ``claims.outlets`` alone writes them."""

    class Kind(models.TextChoices):
        NAME = "name"
        DOMAIN = "domain"

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=300)

    class Meta:
        ordering = ("kind", "key")
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="one_outlet_of_a_name"),)

    def __str__(self) -> str:
        return self.key


class OutletMerge(models.Model):
    """That one outlet was found to be another, by whom, and all that moved with it: enough to undo it.

    ``moved`` are the ids of the rows that pointed to ``merged``, by field; ``added`` the words, domains and agencies
    that ``kept`` got."""

    kept = models.ForeignKey(Outlet, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Outlet, models.CASCADE, related_name="merged_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="outlet_merges")
    at = models.DateTimeField(default=timezone.now)
    moved = models.JSONField(default=dict)
    added = models.JSONField(default=dict)
    undone = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("merged",), condition=Q(undone__isnull=True), name="merged_once"),
        )

    def __str__(self) -> str:
        return f"{self.merged} into {self.kept}"


class Speaker(models.Model):
    """A person, a body or an unnamed role ("officials") that is answerable for claims, under one spelling.

    One that was merged stays as a row, and its claims stay its own: they are read through ``merged_into``, which is
    always a speaker that stands by itself. ``matched`` is when names like it were looked for; ``seen`` counts the
    merges that people made or undid with it.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        BODY = "body"
        UNNAMED = "unnamed"
        AGENCY = "agency"

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, unique=True, help_text="The name folded for matching.")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.UNNAMED)
    organisation = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="members")
    party = models.CharField(
        max_length=100, blank=True, help_text="The party to an event that this speaker belongs to."
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_names"
    )
    matched = models.DateTimeField(null=True, blank=True, editable=False)
    seen = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=("id",), condition=Q(matched__isnull=True), name="speakers_to_match"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.pk])

    @property
    def shown(self) -> "Speaker":
        """The speaker under whose name, in house style, this one is shown: itself, or the one it was merged into."""
        return self.merged_into or self


class Place(models.Model):
    """A place under its canonical name; ``aliases`` are its spellings in any script; coordinates in degrees."""

    name = models.CharField(max_length=200, unique=True)
    aliases = models.JSONField(default=list, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

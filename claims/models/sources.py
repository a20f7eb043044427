"""Who publishes, who speaks, and where."""

from django.db import models


class Outlet(models.Model):
    """A publisher or an agency. ``aliases`` and ``credit_lines`` are lists of the spellings that name it in copy."""

    class Kind(models.TextChoices):
        PUBLISHER = "publisher"
        AGENCY = "agency"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PUBLISHER)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="houses")
    aliases = models.JSONField(default=list, blank=True)
    credit_lines = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """A person, a body or an unnamed role ("officials") that is answerable for claims."""

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

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


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

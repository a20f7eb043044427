"""The scenes of an article, the index by which the like of them are found, and who may change proposals."""

from datetime import date, datetime

from django.db import models

from claims.models.articles import ArticleVersion
from claims.models.events import Event


class Scene(models.Model):
    """What one article tells of one happening; only the copy that stands last in a story has any.

    ``number`` orders the scenes of a version; ``main`` is what the article is about. ``title`` names it in short.
    ``kinds`` and ``places`` count in how many statements each is named; ``around`` are all places that it is compared
    by. ``terms`` are its weightiest words, each [word, its damped count]. The days are an interval, or both null.
    """

    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="scenes")
    number = models.PositiveIntegerField()
    main = models.BooleanField(default=False)
    title = models.TextField(blank=True)
    kinds = models.JSONField(default=dict, blank=True)
    agents = models.JSONField(default=list, blank=True)
    places = models.JSONField(default=dict, blank=True)
    around = models.JSONField(default=list, blank=True)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    terms = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("version", "number")
        constraints = (models.UniqueConstraint(fields=("version", "number"), name="one_scene_of_a_number"),)

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> tuple[date, date] | None:
        return (self.from_day, self.to_day) if self.from_day and self.to_day else None

    @property
    def when(self) -> datetime:
        """When its article was published."""
        return self.version.published or self.version.version_created


class SceneTerm(models.Model):
    """That a scene can be found under a key of its words, or of its places and days (``claims.telling.keys_of``)."""

    pk = models.CompositePrimaryKey("key", "scene_id")
    key = models.BigIntegerField()
    scene = models.ForeignKey(Scene, models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return f"{self.key} of scene {self.scene_id}"


class EventTerm(models.Model):
    """That an event can be found under a key of its title, or of its places and days."""

    pk = models.CompositePrimaryKey("key", "event_id")
    key = models.BigIntegerField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return f"{self.key} of event {self.event_id}"


class Turn(models.Model):
    """Whoever holds the row of a kind of work does it alone; the others wait."""

    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name

"""What people say of a board: who is one source, and the value they hold for the best."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.events import Event


class Word(models.Model):
    """Somebody's word, with a reason. One that was taken back stays as a row, and so does one that another replaced."""

    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class SourceWord(Word):
    """That two names at a level of the ledger are the same, or are not (R20–R24): of one event, or without an event of
    the whole desk. ``one`` and ``other`` are the keys by which the ledger knows them, in order; the names are as shown.
    """

    class Level(models.TextChoices):
        OUTLETS = "outlets"
        NEWSROOMS = "newsrooms"
        SOURCES = "primary sources"
        INTERESTS = "interest groups"

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="source_words")
    level = models.CharField(max_length=20, choices=Level)
    one = models.CharField(max_length=300)
    other = models.CharField(max_length=300)
    one_name = models.CharField(max_length=300)
    other_name = models.CharField(max_length=300)
    same = models.BooleanField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "level", "one", "other"),
                condition=Q(ended__isnull=True, event__isnull=False),
                name="one_source_word_of_an_event",
            ),
            models.UniqueConstraint(
                fields=("level", "one", "other"),
                condition=Q(ended__isnull=True, event__isnull=True),
                name="one_source_word_of_the_desk",
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="source_word_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.one_name} {'is' if self.same else 'is not'} {self.other_name}"


class BestValue(Word):
    """The value that an editor holds for the best in one row of a board (R6), beside the range and never in it. The row
    is known by what it counts; ``place`` is a name, "" for the event as a whole."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="best_values")
    measure = models.CharField(max_length=80)
    place = models.CharField(max_length=200, blank=True)
    population = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    part = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=24, decimal_places=3)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "measure", "place", "population", "unit", "part"),
                condition=Q(ended__isnull=True),
                name="one_best_value_of_a_row",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"

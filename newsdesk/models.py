"""What the desk knows of its own running."""

from django.db import models
from django.utils import timezone


class Pulse(models.Model):
    """When beat, broker and worker last did one round together; one row."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"

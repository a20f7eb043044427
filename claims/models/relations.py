"""What people say of how two claims of an event stand to each other."""

from django.db import models
from django.db.models import F, Q

from claims.models.boards import Word
from claims.models.claims import Claim
from claims.models.events import Event


class RelationWord(Word):
    """That ``one`` stands to ``other`` so, or does not, whatever the machine says: that it is no denial of it (R16) and
    no concession (R17), or that their numbers are of different scope (R11), in which the ``dimension`` is named.

    Of a scope, which is the same from both ends, ``one`` is the claim with the lower id.
    """

    class Kind(models.TextChoices):
        DENIES = "denies"
        CONCEDES = "concedes"
        SCOPE = "different scope"

    event = models.ForeignKey(Event, models.CASCADE, related_name="relation_words")
    kind = models.CharField(max_length=20, choices=Kind)
    one = models.ForeignKey(Claim, models.CASCADE, related_name="relation_words")
    other = models.ForeignKey(Claim, models.CASCADE, related_name="relation_words_on")
    holds = models.BooleanField()
    dimension = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "kind", "one", "other"),
                condition=Q(ended__isnull=True),
                name="one_word_on_a_relation",
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="relation_word_of_two"),
        )

    def __str__(self) -> str:
        return f"claim {self.one_id} {'is' if self.holds else 'is not'} {self.kind} of claim {self.other_id}"

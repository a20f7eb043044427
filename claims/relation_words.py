"""The acts of people on how claims stand to each other: no denial, no concession, another scope (R11, R16, R17)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.changes import check, check_reason, log, stir
from claims.errors import Incomplete, Stale
from claims.models import Activity, Claim, Event, Link, RelationWord
from claims.permissions import Verb

MEANWHILE = "Somebody said something else of these two meanwhile. It is shown as it stands now; nothing was recorded."
GONE = "Somebody took this back already, or replaced it."
WORDS = "say how claims stand to each other"
DIMENSIONS = ("place", "day", "population", "measure", "part vs whole", "what is counted")
SCOPE = RelationWord.Kind.SCOPE
MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """How two claims stand: ``one`` is a ``kind`` of ``other`` or is not; ``dimension`` of a different scope."""

    kind: str
    one: Claim
    other: Claim
    holds: bool
    dimension: str = ""


def say_of_relation(*, event: Event, standing: Standing, reason: str, by: User, seen: int) -> RelationWord:
    """Say that a claim is no denial of another, no concession, or that two are of different scope.

    ``seen`` is the newest word that the person was shown. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.LINK, None, WORDS)
    one, other = _ends(standing)
    _check(event, standing, one, other)
    words = check_reason(reason, "what shows that they stand so, or do not")
    about = {"event": event, "kind": standing.kind, "one": one, "other": other}
    earlier = RelationWord.objects.filter(ended__isnull=True, **about)
    try:
        with transaction.atomic():
            earlier.filter(pk__lte=seen).update(ended=timezone.now(), ended_by=by)
            if earlier.exists():
                raise Stale(MEANWHILE)
            word = RelationWord.objects.create(
                **about, holds=standing.holds, dimension=standing.dimension, reason=words, by=by
            )
            detail = {"word": word.pk, "kind": standing.kind, "claims": [one.pk, other.pk], "holds": standing.holds}
            log(Activity.Kind.RELATION_RULED, by, event=event, detail=detail | {"dimension": standing.dimension})
            stir([event.pk])
    except IntegrityError as error:
        raise Stale(MEANWHILE) from error
    return word


def _ends(standing: Standing) -> tuple[Claim, Claim]:
    """A scope is the same from both ends."""
    ends = (standing.one, standing.other)
    return (ends[0], ends[1]) if standing.kind != SCOPE or ends[0].pk < ends[1].pk else (ends[1], ends[0])


def _check(event: Event, standing: Standing, one: Claim, other: Claim) -> None:
    if standing.kind not in RelationWord.Kind.values or standing.holds is not (standing.kind == SCOPE):
        raise Incomplete("Say that it is no denial, no concession, or of different scope.", "kind")
    if one.pk == other.pk:
        raise Incomplete("A claim does not stand to itself.", "other")
    linked = Link.objects.live().filter(event=event, claim__in=(one.pk, other.pk)).values("claim").distinct().count()
    if linked < 2:
        raise Incomplete("Both claims must be linked to the event, or suggested for it.", "other")
    if standing.holds and standing.dimension not in DIMENSIONS:
        raise Incomplete("Choose in what they differ.", "dimension")


def take_back_relation(*, event: Event, word: RelationWord, by: User) -> None:
    """Let the machine's view of two claims stand again. Raises ``NotAllowed``, ``Stale``."""
    check(by, Verb.LINK, None, WORDS)
    with transaction.atomic():
        standing = RelationWord.objects.filter(pk=word.pk, event=event, ended__isnull=True)
        if not standing.update(ended=timezone.now(), ended_by=by):
            raise Stale(GONE)
        detail = {"word": word.pk, "kind": word.kind, "claims": [word.one_id, word.other_id]}
        log(Activity.Kind.RELATION_REOPENED, by, event=event, detail=detail)
        stir([event.pk])


def words_on_relations(event: Event) -> list[RelationWord]:
    """What people said of the claims of an event and is not taken back, the oldest first."""
    said = event.relation_words.filter(ended__isnull=True)
    return list(said.select_related("by", "one", "other").defer("one__chain", "other__chain")[:MOST_WORDS])

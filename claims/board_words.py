"""The acts of people on a board: saying who is one source, and which value they hold for the best (R6, R20–R24)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.changes import check, check_reason, log, stir, stir_around
from claims.errors import Incomplete, Stale
from claims.independence import Level
from claims.models import Activity, BestValue, Event, SourceWord
from claims.names import fold
from claims.permissions import Verb

MEANWHILE = "Somebody said something else of this meanwhile. It is shown as it stands now; your word was not recorded."
MERGED = "This event was merged into another meanwhile. Your word was not recorded: say it there."
GONE = "Somebody took this back already, or replaced it."
MOST_VALUE = Decimal(10) ** 20
PLACES = Decimal("0.001")
BY_KEY = (Level.SOURCES, Level.INTERESTS)


@dataclass(frozen=True, slots=True)
class RowKey:
    """Which row of a board: what it counts, of whom, where ("" for the event as a whole), and whether it is a part."""

    measure: str
    place: str = ""
    population: str = ""
    unit: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two names at a level of the ledger, as they are shown, and whether they are the same."""

    level: str
    one: str
    other: str
    same: bool


def say_of_sources(
    *, event: Event, pairing: Pairing, reason: str, by: User, seen: int, everywhere: bool = False
) -> SourceWord:
    """Say that two names at a level are the same or not, for this event or for the whole desk (``everywhere``).

    ``seen`` is the newest word that the person was shown. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.LINK, None, "say who is one source")
    level, same = pairing.level, pairing.same
    if level not in SourceWord.Level.values:
        raise Incomplete("Choose one of the levels.", "level")
    named = {key_of(level, name): " ".join(name.split()) for name in (pairing.one, pairing.other)}
    if "" in named or len(named) < 2:
        raise Incomplete("Choose two names that differ.", "other")
    words = check_reason(reason, "what shows that they are one, or are not")
    (first, first_name), (second, second_name) = sorted(named.items())
    pair = {"event": None if everywhere else event, "level": level, "one": first, "other": second}
    scope = {"event__isnull": True} if everywhere else {"event": event}
    standing = SourceWord.objects.filter(level=level, one=first, other=second, ended__isnull=True, **scope)
    try:
        with transaction.atomic():
            check_stands(event)
            replace(standing, by, seen)
            word = SourceWord.objects.create(
                **pair, one_name=first_name, other_name=second_name, same=same, reason=words, by=by
            )
            detail = {"word": word.pk, "names": [first_name, second_name], "level": level, "same": same}
            log(Activity.Kind.SOURCES_RULED, by, event=event, detail=detail | {"everywhere": everywhere})
            _stir(word)
    except IntegrityError as error:
        raise Stale(MEANWHILE) from error
    return word


def check_stands(event: Event) -> None:
    """Raises ``Stale`` where the event was merged: what is said of it is said of the other one. The caller holds the
    transaction."""
    if not Event.objects.select_for_update().filter(pk=event.pk, merged_into__isnull=True).exists():
        raise Stale(MERGED)


def key_of(level: str, name: str) -> str:
    """By what the ledger knows a name at a level: a source by its folded name, an outlet as it is called."""
    return fold(name) if level in BY_KEY else " ".join(name.split())


def take_back_word(*, event: Event, word: SourceWord, by: User) -> None:
    """Let the machine's view of two names stand again. Raises ``NotAllowed``, ``Stale``."""
    check(by, Verb.LINK, None, "say who is one source")
    with transaction.atomic():
        end(SourceWord.objects.filter(pk=word.pk), by)
        names = [word.one_name, word.other_name]
        log(Activity.Kind.SOURCES_REOPENED, by, event=event, detail={"word": word.pk, "names": names})
        _stir(word)


def set_best_value(*, event: Event, row: RowKey, value: Decimal, reason: str, by: User, seen: int) -> BestValue:
    """Set the value held for the best in a row, in place of an earlier one. Raises ``NotAllowed``, ``Incomplete``,
    ``Stale``."""
    check(by, Verb.LINK, None, "set a best value")
    if not value.is_finite() or not 0 <= value < MOST_VALUE or value != value.quantize(PLACES):
        raise Incomplete("The value is a number from 0 on, with three decimals at most.", "value")
    words = check_reason(reason, "why this value is the best")
    about = asdict(row)
    standing = BestValue.objects.filter(event=event, ended__isnull=True, **about)
    try:
        with transaction.atomic():
            check_stands(event)
            replace(standing, by, seen)
            best = BestValue.objects.create(event=event, value=value, reason=words, by=by, **about)
            log(Activity.Kind.BEST_VALUE_SET, by, event=event, detail=about | {"best": best.pk, "value": str(value)})
            stir([event.pk])
    except IntegrityError as error:
        raise Stale(MEANWHILE) from error
    return best


def take_back_best(*, event: Event, best: BestValue, by: User) -> None:
    """Raises ``NotAllowed``, ``Stale``."""
    check(by, Verb.LINK, None, "set a best value")
    with transaction.atomic():
        end(BestValue.objects.filter(pk=best.pk, event=event), by)
        log(Activity.Kind.BEST_VALUE_ENDED, by, event=event, detail={"best": best.pk, "measure": best.measure})
        stir([event.pk])


def _stir(word: SourceWord) -> None:
    """The event of the word, or of a word of the whole desk all events in which one of the two speaks or publishes."""
    names = (word.one, word.other)
    if word.event_id is not None:
        stir([word.event_id])
    elif word.level in BY_KEY:
        stir_around(Q(speaker__key__in=names))
    else:
        stir_around(Q(version__article__outlet__name__in=names))


def replace(standing: QuerySet[SourceWord] | QuerySet[BestValue], by: User, seen: int) -> None:
    """End the word that stands, if it is one that the person was shown. Raises ``Stale``. The caller holds the
    transaction."""
    now = timezone.now()
    standing.filter(pk__lte=seen).update(ended=now, ended_by=by)
    if standing.exists():
        raise Stale(MEANWHILE)


def end(standing: QuerySet[SourceWord] | QuerySet[BestValue], by: User) -> None:
    if not standing.filter(ended__isnull=True).update(ended=timezone.now(), ended_by=by):
        raise Stale(GONE)

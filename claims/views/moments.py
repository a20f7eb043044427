"""The past moment that a page is asked for, and the moments at which something changed in an event (R38)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from claims.errors import Incomplete
from claims.models import Activity, ClaimEntry, Event, LinkEntry, VerdictEntry
from claims.past import moment_of
from claims.querysets import ClaimQuerySet

MOST_MOMENTS, MOST_ROWS = 20, 300
Step, Act, Kind = ClaimEntry.Step, VerdictEntry.Act, Activity.Kind
STEPS = (Step.ORPHANED, Step.WITHDRAWN, Step.VANISHED, Step.BACK)
KINDS = (Kind.SOURCES_RULED, Kind.SOURCES_REOPENED, Kind.BEST_VALUE_SET, Kind.BEST_VALUE_ENDED)
# What changed, as one and as several; the order is that in which one minute is told.
WORDS: dict[str, tuple[str, str]] = {
    f"link {LinkEntry.State.CONFIRMED}": ("claim linked", "claims linked"),
    f"link {LinkEntry.State.REJECTED}": ("claim ruled out", "claims ruled out"),
    f"link {LinkEntry.State.SUGGESTED}": ("claim suggested", "claims suggested"),
    f"link {LinkEntry.State.CARRIED}": ("claim merged away", "claims merged away"),
    f"link {LinkEntry.State.GONE}": ("link taken back", "links taken back"),
    f"claim {Step.ORPHANED}": ("claim cut from its story", "claims cut from their story"),
    f"claim {Step.WITHDRAWN}": ("claim withdrawn", "claims withdrawn"),
    f"claim {Step.VANISHED}": ("claim no longer found", "claims no longer found"),
    f"claim {Step.BACK}": ("claim stands again", "claims stand again"),
    f"verdict {Act.RECORDED}": ("verdict recorded", "verdicts recorded"),
    f"verdict {Act.SIGNED_OFF}": ("verdict signed off", "verdicts signed off"),
    f"verdict {Act.SENT_BACK}": ("verdict sent back", "verdicts sent back"),
    f"verdict {Act.REOPENED}": ("verdict reopened", "verdicts reopened"),
    f"verdict {Act.WITHDRAWN}": ("verdict withdrawn", "verdicts withdrawn"),
    f"verdict {Act.STALE}": ("verdict marked stale", "verdicts marked stale"),
    f"verdict {Act.KEPT}": ("verdict kept", "verdicts kept"),
    Kind.SOURCES_RULED: ("word on sources", "words on sources"),
    Kind.SOURCES_REOPENED: ("word on sources taken back", "words on sources taken back"),
    Kind.BEST_VALUE_SET: ("best value set", "best values set"),
    Kind.BEST_VALUE_ENDED: ("best value taken back", "best values taken back"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """``at`` is the moment to read; None for now, also where ``error`` says what is wrong with what was asked."""

    at: datetime | None = None
    error: str = ""

    @property
    def query(self) -> str:
        """What keeps a link of the page in the past."""
        return f"&{urlencode({'at': stamp(self.at)})}" if self.at is not None else ""

    @property
    def only(self) -> str:
        """The same, as the whole query of a link."""
        return self.query.replace("&", "?", 1)

    @property
    def field(self) -> str:
        """As an input of date and time takes it, in the desk's own zone."""
        return f"{timezone.localtime(self.at):%Y-%m-%dT%H:%M}" if self.at is not None else ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute in which something changed, read after its last change."""

    at: datetime
    words: str

    @property
    def stamp(self) -> str:
        return stamp(self.at)


def asked_of(request: HttpRequest) -> Asked:
    if request.method == "POST" or not request.GET.get("at"):
        return Asked()
    try:
        return Asked(moment_of(request.GET["at"]))
    except Incomplete as error:
        return Asked(error=str(error))


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def moments_of(event: Event, visible: ClaimQuerySet) -> list[Moment]:
    """The last ``MOST_MOMENTS`` minutes in which a link, a linked claim, its verdict, or what people say of the board
    changed; the newest first. Four queries."""
    links = LinkEntry.objects.filter(event=event, claim__in=visible)
    linked = links.values("claim")
    steps = ClaimEntry.objects.filter(claim__in=linked, step__in=STEPS)
    entries = VerdictEntry.objects.filter(verdict__claim__in=linked)
    said = Activity.objects.filter(event=event, kind__in=KINDS)
    found: Iterable[tuple[datetime, str]] = chain(
        ((at, f"link {state}") for at, state in links.order_by("-pk").values_list("at", "state")[:MOST_ROWS]),
        ((at, f"claim {step}") for at, step in steps.order_by("-pk").values_list("at", "step")[:MOST_ROWS]),
        ((at, f"verdict {act}") for at, act in entries.order_by("-pk").values_list("at", "act")[:MOST_ROWS]),
        said.order_by("-pk").values_list("at", "kind")[:MOST_ROWS],
    )
    return by_minute(found)[:MOST_MOMENTS]


def by_minute(found: Iterable[tuple[datetime, str]]) -> list[Moment]:
    minutes: defaultdict[datetime, Counter[str]] = defaultdict(Counter)
    last: dict[datetime, datetime] = {}
    for at, what in found:
        minute = at.replace(second=0, microsecond=0)
        minutes[minute][what] += 1
        last[minute] = max(at, last.get(minute, at))
    return [Moment(last[minute], told(minutes[minute])) for minute in sorted(minutes, reverse=True)]


def told(counted: Counter[str]) -> str:
    """ "3 claims linked, 1 best value set"."""
    return ", ".join(f"{counted[what]} {words[counted[what] > 1]}" for what, words in WORDS.items() if counted[what])

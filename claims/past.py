"""The desk as it stood at a past moment (R38): by what it knew then, for who may see the rows now.

Claims, verdicts and links that are put back are made over in memory and must not be saved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from claims.errors import Incomplete
from claims.models import Activity, Claim, ClaimEntry, Event, Link, LinkEntry, Verdict, VerdictEntry
from claims.replaying import OF_LINE, SET_ASIDE, Move, VerdictThen, move_of, moves_of, state_after, verdict_after
from claims.workflow import Act

MOST_WORDS = 40
UNQUOTED_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")
HEAVY = ("text", "furniture", "warnings", "moved", "ed_note")
OF_ENTRY = ("version", "orphaned_by", "withdrawn_by")


def moment_of(words: str) -> datetime:
    """A past moment as an address names it: "2024-01-24T12:00:00Z"; without a zone it is in the desk's own. Raises
    ``Incomplete``."""
    words = words.strip()
    if "T" in words:
        words = UNQUOTED_PLUS.sub("+", words)  # a plus that was sent as it is comes as a blank
    try:
        found = parse_datetime(words) if len(words) <= MOST_WORDS and re.search(r"\d[T ]\d", words) else None
        when = found and (timezone.make_aware(found) if timezone.is_naive(found) else found).astimezone(UTC)
        late = when is not None and when > timezone.now()
    except (ValueError, OverflowError):
        when = None
    if when is None:
        raise Incomplete("Give a day and a time, such as 2024-01-24T12:00:00Z.", "at")
    if late:
        raise Incomplete("That moment is still to come. Give one that has passed.", "at")
    return when


def links_at(event: Event, at: datetime) -> QuerySet[LinkEntry]:
    """The last entry of each pair up to then, without what was gone; in the order in which links are shown."""
    upto = LinkEntry.objects.filter(event=event, at__lte=at)
    later = upto.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
    row = Link.objects.filter(event=event, claim=OuterRef("claim"))
    found = upto.filter(~Exists(later)).exclude(state__in=LinkEntry.NOWHERE)
    scored = found.annotate(score=Subquery(row.values("score")[:1]), link=Subquery(row.values("pk")[:1]))
    return scored.order_by("state", "-score", "-link", "-pk")


def found_at(at: datetime, **standing: object) -> Exists:
    """Of rows with a claim: whether the last reading up to then found it, and it stood so."""
    upto = ClaimEntry.objects.filter(claim=OuterRef("claim"), at__lte=at)
    later = upto.filter(pk__gt=OuterRef("pk"))
    return Exists(upto.filter(~Exists(later), vanished=False, **standing))


def put_back(claims: Sequence[Claim], at: datetime) -> None:
    """Let each of ``claims`` be as it stood: its version, its standing, its review and its verdict. Its words, speaker
    and figures are those of the reading that read it last. Four queries."""
    pks = [claim.pk for claim in claims]
    standings = {entry.claim_id: entry for entry in standings_at(pks, at)}
    moves, entries = moves_at(pks, at), verdict_entries_at(pks, at)
    for claim in claims:
        if entry := standings.get(claim.pk):
            claim.version, claim.orphaned_by, claim.withdrawn_by = entry.version, entry.orphaned_by, entry.withdrawn_by
            claim.vanished = entry.at if entry.vanished else None
        claim.state = state_after([*moves[claim.pk], *moves_of(entries[claim.pk])]).value
        then = verdict_after(entries[claim.pk])
        claim.stale = then is not None and then.stale is not None
        row = getattr(claim, "verdict", None)
        claim._state.fields_cache["verdict"] = row and then and verdict_then(row, then)


def standings_at(claims: Sequence[int], at: datetime) -> QuerySet[ClaimEntry]:
    upto = ClaimEntry.objects.filter(at__lte=at)
    later = upto.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
    rows = upto.filter(~Exists(later), claim__in=claims).select_related(
        "version__article__outlet", "orphaned_by", "withdrawn_by"
    )
    return rows.defer(*(f"{way}__{name}" for way in OF_ENTRY for name in HEAVY))


def moves_at(claims: Sequence[int], at: datetime) -> defaultdict[int, list[Move]]:
    """By claim, what moved it through its review beside its verdict. Each counts from when its rows were written."""
    found: defaultdict[int, list[Move]] = defaultdict(list)
    linked = LinkEntry.objects.filter(claim__in=claims, at__lte=at, state=LinkEntry.State.CONFIRMED)
    for claim, when in linked.values_list("claim_id", "at"):
        found[claim].append(Move(when, Act.LINK))
    rows = Activity.objects.filter(claim__in=claims, kind__in=[*OF_LINE, SET_ASIDE], at__lte=at)
    for line in rows.order_by("pk").only("claim", "at", "kind", "detail"):
        found[line.claim_id or 0].append(move_of(line.at, line.kind, line.detail))
    return found


def verdict_entries_at(claims: Sequence[int], at: datetime) -> defaultdict[int, list[VerdictEntry]]:
    """By claim, the oldest first."""
    rows = VerdictEntry.objects.filter(verdict__claim__in=claims, at__lte=at).select_related("by", "verdict")
    found: defaultdict[int, list[VerdictEntry]] = defaultdict(list)
    for entry in rows.order_by("number"):
        found[entry.verdict.claim_id].append(entry)
    return found


def verdict_at(claim: int, at: datetime) -> VerdictThen | None:
    """None where nothing was ruled by then."""
    return verdict_after(verdict_entries_at([claim], at)[claim])


def verdict_then(row: Verdict, then: VerdictThen) -> Verdict:
    """``row`` made over."""
    ruling, face = then.ruling, then.face
    row.rating, row.reason, row.rules, row.state = ruling.rating, ruling.reason, ruling.rules, then.state.value
    row.decided, row.published = ruling.at, face
    if ruling.by is not None:
        row.author = ruling.by
    row.stale = then.stale
    row.stale_reasons = [reason for mark in then.marks for reason in mark.moved]
    return row


def events_at(claim: Claim, at: datetime) -> list[LinkEntry]:
    """The links of a claim then, each with its event, the first made first."""
    last: dict[int, LinkEntry] = {}
    for entry in claim.link_entries.filter(at__lte=at).select_related("event", "by").order_by("pk"):
        last[entry.event_id] = entry
    return [entry for entry in last.values() if entry.state not in LinkEntry.NOWHERE]

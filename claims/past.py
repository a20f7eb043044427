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
from claims.replaying import ACTS, SET_ASIDE, VerdictThen, state_after, verdict_after

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
    found = upto.filter(~Exists(later)).exclude(state=LinkEntry.State.GONE)
    scored = found.annotate(score=Subquery(row.values("score")[:1]), link=Subquery(row.values("pk")[:1]))
    return scored.order_by("state", "-score", "-link", "-pk")


def found_at(at: datetime, **standing: object) -> Exists:
    """Of rows with a claim: whether the last reading up to then found it, and it stood so."""
    upto = ClaimEntry.objects.filter(claim=OuterRef("claim"), at__lte=at)
    later = upto.filter(pk__gt=OuterRef("pk"))
    return Exists(upto.filter(~Exists(later), vanished=False, **standing))


def put_back(claims: Sequence[Claim], at: datetime) -> None:
    """Let each of ``claims`` be as it stood: its version, its standing, its review and its verdict. Its words, speaker
    and figures are those of the reading that read it last. Three queries."""
    pks = [claim.pk for claim in claims]
    standings = {entry.claim_id: entry for entry in standings_at(pks, at)}
    reviews = reviews_at(pks, at)
    verdicts = verdicts_at(pks, at)
    for claim in claims:
        if entry := standings.get(claim.pk):
            claim.version, claim.orphaned_by, claim.withdrawn_by = entry.version, entry.orphaned_by, entry.withdrawn_by
            claim.vanished = entry.at if entry.vanished else None
        claim.state = state_after(reviews[claim.pk]).value
        then = verdicts.get(claim.pk)
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


def reviews_at(claims: Sequence[int], at: datetime) -> defaultdict[int, list[tuple[str, dict[str, object]]]]:
    kinds = [*ACTS, SET_ASIDE]
    rows = Activity.objects.filter(claim__in=claims, kind__in=kinds, at__lte=at).order_by("pk")
    found: defaultdict[int, list[tuple[str, dict[str, object]]]] = defaultdict(list)
    for claim, kind, detail in rows.values_list("claim_id", "kind", "detail"):
        found[claim or 0].append((kind, detail))
    return found


def verdicts_at(claims: Sequence[int], at: datetime) -> dict[int, VerdictThen]:
    """By claim; a claim that was not ruled on by then has none."""
    rows = VerdictEntry.objects.filter(verdict__claim__in=claims, at__lte=at).select_related("by", "verdict")
    entries: defaultdict[int, list[VerdictEntry]] = defaultdict(list)
    for entry in rows.order_by("number"):
        entries[entry.verdict.claim_id].append(entry)
    return {claim: then for claim, steps in entries.items() if (then := verdict_after(steps)) is not None}


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
    return [entry for entry in last.values() if entry.state != LinkEntry.State.GONE]

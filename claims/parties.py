"""The parties to an event that its own claims make clear (R24): for what the machine proposes, and offered on pages.

On an event of the desk's own nothing is applied by itself: a person sets its parties (``claims.event_editing``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from claims.geography import country_of
from claims.independence import knower_of
from claims.independence.parties import Party, Statement, clear_parties
from claims.models import Claim, Event, Link, Place

PRODUCER = "parties 1"
MOST_CLAIMS = 300


def parties_told(event: Event) -> list[Party]:
    """What the claims that people linked to ``event`` make clear. Two queries, or three."""
    links = Link.objects.filter(event=event, state=Link.State.CONFIRMED)
    return parties_in(links.order_by("pk").values_list("claim_id", flat=True)[:MOST_CLAIMS], event.places.all())


def parties_in(claims: Iterable[int], places: Iterable[Place]) -> list[Party]:
    """What some claims, by their ids, make clear of an event at ``places``. A claim that was denied, withdrawn or cut
    says nothing."""
    where = {code for place in places if (code := place.country or country_of(place.name))}
    if not where:
        return []
    rows = Claim.objects.standing().filter(pk__in=list(claims)[:MOST_CLAIMS], polarity=Claim.Polarity.ASSERTED)
    rows = rows.filter(withdrawn_by__isnull=True, orphaned_by__isnull=True).select_related("speaker", "version")
    only = ("text", "speaker_role", "speaker__name", "speaker__kind", "version__article")
    return clear_parties([statement_of(claim, where) for claim in rows.only(*only)], where)


def statement_of(claim: Claim, where: Collection[str]) -> Statement:
    home = next(iter(where)) if len(where) == 1 else ""
    speaker = claim.speaker
    knower = knower_of(speaker.name, claim.speaker_role, speaker.kind, home) if speaker else None
    return Statement(str(claim.version.article_id), claim.text, knower)

"""One claim, or the verdict on one, as it stood at a past moment, with its place in the copy of then (R38).

The rows are made over in memory and must not be saved.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from claims import past
from claims.errors import NotYet
from claims.models import Claim, Link, LinkEntry, Verdict
from claims.parting import go_back
from claims.wording import zoned


def recall_claim(claim: Claim, at: datetime) -> None:
    """Let ``claim``, which has its figures, be as it stood, linked as it was. Its offsets point into the version that
    it names: the one that held it then, or where not all its parts are found in that one, the one that holds it now.
    Raises ``NotYet``."""
    entry = past.standings_at([claim.pk], at).first()
    if entry is None:
        raise NotYet(f"The desk did not have this claim yet: it was found on {zoned(claim.created)}.")
    here = claim.version
    went = entry.version_id != here.pk and go_back(claim, here, entry.version)
    past.put_back([claim], at)
    if not went:
        claim.version = here
    links = [made(claim, one) for one in past.events_at(claim, at) if one.state == Link.State.CONFIRMED]
    cache: dict[str, Any] = claim.__dict__.setdefault("_prefetched_objects_cache", {})
    cache["links"] = links


def made(claim: Claim, entry: LinkEntry) -> Link:
    return Link(claim=claim, event=entry.event, state=entry.state, by=entry.by, at=entry.at)


def recall_verdict(verdict: Verdict, at: datetime) -> None:
    """Let a published ``verdict`` be as the world read it. Raises ``NotYet``."""
    then = past.verdict_at(verdict.claim_id, at)
    if then is None:
        raise NotYet(f"There was no verdict yet on {zoned(at)}.")
    if then.face is None:
        was = "withdrawn" if then.state == Verdict.State.WITHDRAWN else "not published yet"
        raise NotYet(f"The verdict was {was} on {zoned(at)}.")
    recall_claim(verdict.claim, at)
    past.verdict_then(verdict, then)

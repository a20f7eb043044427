"""The versions of one article: which there are, what moved between them, and how two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from claims.differences import Passage, compare
from claims.models import ArticleVersion, Claim
from claims.querysets import ClaimQuerySet, VersionQuerySet

MOST_VERSIONS = 50
MOST_MOVES = 300


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, the earlier first by the time of their making (R18), and their texts in one."""

    old: ArticleVersion
    new: ArticleVersion
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Move:
    """One row of what moved. ``claim`` and ``heir`` are rows that the reader may see, or None."""

    kind: str
    words: str
    now: str
    figures: Sequence[Sequence[str]]
    claim: Claim | None
    heir: Claim | None


def numbered(versions: VersionQuerySet, words: str) -> ArticleVersion:
    """The version with that number. Raises ``Http404``."""
    found = versions.filter(number=int(words)).first() if words.isdecimal() and len(words) < 9 else None
    if found is None:
        raise Http404("There is no such version of this article.")
    return found


def current(versions: VersionQuerySet) -> ArticleVersion:
    """The newest copy (R18); the newest notice where there is no copy. Raises ``Http404``."""
    newest = versions.order_by("-version_created", "-pk")
    found = newest.exclude(status__in=("killed", "recalled")).first() or newest.first()
    if found is None:
        raise Http404("There is no version of this article.")
    return found


def comparison(request: HttpRequest, versions: VersionQuerySet) -> Comparison | None:
    """The two versions that the address names with ``from`` and ``to``; None where it does not name both."""
    names = request.GET.get("from", ""), request.GET.get("to", "")
    if not all(names):
        return None
    old, new = sorted((numbered(versions, name) for name in names), key=lambda version: version.place)
    return Comparison(old, new, compare(old.text, new.text))


def moves_of(version: ArticleVersion, visible: ClaimQuerySet) -> list[Move]:
    """What moved against the version before, what was kept last. One query."""
    rows: list[dict[str, Any]] = sorted(version.moved, key=lambda row: row["kind"] == "kept")[:MOST_MOVES]
    ids = {row[name] for row in rows for name in ("claim", "becomes") if row[name]}
    known = visible.select_related("verdict").in_bulk(ids)
    return [
        Move(
            row["kind"],
            row["words"],
            row["now"],
            row["figures"],
            known.get(row["claim"]),
            known.get(row["becomes"] or 0),
        )
        for row in rows
    ]


def claims_in(version: ArticleVersion, most: int) -> list[Claim]:
    """The claims that stand in ``version``, and those that stood there and moved on, each where it stands there."""
    own = list(version.claims.standing().for_cards()[: most + 1])
    anchors = {anchor.claim_id: anchor for anchor in version.earlier_claims.order_by("start")[: most + 1]}
    moved = Claim.objects.standing().for_cards().filter(pk__in=anchors).exclude(version=version)
    for claim in moved:
        away = anchors[claim.pk].start - claim.start
        claim.start, claim.end = anchors[claim.pk].start, anchors[claim.pk].end
        for figure in claim.figures.all():
            inside = version.text[figure.start + away : figure.end + away] == figure.words
            figure.start, figure.end = (figure.start + away, figure.end + away) if inside else (0, 0)
        own.append(claim)
    return sorted(own, key=lambda claim: (claim.start, claim.end))

"""Copies and sources of one version, for its article's page (R21, R22, R30)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.models import ArticleVersion, Reuse
from claims.permissions import AnyUser, visible_to

MOST_PAIRS = 120
MOST_SHOWN = 30
RANK = {"wholly": 0, "partly": 1, "not": 2}
KINDS = {
    "number": "number",
    "name": "name",
    "place": "place",
    "day": "day",
    "attribution": "who said it",
    "denial": "denied or not",
    "opposite": "the opposite",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact that differs, with its words here and there; "" where the fact is missing."""

    kind: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Relative:
    """The other version of a pair, and what the pair says from this version's side."""

    pair: Reuse
    other: ArticleVersion
    sentence: str
    reasons: tuple[tuple[str, str], ...]
    changes: tuple[Changed, ...]


def copies_of(user: AnyUser, version: ArticleVersion) -> dict[str, Any]:
    """What ``claims/_copies.html`` shows: the versions that share text with this one, those that are derived first, of
    each other article the newest; and how far the looking is."""
    visible = visible_to(user, ArticleVersion.objects.all())
    pairs = Reuse.objects.of(version.pk).between(visible).with_both().order_by("-score", "-pk")[:MOST_PAIRS]
    relatives = newest(relative(pair, version.pk) for pair in pairs)
    derived = [one for one in relatives if one.pair.label != Reuse.Label.NOT]
    return {
        "derived": derived[:MOST_SHOWN],
        "independent": [one for one in relatives if one.pair.label == Reuse.Label.NOT][:MOST_SHOWN],
        "count": len(derived),
        "waiting": version.related is None,
        "error": version.relate_error,
    }


def newest(relatives: Iterable[Relative]) -> list[Relative]:
    """Of each other article the pair with its newest version (R18), what is wholly derived first."""
    best: dict[int, Relative] = {}
    for one in relatives:
        known = best.get(one.other.article_id)
        if known is None or one.other.place > known.other.place:
            best[one.other.article_id] = one
    return sorted(best.values(), key=lambda one: (RANK[one.pair.label], -one.pair.score, -one.pair.pk))


def relative(pair: Reuse, pk: int) -> Relative:
    """``pair`` as seen from the version ``pk``."""
    own = "a" if pair.a_id == pk else "b"
    other = pair.b if own == "a" else pair.a
    changes = tuple(
        Changed(KINDS.get(one["kind"], one["kind"]), one[own], one["b" if own == "a" else "a"]) for one in pair.changes
    )
    return Relative(pair, other, in_words(pair, own), reasons(pair, own), changes)


def in_words(pair: Reuse, own: str) -> str:
    """Who copied from whom, from the side of ``own``; what a person has said of the pair counts before the machine."""
    much = "wholly" if pair.label == Reuse.Label.WHOLLY else "partly"
    if pair.label == Reuse.Label.NOT:
        return "Not derived from each other: they share some sentences or quotations, not the text."
    if pair.direction == Reuse.Direction.COMMON:
        return f"Both carry the copy of a third; one is {much} the text of the other."
    if not pair.direction:
        return f"One is {much} derived from the other; which came first is not known."
    from_it = pair.direction == (Reuse.Direction.A_FROM_B if own == "a" else Reuse.Direction.B_FROM_A)
    return f"This article is {much} derived from it." if from_it else f"It is {much} derived from this article."


def reasons(pair: Reuse, own: str) -> tuple[tuple[str, str], ...]:
    """(whose, words) of every piece of evidence."""
    whose = {"": "Both", own: "This article"}
    return tuple((whose.get(one["side"], "The other"), one["words"]) for one in pair.evidence)

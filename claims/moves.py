"""What became of the claims of one version in the next (R19). Pure: facts in, rows for a list out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claims.anchoring import likeness

MOST_WORDS = 400
ALIKE = 0.6
SOMEWHAT_ALIKE = 0.3
Amount = tuple[Decimal | None, Decimal | None, bool, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim says. ``figures`` are (measure, interval, words); ``speaker`` a name folded, or nothing."""

    claim: int
    words: str
    speaker: str = ""
    cue: str = ""
    figures: tuple[tuple[str, Amount, str], ...] = ()

    @property
    def measures(self) -> frozenset[str]:
        return frozenset(measure for measure, _, _ in self.figures)


def list_moves(old: Sequence[Told], new: Sequence[Told]) -> list[dict[str, Any]]:
    """What moved, in the order of the new copy, what is gone at the end: {"kind", "claim", "becomes", "words", "now",
    "figures"}. Claims with one id in both are *kept*; the rest is paired where one became the other."""
    before, after = {each.claim: each for each in old}, {each.claim: each for each in new}
    gone = [each for each in old if each.claim not in after]
    fresh = [each for each in new if each.claim not in before]
    heirs = {heir: each for each, heir in successors(gone, fresh).items()}
    rows = [_row(before, after, each, heirs.get(each.claim)) for each in new]
    left = [each for each in gone if each.claim not in heirs.values()]
    return rows + [_listed("gone", each, None) for each in left]


def _row(before: Mapping[int, Told], after: Mapping[int, Told], now: Told, ancestor: int | None) -> dict[str, Any]:
    if now.claim in before:
        return _listed("kept", now, now)
    if ancestor is None:
        return _listed("new", None, now)
    return _listed("changed", before[ancestor], now)


def _listed(kind: str, old: Told | None, new: Told | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "claim": old.claim if old else new.claim if new else None,
        "becomes": new.claim if old and new and new.claim != old.claim else None,
        "words": old.words[:MOST_WORDS] if old else "",
        "now": new.words[:MOST_WORDS] if new else "",
        "figures": changed_figures(old, new) if kind == "changed" and old and new else [],
    }


def changed_figures(old: Told, new: Told) -> list[list[str]]:
    """[measure, old words, new words] for every figure that differs; nothing where one has no counterpart."""
    found = []
    for measure in dict.fromkeys(measure for measure, _, _ in (*old.figures, *new.figures)):
        olds = [(amount, words) for name, amount, words in old.figures if name == measure]
        news = [(amount, words) for name, amount, words in new.figures if name == measure]
        same = {amount for amount, _ in olds} & {amount for amount, _ in news}
        olds = [each for each in olds if each[0] not in same]
        news = [each for each in news if each[0] not in same]
        for at in range(max(len(olds), len(news))):
            found.append([measure, olds[at][1] if at < len(olds) else "", news[at][1] if at < len(news) else ""])
    return found


def successors(gone: Sequence[Told], fresh: Sequence[Told]) -> dict[int, int]:
    """Which claim became which, by id: the most alike first, each at most once."""
    bags = {each.claim: Counter(each.words.split()) for each in (*gone, *fresh)}
    near = [(one, other) for one in gone for other in fresh if _shared(bags[one.claim], bags[other.claim])]
    scored = [(fit(one, other), one.claim, other.claim) for one, other in near]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, one_id, other_id in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score and one_id not in pairs and other_id not in taken:
            pairs[one_id] = other_id
            taken.add(other_id)
    return pairs


def _shared(one: Counter[str], other: Counter[str]) -> bool:
    """A cheap first look, before the words are compared in their order: never less than ``likeness``."""
    return 2 * (one & other).total() >= SOMEWHAT_ALIKE * (one.total() + other.total())


def fit(one: Told, other: Told) -> float:
    """How well ``other`` continues ``one``, 0 where it does not: nearly the same words, or the same voice on the same
    count in somewhat the same words."""
    alike = likeness(one.words, other.words)
    same_voice = one.speaker == other.speaker and (one.cue == other.cue or not (one.cue and other.cue))
    same_count = bool(one.measures & other.measures)
    if alike >= ALIKE or (same_voice and same_count and alike >= SOMEWHAT_ALIKE):
        return alike + same_voice + same_count
    return 0.0

"""Text reuse, sentence by sentence (R22): which sentence of one copy is told again by which of the other, and how much.

A sentence that was rewritten keeps some words and, near each other, some pairs of words. One that another reporter
wrote of the same thing shares names, numbers and quotations, which weigh little, and few neighbours. Both directions
are measured: a brief lies wholly in the long story that it was cut from, the long story only partly in the brief.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.syndication.words import Sentence, Token

WINDOW = 3
BAG_SHARE = 0.6
LIKELY, CERTAIN = (0.2, 0.45), (0.37, 0.73)
ALIGNED = 0.26
TOLD = 0.5
LEAST_WEIGHT = 1.0
ENOUGH_WEIGHT = 3.0
MOST_MATCHES = 8


@dataclass(frozen=True)
class Profile:
    """A sentence as it is matched: its words with their weight, and its pairs of words that stand near each other."""

    sentence: Sentence

    @cached_property
    def bag(self) -> Counter[str]:
        """How often each word comes, by its key."""
        return Counter(token.key for token in self.sentence.telling)

    @cached_property
    def weights(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for token in self.sentence.telling:
            found[token.key] = max(found.get(token.key, 0.0), token.weight)
        return found

    @cached_property
    def pairs(self) -> dict[tuple[str, str], float]:
        """Pairs of words at most ``WINDOW`` telling words apart, in either order, with the weight of the lighter."""
        telling = self.sentence.telling
        found: dict[tuple[str, str], float] = {}
        for at, one in enumerate(telling):
            for other in telling[at + 1 : at + 1 + WINDOW]:
                pair = (one.key, other.key) if one.key <= other.key else (other.key, one.key)
                found[pair] = max(found.get(pair, 0.0), min(one.weight, other.weight))
        return found

    @cached_property
    def weight(self) -> float:
        return sum(self.weights[key] * count for key, count in self.bag.items())

    @cached_property
    def pair_weight(self) -> float:
        return sum(self.pairs.values())


@dataclass(frozen=True, slots=True)
class Match:
    """Sentence ``a`` of one copy with sentence ``b`` of the other: how much of each is in the other, 0.0 to 1.0."""

    a: int
    b: int
    of_a: float
    of_b: float

    @property
    def best(self) -> float:
        return max(self.of_a, self.of_b)


@dataclass(frozen=True, slots=True)
class Alignment:
    """All matches, the best first, and how much of each copy is told again in the other, 0.0 to 1.0.

    ``certain_a`` counts only what two reporters of one event would not write alike: it tells whether there was copying
    at all. ``share_a`` counts what was rewritten as well: it tells how much, once there was. ``told_a`` are the
    sentences that are told again.
    """

    matches: tuple[Match, ...]
    share_a: float
    share_b: float
    certain_a: float
    certain_b: float
    told_a: tuple[int, ...]
    told_b: tuple[int, ...]

    def turned_round(self) -> Alignment:
        """The same with ``a`` called ``b``."""
        matches = tuple(Match(one.b, one.a, one.of_b, one.of_a) for one in self.matches)
        return Alignment(matches, self.share_b, self.share_a, self.certain_b, self.certain_a, self.told_b, self.told_a)


def align(a: Sequence[Sentence], b: Sequence[Sentence]) -> Alignment:
    """Match the sentences of two copies. The headlines count only where a copy has nothing else."""
    ours, theirs = _profiles(a), _profiles(b)
    matches = sorted(_matches(ours, theirs), key=lambda match: (-match.best, match.a, match.b))
    parts_a = _parts(ours, [(match.a, match.b, match.of_a) for match in matches], theirs)
    parts_b = _parts(theirs, [(match.b, match.a, match.of_b) for match in matches], ours)
    return Alignment(
        tuple(match for match in matches if match.best >= ALIGNED),
        _share(ours, parts_a, LIKELY),
        _share(theirs, parts_b, LIKELY),
        _share(ours, parts_a, CERTAIN),
        _share(theirs, parts_b, CERTAIN),
        tuple(sorted(i for i, part in parts_a.items() if _certainty(part, LIKELY) >= TOLD)),
        tuple(sorted(j for j, part in parts_b.items() if _certainty(part, LIKELY) >= TOLD)),
    )


def _profiles(sentences: Sequence[Sentence]) -> dict[int, Profile]:
    body = {i: Profile(one) for i, one in enumerate(sentences) if one.telling and not one.headline}
    return body or {i: Profile(one) for i, one in enumerate(sentences) if one.telling}


def _matches(ours: dict[int, Profile], theirs: dict[int, Profile]) -> list[Match]:
    """Every pair of sentences that share two words or more; each is measured against the likeliest few."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for j, profile in theirs.items():
        for key in profile.bag:
            where[key].append(j)
    found = []
    for i, profile in ours.items():
        shared: Counter[int] = Counter(j for key in profile.bag for j in where.get(key, ()))
        likely = sorted(((-count, j) for j, count in shared.items() if count > 1 or len(profile.bag) == 1))
        for _, j in likely[:MOST_MATCHES]:
            found.append(_match(i, profile, j, theirs[j]))
    return [match for match in found if match.best >= LIKELY[0]]


def _match(i: int, one: Profile, j: int, other: Profile) -> Match:
    both = one.bag & other.bag
    bag = sum(min(one.weights[key], other.weights[key]) * count for key, count in both.items())
    near = sum(min(weight, other.pairs[pair]) for pair, weight in one.pairs.items() if pair in other.pairs)
    return Match(i, j, _part(bag, near, one), _part(bag, near, other))


def _part(bag: float, near: float, of: Profile) -> float:
    words = bag / of.weight if of.weight else 0.0
    return BAG_SHARE * words + (1 - BAG_SHARE) * (near / of.pair_weight if of.pair_weight else words)


def _parts(
    ours: dict[int, Profile], found: list[tuple[int, int, float]], theirs: dict[int, Profile]
) -> dict[int, float]:
    """How much of each sentence is in one sentence of the other copy, or in two that it was cut into."""
    partners: defaultdict[int, list[int]] = defaultdict(list)
    parts: dict[int, float] = {}
    for i, j, part in found:
        if j not in partners[i] and len(partners[i]) < 2:
            partners[i].append(j)
        parts[i] = max(parts.get(i, 0.0), part)
    for i, pair in partners.items():
        if len(pair) == 2 and parts[i] < CERTAIN[1]:
            parts[i] = max(parts[i], _together(ours[i], [theirs[j] for j in pair]))
    return {i: part * min(1.0, ours[i].weight / ENOUGH_WEIGHT) for i, part in parts.items()}


def _together(one: Profile, others: list[Profile]) -> float:
    tokens: tuple[Token, ...] = tuple(token for other in others for token in other.sentence.tokens)
    return _match(0, one, 0, Profile(Sentence(0, 0, tokens))).of_a


def _certainty(part: float, scale: tuple[float, float]) -> float:
    """Below the low end two sentences share only what their subject makes them share; from the high end on, one is the
    other."""
    low, high = scale
    return min(1.0, max(0.0, (part - low) / (high - low)))


def _share(profiles: dict[int, Profile], parts: dict[int, float], scale: tuple[float, float]) -> float:
    whole = sum(profile.weight for profile in profiles.values())
    if whole < LEAST_WEIGHT:
        return 0.0
    return sum(profiles[i].weight * _certainty(part, scale) for i, part in parts.items()) / whole

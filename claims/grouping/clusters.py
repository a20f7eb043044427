"""Tellings of one happening, found by average likeness: the order in which they came does not matter. Pure."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.grouping.likeness import Likeness, Portrait, told_alike

THRESHOLD = 0.14  # measured: docs/events.md
FAINT = 0.02  # below it two tellings have nothing in common


def grouped(
    portraits: Sequence[Portrait], threshold: float = THRESHOLD, *, scale: Likeness | None = None
) -> list[tuple[Portrait, ...]]:
    """Groups of tellings whose average likeness reaches ``threshold``; two scenes of one article are never in one.

    In the order of their first keys. Average linkage: the two likest groups are joined until none are alike enough.
    ``scale`` weighs the words; without one, how rare they are is counted over ``portraits``.
    """
    return Joining(sorted(portraits, key=lambda each: each.key), scale).run(threshold)


def likenesses(portraits: Sequence[Portrait], scale: Likeness | None = None) -> dict[tuple[int, int], float]:
    """The likeness of every pair (of indexes) that shares a weighty term, two scenes of one article apart."""
    scale = scale or Likeness.over(portraits)
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, portrait in enumerate(portraits):
        for term, weight in scale.weighed(portrait).items():
            holders[term].append((index, weight))
    words: dict[tuple[int, int], float] = defaultdict(float)
    for _, held in sorted(holders.items()):
        for at, (one, weight) in enumerate(held):
            for other, also in held[at + 1 :]:
                words[one, other] += weight * also
    return {
        (one, other): told_alike(shared, portraits[one], portraits[other])
        for (one, other), shared in words.items()
        if shared > FAINT and portraits[one].article != portraits[other].article
    }


class Joining:
    """The state of one run of average linkage."""

    def __init__(self, portraits: Sequence[Portrait], scale: Likeness | None = None) -> None:
        self.portraits = portraits
        self.members = {index: [index] for index in range(len(portraits))}
        self.articles = {index: {portrait.article} for index, portrait in enumerate(portraits)}
        self.next = len(portraits)
        self.near: dict[int, dict[int, float]] = defaultdict(dict)
        for (one, other), likeness in likenesses(portraits, scale).items():
            self.near[one][other] = self.near[other][one] = likeness

    def run(self, threshold: float) -> list[tuple[Portrait, ...]]:
        waiting = [(-v, one, other) for one, row in self.near.items() for other, v in row.items() if one < other]
        waiting = [row for row in waiting if -row[0] >= threshold]
        heapq.heapify(waiting)
        while waiting:
            _, one, other = heapq.heappop(waiting)
            if one in self.members and other in self.members and not self.articles[one] & self.articles[other]:
                joined = self._join(one, other)
                for third, likeness in self.near[joined].items():
                    if likeness >= threshold:
                        heapq.heappush(waiting, (-likeness, third, joined))
        return [self._told(members) for members in sorted(self.members.values(), key=min)]

    def _join(self, one: int, other: int) -> int:
        sizes = len(self.members[one]), len(self.members[other])
        joined = self.next = self.next + 1
        self.members[joined] = self.members.pop(one) + self.members.pop(other)
        self.articles[joined] = self.articles[one] | self.articles[other]
        rows = self.near.pop(one, {}), self.near.pop(other, {})
        for third in _both(rows):
            if third in self.members:
                average = (sizes[0] * rows[0].get(third, 0.0) + sizes[1] * rows[1].get(third, 0.0)) / sum(sizes)
                self.near[joined][third] = self.near[third][joined] = average
                self.near[third].pop(one, None)
                self.near[third].pop(other, None)
        return joined

    def _told(self, members: Iterable[int]) -> tuple[Portrait, ...]:
        return tuple(self.portraits[index] for index in sorted(members))


def _both(rows: tuple[dict[int, float], dict[int, float]]) -> list[int]:
    return sorted(rows[0].keys() | rows[1].keys())

"""The ledger of independence: outlets, newsrooms, primary sources and interest groups behind one claim or cell (R20).

Every merge has its rule and its reason in words; a person may undo or add one. What nobody is named for counts at no
level above the newsroom: that a text states something says who printed it, not who knows it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from claims.independence.sources import Knower
from claims.independence.ties import same_interests, same_sources

Node = TypeVar("Node", bound=Hashable)


class Level(StrEnum):
    OUTLETS = "outlets"
    NEWSROOMS = "newsrooms"
    SOURCES = "primary sources"
    INTERESTS = "interest groups"


@dataclass(frozen=True, slots=True)
class Voice:
    """One claim as somebody carries it: the outlet that published it, the agencies credited in it, the family of copies
    its text belongs to ("" where it is nobody's copy), and who is said to know (None: the text's own voice)."""

    key: str
    outlet: str
    agencies: tuple[str, ...] = ()
    copies: str = ""
    knower: Knower | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A person's word that two names at a level are one (``same``), or are not. It outlasts every machine's."""

    level: Level
    one: str
    other: str
    same: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Names that count as one: ``voices`` are the keys of the claims behind it, ``reasons`` why they were merged, each
    with its rule's id in front."""

    name: str
    names: tuple[str, ...]
    voices: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """The groups at each level, and the keys of the voices for which nobody is named."""

    outlets: tuple[Group, ...]
    newsrooms: tuple[Group, ...]
    sources: tuple[Group, ...]
    interests: tuple[Group, ...]
    unattributed: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, int, int]:
        """Outlets, newsrooms, primary sources (R20)."""
        return len(self.outlets), len(self.newsrooms), len(self.sources)


def ledger_of(voices: Iterable[Voice], overrides: Iterable[Override] = (), parties: Iterable[str] = ()) -> Ledger:
    """Who stands behind these voices, counted at every level; their order does not matter.

    ``parties`` are the codes of the states that are parties to the event: all organs of one are one interest group
    (R24). Of a state that is none, a police and a hospital are two.
    """
    told = sorted(voices, key=lambda voice: voice.key)
    said = tuple(overrides)
    known = [voice for voice in told if voice.knower]
    knowers: dict[str, Knower] = {}
    for voice in known:
        if voice.knower:
            knowers.setdefault(voice.knower.key, voice.knower)
    by_knower = {key: [v.key for v in known if v.knower and v.knower.key == key] for key in knowers}
    names = {key: knower.name for key, knower in knowers.items()}
    merge = Merging(sorted(knowers), by_knower, names, said)
    ties = same_sources(knowers)
    sources = merge.groups(Level.SOURCES, ties)
    interests = merge.groups(Level.INTERESTS, same_interests(knowers, frozenset(parties)) | ties)
    return Ledger(
        outlets=_outlets(told, said),
        newsrooms=_newsrooms(told, said),
        sources=_marked(sources, knowers),
        interests=_marked(interests, knowers),
        unattributed=tuple(voice.key for voice in told if voice.knower is None),
    )


def _marked(groups: Sequence[Group], knowers: Mapping[str, Knower]) -> tuple[Group, ...]:
    named = {knower.name for knower in knowers.values() if not knower.unnamed}
    return tuple(Group(g.name, g.names, g.voices, g.reasons, unnamed=not named.intersection(g.names)) for g in groups)


def _outlets(voices: Sequence[Voice], said: tuple[Override, ...]) -> tuple[Group, ...]:
    behind: dict[str, list[str]] = {}
    for voice in voices:
        behind.setdefault(voice.outlet, []).append(voice.key)
    return Merging(sorted(behind), behind, {name: name for name in behind}, said).groups(Level.OUTLETS, {})


def _newsrooms(voices: Sequence[Voice], said: tuple[Override, ...]) -> tuple[Group, ...]:
    """R21: one agency's copy under many mastheads is one newsroom; credits first, then families of copies."""
    behind: dict[str, list[str]] = {}
    for voice in voices:
        behind.setdefault(voice.outlet, []).append(voice.key)
    ties: dict[tuple[str, str], str] = {}
    for one, other in combinations(voices, 2):
        pair = tuple(sorted((one.outlet, other.outlet)))
        if pair[0] == pair[1]:
            continue
        if reason := _one_newsroom(one, other):
            ties.setdefault((pair[0], pair[1]), reason)
    return Merging(sorted(behind), behind, {name: name for name in behind}, said).groups(Level.NEWSROOMS, ties)


def _one_newsroom(one: Voice, other: Voice) -> str:
    if shared := sorted({*one.agencies, one.outlet} & {*other.agencies, other.outlet}):
        return f"R21 both carry {' and '.join(shared)}"
    if one.copies and one.copies == other.copies:
        return f"R21 the text of {one.outlet} and {other.outlet} is one piece of copy"
    return ""


class Merging:
    """Names that are merged by ties, with a person's word over every tie."""

    def __init__(
        self,
        keys: Sequence[str],
        voices: Mapping[str, Sequence[str]],
        names: Mapping[str, str],
        overrides: Sequence[Override],
    ) -> None:
        self.keys, self.voices, self.names, self.overrides = keys, voices, names, overrides

    def groups(self, level: Level, ties: Mapping[tuple[str, str], str]) -> tuple[Group, ...]:
        """The groups by the ties and by what people said; the last word on a pair holds. Whom a person told apart stay
        apart, also where a third would join them again."""
        edges = dict(ties)
        said: dict[tuple[str, str], Override] = {}
        for word in self.overrides:
            one, other = sorted((word.one, word.other))
            if word.level is level and one in self.voices and other in self.voices and one != other:
                said[one, other] = word
        for pair, word in said.items():
            edges.pop(pair, None)
            if word.same:
                edges[pair] = f"a person said so: {word.reason}" if word.reason else "a person said so"
        apart = {pair for pair, word in said.items() if not word.same}
        first = {pair: edges[pair] for pair in sorted(edges, key=lambda pair: (pair not in said, pair))}
        return tuple(self._group(members, edges) for members in components(self.keys, first, apart))

    def _group(self, members: Sequence[str], edges: Mapping[tuple[str, str], str]) -> Group:
        inside = set(members)
        reasons = (reason for (one, other), reason in sorted(edges.items()) if one in inside and other in inside)
        voices = sorted({voice for member in members for voice in self.voices[member]})
        lead = max(members, key=lambda member: (len(self.voices[member]), len(self.names[member]), member))
        names = tuple(dict.fromkeys(self.names[member] for member in members))
        return Group(self.names[lead], names, tuple(voices), tuple(dict.fromkeys(reasons)))


def components(
    nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]], apart: Iterable[tuple[Node, Node]] = ()
) -> list[list[Node]]:
    """The connected components of a graph, in the order of their first nodes. An edge that would bring a pair of
    ``apart`` together joins nothing; those that come first win."""
    root: dict[Node, Node] = {node: node for node in nodes}
    apart = tuple(apart)

    def find(node: Node) -> Node:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for one, other in edges:
        ends = {find(one), find(other)}
        if not any({find(first), find(second)} == ends for first, second in apart):
            root[find(other)] = find(one)
    found: dict[Node, list[Node]] = {}
    for node in root:
        found.setdefault(find(node), []).append(node)
    return list(found.values())

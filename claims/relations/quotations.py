"""One quotation in different words (R44): the two renderings aligned, word by word. Pure.

The words are aligned so that the weight of those that are the same, in the same order, is greatest; function words
weigh little. The alignment is the same whichever is given first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from claims.extraction.gazetteer import house_name, lookup
from claims.extraction.types import Mode
from claims.relations.parties import tokens_of
from claims.relations.reading import Reading
from claims.relations.scene import Scene
from claims.relations.types import Kind, Match, Relation, Statement, Step
from claims.syndication.words import STOP, key_of

LEAST_WORDS, LEAST_SHARED, SHARE = 4, 3, 0.5  # telling words of a quotation, in common, and of the shorter one
MOST_WORDS, MOST_QUOTATIONS = 80, 120  # words of one quotation, and quotations of an event, that are aligned
SMALL = 0.1  # weight of a function word beside that of a telling one
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"”»“]?")
_NEGATIVE = frozenset(["not", "never", "no", "none", "nobody", "nothing", "neither", "nor"])


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a quotation: ``key`` is what it is matched by, in house spelling where it is a place's name."""

    text: str
    start: int
    end: int
    key: str
    weight: float

    @property
    def telling(self) -> bool:
        return self.weight == 1.0


def speech_in(statement: Statement) -> tuple[tuple[int, int], ...]:
    """The stretches of direct speech in a statement's words, without their marks."""
    text = statement.text
    if statement.mode is Mode.DIRECT:
        start = len(text) - len(text.lstrip("\"“”„«»' "))
        return ((start, max(start, len(text.rstrip("\"“”„«»' ")))),)
    if statement.mode is Mode.MIXED:
        return tuple(hit.span(1) for hit in _QUOTED.finditer(text))
    return ()


def quoted_words(statement: Statement) -> tuple[Word, ...]:
    """The words of the longest stretch of direct speech."""
    spans = speech_in(statement)
    if not spans:
        return ()
    start, end = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    found = tokens_of(statement.text[start:end])[:MOST_WORDS]
    return tuple(_word(token.text, start + token.start, start + token.end) for token in found)


def _word(text: str, start: int, end: int) -> Word:
    telling = text.lower() not in STOP or text.lower() in _NEGATIVE
    return Word(text, start, end, _key(text), 1.0 if telling else SMALL)


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    name = house_name(text) if text[:1].isupper() and lookup(text) else text
    return key_of(name)


def aligned(one: Sequence[Word], other: Sequence[Word]) -> list[tuple[int, int]]:
    """Which word stands opposite which: the heaviest common sequence, the earliest where several weigh the same."""
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row in range(len(one) - 1, -1, -1):
        for column in range(len(other) - 1, -1, -1):
            most = max(best[row + 1][column], best[row][column + 1])
            if one[row].key == other[column].key:
                weight = min(one[row].weight, other[column].weight)
                most = max(most, best[row + 1][column + 1] + weight)
            best[row][column] = most
    pairs, row, column = [], 0, 0
    while row < len(one) and column < len(other):
        same = one[row].key == other[column].key
        weight = min(one[row].weight, other[column].weight)
        if same and abs(best[row][column] - (best[row + 1][column + 1] + weight)) < 1e-9:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def renderings(scene: Scene) -> Iterator[Relation]:
    """The same quotation of one speaker in two pieces of copy, told in other words."""
    quoted = [(each, quoted_words(each.statement)) for each in scene.readings if scene.origins[each.key]]
    kept = sorted((pair for pair in quoted if _enough(pair[1])), key=lambda pair: pair[0].key)[:MOST_QUOTATIONS]
    for (one, ours), (other, theirs) in combinations(kept, 2):
        if one.statement.article != other.statement.article and scene.one_source(one, other):
            yield from _rendering(one, ours, other, theirs)


def _enough(words: Sequence[Word]) -> bool:
    return sum(word.telling for word in words) >= LEAST_WORDS


def _rendering(one: Reading, ours: Sequence[Word], other: Reading, theirs: Sequence[Word]) -> Iterator[Relation]:
    bags = [{word.key for word in words if word.telling} for words in (ours, theirs)]
    if len(bags[0] & bags[1]) < SHARE * min(map(len, bags)):
        return
    pairs = aligned(ours, theirs)
    shared = sum(ours[row].telling and theirs[column].telling for row, column in pairs)
    least = min(sum(word.telling for word in words) for words in (ours, theirs))
    if shared < LEAST_SHARED or shared < SHARE * least or _negative(ours) != _negative(theirs):
        return
    steps = tuple(_steps(ours, theirs, pairs))
    if all(step.match is Match.SAME for step in steps):
        return
    differ = sum(step.match is not Match.SAME for step in steps)
    why = (
        f"{shared} of {least} telling words stand in both, in one order; they part in {differ} place"
        f"{'s' * (differ != 1)}: one statement of {one.statement.speaker}, not two"
    )
    yield Relation(Kind.RENDERING, one.key, other.key, ("R44",), why, steps=steps)


def _negative(words: Sequence[Word]) -> bool:
    return any(word.text.lower() in _NEGATIVE or word.text.lower().endswith(("n't", "n’t")) for word in words)


def _steps(ours: Sequence[Word], theirs: Sequence[Word], pairs: Sequence[tuple[int, int]]) -> Iterator[Step]:
    """The aligned stretches in order: same words, the same name spelt otherwise, other words, words in one alone."""
    run: list[tuple[int, int]] = []
    row = column = 0
    for at, opposite in (*pairs, (len(ours), len(theirs))):
        spelt = at < len(ours) and _plain(ours[at]) != _plain(theirs[opposite])
        apart = at > row or opposite > column
        if run and (apart or spelt or at == len(ours)):
            yield Step(
                Match.SAME, _stretch(ours, run[0][0], run[-1][0] + 1), _stretch(theirs, run[0][1], run[-1][1] + 1)
            )
            run = []
        if apart:
            gap = (row, at), (column, opposite)
            yield from _gap(ours, theirs, gap, head=not (row and column), tail=at == len(ours))
        if spelt:
            yield Step(Match.SPELLING, _stretch(ours, at, at + 1), _stretch(theirs, opposite, opposite + 1))
        elif at < len(ours):
            run.append((at, opposite))
        row, column = at + 1, opposite + 1


def _plain(word: Word) -> str:
    return word.text.lower().replace("’", "'")


def _gap(
    ours: Sequence[Word],
    theirs: Sequence[Word],
    gap: tuple[tuple[int, int], tuple[int, int]],
    *,
    head: bool,
    tail: bool,
) -> Iterator[Step]:
    """Words that are not the same. At an end of the quotation what one has more of stands opposite nothing."""
    (row, at), (column, opposite) = gap
    few = min(at - row, opposite - column)
    more = max(at - row, opposite - column) > few and few > 0
    if more and head:
        yield Step(Match.ONLY_ONE, _stretch(ours, row, at - few), _stretch(theirs, column, opposite - few))
        row, column = at - few, opposite - few
    rest = (at, opposite)
    if more and tail:
        at, opposite = row + few, column + few
    left, right = _stretch(ours, row, at), _stretch(theirs, column, opposite)
    yield Step(Match.OTHER if left and right else Match.ONLY_ONE, left, right)
    if (at, opposite) != rest:
        yield Step(Match.ONLY_ONE, _stretch(ours, at, rest[0]), _stretch(theirs, opposite, rest[1]))


def _stretch(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    return (words[start].start, words[end - 1].end) if end > start else None

"""Which found item answers which annotated one: by the words that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

WORD = re.compile(r"\w+")
ARTICLES = frozenset({"the", "a", "an"})
ENOUGH = 0.5
SAME_NAME = 0.66

Stretch = tuple[int, int]
Pairs = dict[int, int]


def word_starts(text: str, stretches: Iterable[Stretch]) -> frozenset[int]:
    """The offsets of the words that begin in the stretches."""
    return frozenset(at.start() for start, end in stretches for at in WORD.finditer(text, start, end))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """F1 of two sets of word offsets, 0.0 to 1.0."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter one lies in the other, 0.0 to 1.0."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def pair(found: Sequence[frozenset[int]], gold: Sequence[frozenset[int]], least: float = ENOUGH) -> Pairs:
    """Gold index to found index, best overlap first, each used once, no pair below ``least``."""
    where: dict[int, list[int]] = {}
    for i, words in enumerate(found):
        for word in words:
            where.setdefault(word, []).append(i)
    ranked = sorted(
        (
            (-overlap(found[i], words), j, i)
            for j, words in enumerate(gold)
            for i in {i for word in words for i in where.get(word, ())}
        )
    )
    pairs: Pairs = {}
    used: set[int] = set()
    for score, j, i in ranked:
        if -score >= least and j not in pairs and i not in used:
            pairs[j] = i
            used.add(i)
    return pairs


def meet(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def touching(found: Sequence[Stretch], gold: Sequence[Stretch]) -> Pairs:
    """Gold index to found index for stretches that share a character, in the order of the text, each used once."""
    pairs: Pairs = {}
    used: set[int] = set()
    for j, wanted in enumerate(gold):
        if (i := next((i for i, got in enumerate(found) if i not in used and meet(got, wanted)), None)) is not None:
            pairs[j] = i
            used.add(i)
    return pairs


def same_name(found: str, gold: str) -> bool:
    """Right when the found name holds all words of the gold name, or shares two thirds with one of several words.

    Articles, possessives and plural endings don't count.
    """
    said, wanted = _name_words(found), _name_words(gold)
    if not said or not wanted:
        return False
    common = len([word for word in set(wanted) if word in said])
    shared = 2 * common / (len(said) + len(wanted))
    return set(wanted) <= set(said) or (len(wanted) > 1 and shared >= SAME_NAME)


def _name_words(name: str) -> list[str]:
    plain = WORD.findall(name.lower().replace("’", "'"))
    return [re.sub(r"s$", "", word) for word in plain if word not in ARTICLES and word != "s"]

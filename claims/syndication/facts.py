"""Facts of two copies compared (R30): numbers, names, places, days, who said it, and whether it is denied.

Compared are sentences that tell the same. Something that only one of the two has was left out, not changed; something
in the place of which the other has something else was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from claims.syndication.alignment import Alignment, Match
from claims.syndication.naming import OPPOSITES, Named, Negative, alike, names, negatives, sources
from claims.syndication.quantities import Quantity, quantities
from claims.syndication.words import STOP, Sentence

COMPARED, WITHIN = 0.27, 0.6
LIKENESS, SAME_BUT_ONE = 0.55, 0.75
MOST_ELSEWHERE = 0.2
NOWHERE = (0, -1)
SIGNS = frozenset("%$£€")
MOST_CHANGES = 60
CITING = frozenset({"according", "said", "says", "told", "claimed", "reported", "confirmed", "stated", "reportedly",
                    "announced", "added", "saying", "alleged", "allegedly"})  # fmt: skip
Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs: its words in either copy with their offsets (empty words: it is not there)."""

    kind: str
    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int

    def turned_round(self) -> Change:
        """The same with ``a`` called ``b``."""
        return Change(self.kind, self.b, self.a, self.b_start, self.b_end, self.a_start, self.a_end)

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Pair:
    """Two sentences that tell the same, with the stretches of tokens (``a`` to ``a``, ``b`` to ``b``) that differ."""

    a: Sentence
    b: Sentence
    likeness: float
    edits: tuple[tuple[int, int, int, int], ...]

    @cached_property
    def swaps(self) -> tuple[tuple[int, int, int, int], ...]:
        """The edits that put something in the place of something."""
        return tuple(edit for edit in self.edits if edit[1] > edit[0] and edit[3] > edit[2])

    def is_the_rest(self, ours: Where, theirs: Where) -> bool:
        """Whether hardly anything but these stretches differs."""
        outside = sum(
            max(a2 - a1, b2 - b1)
            for a1, a2, b1, b2 in self.edits
            if not (a1 <= ours[1] + 1 and ours[0] <= a2 and b1 <= theirs[1] + 1 and theirs[0] <= b2)
        )
        return outside <= MOST_ELSEWHERE * min(len(self.a.tokens), len(self.b.tokens))

    def change(self, kind: str, ours: Where, theirs: Where) -> Change:
        a_start, a_end = _stretch(self.a, ours)
        b_start, b_end = _stretch(self.b, theirs)
        return Change(kind, _words(self.a, ours), _words(self.b, theirs), a_start, a_end, b_start, b_end)

    def in_one_place(self, ours: Where, theirs: Where) -> bool:
        """Whether one stands where the other stood, with the same words around them."""
        return any(
            a1 <= ours[1] and ours[0] < a2 and b1 <= theirs[1] and theirs[0] < b2 for a1, a2, b1, b2 in self.swaps
        )


def changes(a: Sequence[Sentence], b: Sequence[Sentence], alignment: Alignment) -> list[Change]:
    """The facts that differ between sentences that tell the same, in the order of the first copy."""
    found: dict[Change, None] = {}
    for match in partners(alignment):
        pair = _pair(a[match.a], b[match.b], match)
        for compare in COMPARISONS:
            found.update(dict.fromkeys(compare(pair)))
    return sorted(found, key=lambda change: (change.a_start, change.b_start, change.kind))[:MOST_CHANGES]


def partners(alignment: Alignment) -> Iterator[Match]:
    """Each sentence with its best match, where it is that one's as well; and each of the two sentences that one was cut
    into, or that were made one."""
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    ranked = sorted(alignment.matches, key=lambda match: (-(match.of_a + match.of_b), match.a, match.b))
    for match in ranked:
        free_a = match.a not in taken_a or (match.b not in taken_b and match.of_b >= WITHIN)
        free_b = match.b not in taken_b or (match.a not in taken_a and match.of_a >= WITHIN)
        if match.best >= COMPARED and free_a and free_b:
            taken_a.add(match.a)
            taken_b.add(match.b)
            yield match


def _pair(a: Sentence, b: Sentence, match: Match) -> Pair:
    ours = [token.text.casefold() for token in a.tokens]
    theirs = [token.text.casefold() for token in b.tokens]
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    edits = tuple((a1, a2, b1, b2) for tag, a1, a2, b1, b2 in codes if tag != "equal")
    return Pair(a, b, (match.of_a + match.of_b) / 2, edits)


def _numbers(pair: Pair) -> Iterator[Change]:
    ours, theirs = list(quantities(pair.a.tokens)), list(quantities(pair.b.tokens))
    lone_a, lone_b = _unmatched(ours, theirs, lambda x, y: x.value == y.value)
    for one, other in _opposite(pair, lone_a, lone_b, sure=True):
        yield pair.change("number", (one.first, one.last), (other.first, other.last))
    if not lone_a and not lone_b:
        yield from _traded(pair, ours, theirs)
    for one in ours:
        same = [other for other in theirs if other.value == one.value and one not in lone_a]
        if len(same) == 1 and same[0].bound != one.bound and sum(x.value == one.value for x in ours) == 1:
            yield pair.change("number", (one.first, one.last), (same[0].first, same[0].last))


def _traded(pair: Pair, ours: list[Quantity], theirs: list[Quantity]) -> Iterator[Change]:
    """Two numbers that changed places: the same numbers, each where the other stood."""
    for one in ours:
        for other in theirs:
            here = (one.first, one.last + 1, other.first, other.last + 1)
            if one.value != other.value and here in pair.swaps:
                yield pair.change("number", (one.first, one.last), (other.first, other.last))


def _names(pair: Pair) -> Iterator[Change]:
    ours, theirs = list(names(pair.a.tokens)), list(names(pair.b.tokens))
    lone_a, lone_b = _unmatched(ours, theirs, alike)
    for kind in ("day", "place", "name"):
        for one, other in _opposite(pair, _of(lone_a, kind), _of(lone_b, kind), sure=False):
            yield pair.change(kind, (one.first, one.last), (other.first, other.last))
    mixed_a, mixed_b = ([one for one in lone if one.kind != "day"] for lone in (lone_a, lone_b))
    for one in mixed_a:
        for other in mixed_b:
            if one.kind != other.kind and pair.in_one_place((one.first, one.last), (other.first, other.last)):
                yield pair.change("name", (one.first, one.last), (other.first, other.last))


def _of(found: list[Named], kind: str) -> list[Named]:
    return [one for one in found if one.kind == kind]


def _said(pair: Pair) -> Iterator[Change]:
    """Another source, or none any more. A name in the place of a role may be the same person; another word for a role
    counts only where nothing else of the sentence was rewritten."""
    ours, theirs = list(sources(pair.a.tokens)), list(sources(pair.b.tokens))
    lone_a, lone_b = _unmatched(ours, theirs, lambda x, y: bool(x.heads & y.heads) or x.named != y.named)
    for one, other in zip(lone_a, lone_b, strict=False):
        if one.named or pair.is_the_rest((one.first, one.last), (other.first, other.last)):
            yield pair.change("attribution", (one.first, one.last), (other.first, other.last))
    if pair.likeness < SAME_BUT_ONE or (ours and theirs):
        return
    for one in ours if not _cites(pair.b) else ():
        if one.says:
            yield pair.change("attribution", (one.first, one.last), NOWHERE)
    for other in theirs if not _cites(pair.a) else ():
        if other.says:
            yield pair.change("attribution", NOWHERE, (other.first, other.last))


def _cites(sentence: Sentence) -> bool:
    """Whether the sentence ascribes in whatever way, be it by a pronoun or by quotation marks."""
    low = {token.text.casefold() for token in sentence.tokens}
    return bool(low & CITING) or any(token.quoted for token in sentence.tokens)


def _denied(pair: Pair) -> Iterator[Change]:
    """Denied here and asserted there: what the word denies stands in the other sentence, and nothing denies it."""
    ours, theirs = list(negatives(pair.a.tokens)), list(negatives(pair.b.tokens))
    for one in ours:
        if (there := _asserted(pair.b, one, theirs)) is not None:
            yield pair.change("denial", (one.at, one.at), (there, there))
    for one in theirs:
        if (there := _asserted(pair.a, one, ours)) is not None:
            yield pair.change("denial", (there, there), (one.at, one.at))


def _asserted(sentence: Sentence, one: Negative, others: list[Negative]) -> int | None:
    """The token at which the sentence asserts what another denies; None where it does not, or denies it as well."""
    if any(one.is_met_by(other) for other in others):
        return None
    places = [at for at, token in enumerate(sentence.tokens) if token.key in one.about]
    known = {sentence.tokens[at].key for at in places}
    told = known and 2 * len(known) >= len(one.about) and (not others or one.about[0] in known)
    return places[0] if told else None


def _turned(pair: Pair) -> Iterator[Change]:
    """A word in whose place its opposite stands: rose, fell; killed, injured."""
    for a1, a2, b1, b2 in pair.swaps:
        if a2 - a1 == 1 == b2 - b1:
            both = frozenset({pair.a.tokens[a1].text.casefold(), pair.b.tokens[b1].text.casefold()})
            if both in OPPOSITES:
                yield pair.change("opposite", (a1, a1), (b1, b1))


COMPARISONS: tuple[Callable[[Pair], Iterator[Change]], ...] = (_numbers, _names, _said, _denied, _turned)


def _unmatched(ours: list[Any], theirs: list[Any], same: Callable[[Any, Any], bool]) -> tuple[list[Any], list[Any]]:
    """What is left when each is paired off with one of the other copy that is the same."""
    rest, lone = list(theirs), []
    for one in ours:
        partner = next((other for other in rest if same(one, other)), None)
        if partner is None:
            lone.append(one)
        else:
            rest.remove(partner)
    return lone, rest


def _opposite(pair: Pair, ours: list[Any], theirs: list[Any], *, sure: bool) -> Iterator[tuple[Any, Any]]:
    """Which of the other copy stands for which: what stands in its place; else what stands beside the same word; else,
    of one left over on each side, that one, where little else was rewritten."""
    rest, left = list(theirs), list(ours)
    for fits in (_in_its_place, _beside_the_same):
        for one in list(left):
            there = next((other for other in rest if fits(pair, one, other)), None)
            if there is not None and (sure or fits is _in_its_place):
                left.remove(one)
                rest.remove(there)
                yield one, there
    if len(left) == 1 == len(rest) and pair.likeness >= LIKENESS:
        yield left[0], rest[0]


def _in_its_place(pair: Pair, one: Any, other: Any) -> bool:
    return pair.in_one_place((one.first, one.last), (other.first, other.last))


def _beside_the_same(pair: Pair, one: Any, other: Any) -> bool:
    behind = _next_key(pair.a, one.last, 1), _next_key(pair.b, other.last, 1)
    before = _next_key(pair.a, one.first, -1), _next_key(pair.b, other.first, -1)
    return (behind[0] != "" and behind[0] == behind[1]) or (before[0] != "" and before[0] == before[1])


def _next_key(sentence: Sentence, at: int, step: int) -> str:
    """The nearest word that tells something, or sign, one or two tokens on."""
    for where in (at + step, at + 2 * step):
        if 0 <= where < len(sentence.tokens):
            token = sentence.tokens[where]
            if token.text in SIGNS or (token.is_word and token.key not in STOP):
                return token.key
    return ""


def _stretch(sentence: Sentence, where: Where) -> Where:
    if where[1] < where[0]:
        return sentence.start, sentence.start
    return sentence.tokens[where[0]].start, sentence.tokens[where[1]].end


def _words(sentence: Sentence, where: Where) -> str:
    """The words as they stand, one blank between those that stand apart."""
    said, last = "", -1
    for token in sentence.tokens[where[0] : where[1] + 1]:
        said += (" " if last >= 0 and token.start > last else "") + token.text
        last = token.end
    return said

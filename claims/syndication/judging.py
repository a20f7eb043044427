"""Two pieces of copy judged: wholly, partly or not derived (R22), on what evidence, in which direction, and which facts
changed on the way (R30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from claims.syndication.alignment import Alignment, Match, align
from claims.syndication.facts import Change, changes, partners
from claims.syndication.origins import Copy, Direction, Evidence, direction, evidence
from claims.syndication.words import Sentence, sentences_of

PRODUCER = "syndication 1"
WHOLLY = 0.58
SURELY, CREDITED = 0.5, 0.12
# How much must be alike, and how many words in a row with it: one or the other.
BARE = ((0.27, 5), (0.15, 11))
MOST_RUNS = 12
NOTABLE_RUN = 8


class Label(StrEnum):
    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True)
class Reading:
    """A piece of copy with its sentences, read once and compared often."""

    copy: Copy
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """``score`` is the larger of the two shares, 0.0 to 1.0; ``share_a`` how much of the narrative words of ``a`` is
    told again in ``b``. ``reasons`` say it to a person."""

    label: Label
    score: float
    share_a: float
    share_b: float
    direction: Direction
    evidence: tuple[Evidence, ...]
    alignment: Alignment
    changes: tuple[Change, ...] = ()

    @property
    def partners(self) -> tuple[Match, ...]:
        """Each sentence with the one that tells the same, where it is that one's best match as well."""
        return tuple(partners(self.alignment))


def read(copy: Copy) -> Reading:
    return Reading(copy, tuple(sentences_of(copy.text, copy.headline_end)))


def compare(a: Reading, b: Reading) -> Judgement:
    """Judge two pieces of copy. Which of them is called ``a`` changes nothing else: they are always read in one order,
    since the nearest of several equal matches depends on where one begins."""
    return _compare(a, b) if a.copy.text <= b.copy.text else _turned_round(_compare(b, a))


def _turned_round(one: Judgement) -> Judgement:
    back = {"a": "b", "b": "a"}
    ways = {Direction.A_FROM_B: Direction.B_FROM_A, Direction.B_FROM_A: Direction.A_FROM_B}
    return replace(
        one,
        share_a=one.share_b,
        share_b=one.share_a,
        direction=ways.get(one.direction, one.direction),
        evidence=tuple(replace(each, side=back.get(each.side, "")) for each in one.evidence),
        alignment=one.alignment.turned_round(),
        changes=tuple(each.turned_round() for each in one.changes),
    )


def _compare(a: Reading, b: Reading) -> Judgement:
    alignment = align(a.sentences, b.sentences)
    beside = evidence(a.copy, b.copy)
    way, why = direction(a.copy, b.copy, beside)
    run = _longest_run(a.sentences, b.sentences, alignment)
    label = _label(alignment, beside, way, run)
    told: list[Evidence] = [*beside, *_of_the_text(a, b, alignment, run)]
    if label is Label.NOT:
        way = Direction.UNKNOWN
    elif why and not beside:
        told.append(Evidence("time", why, "a" if way is Direction.A_FROM_B else "b"))
    return Judgement(
        label,
        round(max(alignment.share_a, alignment.share_b), 3),
        round(alignment.share_a, 3),
        round(alignment.share_b, 3),
        way,
        tuple(told),
        alignment,
        () if label is Label.NOT else tuple(changes(a.sentences, b.sentences, alignment)),
    )


def _label(alignment: Alignment, beside: Sequence[Evidence], way: Direction, run: int) -> Label:
    """First whether there was copying, then how much of the copy is told in the other: of the one that is known to be
    the copy, else of the shorter one."""
    share = max(alignment.share_a, alignment.share_b)
    certain = max(alignment.certain_a, alignment.certain_b)
    linked = any(one.kind == "link" for one in beside)
    alike = certain >= (CREDITED if beside else SURELY) or any(certain >= s and run >= words for s, words in BARE)
    if not (linked or alike):
        return Label.NOT
    of_the_copy = {Direction.A_FROM_B: alignment.share_a, Direction.B_FROM_A: alignment.share_b}.get(way, share)
    return Label.WHOLLY if of_the_copy >= WHOLLY else Label.PARTLY


def _longest_run(a: Sequence[Sentence], b: Sequence[Sentence], alignment: Alignment) -> int:
    """How many words in a row stand alike in sentences that tell the same. Names and numbers in it are not counted, nor
    are quotations and stock phrases: they stand alike in what two reporters wrote."""
    longest = 0
    for match in alignment.matches[:MOST_RUNS]:
        ours, theirs = _plain_words(a[match.a], "<"), _plain_words(b[match.b], ">")
        if min(len(ours), len(theirs)) > longest:
            one, other = ([key for key, _ in words] for words in (ours, theirs))
            for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
                longest = max(longest, sum(counts for _, counts in ours[block.a : block.a + block.size]))
    return longest


def _plain_words(sentence: Sentence, quoted: str) -> list[tuple[str, bool]]:
    """The words by their keys, each with whether it counts; for those in quotations a mark that the other copy does not
    have."""
    if not sentence.telling:
        return []
    return [
        (quoted, False) if token.quoted else (token.key, not (token.text[0].isupper() or token.text[0].isdigit()))
        for token in sentence.tokens
        if token.is_word
    ]


def _of_the_text(a: Reading, b: Reading, alignment: Alignment, run: int) -> Iterator[Evidence]:
    for side, reading, told in (("a", a, alignment.told_a), ("b", b, alignment.told_b)):
        whole = sum(bool(one.telling) and not one.headline for one in reading.sentences)
        if told:
            yield Evidence("text", f"{len(told)} of its {whole} sentences tell what the other tells.", side)
    if run >= NOTABLE_RUN:
        yield Evidence("text", f"Up to {run} words in a row are the same.")

"""PolNeAR, dev: the attributions of political news, with source, cue and content (evaluation/polnear/dev).

Texts annotated by several people are scored against the annotation whose file name comes first. A quotation that runs
on is one attribution there, wherever its cue stands, so the engine's claims of one quotation (the same speaker, next to
each other, one cue at most) are joined. What overlaps a stretch marked *Discard* does not count.

- *attributions found*: content found, F1 of the offsets of words at least 0.5, each used once.
- *source*: among those found that have a source, the speaker's words share at least half of the shorter one's words.
- *cue*: among those found that have a cue, the engine's cue shares a word with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from claims.evaluation.matching import ENOUGH, Stretch, pair, share, word_starts
from claims.evaluation.reading import Unreadable
from claims.evaluation.types import Outcome, Request, Set, Verdict
from claims.extraction.engine import extract
from claims.extraction.types import Candidate, Context, Mode, Source

TEXTS, ANNOTATIONS = "evaluation/polnear/dev/text", "evaluation/polnear/dev/attributions"
MEASURE = "attributions found F1"
# What may stand between two claims of one quotation: marks, blanks, and a short reporting clause.
GAP = 80
CLOSING = ("”", '"', "''", "»")

_SUFFIX = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, annotated or found; offsets into the text."""

    content: tuple[Stretch, ...]
    source: tuple[Stretch, ...] = ()
    cue: tuple[Stretch, ...] = ()


@dataclass(slots=True)
class Annotation:
    """The attributions of one text, and the stretches that nobody judged."""

    said: list[Said] = field(default_factory=list)
    discarded: list[Stretch] = field(default_factory=list)


def run(request: Request) -> Iterator[Outcome]:
    folder = request.shared / ANNOTATIONS
    for path in islice(sorted((request.shared / TEXTS).glob("*.txt")), request.limit):
        annotated = [one for one in sorted(folder.glob("*.ann")) if _SUFFIX.sub("", one.stem) == path.stem]
        if annotated:
            with path.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            yield from _outcomes(path.stem, text, read(annotated[0]))


def read(path: Path) -> Annotation:
    """Read one brat file. Unreadable names a line of another shape."""
    stretches: dict[str, tuple[str, tuple[Stretch, ...]]] = {}
    found = Annotation()
    lines = [line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    # A relation may stand in front of its stretches, and names some of its own making, without offsets.
    for key, _, rest in sorted(lines, key=lambda line: line[0][:1] != "T"):
        try:
            if key.startswith("T"):
                kind, _, where = rest.partition("\t")[0].partition(" ")
                stretches[key] = kind, _stretches(where)
                found.discarded += stretches[key][1] if kind == "Discard" else ()
            elif key.startswith("E"):
                found.said.append(_said(rest, stretches))
        except (ValueError, KeyError) as error:
            raise Unreadable(f"{path.name}: {key} is no stretch or attribution ({error}).") from error
    found.said = [one for one in found.said if one.content]
    return found


def _stretches(words: str) -> tuple[Stretch, ...]:
    pairs = (each.split() for each in words.split(";"))
    return tuple((int(start), int(end)) for start, end in pairs)


def _said(words: str, stretches: dict[str, tuple[str, tuple[Stretch, ...]]]) -> Said:
    """``Attribution:T4 Content:T3 Content2:T9 Cue:T2 Source:T1``: the parts of one role are put together."""
    roles: dict[str, tuple[Stretch, ...]] = {}
    for each in words.split():
        role, _, key = each.partition(":")
        role = role.rstrip("0123456789")
        roles[role] = roles.get(role, ()) + stretches[key][1]
    return Said(roles.get("Content", ()), roles.get("Source", ()), roles.get("Cue", ()))


def found_in(text: str, gap: int = GAP) -> list[Said]:
    """What the engine finds in the text, with the claims of one quotation joined."""
    joined: list[tuple[Said, Source | None]] = []
    for claim in extract(text, Context()).claims:
        if claim.mode is Mode.OUTLET:
            continue
        said = _as_said(claim)
        last, speaker = joined[-1] if joined else (None, None)
        if last and _goes_on(text, last, said) and _same(claim.speaker, speaker) and _near(last, said, gap):
            words = last.content + said.content
            joined[-1] = Said(words, last.source if last.cue else said.source, last.cue or said.cue), speaker
        else:
            joined.append((said, claim.speaker))
    return [said for said, _ in joined]


def _as_said(claim: Candidate) -> Said:
    source = ((claim.speaker.anchor.start, claim.speaker.anchor.end),) if claim.speaker else ()
    cue = ((claim.cue.anchor.start, claim.cue.anchor.end),) if claim.cue else ()
    return Said(((claim.anchor.start, claim.anchor.end),), source, cue)


def _same(one: Source | None, other: Source | None) -> bool:
    return one is not None and other is not None and one.name == other.name


def _near(before: Said, behind: Said, gap: int) -> bool:
    return 0 <= behind.content[0][0] - before.content[-1][1] <= gap


def _goes_on(text: str, before: Said, behind: Said) -> bool:
    """Whether a claim may be of the same attribution: one without a cue, or with the same one ("that A and that B"), or
    the first that has one, with no mark between that closes the quotation."""
    if not behind.cue or before.cue:
        return not behind.cue or behind.cue == before.cue
    between = text[before.content[-1][1] - 1 : behind.content[0][0]]
    return not any(mark in between for mark in CLOSING)


def _outcomes(name: str, text: str, gold: Annotation) -> Iterator[Outcome]:
    found = found_in(text)
    answers = pair(
        [word_starts(text, one.content) for one in found], [word_starts(text, one.content) for one in gold.said]
    )
    for i, one in enumerate(found):
        if i not in answers.values() and not _touches(one.content, gold.discarded):
            item = f"{one.content[0][0]}-{one.content[-1][1]}"
            yield Outcome(name, MEASURE, item, Verdict.EXTRA, _show(text, one))
    for j, want in enumerate(gold.said):
        verdict = Verdict.HIT if j in answers else Verdict.MISS
        yield Outcome(name, MEASURE, f"gold {j}", verdict, _show(text, want))
        if j in answers:
            yield from _details(name, text, f"gold {j}", found[answers[j]], want)


def _details(name: str, text: str, item: str, got: Said, want: Said) -> Iterator[Outcome]:
    if want.source:
        right = share(word_starts(text, got.source), word_starts(text, want.source)) >= ENOUGH
        yield _share(name, "source", item, right, f"{_words(text, got.source)!r} for {_show(text, want)}")
    if want.cue:
        right = bool(word_starts(text, got.cue) & word_starts(text, want.cue))
        yield _share(name, "cue", item, right, f"{_words(text, got.cue)!r} for {_show(text, want)}")


def _share(name: str, measure: str, item: str, right: bool, words: str) -> Outcome:
    return Outcome(name, measure, item, Verdict.RIGHT if right else Verdict.WRONG, words)


def _touches(content: tuple[Stretch, ...], stretches: list[Stretch]) -> bool:
    return any(start < right and left < end for start, end in content for left, right in stretches)


def _words(text: str, stretches: tuple[Stretch, ...]) -> str:
    return " … ".join(text[start:end] for start, end in stretches)


def _show(text: str, one: Said) -> str:
    return f"{_words(text, one.source)!r}, {_words(text, one.cue)!r}: {_words(text, one.content)!r}"


SET = Set("polnear", (TEXTS, ANNOTATIONS), run, "who says what in political news")

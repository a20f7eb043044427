"""Annotated news: who says what, how many, when, and what is worth checking (training/attribution/train.jsonl).

The house's own five reports (evaluation/data/house.jsonl, invented copy, annotated in the same way) are scored alike.
Every fifth text of the annotated news is kept out: nobody looks at its sentences while rules are written, it is only
counted.

- *attributions found*: content found, by words shared: F1 of the offsets of words, at least 0.5, each used once. What
  the engine says in the outlet's own voice is no attribution. The claims of one cue ("said that A and that B") are one
  attribution, as the annotation has it.
- *speaker*: among those found whose speaker the annotation names, the resolved name is right (``same_name``).
- *cue*: among those found that have a cue in the sentence, the engine's cue lies on it.
- *polarity*: among those found, asserted or denied is right.
- *figures*: F1 of (measure, low, high), sentence by sentence, of the figures of all claims.
- *figures, without other*: the same, of people, munitions, buildings, lengths, money and per cent only.
- *figures of the text*: the same of all figures of the text, whether a claim holds them or not.
- *dates found*: F1 of expressions of time that share a character (incident reports only); *from and to*: among those
  found, both days are exactly right, or both open.
- *check-worthy*: sentences marked 2 against 0; the score of a sentence is that of its worthiest claim, 0 without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from claims.evaluation.matching import Stretch, pair, same_name, touching, word_starts
from claims.evaluation.reading import Joined, join, rows
from claims.evaluation.types import Outcome, Request, Set, Verdict
from claims.extraction.engine import extract
from claims.extraction.figures import find_figures
from claims.extraction.nlp import load
from claims.extraction.types import Candidate, Context, Extraction, FigureFound, Mode

HOUSE = Path(__file__).parent.parent / "data" / "house.jsonl"
FILE = "training/attribution/train.jsonl"
EVERY = 5
KEPT_OUT, REST = "kept out", "rest"

Figure = tuple[int, str, float | None, float | None]


def run(request: Request) -> Iterator[Outcome]:
    for place, row in enumerate(islice(rows(request.shared / FILE), request.limit)):
        yield from outcomes(row, KEPT_OUT if place % EVERY == EVERY - 1 else REST)


def run_house(request: Request) -> Iterator[Outcome]:
    for row in islice(rows(HOUSE), request.limit):
        yield from outcomes(row, "")


def outcomes(row: dict[str, Any], part: str) -> Iterator[Outcome]:
    """The outcomes of one annotated text, in the shape of the file's rows."""
    text = join(row["sentences"])
    found = extract(text.text, Context())
    marks = _Marks(row["id"], part, text)
    yield from _attributions(marks, row, [one for one in found.claims if one.mode is not Mode.OUTLET])
    inside = {(one.anchor, one.measure): one for claim in found.claims for one in claim.figures}
    yield from _figures(marks, row, inside.values(), "figures F1")
    yield from _figures(marks, row, inside.values(), "figures F1, without other", others=False)
    yield from _figures(marks, row, find_figures(load()(text.text)), "figures of the text F1")
    if "dates" in row:
        yield from _dates(marks, row, found)
    yield from _worth(marks, row, found)


class _Marks:
    """Makes the outcomes of one text; those of a kept-out text carry no words."""

    def __init__(self, name: str, part: str, text: Joined) -> None:
        self.name, self.part, self.text = name, part, text

    def make(self, measure: str, item: str, verdict: Verdict, at: int, words: str = "") -> Outcome:
        shown = "" if self.part == KEPT_OUT else f"{words} << {self.text.near(at)}"
        return Outcome(self.name, measure, item, verdict, shown, self.part)

    def share(self, measure: str, item: str, right: bool, at: int, words: str) -> Outcome:
        return self.make(measure, item, Verdict.RIGHT if right else Verdict.WRONG, at, words)


def _attributions(marks: _Marks, row: dict[str, Any], found: list[Candidate]) -> Iterator[Outcome]:
    text, measure = marks.text, "attributions found F1"
    gold = [[text.place(one["sent"], stretch) for stretch in one["content"]] for one in row["attributions"]]
    groups = _by_cue(found)
    answers = pair(
        [word_starts(text.text, [(one.anchor.start, one.anchor.end) for one in claims]) for claims in groups],
        [word_starts(text.text, stretches) for stretches in gold],
    )
    for i, claims in enumerate(groups):
        if i not in answers.values():
            span = claims[0].anchor
            words = f"{_who(claims[0])}: {' … '.join(one.anchor.text for one in claims)!r}"
            yield marks.make(measure, f"{span.start}-{claims[-1].anchor.end}", Verdict.EXTRA, span.start, words)
    for j, (one, stretches) in enumerate(zip(row["attributions"], gold, strict=True)):
        at, item = stretches[0][0], f"gold {j}"
        if j not in answers:
            said = text.text[at : stretches[-1][1]]
            yield marks.make(measure, item, Verdict.MISS, at, f"{one['name']}, {_cue_words(text, one)}: {said!r}")
            continue
        yield marks.make(measure, item, Verdict.HIT, at)
        yield from _details(marks, one, groups[answers[j]][0], item, at)


def _by_cue(found: list[Candidate]) -> list[list[Candidate]]:
    """The claims of one cue together: "said that A and that B" is two claims, and one attribution."""
    said: list[list[Candidate]] = []
    for claim in found:
        if said and claim.cue is not None and said[-1][0].cue == claim.cue:
            said[-1].append(claim)
        else:
            said.append([claim])
    return said


def _details(marks: _Marks, gold: dict[str, Any], claim: Candidate, item: str, at: int) -> Iterator[Outcome]:
    name = claim.speaker.name if claim.speaker else ""
    if gold["name"]:
        yield marks.share("speaker", item, same_name(name, gold["name"]), at, f"{name!r} for {gold['name']!r}")
    if gold["cue"]:
        cue = (claim.cue.anchor.start, claim.cue.anchor.end) if claim.cue else (0, 0)
        start, end = marks.text.place(gold["sent"], gold["cue"])
        got = claim.cue.anchor.text if claim.cue else None
        right = cue[0] < end and start < cue[1]
        yield marks.share("cue", item, right, at, f"{got!r} for {_cue_words(marks.text, gold)!r}")
    right = claim.polarity.value == gold["polarity"]
    yield marks.share("polarity", item, right, at, f"{claim.polarity.value} for {gold['polarity']}")


def _figures(
    marks: _Marks, row: dict[str, Any], found: Iterable[FigureFound], measure: str, others: bool = True
) -> Iterator[Outcome]:
    text = marks.text
    got = Counter(_figure(text.sentence_at(one.anchor.start), one) for one in found if others or _named(one.measure))
    gold = Counter(
        (one["sent"], one["measure"], _low(one), _plain(one["high"]))
        for one in row["figures"]
        if others or _named(one["measure"])
    )
    for verdict, figures in ((Verdict.HIT, got & gold), (Verdict.MISS, gold - got), (Verdict.EXTRA, got - gold)):
        for figure in figures.elements():
            sentence, kind, low, high = figure
            words = f"{kind} {low}..{high}"
            yield marks.make(measure, f"{sentence} {words}", verdict, text.starts[sentence], words)


def _named(measure: str) -> bool:
    return not measure.startswith("other:")


def _figure(sentence: int, one: FigureFound) -> Figure:
    return sentence, one.measure, _plain(one.low), _plain(one.high)


def _low(one: dict[str, Any]) -> float | None:
    """The low end; an annotated figure with an upper end alone ("below 9,000") runs from 0, as R1 has it."""
    return 0.0 if one["low"] is None and one["high"] is not None else _plain(one["low"])


def _plain(number: Any) -> float | None:
    return None if number is None else float(number)


def _dates(marks: _Marks, row: dict[str, Any], found: Extraction) -> Iterator[Outcome]:
    gold: list[Stretch] = [marks.text.place(one["sent"], one["span"]) for one in row["dates"]]
    got = [(one.anchor.start, one.anchor.end) for one in found.dates]
    answers = touching(got, gold)
    for i, extra in enumerate(found.dates):
        if i not in answers.values():
            span = extra.anchor
            yield marks.make("dates found F1", f"{span.start}-{span.end}", Verdict.EXTRA, span.start, repr(span.text))
    for j, one in enumerate(row["dates"]):
        at, words = gold[j][0], repr(marks.text.text[slice(*gold[j])])
        if j not in answers:
            yield marks.make("dates found F1", f"gold {j}", Verdict.MISS, at, words)
            continue
        yield marks.make("dates found F1", f"gold {j}", Verdict.HIT, at)
        date = found.dates[answers[j]]
        days = [day.isoformat() if day else None for day in (date.from_day, date.to_day)]
        right = days == [one["from"], one["to"]]
        yield marks.share("from and to", f"gold {j}", right, at, f"{words} {days} for {[one['from'], one['to']]}")


def _worth(marks: _Marks, row: dict[str, Any], found: Extraction) -> Iterator[Outcome]:
    best: dict[int, float] = {}
    for claim in found.claims:
        first, last = (marks.text.sentence_at(at) for at in (claim.anchor.start, claim.anchor.end - 1))
        for sentence in range(first, last + 1):
            best[sentence] = max(best.get(sentence, 0.0), claim.worth)
    for sentence, label in enumerate(row["worth"]):
        if label != 1:
            verdict = Verdict.ABOVE if label == 2 else Verdict.BELOW
            value = best.get(sentence, 0.0)
            yield Outcome(marks.name, "check-worthy AUC", str(sentence), verdict, "", marks.part, value)


def _who(claim: Candidate) -> str:
    name = claim.speaker.name if claim.speaker else None
    return f"{name}, {claim.cue.anchor.text if claim.cue else None}"


def _cue_words(text: Joined, gold: dict[str, Any]) -> str | None:
    return text.sentences[gold["sent"]][slice(*gold["cue"])] if gold["cue"] else None


SET = Set("attribution", (FILE,), run, "who says what, figures, dates and worth in annotated news")
HOUSE_SET = Set("house", (), run_house, "the same of the house's own five invented reports")

"""Copies and independent articles told apart, and changed facts found (R21, R22, R30).

The copies are made at run time, "two hours later", of MEANTIME's 120 Wikinews articles (``claims.evaluation.copies``
says how; seeded), so their class is known. Independent are all pairs of articles of one MEANTIME subject and of one
*longtail* incident, but for those that were read and found to hold each other's sentences: ``data/reused.tsv`` lists
these by their names.

- *wholly, partly, not derived F1*: over the made pairs, each class on its own.
- *same-topic pairs kept apart*: of the independent pairs, those that are called not derived.
- *read as reused, and found*: of the listed pairs, those that are called derived.
- *changed facts found*: of the facts that were changed on purpose, those named by a change on that very word; by kind.
- *copies without a change left alone*: of the copies without one, those in which no change is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, islice
from pathlib import Path

from claims.evaluation.copies import LEAST_SENTENCES, Article, Case, cases
from claims.evaluation.reading import rows
from claims.evaluation.sets import meantime
from claims.evaluation.types import Outcome, Request, Set, Verdict
from claims.syndication.judging import Judgement, Label, Reading, compare, read
from claims.syndication.origins import Copy

LONGTAIL = "evaluation/longtail/articles.jsonl"
REUSED = Path(__file__).parent.parent / "data" / "reused.tsv"
CLASSES = {"wholly": "wholly derived F1", "partly": "partly derived F1", "not": "not derived F1"}
APART, TOGETHER = "same-topic pairs kept apart", "read as reused, and found"
FIRST = datetime(2009, 6, 1, 9, tzinfo=UTC)
LATER = FIRST + timedelta(hours=2)
FACTS, UNTOUCHED = "changed facts found", "copies without a change left alone"


def run(request: Request) -> Iterator[Outcome]:
    reused = read_pairs()
    subjects = articles(request.shared, request.limit)
    for subject in subjects.values():
        for article in subject:
            others = [one for one in subject if one is not article and pair_of(one.name, article.name) not in reused]
            for case in cases(article, others):
                yield from judged(case)
    texts = {name: [(one.name, reading_of(one.text)) for one in subject] for name, subject in subjects.items()}
    yield from kept_apart(texts, reused)
    yield from kept_apart(incidents(request), reused)


def articles(shared: Path, limit: int | None = None) -> dict[str, list[Article]]:
    """The articles of MEANTIME by subject; the date line is left out."""
    found: defaultdict[str, list[Article]] = defaultdict(list)
    for path in islice(sorted((shared / meantime.FOLDER).glob("*/*.xml")), limit):
        headline, *lines = meantime.read(path).text.split("\n")
        if len(lines) > LEAST_SENTENCES:
            found[path.parent.name].append(Article(path.stem, headline, tuple(lines[1:])))
    return dict(found)


def read_pairs() -> set[tuple[str, str]]:
    lines = REUSED.read_text(encoding="utf-8").splitlines()
    return {pair_of(*line.split("\t")[:2]) for line in lines if line and not line.startswith("#")}


def pair_of(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def reading_of(text: str, created: datetime | None = None) -> Reading:
    return read(Copy(text, headline_end=max(0, text.find("\n")), created=created))


def judged(case: Case) -> Iterator[Outcome]:
    judgement = compare(reading_of(case.source, FIRST), reading_of(case.copy, LATER))
    got, told = judgement.label.value, f"{case.way}: {judgement.label.value} ({judgement.score})"
    if case.change:
        yield from _fact(case, judgement)
        return
    for name, measure in CLASSES.items():
        if case.label == name or got == name:
            verdict = Verdict.HIT if case.label == got else Verdict.MISS if case.label == name else Verdict.EXTRA
            yield Outcome(case.name, measure, case.way, verdict, f"{told} for {case.label}")
    if case.label == "wholly":
        named = "; ".join(f"{one.kind}: {one.a!r} {one.b!r}" for one in judgement.changes)
        verdict = Verdict.WRONG if judgement.changes else Verdict.RIGHT
        yield Outcome(case.name, UNTOUCHED, case.way, verdict, f"{case.way}: {named}")


def _fact(case: Case, judgement: Judgement) -> Iterator[Outcome]:
    """Named in the copy on that very word: a name may be called a place, and "did not" stands behind its verb."""
    hit = any(
        one.b_start < case.end and case.start < one.b_end and (one.kind == "denial") == (case.change == "denial")
        for one in judgement.changes
    )
    words = f"{case.change}: {case.copy[max(0, case.start - 60) : case.end + 40]!r}"
    for measure in (FACTS, f"{FACTS}, {case.change}"):
        yield Outcome(case.name, measure, case.change, Verdict.RIGHT if hit else Verdict.WRONG, words)


def incidents(request: Request) -> dict[str, list[tuple[str, Reading]]]:
    found: defaultdict[str, list[tuple[str, Reading]]] = defaultdict(list)
    for row in islice(rows(request.shared / LONGTAIL), request.limit):
        if row["text"].strip():
            found[row["incident"]].append((row["id"], read(Copy(row["text"]))))
    return dict(found)


def kept_apart(groups: dict[str, list[tuple[str, Reading]]], reused: set[tuple[str, str]]) -> Iterator[Outcome]:
    for members in groups.values():
        yield from _pairs(members, reused)


def _pairs(members: Sequence[tuple[str, Reading]], reused: set[tuple[str, str]]) -> Iterator[Outcome]:
    for (one, ours), (other, theirs) in combinations(members, 2):
        judgement = compare(ours, theirs)
        derived, known = judgement.label is not Label.NOT, pair_of(one, other) in reused
        verdict = Verdict.RIGHT if derived == known else Verdict.WRONG
        told = f"{judgement.label} ({judgement.score}) with {other}"
        yield Outcome(one, TOGETHER if known else APART, other, verdict, told)


SET = Set("syndication", (meantime.FOLDER, LONGTAIL), run, "copies told from independent articles, changed facts")

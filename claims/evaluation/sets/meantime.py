"""MEANTIME: 120 Wikinews articles with expressions of time and numbers (evaluation/meantime/intra-doc_annotation).

Only the headline and the first four sentences of each are annotated (sentences 0 to 5, of which 1 is the date line), so
only those count. The text is put together again from its words; the day of publication is the article's own. Most of
the articles are among those of the set *attribution*, which has other annotation.

- *dates found*: F1 of expressions that share a character, for TIMEX3 of type DATE whose value is a calendar day, week,
  month, quarter or year. The date line, and expressions of other kinds or values ("recently"), count neither way.
  A found range ("from 2009 to 2011") answers every mark that it covers.
- *date value*: among those found, from and to are exactly the first and last day of the value; of a range over several
  marks, the first day of the first and the last day of the last.
- *numbers right*: VALUEs that hold a number: each number in its words is an end of a figure that stands on it ("more
  than 12" has the low end 13, and 12 is right). "Many" and "half" hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from claims.evaluation.calendar import span_of
from claims.evaluation.matching import Stretch, meet
from claims.evaluation.numbers import ends_of, numbers
from claims.evaluation.reading import Unreadable
from claims.evaluation.types import Outcome, Request, Set, Verdict
from claims.extraction.dates import find_dates
from claims.extraction.figures import find_figures
from claims.extraction.nlp import Doc, load
from claims.extraction.types import DateFound

FOLDER = "evaluation/meantime/intra-doc_annotation"
LAST_SENTENCE = 5
FOUND = "dates found F1"
CREATION = "CREATION_TIME"
TIGHT_BEFORE = re.compile(r"^(?:[.,;:!?%)\]]|'s|’s|n't|'re|'ve|'ll|'m|'d)$")
TIGHT_BEHIND = frozenset("$£€([")


@dataclass(slots=True)
class Article:
    """One article: its text, its day, and what is annotated, as stretches of the text."""

    name: str
    text: str = ""
    day: date | None = None
    judged_to: int = 0
    dates: list[tuple[Stretch, str]] = field(default_factory=list)
    aside: list[Stretch] = field(default_factory=list)
    values: list[Stretch] = field(default_factory=list)


def run(request: Request) -> Iterator[Outcome]:
    for path in islice(sorted((request.shared / FOLDER).glob("*/*.xml")), request.limit):
        article = read(path)
        doc = load()(article.text)
        yield from _dates(article, doc)
        yield from _numbers(article, doc)


def read(path: Path) -> Article:
    """Read one file of the corpus. Unreadable for XML of another shape."""
    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 a file of ours, read for measuring only
        article = Article(path.stem)
        places, sentence_of = _join(article, root)
        for mark in root.iterfind("Markables/*"):
            inside = [one.attrib["t_id"] for one in mark.iter("token_anchor")]
            if mark.get("functionInDocument") == CREATION:
                days = span_of(mark.get("value", ""))
                article.day = days[0] if days else None
            if inside and max(sentence_of[one] for one in inside) <= LAST_SENTENCE:
                _take(article, mark, (places[inside[0]][0], places[inside[-1]][1]))
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise Unreadable(f"{path.name} is no article of this corpus ({error}).") from error
    return article


def _join(article: Article, root: ElementTree.Element) -> tuple[dict[str, Stretch], dict[str, int]]:
    """Put the words together again, a line to a sentence; the place and the sentence of each word by its id."""
    places: dict[str, Stretch] = {}
    sentence_of: dict[str, int] = {}
    last, before = -1, ""
    for token in root.iter("token"):
        key, sentence, word = token.attrib["t_id"], int(token.attrib["sentence"]), token.text or ""
        if sentence != last:
            article.text += "\n" if article.text else ""
        elif not TIGHT_BEFORE.match(word) and before not in TIGHT_BEHIND:
            article.text += " "
        places[key] = len(article.text), len(article.text) + len(word)
        article.text += word
        sentence_of[key], last, before = sentence, sentence, word[-1:]
        if sentence <= LAST_SENTENCE:
            article.judged_to = len(article.text)
    return places, sentence_of


def _take(article: Article, mark: ElementTree.Element, where: Stretch) -> None:
    if mark.tag == "VALUE":
        article.values.append(where)
    elif mark.tag == "TIMEX3":
        value = mark.get("value", "")
        judged = mark.get("type") == "DATE" and mark.get("functionInDocument") != CREATION and span_of(value)
        if judged:
            article.dates.append((where, value))
        else:
            article.aside.append(where)


def _dates(article: Article, doc: Doc) -> Iterator[Outcome]:
    found = [one for one in find_dates(doc, article.day) if one.anchor.start < article.judged_to]
    answered: set[int] = set()
    for one in found:
        where = one.anchor.start, one.anchor.end
        marks = [j for j, (gold, _) in enumerate(article.dates) if j not in answered and meet(gold, where)]
        answered |= set(marks)
        if marks:
            yield from _found(article, one, marks)
        elif not any(meet(where, each) for each in (*article.aside, *(gold for gold, _ in article.dates))):
            item = f"{where[0]}-{where[1]}"
            yield Outcome(article.name, FOUND, item, Verdict.EXTRA, _near(article, *where))
    for j, (gold, _) in enumerate(article.dates):
        if j not in answered:
            yield Outcome(article.name, FOUND, f"gold {j}", Verdict.MISS, _near(article, *gold))


def _found(article: Article, found: DateFound, marks: list[int]) -> Iterator[Outcome]:
    """Outcomes of the annotated dates that one found expression answers."""
    first, last = (span_of(article.dates[j][1]) for j in (marks[0], marks[-1]))
    right = bool(first and last and (found.from_day, found.to_day) == (first[0], last[1]))
    for j in marks:
        where, value = article.dates[j]
        words = _near(article, *where)
        yield Outcome(article.name, FOUND, f"gold {j}", Verdict.HIT, words)
        told = f"{found.from_day}..{found.to_day} for {value}: {words}"
        yield Outcome(article.name, "date value", f"gold {j}", Verdict.RIGHT if right else Verdict.WRONG, told)


def _numbers(article: Article, doc: Doc) -> Iterator[Outcome]:
    figures = find_figures(doc)
    for start, end in article.values:
        wanted = numbers(article.text[start:end])
        if wanted:
            on = [one for one in figures if meet((start, end), (one.anchor.start, one.anchor.end))]
            ends = {number for one in on for number in ends_of(one)}
            verdict = Verdict.RIGHT if wanted <= ends else Verdict.WRONG
            told = f"{sorted(map(str, ends))} for {sorted(map(str, wanted))}: {_near(article, start, end)}"
            yield Outcome(article.name, "numbers right", f"{start}-{end}", verdict, told)


def _near(article: Article, start: int, end: int) -> str:
    first, last = article.text.rfind("\n", 0, start) + 1, article.text.find("\n", end)
    return f"{article.text[start:end]!r} << {article.text[first : last if last >= 0 else None]}"


SET = Set("meantime", (FOLDER,), run, "dates and numbers of Wikinews")

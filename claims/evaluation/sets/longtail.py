"""Local news of shootings, two articles and more to an incident, with the public record of each (evaluation/longtail).

Web text with its furniture, read the whole way, as ``manage.py extract`` reads a file.

- *killed and injured as on record*: over each article and measure (killed, injured) for which a claim of the article
  holds a figure that is no part of another (nor of a whole told before: "three of the men"): the one stated most often
  (the first, where several are) has the low end (R7) of the record. An article that states none is left out.
- The same for each of the two. *articles that state a toll*: how many do, of those whose incident has one.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from claims.evaluation.reading import rows
from claims.evaluation.types import Outcome, Request, Row, Set, Verdict

ARTICLES, INCIDENTS = "evaluation/longtail/articles.jsonl", "evaluation/longtail/incidents.jsonl"
ON_RECORD = "killed and injured as on record"
OF_THEM = r"\s+of\s+(?:the|these|those|them|whom|which|his|her|their|its)\b"
MEASURES = ("killed", "injured")


def run(request: Request) -> Iterator[Outcome]:
    records = {row["incident"]: row for row in rows(request.shared / INCIDENTS)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        for row in islice(rows(request.shared / ARTICLES), request.limit):
            if not row["text"].strip():
                continue
            path.write_text(row["text"], encoding="utf-8")
            read = request.read_wire(path, row["dct"], "")
            yield from _outcomes(row["id"], read, records[row["incident"]])


def _outcomes(name: str, read: Row, record: Row) -> Iterator[Outcome]:
    for measure in MEASURES:
        number, words = stated(read, measure)
        if record[measure]:
            yield _outcome(name, "articles that state a toll", measure, number is not None, "")
        if number is None:
            continue
        right = number == record[measure]
        told = f"{number} {measure} for {record[measure]}: {words}"
        yield _outcome(name, ON_RECORD, measure, right, told)
        yield _outcome(name, f"{ON_RECORD}, {measure}", measure, right, told)


def _outcome(name: str, measure: str, item: str, right: bool, words: str) -> Outcome:
    return Outcome(name, measure, item, Verdict.RIGHT if right else Verdict.WRONG, words)


def stated(read: Row, measure: str) -> tuple[int | None, str]:
    """The number that an article states of a measure, and the claims that state it; None where it states none."""
    counted: Counter[int] = Counter()
    words: list[str] = []
    for claim in read["claims"]:
        for figure in claim["figures"]:
            if figure["measure"] == measure and figure["low"] is not None and not _is_part(figure, claim["text"]):
                counted[int(figure["low"])] += 1
                words.append(f"{figure['text']} ({claim['text']})")
    return (counted.most_common(1)[0][0] if counted else None), " | ".join(words)


def _is_part(figure: Row, words: str) -> bool:
    """Whether a figure is part of another, or of one told before: "three of the men", "two of them"."""
    return figure["part_of"] is not None or re.search(re.escape(figure["text"]) + OF_THEM, words) is not None


SET = Set("longtail", (ARTICLES, INCIDENTS), run, "tolls of local news against the record")

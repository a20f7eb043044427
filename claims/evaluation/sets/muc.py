"""MUC-3/4, tst2: 100 reports of terror in capitals, with the victims of each incident in filled templates.

The reports are put into normal case (``casing``) with the cases that words have in the reports and treebanks that stand
in normal case; tst2 itself is not among those.

- *victim numbers found*: the numbers of two and more in the slots HUM TGT: NUMBER and HUM TGT: TOTAL NUMBER, each once
  a report, approximate ones too, optional ones (``?``) not. Found when a claim of the report has a figure of persons
  with that number as its low or high end ("more than 12" has the low end 13, and 12 is found).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from claims.evaluation.casing import Cases
from claims.evaluation.numbers import ends_of
from claims.evaluation.reading import rows
from claims.evaluation.types import Outcome, Request, Set, Verdict
from claims.extraction.engine import extract
from claims.extraction.types import Context, FigureFound

REPORTS, KEY = "evaluation/muc/tst2/tst2-muc4", "evaluation/muc/tst2/key-tst2.v4"
CASED = ("evaluation/muc/truecased.jsonl", "training/attribution/train.jsonl")
TREEBANKS = ("training/ud/en_ewt-ud-train.conllu", "training/ud/en_gum_noNC-train.conllu")
LEAST = 2
PERSONS = frozenset({"killed", "injured", "missing", "displaced", "detained"})

_SLOT = re.compile(r"^\d+\.\s+([A-Z ]+): ([A-Z/ ]+?)\s{2,}(.*)$")
_NUMBER = re.compile(r"^\(?\s*~?\s*(\d+)\b")
_NAME = re.compile(r"^TST2-MUC4-\d{4}$", re.MULTILINE)
_BRACKETS = re.compile(r"\[[^\]]*\]")


def run(request: Request) -> Iterator[Outcome]:
    cases = Cases(_cased(request.shared))
    victims = key(request.shared / KEY)
    for name, text in islice(reports(request.shared / REPORTS), request.limit):
        wanted = victims.get(name, set())
        if max(wanted, default=0) < LEAST:
            continue
        found = extract(cases.put(text), Context())
        figures = {one.anchor: one for claim in found.claims for one in claim.figures if of_persons(one)}
        ends = {end for one in figures.values() for end in ends_of(one)}
        shown = ", ".join(f"{one.anchor.text!r} {one.measure}" for one in figures.values())
        for number in sorted(number for number in wanted if number >= LEAST):
            verdict = Verdict.RIGHT if number in ends else Verdict.WRONG
            yield Outcome(name, "victim numbers found", str(number), verdict, f"{number} among {shown}")


def reports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of each report, one line to a paragraph, without the editors' brackets."""
    whole = path.read_text(encoding="latin-1")
    names = list(_NAME.finditer(whole))
    for name, behind in zip(names, [*(each.start() for each in names[1:]), len(whole)], strict=True):
        paragraphs = re.split(r"\n\s*\n", _BRACKETS.sub(" ", whole[name.end() : behind]))
        yield name[0], "\n".join(" ".join(each.split()) for each in paragraphs if each.strip())


def key(path: Path) -> dict[str, set[int]]:
    """The victim numbers of each report."""
    found: dict[str, set[int]] = {}
    name, slot = "", ""
    for line in path.read_text(encoding="latin-1").splitlines():
        heading = _SLOT.match(line)
        slot, words = (f"{heading[1]}: {heading[2]}", heading[3]) if heading else (slot, line.strip())
        if not line.strip():
            slot = ""
        elif slot == "MESSAGE: ID":
            name = words.strip()
        elif slot in ("HUM TGT: NUMBER", "HUM TGT: TOTAL NUMBER") and (number := _NUMBER.match(words)):
            found.setdefault(name, set()).add(int(number[1]))
    return found


def of_persons(figure: FigureFound) -> bool:
    return figure.measure in PERSONS or (figure.measure.startswith("other:") and bool(figure.population))


def _cased(shared: Path) -> Iterator[str]:
    for name in CASED:
        yield from chain.from_iterable(row["sentences"] for row in rows(shared / name))
    for name in TREEBANKS:
        with (shared / name).open(encoding="utf-8") as lines:
            yield from (line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))


SET = Set("muc", (REPORTS, KEY, *CASED, *TREEBANKS), run, "numbers of victims in reports of terror")

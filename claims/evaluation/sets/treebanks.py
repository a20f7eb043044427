"""The pipeline alone, on gold words and sentences: parse and word classes (training/ud), names (training/ner).

- *LAS*: words with the right head and the right relation, subtypes and marks of punctuation included.
- *UPOS*: words with the right class. A sentence that is longer than the model reads counts as wholly wrong.
- *NER F1*: names with exactly the right words and label (PER, LOC, ORG); then the same for each label.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from claims.evaluation.reading import Unreadable
from claims.evaluation.types import Outcome, Request, Set, Verdict
from claims.extraction.reader import MAX_WORDS, Reader, Reading

EWT, GUM = "training/ud/en_ewt-ud-test.conllu", "training/ud/en_gum_noNC-test.conllu"
NAMES = "training/ner/en_ewt-ud-test.iob2"
LABELS = ("PER", "LOC", "ORG")

Cells = list[list[str]]
Name = tuple[int, int, str]


def sentences(path: Path, columns: int) -> Iterator[Cells]:
    """Yield the words of each sentence as rows of cells; joined words and empty nodes are left out."""
    rows: Cells = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if not line.strip():
                if rows:
                    yield rows
                rows = []
            elif not line.startswith("# ") and line.strip() != "#":
                if len(cells) < columns:
                    raise Unreadable(f"{path.name}, line {number}: {len(cells)} columns where {columns} should be.")
                rows += [cells] if cells[0].isdecimal() else []
    if rows:
        yield rows


def parses(file: str, request: Request) -> Iterator[Outcome]:
    """Outcomes of LAS and UPOS for each sentence of a treebank."""
    reader = Reader()
    for number, rows in enumerate(islice(sentences(request.shared / file, 8), request.limit)):
        words = [cells[1] for cells in rows]
        right, classes = _right(reader.read(words), rows) if len(words) <= MAX_WORDS else (0, 0)
        for measure, value in (("LAS", right), ("UPOS", classes)):
            shown = " ".join(words)
            yield Outcome(str(number), measure, "", Verdict.SOME, shown, value=value, total=len(words))


def _right(read: Reading, rows: Cells) -> tuple[int, int]:
    """How many words have the right head and relation, and how many the right class."""
    arcs = classes = 0
    for i, cells in enumerate(rows):
        head = 0 if read.heads[i] == i else read.heads[i] + 1
        arcs += head == int(cells[6]) and read.relations[i] == cells[7]
        classes += read.classes[i] == cells[3]
    return arcs, classes


def names(request: Request) -> Iterator[Outcome]:
    """Outcomes of the names of each sentence."""
    reader = Reader()
    for number, rows in enumerate(islice(sentences(request.shared / NAMES, 3), request.limit)):
        words = [cells[1] for cells in rows]
        gold = set(spans([cells[2] for cells in rows]))
        found = set(reader.read(words).names) if len(words) <= MAX_WORDS else set()
        for verdict, group in (
            (Verdict.HIT, gold & found),
            (Verdict.MISS, gold - found),
            (Verdict.EXTRA, found - gold),
        ):
            for start, end, label in sorted(group):
                shown = f"{label} {' '.join(words[start:end])!r} << {' '.join(words)}"
                for measure in ("NER F1", f"NER F1, {label}"):
                    yield Outcome(str(number), measure, f"{start}-{end} {label}", verdict, shown)


def spans(tags: list[str]) -> Iterator[Name]:
    """Yield (first word, word behind the last, label) of each name in BIO tags; labels beyond LABELS are no names."""
    start = 0
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            start = i
        after = tags[i + 1] if i + 1 < len(tags) else "O"
        if tag != "O" and not after.startswith("I-") and tag[2:] in LABELS:
            yield start, i + 1, tag[2:]


EWT_SET = Set("ewt", (EWT,), partial(parses, EWT), "parse and word classes of web text")
GUM_SET = Set("gum", (GUM,), partial(parses, GUM), "parse and word classes of many genres")
NAMES_SET = Set("names", (NAMES,), names, "names of persons, places and bodies in web text")

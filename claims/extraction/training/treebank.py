"""CoNLL-U read into sentences whose tokens spell the text: contractions are cut on the surface (``do|n't``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FIELDS = 10


@dataclass(slots=True)
class Token:
    """One syntactic word; ``head`` is the 1-based place of its head in the sentence, 0 for the root."""

    form: str
    word_class: str
    tag: str
    features: str
    head: int
    relation: str
    misc: str


@dataclass(slots=True)
class Sentence:
    """One sentence of a document; ``spelled`` is False where the words do not spell the text of a contraction."""

    ident: str
    document: str
    paragraph: int
    tokens: list[Token] = field(default_factory=list)
    spelled: bool = True


def documents(path: Path) -> Iterator[list[Sentence]]:
    """Yield each document of a treebank; ValueError names the line that is not CoNLL-U."""
    document = ""
    found: list[Sentence] = []
    for sentence in _sentences(path):
        if found and sentence.document != document:
            yield found
            found = []
        document = sentence.document
        found.append(sentence)
    if found:
        yield found


def _sentences(path: Path) -> Iterator[Sentence]:
    document, ident, paragraph = "", "", 0
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                document = line.partition("= ")[2].strip() or f"document {number}"
            elif line.startswith("# newpar") and not line.startswith("# newpar_"):
                paragraph += 1
            elif line.startswith("# sent_id"):
                ident = line.partition("= ")[2].strip()
            elif line and not line.startswith("#"):
                rows.append(_row(line, path, number))
            elif not line and rows:
                yield sentence_of(rows, ident, document, paragraph)
                rows = []
    if rows:
        yield sentence_of(rows, ident, document, paragraph)


def _row(line: str, path: Path, number: int) -> list[str]:
    row = line.split("\t")
    if len(row) != FIELDS:
        raise ValueError(f"{path.name}, line {number}: {len(row)} fields where CoNLL-U has {FIELDS}.")
    return row


def sentence_of(rows: list[list[str]], ident: str, document: str, paragraph: int) -> Sentence:
    """Build a sentence of its rows, with the forms inside contractions cut out of the contraction's own text."""
    sentence = Sentence(ident, document, paragraph)
    contractions: list[tuple[int, int, str]] = []
    for row in rows:
        if "-" in row[0]:
            first, last = row[0].split("-")
            contractions.append((int(first) - 1, int(last), row[1]))
        elif "." not in row[0]:
            sentence.tokens.append(Token(row[1], row[3], row[4], row[5], int(row[6]), row[7], row[9]))
    for start, end, text in contractions:
        sentence.spelled &= _spell(sentence.tokens[start:end], text)
    return sentence


def _spell(tokens: list[Token], text: str) -> bool:
    if sum(len(token.form) for token in tokens) != len(text):
        return False
    start = 0
    for token in tokens:
        token.form = text[start : start + len(token.form)]
        start += len(token.form)
    return True

"""Names for training: GUM's proper-noun mentions cut to the name itself, and UNER's labels over EWT's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.decoding import labelled_spans
from claims.extraction.training.treebank import Sentence, Token

Span = tuple[int, int, str]
KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
MENTION = re.compile(r"(?:^|\|)Entity=([^|]*)")
BRACKET = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")
INNER = frozenset({"ADP", "DET", "PUNCT", "PART", "CCONJ"})
LINKS = frozenset({"of", "for", "de", "on"})
REACH = 4


@dataclass(frozen=True, slots=True)
class LabelledWords:
    """A sentence of a names file: its words and the spans of its names."""

    words: list[str]
    spans: list[Span]


def mentions(sentence: Sentence) -> list[Span]:
    """Return (start, end, GUM's type) of every mention that begins and ends in the sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    found: list[Span] = []
    for index, token in enumerate(sentence.tokens):
        marked = MENTION.search(token.misc)
        for opening, closed, ending in BRACKET.findall(marked.group(1)) if marked else []:
            group, _, rest = (opening or ending).partition("-")
            kind = rest.partition("-")[0]
            if opening and closed:
                found.append((index, index + 1, kind))
            elif opening:
                opened.setdefault(group, []).append((index, kind))
            elif opened.get(group):
                start, kind = opened[group].pop()
                found.append((start, index + 1, kind))
    return found


def gum_names(sentence: Sentence) -> list[Span]:
    """Return the names in the mentions of persons, bodies and places; the longer of two that overlap."""
    found = [name for mention in mentions(sentence) if (name := _name_in(sentence.tokens, mention))]
    taken: set[int] = set()
    kept: list[Span] = []
    for start, end, kind in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, kind))
    return sorted(kept)


def _name_in(tokens: list[Token], mention: Span) -> Span | None:
    start, end, kind = mention
    if kind not in KINDS:
        return None
    top = next((i for i in range(start, end) if not start < tokens[i].head <= end), None)
    if top is None or tokens[top].word_class != "PROPN" or tokens[top].tag not in ("NNP", "NNPS"):
        return None
    chosen = _name_words(tokens, mention, top)
    first, last = min(chosen), max(chosen)
    if not all(_capital(tokens[i]) or tokens[i].word_class in INNER for i in range(first, last + 1)):
        first = last = top
    return (first, last + 1, KINDS[kind]) if tokens[first].form[:1].isalnum() else None


def _name_words(tokens: list[Token], mention: Span, top: int) -> set[int]:
    start, end, kind = mention
    chosen, waiting = {top}, [top]
    while waiting:
        parent = waiting.pop()
        children = [i for i in range(start, end) if tokens[i].head == parent + 1 and i not in chosen]
        grown = [i for i in children if _belongs(tokens, i, parent, kind)]
        chosen.update(grown)
        waiting += grown
    return chosen


def _belongs(tokens: list[Token], index: int, parent: int, kind: str) -> bool:
    """Whether a child of a name's word is part of the name: given names, ``Lower Saxony``, ``Bank of Oster``."""
    token = tokens[index]
    relation = token.relation.partition(":")[0]
    if relation in ("flat", "goeswith") or (relation == "compound" and _capital(token)):
        return True
    if kind == "person" or not _capital(token):
        return False
    if relation == "amod":
        return 0 < index < parent
    if relation == "nummod":
        return index > parent
    if relation != "nmod" or token.relation in ("nmod:poss", "nmod:desc") or token.word_class != "PROPN":
        return False
    linked = any(t.head == index + 1 and t.relation == "case" and t.form.lower() in LINKS for t in tokens)
    return linked and 0 < index - parent <= REACH


def _capital(token: Token) -> bool:
    return token.form[:1].isupper() or token.form[:1].isdigit()


def read_names(path: Path) -> dict[str, LabelledWords]:
    """Read a UNER file (IOB2): sentence id to its words and names; labels other than PER, ORG and LOC are left out."""
    found: dict[str, LabelledWords] = {}
    for ident, rows in _blocks(path):
        labels = [label if label[2:] in KINDS.values() else "O" for _, label in rows]
        found[ident] = LabelledWords([word for word, _ in rows], labelled_spans(labels))
    return found


def _blocks(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    ident = ""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# sent_id"):
            ident = line.partition("= ")[2].strip()
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            rows.append((cells[1], cells[2]))
        elif not line and rows:
            yield ident, rows
            rows = []


def aligned(labelled: LabelledWords, words: list[str]) -> list[Span] | None:
    """Return the names over another cutting of the same sentence; None where the letters differ.

    A name that begins or ends inside one of ``words`` is left out.
    """
    if len(labelled.words) == len(words):
        return list(labelled.spans)
    if "".join(labelled.words) != "".join(words):
        return None
    theirs, ours = _edges(labelled.words), _edges(words)
    places = {edge: index for index, edge in enumerate(ours)}
    return [
        (places[theirs[start]], places[theirs[end]], kind)
        for start, end, kind in labelled.spans
        if theirs[start] in places and theirs[end] in places
    ]


def _edges(words: list[str]) -> list[int]:
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word))
    return edges

"""Attribution out of GUM's discourse trees (eRST): who speaks, the word that says so, and what is said."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from claims.extraction.training.examples import OUTSIDE
from claims.extraction.training.treebank import Sentence, Token

UNIT = re.compile(r"(?:^|\|)Discourse=([^|;]*)")
SIGNAL = re.compile(r"(sem-atsrc|lex-ind\w\w|lex-altlex)-([\d,-]*\d)")
QUOTES = frozenset("\"“”‘’'")
Mark = tuple[str, int]


@dataclass(slots=True)
class Unit:
    """An elementary discourse unit: its relation, the unit it hangs on (0: none), signals, sentence and words."""

    relation: str
    head: int
    signals: str
    sentence: int
    words: list[int] = field(default_factory=list)


def attribution_labels(document: list[Sentence]) -> list[list[str]]:
    """Return BIO labels (SOURCE, CUE, CONTENT) for each sentence of a document; all ``O`` without the layer."""
    tokens = [token for sentence in document for token in sentence.tokens]
    sentences = [index for index, sentence in enumerate(document) for _ in sentence.tokens]
    marks = _marks(tokens, _units(tokens, sentences))
    found: list[list[str]] = []
    start = 0
    for sentence in document:
        end = start + len(sentence.tokens)
        found.append(_labels(sentence.tokens, marks[start:end]))
        start = end
    return found


def _units(tokens: list[Token], sentences: list[int]) -> dict[int, Unit]:
    units: dict[int, Unit] = {}
    current: Unit | None = None
    for index, token in enumerate(tokens):
        opened = UNIT.search(token.misc)
        if opened:
            parts = opened.group(1).split(":")
            number, _, head = parts[1].partition("->")
            signals = parts[3] if len(parts) > 3 else ""
            current = Unit(parts[0], int(head) if head.isdigit() else 0, signals, sentences[index])
            units[int(number.partition("_")[0])] = current
        if current is not None:
            current.words.append(index)
    return units


def _marks(tokens: list[Token], units: dict[int, Unit]) -> list[Mark | None]:
    """Give each word its label and the relation it belongs to; SOURCE and CUE stand above CONTENT."""
    children: dict[int, list[int]] = defaultdict(list)
    for number, unit in units.items():
        children[unit.head].append(number)
    marks: list[Mark | None] = [None] * len(tokens)
    attributing = [number for number, unit in units.items() if unit.relation.startswith("attribution")]
    for relation, number in enumerate(attributing):
        own = set(units[number].words)
        signals = SIGNAL.findall(units[number].signals)
        sources = [i for kind, places in signals if kind == "sem-atsrc" for i in _places(places, len(tokens))]
        cues = [i for kind, places in signals if kind != "sem-atsrc" for i in _places(places, len(tokens)) if i in own]
        cues = cues or [i for i in units[number].words if tokens[i].word_class == "VERB"][:1]
        content = _content(units, children, number)
        for label, places in (("SOURCE", set(sources) - set(cues)), ("CUE", cues), ("CONTENT", content)):
            for place in places:
                held = marks[place]
                if held is None or (label != "CONTENT" and held[0] == "CONTENT"):
                    marks[place] = (label, relation)
    return marks


def _places(numbers: str, size: int) -> list[int]:
    """``"4-5,9"`` as 0-based places below ``size``."""
    found: list[int] = []
    for part in numbers.split(","):
        first, _, last = part.partition("-")
        if first.isdigit():
            found += range(int(first) - 1, min(int(last or first), size))
    return found


def _content(units: dict[int, Unit], children: dict[int, list[int]], number: int) -> list[int]:
    """The words of the attributed unit and of all that hangs on it inside its sentence."""
    top = units[number].head
    if top not in units:
        return []
    sentence = units[top].sentence
    seen: set[int] = set()
    waiting = [top]
    while waiting:
        current = waiting.pop()
        if current in seen or current == number or units[current].sentence != sentence:
            continue
        seen.add(current)
        waiting += [child for child in children[current] if not units[child].relation.startswith("attribution")]
    return [word for unit in seen for word in units[unit].words]


def _labels(tokens: list[Token], marks: list[Mark | None]) -> list[str]:
    labels = [OUTSIDE] * len(tokens)
    start = 0
    for end in range(1, len(tokens) + 1):
        if end < len(tokens) and marks[end] == marks[start]:
            continue
        mark = marks[start]
        if mark is not None:
            first, last = _trimmed(tokens, start, end)
            labels[first:last] = [f"{'I' if i else 'B'}-{mark[0]}" for i in range(last - first)]
        start = end
    return labels


def _trimmed(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    while start < end and _loose(tokens[start]):
        start += 1
    while end > start and _loose(tokens[end - 1]):
        end -= 1
    return start, end


def _loose(token: Token) -> bool:
    return token.word_class == "PUNCT" and token.form not in QUOTES

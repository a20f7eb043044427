"""The annotated news texts (one JSON object a line) as examples over the engine's own tokens; every fifth kept out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from claims.extraction.training.examples import OUTSIDE, Example, bio

# The same fifth that docs/accuracy.md and worth.py keep aside.
FIFTH = 5
SHOWN = {"B-SOURCE", "B-CUE"}
QUOTES = frozenset('"“”„«»')
Cut = tuple[str, int]
Tokenizer = Callable[[str], list[Cut]]


def kept_out(place: int) -> bool:
    """Whether the text at this place of the file is kept out of all fitting."""
    return place % FIFTH == FIFTH - 1


def read_news(path: Path, tokenize: Tokenizer) -> tuple[list[Example], list[Example]]:
    """Return (to learn from, kept out), sentence by sentence in the order of the texts."""
    learn: list[Example] = []
    aside: list[Example] = []
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    for place, line in enumerate(lines):
        examples = text_examples(json.loads(line), tokenize)
        if kept_out(place):
            aside += examples
        else:
            learn += [example if _can_tell(example) else replace(example, attribution=[]) for example in examples]
    return learn, aside


def _can_tell(example: Example) -> bool:
    """Whether the sentence itself shows who speaks: a statement printed in full only its neighbours give away."""
    if not any(example.attribution) or set(example.attribution) & SHOWN:
        return True
    return set(example.attribution) == {OUTSIDE} or not QUOTES.isdisjoint("".join(example.words))


def text_examples(text: dict[str, Any], tokenize: Tokenizer) -> Iterator[Example]:
    """Yield the sentences of one text; ``tokenize`` returns each word with the offset where it begins."""
    for number, sentence in enumerate(text["sentences"]):
        cuts = tokenize(sentence)
        if not cuts:
            continue
        spans = attribution_spans([a for a in text["attributions"] if a["sent"] == number], cuts)
        labels = bio(len(cuts), spans)
        yield Example([word for word, _ in cuts], text["id"], attribution=labels, worth=text["worth"][number])


def attribution_spans(attributions: list[dict[str, Any]], cuts: list[Cut]) -> list[tuple[int, int, str]]:
    """Return the word spans in the order of painting: contents from the longest, then sources, then cues."""
    contents = [part for each in attributions for part in each["content"]]
    contents.sort(key=lambda part: part[0] - part[1])
    layers = [(part, "CONTENT") for part in contents]
    layers += [(each["source"], "SOURCE") for each in attributions if each["source"]]
    layers += [(each["cue"], "CUE") for each in attributions if each["cue"]]
    placed = ((over_words(cuts, start, end), kind) for (start, end), kind in layers)
    return [(*words, kind) for words, kind in placed if words]


def over_words(cuts: list[Cut], start: int, end: int) -> tuple[int, int] | None:
    """Return the (first, last + 1) word that the characters from ``start`` to ``end`` touch; None for none."""
    touched = [i for i, (word, offset) in enumerate(cuts) if offset < end and offset + len(word) > start]
    return (touched[0], touched[-1] + 1) if touched else None

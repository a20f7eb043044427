"""The one door to spaCy: ``load()`` gives the desk's own English pipeline, and its types are taken from here.

Universal Dependencies labels throughout: ``pos_``, ``dep_`` (``ROOT`` for the root), ``lemma_``, ``sents``, ``ents``
(PER, ORG, LOC), and ``doc._.attribution``: (start, end, kind) in tokens, kind SOURCE, CUE or CONTENT, as the model
labels them; ``doc._.worth``: how worth checking the model finds each sentence (0.0 to 1.0), by where it starts, empty
with a model that does not say.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import compile_infix_regex

from claims.extraction.lemmas import Lemmas
from claims.extraction.reader import MAX_WORDS, Reader, Reading
from claims.extraction.sentences import Word, sentence_starts

__all__ = ["Doc", "Language", "Span", "Token", "load"]

Labelled = tuple[int, int, str]
Rows = NDArray[np.uint64]
# Ranks that the stock tokenizer takes apart from their full stop.
TITLES = ("Col.", "Lt.", "Maj.", "Capt.", "Cmdr.", "Sgt.", "Cpl.", "Insp.", "Supt.", "Det.", "Brig.", "Hon.", "Msgr.")
# Marks that glue two sentences together where copy was pasted without a blank.
GLUE = [
    r"(?<=[.!?…,][\"”])(?=\w)",
    r"(?<=\w)[“„«»]",
    r"(?<=[a-z0-9)][.!?])[\"”](?=[A-Z])",
    r"(?<=[a-z])[.!?](?=[“\"][A-Z])",
]


@lru_cache(maxsize=1)
def load() -> Language:
    """Return the pipeline, loaded once in each process."""
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *GLUE]).finditer  # type: ignore[union-attr,misc]
    for title in TITLES:
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])  # type: ignore[union-attr]
    nlp.add_pipe("newsdesk_sentences")
    nlp.add_pipe("newsdesk_reader")
    return nlp


@Language.component("newsdesk_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set where sentences start."""
    starts = sentence_starts([Word(token.text, token.whitespace_) for token in doc])
    for token, start in zip(doc, starts, strict=True):
        token.is_sent_start = start or token.i == 0
    return doc


@Language.factory("newsdesk_reader")
def make_reader(nlp: Language, name: str) -> DocReader:
    """Build the component that fills in everything the model and the lemma tables know."""
    return DocReader(nlp)


class DocReader:
    """Writes readings into a Doc: arcs, relations, word classes, lemmas, names and attribution labels."""

    def __init__(self, nlp: Language) -> None:
        self._reader = Reader()
        self._lemmas = Lemmas()
        self._strings = nlp.vocab.strings
        if not Doc.has_extension("attribution"):
            Doc.set_extension("attribution", default=())
            Doc.set_extension("worth", default={})

    def __call__(self, doc: Doc) -> Doc:
        rows = np.zeros((len(doc), 4), dtype=np.uint64)
        self._blanks(doc, rows)
        names: list[Labelled] = []
        attribution: list[Labelled] = []
        worth: dict[int, float] = {}
        for indexes in _windows(doc):
            reading = self._reader.read([doc[i].text for i in indexes])
            self._fill(doc, rows, indexes, reading)
            names += _placed(reading.names, indexes)
            attribution += _placed(reading.attribution, indexes)
            if reading.worth is not None:
                start = int(doc[indexes[0]].sent.start)
                worth[start] = max(worth.get(start, 0.0), reading.worth)
        doc.from_array(["HEAD", "DEP", "POS", "LEMMA"], rows)  # type: ignore[arg-type]
        doc.ents = tuple(Span(doc, start, end, label=kind) for start, end, kind in names)
        doc._.attribution = tuple(attribution)
        doc._.worth = worth
        return doc

    def _blanks(self, doc: Doc, rows: Rows) -> None:
        """Blank tokens hang on the word before them."""
        for token in doc:
            if token.is_space:
                head = 0 if token.i == 0 else _unsigned(-1)
                rows[token.i] = (head, self._strings.add("dep"), self._strings.add("SPACE"), token.orth)

    def _fill(self, doc: Doc, rows: Rows, indexes: list[int], reading: Reading) -> None:
        for place, index in enumerate(indexes):
            relation = reading.relations[place]
            word_class = reading.classes[place]
            rows[index] = (
                _unsigned(indexes[reading.heads[place]] - index),
                self._strings.add("ROOT" if relation == "root" else relation),
                self._strings.add(word_class),
                self._strings.add(self._lemmas.lemma(doc[index].text, word_class)),
            )


def _unsigned(offset: int) -> int:
    return offset % 2**64


def _windows(doc: Doc) -> list[list[int]]:
    """Return the words of each sentence; a sentence too long for the model is cut into windows."""
    found: list[list[int]] = []
    for sentence in doc.sents:
        indexes = [token.i for token in sentence if not token.is_space]
        found += [indexes[start : start + MAX_WORDS] for start in range(0, len(indexes), MAX_WORDS)]
    return found


def _placed(spans: list[Labelled], indexes: list[int]) -> list[Labelled]:
    return [(indexes[start], indexes[end - 1] + 1, kind) for start, end, kind in spans]

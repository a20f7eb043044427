"""Which body a common noun takes up: "the ministry", "the company", "the guerrilla organization", "the station"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.attribution_spans import Stretch, noun_phrase
from claims.extraction.initialisms import plain
from claims.extraction.nlp import Doc, Token
from claims.extraction.speaker_words import DETERMINERS, GENERIC_BODIES, is_kind
from claims.extraction.types import Source

MAX_WORDS = 3
NEAR = 2
# Nouns that copy uses for one another.
_ALIKE_TABLE = """
committee commission council panel
organization organisation group movement front association federation
station radio network broadcaster channel television
newspaper paper daily
"""
ALIKE = tuple(frozenset(line.split()) for line in _ALIKE_TABLE.strip().splitlines())
_OF_STATE_WORDS = (
    "government ministry department reserve commission court parliament senate army police council union central"
)
OF_STATE = frozenset(_OF_STATE_WORDS.split())
BUSINESS = frozenset({"company", "firm", "corporation"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A body named in the text: tokens ``start`` to ``end``, its name, its words in lower case."""

    start: int
    end: int
    name: str
    words: frozenset[str]
    is_org: bool


class Bodies:
    """The bodies that a text names, and which of them a common noun means."""

    def __init__(self, doc: Doc, short: Mapping[str, str], quoted: set[int]) -> None:
        self.doc = doc
        self._quoted = quoted
        self._sentences = {token.i: k for k, sent in enumerate(doc.sents) for token in sent}
        self._named = _mentions(doc, short)

    def meant(self, stretch: Stretch, head: Token, spoken: Sequence[tuple[int, Source]]) -> str:
        """The name of the body that "the ministry" takes up: the last one named by that word, or alike; else ""."""
        words = [token for token in self.doc[stretch[0] : stretch[1]] if token.lower_ not in DETERMINERS]
        definite = self.doc[stretch[0]].lower_ in ("the", "this", "that")
        if not definite or not words or len(words) > MAX_WORDS or any(word.text[0].isupper() for word in words):
            return ""
        single = head.lower_ == head.lemma_.lower()
        if not single or not is_kind(head.text, "body", "carrier") or words[-1].i != head.i:
            return ""
        before = [one for one in self._named if one.end <= stretch[0]]
        wanted = {_same(word.lemma_.lower()) for word in words}
        exact = [one for one in before if len(words) < MAX_WORDS and wanted <= one.words]
        if exact:
            return exact[-1].name
        lemma = head.lemma_.lower()
        if lemma in GENERIC_BODIES and (name := self._generic(stretch[0], lemma, before, spoken)):
            return name
        alike = next((group for group in ALIKE if lemma in group), frozenset[str]())
        return next((one.name for one in reversed(before) if alike & one.words), "")

    def _generic(self, at: int, lemma: str, before: list[Mention], spoken: Sequence[tuple[int, Source]]) -> str:
        """ "The company": who is named in the sentence, else who spoke last, else whom the text names most."""
        fitting = [one for one in before if one.is_org and not (lemma in BUSINESS and one.words & OF_STATE)]
        here = self._sentences.get(at, 0)
        same = [one for one in fitting if self._sentences.get(one.start) == here and one.start not in self._quoted]
        if same:
            return same[-1].name
        names = {one.name for one in fitting}
        last = next((who for place, who in reversed(spoken) if place < at and who.kind in ("body", "agency")), None)
        if last is not None and last.name in names:
            return last.name
        near = [one for one in fitting if here - self._sentences.get(one.start, 0) <= NEAR]
        if near:
            return near[-1].name
        return next(iter(name for name, _ in Counter(one.name for one in fitting).most_common(1)), "")


def _same(word: str) -> str:
    return word.replace("defence", "defense")


def _mentions(doc: Doc, short: Mapping[str, str]) -> list[Mention]:
    """Named bodies and places in order: as the model marked them, and where an abbreviation or a name comes again."""
    found: list[Mention] = []
    marked = {ent.text for ent in doc.ents if ent.label_ == "ORG" and len(ent) == 1}
    for ent in doc.ents:
        if ent.label_ == "PER":
            continue
        phrase = noun_phrase(ent.root)
        phrase = (min(phrase[0], ent.start), max(phrase[1], ent.end))
        held = frozenset(_same(token.lower_) for token in doc[phrase[0] : phrase[1]])
        name = short.get(ent.text) or plain(doc, phrase)
        found.append(Mention(phrase[0], phrase[1], name, held, ent.label_ == "ORG"))
    for token in doc:
        if token.ent_type_ == "" and (token.text in short or token.text in marked):
            full = short.get(token.text, token.text)
            words = frozenset(_same(word) for word in full.lower().split())
            found.append(Mention(token.i, token.i + 1, full, words, True))
    return sorted(found, key=lambda one: one.end)

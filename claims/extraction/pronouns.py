"""Whom "he", "she", "it" and "they" take up: who spoke, who was the subject, who was named last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from claims.extraction.attribution_spans import SUBJECTS
from claims.extraction.cues import RECORDS
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.people import Person
from claims.extraction.speaker_words import FEMALE, HE, IT, MALE, PRONOUNS, SHE, THEY, is_kind
from claims.extraction.types import Anchor, Source

LOOK_BACK = 8
GOING_ON = 3
MANY = frozenset({"people", "men", "women", "children", "personnel", "and", "others", "two", "three", "some", "many"})
# "He added", "she went on", "he also said": whoever spoke last speaks on.
ADDING = frozenset({"add", "continue", "conclude", "reiterate", "stress", "emphasize", "emphasise"})
ALSO = frozenset({"also", "further", "furthermore"})

Spoken = Sequence[tuple[int, Source]]
Name = Callable[[Token], Source]


class Pronouns:
    """The antecedents of one text's pronouns."""

    def __init__(self, doc: Doc, quoted: set[int], people: Sequence[Person]) -> None:
        self.doc = doc
        self._quoted = quoted
        self._people = people
        self._sentences: list[Span] = list(doc.sents)
        self._starts = [sentence.start for sentence in self._sentences]

    def meant(self, head: Token, spoken: Spoken, name: Name) -> Source | None:
        """Subjects and speakers first, sentence by sentence backwards; then any person named.

        ``spoken`` are the speakers so far, ``name`` tells who the phrase around a token names.
        """
        at = max(0, bisect_right(self._starts, head.i) - 1)
        if _goes_on(head.head):
            since = self._sentences[max(0, at - GOING_ON)].start
            fitting = [one for where, one in spoken if since <= where < head.i and _fits(one, head)]
            if fitting:
                return fitting[-1]
        for sentence in reversed(self._sentences[max(0, at - LOOK_BACK) : at + 1]):
            found = self._in_sentence(sentence, head, spoken, name)
            if found is not None:
                return found
        return self._last_named(head) if head.lower_ in HE else None

    def _in_sentence(self, sentence: Span, head: Token, spoken: Spoken, name: Name) -> Source | None:
        told = [one for at, one in spoken if sentence.start <= at < min(sentence.end, head.i) and _fits(one, head)]
        if told:
            return told[-1]
        for token in sentence:
            if token.i >= head.i or token.i in self._quoted:
                continue
            if token.dep_ in SUBJECTS and token.pos_ in ("PROPN", "NOUN"):
                source = name(token)
                if _fits(source, head) and _can_speak(token, source, head):
                    return source
        return None

    def _last_named(self, head: Token) -> Source | None:
        near = [(max(m for m in one.mentions if m < head.i), one) for one in self._people if one.mentions[0] < head.i]
        near = [(at, one) for at, one in near if not _other_gender(" ".join([*one.roles[:1], one.name]), head)]
        if not near:
            return None
        person = max(near, key=lambda pair: pair[0])[1]
        span = self.doc[head.i : head.i + 1]
        where = Anchor(span.start_char, span.end_char, span.text)
        return Source(person.name, next(iter(person.roles), ""), "person", where)


def _goes_on(verb: Token) -> bool:
    return verb.lemma_ in ADDING or any(kid.lower_ in ALSO for kid in verb.children if kid.dep_ == "advmod")


def _fits(source: Source, head: Token) -> bool:
    if source.name.lower() in PRONOUNS:
        return False
    if head.lower_ in HE:
        single = source.kind == "person" or (source.kind == "unnamed" and not _is_many(source.name))
        return single and not _other_gender(f"{source.role} {source.name}", head)
    if head.lower_ in IT:
        return source.kind in ("body", "agency")
    return head.lower_ in THEY


def _other_gender(words: str, head: Token) -> bool:
    """Whether a title or role says that "he" or "she" is somebody else."""
    wrong = MALE if head.lower_ in SHE else FEMALE
    return any(word.rstrip(".") in wrong for word in words.lower().split())


def _is_many(name: str) -> bool:
    low = name.lower()
    return low.endswith("s") or low.split()[-1:] == ["police"] or bool(MANY & set(low.split()))


def _can_speak(token: Token, source: Source, head: Token) -> bool:
    if source.kind in ("person", "unnamed"):
        return True
    several = token.pos_ == "NOUN" and token.lower_ != token.lemma_.lower()
    if head.lower_ in IT and (token.ent_type_ == "LOC" or several):
        return False
    document = head.lower_ in IT and token.lemma_.lower() in RECORDS
    return document or token.pos_ == "PROPN" or is_kind(token.text, "body", "carrier")

"""Copy as weighted words and sentences.

A word weighs as much as it tells of who wrote it: narrative words fully, names, numbers and quoted words little, since
every reporter of an event shares them, function words nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from claims.extraction.sentences import Word, sentence_starts
from claims.extraction.wordlists import words

TOKEN = re.compile(
    r"\s*\n\s*|[A-Za-z](?:\.[A-Za-z])+\.?|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|\w+|\.{3}|``|''|[^\w\s]"
)
MAX_TOKENS = 60_000
MAX_SENTENCES = 400
NAME_WEIGHT, QUOTED_WEIGHT = 0.35, 0.25
DOUBLE_OPENING = frozenset("“„«") | {"``"}
DOUBLE_CLOSING = frozenset("”»") | {"''"}
# Sentences of the house, not of the story: they stand under copy that has nothing to do with each other.
STOCK = re.compile(
    r"all rights reserved|copyright|may not be published|contributed to this (?:report|story)|anyone (?:with|who has) "
    r"(?:any )?(?:information|details)|crime ?stoppers|remain anonymous|sign up for|newsletter|staff writer|"
    r"follow (?:us|him|her|me|\w+) on|click here|stay (?:with|tuned)|read more|this is a developing story|"
    r"\S+@\S+\.\w{2,}|(?:updated|posted|published):",
    re.IGNORECASE,
)
STOP = words(
    """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can cannot could did do does doing down during each few for from further had has have having he her here hers
    him his how however i if in into is it its itself just me more most my no nor not now of off on once only or other
    our out over own per same she should since so some such than that the their them then there these they this those
    through to too under until up upon us very was we were what when where which while who whom whose why will with
    within without would you your mr mrs ms dr said say says saying told tell added according n't s t re ve ll d
    monday tuesday wednesday thursday friday saturday sunday today yesterday
    """
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the copy: ``key`` is what it is matched by, ``weight`` 0.0 to 1.0."""

    text: str
    start: int
    end: int
    key: str
    weight: float
    quoted: bool = False

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


@dataclass(frozen=True)
class Sentence:
    """``text[start:end]`` of the copy; ``headline`` where it stands in the headline."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    headline: bool = False

    @cached_property
    def telling(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.weight)

    @cached_property
    def weight(self) -> float:
        return sum(token.weight for token in self.tokens)


def sentences_of(text: str, headline_end: int = 0) -> list[Sentence]:
    """The sentences of a piece of copy, at most ``MAX_SENTENCES``, in order."""
    raw = list(_raw(text))
    starts = sentence_starts([word for word, _ in raw])
    found: list[list[int]] = []
    for index, start in enumerate(starts):
        if start:
            found.append([])
        if found:
            found[-1].append(index)
    quoted = _quoted([word for word, _ in raw])
    made = (_sentence(text, raw, quoted, indices, headline_end) for indices in found[:MAX_SENTENCES])
    return [sentence for sentence in made if any(token.is_word for token in sentence.tokens)]


def _raw(text: str) -> Iterator[tuple[Word, int]]:
    for number, match in enumerate(TOKEN.finditer(text)):
        if number >= MAX_TOKENS:
            return
        blank = text[match.end() : match.end() + 1]
        yield (
            Word("\n" if "\n" in match[0] else match[0], " " if blank.isspace() and blank != "\n" else ""),
            match.start(),
        )


def _quoted(raw: list[Word]) -> list[bool]:
    """For each token whether it stands in a quotation; a mark that nothing closes ends with its paragraph."""
    inside, flags = False, []
    for index, word in enumerate(raw):
        if word.text == "\n":
            inside = False
        elif word.text in DOUBLE_OPENING:
            inside = True
        elif word.text in DOUBLE_CLOSING:
            inside = _opens(raw, index) and not inside
        elif word.text == '"':
            inside = not inside
        flags.append(inside)
    return flags


def _opens(raw: list[Word], index: int) -> bool:
    """A closing mark set where an opening one belongs: before a word, behind a blank."""
    before = raw[index - 1] if index else None
    return (before is None or bool(before.after) or before.text == "\n") and not raw[index].after


def _sentence(
    text: str, raw: list[tuple[Word, int]], quoted: list[bool], indices: list[int], headline_end: int
) -> Sentence:
    kept = [index for index in indices if not raw[index][0].text.isspace()]
    first = next((index for index in kept if raw[index][0].text[0].isalnum()), -1)
    start = raw[kept[0]][1] if kept else 0
    end = raw[kept[-1]][1] + len(raw[kept[-1]][0].text) if kept else 0
    scale = 0.0 if STOCK.search(text, start, end) else 1.0
    tokens = tuple(_token(raw[index], quoted[index], index == first, scale) for index in kept)
    return Sentence(start, end, tokens, headline=start < headline_end)


def _token(word: tuple[Word, int], quoted: bool, first: bool, scale: float) -> Token:
    text, start = word[0].text, word[1]
    key = key_of(text)
    weight = 0.0 if key in STOP or not text[0].isalnum() else scale
    if weight and (text[0].isdigit() or (text[0].isupper() and not first)):
        weight = NAME_WEIGHT
    return Token(text, start, start + len(text), key, weight * QUOTED_WEIGHT if quoted else weight, quoted)


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """What a word is matched by: without case, possessive and the commonest endings."""
    low = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'").replace(",", "").rstrip(".")
    if low in STOP or len(low) < 5 or not low.isalpha():
        return low
    for ending, instead in (("ies", "y"), ("ings", ""), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("ly", "")):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return (low[: -len(ending)] + instead).removesuffix("e")
    return (low[:-1] if low.endswith("s") and not low.endswith("ss") else low).removesuffix("e")

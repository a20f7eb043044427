"""Copies of a text, made as a desk makes them from agency copy, for measuring. Seeded: the same copy in every run.

A sentence is rewritten by what a sub-editor does: the words that ``data/substitutions.tsv`` knows are put in other
words, who-said-it is moved to the other end, an opening phrase goes to the end, a passive becomes active, the halves of
a long sentence change places or become two sentences, joined things are named the other way round, adverbs and "that"
go, small numbers are spelled or unspelled. Quotations stay word for word, and no fact changes. Over the sentences of
real news about a third of the runs of three words survive, which is what is reported of rewritten agency copy (R22).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from random import Random

TABLE = Path(__file__).parent / "data" / "substitutions.tsv"
QUOTED = re.compile(r"``.*?(?:''|$)|[“\"].*?(?:[”\"]|$)")
WORD = re.compile(r"[A-Za-z]+")
SAID_LAST = re.compile(r"^(?P<what>.{20,}), (?P<who>(?:[A-Z][\w.'-]* ?|the |a |an |of |for ){1,8}) ?said\.$")
SAID_FIRST = re.compile(
    r"^(?P<who>(?:The |[A-Z][\w.'-]* ?|of |for |the ){1,8}) ?said (?:that )?(?P<what>[a-z].{20,})\.$"
)
BY_WORD_OF = re.compile(r"^According to (?P<who>[^,]{3,60}), (?P<what>.{20,})\.$")
OPENING = re.compile(
    r"^(?P<when>(?:On|In|At|After|Since|During|By|For|Despite|With|As) [^,]{3,60}), (?P<rest>.{15,})\.$"
)
PASSIVE = re.compile(r"^(?P<what>.{5,80}?) (?:was|were) (?P<done>\w+ed) by (?P<who>[^,]{3,60}?)(?P<rest>, .*|)\.$")
HALVES = re.compile(
    r"^(?P<one>.{25,}?)(?:, (?:and|but|while)|;| but| while) (?P<two>(?:the|it|they|he|she|this|its) .{20,})\.$"
)
JOINED = re.compile(r"\b([a-z]{4,}) and (?!would|will|could|have|that|then|were)([a-z]{4,})\b")
PERFECT = re.compile(r" (?:has|had|have) (?=(?!been)[a-z]+ed\b)")
OWNER = re.compile(r"\b(?:the|The) ([a-z]{4,}) of ([A-Z][a-z]+)(?= [a-z]|[.,])")
ASIDE = re.compile(r", (?:who|which|a|an) [^,.;]{8,60},(?= )")
KEPT_ADVERBS = "only roughly approximately exactly early daily nearly likely family supply July Italy fly apply"
ADVERB = re.compile(rf" (?!(?:{KEPT_ADVERBS.replace(' ', '|')})\b)[a-z]{{3,}}ly(?= )")
SMALL_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SMALL = {str(number): word for number, word in enumerate(SMALL_WORDS, 2)}
LOWERED_WORDS = """
The A An It He She They This That These Those Its Their His Her On In At After Since During By For Despite With As
We I You There Some Many Most Several All Two Three Four Five Six Seven Eight Nine Ten
"""
LOWERED = frozenset(LOWERED_WORDS.split())
SPELLED = {word: digits for digits, word in SMALL.items()}


def rewritten(sentence: str, random: Random) -> str:
    """The sentence in other words, with the same facts. A sentence that is one quotation stays as it is."""
    changed = sentence.strip()
    quoted = QUOTED.search(changed)
    if quoted is None:
        changed = _turned(changed, random)
    pieces, last = [], 0
    for match in QUOTED.finditer(changed):
        pieces += [_reworded(changed[last : match.start()], random), match[0]]
        last = match.end()
    return "".join((*pieces, _reworded(changed[last:], random)))


def _turned(sentence: str, random: Random) -> str:
    """The sentence built another way: the first ways that fit, at most two of them, in a random order."""
    ways = [_who_first, _who_last, _active, _opening_last, _halves]
    random.shuffle(ways)
    done = 0
    for way in ways:
        changed = way(sentence)
        done += changed != sentence
        sentence = changed
        if done == 2 or ". " in sentence:
            break
    return sentence


def _who_first(sentence: str) -> str:
    if match := SAID_LAST.match(sentence):
        return f"According to {match['who'].strip()}, {_low(match['what'])}."
    if match := BY_WORD_OF.match(sentence):
        return f"{_high(match['what'])}, {match['who']} said."
    return sentence


def _who_last(sentence: str) -> str:
    match = SAID_FIRST.match(sentence)
    return f"{_high(match['what'])}, {_low(match['who'].strip())} said." if match else sentence


def _active(sentence: str) -> str:
    match = PASSIVE.match(sentence)
    return f"{_high(match['who'])} {match['done']} {_low(match['what'])}{match['rest']}." if match else sentence


def _opening_last(sentence: str) -> str:
    match = OPENING.match(sentence)
    return f"{_high(match['rest'])} {_low(match['when'])}." if match else sentence


def _halves(sentence: str) -> str:
    match = HALVES.match(sentence)
    return f"{_high(match['two'])}. {match['one']}." if match else sentence


def _reworded(words: str, random: Random) -> str:
    words = ADVERB.sub("", words)
    words = words.replace(" that ", " ") if random.random() < 0.5 else words
    words = JOINED.sub(r"\2 and \1", OWNER.sub(r"\2's \1", PERFECT.sub(" ", words)))
    words = ASIDE.sub("", words) if random.random() < 0.5 else words
    for phrase, other in _phrases():
        words = words.replace(f" {phrase} ", f" {other} ", 1)
    return WORD.sub(lambda match: _instead(match[0], random), re.sub(r"(?<=[ (])(\d+)(?= [a-z])", _spelled, words))


def _spelled(match: re.Match[str]) -> str:
    return SMALL.get(match[1], match[1])


def _instead(word: str, random: Random) -> str:
    other = _table().get(word)
    if word in SPELLED:
        return SPELLED[word]
    return word if other is None or random.random() < 0.1 else other


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str], ...]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return tuple((row[0], row[1]) for row in (line.split("\t") for line in lines if not line.startswith("#")))


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    back = {other: word for word, other in _rows() if " " not in other}
    return back | {word: other for word, other in _rows() if " " not in word}


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((word, other) for word, other in _rows() if " " in word)


def _low(words: str) -> str:
    """The first letter small, where the first word is an article, a preposition or a pronoun and no name."""
    first = words.split(" ", 1)[0]
    common = first in LOWERED
    return words[:1].lower() + words[1:] if common else words


def _high(words: str) -> str:
    return words[:1].upper() + words[1:]

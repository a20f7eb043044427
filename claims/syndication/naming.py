"""Who and what a sentence names: names, places (R42), days, those whom it cites, and whether it denies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.extraction.folding import fold
from claims.extraction.gazetteer import house_name, lookup, people_of
from claims.extraction.wordlists import words
from claims.syndication.words import STOP, Token

TITLES = words(
    """
    mr mrs ms miss dr sir lord lady president prime minister premier governor mayor secretary general col colonel lt maj
    major capt captain sgt sergeant gen chief king queen prince princess pope senator rep representative ambassador
    spokesman spokeswoman spokesperson chairman ceo judge professor prof detective officer sheriff deputy inspector
    """
)
DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = words("january february march april may june july august september october november december")
CUES = words(
    """
    said says say told tells added adds claimed claims stated states announced announces reported reports confirmed
    confirms warned warns argued argues insisted insists noted notes acknowledged admitted alleged testified explained
    declared wrote tweeted estimated estimates denied denies
    """
)
SAYING = words("said says told claimed insisted insists")
AUXILIARIES = words("has have had also was were is are later then")
SOURCE_ENDS = words("that and but as while when after on in") | AUXILIARIES
SCOPE = 8
NEGATIVE_VERBS = words("denied denies deny denying denial rejected rejects refused")
NEGATIVE = words("not n't never no none nobody neither nor cannot without") | NEGATIVE_VERBS
PRONOUNS = words("he she it they we i who which that this these those one some others both")
OPPOSITES = {
    frozenset(pair.split())
    for pair in (
        "rose fell", "rise fall", "rising falling", "increased decreased", "increase decrease", "gained lost",
        "up down", "higher lower", "more fewer", "more less", "accepted rejected", "approved rejected", "won lost",
        "guilty innocent", "before after", "killed injured", "killed wounded", "dead injured", "dead wounded",
        "confirmed denied", "allowed banned", "opened closed", "arrived left", "first last", "north south", "east west",
        "alive dead", "supported opposed", "for against", "supporters opponents", "profit loss", "profits losses",
        "minimum maximum", "civilian military", "civilians soldiers", "women men", "children adults", "old new",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens ``first`` to ``last`` (inclusive). ``key`` is what it is compared by, folded."""

    kind: str
    key: str
    first: int
    last: int


def names(tokens: Sequence[Token]) -> Iterator[Named]:
    """Names, places and days. A single capital word that opens the sentence counts as a name only where the gazetteer
    knows it."""
    first_word = next((at for at, token in enumerate(tokens) if token.is_word), 0)
    at = 0
    while at < len(tokens):
        end = _run(tokens, at)
        if end == at:
            at += 1
            continue
        yield from _named(tokens, at, end, opens=at <= first_word)
        at = end


def _run(tokens: Sequence[Token], at: int) -> int:
    """The token behind the capital words that stand together from ``at`` on."""
    end = at
    while end < len(tokens) and tokens[end].text[:1].isupper() and tokens[end].text[:1].isalpha():
        if tokens[end].text.casefold() in DAYS | MONTHS and end > at:
            break
        end += 1
        if tokens[end - 1].text.casefold() in DAYS | MONTHS:
            break
    return end


def _named(tokens: Sequence[Token], at: int, end: int, *, opens: bool) -> Iterator[Named]:
    while at < end and (tokens[at].key in TITLES or tokens[at].key in STOP) and tokens[at].key not in DAYS:
        at, opens = at + 1, False
    low = tokens[at].text.casefold() if at < end else ""
    if at >= end:
        return
    if low in DAYS | MONTHS:
        yield Named("day", low, at, end - 1)
        return
    whole = " ".join(token.text for token in tokens[at:end])
    kind, key = _kind(whole)
    if kind == "name" and opens and end == at + 1 and not tokens[at].text.isupper():
        return
    yield Named(kind, key, at, end - 1)


@lru_cache(maxsize=20_000)
def _kind(whole: str) -> tuple[str, str]:
    bare = whole.removesuffix("'s").removesuffix("’s")
    code = people_of(bare)
    if code:
        return "place", f"people of {code}"
    if lookup(bare):
        return "place", fold(house_name(bare))
    return "name", fold(bare)


def alike(one: Named, other: Named) -> bool:
    """Whether two names may be one: the same, or one a part of the other ("Ihor Terekhov", "Terekhov"), or its
    initials."""
    if one.kind == "day" or other.kind == "day":
        return one.kind == other.kind and one.key == other.key
    ours, theirs = one.key.split(), other.key.split()
    if one.key == other.key or set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    short, long = sorted((ours, theirs), key=len)
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


@dataclass(frozen=True, slots=True)
class Cited:
    """Who says it: ``heads`` are the words that can name the source, without titles; ``named`` where one is a name;
    ``says`` where the verb can only mean speech ("the device announced last week" says nothing)."""

    heads: frozenset[str]
    named: bool
    says: bool
    first: int
    last: int


def sources(tokens: Sequence[Token]) -> Iterator[Cited]:
    """Those to whom the sentence ascribes something outside quotations; pronouns are left out."""
    for at, token in enumerate(tokens):
        low = token.text.casefold()
        if token.quoted:
            continue
        if low == "according" and at + 2 < len(tokens) and tokens[at + 1].text.casefold() == "to":
            yield from _cited(tokens, at + 2, _until(tokens, at + 2, 1), says=True)
        elif low in CUES:
            verb = at
            while verb and tokens[verb - 1].text.casefold() in AUXILIARIES:
                verb -= 1
            says = low in SAYING
            found = list(_cited(tokens, _until(tokens, verb - 1, -1) + 1, verb, says=says))
            yield from found or list(_cited(tokens, at + 1, _until(tokens, at + 1, 1), says=says))


def _until(tokens: Sequence[Token], at: int, step: int) -> int:
    """The nearest token, from ``at`` on, that ends the words for a source."""
    for _ in range(9):
        if not 0 <= at < len(tokens):
            break
        if not tokens[at].is_word or tokens[at].quoted or tokens[at].text.casefold() in SOURCE_ENDS | CUES:
            break
        at += step
    return at


def _cited(tokens: Sequence[Token], start: int, end: int, *, says: bool) -> Iterator[Cited]:
    part = [token for token in tokens[start:end] if token.is_word]
    if not part or any(token.text.casefold() in PRONOUNS for token in part[-1:]):
        return
    named = [token for token in part if token.text[0].isupper() and token.key not in TITLES | STOP]
    heads = named or [token for token in part[-1:] if token.key not in STOP]
    if heads:
        yield Cited(frozenset(fold(token.key) for token in heads), bool(named), says, start, end - 1)


@dataclass(frozen=True, slots=True)
class Negative:
    """The token at ``at`` denies. ``about`` are the keys of the telling words behind it, nearest first; of a verb such
    as "denied" what it denies can stand before it as well."""

    at: int
    about: tuple[str, ...]
    verb: bool

    def is_met_by(self, other: Negative) -> bool:
        """Whether the other may deny the same."""
        if self.verb or other.verb:
            return self.verb == other.verb or bool(set(self.about) & set(other.about))
        return self.about[0] in other.about[:2]


def negatives(tokens: Sequence[Token]) -> Iterator[Negative]:
    """The words that deny something that the sentence names."""
    for at, token in enumerate(tokens):
        low = token.text.casefold()
        if low in NEGATIVE or low.endswith(("n't", "n’t")):
            behind = [other.key for other in tokens[at + 1 : at + 1 + SCOPE] if _tells(other)]
            if behind:
                yield Negative(at, tuple(dict.fromkeys(behind))[:4], low in NEGATIVE_VERBS)


def _tells(token: Token) -> bool:
    return token.is_word and token.key not in STOP and token.text.casefold() not in NEGATIVE

"""Numbers in running words, digits or spelled, with what bounds them (R1): "at least two dozen" is 24, least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from claims.syndication.words import Token

ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
          "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}  # fmt: skip
COLLECTIVE = {"dozen": 12, "score": 20, "dozens": 12, "hundreds": 100, "thousands": 1000, "scores": 20, "half": 0}
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
BOUNDS = {
    ("at", "least"): "at least", ("no", "fewer", "than"): "at least", ("no", "less", "than"): "at least",
    ("not", "less", "than"): "at least", ("a", "minimum", "of"): "at least",
    ("more", "than"): "more than", ("over",): "more than", ("above",): "more than", ("upwards", "of"): "more than",
    ("up", "to"): "up to", ("at", "most"): "up to", ("no", "more", "than"): "up to", ("as", "many", "as"): "up to",
    ("a", "maximum", "of"): "up to",
    ("fewer", "than"): "fewer than", ("less", "than"): "fewer than", ("under",): "fewer than", ("below",): "fewer than",
    ("about",): "about", ("around",): "about", ("some",): "about", ("nearly",): "about", ("almost",): "about",
    ("roughly",): "about", ("approximately",): "about",
}  # fmt: skip
DASHES = frozenset({"-", "–", "‑"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens ``first`` to ``last`` (inclusive) of a sentence; ``bound`` is "" for an exact number."""

    value: Decimal
    bound: str
    first: int
    last: int
    ordinal: bool = False


def quantities(tokens: Sequence[Token]) -> Iterator[Quantity]:
    """Every number of a sentence, in order; "one" alone is a pronoun more often than a number and is left out."""
    at = 0
    while at < len(tokens):
        value, end, ordinal = _number(tokens, at)
        if value is None:
            at += 1
            continue
        alone = end == at + 1 and tokens[at].text.casefold() in ("one", "first", "second")
        if not alone:
            bound, first = _bound(tokens, at)
            yield Quantity(value, bound, first, end - 1, ordinal)
        at = end


def _number(tokens: Sequence[Token], at: int) -> tuple[Decimal | None, int, bool]:
    """The value that begins at a token and the token behind it; None where none begins."""
    word = tokens[at].text.casefold()
    if word.isalpha() and word in ORDINALS:
        return Decimal(ORDINALS[word]), at + 1, True
    value = _start(word)
    if value is None:
        return None, at, False
    end = at + 1
    while end < len(tokens):
        grown = _grown(value, tokens, end)
        if grown is None:
            break
        value, end = grown
    ordinal = word[-2:] in ("st", "nd", "rd", "th") and word[:1].isdigit()
    return value, end, ordinal


def _start(word: str) -> Decimal | None:
    if word[:1].isdigit():
        return _digits(word)
    if "-" in word:
        tens, _, ones = word.partition("-")
        if tens in TENS and ones in ONES:
            return Decimal(TENS[tens] + ONES[ones])
    number = ONES.get(word, TENS.get(word))
    if number is None and word in COLLECTIVE and word != "half":
        return Decimal(COLLECTIVE[word])
    return None if number is None else Decimal(number)


def _digits(word: str) -> Decimal | None:
    """ "1,500" and "16th"; a time ("7:30") counts as one number, 730."""
    kept = "".join(letter for letter in word.replace(",", "").replace(":", "") if letter.isdigit() or letter == ".")
    try:
        return Decimal(kept.rstrip("."))
    except InvalidOperation:
        return None


def _grown(value: Decimal, tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """The number taken on by the word at ``at``: two|dozen, forty|two, three|million, one hundred|and five."""
    word = tokens[at].text.casefold()
    if word in SCALES and (len(word) > 2 or tokens[at].start == tokens[at - 1].end):
        return value * SCALES[word], at + 1
    if word in ("dozen", "dozens", "score") and tokens[at - 1].text.casefold() not in ("dozen", "dozens"):
        return value * COLLECTIVE[word], at + 1
    behind = tokens[at - 1].text.casefold()
    if word in ONES and behind in TENS:
        return value + ONES[word], at + 1
    if word == "and" and behind in ("hundred", "thousand") and at + 1 < len(tokens):
        more, end, ordinal = _number(tokens, at + 1)
        if more is not None and not ordinal and more < (100 if behind == "hundred" else 1000):
            return value + more, end
    return None


def _bound(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What bounds the number that begins at a token, and the first token of its words."""
    for length in (3, 2, 1):
        if at >= length:
            before = tuple(token.text.casefold() for token in tokens[at - length : at])
            if before in BOUNDS:
                return BOUNDS[before], at - length
    return "", at

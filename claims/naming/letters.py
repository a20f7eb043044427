"""One word over scripts and spellings (R42): in which plain letters it can be written, and its skeleton. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Each letter in the Latin of English copy. Where languages of one script read one differently, both readings stand.
_CYRILLIC = (
    "а a б b в v г g/h ґ g д d е e ё yo є ye ж zh з z и i і i ї yi й y к k л l м m н n о o п p р r с s т t у u ў w ф f "
    "х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya ј j љ lj њ nj ћ c/ch ђ dj џ dzh ѓ gj ќ kj ѕ dz"
)
_GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch/h ψ ps ω o ά a έ e "
    "ή i ί i ό o ύ y ώ o ϊ i ϋ y ΐ i ΰ y"
)
# Marks that English copy leaves out or writes out.
_MARKED = (
    "š s/sh ž z/zh č c/ch ć c/ch ś s ź z ż z ş s/sh ș s/sh ţ t/ts ț t/ts ç c/ch ğ g/gh ü u/ue ö o/oe ä a/ae å a/aa "
    "ø o/oe æ ae œ oe ß ss ł l đ d/dj ð d þ th ı i ñ n ů u ə a"
)


def _table(words: str) -> dict[str, tuple[str, ...]]:
    cells = words.split()
    readings = (tuple(cell.replace("-", "").split("/")) for cell in cells[1::2])
    return dict(zip(cells[::2], readings, strict=True))


_LETTERS = _table(f"{_CYRILLIC} {_GREEK} {_MARKED}")
_GREEK_PAIRS = (("ου", "ou"), ("ού", "ou"), ("αυ", "av"), ("αύ", "av"), ("ευ", "ev"), ("εύ", "ev"))

# What one sound is written with in English copy, each with the spelling that stands for all; in this order.
_RULES = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"[^a-z]", ""),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"ck", "k"),
        (r"c(?=[aoulrtk])", "k"),
        (r"shch", "sch"),
        (r"tch", "ch"),
        (r"kh", "h"),
        (r"t[sz]", "c"),
        (r"off$", "ov"),
        (r"^[yji]e", "e"),
        (r"^[yj](?=[aou])", "Y"),
        (r"^i(?=[aou]\w\w)", "Y"),
        (r"(?<=[^aeiouy])[yj]o", "e"),
        (r"[yj]", "i"),
        (r"(?<=[aeiou])i(?=e)", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=a)h$", ""),
        (r"Y", "y"),
    )
)
_SOUNDS = str.maketrans({"h": "g", "c": "k", "q": "k", "w": "v", "f": "v", "z": "s"})


def romanised(word: str) -> tuple[str, ...]:
    """The word in the letters a to z, in lower case, in each reading that it has; as it stands where it is in a script
    that is not known here."""
    low = unicodedata.normalize("NFC", word.casefold())
    for pair, put in _GREEK_PAIRS:
        low = low.replace(pair, put)
    first, second = (_read(low, last) for last in (False, True))
    return (first,) if first == second else (first, second)


def _read(low: str, last: bool) -> str:
    read = "".join(_LETTERS[letter][-1 if last else 0] if letter in _LETTERS else letter for letter in low)
    plain = unicodedata.normalize("NFKD", read)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def spellings(word: str) -> frozenset[str]:
    """The spellings that stand for all the ways to write ``word``; two words are one where these meet. A word in a
    script that is not known is its own spelling."""
    return frozenset(_plain(reading) for reading in romanised(word))


def _plain(reading: str) -> str:
    if any(letter.isalpha() and not "a" <= letter <= "z" for letter in reading):
        return reading
    for pattern, put in _RULES:
        reading = pattern.sub(put, reading)
    return reading


def skeleton(word: str) -> str:
    """The consonants of the word in classes of sounds, with a dot for a vowel in front: what misheard and mistyped
    vowels leave alone. Of several readings the first in the alphabet."""
    return min(_bones(spelling) for spelling in spellings(word)) if word else ""


def _bones(spelling: str) -> str:
    sounds = re.sub(r"(?<=[^aeiouy])h", "", spelling).translate(_SOUNDS)
    front = "." if sounds[:1] in tuple("aeiouy") else ""
    return (front + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", sounds)))[:40]


def one_spelling(one: str, other: str) -> bool:
    return _digits(one) == _digits(other) and bool(spellings(one) & spellings(other))


def _digits(word: str) -> list[str]:
    """A number is no matter of spelling: a man of 17 is not the one of 53."""
    return re.findall(r"\d+", word)


def distance(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, taken out, changed or swapped with the next; ``most + 1`` where more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for there, with_letter in enumerate(other, 1):
            cost = min(before[there] + 1, row[-1] + 1, before[there - 1] + (letter != with_letter))
            if at > 1 and there > 1 and letter == other[there - 2] and one[at - 2] == with_letter:
                cost = min(cost, earlier[there - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearly(one: str, other: str) -> bool:
    """Whether two long words differ as by a slip of the pen: in one letter from six on, in two from ten on."""
    if _digits(one) != _digits(other):
        return False
    shortest = min(len(one), len(other))
    most = 2 if shortest >= 10 else 1 if shortest >= 6 else 0
    return bool(most) and any(distance(a, b, most) <= most for a in spellings(one) for b in spellings(other))

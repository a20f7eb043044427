"""Whether two names of bodies are one body's (R42): inversions, British and American spelling, states, initialisms.

Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from claims.extraction import gazetteer
from claims.extraction.wordlists import words
from claims.names import fold
from claims.naming.letters import nearly, one_spelling, skeleton
from claims.naming.types import Answer, Match, Name, no

TABLE = Path(__file__).parent / "bodies.tsv"
SMALL = frozenset({"the", "a", "an", "of", "for", "and", "in", "on", "to", "&", "s"})
# Organs whose name copy turns around: "Ministry of Works", "Works Ministry".
ORGANS = words(
    """
    ministry department office embassy parliament army navy forces force police government court council command
    headquarters service staff committee commission agency authority administration directorate prosecutor prosecutors
    presidency secretariat intelligence guard officials official military cabinet municipality
    """
)
SHORT = re.compile(r"^[A-Z][A-Za-z]?[A-Z][A-Z0-9a-z]{0,6}$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_POINTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_ENDINGS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"isation", "ization"),
        (r"ise(?=d?$)", "ize"),
        (r"^defence", "defense"),
        (r"^labour", "labor"),
        (r"(?<=[a-z]{3})our$", "or"),
        (r"^centre", "center"),
        (r"^theatre", "theater"),
        (r"programme", "program"),
        (r"^cooperation$|^cooperation", "cooperation"),
        (r"^(?:defenses)$", "defense"),
    )
)


def words_of(name: str) -> tuple[str, ...]:
    """The telling words of a name: states by their code ("=UA"), American spelling, no case, points or possessives."""
    pointed = _POINTED.sub(lambda found: found[0].replace(".", ""), name).replace("-operation", "operation")
    pointed = re.sub(r"['’]s?(?=\s|$)", "", pointed)
    tokens = _WORD.findall(pointed)
    found: list[str] = []
    at = 0
    while at < len(tokens):
        size, code = _state_at(tokens, at)
        found.append(f"={code}" if code else _spelled(tokens[at]))
        at += size
    return tuple(word for word in found if word not in SMALL)


def _state_at(tokens: list[str], at: int) -> tuple[int, str]:
    """How many tokens name a state or its people here, and its code; 1 and "" where none do."""
    for size in (3, 2, 1):
        name = " ".join(tokens[at : at + size])
        if len(tokens) - at < size or not name[:1].isupper():
            continue
        lands = [place for place in gazetteer.lookup(name) if place.kind == "country" and place.country]
        if lands and (size > 1 or name not in ("Georgia", "Jordan")):
            return size, lands[0].country
        if size == 1 and (code := gazetteer.people_of(name)):
            return 1, code
    return 1, ""


@lru_cache(maxsize=20_000)
def _spelled(token: str) -> str:
    word = fold(token).replace("'", "")
    for pattern, put in _ENDINGS:
        word = pattern.sub(put, word)
    return word


def is_short(name: str) -> bool:
    """Whether a name may be an initialism: "WHO", "W.H.O.", "MoD"."""
    return bool(SHORT.match(name.replace(".", "").strip()))


def initials_of(name: str) -> frozenset[str]:
    """The initialisms that a longer name may have, in small letters: with its small words and without them."""
    tokens = [token for token in _WORD.findall(name.replace("-", " ")) if fold(token) != "s"]
    if len(tokens) < 2:
        return frozenset()
    own = tokens[1:] if fold(tokens[0]) in ("the", "a", "an") else tokens
    telling = [token for token in own if fold(token) not in SMALL]
    made = ("".join(fold(token)[:1] for token in some) for some in (own, telling) if len(some) > 1)
    return frozenset(letters for letters in made if letters.isascii() and letters.isalpha())


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, frozenset[int]], dict[frozenset[str], int], dict[int, tuple[str, str]]]:
    """(line by initialism, line by the words of a name, initialism and name by line)."""
    short: dict[str, set[int]] = {}
    long: dict[frozenset[str], int] = {}
    said: dict[int, tuple[str, str]] = {}
    rows = (row for row in TABLE.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#"))
    for line, row in enumerate(rows):
        letters, name, *others = row.split("\t")
        said[line] = (letters, name)
        short.setdefault(letters.casefold(), set()).add(line)
        for each in (name, *(others[0].split("|") if others else ())):
            long.setdefault(frozenset(words_of(each)), line)
    return {letters: frozenset(lines) for letters, lines in short.items()}, long, said


def known(name: str) -> int | None:
    """The line of the table of bodies that a name means, by its initialism or in full; None for others."""
    short, long, _ = _known()
    letters = name.replace(".", "").strip()
    if is_short(letters) or letters.isupper():
        return next(iter(short.get(letters.casefold(), ())), None)
    return long.get(frozenset(words_of(name)))


def full_name(line: int) -> str:
    return _known()[2][line][1]


def compare_bodies(one: Name, other: Name, *, together: bool) -> Match:
    """Whether two names are one body's; ``together`` says that both stand in one article or event."""
    if fold(one.name) == fold(other.name):
        return Match(Answer.SAME, 1.0, ("the same name",))
    ours, theirs = words_of(one.name), words_of(other.name)
    if not ours or not theirs:
        return no("other names")
    return (
        _initialism(one, other)
        or _initialism(other, one)
        or _known_both(one, other)
        or _same_words(ours, theirs)
        or _state_left_out(one, other, together=together)
        or _near_words(ours, theirs)
        or no("other names")
    )


def _initialism(short: Name, long: Name) -> Match | None:
    letters = short.name.replace(".", "").strip()
    if not is_short(letters) or is_short(long.name):
        return None
    if letters.casefold() in {fold(each.replace(".", "")) for each in long.introduced}:
        return Match(Answer.SAME, 0.95, (f"copy writes “{long.name} ({letters})”",))
    line = known(letters)
    if line is not None and known(long.name) == line:
        return Match(Answer.SAME, 0.93, (f"{letters} is {full_name(line)}",))
    if fold(letters) not in initials_of(long.name):
        return None
    score = 0.7 if len(letters) > 2 and line is None else 0.5
    return Match(Answer.MAYBE, score, (f"{letters} are the initials of {long.name}: another body may have them",))


def _known_both(one: Name, other: Name) -> Match | None:
    line = known(one.name)
    if line is None or known(other.name) != line:
        return None
    return Match(Answer.SAME, 0.93, (f"both mean {full_name(line)}",))


def _same_words(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Match | None:
    if ours == theirs:
        return Match(Answer.SAME, 0.95, ("the same words, spelled in another way",))
    if sorted(ours) != sorted(theirs):
        return None
    if ORGANS & set(ours):
        return Match(Answer.SAME, 0.92, ("the same words in another order",))
    return Match(Answer.MAYBE, 0.55, ("the same words in another order: it may be another body",))


def _state_left_out(one: Name, other: Name, *, together: bool) -> Match | None:
    """ "The Defence Ministry" beside "Ukraine's Ministry of Defence": which one is meant says the state that it speaks
    for, or the article."""
    short, long = sorted((one, other), key=lambda name: len(words_of(name.name)))
    less, more = words_of(short.name), words_of(long.name)
    state = [word for word in more if word.startswith("=")]
    if len(state) != 1 or sorted((*less, *state)) != sorted(more) or not ORGANS & set(less):
        return None
    country = gazetteer.country_name(state[0][1:])
    if short.state == state[0][1:]:
        return Match(Answer.MAYBE, 0.75, (f"the same words; “{short.name}” speaks for {country} where it is named",))
    if short.state or not together:
        return None
    return Match(Answer.MAYBE, 0.6, (f"the same words in one article or event; only one names {country}",))


def _near_words(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Match | None:
    """One word spelled in another way, the others the same."""
    left, right = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    if len(left) != 1 or len(right) != 1 or len(ours) != len(theirs) or "=" in left[0] + right[0]:
        return None
    pair = "“{}” and “{}”".format(*sorted((left[0], right[0])))
    if left[0].rstrip("s") == right[0].rstrip("s"):
        return Match(Answer.MAYBE, 0.7, (f"{pair} differ in number",))
    if one_spelling(left[0], right[0]):
        return Match(Answer.SAME if len(ours) > 1 else Answer.MAYBE, 0.85, (f"{pair} are spellings of one word",))
    if nearly(left[0], right[0]) and len(ours) > 1:
        return Match(Answer.MAYBE, 0.6, (f"{pair} differ as by a slip",))
    return None


def word_skeletons(words: tuple[str, ...]) -> str:
    """The words by which a body is found, in one order."""
    return " ".join(sorted(word if "=" in word else skeleton(word.rstrip("s")) for word in words))

"""Which counts of one piece of copy are parts of another count in it (R4, R15). Pure.

Copy tells the toll first and then who they were: "five were hurt … two of them are in a critical condition … three men
were taken to hospital". The lower counts are parts of the toll where their words say so, whoever is named for them. A
lower count that is told like a toll of its own stays one, so that copy which contradicts itself is seen (R15).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Telling:
    """One count in one piece of copy: ``before`` and ``after`` are what its statement says around its ``words``;
    ``statement`` names that statement. ``high`` is None without an upper end."""

    key: str
    copy: str
    statement: str
    low: Decimal
    high: Decimal | None
    words: str
    as_of: datetime
    before: str = ""
    after: str = ""


_OF_THEM = re.compile(r"\s+of\s+(?:the|these|those|them|whom|which|his|her|their|its|\w+ \w+)\b", re.IGNORECASE)
_BESIDE_OTHERS = re.compile(r"\b(?:(?:along|together) with|as well as|in addition to)(?: the)?\s*$", re.IGNORECASE)
_THE_OTHERS = re.compile(r"\bthe\s*$", re.IGNORECASE)
_KNOWN = re.compile(r"\b(?:the|these|those|both|all|his|her|their|its|more|additional|of the \w+,)\s*$", re.IGNORECASE)
_KNOWN_WORDS = re.compile(r"^(?:the|these|those|both|his|her|their)\b|\b(?:more|additional)\b", re.IGNORECASE)
_HOW_THEY_ARE = re.compile(
    r"\bconditions?\b|\bhospitals?\b|\bhospitali[sz]ed\b|\bsurger\w+|\btreat(?:ed|ment)\b|\breleased\b|\bdischarged\b"
    r"|\blife[- ]threatening\b|\b(?:transported|airlifted|rushed|flown|driven|taken)\b|\bambulances?\b|\bsurviv\w+"
    r"|\bexpected to\b|\brecover\w*|\bstable\b|\bcritical\w*|\bserious(?:ly)?\b|\bat the scene\b|\bon the spot\b"
    r"|\bpronounced\b|\bsuffering\b",
    re.IGNORECASE,
)
_WHO_THEY_ARE = re.compile(
    r"\bage[ds]?\b|\b\d+[- ](?:year|month)s?[- ]olds?\b|\b(?:in (?:his|her|their)|aged?) \w+|\bidentified\b|\bnamed\b"
    r"|\b(?:first|second|third|fourth|fifth|last|final|another|others?) (?:one |man |woman |person |victim )?"
    r"(?:was|were|died|is|are|had|in|at)\b",
    re.IGNORECASE,
)
_WHERE_THEY_WERE = re.compile(
    r"\b(?:arriv\w+|found|finding|find|discover\w+|locat\w+|inside|outside)\b|\bin the (?:street|house|car|vehicle)\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:m[ae]n|wom[ae]n|males?|females?|boys?|girls?|sons?|daughters?|brothers?|sisters?|teen\w*|youths?|officers?"
    r"|soldiers?|passengers?|pedestrians?|students?|kids?|child(?:ren)?|bystanders?|neighbou?rs?|workers?|guards?)\b",
    re.IGNORECASE,
)


def parts_among(tellings: Iterable[Telling], window: timedelta) -> frozenset[str]:
    """The keys of those that count a part: of a whole that their own copy tells, or of one that other copy tells with
    the very same part, no more than ``window`` before. Their order does not matter."""
    copies: dict[str, list[Telling]] = {}
    for each in sorted(tellings, key=lambda each: each.key):
        copies.setdefault(each.copy, []).append(each)
    found = {key for told in copies.values() for key in _parts_of(told)}
    since: dict[tuple[Decimal, Decimal | None], dict[str, datetime]] = {}
    for copy, told in copies.items():
        for each in told:
            if each.key in found:
                first = since.setdefault((each.low, each.high), {})
                first[copy] = min(each.as_of, first.get(copy, each.as_of))
    for copy, told in copies.items():
        tolls = {(each.low, each.high) for each in told}
        elsewhere = since.get(next(iter(tolls)), {}) if len(tolls) == 1 else {}
        if any(name != copy and timedelta(0) <= told[0].as_of - at <= window for name, at in elsewhere.items()):
            found.update(each.key for each in told)
    return frozenset(found)


def _parts_of(told: Sequence[Telling]) -> frozenset[str]:
    top = max(told, key=lambda each: (each.low, each.key))
    beside = Counter(each.statement for each in told if each.statement)
    return frozenset(
        each.key
        for each in told
        if _some_of_them(each) or (_below(each, top) and (beside[each.statement] > 1 or _reads_as_part(each, top)))
    )


def _some_of_them(one: Telling) -> bool:
    """Whether the words alone say that others are counted beside them, whatever else the copy tells."""
    if _OF_THEM.match(one.after) or _BESIDE_OTHERS.search(one.before):
        return True
    others = re.search(r"\bothers?\b", one.words, re.IGNORECASE)
    return bool(others and (_THE_OTHERS.search(one.before) or re.match(r"the\b", one.words, re.IGNORECASE)))


def _below(one: Telling, other: Telling) -> bool:
    return one.high is not None and one.high < other.low


def _reads_as_part(one: Telling, whole: Telling) -> bool:
    """Whether the words of a lower count tell of some of those whom the copy counted."""
    if one.low == 1 == one.high or _KNOWN.search(one.before) or _KNOWN_WORDS.search(one.words):
        return True
    around = f"{one.before} {one.after}"
    if _HOW_THEY_ARE.search(around) or _WHO_THEY_ARE.search(around) or _WHERE_THEY_WERE.search(around):
        return True
    return bool(_KIND.search(one.words) and not _KIND.search(whole.words))

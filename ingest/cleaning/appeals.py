"""Appeals for money inside copy: which sentences ask the reader to pay, and which stand between two that do."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.cleaning.names import house_pattern

_QUOTED = re.compile(r"[“\"][^”\"“]{0,2000}[”\"]|[“\"].*$")
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]{2,40}:\s|[-–—>]\s")
_SAID = re.compile(r"\b(?:said|says|told|according to|added|wrote|urged|asked|tweeted|announced|pledged)\b")
_TOLD = re.compile(r"\b(?:had|was|were|did|began|launched|set up)\b")
_ASK = re.compile(
    r"\byour (?:support|donations?|contributions?|gifts?|subscription|membership|generosity)\b"
    r"|\bsupport (?:us|our|independent|quality|local)\b|\bdonate\b|\bcontribute\b|\bsubscribe\b|\bchip in\b"
    r"|\b(?:become|becoming) a (?:member|supporter|subscriber|patron)\b|\breader[- ](?:funded|supported)\b"
    r"|\b(?:make|making|consider) a (?:one-off |small |monthly )?(?:gift|donation|contribution)\b"
    r"|\bas little as [$£€]\s?\d|\bhelp (?:us|fund|keep)\b|\bsupporting us\b|\bfund (?:our|quality|independent)\b",
    re.I,
)
_YOURS = re.compile(r"\byour (?:support|donations?|contributions?|gifts?|subscription|membership|generosity)\b", re.I)
_CALL = re.compile(r"\s*(?:please\s+)?(?:support|donate|subscribe|contribute|help|become|consider|make|chip)\b", re.I)
_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.I)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_TRADE = re.compile(
    r"\b(?:journalis\w+|newsroom|news|reporting|reporters?|stor(?:y|ies)|paywalls?|editorial\w*|coverage|readers?|investigat\w+"
    r"|documentar\w+|fact[- ]check\w*|independent|headlines|articles?|subscribers?|messaging|press freedom)\b",
    re.I,
)
_HOUSE = re.compile(rf"(?<!\w)(?:{house_pattern()})(?!\w)")
_BREAK = re.compile(
    r"(?<=[.!?])\s+(?=[A-Z“\"‘])|(?<=[a-z0-9)][.!?])(?=[A-Z“\"‘][a-z ’'])|(?<=[.!?][”\"])\s*(?=[A-Z“\"‘])"
)
MAX_GAP = 6
MAX_LENGTH = 2000


def sentences(paragraph: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences, also where a full stop is followed by a capital without a space."""
    cuts = [(0, 0), *((match.start(), match.end()) for match in _BREAK.finditer(paragraph))]
    ends = [start for start, _ in cuts[1:]] + [len(paragraph)]
    return [(begin, end) for (_, begin), end in zip(cuts, ends, strict=True) if end > begin]


def asks(sentence: str) -> bool:
    """Whether a sentence, outside quotation marks and not as somebody's words, asks the reader for support."""
    if len(sentence) > MAX_LENGTH:
        return False
    plain = _QUOTED.sub(" ", sentence)
    if _SPEAKER.match(sentence) or _SAID.search(plain) or not _ASK.search(plain):
        return False
    if _YOURS.search(plain):
        return True
    if _TOLD.search(plain):
        return False
    about = (
        bool(_CALL.match(plain))
        + bool(_WE.search(_ASK.sub(" ", plain)))
        + bool(_TRADE.search(plain))
        + bool(_YOU.search(plain))
    )
    return about >= 2


def sounds_like_house(text: str) -> bool:
    """Whether text, outside quotation marks, is an outlet that speaks of itself and its trade."""
    if len(text) > MAX_LENGTH:
        return False
    plain = _QUOTED.sub(" ", text)
    speaks = bool(_WE.search(plain)) or bool(_HOUSE.search(plain))
    return speaks + bool(_TRADE.search(plain)) + bool(_YOU.search(plain)) >= 2


def appeal_runs(paragraphs: list[str]) -> set[int]:
    """The numbers of paragraphs in an appeal: those that ask, and the outlet's praise of itself between two of them."""
    strong = [i for i, text in enumerate(paragraphs) if any(asks(text[a:b]) for a, b in sentences(text))]
    between: set[int] = set()
    for first, last in pairwise(strong):
        gap = range(first + 1, last)
        if len(gap) <= MAX_GAP and all(sounds_like_house(paragraphs[i]) for i in gap):
            between.update(gap)
    return between | set(strong)


def split_appeal(paragraph: str) -> tuple[str, str, str]:
    """(appeal before, copy, appeal behind) of a paragraph that asks; the copy is cut out exactly and may be ""."""
    spans = sentences(paragraph)
    part_of = [asks(paragraph[a:b]) for a, b in spans]
    house = [sounds_like_house(paragraph[a:b]) for a, b in spans]
    first, last = 0, len(spans)
    while first < last and (part_of[first] or (house[first] and any(part_of[first:]))):
        first += 1
    while last > first and (part_of[last - 1] or (house[last - 1] and any(part_of[first:last]))):
        last -= 1
    if first == last:
        return paragraph, "", ""
    start, end = spans[first][0], spans[last - 1][1]
    return paragraph[:start].strip(), paragraph[start:end].strip(), paragraph[end:].strip()

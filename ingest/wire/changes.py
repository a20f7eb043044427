"""What a version does to the ones before it, read off the codes of markup and the words of notes to editors."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TO_EDITORS = (
    r"\W*+(?>(?:attention|attn|note to|to all)?\s*(?:eds?|editors?|clients?|subscribers|media|desks?)\b(?:['’]s?)?"
    r"(?:\s+note)?\W*|please\s+|(?:urgent|mandatory|bulletin|story|news|advisory)\W+|this (?:version |story )?)*+"
)
_STORY = r"\b(?:story|article|report|item|copy|version|dispatch|headline|snap)\b"
_BEEN = r"\b(?:is|was|are|were|has been|have been)(?: hereby)?"
# Words of other languages are those that agencies print there.
_WORDINGS = (
    (
        "recall",
        rf"{_TO_EDITORS}(?:recall(?:s|ed)?\b|withdraw(?:s|n|al)?\b|retract(?:s|ed|ion)?\b|withh[eo]ld\b"
        r"|do not (?:use|publish)\b|zurückgezogen\b|retiré|sperrung\b)"
        rf"|.{{0,200}}?{_STORY}.{{0,80}}?{_BEEN} (?:withdrawn|retracted|recalled)\b",
    ),
    (
        "kill",
        rf"{_TO_EDITORS}(?:kill(?:s|ed)?\b(?! (?:in|at least|by)\b)|cancel(?:s|led|ed|lation)?\b|annul|anulaci[oó]n\b"
        rf"|eliminat(?:e|es|ion)\b)|.{{0,200}}?{_STORY}.{{0,80}}?{_BEEN} (?:killed|cancell?ed)\b",
    ),
    (
        "correction",
        rf"{_TO_EDITORS}(?:correct(?:s|ed|ing|ion|ions|ive)?\b|corr\b|refil(?:e|es|ed|ing)\b|fix(?:es|ed)\b|erratum\b"
        r"|clarifi(?:es|ed|cation)\b|berichtig\w*|korrektur\w*|korrigiert\w*|korr\b|correctif\b|rectificatif\b|corrige\w*"
        r"|correcci[oó]n\b|rettelse\b|rättelse\b)|.{0,200}?\b(?:been|was|is) corrected\b",
    ),
    (
        "update",
        rf"{_TO_EDITORS}(?:updat(?:e|es|ed|ing)\b|add(?:s|ing)\b|recast(?:s|ing)?\b|write-?thru?\b|new throughout\b"
        r"|\d{1,2}(?:st|nd|rd|th)\s?-?(?:ld|lead|lede|add|sub|insert|take)\b|aktualisier\w*|actualis\w*)",
    ),
)
_CHANGES = tuple((change, re.compile(wording, re.IGNORECASE | re.DOTALL)) for change, wording in _WORDINGS)
_CODES = {
    "kill": ("kill", "killed", "cancel", "canceled", "cancelled", "cancellation", "delete", "deleted", "annulation"),
    "recall": ("withhold", "withheld", "withdraw", "withdrawn", "withdrawal", "recall", "retract", "retraction"),
    "correction": ("correct", "corrected", "correction", "corrective", "rectify", "rectification", "corr", "refile"),
    "update": ("update", "updated", "updatemetadata", "writethru", "replace"),
}
_BY_CODE = {code: change for change, codes in _CODES.items() for code in codes}
_REACH = 400


def change_in(notes: Iterable[str]) -> str:
    """``recall``, ``kill``, ``correction`` or ``update``, the gravest at the head of these notes; "" for none."""
    heads = [note[:_REACH] for note in notes if note]
    return next((change for change, wording in _CHANGES if any(map(wording.match, heads))), "")


def change_of(codes: Iterable[str]) -> str:
    """The gravest change that codes such as ``sig:correction`` or ``stat:canceled`` name; "" for none."""
    named = {_BY_CODE.get(re.sub(r"[\W_]", "", name_of_code(code)), "") for code in codes}
    return next((change for change in _CODES if change in named), "")


def name_of_code(code: str) -> str:
    """The code without its scheme, in lower case: "sig:Update" and "http://…/signal/update" are "update"."""
    return re.split(r"[:/#]", code.strip())[-1].lower()

"""What every text format ends in: cleaned copy becomes a WireItem, or a sentence that says why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ingest.cleaning import Cleaned, Hints, clean
from ingest.cleaning.language import name_of
from ingest.wire.charset import Decoded
from ingest.wire.types import Dateline, Limits, WireError, WireItem

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_CHANGES = {"killed": "kill", "corrected": "correction"}
MIN_WORDS = 4
MIN_UNSPACED = 8


def build(format_: str, decoded: Decoded, lines: Sequence[str], limits: Limits, hints: Hints | None = None) -> WireItem:
    """The item that these paragraphs make; a notice that kills a story may leave no copy at all.

    Raises WireError where no sentence of copy is left, or too many words."""
    words = count_words("\n".join(lines), limits)
    cleaned = clean(lines, hints)
    if not any(map(_says_something, (cleaned.headline, *cleaned.body))):
        if cleaned.status != "killed":
            raise WireError(_nothing(cleaned, words))
        cleaned = _without_copy(cleaned)
    return _item(format_, decoded, cleaned)


def count_words(text: str, limits: Limits) -> int:
    """How many words a text holds. Raises WireError for more than the limit."""
    words = sum(1 for _ in _WORD.finditer(text))
    if words > limits.max_words:
        raise WireError(f"The copy holds {words:,} words; this desk reads up to {limits.max_words:,} in one file.")
    return words


def _says_something(line: str) -> bool:
    letters = sum(any(map(str.isalpha, word)) for word in _WORD.findall(line))
    return letters >= MIN_WORDS or len(_UNSPACED.findall(line)) >= MIN_UNSPACED


def _nothing(cleaned: Cleaned, words: int) -> str:
    if cleaned.furniture and not cleaned.text:
        kind = cleaned.furniture[0][0]
        return f"The file holds no sentence of copy: all that stands in it ({words} words) is {kind} and the like."
    return f"The file holds no sentence of copy: it has only {words} word{'s' * (words != 1)}."


def _without_copy(cleaned: Cleaned) -> Cleaned:
    """A bare notice: the few words around it are kept as furniture, not as copy."""
    rest = tuple(("note", line) for line in (cleaned.headline, *cleaned.body) if line)
    return replace(cleaned, text="", headline_end=0, body=(), furniture=(*cleaned.furniture, *rest))


def _item(format_: str, decoded: Decoded, cleaned: Cleaned) -> WireItem:
    return WireItem(
        format=format_,
        text=cleaned.text,
        headline=cleaned.headline,
        headline_end=cleaned.headline_end,
        bylines=cleaned.bylines,
        dateline=_dateline(cleaned),
        credits=cleaned.credits,
        outlet=cleaned.outlet,
        published=cleaned.published,
        language=cleaned.language,
        version_created=cleaned.updated,
        status=cleaned.status,
        change=_CHANGES.get(cleaned.status, ""),
        embargo=cleaned.embargo,
        ed_note=cleaned.ed_note,
        furniture=cleaned.furniture,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *_warnings(cleaned)),
    )


def _dateline(cleaned: Cleaned) -> Dateline:
    filed = cleaned.filed
    if not filed:
        return Dateline()
    near: datetime | None = cleaned.published or cleaned.updated
    return Dateline(filed.place, filed.resolved(near.date() if near else None), filed.region, filed.month_day)


def _warnings(cleaned: Cleaned) -> list[str]:
    found = []
    if cleaned.zone_assumed:
        found.append("The time of publication names no time zone; it was read as UTC.")
    if cleaned.language not in ("en", ""):
        found.append(f"The copy reads as {name_of(cleaned.language)}; claims are found in English copy only.")
    return found

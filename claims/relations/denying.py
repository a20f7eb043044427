"""What a statement denies (R16), by the words it is denied in; what only withholds ("cannot confirm") denies nothing.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.cues import cue_verbs
from claims.grouping.scenes import LOOKING_BACK
from claims.relations.tables import words
from claims.relations.types import Span, Statement

_NOT = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither|nor)\b|n['’]t\b")
NEAR = 30  # characters from "nobody" to what befell nobody
_SUFFERED = re.compile(r"\b(?:was|were|been|being|be|is|are|got)(?: \w+ly)? $")
_NO_SUCH = frozenset({"no", "none", "nobody", "nothing", "neither", "nor"})
_NOBODY = re.compile(r"\b(?:no|none|nobody|zero|not|never|neither|any|anyone|anybody)\b|n['’]t\b")


class About(StrEnum):
    """What kind of thing is denied."""

    AIM = "targeting civilians"
    PART = "responsibility"
    MOTIVE = "the reason given"
    CELL = "a figure"
    WORDS = "what was said"


@dataclass(frozen=True, slots=True)
class Denied:
    """One thing that a statement denies, and the words that say so; ``measure`` of a count."""

    about: About
    span: Span
    measure: str = ""


def denied_in(statement: Statement) -> tuple[Denied, ...]:
    """What a statement denies; nothing where it asserts, withholds, or denies a negative."""
    low, table = statement.text.lower(), words()
    by_cue = _by_cue(statement.cue)
    if not statement.denied or table.withheld.search(low) or (by_cue and _NOT.search(low)):
        return ()
    return tuple(_denied(statement.key, low, by_cue=by_cue))


def _denied(key: str, text: str, *, by_cue: bool) -> Iterator[Denied]:
    """``text`` is all of it, in small letters: a reason is what something looks back to."""
    table = words()
    low = said_now(text)
    if hit := table.motive.search(text):
        yield Denied(About.MOTIVE, Span(key, *hit.span()))
        return
    start = _scope(low, by_cue=by_cue)
    aim = table.aiming.search(low, start)
    civil = table.civil.search(low, aim.end()) if aim else None
    if aim and civil:
        yield Denied(About.AIM, Span(key, aim.start(), civil.end()))
    part = table.involvement.search(low)
    act = part or table.act.search(low, start) or _active(table.verbs.finditer(low, start), low)
    if act and (part or not civil or (aim and table.specific.search(low, aim.end()))):
        yield Denied(About.PART, Span(key, *act.span()))
    for measure, pattern in table.cells.items():
        hit = pattern.search(low)
        aimed = civil is not None and measure in ("buildings_damaged", "killed", "injured")
        if hit and not part and not aimed and (by_cue or _NOBODY.search(low, max(0, hit.start() - NEAR), hit.start())):
            yield Denied(About.CELL, Span(key, *hit.span()), measure)
    yield Denied(About.WORDS, Span(key, 0, len(low)))


def _scope(low: str, *, by_cue: bool) -> int:
    """Where what is denied begins: behind "not"; anywhere, where the cue denies or there is "no" such thing."""
    hit = None if by_cue else _NOT.search(low)
    return hit.start() if hit and hit[0] not in _NO_SUCH else 0


def _active(acts: Iterable[re.Match[str]], low: str) -> re.Match[str] | None:
    """The first act that is done, and not suffered ("nobody was killed" says of nobody that he did nothing)."""
    return next((hit for hit in acts if not _SUFFERED.search(low[: hit.start()])), None)


def _by_cue(cue: str) -> bool:
    verb = cue_verbs().get(cue)
    return verb is not None and verb.denies


def said_now(text: str) -> str:
    """The words up to where they look back to another happening ("… was no answer to that of Sunday")."""
    back = LOOKING_BACK.search(text)
    return text[: back.start()] if back else text

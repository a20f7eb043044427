"""Who wrote this copy (R21, R26), told by what stands beside the text: links, credits, bylines, and whom it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from claims.extraction.folding import fold

SOON = timedelta(minutes=1)
CITE = re.compile(
    r"\b(?:citing|cited by|according to|quoting|reported by|told|(?:as )?first reported by|a report (?:by|in|from))\W+"
    r"(?:the\W+)?$"
)
CITED_BEHIND = re.compile(
    r"^(?:'s|’s)?\W+(?:news agency\W+|agency\W+)?(?:reported|reports|report|said|wrote|quoted|cited)\b"
)


class Direction(StrEnum):
    """Which of the two is the copy. ``COMMON``: both carry the copy of a third; none where it cannot be known."""

    A_FROM_B = "a_from_b"
    B_FROM_A = "b_from_a"
    COMMON = "common"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """One piece of copy with what came beside it.

    ``outlet`` lists every name that the outlet goes by, its own first; ``agencies`` those that the copy credits;
    ``created`` is when this text was published, None where that is not known.
    """

    text: str
    headline_end: int = 0
    outlet: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    wire_id: str = ""
    derived_from: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason, in words for a person. ``side`` is the copy ("a" or "b") that came from the other, "" where both
    stand alike."""

    kind: str
    words: str
    side: str = ""


def evidence(a: Copy, b: Copy) -> list[Evidence]:
    """All that speaks for one origin of the two, beside their text, the strongest first."""
    found = [*_links(a, b, "a"), *_links(b, a, "b")]
    found += [*_credits(a, b, "a"), *_credits(b, a, "b"), *_common(a, b)]
    found += [*_cited(a, b, "a"), *_cited(b, a, "b")]
    return found


def _links(one: Copy, other: Copy, side: str) -> Iterator[Evidence]:
    if one.derived_from and one.derived_from == other.wire_id:
        yield Evidence("link", f"It names {other.wire_id} as what it was derived from.", side)


def _credits(one: Copy, other: Copy, side: str) -> Iterator[Evidence]:
    """One credits the outlet of the other."""
    if not other.outlet or _same_outlet(one, other):
        return
    meant = {fold(name) for name in other.outlet}
    credited = next((name for name in one.agencies if fold(name) in meant), None)
    credited = credited or next((name for name in other.outlet if _stands_in(name, one.furniture)), None)
    by = next((line for line in one.bylines if any(_stands_in(name, (line,)) for name in other.outlet)), None)
    if credited:
        yield Evidence("credit", f"It credits {credited}.", side)
    elif by:
        yield Evidence("credit", f"Its byline is “{by}”.", side)


def _common(a: Copy, b: Copy) -> Iterator[Evidence]:
    ours = {fold(name): name for name in a.agencies}
    both = [ours[fold(name)] for name in b.agencies if fold(name) in ours]
    if both:
        yield Evidence("credit", f"Both credit {both[0]}.")
    wrote = {fold(name) for name in a.bylines}
    same = [name for name in b.bylines if fold(name) in wrote]
    if same:
        yield Evidence("byline", f"Both carry the byline {same[0]}.")
    if a.derived_from and a.derived_from == b.derived_from:
        yield Evidence("link", f"Both name {a.derived_from} as what they were derived from.")


def _cited(one: Copy, other: Copy, side: str) -> Iterator[Evidence]:
    """ "…, the Courier reported": the Courier is the origin (R26)."""
    if _same_outlet(one, other):
        return
    for name in other.outlet:
        for match in re.finditer(rf"\b{re.escape(name)}\b", one.text) if len(name) > 1 else ():
            before = one.text[max(0, match.start() - 40) : match.start()]
            behind = one.text[match.end() : match.end() + 40]
            if CITE.search(before) or CITED_BEHIND.match(behind):
                yield Evidence("cited", f"It cites {name}.", side)
                return


def _stands_in(name: str, pieces: tuple[str, ...]) -> bool:
    wanted = fold(name)
    return len(wanted) > 1 and any(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", fold(piece)) for piece in pieces)


def _same_outlet(one: Copy, other: Copy) -> bool:
    return bool(one.outlet and other.outlet and fold(one.outlet[0]) == fold(other.outlet[0]))


def direction(a: Copy, b: Copy, found: list[Evidence]) -> tuple[Direction, str]:
    """Which is the copy, and why in words: by what the copies say; where both carry a third's copy, neither; else by
    their times."""
    for one in found:
        if one.side:
            return (Direction.A_FROM_B if one.side == "a" else Direction.B_FROM_A), one.words
    third = next((one for one in found if one.kind in ("credit", "link")), None)
    if third is not None:
        return Direction.COMMON, third.words
    if a.created and b.created and abs(a.created - b.created) >= SOON:
        later_is_a = a.created > b.created
        apart = _apart(abs(a.created - b.created))
        return (Direction.A_FROM_B if later_is_a else Direction.B_FROM_A), f"The other was published {apart} earlier."
    return Direction.UNKNOWN, ""


def _apart(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    for length, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= length:
            number = minutes // length
            return f"{number} {word}{'s' if number > 1 else ''}"
    return "a moment"

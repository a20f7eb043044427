"""What a verdict leaned on in its events when it was ruled, kept in short, and what of it moved since (R19). Pure.

A ground is plain data: {"producer", "rating", "rules", "events": [{"event", "title", "stands": [{"what", "low", "high",
"best", "interests", "sources"}], "for": [claims], "against": {claim: rule}, "newer": {claim: rule}, "conceded":
[claims]}]}; numbers are strings, "low" null where the claim counts nothing, "high" null where there is no upper end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from claims.figures import Interval, describe
from claims.workflow import Rating

Ground = Mapping[str, Any]
TWO = 2  # independent sources corroborate (R32)


class Moved(StrEnum):
    """What can move under a verdict without a word of its own copy changing."""

    CONFLICT = "conflict"
    DENIAL = "denial"
    RIVAL = "rival"
    NEWER = "newer"
    SETTLED = "settled"
    SUPPORT = "support"
    CONCESSION = "concession"
    RANGE = "range"
    BEST = "best value"
    INDEPENDENCE = "independence"
    UNLINKED = "unlinked"


BY_RULE = {"R16": Moved.DENIAL, "R17": Moved.RIVAL}
SAID = {
    Moved.CONFLICT: "{who} now says otherwise",
    Moved.DENIAL: "{who} now denies it",
    Moved.RIVAL: "{who} now names another as responsible",
    Moved.NEWER: "a newer word by {who} goes before it",
    Moved.SETTLED: "{who} no longer contests it",
    Moved.SUPPORT: "{who} no longer supports it",
    Moved.CONCESSION: "{who} concedes it",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved: by which claim, 0 for the verdict's own, with what rule, and words for what is no claim."""

    why: Moved
    claim: int = 0
    rule: str = ""
    words: str = ""


def changes(before: Ground, now: Ground, rating: str) -> list[Change]:
    """What moved between two grounds that matters to a verdict of this rating; nothing where nothing does.

    More support makes no corroborated verdict weaker; that one contest of several ends does not end a dispute.
    """
    left = [event for event in before["events"] if _left(event, now)]
    kept = {**before, "events": [event for event in before["events"] if event not in left]}
    found = [Change(Moved.UNLINKED, words=f"It is no longer linked to “{event['title']}”.") for event in left]
    return [*found, *_contests(kept, now, rating), *_support(kept, now), *_numbers(kept, now, rating)]


def _left(event: Ground, now: Ground) -> bool:
    """Whether the claim was taken out of an event that told something of it, and what it told is not told elsewhere."""
    if event["event"] in _events(now):
        return False
    there = _ids(now, "for") | _told(now, "against").keys() | _told(now, "newer").keys()
    return not there >= {*event["for"], *map(int, event["against"])}


def _contests(before: Ground, now: Ground, rating: str) -> Iterator[Change]:
    old, new = _told(before, "against"), _told(now, "against")
    for claim, rule in sorted(new.items()):
        if claim not in old:
            yield Change(BY_RULE.get(rule, Moved.CONFLICT), claim, rule)
    passed, newer = _told(before, "newer"), _told(now, "newer")
    for claim, rule in sorted(newer.items()):
        if claim not in passed and claim not in old:
            yield Change(Moved.NEWER, claim, rule)
    if rating == Rating.DISPUTED and old and not new:
        for claim in sorted(old.keys() - newer.keys()):
            yield Change(Moved.SETTLED, claim)


def _support(before: Ground, now: Ground) -> Iterator[Change]:
    told = _told(now, "against").keys() | _told(now, "newer").keys()
    for claim in sorted(_ids(before, "for") - _ids(now, "for") - told):
        yield Change(Moved.SUPPORT, claim)
    for claim in sorted(_ids(now, "conceded") - _ids(before, "conceded")):
        yield Change(Moved.CONCESSION, claim, "R17")


def _numbers(before: Ground, now: Ground, rating: str) -> Iterator[Change]:
    known = {(event["event"], stand["what"]): stand for event in before["events"] for stand in event["stands"]}
    known |= {(0, what): stand for (event, what), stand in known.items() if event not in _events(now)}
    for event in now["events"]:
        for stand in event["stands"]:
            old = known.get((event["event"], stand["what"])) or known.get((0, stand["what"]))
            if old is not None:
                yield from _of_row(event["title"], old, stand)
    was, now_there = _interests(before), _interests(now)
    if was is None or now_there is None:
        return
    if now_there < was or (was < TWO <= now_there and rating != Rating.CORROBORATED):
        words = f"Independent sources for it: {was} before, {now_there} now."
        yield Change(Moved.INDEPENDENCE, 0, "R32", words)


def _of_row(title: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if (old["low"], old["high"]) != (new["low"], new["high"]) and old["low"] is not None and new["low"] is not None:
        words = f"The range of “{new['what']}” in “{title}” was {_range(old)}, and is {_range(new)}."
        yield Change(Moved.RANGE, 0, "R5", words)
    if new["best"] not in (None, old["best"]) and not new["best_fits"]:
        yield Change(Moved.BEST, 0, "R6", f"The desk now holds {new['best']} for the best value of “{new['what']}”.")


def _range(stand: Mapping[str, Any]) -> str:
    high = stand["high"]
    return describe(Interval(Decimal(stand["low"]), None if high is None else Decimal(high)))


def _events(ground: Ground) -> set[int]:
    return {event["event"] for event in ground["events"]}


def _told(ground: Ground, name: str) -> dict[int, str]:
    return {int(claim): rule for event in ground["events"] for claim, rule in event[name].items()}


def _ids(ground: Ground, name: str) -> set[int]:
    return {claim for event in ground["events"] for claim in event[name]}


def _interests(ground: Ground) -> int | None:
    """The most independent sources for all that the claim says, in any of its events; None where it stands in none."""
    counts = [min(stand["interests"] for stand in event["stands"]) for event in ground["events"] if event["stands"]]
    return max(counts, default=None)

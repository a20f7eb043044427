"""What moved since the last run, item by item. The outcomes of a run stay on this machine; no sentence is committed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from claims.evaluation.types import Outcome, Verdict

Key = tuple[str, str, str, str]
Outcomes = Mapping[Key, Outcome]

FAULTS = frozenset({Verdict.MISS, Verdict.EXTRA, Verdict.WRONG, Verdict.FAULT})
UNWANTED = (Verdict.EXTRA, Verdict.FAULT)
KEPT_APART = "(a text that is only counted)"


@dataclass(frozen=True, slots=True)
class Moved:
    """One item that a change won (``gain``) or lost."""

    gain: bool
    before: Outcome | None
    now: Outcome | None


def stored(path: Path) -> list[Outcome]:
    """The outcomes of the last run; none where there was no run, or where its file is of another shape."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [_outcome(row) for row in rows]
    except (OSError, ValueError, TypeError, IndexError, KeyError):
        return []


def _outcome(row: list[Any]) -> Outcome:
    text, measure, item, verdict, words, part, value, total = row
    return Outcome(text, measure, item, Verdict(verdict), words, part, value, total)


def store(path: Path, outcomes: Iterable[Outcome], before: Iterable[Outcome]) -> None:
    """Keep the outcomes of a run; texts that this run left out keep those of the run before."""
    outcomes = list(outcomes)
    read = {one.text for one in outcomes}
    rows = [astuple(one) for one in (*outcomes, *(one for one in before if one.text not in read))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def moved(before: Iterable[Outcome], now: Iterable[Outcome]) -> list[Moved]:
    """Gains and losses over the texts that both runs read, in the order of the texts.

    A found item that the annotation lacks is a loss when it comes and a gain when it goes. Shares are compared only
    where both runs have the item; a rank on its own is neither gain nor loss.
    """
    old, new = _keyed(before), _keyed(now)
    both = {one.text for one in old.values()} & {one.text for one in new.values()}
    found: list[Moved] = []
    for key in dict.fromkeys((*new, *old)):
        if key[0] in both and _listed(key[2]) and (change := _change(old.get(key), new.get(key))):
            found.append(Moved(change > 0, old.get(key), new.get(key)))
    return found


def _change(before: Outcome | None, now: Outcome | None) -> float:
    if before is None or now is None:
        one = now or before
        if one is None or one.verdict not in UNWANTED:
            return 0.0
        return -1.0 if now else 1.0
    if before.verdict is Verdict.SOME:
        return now.value - before.value
    return float((before.verdict in FAULTS) - (now.verdict in FAULTS))


def _keyed(outcomes: Iterable[Outcome]) -> dict[Key, Outcome]:
    """Outcomes by what they are about; a second one like it is told apart by its number."""
    seen: defaultdict[Key, int] = defaultdict(int)
    keyed: dict[Key, Outcome] = {}
    for one in outcomes:
        plain = (one.text, one.part, one.measure, one.item)
        seen[plain] += 1
        number = seen[plain]
        keyed[(*plain[:3], f"{one.item} #{number}") if number > 1 else plain] = one
    return keyed


def line(change: Moved) -> str:
    """A gain or loss in one line; texts that are only counted show no words."""
    one = change.now or change.before
    if one is None:
        return ""
    old, new = (each.verdict.value if each else "none" for each in (change.before, change.now))
    if one.verdict is Verdict.SOME and change.before and change.now:
        old, new = f"{change.before.value:g}", f"{change.now.value:g} of {change.now.total:g}"
    words = next((each.words for each in (change.now, change.before) if each and each.words), KEPT_APART)
    return f"{'GAIN' if change.gain else 'LOSS'} {one.measure}: {one.text} {old} -> {new}: {_flat(words)}"


def fault(one: Outcome) -> str:
    """A standing fault in one line."""
    return f"{one.verdict.value.upper()} {one.measure}: {one.text}: {_flat(one.words)}"


def shown_faults(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The faults that a person may look at: those with words."""
    return [one for one in outcomes if one.words and _listed(one.measure) and (one.verdict in FAULTS or _partly(one))]


def _listed(measure: str) -> bool:
    return "," not in measure


def _partly(one: Outcome) -> bool:
    return one.verdict is Verdict.SOME and one.value < one.total


def _flat(words: str) -> str:
    return " ".join(words.split())

"""All sets by name, and the running of one: outcomes, scores, seconds."""

from __future__ import annotations

import time
from pathlib import Path

from claims.evaluation.reading import Unreadable
from claims.evaluation.scoring import scores
from claims.evaluation.sets import attribution, gold, longtail, meantime, muc, polnear, syndication, tolls, treebanks
from claims.evaluation.types import Outcome, Report, Request, Set

SETS: dict[str, Set] = {
    one.name: one
    for one in (
        attribution.HOUSE_SET,
        gold.SET,
        attribution.SET,
        polnear.SET,
        muc.SET,
        meantime.SET,
        longtail.SET,
        tolls.SET,
        syndication.SET,
        treebanks.EWT_SET,
        treebanks.GUM_SET,
        treebanks.NAMES_SET,
    )
}


def missing(one: Set, shared: Path) -> list[str]:
    """The files and folders that a set needs and that are not there."""
    return [need for need in one.needs if not (shared / need).exists()]


def score_set(one: Set, request: Request) -> Report:
    """Run a set. Unreadable, with the set's name, where one of its files lacks what it should hold."""
    started = time.monotonic()
    try:
        found = list(one.run(request))
    except (KeyError, IndexError) as error:
        raise Unreadable(f"A row of the set {one.name!r} lacks {error}.") from error
    outcomes = tuple(each for each in found if isinstance(each, Outcome))
    return Report(scores(one.name, found), outcomes, time.monotonic() - started)

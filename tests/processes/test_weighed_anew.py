"""A claim that somebody links to an event reaches the verdicts on the others within seconds, through real workers."""

from __future__ import annotations

import json
import time

import pytest

from tests.processes.conftest import MakeStage
from tests.processes.stage import Stage, wait_for

pytestmark = pytest.mark.processes

TITLE = "Fire at the quay"
COPY = "Fire at the quay of {0}\n\nA fire at the quay of {0} killed {1} people, the {2} said.\n"
SECONDS = 20


def claim_of(stage: Stage, words: str) -> str:
    return str(stage.one(f"SELECT id FROM claims_claim WHERE text LIKE '%{words}%' AND vanished IS NULL"))  # noqa: S608


def settled(stage: Stage) -> bool:
    return not stage.count("claims_event WHERE changes > weighed")


def test_another_number_makes_a_verdict_stale_and_nothing_does_so_twice(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_EXTRACTOR="tests.claims.stories.engine")
    stage.worker()
    stage.worker()
    stage.run("beat")
    told = (
        ("Lower Quay", 12, "harbour office"),
        ("Upper Quay", 12, "fire brigade"),
        ("Far Quay", 30, "ambulance service"),
    )
    for number, words in enumerate(told):
        stage.upload(COPY.format(*words), outlet=f"Post {number}")
    wait_for("all is read", lambda: stage.done(3), 120)
    first, second, other = (claim_of(stage, who) for *_, who in told)
    for claim in (first, second):
        stage.hand("link", claim, TITLE)
    stage.hand("rule", first, "disputed")
    wait_for("what is ruled is weighed", lambda: settled(stage), SECONDS)
    assert not stage.count("claims_verdict WHERE stale IS NOT NULL")

    stage.hand("link", other, TITLE)
    wait_for("the verdict is marked", lambda: stage.count("claims_verdict WHERE stale IS NOT NULL"), SECONDS)
    wait_for("the event is weighed", lambda: settled(stage), SECONDS)
    raw = stage.one("SELECT stale_reasons FROM claims_verdict")
    reasons = json.loads(raw) if isinstance(raw, str) else raw
    assert isinstance(reasons, list)
    assert [(reason["why"], str(reason["claim"])) for reason in reasons] == [("conflict", other), ("range", first)]
    assert stage.one("SELECT rating FROM claims_verdict") == "disputed"

    steps = stage.count("claims_verdictentry")
    stage.hand("link", second, TITLE)  # nothing moves by it
    wait_for("the event is weighed again", lambda: settled(stage), SECONDS)
    time.sleep(2)  # two rounds of the sweep
    assert stage.count("claims_verdictentry") == steps == 2

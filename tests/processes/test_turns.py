"""What is urgent does not wait behind what is many: a kill that comes while a great pile is read."""

from __future__ import annotations

import json

import pytest

from ingest.tasks import FEW
from tests.processes.conftest import MakeStage
from tests.processes.stage import wait_for

pytestmark = pytest.mark.processes

PILE = 2 * FEW
WAITING = "claims_articleversion WHERE work = 'waiting'"


def take(version: int, status: str, words: str) -> str:
    return json.dumps({
        "uri": "urn:harbour:crane", "version": str(version), "versioncreated": f"2026-03-0{version}T08:00:00Z",
        "pubstatus": status, "headline": "Crane falls into the dock", "body_text": words,
    })  # fmt: skip


def test_kill_overtakes_a_pile_of_files(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_TEST_SECONDS="0.5")
    stage.worker()
    stage.upload(take(1, "usable", "A crane fell into the dock at Lower Quay and killed 4 dockers."))
    wait_for("the story is read", stage.done)
    stage.upload(*(f"Crane no. {n}\n\nCrane no. {n} of Lower Quay was painted for {n} days." for n in range(PILE)))
    wait_for("the pile is loaded", lambda: stage.count("claims_articleversion") == PILE + 1)
    stage.upload(take(2, "canceled", "Kill the story: no crane fell."))
    wait_for("the kill has reached the claim", lambda: stage.count("claims_claim WHERE withdrawn_by_id > 0") == 1)
    assert stage.count(WAITING) > 0
    assert stage.count("claims_articleversion WHERE work = 'done'") < PILE

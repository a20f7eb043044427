"""Workers die, bells get lost or ring twice: an article is extracted exactly once all the same."""

from __future__ import annotations

import pytest

from tests.processes.conftest import MakeStage
from tests.processes.engines import POISON
from tests.processes.stage import Stage, wait_for

pytestmark = pytest.mark.processes

COPY = """Crane falls into the dock at Lower Quay

A crane fell into the dock at Lower Quay on Monday and killed 4 dockers.

At least 11 people were hurt, the harbour office said.

The harbour was closed for 6 hours.
"""
CLAIMS = 3


def assert_extracted_once(stage: Stage, articles: int = 1) -> None:
    extracted = "claims_activity WHERE kind = 'extracted'"
    assert stage.count(extracted) == articles
    assert stage.count("claims_articleversion") == articles
    assert stage.count('(SELECT DISTINCT version_id, start, "end" FROM claims_claim) AS spans') == CLAIMS * articles
    assert stage.count("claims_claim") == CLAIMS * articles
    assert stage.count("claims_figure") == CLAIMS * articles


def marks(stage: Stage) -> int:
    return len(list(stage.marks.iterdir()))


def test_worker_killed_in_mid_article(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_TEST_SECONDS="2.5")
    first = stage.worker()
    stage.upload(COPY)
    wait_for("the first worker begins", lambda: marks(stage) == 1)
    stage.kill(first)
    assert stage.one("SELECT work FROM claims_articleversion") == "extracting"
    stage.worker()
    stage.run("beat")
    wait_for("another worker finishes", stage.done)
    assert stage.one("SELECT attempts FROM claims_articleversion") == 2
    assert marks(stage) == 2
    assert_extracted_once(stage)


def test_broker_wiped_before_any_worker(stage: Stage) -> None:
    stage.upload(COPY)
    assert stage.bells() == 1
    stage.wipe_broker()
    assert stage.bells() == 0
    stage.worker()
    stage.run("beat")
    wait_for("the sweep rings again", stage.done)
    assert marks(stage) == 1
    assert_extracted_once(stage)


def test_broker_wiped_between_reading_and_extraction(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_TEST_SECONDS="3")
    stage.worker()
    stage.upload(COPY, COPY.replace("Monday", "Tuesday"))
    wait_for("the first article is at work", lambda: marks(stage) == 1)
    stage.wipe_broker()
    stage.run("beat")
    wait_for("the sweep rings again for the second", lambda: stage.done(2))
    assert_extracted_once(stage, articles=2)


def test_task_delivered_many_times_to_two_workers(stage: Stage) -> None:
    stage.upload(COPY)
    first = stage.worker()
    wait_for("the article is read", lambda: stage.count("claims_articleversion") == 1)
    pk = str(stage.one("SELECT id FROM claims_articleversion"))
    stage.worker()
    stage.hand("ring", pk, "6")
    wait_for("it is extracted", stage.done)
    stage.hand("ring", pk, "4")
    wait_for("every bell was answered", lambda: stage.bells() == 0)
    assert first.poll() is None
    assert marks(stage) == 1
    assert_extracted_once(stage)


def test_poison_ends_as_failed_and_others_go_on(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_EXTRACTOR="tests.processes.engines.deadly", NEWSDESK_LEASE_SECONDS="2")
    stage.upload(COPY.replace("A crane", f"A crane with a load of {POISON}"), COPY)
    worker = stage.worker()
    stage.run("beat")
    wait_for("the sound article is done", stage.done)
    wait_for("the poison is given up", lambda: stage.count("claims_articleversion WHERE work = 'failed'"), 90)
    tries, error = stage.store.rows("SELECT attempts, error FROM claims_articleversion WHERE work = 'failed'")[0]
    assert tries == 3
    assert "stopped 3 times" in error
    assert marks(stage) == 4
    assert worker.poll() is None
    assert stage.count("claims_activity WHERE kind = 'extracted'") == 1


def test_real_engine_in_a_real_worker(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_EXTRACTOR="claims.extraction.engine.extract", NEWSDESK_LEASE_SECONDS="40")
    stage.upload(COPY)
    stage.worker()
    wait_for("it is extracted", stage.done, 90)
    assert stage.count("claims_activity WHERE kind = 'extracted'") == 1
    assert stage.count("claims_figure WHERE measure = 'killed' AND low = 4 AND high = 4") == 1
    assert stage.count("claims_speaker") == 1

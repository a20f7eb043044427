"""The very commands of the containers, run by hand on PostgreSQL and Redis."""

from __future__ import annotations

import os
import shutil
import socket
import sys

import pytest
import yaml

from tests.processes.conftest import MakeStage
from tests.processes.stage import wait_for
from tests.processes.stores import ROOT
from tests.processes.test_desk import free_port, get

pytestmark = pytest.mark.processes
OURS = ("web", "worker", "routes", "beat")


@pytest.mark.skipif(
    not (os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL")),
    reason="the containers' commands are run where PostgreSQL and Redis answer: make test-services",
)
def test_commands_of_the_containers_run(make_stage: MakeStage) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    stage, port = make_stage(NEWSDESK_SWEEP_SECONDS="2", NEWSDESK_LEASE_SECONDS="60"), free_port()
    stage.settings["NEWSDESK_EXTRACTOR"] = "tests.processes.engines.by_sentence"
    python = shutil.which(sys.executable) or sys.executable
    for name in ("migrate", *OURS):
        command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in services[name]["command"]]
        process = stage.start(name, [python, *command[1:]])
        if name == "migrate":
            assert process.wait(timeout=60) == 0
    wait_for("the web server answers", lambda: listens(port) and get(port, "/health/")[0] == 200)
    stage.upload("Two trams meet in Quay Street\n\nTwo trams met in Quay Street on Monday and 5 people were hurt.\n")
    wait_for("the article is extracted", stage.done)
    wait_for("every part answers", lambda: get(port, "/health/ready/")[0] == 200)
    for process in stage.started[1:]:
        process.terminate()
        assert process.wait(timeout=30) == 0


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

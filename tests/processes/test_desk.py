"""``manage.py desk``: one command starts everything, and ends everything."""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.processes.conftest import MakeStage
from tests.processes.stage import END_SECONDS, Stage, wait_for
from tests.processes.stores import ROOT

pytestmark = pytest.mark.processes
ENGINE = {
    "NEWSDESK_EXTRACTOR": "claims.extraction.engine.extract",
    "NEWSDESK_LEASE_SECONDS": "300",
    "NEWSDESK_TASK_SECONDS": "240",
}
TOKEN_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def open_desk(stage: Stage, port: int, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "desk", "--port", str(port), *more]
    desk = stage.start("desk", command)
    log = stage.log_of(desk)
    wait_for("the desk greets", lambda: "Newsdesk serves" in log.read_text() or desk.poll() is not None, 90)
    assert desk.poll() is None, stage.log_ends()
    return desk


def children(pid: int) -> dict[int, str]:
    """The processes that ``pid`` started, and their commands."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True, timeout=20
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    found = {int(row[0]): row[2] for row in rows if row[1] == str(pid)}
    for child in list(found):
        found |= children(child)
    return found


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    if state.parent.parent.joinpath("self").exists():
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
    return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False, timeout=20).returncode == 0


def end(desk: subprocess.Popen[bytes], number: int = signal.SIGINT) -> None:
    """Ask the desk alone to stop, and see that nothing that it started is left."""
    family = children(desk.pid)
    assert len(family) >= 3
    desk.send_signal(number)
    assert desk.wait(timeout=END_SECONDS) == 0
    assert [pid for pid in family if alive(pid)] == []


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def sign_in(port: int, name: str, password: str) -> tuple[str, str]:
    """The address and the page where the browser ends after signing in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = f"http://127.0.0.1:{port}/sign-in/"
    with browser.open(form, timeout=20) as page:
        mark = TOKEN_FIELD.search(page.read().decode())
    assert mark is not None
    fields = {"username": name, "password": password, "csrfmiddlewaretoken": mark[1]}
    with browser.open(form, urllib.parse.urlencode(fields).encode(), timeout=20) as page:
        return page.url, page.read().decode()


def test_desk_from_empty_to_second_start(make_stage: MakeStage) -> None:
    stage, port = make_stage(**ENGINE), free_port()
    desk = open_desk(stage, port, "--demo")
    secret = json.loads((stage.var / "demo.json").read_text())
    assert (stage.var / "demo.json").stat().st_mode & 0o077 == 0
    for name in ("editor", "reviewer", "chief"):
        where, page = sign_in(port, name, secret["people"][name])
        assert where.endswith(f":{port}/"), where
        assert "<h1" in page
    assert sign_in(port, "editor", "wrong")[0].endswith("/sign-in/")
    assert get(port, "/health/")[0] == 200
    wait_for("the demo's copy is extracted", lambda: stage.done(10), 120)
    wait_for("every part answers", lambda: get(port, "/health/ready/")[0] == 200, 60)
    status, body = get(port, "/api/v1/verdicts/", Authorization=f"Token {secret['token']}")
    assert status == 200, body
    assert get(port, "/api/v1/verdicts/")[0] in {401, 403}
    end(desk)

    people, claims = stage.count("auth_user"), stage.count("claims_claim")
    began = time.monotonic()
    desk = open_desk(stage, port, "--demo")
    assert time.monotonic() - began < 30
    end(desk, signal.SIGTERM)
    assert (stage.count("auth_user"), stage.count("claims_claim")) == (people, claims)


def beats_of(desk: int) -> list[int]:
    return [pid for pid, command in children(desk).items() if " beat " in command]


def test_child_that_dies_is_started_again_and_then_given_up(make_stage: MakeStage) -> None:
    stage, port = make_stage(**ENGINE), free_port()
    desk = open_desk(stage, port, "--no-demo")
    for time_number in range(4):
        said = stage.log_ends().count("is started again")
        wait_for("beat runs", lambda: beats_of(desk.pid), 20)
        os.kill(beats_of(desk.pid)[0], signal.SIGKILL)
        if time_number < 3:
            wait_for("the desk says so", lambda said=said: stage.log_ends().count("is started again") == said + 1, 20)
    assert desk.wait(timeout=END_SECONDS) == 1
    assert "beat ended 4 times" in stage.log_ends()
    assert stage.count("auth_user") == 0


def test_desk_that_cannot_start_says_why(make_stage: MakeStage) -> None:
    stage = make_stage()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "manage.py", "desk", "--port", str(port)],
            env=stage.env | ENGINE,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert answer.returncode == 1
    assert f"cannot listen at 127.0.0.1:{port}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_desk_killed_outright_leaves_no_child(make_stage: MakeStage) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent died")
    stage = make_stage(**ENGINE)
    desk = open_desk(stage, free_port(), "--no-demo")
    family = children(desk.pid)
    desk.kill()
    desk.wait(timeout=END_SECONDS)
    wait_for("every child ends", lambda: not any(alive(pid) for pid in family), 30)

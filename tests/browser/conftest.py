"""A real desk (web, worker, beat, database, broker) and a real Chromium, for the tests that press the buttons."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.processes.conftest import template as template
from tests.processes.stage import Stage
from tests.processes.stores import ROOT, Store
from tests.processes.test_desk import ENGINE, free_port, open_desk

PASSWORD = "a desk of one's own"
ROLES = ("editor", "reviewer", "chief", "client")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS = 1000
expect.set_options(timeout=20 * SECONDS)


def chromium() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


@dataclass
class Desk:
    """A running desk: its address, and what a person or a program does first."""

    address: str
    stage: Stage
    faults: list[str] = field(default_factory=list)

    def token(self) -> str:
        command = [sys.executable, "manage.py", "token", "make", "client"]
        made = subprocess.run(
            command, env=self.stage.env, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
        )
        return made.stdout.split()[-1]

    def pull(self, path: str, token: str) -> Any:
        asked = urllib.request.Request(f"{self.address}/api/v1/{path}", headers={"Authorization": f"Token {token}"})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return json.load(answer)

    def note(self, message: ConsoleMessage) -> None:
        """Whatever the browser complains of, a broken Content-Security-Policy above all, fails the test at its end."""
        expected = "Failed to load resource: the server responded with a status of 4"
        if message.type in {"error", "warning"} and not message.text.startswith(expected):
            self.faults.append(message.text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "No Chromium on this machine: install Debian's package chromium, or set CHROMIUM to its path."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(template: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    stage = Stage(folder, template.copy(folder), ENGINE | {"NEWSDESK_API_RATE": "1000/min"})
    try:
        for role in ROLES:
            stage.hand("account", role, role, PASSWORD)
        stage.hand("account", "second-chief", "chief", PASSWORD)
        port = free_port()
        open_desk(stage, port, "--no-demo")
        yield Desk(f"http://127.0.0.1:{port}", stage)
    finally:
        print(stage.log_ends())  # noqa: T201 -- pytest shows it for a failed test only
        stage.close()


@pytest.fixture
def sign_in(desk: Desk, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``sign_in("reviewer", viewport=…)``: a browser of its own for one person, already on the desk's first page."""
    contexts = []
    desk.faults.clear()

    def enter(who: str, **options: Any) -> Page:
        context = browser.new_context(base_url=desk.address, **({"viewport": {"width": 1440, "height": 900}} | options))
        context.set_default_timeout(20 * SECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", desk.note)
        page.goto("/")
        page.get_by_label("Name").fill(who)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_attached()
        return page

    yield enter
    for context in contexts:
        context.close()
    assert desk.faults == []


def write_copy(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path

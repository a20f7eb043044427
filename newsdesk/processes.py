"""The processes of a desk on one machine: start them, watch them, end them.

Each child leads a process group of its own: ending it ends what it started, and Ctrl-C in the terminal reaches the desk
alone. A child that ends unasked is started again, a bounded number of times; then the desk ends with an error.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MOST_STARTS = 4
CALM_SECONDS = 300.0
GRACE_SECONDS = 12.0
TICK_SECONDS = 0.2
PR_SET_PDEATHSIG = 1


class ChildGone(Exception):
    """A child ended too often; the message names it and its log."""


def commands(bind: str) -> dict[str, list[str]]:
    """Name and command of every process of the desk; the containers run the same (docker-compose.yml)."""
    python = sys.executable
    worker = [python, "-m", "celery", "-A", "newsdesk", "worker", "--concurrency", "1", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat", "--queues"]
    return {
        "web": [python, "-m", "gunicorn", "-c", "python:newsdesk.serving", "--bind", bind, "newsdesk.wsgi"],
        "worker": [*worker, "desk,loading,reading"],
        "routes": [*worker, "routes", "--hostname", "routes@%h"],
        "beat": [python, "-m", "celery", "-A", "newsdesk", "beat", "--loglevel", "INFO", "--pidfile", ""],
    }


def die_with_parent() -> None:
    """In the child: where the system can, be told to end when the desk itself is killed."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process of the desk. ``starts`` are the times (monotonic seconds) at which it was started lately."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str]
    cwd: Path
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env=dict(self.env),
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.starts.append(time.monotonic())

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return self.process.poll() if self.process else None

    def send(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


@dataclass
class Company:
    """All children of one desk. ``say`` prints a sentence for the person at the terminal."""

    children: list[Child]
    say: Callable[[str], None]
    stopping: bool = False

    def start(self) -> None:
        for child in self.children:
            child.start()

    def stop_on_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def look_after(self) -> None:
        """Start again what ended unasked. Raises ``ChildGone`` when one ended too often."""
        for child in self.children:
            code = child.ended()
            if code is None or self.stopping:
                continue
            child.kill_group()
            now = time.monotonic()
            child.starts = [start for start in child.starts if now - start < CALM_SECONDS]
            if len(child.starts) >= MOST_STARTS:
                raise ChildGone(
                    f"{child.name} ended {len(child.starts)} times in a few minutes, with code {code}. See {child.log}."
                )
            self.say(f"{child.name} ended with code {code} and is started again. Its log: {child.log}")
            child.start()

    def watch(self, each_tick: Callable[[], None] = lambda: None) -> None:
        """Until somebody asks the desk to stop."""
        while not self.stopping:
            self.look_after()
            each_tick()
            time.sleep(TICK_SECONDS)

    def stop(self) -> None:
        """End every child: ask, wait a bounded time, then kill what is left of its group."""
        self.stopping = True
        for child in self.children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(child.ended() is None for child in self.children if child.process):
            time.sleep(TICK_SECONDS / 4)
        for child in self.children:
            if child.process is not None:
                child.kill_group()
                child.process.wait(timeout=GRACE_SECONDS)

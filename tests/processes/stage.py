"""A desk of its own for one test: database, broker, and real processes, all gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import redis

from newsdesk import processes
from tests.processes.engines import MARKS, SECONDS
from tests.processes.stores import ROOT, Store

COMMAND_SECONDS = 60
END_SECONDS = 20
PORT_PLACEHOLDER = "127.0.0.1:0"


def wait_for(what: str, condition: Callable[[], object], seconds: float = 60) -> None:
    """Until ``condition`` holds; fails the test after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.1)


QUEUES = ("desk", "loading", "reading", "routes")


@dataclass
class Stage:
    folder: Path
    store: Store
    settings: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    prefix: str = field(default_factory=lambda: f"newsdesk-stage-{uuid.uuid4().hex}:")

    def __post_init__(self) -> None:
        self.marks.mkdir(parents=True, exist_ok=True)

    @property
    def var(self) -> Path:
        return self.folder / "var"

    @property
    def marks(self) -> Path:
        return self.folder / "marks"

    @property
    def redis_url(self) -> str:
        return os.environ.get("REDIS_URL", "")

    @property
    def env(self) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.store.url,
            "NEWSDESK_VAR": str(self.var),
            "NEWSDESK_QUEUE_PREFIX": self.prefix,
            "NEWSDESK_EXTRACTOR": "tests.processes.engines.slow",
            "NEWSDESK_LEASE_SECONDS": "4",
            "NEWSDESK_SWEEP_SECONDS": "1",
            "NEWSDESK_TASK_SECONDS": "30",
            "PYTHONUNBUFFERED": "1",
            MARKS: str(self.marks),
            SECONDS: "1.5",
        }
        return os.environ | own | self.settings

    def hand(self, *words: str) -> None:
        command = [sys.executable, "-m", "tests.processes.hand", *words]
        subprocess.run(command, env=self.env, cwd=ROOT, check=True, timeout=COMMAND_SECONDS)

    def upload(self, *texts: str, outlet: str = "") -> None:
        names = []
        for text in texts:
            path = self.folder / f"{uuid.uuid4().hex[:8]}.txt"
            path.write_text(text, "utf-8")
            names.append(str(path))
        self.hand("upload", outlet, *names)

    def run(self, name: str, *more: str) -> subprocess.Popen[bytes]:
        """Start ``web``, ``worker``, ``routes`` or ``beat`` by the desk's command, in a process group of its own."""
        return self.start(name, [*processes.commands(PORT_PLACEHOLDER)[name], *more])

    def start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        log = self.folder / f"{name}-{len(self.started)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, env=self.env, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.started.append(process)
        return process

    def log_of(self, process: subprocess.Popen[bytes]) -> Path:
        number = self.started.index(process)
        return next(self.folder.glob(f"*-{number}.log"))

    def worker(self) -> subprocess.Popen[bytes]:
        return self.run("worker", "--hostname", f"{uuid.uuid4().hex[:8]}@%h")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=END_SECONDS)

    def bells(self) -> int:
        """How many messages lie in the broker."""
        if self.redis_url:
            with redis.Redis.from_url(self.redis_url, socket_timeout=5) as server:
                return sum(int(server.llen(f"{self.prefix}{queue}")) for queue in QUEUES)  # type: ignore[arg-type]
        return sum(1 for _ in (self.var / "broker" / "queue").glob("*"))

    def wipe_broker(self) -> None:
        if self.redis_url:
            with redis.Redis.from_url(self.redis_url, socket_timeout=5) as server:
                for key in list(server.scan_iter(f"{self.prefix}*")):
                    server.delete(key)
            return
        for message in (self.var / "broker").glob("*/*"):
            message.unlink(missing_ok=True)  # a worker may take it first

    def one(self, query: str) -> object:
        """The first value of the first row, None without one."""
        rows = self.store.rows(query)
        return rows[0][0] if rows else None

    def count(self, query: str) -> int:
        return int(str(self.one(f"SELECT count(*) FROM {query}")))  # noqa: S608 -- the tests' own words

    def done(self, articles: int = 1) -> bool:
        return self.count("claims_articleversion WHERE work = 'done'") == articles

    def log_ends(self) -> str:
        ends = [f"--- {log.name}\n{log.read_text('utf-8', 'replace')[-3000:]}" for log in self.folder.glob("*.log")]
        return "\n".join(ends)

    def close(self) -> None:
        for process in self.started:
            self.kill(process)
        if self.redis_url:
            self.wipe_broker()
        self.store.drop()

"""Runs cases in a worker process and keeps what breaks the promises: an exception that is no WireError, two seconds of
work, 200 MB of memory, a death."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from tests.fuzz.mutate import case
from tests.fuzz.samples import samples
from tests.fuzz.targets import Target, target

SECONDS = 2.0  # of work, not of waiting, so that a busy machine finds nothing
MEMORY = 200_000_000
DEADLINE = 240.0  # of waiting, which on a busy machine can be long
_STATUS = Path("/proc/self/status")
_KILOBYTE = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that breaks a promise; ``format`` and ``seed`` make it anew, ``raw`` is it."""

    format: str
    seed: str
    what: str
    raw: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """What happened, and where in the code: the same for cases that fail alike."""
        lines = self.what.strip().splitlines()
        places = [line.strip() for line in lines if line.lstrip().startswith("File ")]
        return f"{lines[-1]} ({places[-1]})" if places else lines[-1]


@dataclass(slots=True)
class Run:
    """What a run of one format came to."""

    format: str
    cases: int = 0
    slowest: float = 0.0
    failures: list[Failure] = field(default_factory=list)


def fuzz(
    worker: Worker, name: str, *, seed: int, seconds: float = 0.0, cases: int = 0, begin: list[bytes] | None = None
) -> Run:
    """Runs a format's cases, until the seconds are over or the cases are done, whichever is given."""
    run = Run(name)
    if ":" not in name:
        worker.tell(name, samples(name)[0])  # loads what it needs, which is not counted
    end = time.monotonic() + seconds
    for number, raw in _cases(name, seed, begin or samples(name)):
        what, used = worker.tell(name, raw)
        run.cases += 1
        run.slowest = max(run.slowest, used)
        if what:
            run.failures.append(Failure(name, f"{seed}:{number}", what, raw))
        if run.cases >= cases if cases else time.monotonic() >= end:
            break
    return run


def _cases(name: str, seed: int, begin: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """The samples as they are, then cases without end; each is made from its own number, so it can be made alone."""
    yield from enumerate(begin)
    number = len(begin)
    while True:
        yield number, case(Random(f"{name} {seed} {number}"), begin)  # noqa: S311 -- cases are not secrets
        number += 1


def keep(failure: Failure, folder: Path) -> Path:
    """Writes a failing case and what it did into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{failure.format.replace(':', '.')}-{failure.seed.replace(':', '-')}"
    path.with_suffix(".case").write_bytes(failure.raw)
    path.with_suffix(".txt").write_text(f"{failure.format} seed {failure.seed}\n{failure.what}\n", encoding="utf-8")
    return path.with_suffix(".case")


class Worker:
    """The process that reads the cases; one that hangs or dies is ended and another one started."""

    def __init__(self) -> None:
        self._start()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,))
        self._process.start()
        theirs.close()

    def tell(self, name: str, raw: bytes) -> tuple[str, float]:
        """What the case broke ("" for nothing) and the seconds of work it took."""
        try:
            self._pipe.send((name, raw))
            if self._pipe.poll(DEADLINE):
                what, used = self._pipe.recv()
                return str(what), float(used)
            what = f"no answer within {DEADLINE:.0f} s"
        except (EOFError, OSError):
            self._process.join(5)
            what = f"the process died ({self._process.exitcode})"
        self.close()
        self._start()
        return what, DEADLINE

    def close(self) -> None:
        self._process.kill()
        self._process.join(5)
        self._pipe.close()


def _work(pipe: Connection) -> None:
    known: dict[str, Target] = {}
    while True:
        try:
            name, raw = pipe.recv()
        except EOFError:
            return
        if name not in known:
            known[name] = target(name)
            if ":" not in name:
                _measured(known[name], samples(name)[0])  # what is loaded with the first file is not the case's fault
        pipe.send(_measured(known[name], raw))


def _measured(reads: Target, raw: bytes) -> tuple[str, float]:
    begun, memory = _used(), _held()
    what = ""
    try:
        reads(raw)
    except BaseException:  # noqa: BLE001 -- whatever it is, it is what is looked for
        what = traceback.format_exc()
    worked, more = _used() - begun, _held().more_than(memory)
    if not what and worked > SECONDS:
        what = f"{worked:.1f} s of work"
    if not what and more > MEMORY:
        what = f"{more / 1e6:.0f} MB of memory"
    return what, worked


def _used() -> float:
    """Seconds of work so far, by this process and those it waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


@dataclass(frozen=True, slots=True)
class Held:
    """The most memory held so far, in bytes: by this process, and as the kernel reckons it for the largest of those it
    waited for, which begin with what their parents had held (``inherited``)."""

    own: int
    others: int
    inherited: int

    def more_than(self, before: Held) -> int:
        return max(self.own - before.own, self.others - max(before.others, before.inherited))


def _held() -> Held:
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTE
    return Held(_peak() or inherited, others, inherited)


def _peak() -> int:
    """The peak of this process alone, where the system tells it apart from what it inherited; else 0."""
    if not _STATUS.exists():
        return 0
    line = next((line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024

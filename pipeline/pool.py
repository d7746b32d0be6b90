"""Many papers at once, each under limits, and none able to take the others with it.

Each worker is a process of its own, forked from a server that has everything loaded. It has one
paper in hand and one waiting, so that it never waits for the pool. What exceeds a limit, or dies, is
replaced; the paper it had in hand fails, the one that waited goes to another worker.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from typing import cast

from pipeline.cache import Cache, Head
from pipeline.config import Limits
from pipeline.errors import OutputError, ReadError
from pipeline.plan import Planned
from pipeline.record import digest_of, failed
from pipeline.worker import Alive, Broken, Done, Message, OutOfMemory, Process, Ready, main, read_paper

_MAX_BAD_STARTS = 3
_START_SECONDS = 300.0
_TICK_SECONDS = 0.5
#: libraries that would start a thread per processor in every worker
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class PoolError(Exception):
    """No worker can work; the text says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """A paper that is done, or failed, and in the cache."""

    planned: Planned
    heads: list[Head]


class _Worker:
    """One process, its connection, and the papers it was given: the first one is in hand."""

    def __init__(self, process: Process, cache: Cache, limits: Limits) -> None:
        context = multiprocessing.get_context("forkserver")
        # takes effect when the first worker of this program starts; later, workers load for themselves
        context.set_forkserver_preload(["pipeline.warm"] if process is read_paper else [])
        self.connection, other = context.Pipe()
        self.process = context.Process(target=main, args=(other, process, cache, limits), daemon=True)
        with _quiet_start():
            self.process.start()
        other.close()
        self.papers: deque[Planned] = deque()
        self.ready = False
        self.finished = 0
        self.since = time.monotonic()

    def give(self, planned: Planned) -> None:
        """Hand over a paper. A worker that died meanwhile is noticed when its answers are read."""
        if not self.papers:
            self.since = time.monotonic()
        self.papers.append(planned)
        try:
            self.connection.send(planned)
        except OSError:
            return

    def messages(self) -> Iterator[Message]:
        """What it has said so far. Raises EOFError at the end of a dead one's."""
        try:
            while self.connection.poll():
                yield cast("Message", self.connection.recv())
        except OSError as error:
            raise EOFError from error

    def end(self) -> None:
        """Kill it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    def dismiss(self) -> None:
        """Let it go; it has nothing in hand."""
        with suppress(OSError):
            self.connection.send(None)
        self.process.join(5)
        self.end()


class Pool:
    """`workers` processes that run `process` on papers and keep the results in `cache`."""

    def __init__(self, workers: int, limits: Limits, process: Process, cache: Cache) -> None:
        self._most, self._limits, self._process, self._cache = workers, limits, process, cache
        self._workers: list[_Worker] = []
        self._waiting: deque[Planned] = deque()
        self._again: set[str] = set()  # papers that had a second try in a fresh process
        self._bad_starts = 0

    def run(self, papers: Iterable[Planned]) -> Iterator[Result | None]:
        """Yield each paper when it is done, in any order; None now and then when nothing is.

        Raises OutputError where a worker could not write, PoolError where none can be started.
        """
        self._waiting.extend(papers)
        try:
            while self._waiting or any(worker.papers for worker in self._workers):
                self._fill()
                for worker in self._wait():
                    yield from self._listen(worker)
                yield from self._late()
                yield None
            for worker in self._workers:
                worker.dismiss()
            self._workers.clear()
        finally:
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _fill(self) -> None:
        """Keep every worker busy; start as many as there is work for."""
        busy = sum(bool(worker.papers) for worker in self._workers)
        while len(self._workers) < min(self._most, len(self._waiting) + busy):
            self._workers.append(_Worker(self._process, self._cache, self._limits))
        # Near the end nobody hoards: a paper that waits behind a slow one would wait for nothing.
        depth = 2 if len(self._waiting) > 2 * len(self._workers) else 1
        for level in range(1, depth + 1):
            for worker in self._workers:
                if self._waiting and len(worker.papers) < level:
                    worker.give(self._waiting.popleft())

    def _wait(self) -> list[_Worker]:
        """The workers that have something to say, soon."""
        by_connection = {worker.connection: worker for worker in self._workers}
        now = time.monotonic()
        until = min((self._deadline(worker) for worker in self._workers if worker.papers), default=now)
        timeout = max(0.0, min(_TICK_SECONDS, until - now))
        ready = connection.wait(list(by_connection), timeout)
        return [by_connection[cast("connection.Connection[object, object]", c)] for c in ready]

    def _deadline(self, worker: _Worker) -> float:
        return worker.since + (self._limits.seconds if worker.ready else _START_SECONDS)

    def _listen(self, worker: _Worker) -> Iterator[Result]:
        try:
            for message in worker.messages():
                yield from self._take(worker, message)
                if worker not in self._workers:
                    return
        except EOFError:
            yield from self._died(worker)

    def _take(self, worker: _Worker, message: Message) -> Iterator[Result]:
        match message:
            case Ready():
                worker.ready = True
                worker.since = time.monotonic()
            case Alive():
                worker.since = time.monotonic()
            case Done(doc_id, heads, leaving):
                planned = worker.papers.popleft()
                if planned.doc_id != doc_id:
                    raise PoolError(f"a worker answered for {doc_id} when it had {planned.doc_id} in hand")
                worker.finished += 1
                worker.since = time.monotonic()
                if leaving:
                    self._replace(worker)
                yield Result(planned, heads)
            case OutOfMemory():
                planned = worker.papers.popleft()
                again = worker.finished > 0 and planned.doc_id not in self._again
                self._replace(worker)
                if again:  # what earlier papers left behind must not count against this one
                    self._again.add(planned.doc_id)
                    fresh = _Worker(self._process, self._cache, self._limits)
                    self._workers.append(fresh)
                    fresh.give(planned)
                else:
                    yield self._failed(planned, "E10", f"more than {self._limits.memory_text}", lasting=True)
            case Broken(reason, output):
                raise OutputError(reason) if output else PoolError(f"the extractors do not load: {reason}")

    def _late(self) -> Iterator[Result]:
        """Fail the papers that are over the time limit, and replace their workers."""
        now = time.monotonic()
        for worker in list(self._workers):
            if not worker.papers or now < self._deadline(worker):
                continue
            if not worker.ready:
                raise PoolError(f"a worker did not start within {_START_SECONDS:g} s")
            planned = worker.papers.popleft()
            self._replace(worker)
            yield self._failed(planned, "E09", f"longer than {self._limits.seconds_text}", lasting=True)

    def _died(self, worker: _Worker) -> Iterator[Result]:
        worker.process.join()
        code = worker.process.exitcode or 0
        if not worker.ready:
            self._bad_starts += 1
            if self._bad_starts >= _MAX_BAD_STARTS:
                raise PoolError(f"workers do not start ({_how(code)})")
            self._replace(worker)
            return
        planned = worker.papers.popleft() if worker.papers else None
        self._replace(worker)
        if planned:
            yield self._failed(planned, "E11", _how(code), lasting=False)

    def _replace(self, worker: _Worker) -> None:
        """Take a worker out; what waited behind its paper in hand goes to the others."""
        self._workers.remove(worker)
        self._waiting.extendleft(reversed(worker.papers))
        worker.papers.clear()
        worker.end()

    def _failed(self, planned: Planned, code: str, detail: str, *, lasting: bool) -> Result:
        record = failed(planned.doc_id, planned.shown, digest_of(planned.path), str(ReadError(code, detail)))
        head = self._cache.store_failure(planned, record, self._limits if lasting else None)
        return Result(planned, [head])


def _how(code: int) -> str:
    """How a process ended, in words."""
    return f"signal {-code}" if code < 0 else f"exit status {code}"


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Start processes that never see Ctrl-C (the pool ends them) and use one thread each."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    resource_tracker.ensure_running()  # starting it would unblock the signal again
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)

"""Many papers at once, each under limits, and none able to take the others with it.

Each worker is a process of its own, forked from one that has everything loaded (see `nursery`). It has
one paper in hand and others waiting, so that it never waits for the pool. What exceeds a limit, or dies, is
replaced; the paper it had in hand fails, those that waited go to another worker.
"""

from __future__ import annotations

import selectors
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Protocol, cast

from pipeline.cache import Head
from pipeline.config import MEGABYTE
from pipeline.errors import OutputError, ReadError
from pipeline.kernel import Ended
from pipeline.nursery import GoneError, Nursery, RefusedError, UselessError
from pipeline.plan import Planned
from pipeline.record import digest_of, failed
from pipeline.worker import OUT_OF_MEMORY, Alive, Broken, Done, Message, Ready, Setup

#: workers in a row that do not start, when none is at work, before that is the end
_MAX_BAD_STARTS = 3
_START_SECONDS = 60.0
#: tries of a paper whose processes are gone without a trace: something else took them all
_MAX_LOST = 4
_TICK_SECONDS = 0.5
#: between two looks at the clock, no more than this passes while the program is awake
_LONGEST_STEP = 4 * _TICK_SECONDS
#: what waits at a worker is worth so much of its time, and never more papers than these. The pool looks when
#: about half of that is done: each look costs those who read what the core's cache held for them
_AHEAD_SECONDS = 0.1
_MOST_AHEAD = 12
#: what the last paper counts for in a worker's pace
_FRESH = 0.1


class PoolError(Exception):
    """No worker can work; the text says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """A paper that is done, or failed, and in the cache, or its `entry` is here (see `Cache`)."""

    planned: Planned
    heads: list[Head]
    entry: bytes = b""


class Nursing(Protocol):
    """What a pool needs of a nursery (see `pipeline.nursery.Nursery`, which is one)."""

    def fork(self) -> tuple[int, Connection]:
        """A new worker."""

    def end(self, worker: int) -> Ended:
        """Kill a worker, tell how it ended."""

    def close(self) -> None:
        """End the workers that this pool has."""


class Awake:
    """A clock that stands still while the program does: Ctrl-Z makes no paper slow. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._last, self._sum = clock, clock(), 0.0

    def __call__(self) -> float:
        """Seconds awake so far; to be asked every tick."""
        now = self._clock()
        self._sum += min(now - self._last, _LONGEST_STEP)
        self._last = now
        return self._sum


class _Worker:
    """One process, its connection, and the papers it was given: the first one is in hand."""

    def __init__(self, nursery: Nursing, now: float) -> None:
        self.nursery = nursery
        self.number, self.connection = nursery.fork()
        self.papers: deque[Planned] = deque()
        self.size: int | None = None  # bytes held before the first paper; None until it is ready
        self.finished = 0
        self.since = self._began = now
        self.pace = _AHEAD_SECONDS  # seconds that a paper takes, on average of the last ones

    @property
    def ahead(self) -> int:
        """How many papers may wait behind the one in hand: one, or more where they are quick."""
        return max(1, min(_MOST_AHEAD, int(_AHEAD_SECONDS / max(self.pace, 0.001))))

    def give(self, planned: Planned, now: float) -> None:
        """Hand over a paper. A worker that died meanwhile is noticed when its answers are read."""
        if not self.papers:
            self.since = self._began = now
        self.papers.append(planned)
        try:
            self.connection.send(planned)
        except OSError:
            return

    def said(self) -> Message:
        """The next thing it says, for which this waits. Raises EOFError where it is dead."""
        try:
            return cast("Message", self.connection.recv())
        except OSError as error:
            raise EOFError from error

    def took(self, now: float) -> None:
        """The paper in hand is done."""
        self.pace += _FRESH * (now - self._began - self.pace)
        self.finished += 1
        self.since = self._began = now

    def end(self) -> Ended | None:
        """Kill it, whatever it does; None where nobody knows how it ended."""
        self.connection.close()
        try:
            return self.nursery.end(self.number)
        except GoneError:
            return None


class Pool:
    """`workers` processes that work as `setup` says and keep the results in its cache.

    `nursery` makes what these are forked from: pools may share one. With `keep` the processes wait for
    another `run` when one has come to its end; `close` ends them.
    """

    def __init__(
        self,
        workers: int,
        setup: Setup,
        nursery: Callable[[Setup], Nursing] = Nursery,
        keep: bool = False,
    ) -> None:
        self._keep = keep
        self._wanted = self._most = workers
        self._setup, self._new_nursery = setup, nursery
        self._limits, self._cache = setup.limits, setup.cache
        self._nursery: Nursing | None = None
        self._workers: list[_Worker] = []
        self._talking = selectors.DefaultSelector()  # the connections of these
        self._coming: Iterator[Planned | None] | None = None
        self._waiting: deque[Planned] = deque()
        self._again: Counter[str] = Counter()  # how often a paper was tried again in a fresh process
        self._bad_starts = 0
        self._now = Awake()

    def run(self, papers: Iterable[Planned | None]) -> Generator[Result | None, None, None]:
        """Yield each paper when it is done, in any order; None now and then when nothing is.

        `papers` are taken as they are needed; None among them says that the next one is not there yet.
        Raises OutputError where a worker could not write, PoolError where none can be started.
        """
        self._coming = iter(papers)
        try:
            while self._more() or any(worker.papers for worker in self._workers):
                self._fill()
                for worker in self._speakers():
                    yield from self._listen(worker)
                yield from self._late()
                yield None
        except BaseException:
            self.close()
            raise
        if not self._keep:
            self.close()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            self._talking.unregister(worker.connection)
        self._workers.clear()
        self._waiting.clear()
        if self._nursery:
            self._nursery.close()
            self._nursery = None

    def _more(self) -> bool:
        """Whether papers wait, or may come. Those that are there are taken, as many as it needs to see."""
        most = self._wanted * (3 + _MOST_AHEAD)
        while self._coming is not None and len(self._waiting) < most:
            try:
                paper = next(self._coming)
            except StopIteration:
                self._coming = None
                break
            if paper is None:
                break
            self._waiting.append(paper)
        return bool(self._waiting) or self._coming is not None

    # ------------------------------------------------------------------------------- starting
    def _fill(self) -> None:
        """Keep every worker busy; start as many as there is work for."""
        busy = sum(bool(worker.papers) for worker in self._workers)
        while len(self._workers) < min(self._most, len(self._waiting) + busy):
            if not self._start():
                break
        for level in range(_MOST_AHEAD + 1):
            for worker in self._workers:
                if len(worker.papers) == level <= worker.ahead and self._may_hoard(level):
                    worker.give(self._waiting.popleft(), self._now())

    def _may_hoard(self, papers: int) -> bool:
        """Whether a worker that has so many papers may have one more."""
        # Near the end nobody hoards: a paper that waits behind a slow one would wait for nothing.
        others = self._wanted > 1 and papers > 0
        return len(self._waiting) > (2 * len(self._workers) if others else 0)

    def _start(self) -> _Worker | None:
        """One worker more, if that is possible now."""
        try:
            if self._nursery is None:
                self._nursery = self._new_nursery(self._setup)
            worker = _Worker(self._nursery, self._now())
        except UselessError as error:
            raise PoolError(str(error)) from error
        except (GoneError, RefusedError) as error:
            if isinstance(error, GoneError) and self._nursery:
                self._nursery.close()
                self._nursery = None
            self._bad_start(str(error))
            return None
        self._workers.append(worker)
        self._talking.register(worker.connection, selectors.EVENT_READ, worker)
        return worker

    def _bad_start(self, reason: str) -> None:
        """A worker did not come to work: go on with the others, or try again, or give up."""
        self._bad_starts += 1
        if self._workers:
            self._most = len(self._workers)  # until the next one is ready
        elif self._bad_starts >= _MAX_BAD_STARTS:
            raise PoolError(f"workers do not start ({reason})")

    # ------------------------------------------------------------------------------ listening
    def _speakers(self) -> Iterator[_Worker]:
        """The workers that have something to say, soon: each as often as it has."""
        if rest := self._rest():
            time.sleep(rest)
        now = self._now()
        until = min((self._deadline(worker) for worker in self._workers if worker.papers), default=now + 0.1)
        timeout = max(0.0, min(_TICK_SECONDS, until - now))
        while ready := self._talking.select(timeout):
            timeout = 0.0
            for key, _ in ready:
                yield key.data

    def _rest(self) -> float:
        """Seconds for which no worker needs anything."""
        enough = (worker.pace * (len(worker.papers) // 2) for worker in self._workers)
        return min(_AHEAD_SECONDS / 2, min(enough, default=0.0))

    def _deadline(self, worker: _Worker) -> float:
        return worker.since + (_START_SECONDS if worker.size is None else self._limits.seconds)

    def _listen(self, worker: _Worker) -> Iterator[Result]:
        try:
            message = worker.said()
        except EOFError:
            yield from self._died(worker)
        else:
            yield from self._take(worker, message)

    def _take(self, worker: _Worker, message: Message) -> Iterator[Result]:
        match message:
            case Ready(size):
                worker.size = size
                worker.since = self._now()
                self._bad_starts, self._most = 0, self._wanted
            case Alive():
                worker.since = self._now()
            case Done(doc_id, heads, leaving, entry):
                planned = worker.papers.popleft()
                if planned.doc_id != doc_id:
                    raise PoolError(f"a worker answered for {doc_id} when it had {planned.doc_id} in hand")
                worker.took(self._now())
                if leaving:
                    self._replace(worker)
                yield Result(planned, heads, entry)
            case Broken(reason):
                raise OutputError(reason)

    # ------------------------------------------------------------------------- what goes wrong
    def _late(self) -> Iterator[Result]:
        """Fail the papers that are over the time limit, and replace their workers."""
        for worker in list(self._workers):
            if not worker.papers or self._now() < self._deadline(worker):
                continue
            if worker.size is None:
                self._replace(worker)
                self._bad_start(f"not within {_START_SECONDS:g} s")
                continue
            planned = worker.papers.popleft()
            self._replace(worker)
            yield self._too_slow(planned)

    def _died(self, worker: _Worker) -> Iterator[Result]:
        planned = worker.papers.popleft() if worker.papers and worker.size is not None else None
        ended = self._replace(worker)
        if worker.size is None:
            self._bad_start(str(ended or "no trace of it"))
        if planned is None:
            return
        if ended and ended.code == -signal.SIGPROF:
            yield self._too_slow(planned)
        elif self._may_try_again(planned, worker, ended):
            self._again[planned.doc_id] += 1
            fresh = self._start()
            if fresh:
                fresh.give(planned, self._now())
            else:
                self._waiting.appendleft(planned)
        else:
            yield self._dead(planned, worker, ended)

    def _may_try_again(self, planned: Planned, worker: _Worker, ended: Ended | None) -> bool:
        """Whether bad luck, or what earlier papers left behind, may be to blame."""
        if self._again[planned.doc_id] >= (1 if ended else _MAX_LOST):
            return False
        return worker.finished > 0 or not (_no_memory(ended) or self._near_limit(worker, ended))

    def _near_limit(self, worker: _Worker, ended: Ended | None) -> bool:
        """Whether a process that died held so much that a library may have got no more memory."""
        if not ended or not worker.size or ended.code == 0:
            return False
        return ended.peak - worker.size > self._limits.memory_mb * MEGABYTE / 2

    def _dead(self, planned: Planned, worker: _Worker, ended: Ended | None) -> Result:
        """The failure of a paper whose processes died: at the memory limit, or nobody knows why."""
        if _no_memory(ended):
            return self._failed(planned, "E10", f"more than {self._limits.memory_text}", lasting=True)
        how = str(ended or "no trace of it")
        if self._near_limit(worker, ended):
            return self._failed(planned, "E10", f"{how}, near {self._limits.memory_text}", lasting=True)
        # nobody but the system or its keeper kills: that may be another time's trouble
        lasting = ended is not None and ended.code != -signal.SIGKILL
        return self._failed(planned, "E11", how, lasting=lasting)

    def _too_slow(self, planned: Planned) -> Result:
        return self._failed(planned, "E09", f"longer than {self._limits.seconds_text}", lasting=True)

    def _replace(self, worker: _Worker) -> Ended | None:
        """Take a worker out; what waited behind its paper in hand goes to the others."""
        self._workers.remove(worker)
        self._talking.unregister(worker.connection)
        self._waiting.extendleft(reversed(worker.papers))
        worker.papers.clear()
        return worker.end()

    def _failed(self, planned: Planned, code: str, detail: str, *, lasting: bool) -> Result:
        record = failed(planned.doc_id, planned.shown, digest_of(planned.path), str(ReadError(code, detail)))
        head = self._cache.store_failure(planned, record, self._limits if lasting else None)
        return Result(planned, [head])


def _no_memory(ended: Ended | None) -> bool:
    return ended is not None and ended.code == OUT_OF_MEMORY

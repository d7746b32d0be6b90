"""Where a process of a cluster reads papers: one loaded nursery, which all its threads share, and a folder.

Loading takes seconds and hundreds of megabytes, so that the nursery outlives a shard. It is closed when
nobody has needed it for a while: whoever began the run may have died.
"""

from __future__ import annotations

import itertools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from extractors.rules.added import Added
from pipeline.cache import Cache
from pipeline.config import Limits
from pipeline.errors import OutputError
from pipeline.kernel import Ended
from pipeline.nursery import GoneError, Nursery
from pipeline.only import Only
from pipeline.pool import Nursing, Pool
from pipeline.spares import Spares
from pipeline.worker import Process, Setup

_IDLE_SECONDS = 60.0
#: bytes of an entry that a reading process sends to the pool, without a file; its socket holds some 200 kB
_CARRIED = 1 << 14


@dataclass(frozen=True, slots=True)
class Work:
    """What papers are read with. `run` tells runs apart that use one cluster at the same time."""

    run: str
    program: str
    limits: Limits
    process: Process
    words: tuple[Added, ...] = ()
    only: Only | None = None


class Seat:
    """One thread's place: a `folder` of its own, the `cache` that its pool fills, `spares` for both."""

    def __init__(self, shared: _Shared, folder: Path) -> None:
        self._shared, self.folder = shared, folder
        self.cache, self.spares = shared.setup.cache, shared.spares

    @contextmanager
    def pool(self) -> Iterator[Pool]:
        """A pool of one process: a worker of the cluster has a thread for each that it may use.

        The process waits for the next shard: what a fresh one would work out first, it knows.
        """
        idle = self._shared.idle
        try:  # not a look first: another thread may take the last one in between
            pool = idle.pop()
        except IndexError:
            pool = Pool(1, self._shared.setup, self._shared.lease, keep=True)
        try:
            yield pool
        except BaseException:
            pool.close()
            raise
        idle.append(pool)


class Station:
    """The seats of a process, below `folder`. `idle` is in seconds. Threads may use it at the same time."""

    def __init__(self, folder: Path, idle: float = _IDLE_SECONDS) -> None:
        self.folder, self._idle = folder, idle
        self._lock = threading.Lock()
        self._shared: dict[Work, _Shared] = {}
        self._numbers = itertools.count()
        self._timer: threading.Timer | None = None

    @contextmanager
    def seat(self, work: Work) -> Iterator[Seat]:
        """A place to read papers, gone with all that is in it. Raises OutputError."""
        with self._lock:
            shared = self._shared.setdefault(work, _Shared(work, self.folder / work.run))
            shared.users += 1
            folder = self.folder / work.run / f"seat-{next(self._numbers)}"
        try:
            shared.setup.cache.folder.mkdir(parents=True, exist_ok=True)
            shared.spares.folder.mkdir(exist_ok=True)
            folder.mkdir()
            yield Seat(shared, folder)
        except OSError as error:
            raise OutputError.of(error, folder) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            with self._lock:
                shared.users -= 1
                self._close_later()

    def _close_later(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(self._idle, self._close_unused)
        self._timer.daemon = True
        self._timer.start()

    def _close_unused(self) -> None:
        with self._lock:
            for work in [work for work, shared in self._shared.items() if not shared.users]:
                self._shared.pop(work).close()

    def close(self) -> None:
        """End every process, whoever uses it, and remove the folder."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
            for shared in self._shared.values():
                shared.close()
            self._shared.clear()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Shared:
    """The nursery of one kind of work, made when it is first needed."""

    def __init__(self, work: Work, folder: Path) -> None:
        self.spares = Spares(folder / "spares")
        cache = Cache(folder / "papers", work.program, self.spares, _CARRIED)
        self.setup = Setup(work.process, cache, work.limits, folder / "tmp", work.words, work.only)
        self.users = 0
        self.idle: list[Pool] = []
        self._folder = folder
        self._nursery: Nursery | None = None
        self._closed = False
        self.lock = threading.RLock()  # one question at a time

    def lease(self, _setup: Setup) -> Nursing:
        """A share of the nursery for one pool. Raises GoneError."""
        with self.lock:
            if self._closed:
                raise GoneError("the worker ends")
            if self._nursery is None:
                self._nursery = Nursery(self.setup)
            return _Lease(self, self._nursery)

    def gone(self, nursery: Nursery) -> None:
        """Who comes next gets another nursery."""
        with self.lock:
            if self._nursery is nursery:
                self._nursery = None
                nursery.close()

    def close(self) -> None:
        """End the nursery, and what was forked from it."""
        with self.lock:
            self._closed = True
            if self._nursery:
                self.gone(self._nursery)
        shutil.rmtree(self._folder, ignore_errors=True)


class _Lease:
    """A share of a nursery: what one pool has forked from it."""

    def __init__(self, shared: _Shared, nursery: Nursery) -> None:
        self._shared, self._nursery = shared, nursery
        self._workers: set[int] = set()

    def fork(self) -> tuple[int, Connection]:
        """See `Nursery.fork`."""
        with self._shared.lock:
            try:
                number, connection = self._nursery.fork()
            except GoneError:
                self._shared.gone(self._nursery)
                raise
        self._workers.add(number)
        return number, connection

    def end(self, worker: int) -> Ended:
        """See `Nursery.end`."""
        self._workers.discard(worker)
        with self._shared.lock:
            try:
                return self._nursery.end(worker)
            except GoneError:
                self._shared.gone(self._nursery)
                raise

    def close(self) -> None:
        """End the workers of this pool alone."""
        with suppress(GoneError):
            for worker in list(self._workers):
                self.end(worker)

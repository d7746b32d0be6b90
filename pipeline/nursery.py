"""The process that all workers are forked from: everything a worker needs is loaded in it once.

It does what it is asked over one connection, and nothing else: fork a worker, tell how one ended. When
the other side hangs up, however that came about, it kills its workers and what these left running (an
OCR program, say), removes their scratch files and ends. No file, socket or name in the file system
is needed for all this.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe, reduction
from multiprocessing.connection import Connection
from typing import cast

from extractors.rules.added import adding
from extractors.rules.words import VocabularyError
from pipeline import kernel
from pipeline.config import MEGABYTE, MIN_MEMORY_MB, UsageError
from pipeline.kernel import Ended
from pipeline.worker import Setup, read_paper
from pipeline.worker import main as work

#: seconds for loading everything on a slow disk, and for forking
_START_SECONDS = 300.0
_END_SECONDS = 10.0
#: libraries that would start a thread per processor in every worker
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
#: what Dask sets for its workers: memory would go back to the system and be fetched again, paper by paper
_NOT_HERE = "MALLOC_TRIM_THRESHOLD_"
_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    f"from {__package__} import nursery; nursery.main(int(sys.argv[2]))"
)


class GoneError(Exception):
    """The process is not there any more, or does not answer; a new one may do better."""


class RefusedError(Exception):
    """The system does not allow another process, for now; the text says why."""


class UselessError(Exception):
    """No worker can ever work; the text says why."""


@dataclass(frozen=True, slots=True)
class _Fork:
    """Asks for a worker; its connection follows as a handle. The answer is its number."""


@dataclass(frozen=True, slots=True)
class _Reap:
    """Asks how a worker that was killed, or hung up, has ended."""

    worker: int


@dataclass(frozen=True, slots=True)
class _Refused:
    """Answers that there is no new worker; `useless`: nor will there ever be one."""

    reason: str
    useless: bool


class Nursery:
    """Starts workers; `close` ends all of them. Methods raise GoneError, RefusedError and UselessError."""

    def __init__(self, setup: Setup) -> None:
        self._connection, theirs = Pipe()
        arguments = [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path), str(theirs.fileno())]
        try:
            with _no_interrupts():
                self._process = subprocess.Popen(
                    arguments,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={**{k: v for k, v in os.environ.items() if k != _NOT_HERE}, **_ONE_THREAD},
                )
        except OSError as error:
            self._connection.close()
            raise GoneError(f"no process can be started: {error.strerror}") from error
        finally:
            theirs.close()
        self._say(setup)

    def fork(self) -> tuple[int, Connection]:
        """A new worker: its number and the connection to it. The first one waits until all is loaded."""
        ours, theirs = Pipe()
        try:
            self._say(_Fork())
            reduction.send_handle(self._connection, theirs.fileno(), self._process.pid)
            return cast("int", self._answer()), ours
        except OSError as error:
            ours.close()
            raise GoneError(self._how()) from error
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()

    def end(self, worker: int) -> Ended:
        """Kill a worker, if it has not ended, and tell how it ended."""
        kernel.kill(worker)  # its number is its own until it is reaped
        self._say(_Reap(worker))
        return cast("Ended", self._answer())

    def close(self) -> None:
        """End all workers and the process itself."""
        self._connection.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _say(self, what: object) -> None:
        try:
            self._connection.send(what)
        except OSError as error:
            raise GoneError(self._how()) from error

    def _answer(self) -> object:
        try:
            if not self._connection.poll(_START_SECONDS):
                raise GoneError(f"no answer within {_START_SECONDS:g} s")
            answer = self._connection.recv()
        except (OSError, EOFError) as error:
            raise GoneError(self._how()) from error
        if isinstance(answer, _Refused):
            raise (UselessError if answer.useless else RefusedError)(answer.reason)
        return answer

    def _how(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            return str(Ended(self._process.wait(1), 0))
        return "no connection"


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start processes that never see Ctrl-C: the pool ends them."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


# ------------------------------------------------------------------------------ the other side
def main(number: int) -> None:
    """Serve the connection of this number until it is closed."""
    for harmless in (signal.SIGHUP, signal.SIGTERM):  # the other side's end is the end
        signal.signal(harmless, signal.SIG_IGN)
    kernel.adopt_orphans()
    connection = Connection(number)
    workers: set[int] = set()
    setup: Setup | None = None
    try:
        setup = connection.recv()
        with adding(setup.words):
            _serve(connection, setup, workers)
    except (EOFError, OSError):
        return
    finally:
        _end_all(workers)
        if setup is not None:
            shutil.rmtree(setup.scratch, ignore_errors=True)


def _serve(connection: Connection, setup: Setup, workers: set[int]) -> None:
    reason = _load(setup)
    request = connection.recv()
    while not reason:
        connection.send(_answered(request, connection, setup, workers))
        request = connection.recv()
    connection.send(_Refused(reason, useless=True))


def _load(setup: Setup) -> str:
    """Load what workers need; "" or why that is not possible."""
    shutil.rmtree(setup.scratch, ignore_errors=True)
    try:
        setup.scratch.mkdir(parents=True, exist_ok=True)
        if setup.process is read_paper:
            from pipeline import warm  # noqa: PLC0415

            warm.load()
    except (UsageError, VocabularyError) as error:
        return str(error)
    except Exception as error:
        return " ".join(f"the extractors do not load: {type(error).__name__}: {error}".split())
    left = kernel.memory_left()
    if left is not None and left < MIN_MEMORY_MB * MEGABYTE:
        return f"the system leaves a paper {left // MEGABYTE} MiB of memory (ulimit -v), not {MIN_MEMORY_MB}"
    return ""


def _answered(request: object, connection: Connection, setup: Setup, workers: set[int]) -> object:
    if isinstance(request, _Reap):
        ended = kernel.wait_for(request.worker)
        workers.discard(request.worker)
        _end_orphans(workers)
        shutil.rmtree(setup.scratch / str(request.worker), ignore_errors=True)
        return ended
    handle = reduction.recv_handle(connection)
    try:
        worker = _forked(handle, connection, setup)
    except OSError as error:
        return _Refused(f"no process can be started: {error.strerror}", useless=False)
    finally:
        os.close(handle)
    workers.add(worker)
    return worker


def _forked(handle: int, connection: Connection, setup: Setup) -> int:
    parent = os.getpid()
    worker = os.fork()
    if worker:
        return worker
    try:
        kernel.end_with_parent(parent)
        connection.close()
        work(Connection(handle), setup)
        os._exit(0)
    finally:
        os._exit(1)


def _end_all(workers: set[int]) -> None:
    for worker in workers:
        kernel.kill(worker)
    for worker in workers:
        with suppress(ChildProcessError):
            kernel.wait_for(worker)
    _end_orphans(set())


def _end_orphans(workers: set[int]) -> None:
    """Kill what dead workers left running, and what these leave in turn."""
    while left := [child for child in kernel.children() if child not in workers]:
        for child in left:
            kernel.kill(child)
            with suppress(ChildProcessError):
                kernel.wait_for(child)

"""The process that reads papers, one after the other, and puts what it found into the cache.

It talks to the pool in small messages that carry the doc_id; results never travel by position.
"""

from __future__ import annotations

import errno
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from extractors.rules.added import Added
from pipeline import kernel
from pipeline.cache import Cache, EntryWriter, Head
from pipeline.config import MEGABYTE, Limits
from pipeline.errors import OutputError
from pipeline.only import Only
from pipeline.plan import Planned
from pipeline.record import Record, digest_of, failed, unexpected

#: (path, doc_id, path to show) -> the records of the file; None for one that does not fit the run's filter
Process = Callable[[Path, str, str], Iterable[Record | None]]

#: seconds between signs of life while a file of many records is read
_HEARTBEAT = 1.0
#: seconds of work beyond the limit after which a worker ends of itself, if the pool did not end it
_GRACE = 5.0
#: exit status of a worker for which the memory limit was not enough; no library ends a process so
OUT_OF_MEMORY = 86


@dataclass(frozen=True, slots=True)
class Setup:
    """What all workers of a run have in common.

    `scratch` is a folder for temporary files, `words` are the user's own, `only` says which papers are read.
    """

    process: Process
    cache: Cache
    limits: Limits
    scratch: Path
    words: tuple[Added, ...] = ()
    only: Only | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker waits for papers; `size` is the memory it holds before the first one, in bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Alive:
    """A record of the file is done, more are coming."""

    doc_id: str


@dataclass(frozen=True, slots=True)
class Done:
    """A file is done and in the cache, or its `entry` is here. `leaving`: the worker has grown, and ends."""

    doc_id: str
    heads: list[Head]
    leaving: bool
    entry: bytes = b""


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker cannot write, whatever the paper."""

    reason: str


Message = Ready | Alive | Done | Broken


def read_paper(path: Path, doc_id: str, shown_path: str, only: Only | None = None) -> Iterable[Record | None]:
    """casebook's own way of processing a file (see `pipeline.process`)."""
    from pipeline.process import records  # noqa: PLC0415  (only workers load the extractors)

    return records(path, doc_id, shown_path, only)


def main(connection: Connection, setup: Setup) -> None:
    """Read papers as they come until the pool hangs up or says None. What is too much ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides what Ctrl-C means
    for usual in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(usual, signal.SIG_DFL)
    try:
        _own_scratch(setup.scratch)
        _serve(connection, setup)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the pool is gone
    except OutputError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.ENOMEM:
            os._exit(OUT_OF_MEMORY)
        connection.send(Broken(str(error)))


def _own_scratch(scratch: Path) -> None:
    """A folder for the temporary files of this process, gone with it (see `nursery`)."""
    own = scratch / str(os.getpid())
    try:
        own.mkdir(parents=True)
    except OSError as error:
        raise OutputError.of(error, scratch) from error
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)


def _serve(connection: Connection, setup: Setup) -> None:
    limits = setup.limits
    kernel.limit_memory(limits.memory_mb * MEGABYTE)
    start = kernel.peak()
    connection.send(Ready(start))
    while True:
        planned: Planned | None = connection.recv()
        if planned is None:
            return
        kernel.limit_work(limits.seconds + _GRACE)
        heads, entry = _read(connection, setup, planned)
        kernel.limit_work(0)
        grown = kernel.peak() - start
        if grown > limits.memory_mb * MEGABYTE / 2 and any(_failed(head) for head in heads):
            # libraries in C that get no more memory call the file broken
            raise MemoryError
        # What a large paper leaves behind would count against the next one: begin anew.
        leaving = grown > limits.memory_mb * MEGABYTE / 4
        connection.send(Done(planned.doc_id, heads, leaving, entry))
        if leaving:
            return


def _failed(head: Head) -> bool:
    return head.document["status"] == "failed"


def _read(connection: Connection, setup: Setup, planned: Planned) -> tuple[list[Head], bytes]:
    """The heads of a paper's records, and its entry where that is not in the cache."""
    heads: list[Head] = []
    reason = unexpected(ValueError("no record at all"))
    told = time.monotonic()
    with setup.cache.writer(planned.doc_id) as entry:
        found = _heads(setup, planned, entry)
        while True:
            try:
                head = next(found)
            except StopIteration:
                break
            except (MemoryError, OutputError):
                raise
            except Exception as error:  # one paper never takes the batch with it
                heads, reason, entry.left_out = [], unexpected(error), 0
                break
            heads += [head] if head else []
            kernel.limit_work(setup.limits.seconds + _GRACE)
            if time.monotonic() - told > _HEARTBEAT:
                connection.send(Alive(planned.doc_id))
                told = time.monotonic()
        if heads or entry.left_out:
            digest = heads[0].document["sha256"] or "" if heads else digest_of(planned.path)
            return heads, entry.commit(digest)
    return _failure(setup.cache, planned, reason)


def _heads(setup: Setup, planned: Planned, entry: EntryWriter) -> Iterator[Head | None]:
    """The heads of a paper's records, which are added to its entry; None for one that is left out."""
    process: Process = setup.process
    if setup.only is not None:
        process = partial(cast("Any", process), only=setup.only)
    for record in process(planned.path, planned.doc_id, planned.shown):
        if record is None:
            entry.left_out += 1
        yield None if record is None else entry.add(record)


def _failure(cache: Cache, planned: Planned, reason: str) -> tuple[list[Head], bytes]:
    digest = digest_of(planned.path)
    with cache.writer(planned.doc_id) as entry:
        head = entry.add(failed(planned.doc_id, planned.shown, digest, reason))
        return [head], entry.commit(digest)

"""The process that reads papers, one after the other, and puts what it found into the cache.

It talks to the pool in small messages that carry the doc_id; results never travel by position.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.cache import Cache, EntryWriter, Head
from pipeline.config import MEGABYTE, Limits
from pipeline.errors import OutputError
from pipeline.plan import Planned
from pipeline.record import Record, digest_of, failed, unexpected

#: (path, doc_id, path to show) -> the records of the file
Process = Callable[[Path, str, str], Iterable[Record]]

#: seconds between signs of life while a file of many records is read
_HEARTBEAT = 1.0


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has loaded everything and waits for papers."""


@dataclass(frozen=True, slots=True)
class Alive:
    """A record of the file is done, more are coming."""

    doc_id: str


@dataclass(frozen=True, slots=True)
class Done:
    """A file is done and in the cache. `leaving`: the worker has grown and ends itself."""

    doc_id: str
    heads: list[Head]
    leaving: bool


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The file needed more memory than the limit; the worker ends itself."""

    doc_id: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker cannot go on, whatever the paper: `output` tells that it could not write."""

    reason: str
    output: bool


Message = Ready | Alive | Done | OutOfMemory | Broken


def read_paper(path: Path, doc_id: str, shown_path: str) -> Iterable[Record]:
    """casebook's own way of processing a file (see `pipeline.process`)."""
    from pipeline.process import records  # noqa: PLC0415  (only workers load the extractors)

    return records(path, doc_id, shown_path)


def main(connection: Connection, process: Process, cache: Cache, limits: Limits) -> None:
    """Read papers as they come until the pool hangs up or says None."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides what Ctrl-C means
    _silence()
    try:
        if process is read_paper:
            from pipeline import warm  # noqa: PLC0415

            warm.load()
        _serve(connection, process, cache, limits)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the pool is gone
    except OutputError as error:
        connection.send(Broken(str(error), output=True))
    except Exception as error:
        connection.send(Broken(f"{type(error).__name__}: {error}", output=False))


def _serve(connection: Connection, process: Process, cache: Cache, limits: Limits) -> None:
    _limit_memory(limits)
    start = _peak()
    connection.send(Ready())
    while True:
        planned: Planned | None = connection.recv()
        if planned is None:
            return
        try:
            heads = _read(connection, process, cache, planned)
        except MemoryError:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            connection.send(OutOfMemory(planned.doc_id))
            return
        # What a large paper leaves behind would count against the next one: begin anew.
        leaving = _peak() - start > limits.memory_mb * MEGABYTE / 4
        connection.send(Done(planned.doc_id, heads, leaving))
        if leaving:
            return


def _read(connection: Connection, process: Process, cache: Cache, planned: Planned) -> list[Head]:
    heads: list[Head] = []
    reason = unexpected(ValueError("no record at all"))
    told = time.monotonic()
    with cache.writer(planned.doc_id) as entry:
        found = _heads(process, planned, entry)
        while True:
            try:
                heads.append(next(found))
            except StopIteration:
                break
            except (MemoryError, OutputError):
                raise
            except Exception as error:  # one paper never takes the batch with it
                heads, reason = [], unexpected(error)
                break
            if time.monotonic() - told > _HEARTBEAT:
                connection.send(Alive(planned.doc_id))
                told = time.monotonic()
        if heads:
            entry.commit(heads[0].document["sha256"] or "")
            return heads
    return [_failure(cache, planned, reason)]


def _heads(process: Process, planned: Planned, entry: EntryWriter) -> Iterator[Head]:
    for record in process(planned.path, planned.doc_id, planned.shown):
        yield entry.add(record)


def _failure(cache: Cache, planned: Planned, reason: str) -> Head:
    digest = digest_of(planned.path)
    with cache.writer(planned.doc_id) as entry:
        head = entry.add(failed(planned.doc_id, planned.shown, digest, reason))
        entry.commit(digest)
    return head


def _limit_memory(limits: Limits) -> None:
    """Bound what the process may take on top of what it holds now."""
    size = _address_space() + limits.memory_mb * MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell (the limit is then the total)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _peak() -> int:
    """Largest resident size so far, in bytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024


def _silence() -> None:
    """Libraries in C print what they please; standard output and the progress line are not theirs."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)

"""A stand-in for `pipeline.process` whose papers do to a cluster what they say in their first line.

    kill FILE       ends the worker of the cluster that reads it, with a mark in FILE
    kill-once FILE  the same, unless FILE is there
    full FILE       the disk of the first worker that reads it (FILE remembers which) is full
    hold FILE       waits until FILE is there

Anything else is for `scripted`. Workers import this module by name.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

import scripted

from pipeline.errors import OutputError
from pipeline.record import Record


def read(path: Path, doc_id: str, shown: str) -> Iterator[Record]:
    """The records of an invented paper."""
    command, _, argument = path.read_text().split("\n", 1)[0].partition(" ")
    mark = Path(argument)
    match command:
        case "kill":
            _kill(mark)
        case "kill-once" if not mark.exists():
            _kill(mark)
        case "full":
            if not mark.exists():
                mark.write_text(str(_worker()))
            if mark.read_text() == str(_worker()):
                raise OutputError.of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), path)
        case "hold":
            while not mark.exists():
                time.sleep(0.05)
    return scripted.read(path, doc_id, shown)


def busy(dask_worker: Any) -> bool:
    """Whether a worker of the cluster has a shard in hand."""
    return bool(dask_worker.state.executing_count)


def lead(address: str) -> None:
    """Have a worker of the cluster ask for buckets there."""
    os.environ["AWS_ENDPOINT_URL"] = address


def _worker() -> int:
    """The process of the cluster that this one works for: it has started the nursery that forked this."""
    told = Path(f"/proc/{os.getppid()}/stat").read_text()
    return int(told.rpartition(")")[2].split()[1])


def _kill(mark: Path) -> None:
    with mark.open("a") as handle:
        handle.write("x")
    time.sleep(0.1)  # as long as a paper that takes too much memory
    os.kill(_worker(), signal.SIGKILL)
    time.sleep(60)

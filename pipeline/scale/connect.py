"""A Dask cluster to work on: one of this machine's own, or one whose scheduler is somewhere."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import UsageError
from pipeline.pool import PoolError

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

#: the address that stands for a cluster of this machine's own
LOCAL = "local"
#: seconds for the scheduler to answer, at first and when the connection was lost
PATIENCE = 60.0
#: workers that may die over a shard without our hearing of it (Dask's own default is 3)
_FAILURES = 0
#: papers at the same time of one process of Dask's: what is loaded for these is shared, which saves memory
#: and, as the processor's caches hold it once, a tenth of the time
MOST_THREADS = 8
#: a scheduler and workers of one machine of which nobody asks how they do: with what Dask does by default
#: (ticks every 20 ms, a look at all stacks every 10) each process would take some 3 % of a core
_QUIET = {
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.worker.profile.enabled": False,
    # Dask would look 15 s after a worker's death, and give it up for good if it is just being started again
    "distributed.deploy.lost-worker-timeout": "1 day",
}


class ClusterError(PoolError):
    """The cluster cannot do the work; the text says why. What was read is kept."""


@contextmanager
def connected(address: str, workers: int, patience: float = PATIENCE) -> Iterator[Client]:
    """A client of the cluster at an address: "local", tcp://HOST:PORT, or a scheduler file (JSON).

    "local" starts a scheduler and workers that read so many papers at the same time: in this process, which
    hands papers to others anyway, or in some of their own for more than `MOST_THREADS`. Raises UsageError
    where Dask is not installed or there is no such file, ClusterError where nobody answers within
    `patience` seconds.
    """
    if find_spec("distributed") is None:
        raise UsageError("--cluster needs Dask: pip install 'casebook-extract[cluster]'")
    from distributed import Client  # noqa: PLC0415

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong, we say ourselves
    if address == LOCAL:
        with _own(workers) as client:
            yield client
        return
    if "://" not in address and address.endswith(".json"):
        if not Path(address).is_file():
            raise UsageError(f"{address} does not exist: give the scheduler file, or an address")
        where = {"scheduler_file": address}
    else:
        where = {"address": address}
    try:
        client = Client(timeout=patience, set_as_default=False, **where)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} ({_words(error)})") from error
    with client:
        yield client


@contextmanager
def _own(workers: int) -> Iterator[Client]:
    from dask import config  # noqa: PLC0415
    from distributed import Client  # noqa: PLC0415

    with config.set(_QUIET), _started(workers) as cluster, Client(cluster, set_as_default=False) as client:
        yield client


def threads_of(workers: int) -> int:
    """How many of so many papers one process reads at the same time: all processes alike."""
    return next(number for number in range(MOST_THREADS, 0, -1) if workers % number == 0)


def _started(workers: int) -> LocalCluster:
    from distributed import LocalCluster  # noqa: PLC0415

    threads = threads_of(workers)
    # Ctrl-C on a terminal goes to all processes: those of the cluster are ended by this one
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return LocalCluster(
            n_workers=workers // threads,
            processes=workers > MOST_THREADS,
            threads_per_worker=threads,
            memory_limit=0,  # what a paper may take is limited where it is read
            dashboard_address=":0",  # any free port: 8787 may be taken
            scheduler_kwargs={"allowed_failures": _FAILURES},
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

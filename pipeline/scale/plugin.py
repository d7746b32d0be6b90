"""casebook's side of a Dask worker: the station, and the one function that is sent there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import cast

from distributed import Worker, WorkerPlugin, get_worker

from pipeline.scale.station import Station
from pipeline.scale.work import Job, Task, Told, Trouble, read_shard

NAME = "casebook"


class Stations(WorkerPlugin):
    """Gives each worker a station, for all runs. Workers that join later get one as well."""

    name = NAME
    idempotent = True

    def setup(self, worker: Worker) -> None:
        """See `WorkerPlugin.setup`."""
        _give_way()
        self.station = Station(Path(worker.local_directory) / NAME)

    def teardown(self, worker: Worker) -> None:
        """See `WorkerPlugin.teardown`."""
        self.station.close()


def _give_way() -> None:
    """Hand out and pack papers when a core is free, and do not interrupt those who read (Linux only).

    They have the next paper already; each interruption costs them what the core's cache held.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # threads and processes inherit it


def topic(run: str) -> str:
    """Under which name workers tell what they have in hand."""
    return f"{NAME}-{run}"


def work_on(job: Job, task: Task, name: str) -> Told | Trouble | None:
    """Read a shard on the worker that this runs on. `name` is the task's own."""
    worker = get_worker()
    station = cast("Stations", worker.plugins[NAME]).station
    alone = worker.state.nthreads == 1

    def tell(papers: tuple[str, ...]) -> None:
        told = {"task": name, "papers": papers, "worker": worker.address, "alone": alone}
        worker.log_event(topic(job.run), told)

    def wanted() -> bool:
        known = worker.state.tasks.get(name)
        return known is not None and known.state == "executing"

    found = read_shard(job, task, station, tell, wanted)
    if isinstance(found, Trouble):
        return Trouble(found.kind, found.reason, worker.address)
    return found

"""Shards over the workers of a cluster: as many on their way as keep all busy, whatever becomes of these."""

from __future__ import annotations

import queue
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from distributed import Client, Future
from distributed.client import ClosedClientError
from distributed.scheduler import KilledWorker

from pipeline.errors import OutputError
from pipeline.scale.ahead import Ahead
from pipeline.scale.bundle import Bundles
from pipeline.scale.connect import ClusterError
from pipeline.scale.plugin import Stations, topic, work_on
from pipeline.scale.shard import Shard
from pipeline.scale.storage import storage
from pipeline.scale.tries import InHand, Try
from pipeline.scale.work import PROGRAM, STORAGE, WORKER, Job, Told, Trouble

#: workers, or storages, that may fail a shard before that is the end
_MOST_TROUBLES = 3
_TICK_SECONDS = 0.5
#: the same while more could be given out than there is
_SHORT_SECONDS = 0.05
#: between two looks at how many threads the cluster has
_LOOK_SECONDS = 5.0
#: without any worker, before that is the end: a batch system may take its time
_LONELY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Read:
    """A shard is done."""

    key: str
    told: Told


class Spread:
    """Hands `shards` out to the workers of `client`. `say` takes sentences for the user."""

    def __init__(self, client: Client, job: Job, shards: Iterable[Shard], say: Callable[[str], None]) -> None:
        self._client, self._job, self._say = client, job, say
        self._shards = Ahead(shards)
        self._again: deque[Try] = deque()
        self._out: dict[str, tuple[Try, Future]] = {}  # by the name of the task
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._number = self._threads = 0
        self._hungry = True
        self._looked = float("-inf")
        self._busy = time.monotonic()  # when the cluster last had a worker
        self._begin()

    def run(self) -> Iterator[Read | None]:
        """Each shard when it is done, in any order; None now and then when none is.

        Raises ClusterError where the cluster cannot do the work, OutputError where a bundle cannot be
        written, what making shards raises, and what an unforeseen error on a worker was.
        """
        try:
            while self._hand_out() or not self._shards.ended:
                try:
                    future = self._done.get(timeout=_SHORT_SECONDS if self._hungry else _TICK_SECONDS)
                except queue.Empty:
                    yield None
                else:
                    yield from self._take(future)
        finally:
            self._shards.close()
            with suppress(ClosedClientError):
                self._client.cancel([future for _, future in self._out.values()])
            self._out.clear()

    def _begin(self) -> None:
        """On this connection: what workers need, and to hear of what they have in hand."""
        self._job = replace(self._job, run=uuid.uuid4().hex)
        try:
            self._client.register_plugin(Stations())
        except ImportError as error:
            raise ClusterError(f"the workers have no casebook, or another one ({error})") from error
        self._client.subscribe_topic(topic(self._job.run), self._hear)

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """A worker tells what it has in hand. This runs in another thread."""
        told = event[1]
        found = self._out.get(told["task"])
        if found:
            found[0].in_hand[told["worker"]] = InHand(tuple(told["papers"]), told["alone"])

    # ------------------------------------------------------------------------------ handing out
    def _hand_out(self) -> bool:
        """Give out as much as keeps every worker busy; whether anything is on its way."""
        self._look()
        self._hungry = False
        while len(self._out) < self._threads + max(2, self._threads // 8):
            if self._again:
                self._give(self._again.popleft())
            elif shard := self._shards.next():
                self._give(Try(shard))
            else:
                self._hungry = not self._shards.ended
                break
        return bool(self._out)

    def _look(self) -> None:
        """How many threads there are: workers come and go."""
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS or self._client.status != "running":
            return
        self._looked = now
        with suppress(OSError):  # the connection is lost just now
            self._threads = sum(self._client.nthreads().values())
        if self._threads:
            self._busy = now
        elif now - self._busy > _LONELY_SECONDS:
            raise ClusterError(f"the cluster has had no worker for {_LONELY_SECONDS / 60:g} minutes")

    def _give(self, one: Try) -> None:
        self._number += 1
        name = f"casebook-{self._job.run}-{self._number}"
        future = self._client.submit(work_on, self._job, one.task, name, key=name, pure=False)
        self._out[name] = (one, future)
        future.add_done_callback(self._done.put)

    # ---------------------------------------------------------------------------------- taking
    def _take(self, future: Future) -> Iterator[Read]:
        if future.key not in self._out:
            return  # of a connection that was lost
        try:
            found = future.result()
        except CancelledError:
            self._reconnect()
            return
        except KilledWorker:
            one, _ = self._out.pop(future.key)
            self._again.extend(one.killed())
            return
        one, _ = self._out.pop(future.key)
        one.in_hand.clear()
        if isinstance(found, Trouble):
            self._trouble(one, found)
            return
        self._again.extend(one.done())
        for part in one.parts:
            Bundles(storage(self._job.out, self._job.patience), self._job.program).remove(part)
        if one.whole is None:
            yield Read(one.shard.key, found)

    def _trouble(self, one: Try, trouble: Trouble) -> None:
        if trouble.kind == PROGRAM:
            raise ClusterError(
                f"worker {trouble.where}: {trouble.reason}; install the same program, model and packages"
            )
        one.troubles += 1
        if one.troubles >= _MOST_TROUBLES:
            raise OutputError(trouble.reason) if trouble.kind == STORAGE else ClusterError(trouble.reason)
        if trouble.kind == WORKER:
            self._retire(trouble)
        self._again.append(one)

    def _retire(self, trouble: Trouble) -> None:
        """Do without a worker that cannot work, as long as there is another one."""
        with suppress(OSError):  # the connection is lost just now
            if set(self._client.nthreads()) - {trouble.where}:
                self._say(f"worker {trouble.where} is left out: {trouble.reason}")
                self._client.retire_workers([trouble.where])
                self._looked = float("-inf")

    def _reconnect(self) -> None:
        """The scheduler is gone: wait for another one at its place, and hand out again what was out."""
        self._say("the connection to the scheduler is lost; waiting for it")
        while self._client.status == "connecting":
            time.sleep(_TICK_SECONDS)
        lost = [one for one, _ in self._out.values()]
        self._out.clear()
        try:
            if self._client.status != "running":
                raise ConnectionError
            self._begin()
        except OSError as error:
            raise ClusterError("the scheduler is gone; the next run goes on from what was read") from error
        for one in lost:
            one.in_hand.clear()
            self._again.append(one)

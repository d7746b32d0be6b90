"""Shards that are made while others are read: listing a bucket or unpacking an archive takes its time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress

from pipeline.scale.shard import Shard

_AHEAD = 8
_TICK_SECONDS = 0.2


class Ahead:
    """Takes `shards` in a thread of its own, a few ahead of whoever asks."""

    def __init__(self, shards: Iterable[Shard]) -> None:
        self._ready: queue.Queue[Shard | BaseException | None] = queue.Queue(_AHEAD)
        self._stop = threading.Event()
        self.ended = False
        threading.Thread(target=self._take, args=(iter(shards),), name="shards", daemon=True).start()

    def next(self) -> Shard | None:
        """The next shard; None where it is not there yet, or `ended`. Raises what making it raised."""
        try:
            found = self._ready.get_nowait()
        except queue.Empty:
            return None
        if isinstance(found, BaseException):
            self.ended = True
            raise found
        self.ended = found is None
        return found

    def close(self) -> None:
        """Take no more."""
        self._stop.set()

    def _take(self, shards: Iterator[Shard]) -> None:
        try:
            for shard in shards:
                if not self._put(shard):
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, what: Shard | BaseException | None) -> bool:
        """Whether it was still wanted."""
        while not self._stop.is_set():
            with suppress(queue.Full):
                self._ready.put(what, timeout=_TICK_SECONDS)
                return True
        return False

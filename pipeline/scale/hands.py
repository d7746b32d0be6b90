"""Which paper a worker has in hand, told so seldom that it costs nothing, and as often as it takes to know.

Quick papers are told many at a time, a slow one alone. What is told last is true until something else is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

#: papers that are told at once: any of them may be in hand
MOST = 25
#: behind this a paper that is still in hand is told alone
SLOW_SECONDS = 0.2


class Hands:
    """Tells, by `tell`, the papers of which one is in hand. `papers` are the doc_ids of a shard, in order.

    `careful`: each paper is told alone, before anything is done with it.
    """

    def __init__(
        self,
        papers: Sequence[str],
        tell: Callable[[tuple[str, ...]], None],
        careful: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._papers, self._tell, self._clock = papers, tell, clock
        self._places = {doc_id: place for place, doc_id in enumerate(papers)}
        self._most = 1 if careful else MOST
        self._told: tuple[str, ...] = ()
        self._now, self._since = "", 0.0

    def take(self, doc_id: str) -> None:
        """This paper is in hand from now on."""
        self._now, self._since = doc_id, self._clock()
        if doc_id not in self._told:
            place = self._places[doc_id]
            self._say(tuple(self._papers[place : place + self._most]))

    def look(self) -> None:
        """To be called now and then."""
        if len(self._told) > 1 and self._clock() - self._since > SLOW_SECONDS:
            self._say((self._now,))

    def _say(self, papers: tuple[str, ...]) -> None:
        self._told = papers
        self._tell(papers)

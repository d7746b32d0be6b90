"""Events on one line of time, each so many days from another; what is not linked cannot be worked out."""

from __future__ import annotations

from collections import deque

from extractors.time.durations import Days


class Axis:
    """Events by name, linked by spans of days (from the least to the most that the text allows)."""

    def __init__(self) -> None:
        self._links: dict[str, list[tuple[str, Days]]] = {}
        self._reached: dict[str, dict[str, Days]] = {}

    def put(self, event: str, origin: str, days: Days = (0, 0)) -> None:
        """Say that an event was so many days after another; where that is known, the first word counts."""
        if event == origin or self.between(origin, event) is not None:
            return
        self._links.setdefault(origin, []).append((event, days))
        self._links.setdefault(event, []).append((origin, (-days[1], -days[0])))
        self._reached.clear()

    def between(self, origin: str, event: str) -> Days | None:
        """The days from one event to another, None where no chain of links leads there."""
        if origin not in self._reached:
            self._reached[origin] = self._from(origin)
        return self._reached[origin].get(event)

    def _from(self, origin: str) -> dict[str, Days]:
        """The days to all events that a chain of links leads to, by the fewest links."""
        found: dict[str, Days] = {origin: (0, 0)}
        todo = deque([origin])
        while todo:
            here = todo.popleft()
            low, high = found[here]
            for event, days in self._links.get(here, ()):
                if event not in found:
                    found[event] = (low + days[0], high + days[1])
                    todo.append(event)
        return found

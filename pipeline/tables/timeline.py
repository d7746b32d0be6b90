"""Tables of events, one clause after the other: where it begins, what is behind a treatment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from extractors import registry
from extractors.base import TimeRef
from extractors.fact import Fact
from pipeline.paper import Cell
from pipeline.tables.reading import Found
from pipeline.tables.senses import Sense
from pipeline.tables.sheet import Sheet


class Timeline:
    """What the clauses of a table have told so far."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._told: set[Fact[Any]] = set()  # whose first event is told
        self._treated = False

    def dated(self, sense: Sense) -> TimeRef | None:
        """The time of the next cell: follow-up behind a treatment's begin."""
        time = sense.time
        if self._treated and sense.prose and time is not None and not time.phase:
            return replace(time, phase="follow-up")
        return time

    def events(self, cell: Cell, row: int, time: TimeRef | None, found: Sequence[Found]) -> Iterator[Found]:
        """What the first events of a clause tell beyond `found`, the mentions in it."""
        for fact, reader in registry.table_readers().items():
            if reader.event is None or fact in self._told:
                continue
            label = self._sheet.grid.at(row, 0)
            text = self._sheet.labels.text
            event = None
            if label is not None and label.start != cell.start and "\n" not in text[label.start : cell.start]:
                span = (label.start, label.end)
                event = reader.event(span, (text[cell.start : cell.end], cell.start), time)
            if event is not None:
                yield fact.component, event
            if event is not None or any(component == fact.component for component, _ in found):
                self._told.add(fact)
        self._treated = self._treated or any(registry.fact_of(m).treats(m) for _, m in found)

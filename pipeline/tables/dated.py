"""Visits as rows or columns: which labels are times, and which visit is the first."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.base import TimeRef
from extractors.time.dates import DATE
from extractors.time.durations import TERM_DAYS
from extractors.time.labels import counted_by
from pipeline.paper import Cell
from pipeline.tables.grid import Grid
from pipeline.tables.labels import Labels, is_timeline_head
from pipeline.tables.rules import COUNTS_OF_TIME, HEADS_OF_TIMES, said_by
from pipeline.tables.senses import Sense, undated
from pipeline.tables.visits import in_order

#: Days by which a pregnancy may be longer than its term.
_OVERDUE = 14
_BARE = re.compile(r"\d{1,3}(?:\.\d)?")
#: Senses of row labels, by row and label column.
Rows = dict[tuple[int, int], Sense]


def in_order_of_visits(senses: dict[int, Sense], anchor: str) -> dict[int, Sense]:
    """Visits as columns (or rows): the earliest is the baseline, the others follow up."""
    times = in_order({i: s.time for i, s in senses.items() if s.time is not None}, anchor)
    return {i: replace(s, time=times.get(i)) for i, s in senses.items()}


def with_counted_columns(grid: Grid, labels: Labels, columns: dict[int, Sense]) -> dict[int, Sense]:
    """Columns dated by a row of bare numbers: "Months post partum | 2 | 9 | 15"."""
    for row in range(min(grid.first_row + 1, grid.n_rows)):
        cells = {c: cell for c in range(1, grid.n_cols) if (cell := grid.at(row, c)) is not None}
        times = _counted(labels, labels.words(grid.at(row, 0)), cells)
        if times:
            return {c: replace(s, time=times.get(c, s.time)) for c, s in columns.items()}
    return columns


def with_counted_rows(grid: Grid, labels: Labels, rows: dict[tuple[int, int], Sense]) -> Rows:
    """Rows dated by a first column of bare numbers."""
    cells = {r: cell for r in grid.data_rows() if (cell := grid.at(r, 0)) is not None}
    times = _counted(labels, grid.column_text(labels.text, 0), cells)
    return {key: replace(s, time=times[key[0]]) if key[0] in times else s for key, s in rows.items()}


def _counted(labels: Labels, head: str, cells: dict[int, Cell]) -> dict[int, TimeRef]:
    """The times of cells that are numbers which rise, under or beside a head that names their unit."""
    if len(cells) < 2 or said_by(COUNTS_OF_TIME, head) is None:
        return {}
    words = {place: labels.words(cell).strip() for place, cell in cells.items()}
    if not all(_BARE.fullmatch(number) for number in words.values()):
        return {}
    numbers = [float(number) for number in words.values()]
    if any(after <= before for before, after in pairwise(numbers)):
        return {}
    times = {place: counted_by(words[place], cell.start, head) for place, cell in cells.items()}
    return {place: time for place, time in times.items() if time is not None}


def with_dated_rows(
    grid: Grid, labels: Labels, rows: dict[tuple[int, int], Sense], columns: dict[int, Sense], anchor: str
) -> dict[tuple[int, int], Sense]:
    """Visits as rows: labels that are times and nothing else.

    Where the columns hold events and not measurements, the first date is no first visit.
    """
    dated = {row: s for (row, label), s in rows.items() if label == 0 and _is_visit(grid, labels, row, s)}
    measured = any(s.told for s in columns.values())
    if len(dated) < 2 or not measured:
        rows = {key: undated(s, DATE) for key, s in rows.items()}
        dated = {row: undated(s, DATE) for row, s in dated.items()}
    if len(dated) < 2:
        return rows
    head = grid.column_text(labels.text, 0)
    if is_timeline_head(head):
        dated = {row: replace(s, time=_placed(s.time, head, dated, row)) for row, s in dated.items()}
    if measured and not any(s.time.anchor in ("delivery", "gestation") for s in dated.values() if s.time):
        dated = in_order_of_visits(dated, anchor)
    return {key: replace(s, time=dated[key[0]].time) if key[0] in dated else s for key, s in rows.items()}


def _is_visit(grid: Grid, labels: Labels, row: int, sense: Sense) -> bool:
    """Whether a row's label is a time alone; what was measured may stand in the second column."""
    if sense.time is None:
        return False
    if not sense.told:
        return True
    first = next(iter(grid.row_headers(row, (0, 1))), None)
    if first is None or first.row in grid.groups:
        return False
    own = labels.of(first)
    return own.time is not None and not own.told


def _placed(time: TimeRef | None, head: str, dated: dict[int, Sense], row: int) -> TimeRef | None:
    """A bare "31 weeks" of a timeline: in gestation, or after a delivery that rows above have passed."""
    if time is None or time.anchor != "baseline" or time.phase != "follow-up" or time.days_min is None:
        return time
    counted = said_by(HEADS_OF_TIMES, head)
    above = [s.time for r, s in dated.items() if r < row and s.time is not None]
    if any(t.anchor == "delivery" for t in above) or counted == "delivery":
        return replace(time, anchor="delivery", phase="")
    if counted == "gestation" and time.days_max is not None and time.days_max <= TERM_DAYS + _OVERDUE:
        days = (time.days_min - TERM_DAYS, time.days_max - TERM_DAYS)
        return replace(time, anchor="gestation", days_min=days[0], days_max=days[1], phase="")
    return time

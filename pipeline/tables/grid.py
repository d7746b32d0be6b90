"""A table's grid with its header rows and its stub (the columns of row labels) told from its data."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.paper import Cell, Table
from pipeline.tables.labels import Labels

#: More rows of heads than these no table has.
_MOST_HEADS = 3
_VALUE = re.compile(r"^\W{0,3}\d[\d.,]*|^[<>≤≥±+-]|^(?:n\.?a\.?|-|yes|no)$", re.I)


@dataclass(frozen=True)
class Grid:
    """A table with `first_row` and `first_col` where its data begin."""

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    first_row: int
    first_col: int
    groups: frozenset[int]  # rows that are one label over all columns

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a position, None where it is empty."""
        starts, wide = self._places
        first = starts.get((row, col))
        for place in wide.get(row, ()):
            if first is not None and first < place:
                break
            if self.cells[place].col <= col < self.cells[place].col + self.cells[place].col_span:
                return self.cells[place]
        return self.cells[first] if first is not None else None

    @cached_property
    def _places(self) -> tuple[dict[tuple[int, int], int], dict[int, list[int]]]:
        """Numbers of the filled cells: the first that begins at a position; by row, those that span more."""
        starts: dict[tuple[int, int], int] = {}
        wide: dict[int, list[int]] = {}
        for number, c in enumerate(self.cells):
            if c.start >= c.end:
                continue
            starts.setdefault((c.row, c.col), number)
            if c.row_span > 1 or c.col_span > 1:
                for row in range(c.row, c.row + c.row_span):
                    wide.setdefault(row, []).append(number)
        return starts, wide

    @cached_property
    def _groups_in_order(self) -> list[int]:
        return sorted(g for g in self.groups if g >= self.first_row)

    def headers(self) -> Iterator[Cell]:
        """All cells of the head and of the stub."""
        for c in self.cells:
            if c.start < c.end and (c.row < self.first_row or c.col < self.first_col or c.row in self.groups):
                yield c

    def stub_cells(self) -> Iterator[Cell]:
        """The row labels of data rows."""
        for c in self.cells:
            if c.col == 0 and c.row >= self.first_row and c.row not in self.groups and c.start < c.end:
                yield c

    def data_rows(self) -> Iterator[int]:
        """Rows below the head that are no group labels."""
        return (r for r in range(self.first_row, self.n_rows) if r not in self.groups)

    def column_headers(self, col: int) -> list[Cell]:
        """A column's header cells from the top down."""
        out: list[Cell] = []
        for row in range(self.first_row):
            cell = self.at(row, col)
            if cell is not None and cell not in out and cell.row not in self.groups:
                out.append(cell)
        return out

    def column_text(self, text: str, col: int) -> str:
        """A column's header as one string; `text` is the paper's."""
        return " ".join(text[c.start : c.end].strip() for c in self.column_headers(col))

    def row_headers(self, row: int, stubs: tuple[int, ...] = (0,)) -> list[Cell]:
        """A row's labels: the nearest group label above it, then its stub."""
        out: list[Cell] = []
        above = bisect_left(self._groups_in_order, row)
        if above and (cell := self.at(self._groups_in_order[above - 1], 0)):
            out.append(cell)
        for col in stubs:
            cell = self.at(row, col)
            if cell is None and col == 0 and len(stubs) > 1:
                cell = self._above(row)
            if cell is not None and cell not in out:
                out.append(cell)
        return out

    def _above(self, row: int) -> Cell | None:
        """The label of the first level that an empty cell goes on with."""
        return next((c for r in range(row - 1, self.first_row - 1, -1) if (c := self.at(r, 0))), None)


def grid_of(table: Table, labels: Labels) -> Grid | None:
    """The grid of a table, None where it has no body."""
    n_rows, n_cols = table.n_rows, table.n_cols
    if n_rows < 2 or n_cols < 2:
        return None
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    groups = frozenset(r for r in rows if _is_group(labels.text, rows[r], n_cols))
    first_row = _first_data_row(labels, rows, groups, n_rows)
    return Grid(table.cells, n_rows, n_cols, first_row, 1, frozenset(g for g in groups if g >= first_row))


def _is_group(text: str, row: list[Cell], n_cols: int) -> bool:
    """A single label over the whole width, or alone in the first column."""
    filled = [c for c in row if c.start < c.end]
    if len(filled) != 1 or filled[0].col != 0:
        return False
    body = text[filled[0].start : filled[0].end]
    return filled[0].row_span == 1 and not _VALUE.match(body)


def _first_data_row(labels: Labels, rows: dict[int, list[Cell]], groups: frozenset[int], n_rows: int) -> int:
    """The row where data begin: behind the rows marked as head, else behind the first rows of words."""
    first = 0
    while first < n_rows and (
        _is_marked(rows.get(first, [])) or (first in groups and _is_marked(rows.get(first + 1, [])))
    ):
        first += 1
    if first:
        return min(first, n_rows - 1)
    if _has_no_head(labels, rows):
        return 0
    if _counts_patients([labels.words(c).strip() for c in rows.get(0, [])]):
        return 1
    return _first_row_of_data(labels, rows, groups, n_rows)


def _first_row_of_data(
    labels: Labels, rows: dict[int, list[Cell]], groups: frozenset[int], n_rows: int
) -> int:
    """The first of the upper rows that holds data; a first row with few of them is a head all the same."""
    for row in range(min(_MOST_HEADS, n_rows)):
        cells = [labels.words(c).strip() for c in rows.get(row, []) if c.col > 0 and c.start < c.end]
        values = sum(map(_is_datum, cells))
        if row not in groups and values:
            most = values == len(cells) or (values > 1 and values >= len(cells) / 2)
            return row if row or most else 1
        if row and cells:
            break
    return 1


def _has_no_head(labels: Labels, rows: dict[int, list[Cell]]) -> bool:
    """Whether the first row already is one of a test and its value ("Ca | 9.4 | mg/dL | ALP | 412 | U/L")."""
    first = sorted(rows.get(0, []), key=lambda c: c.col)
    words = labels.words(first[0]).strip() if first and first[0].col == 0 else ""
    if not words or _is_datum(words):
        return False
    valued = _data_columns(labels, first)
    below = [_data_columns(labels, row) - {0} for number, row in rows.items() if number]
    counts = Counter(col for row in below for col in row)
    columns = {col for col, rows_with in counts.items() if rows_with > len(below) / 2}
    if not columns or not columns <= valued:
        return False
    return labels.of(first[0]).names_measure


def _data_columns(labels: Labels, row: list[Cell]) -> set[int]:
    """The columns in which a row holds values."""
    return {c.col for c in row if _is_datum(labels.words(c).strip())}


_CORNER = re.compile(r"(?:(?:cases?|patients?|pts?|subjects?)\b.{0,8})?", re.I)


def _counts_patients(row: list[str]) -> bool:
    """Whether a first row is "Patient no. | 1 | 2 | 3"; its corner may be empty."""
    numbers = [int(c) for c in row if c.isdecimal()]
    words = [c for c in row if c and not c.isdecimal()]
    counted = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return counted and len(words) <= 1 and bool(_CORNER.fullmatch(words[0] if words else ""))


def _is_marked(row: list[Cell]) -> bool:
    """Whether the source marks a whole row as head."""
    filled = [c for c in row if c.start < c.end]
    return bool(filled) and (len(filled) > 1 or filled[0].col > 0) and all(c.header for c in filled)


_DATUM = re.compile(r"^[<>≤≥=+~-]{0,2}\s?\d[\d.,]*(?P<rest>.*)$")
_OF_HEAD = re.compile(
    r"^(?:st|nd|rd|th)\b|^\s?-?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|h|hours?|d|w|m|y)\b|"
    r"^\s?-?(?:hydroxy|oh|\(oh)",
    re.I,
)


def _is_datum(text: str) -> bool:
    """Whether a cell holds a value, not a head such as "6th month", "12 months" or "25(OH)D"."""
    match = _DATUM.match(text)
    return match is not None and not _OF_HEAD.match(match["rest"])

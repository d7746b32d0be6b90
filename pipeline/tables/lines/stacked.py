"""Tables with one cell per line, as copies from a PDF have them: row by row or column by column.

Row by row: the heads of the columns, then each label followed by its values. Column by column: all
labels, then for each column its head and as many values. Anything that does not count up is left.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.structure import shapes
from pipeline.structure.drafts import DraftCell, Piece
from pipeline.tables.lines.headers import is_head_cell, is_stub
from pipeline.tables.lines.rows import row_of

_MAX_CELL = 70
_MAX_COLUMNS = 8
_MIN_ROWS = 3
_REFERENCE = re.compile(r"\W*(?:normal|reference|ref\b|range)", re.IGNORECASE)


class Stacked(NamedTuple):
    """A table read from lines: its cells, and how many lines belong to it."""

    cells: list[DraftCell]
    lines: int


def read_stacked(lines: list[Piece]) -> Stacked | None:
    """The table that the lines begin with, None where they do not count up."""
    heads = 0
    while heads < len(lines) and heads <= _MAX_COLUMNS and is_head_cell(lines[heads].text):
        heads += 1
    if heads < len(lines) and _is_value(lines[heads].text):
        heads -= 1  # "Age" with its values is the first row's label
    if heads < 1:
        return _by_column(lines)
    return _by_row(lines, heads) or _by_column(lines)


def _is_value(text: str) -> bool:
    row = row_of(text)
    return not row.label and len(row.values) == 1


def _is_label(text: str) -> bool:
    return len(text) <= _MAX_CELL and not _is_value(text) and not shapes.sentence_ends(text)


def _by_row(lines: list[Piece], heads: int) -> Stacked | None:
    """Labels, each followed by one value per column; a reference column at the end may be empty."""
    top = lines[:heads]
    columns = heads - 1 if is_stub(top[0].text) and heads > 1 else heads
    groups = _groups(lines, heads)
    optional = 1 if columns > 1 and _REFERENCE.match(top[-1].text) else 0
    full = sum([columns - optional <= len(values) <= columns for _, values, _ in groups])
    if full < _MIN_ROWS or full < len(groups) / 2:
        return None
    cells = [
        DraftCell(0, column, [piece], header=True) for column, piece in enumerate(top, 1 + columns - heads)
    ]
    end = heads
    number = 1
    for label, values, stop in groups:
        if values and not columns - optional <= len(values) <= columns:
            continue  # which column a value belongs to cannot be told
        cells.append(DraftCell(number, 0, label, 1, 1 if values else columns + 1, True))
        cells += [DraftCell(number, i, [value]) for i, value in enumerate(values, 1)]
        end, number = stop, number + 1
    return Stacked(cells, end)


def _groups(lines: list[Piece], start: int) -> list[tuple[list[Piece], list[Piece], int]]:
    """Each label's lines with the values behind them, and where they end; the last has values."""
    found: list[tuple[list[Piece], list[Piece], int]] = []
    i = start
    while i < len(lines) and _is_label(lines[i].text):
        label = [lines[i]]
        i += 1
        if i < len(lines) and not lines[i].gap and _wraps(label[0].text, lines[i].text):
            label.append(lines[i])
            i += 1
        values: list[Piece] = []
        while i < len(lines) and _is_value(lines[i].text) and len(values) <= _MAX_COLUMNS:
            values.append(lines[i])
            i += 1
        found.append((label, values, i))
    while found and not found[-1][1]:
        found.pop()
    return found


def _wraps(label: str, after: str) -> bool:
    """Whether a line is the rest of a label: `Alkaline phosphatase` / `(U/l)`."""
    return not _is_value(after) and (after[0] in "([" or (after[0].islower() and len(after) < 30))


def _by_column(lines: list[Piece]) -> Stacked | None:
    """All labels, then every column as its head and one value for each label."""
    starts = _column_heads(lines)
    if len(starts) < 2:
        return None
    height = starts[1] - starts[0] - 1
    first = starts[0] - height
    if height < _MIN_ROWS or first not in (0, 1) or (first == 1 and not is_stub(lines[0].text)):
        return None
    starts = [
        s for n, s in enumerate(starts) if s == starts[0] + n * (height + 1) and s + height < len(lines)
    ]
    labels = lines[first : starts[0]]
    bodies = [lines[s + 1 : s + 1 + height] for s in starts]
    if len(starts) < 2 or not all([_is_label(p.text) for p in labels]):
        return None
    if not all([_is_value(p.text) for body in bodies for p in body]):
        return None
    stub = lines[0] if first else None
    return Stacked(_grid(stub, [lines[s] for s in starts], labels, bodies), starts[-1] + 1 + height)


def _column_heads(lines: list[Piece]) -> list[int]:
    """The lines that head a column: a value follows."""
    return [
        i
        for i, piece in enumerate(lines)
        if is_head_cell(piece.text) and i + 1 < len(lines) and _is_value(lines[i + 1].text)
    ]


def _grid(
    stub: Piece | None, heads: list[Piece], labels: list[Piece], bodies: list[list[Piece]]
) -> list[DraftCell]:
    """The cells, row by row: heads, then each label with its value of every column."""
    cells = [DraftCell(0, 0, [stub], header=True)] if stub is not None else []
    cells += [DraftCell(0, c, [head], header=True) for c, head in enumerate(heads, 1)]
    for row, label in enumerate(labels, 1):
        cells.append(DraftCell(row, 0, [label], header=True))
        cells += [DraftCell(row, c, [body[row - 1]]) for c, body in enumerate(bodies, 1)]
    return cells

"""Column heads of a table: how many rows they take, and which columns each of them covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.readers.pdf.cells import GridCell, Row
from pipeline.readers.pdf.ink import Rect

_NUMBER = re.compile(r"\d")


def header_rows(rows: Sequence[Row], full: Sequence[Rect], box: Rect) -> int:
    """How many rows at the top are column heads."""
    inner = [r.top for r in full if box.top + 5 < r.top < box.bottom - 5 and r.top > rows[0].baseline]
    if inner:
        above = sum(1 for row in rows if row.baseline < inner[0])
        if 0 < above <= max(1, len(rows) // 2) and above <= 4:
            return above
    body_bold = sum(_is_bold(row) for row in rows[1:]) > 0.5 * (len(rows) - 1)
    count = sum(1 for _ in takewhile(lambda row: _looks_like_head(row, body_bold), rows[:3]))
    body = rows[count:]
    numeric = sum(any(_NUMBER.search(t) for c, t in row.columns().items() if c > 0) for row in body)
    return count if count > 0 and body and numeric else min(1, len(rows) - 1)


def _looks_like_head(row: Row, body_bold: bool) -> bool:
    """Whether a row is set in bold and the table is not, or holds few numbers."""
    texts = [text for c, text in row.columns().items() if c > 0]
    if not texts or (_is_bold(row) and not body_bold):
        return bool(texts)
    return sum(bool(re.match(r"^[<>≤≥~-]?\d", t)) for t in texts) < 0.5 * len(texts)


def _is_bold(row: Row) -> bool:
    return all(w.bold for printed in row.pieces for piece in printed for w in piece.words)


def widen_headers(
    cells: list[GridCell],
    rows: Sequence[Row],
    across: Sequence[Rect],
    box: Rect,
    bounds: Sequence[float],
    head: int,
) -> None:
    """A head over a short rule covers the columns that the rule covers."""
    edges = [box.x0, *bounds, box.x1]
    taken = {(c.row, c.col) for c in cells}
    for cell in cells:
        if cell.row >= head or not cell.lines:
            continue
        line = cell.lines[-1]
        below = rows[cell.row + 1].baseline if cell.row + 1 < len(rows) else line.bottom + 2 * line.size
        for rule in across:
            if (
                not (line.baseline - 1 <= rule.top < min(below, line.bottom + line.size))
                or rule.width > 0.85 * box.width
            ):
                continue
            if not (rule.x0 - 4 <= line.x0 and line.x1 <= rule.x1 + 4):
                continue
            covered = [
                i
                for i in range(len(edges) - 1)
                if min(edges[i + 1], rule.x1) - max(edges[i], rule.x0) > 0.5 * (edges[i + 1] - edges[i])
            ]
            wanted = [i for i in covered if i == cell.col or (cell.row, i) not in taken]
            if len(wanted) > cell.col_span and cell.col in range(wanted[0], wanted[-1] + 1):
                cell.col, cell.col_span = wanted[0], wanted[-1] - wanted[0] + 1


def center_headers(cells: list[GridCell], head: int, columns: int) -> None:
    """A head without a rule takes the columns beside it that have none, if it is centred over them
    or if the same heads come again under each."""
    extents = _extents(cells, head)
    for row in range(head):
        here = [c for c in cells if c.row == row and c.lines]
        taken = {i for c in here for i in range(c.col, c.col + c.col_span)}
        below = [c.text for c in cells if c.row == row + 1 and c.col > 0]
        again = row + 1 < head and len(set(below)) < len(below)
        for column in range(1, columns):
            if column in taken or column not in extents:
                continue
            near = [
                c for c in _beside(here, column, extents) if again or not _over(c, extents, extents[column])
            ]
            if near:
                near[0].col = min(near[0].col, column)
                near[0].col_span += 1
                taken.add(column)


def _extents(cells: Sequence[GridCell], head: int) -> dict[int, tuple[float, float]]:
    """From where to where the words of each column reach, below the heads of groups."""
    extents: dict[int, tuple[float, float]] = {}
    for cell in cells:
        if cell.col_span == 1 and cell.lines and cell.row >= head - 1 and not (cell.row < head and head == 1):
            x0, x1 = min(line.x0 for line in cell.lines), max(line.x1 for line in cell.lines)
            old = extents.get(cell.col, (x0, x1))
            extents[cell.col] = (min(old[0], x0), max(old[1], x1))
    return extents


def _beside(
    heads: Sequence[GridCell], column: int, extents: dict[int, tuple[float, float]]
) -> list[GridCell]:
    """The heads of a row on either side of a column, the nearest first."""
    middle = sum(extents[column]) / 2
    near = [c for c in heads if c.col > 0 and column in (c.col - 1, c.col + c.col_span)]
    return sorted(near, key=lambda c: abs((c.lines[0].x0 + c.lines[-1].x1) / 2 - middle))


def _over(cell: GridCell, extents: dict[int, tuple[float, float]], beside: tuple[float, float]) -> bool:
    """Whether a head stands right over the words of its own column and not over those beside it."""
    own = extents.get(cell.col)
    if own is None or cell.col_span > 1:
        return cell.col_span == 1
    x0, x1 = cell.lines[0].x0, cell.lines[-1].x1
    size = cell.lines[0].size
    if x0 < beside[1] - 0.3 * size and x1 > beside[0] + 0.3 * size:
        return False
    return min(abs(x0 - own[0]), abs(x1 - own[1]), abs((x0 + x1 - own[0] - own[1]) / 2)) < 0.5 * size

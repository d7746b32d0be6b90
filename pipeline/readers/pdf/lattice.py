"""Cells that are ruled on all sides, by pdfplumber's geometry of lines: what they enclose is one cell.

Only pdfplumber's arithmetic is used, on the rules that PDFium gave: to have it read the page itself would
take five times as long as all else (docs/formats.md). Where rules enclose several rows, they do not tell
the cells, and nothing is said here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pipeline.readers.pdf.cells import Piece, Row, had_room
from pipeline.readers.pdf.ink import Rect, Word
from pipeline.readers.pdf.lines import rows_of
from pipeline.readers.pdf.tables import TableRegion, joined_rules

_NEAR = 3.0  # points: ends of lines that far apart meet (pdfplumber's default)
_MOST_CROSSINGS = 600  # 40 rows and 12 columns have 533; the arithmetic is quadratic in them
_COVERED = 0.97  # share of the table that the cells cover, and of its words that they hold


@dataclass(slots=True)
class Ruled:
    """A cell between rules: its place in points and in the grid, and its words line by line."""

    box: Rect
    row: int
    col: int
    row_span: int
    col_span: int
    lines: list[list[Word]] = field(default_factory=list)


def lattice(table: TableRegion) -> list[Ruled]:
    """The cells of a table that rules tell from each other, row by row; none where they do not.

    The sides of the table need no rules. Rows and columns without words are left out.
    """
    frame = _frame(table)
    edges = _edges(table, frame) if frame is not None else []
    if frame is None or not edges:
        return []
    cells = _placed(_boxes(edges))
    area = sum(cell.box.width * cell.box.height for cell in cells)
    if area < _COVERED * frame.width * frame.height or not _filled(cells, table.words):
        return []
    cells = _without_empty(cells)
    bands = _bands(cells)
    if _last(cells, "col") < 2 or len(bands) < 2:
        return []
    body = bands[1:] if len(bands) > 2 else bands  # a head's lines are ended as its author likes
    return cells if not any(_holds_rows(band) for band in body) else []


def rows_in(cells: Sequence[Ruled]) -> list[Row]:
    """The rows of a lattice as the rest of the grid's making wants them."""
    rows = []
    for band in _bands(cells):
        printed = [(cell, line) for cell in band for line in cell.lines]
        printed.sort(key=lambda place: _level(place[1]))
        levels = [_level(line) for cell, line in printed if cell.row_span == 1] or [_level(printed[0][1])]
        pieces = [[Piece(line, cell.col, cell.col_span)] for cell, line in printed]
        rows.append(Row(pieces, min(levels), max(levels)))
    return rows


def _frame(table: TableRegion) -> Rect | None:
    """The table between its outer rules; None where there are too few inside to make a lattice."""
    if not table.across or not table.upright:
        return None
    x0, x1 = min(r.x0 for r in table.across), max(r.x1 for r in table.across)
    top, bottom = table.box.top + 1, table.box.bottom - 1
    inner = any(x0 + 8 < r.x0 < x1 - 8 for r in table.upright)
    lower = any(top + 5 < r.top < bottom - 5 for r in table.across)
    return Rect(x0, top, x1, bottom) if inner and lower else None


def _edges(table: TableRegion, frame: Rect) -> list[dict[str, Any]]:
    """The rules as pdfplumber wants them, the table's own sides among them; none where they are too many."""
    from pdfplumber.table import merge_edges  # noqa: PLC0415 - takes a quarter of a second, few pages need it

    edges = [_across(r.x0, r.x1, (r.top + r.bottom) / 2) for r in joined_rules(table.across)]
    edges += [
        _upright(max(r.top, frame.top), min(r.bottom, frame.bottom), (r.x0 + r.x1) / 2) for r in table.upright
    ]
    edges += [_across(frame.x0, frame.x1, y) for y in (frame.top, frame.bottom)]
    edges += [_upright(frame.top, frame.bottom, x) for x in (frame.x0, frame.x1)]
    if len(edges) > _MOST_CROSSINGS:
        return []
    edges = merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    lying = sum(edge["orientation"] == "h" for edge in edges)
    return edges if lying * (len(edges) - lying) <= _MOST_CROSSINGS else []


def _across(x0: float, x1: float, y: float) -> dict[str, Any]:
    return {"x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "orientation": "h"}


def _upright(top: float, bottom: float, x: float) -> dict[str, Any]:
    return {"x0": x, "x1": x, "top": top, "bottom": bottom, "height": bottom - top, "orientation": "v"}


def _boxes(edges: list[dict[str, Any]]) -> list[Rect]:
    from pdfplumber.table import edges_to_intersections, intersections_to_cells  # noqa: PLC0415

    return [Rect(*box) for box in intersections_to_cells(edges_to_intersections(edges, _NEAR, _NEAR))]


def _placed(boxes: Sequence[Rect]) -> list[Ruled]:
    """Boxes as cells of a grid, row by row."""
    across = {x: i for i, x in enumerate(sorted({x for b in boxes for x in (b.x0, b.x1)}))}
    down = {y: i for i, y in enumerate(sorted({y for b in boxes for y in (b.top, b.bottom)}))}
    cells = [
        Ruled(b, down[b.top], across[b.x0], down[b.bottom] - down[b.top], across[b.x1] - across[b.x0])
        for b in boxes
    ]
    return sorted(cells, key=lambda cell: (cell.row, cell.col))


def _filled(cells: Sequence[Ruled], words: Sequence[Word]) -> bool:
    """Put the words into their cells; whether hardly any is left and no cell lies over another."""
    across = sorted({x for cell in cells for x in (cell.box.x0, cell.box.x1)})
    down = sorted({y for cell in cells for y in (cell.box.top, cell.box.bottom)})
    at = {
        (row, col): cell
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    if len(at) < sum(cell.row_span * cell.col_span for cell in cells):
        return False  # boxes over boxes: a flow chart
    held: dict[tuple[int, int], list[Word]] = {}
    left = 0
    for word in words:
        row = bisect_right(down, (word.top + word.bottom) / 2) - 1
        found = at.get((row, bisect_right(across, (word.x0 + word.x1) / 2) - 1))
        if found is None:
            left += 1
        else:
            held.setdefault((found.row, found.col), []).append(word)
    for cell in cells:
        own = held.get((cell.row, cell.col))
        cell.lines = rows_of(own) if own else []
    return left <= (1 - _COVERED) * len(words)


def _without_empty(cells: Sequence[Ruled]) -> list[Ruled]:
    """The cells without rows and columns in which no word begins (a cut-off caption, double rules)."""
    rows = sorted({cell.row for cell in cells if cell.lines})
    columns = sorted({cell.col for cell in cells if cell.lines})
    out = []
    for cell in cells:
        tall = sum(cell.row <= row < cell.row + cell.row_span for row in rows)
        wide = sum(cell.col <= col < cell.col + cell.col_span for col in columns)
        if tall and wide:
            row, col = (
                sum(n < start for n in kept) for kept, start in ((rows, cell.row), (columns, cell.col))
            )
            out.append(Ruled(cell.box, row, col, tall, wide, cell.lines))
    return out


def _last(cells: Sequence[Ruled], what: str) -> int:
    return max((getattr(c, what) + getattr(c, f"{what}_span") for c in cells), default=0)


def _bands(cells: Sequence[Ruled]) -> list[list[Ruled]]:
    """The cells with words by the row in which they begin."""
    bands: dict[int, list[Ruled]] = {}
    for cell in cells:
        if cell.lines:
            bands.setdefault(cell.row, []).append(cell)
    return [bands[row] for row in sorted(bands)]


def _holds_rows(band: Sequence[Ruled]) -> bool:
    """Whether what stands between two rules is several rows: lines of two cells, at the same height, end
    although the next word would have had room."""
    breaks = [
        _level(line)
        for cell in band
        for line, following in pairwise(cell.lines)
        if cell.row_span == 1 and had_room(line, following, _end(cell))
    ]
    breaks.sort()
    return any(b - a < 3 for a, b in pairwise(breaks))


def _end(cell: Ruled) -> float:
    """Where the words of a cell may reach: as far from its right rule as they are from the left one."""
    return cell.box.x1 - (min(w.x0 for line in cell.lines for w in line) - cell.box.x0)


def _level(line: Sequence[Word]) -> float:
    return sorted(w.baseline for w in line)[len(line) // 2]

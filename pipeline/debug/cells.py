"""The cells of a table as a grid of rectangles, from where their words stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.paper import Cell
from pipeline.readers.pdf.ink import Rect

_PAD = 2.0  # points around the words of the outermost cells

Placed = tuple[Cell, Rect]


def cell_rects(placed: Sequence[Placed]) -> list[Rect]:
    """A rectangle for each cell that has words, up to the middle of the white between it and the next.

    Where columns or rows overlap on the page (a turned table, cells that lean over), the words alone.
    """
    across = _edges(placed, lambda c: (c.col, c.col_span), lambda r: (r.x0, r.x1))
    down = _edges(placed, lambda c: (c.row, c.row_span), lambda r: (r.top, r.bottom))
    return [_within(cell, rect, across, down) for cell, rect in placed]


def _within(cell: Cell, rect: Rect, across: dict[int, float], down: dict[int, float]) -> Rect:
    if not across or not down:
        return rect
    return Rect(
        min(across[cell.col], rect.x0),
        min(down[cell.row], rect.top),
        max(across[cell.col + cell.col_span], rect.x1),
        max(down[cell.row + cell.row_span], rect.bottom),
    )


def _edges(
    placed: Sequence[Placed],
    span_of: Callable[[Cell], tuple[int, int]],
    extent_of: Callable[[Rect], tuple[float, float]],
) -> dict[int, float]:
    """The places of the lines before each column (or row) and behind the last; empty where they overlap."""
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    last = 0
    for cell, rect in placed:
        first, count = span_of(cell)
        start, end = extent_of(rect)
        last = max(last, first + count)
        if count == 1:
            low[first] = min(start, low.get(first, start))
            high[first] = max(end, high.get(first, end))
    if not low:
        return {}
    known = sorted(low)
    edges = {known[0]: low[known[0]] - _PAD}
    for a, b in pairwise(known):
        if low[a] >= low[b] or high[a] >= high[b]:
            return {}
        edges[b] = (high[a] + low[b]) / 2
    edges[known[-1] + 1] = high[known[-1]] + _PAD
    for line in range(last + 1):  # beside columns without words of their own
        if line not in edges:
            after = [edges[n] for n in sorted(edges) if n > line]
            edges[line] = after[0] if after else max(edges.values())
    return edges

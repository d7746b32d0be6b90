"""A table's words and rules -> cells with rows, columns and spans."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.readers.pdf.cells import GridCell, Piece, Row, had_room
from pipeline.readers.pdf.heads import center_headers, header_rows, widen_headers
from pipeline.readers.pdf.ink import Rect, Word
from pipeline.readers.pdf.lattice import Ruled, lattice, rows_in
from pipeline.readers.pdf.lines import compose, rows_of
from pipeline.readers.pdf.tables import TableRegion, chunks, joined_rules

_CELL_GAP = 0.7  # ems: a gap that may part two cells
_WORD_GAP = 0.38  # ems: a gap that parts two cells when it lies on a column boundary
_NUMBER = re.compile(r"\d")
_VALUE = re.compile(
    r"^[<>≤≥~≈±+\-–−(]?\s?\d|^(?:[-–—]|n\.?[ad]\.?|nr|nd|normal|negative|positive|low|high)$", re.IGNORECASE
)
_OPEN = re.compile(r"[(,/-]$|\b(?:and|of|or|with|at|in|the|for)$", re.IGNORECASE)


def build(table: TableRegion) -> list[GridCell]:
    """The cells of a table, row by row; an empty list where there are fewer than two columns or rows."""
    printed = rows_of(table.words)
    if len(printed) < 2:
        return []
    across = [r for r in joined_rules(table.across) if r.width > 12]
    full = [r for r in across if r.width >= 0.85 * (table.box.width - 6)]
    ruled = lattice(table)
    made = _ruled(table, ruled, full) if ruled else _open(table, printed, across, full)
    cells, rows, columns = made
    filled = sum(cell.row_span * cell.col_span for cell in cells)
    if len(cells) < 4 or filled < 0.3 * rows * columns:
        return []  # a flow chart or a form
    return _with_empty(cells, rows, columns)


_Made = tuple[list[GridCell], int, int]  # the cells with words, how many rows and columns


def _ruled(table: TableRegion, ruled: Sequence[Ruled], full: Sequence[Rect]) -> _Made:
    """The grid that the table's rules tell."""
    columns = max(cell.col + cell.col_span for cell in ruled)
    rows = rows_in(ruled)
    cells = _cells(rows, _head(rows, full, table.box, columns), columns)
    tall = {(cell.row, cell.col): cell.row_span for cell in ruled}
    for cell in cells:
        cell.row_span = tall.get((cell.row, cell.col), 1)
    return cells, len(rows), columns


def _open(
    table: TableRegion, printed: Sequence[list[Word]], across: Sequence[Rect], full: Sequence[Rect]
) -> _Made:
    """The grid that the white between the words tells, and what rules there are."""
    bounds, pieces = _used(column_bounds(table, printed), printed, table.upright)
    if not bounds:
        return [], 0, 0
    rows = [Row([row], _level(words), _level(words)) for row, words in zip(pieces, printed, strict=True)]
    rows = _merge(rows, [r.top for r in full], [table.box.x0 + 3, *bounds, table.box.x1 - 3])
    columns = len(bounds) + 1
    head = _head(rows, full, table.box, columns)
    cells = _cells(rows, head, columns)
    widen_headers(cells, rows, across, table.box, bounds, head)
    center_headers(cells, head, columns)
    _merge_down(cells, rows, across, table, bounds, full)
    return cells, len(rows), columns


def _head(rows: Sequence[Row], full: Sequence[Rect], box: Rect, columns: int) -> int:
    """How many rows at the top head the columns, those that head groups of columns included."""
    head = header_rows(rows, full, box)
    return 2 if head == 1 and _heads_groups(rows, columns - 1) else head


def _heads_groups(rows: Sequence[Row], bounds: int) -> bool:
    """Whether the first row heads groups of columns, and the second the columns."""
    if len(rows) <= 2 or sum(c > 0 for c in rows[0].columns()) > 0.5 * bounds:
        return False
    below = rows[1].columns()
    return len(below) > 2 and not any(_NUMBER.match(t) for t in below.values())


def _level(row: Sequence[Word]) -> float:
    return sorted(w.baseline for w in row)[len(row) // 2]


def column_bounds(table: TableRegion, printed: Sequence[list[Word]]) -> list[float]:
    """The x of the boundaries between columns: vertical rules, else white between the cells."""
    ruled = _ruled_bounds(table)
    if len(ruled) >= 2:
        return ruled
    white = _white_bounds(table.box, printed)
    return sorted(ruled + [x for x in white if all(abs(x - r) > 8 for r in ruled)])


def _ruled_bounds(table: TableRegion) -> list[float]:
    box = table.box
    lengths: list[tuple[float, float]] = []
    for rule in sorted(table.upright, key=lambda r: r.x0):
        x = (rule.x0 + rule.x1) / 2
        if not box.x0 + 10 < x < box.x1 - 10:
            continue
        length = min(rule.bottom, box.bottom) - max(rule.top, box.top)
        if lengths and x - lengths[-1][0] < 3:
            lengths[-1] = (lengths[-1][0], lengths[-1][1] + length)
        else:
            lengths.append((x, length))
    return [x for x, length in lengths if length >= 0.4 * box.height]


def _white_bounds(box: Rect, printed: Sequence[list[Word]]) -> list[float]:
    x_min, width = box.x0, int(box.width) + 2
    crossed = np.zeros(width)
    parted = np.zeros(width)
    beside = np.zeros(width)
    rows = 0
    for row in printed:
        parts = chunks(row, _CELL_GAP)
        if len(parts) < 2:
            continue
        rows += 1
        for word in row:
            crossed[max(0, int(word.x0 - x_min)) : int(word.x1 - x_min) + 1] += 1
        for a, b in itertools.pairwise(parts):
            parted[int(max(w.x1 for w in a) - x_min) + 1 : int(b[0].x0 - x_min)] += 1
        beside[max(0, int(row[0].x0 - x_min)) : int(row[-1].x1 - x_min) + 1] += 1
    if not rows:
        return []
    limit = 0 if rows < 4 else max(1, int(0.15 * rows))
    free = (crossed <= limit) & (parted >= np.maximum(1, 0.3 * beside)) & (beside > 0)
    bounds = []
    start = None
    for x in range(width + 1):
        if x < width and free[x]:
            start = x if start is None else start
        elif start is not None:
            span = slice(start, x)
            if x - start >= 2:
                least = crossed[span].min()
                best = np.flatnonzero(crossed[span] == least)
                bounds.append(x_min + start + float(best[len(best) // 2]) + 0.5)
            start = None
    return bounds


def _used(
    bounds: list[float], printed: Sequence[list[Word]], upright: Sequence[Rect]
) -> tuple[list[float], list[list[Piece]]]:
    """The boundaries that have words to their right, and the printed rows cut into cells at them."""
    pieces = [_pieces(row, bounds, upright) for row in printed]
    used = {piece.col for row in pieces for piece in row}
    if len(used) > len(bounds):
        return bounds, pieces
    kept = [x for i, x in enumerate(bounds, 1) if i in used]
    return kept, [_pieces(row, kept, upright) for row in printed]


def _pieces(row: list[Word], bounds: Sequence[float], upright: Sequence[Rect]) -> list[Piece]:
    """Cut a printed row into cells."""
    out: list[Piece] = []
    for part in chunks(row, _CELL_GAP):
        groups: list[list[Word]] = [[part[0]]]
        for previous, word in itertools.pairwise(part):
            gap = word.x0 - previous.x1
            bound = any(previous.x1 - 1 <= x <= word.x0 + 1 for x in bounds)
            ruled = bound and any(
                previous.x1 - 2 <= r.x0 <= word.x0 + 2 and r.top <= word.bottom and r.bottom >= word.top
                for r in upright
            )
            if ruled or (bound and gap >= _WORD_GAP * word.size):
                groups.append([])
            groups[-1].append(word)
        for group in groups:
            x0, x1 = group[0].x0, max(w.x1 for w in group)
            slack = 0.25 * group[0].size
            first, last = bisect_right(bounds, x0 + slack), bisect_right(bounds, x1 - slack)
            if last < first:
                first = last = bisect_right(bounds, (x0 + x1) / 2)
            if len(group) == 1 and last == first + 1:  # one word that leans over its boundary
                first = last = bisect_right(bounds, (x0 + x1) / 2)
            out.append(Piece(group, first, last - first + 1))
    return out


def _merge(rows: list[Row], separators: Sequence[float], edges: Sequence[float]) -> list[Row]:
    """Printed rows that continue the row above become part of it; `edges` are the sides of the columns."""
    if len(rows) < 2:
        return rows
    steps = sorted(b.baseline - a.baseline for a, b in itertools.pairwise(rows))
    tight = steps[len(steps) // 10]
    loose = sum(s > 1.3 * tight for s in steps)
    by_space = loose >= max(2, 0.3 * len(steps)) and sum(s < 1.12 * tight for s in steps) >= 2
    inner = [y for y in separators if rows[0].baseline < y < rows[-1].baseline]
    lattice = len(inner) >= 3 and len(rows) <= 2.6 * (len(inner) + 1)
    out = [rows[0]]
    for i, row in enumerate(rows[1:], 1):
        above = out[-1]
        if any(above.last < y < row.baseline for y in separators):
            out.append(row)
            continue
        step = row.baseline - above.last
        following = rows[i + 1] if i + 1 < len(rows) else None
        if (
            _continues(above, row, step, tight, by_space, lattice, edges if len(out) > 1 else ())
            or _completes(above, row, step, following)
            or (_same_head(above, row, step) and (not inner or row.baseline < inner[0]))
        ):
            above.pieces += row.pieces
            above.last = row.baseline
        else:
            out.append(row)
    return out


def _continues(
    above: Row, row: Row, step: float, tight: float, by_space: bool, lattice: bool, edges: Sequence[float]
) -> bool:
    """Whether a printed row goes on with the cells of the row above."""
    size = row.pieces[0][0].words[0].size
    here, there = row.columns(), above.columns()
    numbers = [c for c, text in here.items() if _VALUE.match(text) and _VALUE.match(there.get(c, ""))]
    if step < 0.72 * size:
        return not numbers  # set between two lines of its neighbour
    fresh = 0 in here and any(c > 0 and c in there for c in here)
    if lattice:
        return not (fresh and (len(numbers) >= 2 or (edges and _had_ended(above, row, edges))))
    if by_space and step <= 1.12 * tight:
        return not (fresh and numbers)
    if step > 1.6 * size:
        return False
    if 0 not in here:
        return not numbers and _wraps(there, here)
    if set(here) == {0}:
        return _unfinished(there.get(0, ""), here[0])
    return False


def _had_ended(above: Row, row: Row, edges: Sequence[float]) -> bool:
    """Whether cells above end although what stands below would have had room (a range in brackets aside)."""
    there = {p.col: p for p in above.pieces[-1]}
    ended = sum(
        had_room(q.words, p.words, edges[q.col + q.span] - (q.words[0].x0 - edges[q.col]))
        for p in row.pieces[0]
        if (q := there.get(p.col)) is not None and p.words[0].text[0] not in "(["
    )
    return ended > 1


def _wraps(above: dict[int, str], here: dict[int, str]) -> bool:
    """Whether the words of a row go on, column by column, with those of the row above."""
    if not set(here) <= set(above):
        return False
    return all(text[:1].islower() or text[:1] in "(,;" or _OPEN.search(above[c]) for c, text in here.items())


def _same_head(above: Row, row: Row, step: float) -> bool:
    """Whether two printed rows without numbers are one head whose words run over two lines."""
    upper, lower = above.pieces[-1], row.pieces[0]
    if step > 1.5 * lower[0].words[0].size or any(p.span > 1 for p in upper + lower):
        return False
    texts = [" ".join(w.text for w in p.words) for p in upper + lower]
    if any(_VALUE.match(t) for t in texts) or len(set(texts[len(upper) :])) < len(lower):
        return False  # the same words again and again stand under different heads
    below = {p.col: p for p in lower}
    beside = {p.col: p for p in upper}
    if not (set(beside) <= set(below) or set(below) <= set(beside)) or len(upper) + len(lower) < 3:
        return False
    return all(_aligned(beside[c].words, below[c].words) for c in set(beside) & set(below))


def _aligned(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether two runs of words start, end or are centred at the same place."""
    left, right = a[0].x0 - b[0].x0, a[-1].x1 - b[-1].x1
    return min(abs(left), abs(right), abs(left + right) / 2) < 2.5


def _completes(above: Row, row: Row, step: float, following: Row | None) -> bool:
    """A label that runs over two printed rows and has its values in the second one."""
    there, here = above.columns(), row.columns()
    size = row.pieces[0][0].words[0].size
    return (
        set(there) == {0}
        and 0 in here
        and len(here) > 1
        and step < 1.5 * size
        and _unfinished(there[0], here[0])
    )


def _unfinished(first: str, second: str) -> bool:
    return (
        bool(_OPEN.search(first))
        or second[:1].islower()
        or second[:1] in "()["
        or (first.count("(") > first.count(")"))
    )


def _cells(rows: Sequence[Row], head: int, columns: int) -> list[GridCell]:
    cells: dict[tuple[int, int], GridCell] = {}
    for r, row in enumerate(rows):
        own: list[GridCell] = []  # of this row, in the order of print
        for printed in row.pieces:
            for piece in printed:
                covering = next((c for c in own if c.col <= piece.col < c.col + c.col_span), None)
                if covering is None:
                    covering = cells[r, piece.col] = GridCell(r, piece.col, 1, piece.span, r < head)
                    own.append(covering)
                elif piece.col + piece.span > covering.col + covering.col_span:
                    covering.col_span = piece.col + piece.span - covering.col
                covering.lines.append(compose(piece.words, in_table=True))
    return sorted(_without_overlap(cells.values(), columns), key=lambda c: (c.row, c.col))


def _without_overlap(cells: Iterable[GridCell], columns: int) -> list[GridCell]:
    """Spans cut so that no two cells cover one place."""
    ordered = sorted(cells, key=lambda c: (c.row, c.col))
    for a, b in itertools.pairwise(ordered):
        if a.row == b.row and a.col + a.col_span > b.col:
            a.col_span = b.col - a.col
    for cell in ordered:
        cell.col_span = max(1, min(cell.col_span, columns - cell.col))
    return list(ordered)


def _merge_down(
    cells: list[GridCell],
    rows: Sequence[Row],
    across: Sequence[Rect],
    table: TableRegion,
    bounds: Sequence[float],
    full: Sequence[Rect],
) -> None:
    """In a full grid, a cell without a rule below it goes on in the next row."""
    partial = [r for r in across if r not in full]
    if not partial or not table.upright:
        return
    edges = [table.box.x0, *bounds, table.box.x1]
    at = {(c.row, c.col): c for c in cells}
    for r in range(len(rows) - 1):
        here = [rule for rule in partial if rows[r].last < rule.top < rows[r + 1].baseline]
        if not here:
            continue
        for c in range(len(edges) - 1):
            middle = (edges[c] + edges[c + 1]) / 2
            if any(rule.x0 <= middle <= rule.x1 for rule in here):
                continue
            upper, lower = at.get((r, c)), at.get((r + 1, c))
            if upper and (not lower or lower.col_span == upper.col_span):
                upper.row_span += 1
                if lower:
                    upper.lines += lower.lines
                    cells.remove(lower)
                at[r + 1, c] = upper


def _with_empty(cells: list[GridCell], rows: int, columns: int) -> list[GridCell]:
    """The cells with empty ones where nothing is printed, row by row."""
    covered = {
        (r, c)
        for cell in cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    }
    heads = {cell.row for cell in cells if cell.header}
    empty = [
        GridCell(r, c, header=r in heads)
        for r in range(rows)
        for c in range(columns)
        if (r, c) not in covered
    ]
    return sorted([*cells, *empty], key=lambda cell: (cell.row, cell.col))

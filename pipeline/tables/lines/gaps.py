"""Tables whose columns are told by alignment alone: cells set apart by two or more blanks.

Columns are the stretches between the rivers of white that run through all lines. A line without
a row label goes on with the cells of the row above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipeline.structure import shapes
from pipeline.structure.drafts import DraftCell, Piece
from pipeline.tables.lines.headers import Head, is_head_cell, span_over
from pipeline.tables.lines.rows import row_of

_GAP = re.compile(r"\s{2,}")
_RIVER = 2  # characters of white between two columns
_MIN_ROWS = 3  # with the head
_MAX_BETWEEN = 2  # lines of one cell each that may follow one another (groups, wrapped cells)
_LONGEST_VALUE = 200  # characters of a value, and of those behind it, one blank from a label
_MAX_VALUE_WORDS = 2  # of a number with a unit that no list knows
_MAX_GROUP = 60  # characters of a line that is a heading within the table
_NUMBER = re.compile(r"[<>\u2264\u2265=+-]?\s?\d")
_OPENS_LOWER = re.compile(r"[a-z(\[/%+&]")


class Segment(NamedTuple):
    """Words of a line between wide gaps, with the columns of characters they stand in."""

    start: int
    end: int
    text: str


class Aligned(NamedTuple):
    """A table read from lines: its cells, and how many lines belong to it."""

    cells: list[DraftCell]
    lines: int
    columns: int


class _Line(NamedTuple):
    piece: Piece
    cells: dict[int, Segment]  # by column
    spans: dict[int, int]  # column -> last column, of segments over several


def segments(piece: Piece) -> list[Segment]:
    """The words of a line between gaps of two or more blanks."""
    out: list[Segment] = []
    position = 0
    for gap in [*_GAP.finditer(piece.text), None]:
        end = gap.start() if gap else len(piece.text)
        if end > position:
            out.append(Segment(piece.indent + position, piece.indent + end, piece.text[position:end]))
        position = gap.end() if gap else end
    return out


def run_of(lines: list[Piece]) -> int:
    """How many of the lines belong to a table that begins with the first one; 0 for none."""
    last = between = 0
    for i, piece in enumerate(lines):
        if "\t" in piece.text or piece.text.count("|") > 1:
            return 0
        if _GAP.search(piece.text):
            last, between = i + 1, 0
            continue
        if piece.gap and between == 0 and i > last:
            break
        between += 1
        if between > _MAX_BETWEEN or len(piece.text) + piece.indent > 4 * _MAX_GROUP:
            break
    while last < len(lines) and lines[last].indent and _continues_alone(lines, last):
        last += 1
    return last


def _continues_alone(lines: list[Piece], i: int) -> bool:
    """The last row's wrapped cell: an indented line right below, under one of its later segments."""
    if lines[i].gap or i == 0:
        return False
    above = segments(lines[i - 1])
    return any([abs(s.start - lines[i].indent) < _RIVER for s in above[1:]])


def read_aligned(lines: list[Piece]) -> Aligned | None:
    """The table that the lines begin with, None where no columns agree."""
    count = run_of(lines)
    gapped = [segments(piece) for piece in lines[:count] if _GAP.search(piece.text)]
    if len(gapped) < _MIN_ROWS:
        return None
    columns = _columns(gapped)
    if not columns:
        return None
    placed = [_placed(piece, columns) for piece in lines[:count]]
    if sum([len(line.cells) > 1 for line in placed]) < _MIN_ROWS:
        return None
    return Aligned(_cells(placed, len(columns)), count, len(columns))


def _columns(lines: list[list[Segment]]) -> list[tuple[int, int]]:
    """First and last character of each column."""
    most = max([len(line) for line in lines])
    full = [line for line in lines if len(line) == most]
    found: list[tuple[int, int]] = []
    # a head may stand over several columns: lines of fewer segments count only if they agree
    for chosen in (lines, [line for line in lines if len(line) > 1], lines[1:], full):
        if len(chosen) > 1:
            found = _between_rivers(chosen)
            if len(found) >= most:
                break
    if len(found) < most or most < 2 or len(full) < 2:
        return []
    return found


def _between_rivers(lines: list[list[Segment]]) -> list[tuple[int, int]]:
    width = max([line[-1].end for line in lines])
    inked = bytearray(width + _RIVER)
    for line in lines:
        for segment in line:
            inked[segment.start : segment.end] = b"\x01" * (segment.end - segment.start)
    columns: list[tuple[int, int]] = []
    begin = -1
    for i in range(width + _RIVER):
        if inked[i] and begin < 0:
            begin = i
        elif begin >= 0 and not any(inked[i : i + _RIVER]):
            columns.append((begin, i))
            begin = -1
    return columns


def _placed(piece: Piece, columns: list[tuple[int, int]]) -> _Line:
    cells: dict[int, Segment] = {}
    spans: dict[int, int] = {}
    starts, ends = [a for a, _ in columns], [b for _, b in columns]
    for segment in _cut(segments(piece), starts):
        over = range(bisect_right(ends, segment.start), bisect_left(starts, segment.end))
        first = over[0] if over else _nearest(segment.start, starts)
        before = cells.get(first)  # two segments in one column: one cell with a wide gap in it
        cells[first] = (
            Segment(before.start, segment.end, f"{before.text} {segment.text}") if before else segment
        )
        if len(over) > 1:
            spans[first] = over[-1]
    return _Line(piece, cells, spans)


def _cut(found: list[Segment], starts: list[int]) -> list[Segment]:
    """Segments cut where a value begins in its own column one blank behind a label as wide as its column."""
    out: list[Segment] = []
    for segment in found:
        rest = segment
        low = bisect_right(starts, max(segment.start, segment.end - _LONGEST_VALUE))
        for start in starts[low : bisect_left(starts, segment.end)]:
            at = start - rest.start
            if rest.text[at - 1] == " " and is_value(rest.text[at:]):
                out.append(Segment(rest.start, start - 1, rest.text[: at - 1].rstrip()))
                rest = Segment(start, rest.end, rest.text[at:])
        out.append(rest)
    return out


def _nearest(start: int, starts: list[int]) -> int:
    """The column whose first character is nearest, the left one of two."""
    right = bisect_left(starts, start)
    return min(range(max(0, right - 1), min(right + 1, len(starts))), key=lambda i: abs(starts[i] - start))


def is_value(text: str) -> bool:
    """Whether a cell is a value with a digit, not words, a time or a date as in a head."""
    if not any([c.isdigit() for c in text]) or is_head_cell(text):
        return False
    return not row_of(text).label or (
        _NUMBER.match(text) is not None and len(text.split()) <= _MAX_VALUE_WORDS
    )


def _cells(lines: list[_Line], columns: int) -> list[DraftCell]:
    rows: list[dict[int, DraftCell]] = []
    head = _head_lines(lines)
    for i, line in enumerate(lines):
        if i and i != head and rows and _goes_on(line, lines[i - 1], rows[-1], columns):
            for column, segment in line.cells.items():
                if column in rows[-1]:
                    rows[-1][column].pieces.append(Piece(segment.text))
                else:
                    rows[-1][column] = _cell(line, column, len(rows) - 1, i < head)
            continue
        rows.append({column: _cell(line, column, len(rows), i < head) for column in line.cells})
        if list(line.cells) == [0] and i >= head:
            rows[-1][0].col_span = columns  # a group's heading
    _span_heads(rows, lines, head, columns)
    _span_labels(rows, columns)
    return [cell for row in rows for cell in row.values()]


def _span_heads(rows: list[dict[int, DraftCell]], lines: list[_Line], head: int, columns: int) -> None:
    """A head over another one stands over the columns whose names it can be proved to share."""
    top = [row for row in rows if row and all([cell.header for cell in row.values()]) and len(row) > 1]
    if len(top) < 2 or head < 2 or top[0] is not rows[0] or len(rows[1]) < columns - 1:
        return
    below = [Head(rows[1][c].text, c, c) for c in sorted(rows[1]) if c]
    spans = span_over(lines[0].piece.text, below, columns - 1)
    if spans and 0 not in rows[0]:
        rows[0].clear()
        for span in spans:
            rows[0][span.first] = DraftCell(
                0, span.first, [Piece(span.text)], 1, span.last - span.first + 1, True
            )


def _cell(line: _Line, column: int, row: int, head: bool) -> DraftCell:
    last = line.spans.get(column, column) if head else column
    return DraftCell(row, column, [Piece(line.cells[column].text)], 1, last - column + 1, head or column == 0)


def _head_lines(lines: list[_Line]) -> int:
    """How many lines are the head: up to the first with a value, one where there is no value."""
    for i, line in enumerate(lines[:4]):
        if any([is_value(s.text) for column, s in line.cells.items() if column]):
            groups = 0  # headings of the first rows
            while i - groups > 1 and list(lines[i - groups - 1].cells) == [0]:
                groups += 1
            return i - groups
    return 1


def _goes_on(line: _Line, above: _Line, row: dict[int, DraftCell], columns: int) -> bool:
    """Whether a line holds the next words of the cells above, not a row of its own."""
    if line.piece.gap or not line.cells:
        return False
    texts = {column: s.text for column, s in line.cells.items()}
    if any([sum([a <= c <= b for c in texts]) > 1 for a, b in above.spans.items()]):
        return False  # heads below one that stands over them
    if 0 in texts:  # a wrapped label
        return (
            len(texts) == 1
            and len(above.cells) > 1
            and (
                bool(_OPENS_LOWER.match(texts[0]))
                or (0 in row and (shapes.open_end(row[0].text) or line.piece.indent > 0))
            )
        )
    if any([_NUMBER.match(t) and not _is_open(row.get(c)) for c, t in texts.items()]):
        return False
    return len(texts) < columns - 1 or all(
        [_OPENS_LOWER.match(text) is not None or _is_open(row.get(column)) for column, text in texts.items()]
    )


def _is_open(cell: DraftCell | None) -> bool:
    """Whether a cell's words must go on: they end in a comma, a hyphen or a preposition."""
    return cell is not None and shapes.open_end(cell.text)


def _span_labels(rows: list[dict[int, DraftCell]], columns: int) -> None:
    """Rows that leave out their label belong to the label above (`Lumbar spine` once for three measures)."""
    label: DraftCell | None = None
    for number, row in enumerate(rows):
        if 0 in row:
            label = row[0] if row[0].col_span == 1 and len(row) > 1 else None
        elif label is not None and len(row) > 1 and not all([cell.header for cell in row.values()]):
            label.row_span = number - label.row + 1

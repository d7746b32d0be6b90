"""Tables whose cells are set apart by tabs, some of them empty: every cell keeps its column."""

from __future__ import annotations

from pipeline.structure.drafts import DraftCell, Piece
from pipeline.tables.lines.gaps import is_value

_MIN_LINES = 3
_MIN_COLUMNS = 3


def cells_of(piece: Piece) -> list[str]:
    """The cells of a line by its tabs, those before its first and behind its last word included."""
    before, behind = piece.tabs
    return [""] * before + [c.strip() for c in piece.text.split("\t")] + [""] * behind


def read_tabbed(lines: list[Piece]) -> tuple[list[DraftCell], int] | None:
    """The cells of the table that lines begin with and how many lines it has.

    None where no cell is empty (the words alone tell the columns) or lines do not agree in their number.
    """
    rows: list[list[str]] = []
    for piece in lines:
        row = cells_of(piece)
        if len(row) < _MIN_COLUMNS:
            break
        rows.append(row)
    width = max(map(len, rows), default=0)
    holes = any(row[1] == "" and any(row[2:]) for row in rows)
    if len(rows) < _MIN_LINES or not holes or sum(len(row) == width for row in rows) < len(rows) - 1:
        return None
    head = not any(map(is_value, rows[0][1:]))
    cells = [
        DraftCell(number, column, [Piece(text)], header=(head and number == 0) or column == 0)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    ]
    return cells, len(rows)

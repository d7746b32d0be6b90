"""Tables of other authors' cases, and the row in them that is this paper's own patient."""

from __future__ import annotations

from pipeline.paper import Table
from pipeline.tables.grid import Grid
from pipeline.tables.rules import AUTHORS, CITATIONS, LITERATURE, PRESENT, said_by


def is_literature(text: str, table: Table, grid: Grid) -> bool:
    """Whether the table lists other authors' cases."""
    caption = text[slice(*table.caption)] if table.caption else ""
    stubs = [text[c.start : c.end] for c in grid.stub_cells()]
    cited = sum(said_by(CITATIONS, s) is not None for s in stubs)
    if cited >= 2 and cited >= len(stubs) / 2:
        return True
    heads = [text[c.start : c.end] for c in grid.headers() if c.row < grid.first_row][:4]
    heads += [text[a:b] for a, b in table.notes[:2]]  # a head that could not be split
    told = any(said_by(AUTHORS, head) for head in heads)
    about = said_by(LITERATURE, caption) is not None
    by_author = cited >= 2 or (about and _column_of_citations(text, grid))
    return (told and (about or by_author)) or (about and by_author)


def _column_of_citations(text: str, grid: Grid) -> bool:
    """Whether authors or years stand in the second column, behind numbers."""
    cells = [c for row in grid.data_rows() if (c := grid.at(row, 1)) is not None]
    cited = sum(said_by(CITATIONS, text[c.start : c.end]) is not None for c in cells)
    return cited > 1 and cited > len(cells) / 2


def present_row(text: str, grid: Grid) -> int | None:
    """The row of such a table that is this paper's patient ("Present case"), None if there is none."""
    heads = [grid.column_text(text, col) for col in range(1, grid.n_cols)]
    if sum(any(c.isdigit() for c in head) for head in heads) > 1:
        return None  # a row of cases where the heads should be
    rows = [c.row for c in grid.stub_cells() if said_by(PRESENT, text[c.start : c.end])]
    return rows[0] if len(rows) == 1 else None

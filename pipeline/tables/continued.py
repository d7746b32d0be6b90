"""Tables that go on in the next column or on the next page: the second part keeps the head of the first."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.paper import BlockKind, Cell, Paper, Table
from pipeline.tables.grid import grid_of
from pipeline.tables.labels import Labels

_VALUE = re.compile(r"\W{0,3}\d[\d.,]*(?:\W.{0,12})?|n\.?a\.?|n\.?d\.?|[-–—]", re.I)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_GOES_ON = re.compile(r"\(?(?:table\b.{0,12})?\W*\b(?:continued|cont(?:in)?\.?['\u2019]?d?|contd)\b", re.I)
#: Blocks that may stand between two parts: what a page has at its edges.
_BETWEEN = frozenset({BlockKind.BOILERPLATE, BlockKind.FOOTNOTE})


def whole(paper: Paper) -> tuple[Table, ...]:
    """The tables of a paper; one that goes on with the table before it has its head and its caption."""
    out: list[Table] = []
    for table in paper.tables:
        before = out[-1] if out else None
        if before is not None and _goes_on(paper, before, table):
            head = _head(paper, before)
            table = _under(head, before, table) if head else table  # noqa: PLW2901
        out.append(table)
    return tuple(out)


def _goes_on(paper: Paper, before: Table, table: Table) -> bool:
    """Whether a table has no caption and no head of its own and stands right behind one as wide."""
    if before.n_cols != table.n_cols or table.n_cols < 3:
        return False
    if table.caption and not _GOES_ON.match(paper.text[slice(*table.caption)]):
        return False
    between = [b for b in paper.blocks if before.end <= b.start and b.end <= table.start]
    if any(b.kind not in _BETWEEN and (b.start, b.end) != table.caption for b in between):
        return False
    first = {c.col: paper.text[c.start : c.end].strip() for c in table.cells if c.row == 0}
    values = [_VALUE.fullmatch(words) is not None for col, words in first.items() if col and words]
    return _LETTERS.search(first.get(0, "")) is not None and len(values) > 1 and all(values)


def _head(paper: Paper, table: Table) -> list[Cell]:
    """The cells of a table's head."""
    grid = grid_of(table, Labels(paper.text, {}))
    return [c for c in table.cells if c.row < grid.first_row] if grid is not None else []


def _under(head: list[Cell], before: Table, table: Table) -> Table:
    rows = max(c.row + c.row_span for c in head)
    own = [replace(c, row=c.row + rows, header=c.header and c.row > 0) for c in table.cells]
    notes = tuple(dict.fromkeys((*before.notes, *table.notes)))
    return replace(table, cells=(*head, *own), caption=before.caption, notes=notes)

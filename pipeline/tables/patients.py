"""Which patients the head and the stub of a table name, by words ("Case 2") or by bare numbers."""

from __future__ import annotations

import re

from pipeline.cases.markers import label_number
from pipeline.paper import Cell, Paper, Table
from pipeline.tables.grid import Grid, grid_of
from pipeline.tables.layout import names_tests
from pipeline.tables.literature import is_literature
from pipeline.tables.senses import sense_of

#: A patient's number, the label as printed, and its offset.
Named = tuple[int, str, int]
_SERIES = re.compile(r"\b(?:patients|cases|women|mothers|subjects|sisters|siblings)\b", re.I)
_NO_SERIES = re.compile(
    r"visit|week|month|day|year|time|trimester|pregnanc|cycle|dose|scan|age\b|measurement", re.I
)


def patients_of(paper: Paper) -> dict[int, tuple[str, int]]:
    """Patients that heads and stubs of tables name: number -> (label as printed, offset)."""
    found: dict[int, tuple[str, int]] = {}
    for table in paper.tables:
        grid = grid_of(paper, table)
        if grid is None or is_literature(paper, table, grid):
            continue
        for cell in grid.headers():
            sense = sense_of(paper.text[cell.start : cell.end], cell.start)
            if sense.patient is not None and sense.role != "nobody":
                found.setdefault(sense.patient, (sense.label, cell.start))
        for named in (column_patients(paper, table, grid), row_patients(paper, grid)):
            for number, label, start in named.values():
                found.setdefault(number, (label, start))
    return found


def column_patients(paper: Paper, table: Table, grid: Grid) -> dict[int, Named]:
    """Patients that are bare numbers or letters in the head, 1 to n: column -> patient.

    The corner says that they are patients ("Patient no."), or the caption does where it says nothing.
    """
    corner = grid.column_text(paper, 0).strip()
    role = sense_of(corner, 0).role
    caption = paper.text[slice(*table.caption)] if table.caption else ""
    told = role == "patient" or (not _NO_SERIES.search(corner) and _SERIES.search(caption))
    if not told:
        return {}
    for row in range(grid.first_row):
        cells = [grid.at(row, col) for col in range(grid.first_col, grid.n_cols)]
        named = {col: _label(paper, cell) for col, cell in enumerate(cells, grid.first_col)}
        found = {col: n for col, n in named.items() if n is not None}
        if is_series([number for number, _, _ in found.values()]):
            return found
    return {}


def _label(paper: Paper, cell: Cell | None) -> Named | None:
    """The patient that a cell's bare label names, None where it says anything else."""
    if cell is None:
        return None
    text = paper.text[cell.start : cell.end].strip().rstrip(".)")
    number = label_number(text) if len(text) < 5 else None
    return (number, text, cell.start) if number is not None else None


def is_series(numbers: list[int]) -> bool:
    """Whether numbers count patients: 1, 2, 3 and so on, each one or more times in turn."""
    distinct = list(dict.fromkeys(numbers))
    return len(distinct) > 1 and distinct == list(range(1, len(distinct) + 1)) and numbers == sorted(numbers)


def row_patients(paper: Paper, grid: Grid) -> dict[int, Named]:
    """Patients in the stub of a patient-per-row table: row -> (number, label, offset)."""
    head = sense_of(grid.column_text(paper, 0), 0)
    numbered = head.role == "patient" and not names_tests(paper, grid, 1)
    out: dict[int, Named] = {}
    for cell in grid.stub_cells():
        text = paper.text[cell.start : cell.end].strip()
        sense = sense_of(text, cell.start)
        found: Named | None = None
        if sense.patient is not None and sense.role != "nobody":
            found = (sense.patient, sense.label or text, cell.start)
        elif numbered and (number := label_number(text.rstrip(".)"))) is not None:
            found = (number, text, cell.start)
        if found:
            out.update(dict.fromkeys(range(cell.row, cell.row + cell.row_span), found))
    return out

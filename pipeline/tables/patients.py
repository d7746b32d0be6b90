"""Which patients the head and the stub of a table name, by words ("Case 2") or by bare numbers."""

from __future__ import annotations

from pipeline.cases.markers import label_number
from pipeline.paper import Cell
from pipeline.tables.grid import Grid
from pipeline.tables.labels import Labels
from pipeline.tables.layout import names_tests
from pipeline.tables.rules import COUNTED, SERIES, said_by

#: A patient's number, the label as printed, and its offset.
Named = tuple[int, str, int]
_LONGEST_LABEL = 5


def named_patients(grid: Grid, labels: Labels, caption: str) -> dict[int, tuple[str, int]]:
    """Patients that a table's head and stub name: number -> (label as printed, offset)."""
    found: dict[int, tuple[str, int]] = {}
    for cell in grid.headers():
        sense = labels.of(cell)
        if sense.patient is not None and sense.role != "nobody":
            found.setdefault(sense.patient, (sense.label, cell.start))
    for named in (column_patients(grid, labels, caption), row_patients(grid, labels)):
        for number, label, start in named.values():
            found.setdefault(number, (label, start))
    return found


def _corner_role(grid: Grid, labels: Labels) -> str:
    """What the corner says of the labels below it."""
    return next((role for c in reversed(grid.column_headers(0)) if (role := labels.of(c).role)), "")


def column_patients(grid: Grid, labels: Labels, caption: str) -> dict[int, Named]:
    """Patients that are bare numbers or letters in the head, 1 to n: column -> patient.

    The corner says that they are patients ("Patient no."), or the caption does where it says nothing.
    """
    corner = grid.column_text(labels.text, 0)
    told = said_by(COUNTED, corner) is None and said_by(SERIES, caption)
    if not told and _corner_role(grid, labels) != "patient":
        return {}
    for row in range(grid.first_row):
        cells = [grid.at(row, col) for col in range(grid.first_col, grid.n_cols)]
        named = {col: _label(labels, cell) for col, cell in enumerate(cells, grid.first_col)}
        found = {col: n for col, n in named.items() if n is not None}
        if is_series([number for number, _, _ in found.values()]):
            return found
    return {}


def _label(labels: Labels, cell: Cell | None) -> Named | None:
    """The patient that a cell's bare label names, None where it says anything else."""
    if cell is None:
        return None
    text = labels.words(cell).strip().rstrip(".)")
    number = label_number(text) if len(text) < _LONGEST_LABEL else None
    return (number, text, cell.start) if number is not None else None


def is_series(numbers: list[int]) -> bool:
    """Whether numbers count patients: 1, 2, 3 and so on, each one or more times in turn."""
    distinct = list(dict.fromkeys(numbers))
    return len(distinct) > 1 and distinct == list(range(1, len(distinct) + 1)) and numbers == sorted(numbers)


def row_patients(grid: Grid, labels: Labels) -> dict[int, Named]:
    """Patients in the stub of a patient-per-row table: row -> (number, label, offset)."""
    numbered = _corner_role(grid, labels) == "patient" and not names_tests(grid, labels, 1)
    out: dict[int, Named] = {}
    for cell in grid.stub_cells():
        text, sense = labels.words(cell).strip(), labels.of(cell)
        found: Named | None = None
        if sense.patient is not None and sense.role != "nobody":
            found = (sense.patient, sense.label or text, cell.start)
        elif numbered and (number := label_number(text.rstrip(".)"))) is not None:
            found = (number, text, cell.start)
        if found:
            out.update(dict.fromkeys(range(cell.row, cell.row + cell.row_span), found))
    return out

"""From a table's grid to facts: every data cell is read under the sense of its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.base import Mention
from pipeline.cases.markers import inside_numbers, label_number
from pipeline.paper import Cell, Paper, Table
from pipeline.tabular.cells import Reading, read_cell
from pipeline.tabular.grid import Grid, grid_of
from pipeline.tabular.notes import Notes, read_notes
from pipeline.tabular.senses import Sense, merged, sense_of

#: A table of other authors' cases is known by such words in its head or caption.
_LITERATURE_HEAD = re.compile(
    (
        r"^\W*(?:authors?|reference|study|studies|first author|source|publication|"
        r"year(?: of publication)?|ref\.?)\b"
    ),
    re.I,
)
_LITERATURE_CAPTION = re.compile(
    r"\b(?:literature|published|previous(?:ly)? reported|reported cases|review of|reported in)\b", re.I
)
_CITED = re.compile(r"\bet al\b|\(\d{4}\)|\[\d+\]|\b(?:19|20)\d\d\b")
_PRESENT = re.compile(r"\b(?:present|our|this|current) (?:case|patient|report|study)\b", re.I)
_MISSING = re.compile(
    (
        r"^\W*(?:n\.?\s?[ad]\.?|not (?:available|done|measured|assessed|reported|applicable|"
        r"determined)|nd|nr|ns|unknown|none|nil|-+|–|—|\.{2,})?\W*$"
    ),
    re.I,
)


@dataclass(frozen=True, slots=True)
class TableFact:
    """A mention from a table; `patient` is the number of the series' patient, None where none is named."""

    component: str
    mention: Mention
    patient: int | None


def read_tables(paper: Paper) -> tuple[TableFact, ...]:
    """All facts of a paper's tables."""
    return tuple(fact for table in paper.tables for fact in _facts(paper, table))


def patients_of(paper: Paper) -> dict[int, tuple[str, int]]:
    """Patients that heads and stubs of tables name: number -> (label as printed, offset)."""
    found: dict[int, tuple[str, int]] = {}
    for table in paper.tables:
        grid = grid_of(paper, table)
        if grid is None or _is_literature(paper, table, grid):
            continue
        for cell in grid.headers():
            sense = sense_of(paper.text[cell.start : cell.end], cell.start)
            if sense.patient is not None and sense.role != "nobody":
                found.setdefault(sense.patient, (sense.label, cell.start))
        for row, (number, label, start) in _row_patients(paper, grid).items():
            del row
            found.setdefault(number, (label, start))
    return found


def _is_literature(paper: Paper, table: Table, grid: Grid) -> bool:
    """Whether the table lists other authors' cases."""
    head = [paper.text[c.start : c.end] for c in grid.headers() if c.row < grid.first_row]
    caption = paper.text[slice(*table.caption)] if table.caption else ""
    stubs = [paper.text[c.start : c.end] for c in grid.stub_cells()]
    cited = sum(bool(_CITED.search(s)) for s in stubs)
    if any(
        _LITERATURE_HEAD.search(h) and "range" not in h.lower() and "value" not in h.lower() for h in head[:3]
    ) and (cited >= 2 or _LITERATURE_CAPTION.search(caption)):
        return True
    return bool(stubs) and cited >= max(2, len(stubs) // 2) and not any(_PRESENT.search(s) for s in stubs)


def _row_patients(paper: Paper, grid: Grid) -> dict[int, tuple[int, str, int]]:
    """Patients in the stub of a patient-per-row table: row -> (number, label, offset)."""
    head = sense_of(grid.column_text(paper, 0), 0)
    out: dict[int, tuple[int, str, int]] = {}
    for cell in grid.stub_cells():
        text = paper.text[cell.start : cell.end].strip()
        sense = sense_of(text, cell.start)
        if sense.patient is not None and sense.role != "nobody":
            out[cell.row] = (sense.patient, sense.label or text, cell.start)
        elif head.role == "patient" and (number := label_number(text.rstrip(".)"))) is not None:
            out[cell.row] = (number, text, cell.start)
    return out


def _facts(paper: Paper, table: Table) -> Iterator[TableFact]:
    grid = grid_of(paper, table)
    if grid is None or _is_literature(paper, table, grid):
        return
    text = paper.text
    notes = read_notes(paper, table)
    rows = _row_patients(paper, grid)
    caption = text[slice(*table.caption)] if table.caption else ""
    columns = _visits({c: _column_sense(paper, grid, c) for c in range(grid.n_cols)}, notes.anchor)
    caption_numbers = inside_numbers(caption)
    whole = next(iter(caption_numbers)) if len(caption_numbers) == 1 else None
    about = replace(
        sense_of(caption, table.caption[0] if table.caption else 0),
        patient=None,
        role="",
        person=None,
        onset=None,
        fractures=None,
        drugs=None,
        pregnancy=None,
    )
    patients_in_head = any(s.patient is not None for s in columns.values())
    reference_column = next((c for c, s in columns.items() if s.role == "reference"), None)
    unit_column = next((c for c, s in columns.items() if s.role == "unit"), None)
    for row in grid.data_rows():
        row_sense = _row_sense(paper, grid, row)
        if row_sense.role == "nobody" or (rows and row not in rows and not patients_in_head):
            continue
        reading = _Row(
            row_sense, _text_at(text, grid, row, reference_column), _text_at(text, grid, row, unit_column)
        )
        for col in range(grid.first_col, grid.n_cols):
            cell = grid.at(row, col)
            column = columns[col]
            if (
                cell is None
                or cell.col != col
                or cell.row != row
                or col in (reference_column, unit_column)
                or column.role in ("nobody", "reference", "unit")
            ):
                continue
            patient = (
                column.patient
                if column.patient is not None
                else rows[row][0]
                if row in rows
                else row_sense.patient
            )
            if patient is None and patients_in_head:
                continue
            yield from _cell_facts(
                text,
                cell,
                merged(replace(about, time=None), row_sense, column)
                if column.time or row_sense.time
                else merged(about, row_sense, column),
                reading,
                notes,
                patient if patient is not None else whole,
            )


def _visits(columns: dict[int, Sense], anchor: str) -> dict[int, Sense]:
    """Visits as columns: the earliest is the baseline, the others follow up.

    Times counted "after delivery" in the caption or a note get that anchor.
    """
    timed = {c: s.time for c, s in columns.items() if s.time is not None and s.time.days_min is not None}
    if len(timed) < 2:
        return columns
    earliest = min(t.days_min for t in timed.values() if t.days_min is not None)
    out = dict(columns)
    for col, time in timed.items():
        phase = "baseline" if time.days_min == earliest else "follow-up"
        counted = anchor if anchor and time.anchor == "baseline" and time.phase != "baseline" else time.anchor
        out[col] = replace(columns[col], time=replace(time, phase=phase, anchor=counted))
    return out


@dataclass(frozen=True, slots=True)
class _Row:
    sense: Sense
    reference: str
    unit: str


def _text_at(text: str, grid: Grid, row: int, col: int | None) -> str:
    cell = grid.at(row, col) if col is not None else None
    return text[cell.start : cell.end] if cell else ""


def _column_sense(paper: Paper, grid: Grid, col: int) -> Sense:
    return merged(*(sense_of(paper.text[c.start : c.end], c.start) for c in grid.column_headers(col)))


def _row_sense(paper: Paper, grid: Grid, row: int) -> Sense:
    return merged(*(sense_of(paper.text[c.start : c.end], c.start) for c in grid.row_headers(row)))


_BRACKET = re.compile(
    (
        r"\(\s*(?P<inner>[-+−–]?\s?\d+(?:\.\d+)?\s?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|"
        r"[dwmy]))\.?\s*\)"
    ),
    re.I,
)


def _cell_facts(
    text: str, cell: Cell, sense: Sense, row: _Row, notes: Notes, patient: int | None
) -> Iterator[TableFact]:
    body = text[cell.start : cell.end]
    if _MISSING.match(body):
        return
    time = sense.time
    bracket = _BRACKET.search(body)
    if bracket:
        time = notes.cell_time(
            bracket["inner"], cell.start + bracket.start(), cell.start + bracket.end(), sense.time
        )
        body = body[: bracket.start()] + " " * (bracket.end() - bracket.start()) + body[bracket.end() :]
    reading = Reading(body, cell.start, sense, time, row.reference, row.unit, notes)
    for component, mention in read_cell(reading):
        yield TableFact(component, mention, patient)

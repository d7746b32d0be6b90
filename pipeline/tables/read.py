"""From opened tables to facts: every data cell is read under the sense of its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors import registry, tables
from extractors.base import Mention
from pipeline.paper import Cell
from pipeline.tables.reading import read_cell
from pipeline.tables.senses import Sense, merged
from pipeline.tables.sheet import Sheet
from pipeline.tables.statements import run_in, statements
from pipeline.tables.timeline import Timeline


@dataclass(frozen=True, slots=True)
class TableFact:
    """A mention from a table; `patient` is the number of the series' patient, None where none is named."""

    component: str
    mention: Mention
    patient: int | None


def read_tables(sheets: Sequence[Sheet]) -> tuple[TableFact, ...]:
    """All facts of a paper's tables."""
    return tuple(fact for sheet in sheets for fact in _facts(sheet))


def patients_of(sheets: Sequence[Sheet]) -> dict[int, tuple[str, int]]:
    """Patients that heads and stubs of tables name: number -> (label as printed, offset)."""
    found: dict[int, tuple[str, int]] = {}
    for sheet in sheets:
        for number, named in sheet.named.items():
            found.setdefault(number, named)
    return found


def _facts(sheet: Sheet) -> Iterator[TableFact]:
    heads = sheet.heads()
    for fact, reader in registry.table_readers().items():
        whole = reader.whole_rows(heads)
        if whole is not None:
            for words in _rows_of_words(sheet):
                yield from _of_patient(((fact.component, m) for m in whole(words)), sheet.whole)
            return
    if stated := statements(sheet):
        yield from _of_patient(stated, sheet.whole)
        return
    timeline = Timeline(sheet)
    for row in sheet.value_rows():
        inside, name = run_in(sheet, row)
        theirs, patient = sheet.owner(row, sheet.grid.first_col)
        if theirs:
            yield from _of_patient(inside, patient)
        for col in sheet.value_columns():
            cell = sheet.grid.at(row, col)
            if cell is None or (cell.row, cell.col) != (row, col):
                continue
            theirs, patient = sheet.owner(row, col)
            if theirs:
                yield from _of_patient(_cell_facts(sheet, timeline, cell, row, name), patient)


def _of_patient(found: Iterable[tuple[str, Mention]], patient: int | None) -> Iterator[TableFact]:
    return (TableFact(component, mention, patient) for component, mention in found)


def _rows_of_words(sheet: Sheet) -> Iterator[list[tables.Words]]:
    """The cells of each row of a table in which a row is one fact."""
    for row in sheet.grid.data_rows():
        cells = [sheet.grid.at(row, col) for col in range(sheet.grid.n_cols)]
        if cells[0] is not None and not any(c is not None and c.col_span > 1 for c in cells):
            yield [(sheet.labels.words(c), c.start if c else 0) for c in cells]


def _cell_facts(
    sheet: Sheet, timeline: Timeline, cell: Cell, row: int, name: Sense | None = None
) -> Iterator[tuple[str, Mention]]:
    """The facts of a cell, and of the event that it tells; `name` is what its label says, where known."""
    sense = sheet.sense_at(row, cell.col) if name is None else merged(name, Sense(time=sheet.about.time))
    time = timeline.dated(sense)
    layout, col, body = sheet.layout, cell.col, sheet.labels.words(cell)
    reading = tables.Cell(
        body,
        cell.start,
        time,
        sense.pregnancy,
        sheet.ranges.get(row)
        or sheet.words(row, layout.aide("reference", col))
        or sheet.words(layout.aide_row("reference"), col),
        sheet.words(row, layout.aide("unit", col)) or sheet.words(layout.aide_row("unit"), col),
        sheet.words(row, layout.aide("flag", col)),
        sheet.notes.of_value(body),
        sheet.notes.marks.get(sense.mark, "") if sense.mark else "",
        sheet.notes.definitions,
    )
    found = list(read_cell(reading, sense, sheet.notes))
    yield from found
    if sense.prose:
        yield from timeline.events(cell, row, time, found)

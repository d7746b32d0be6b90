"""A table opened: its grid, its labels each understood once, and what every cell is read under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from extractors import registry
from extractors.fact import Fact
from extractors.time.dates import DATE
from pipeline.cases.markers import inside_numbers
from pipeline.paper import Cell, Paper, Table
from pipeline.tables import continued, detached
from pipeline.tables.dated import (
    Rows,
    in_order_of_visits,
    with_counted_columns,
    with_counted_rows,
    with_dated_rows,
)
from pipeline.tables.grid import Grid, grid_of
from pipeline.tables.labels import Labels
from pipeline.tables.layout import AIDES, Layout, continues, layout_of
from pipeline.tables.literature import is_literature, present_row
from pipeline.tables.notes import Notes, read_notes
from pipeline.tables.patients import Named, column_patients, named_patients, row_patients
from pipeline.tables.senses import Sense, merged, undated
from pipeline.tables.unlisted import unlisted_rows


@dataclass(frozen=True)
class Sheet:
    """A table with everything that its cells are read under.

    `about` is what caption and corner say of all cells, `whole` the one patient that the caption names,
    `patients` those of rows, `named` all that head and stub name. `only` is the one row that is this
    paper's patient in a table of other authors' cases. `ranges` are the words of ranges that stand apart,
    by row.
    """

    grid: Grid
    labels: Labels
    layout: Layout
    notes: Notes
    about: Sense
    whole: int | None
    columns: dict[int, Sense]
    rows: Rows
    patients: dict[int, Named]
    named: dict[int, tuple[str, int]] = field(default_factory=dict)
    only: int | None = None
    ranges: dict[int, str] = field(default_factory=dict)

    @cached_property
    def in_head(self) -> bool:
        """Whether the head names patients, so that the other columns are nobody's."""
        return any(sense.patient is not None for sense in self.columns.values())

    def words(self, row: int | None, col: int | None) -> str:
        """The words of a cell, "" where there is none."""
        return self.labels.words(self.grid.at(row, col)) if row is not None and col is not None else ""

    def heads(self) -> list[str]:
        """The words above each column."""
        return [self.grid.column_text(self.labels.text, col) for col in range(self.grid.n_cols)]

    def value_rows(self) -> Iterator[int]:
        """The rows that hold values of this paper's patients."""
        for row in self.grid.data_rows():
            if self.only is not None:
                if row == self.only and row not in self.layout.aide_rows:
                    yield row
            elif row not in self.layout.aide_rows and (
                not self.patients or row in self.patients or self.in_head
            ):
                yield row

    def value_columns(self) -> Iterator[int]:
        """The columns that hold values, not labels, units, ranges or somebody else's."""
        for col in range(self.grid.first_col, self.grid.n_cols):
            if col not in self.layout.stubs and self.layout.roles[col] not in ("nobody", *AIDES):
                yield col

    def owner(self, row: int, col: int) -> tuple[bool, int | None]:
        """Whether a position's value is some patient's, and the number of that patient if one is named."""
        sense = self.rows[row, self.layout.label_of(col)]
        if sense.role == "nobody":
            return False, None
        patient = self.columns[col].patient
        if patient is None:
            patient = self.patients[row][0] if row in self.patients else sense.patient
        if patient is None and self.in_head:
            return False, None
        if patient is None or self.only is not None:
            return True, self.whole
        return True, patient

    def sense_at(self, row: int, col: int) -> Sense:
        """What a position's row, column and the caption say of it; a column of changes holds no results."""
        label, column = self.rows[row, self.layout.label_of(col)], self.columns[col]
        if _contradict(label, column):
            return Sense()
        nearer = {**label.measured, **column.measured}
        says = {f: x for f, x in self.about.says.items() if not nearer or f in nearer}
        time = None if column.time or label.time else self.about.time
        return merged(replace(self.about, says=says, time=time), label, column)


def _contradict(row: Sense, column: Sense) -> bool:
    """Whether row and column name measurements that do not go together."""
    readers = registry.table_readers()
    facts = row.measured.keys() | column.measured.keys()
    if not row.measured or not column.measured:
        return False
    return len(facts) > 1 or any(readers[fact].combined is None for fact in facts)


def open_tables(paper: Paper, abbreviations: Mapping[str, str] | None = None) -> tuple[Sheet, ...]:
    """The tables of a paper that tell of its own patients; `abbreviations` are what its prose defines."""
    opened = (_open(paper, table, abbreviations or {}) for table in continued.whole(paper))
    return tuple(sheet for sheet in opened if sheet is not None)


def _open(paper: Paper, table: Table, abbreviations: Mapping[str, str]) -> Sheet | None:
    """A table opened; None for one without a body, or of other authors' cases alone."""
    notes = read_notes(paper, table)
    labels = Labels(paper.text, notes.definitions, abbreviations)
    notes = replace(notes, definitions={**abbreviations, **notes.definitions})
    grid = grid_of(table, labels)
    if grid is None:
        return None
    literature = is_literature(paper.text, table, grid)
    only = present_row(paper.text, grid) if literature else None
    if literature and only is None:
        return None
    caption = paper.text[slice(*table.caption)] if table.caption else ""
    sheet = _understood(grid, labels, notes, caption, table.caption[0] if table.caption else 0)
    if not literature:
        ranges = detached.detached_ranges(paper, table, _rows_of_results(sheet))
        return replace(sheet, named=named_patients(grid, labels, caption), ranges=ranges)
    # without its heads nothing in the row can be told
    return replace(sheet, only=only) if sum(s.told for s in sheet.columns.values()) > 1 else None


def _rows_of_results(sheet: Sheet) -> list[detached.Row]:
    """The rows with values of a table of tests without ranges; none where another kind of table is opened."""
    if "reference" in sheet.layout.aide_rows.values() and len(sheet.layout.aide_rows) > 1:
        return []
    rows: list[detached.Row] = []
    told = 0
    for row in sheet.value_rows():
        cells = [c for col in sheet.value_columns() if (c := sheet.grid.at(row, col)) is not None]
        label = sheet.grid.at(row, 0)
        aide = sheet.layout.aide("reference", sheet.grid.first_col)
        beside = sheet.rows[row, 0].role == "reference" or sheet.words(row, aide)
        if label is None or not cells or beside:
            continue
        told += sheet.labels.of(label).names_measure
        words = tuple(sheet.labels.words(c) for c in cells)
        rows.append(detached.Row(row, sheet.labels.words(label), words, max(c.end for c in cells)))
    return rows if told > len(rows) / 2 else []


def _understood(grid: Grid, labels: Labels, notes: Notes, caption: str, start: int) -> Sheet:
    """The sheet of a grid: its columns, then its rows, then what the caption adds to them."""
    columns = _columns(grid, labels, caption)
    layout = layout_of(grid, labels, columns)
    columns = in_order_of_visits(with_counted_columns(grid, labels, columns), notes.anchor)
    rows = with_counted_rows(grid, labels, _rows(grid, labels, layout, columns))
    if not any(s.time for c, s in columns.items() if c):
        rows = with_dated_rows(grid, labels, rows, columns, notes.anchor)
    told = [*(s for c, s in columns.items() if c), *rows.values()]
    about = merged(_of_caption(labels.told(caption, start), told), _of_corner(columns[0]))
    numbers = inside_numbers(caption)
    whole = next(iter(numbers)) if len(numbers) == 1 else None
    return Sheet(grid, labels, layout, notes, about, whole, columns, rows, row_patients(grid, labels))


def _columns(grid: Grid, labels: Labels, caption: str) -> dict[int, Sense]:
    """What the head says of each column."""
    columns = {c: _column_sense(grid, labels, c) for c in range(grid.n_cols)}
    for col, (number, printed, _) in column_patients(grid, labels, caption).items():
        columns[col] = replace(columns[col], patient=number, label=printed)
    for fact, reader in registry.table_readers().items():
        if reader.beside is not None:
            beside = reader.beside([s.says.get(fact) for s in columns.values()])
            columns = {c: _saying(s, fact, x) for (c, s), x in zip(columns.items(), beside, strict=True)}
    return columns


def _column_sense(grid: Grid, labels: Labels, col: int) -> Sense:
    """The heads of a column together; one that only adds a unit is part of the head above it."""
    heads: list[tuple[str, int]] = []
    for cell in grid.column_headers(col):
        text = labels.words(cell)
        if heads and continues(text):
            heads[-1] = (f"{heads[-1][0]} ({text.strip(' ()')})", heads[-1][1])
        else:
            heads.append((text, cell.start))
    return merged(*(labels.told(text, start) for text, start in heads))


def _rows(grid: Grid, labels: Labels, layout: Layout, columns: dict[int, Sense]) -> Rows:
    """What the labels of each row say, by list; those of a part take from the labels above them."""
    rows: Rows = {}
    for label in layout.labels:
        for row in grid.data_rows():
            cells = [c for c in grid.row_headers(row, layout.stub_of(label)) if c.start < c.end]
            rows[row, label] = merged(*(_row_sense(grid, labels, layout, cell, row, label) for cell in cells))
    for fact, reader in registry.table_readers().items():
        if reader.below is None:
            continue
        told = [s.says[fact] for s in columns.values() if fact in s.says]
        for label in layout.labels:
            keys = [key for key in rows if key[1] == label]
            listed = [(labels.words(grid.at(*key)), rows[key].says.get(fact)) for key in keys]
            for key, said in zip(keys, reader.below(listed, told), strict=True):
                rows[key] = _saying(rows[key], fact, said)
    for key, (fact, said) in unlisted_rows(grid, labels, layout, columns, rows).items():
        rows[key] = _saying(rows[key], fact, said)
    return rows


def _row_sense(grid: Grid, labels: Labels, layout: Layout, cell: Cell, row: int, label: int) -> Sense:
    """The sense of a row's label, with the unit that stands in a cell of its own where it needs that."""
    sense, unit = labels.of(cell), layout.aide("unit", label + 1) or layout.aide("unit", label)
    name = labels.words(cell)
    if cell.row != row or unit is None or "(" in name:
        return sense
    words = labels.words(grid.at(row, unit)).strip(" ()[]")
    return labels.told(f"{name} ({words})", cell.start) if words else sense


def _saying(sense: Sense, fact: Fact[Any], label: Any) -> Sense:
    """A sense with another label of a fact."""
    return sense if label is None else replace(sense, says={**sense.says, fact: label})


def _of_caption(caption: Sense, labels: list[Sense]) -> Sense:
    """What a caption adds to every cell: a time, and what its label says that those of the table do not."""
    measured = {fact for sense in labels for fact in sense.measured}
    says = {}
    for fact, reader, label in caption.claims:
        own = [s.says[fact] for s in labels if fact in s.says]
        said = reader.of_caption(label, own, bool(measured - {fact}))
        if said is not None:
            says[fact] = said
    return Sense(time=undated(caption, DATE).time, says=says)


def _of_corner(corner: Sense) -> Sense:
    """What the corner says of every cell."""
    return Sense(says={fact: label for fact, reader, label in corner.claims if reader.of_corner(label)})

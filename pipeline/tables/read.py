"""From a table's grid to facts: every data cell is read under the sense of its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.base import Mention, TimeRef
from extractors.drugs.fact import DrugMention
from extractors.drugs.table import drugs_of_row, is_drug_table
from extractors.time.durations import TERM_DAYS
from pipeline.cases.markers import inside_numbers
from pipeline.paper import Cell, Paper, Table
from pipeline.tables.cells import Reading, read_cell
from pipeline.tables.grid import Grid, grid_of
from pipeline.tables.layout import AIDES, Layout, continues, layout_of
from pipeline.tables.literature import is_literature, present_row
from pipeline.tables.notes import Notes, read_notes
from pipeline.tables.patients import column_patients, row_patients
from pipeline.tables.prose import onset_in
from pipeline.tables.senses import Sense, is_timeline_head, merged, sense_of
from pipeline.tables.sites import scores_beside, with_sites
from pipeline.tables.visits import DATE, in_order

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


@dataclass(frozen=True)
class _Table:
    """A table with everything that its cells are read under."""

    text: str
    grid: Grid
    layout: Layout
    notes: Notes
    about: Sense  # what the caption says of all cells
    whole: int | None  # the one patient that the caption names
    columns: dict[int, Sense]
    rows: dict[tuple[int, int], Sense]  # by row and label column
    patients: dict[int, tuple[int, str, int]]  # by row

    def words(self, row: int | None, col: int | None) -> str:
        """The words of a cell, "" where there is none."""
        cell = self.grid.at(row, col) if row is not None and col is not None else None
        return self.text[cell.start : cell.end] if cell else ""


def _open(paper: Paper, table: Table, grid: Grid) -> _Table:
    notes = read_notes(paper, table)
    columns = {c: _column_sense(paper, grid, c, notes) for c in range(grid.n_cols)}
    for col, (number, printed, _) in column_patients(paper, table, grid).items():
        columns[col] = replace(columns[col], patient=number, label=printed)
    columns = scores_beside(columns)
    layout = layout_of(paper, grid, columns)
    columns = _visits(columns, notes.anchor)
    rows: dict[tuple[int, int], Sense] = {}
    for row in grid.data_rows():
        for label in layout.labels:
            rows[row, label] = _row_sense(paper, grid, row, layout.stub_of(label), notes)
    rows = with_sites(paper, grid, rows, columns)
    if not any(s.time for c, s in columns.items() if c):
        rows = _dated_rows(paper, grid, rows, columns, notes.anchor)
    start = table.caption[0] if table.caption else 0
    caption = paper.text[slice(*table.caption)] if table.caption else ""
    numbers = inside_numbers(caption)
    senses = [*(s for c, s in columns.items() if c), *rows.values()]
    about = _about(sense_of(caption, start, notes.definitions), senses)
    if columns[0].bmd is not None and columns[0].bmd.measure:
        about = merged(about, Sense(bmd=columns[0].bmd))  # the corner names what all cells measure
    return _Table(
        paper.text,
        grid,
        layout,
        notes,
        about,
        next(iter(numbers)) if len(numbers) == 1 else None,
        columns,
        rows,
        row_patients(paper, grid),
    )


def _about(caption: Sense, senses: list[Sense]) -> Sense:
    """What a caption adds: a time, a site, and the measure or test where no label names any."""
    bmd = caption.bmd
    if bmd is not None and any(s.bmd is not None and s.bmd.measure for s in senses):
        bmd = replace(bmd, measure="", unit="")
    named = any(s.analyte is not None or s.bmd is not None for s in senses)
    time = caption.time if caption.time is not None and caption.time.anchor != DATE else None
    return Sense(bmd=bmd, analyte=None if named else caption.analyte, time=time)


def _dated_rows(
    paper: Paper, grid: Grid, rows: dict[tuple[int, int], Sense], columns: dict[int, Sense], anchor: str
) -> dict[tuple[int, int], Sense]:
    """Visits as rows: labels that are times and nothing else.

    Where the columns hold events and not measurements, the first date is no first visit.
    """
    dated = {
        key[0]: s
        for key, s in rows.items()
        if key[1] == 0 and s.time is not None and (not _told(s) or _is_visit(paper, grid, key[0]))
    }
    measured = any(_told(s) for s in columns.values())
    if len(dated) < 2 or not measured:
        rows = {key: _undated(s) for key, s in rows.items()}
        dated = {row: _undated(s) for row, s in dated.items()}
    if len(dated) < 2:
        return rows
    head = grid.column_text(paper, 0)
    if is_timeline_head(head):
        dated = {row: replace(s, time=_placed(s.time, head, dated, row)) for row, s in dated.items()}
    if not measured or any(s.time.anchor in ("delivery", "gestation") for s in dated.values() if s.time):
        ordered = dated
    else:
        ordered = _visits(dated, anchor)
    return {key: replace(s, time=ordered[key[0]].time) if key[0] in ordered else s for key, s in rows.items()}


def _is_visit(paper: Paper, grid: Grid, row: int) -> bool:
    """Whether a row's first label is a time alone, its site standing in the second column."""
    first = next(iter(grid.row_headers(row, (0, 1))), None)
    if first is None or first.row in grid.groups:
        return False
    sense = sense_of(paper.text[first.start : first.end], first.start)
    return sense.time is not None and not _told(sense)


def _undated(sense: Sense) -> Sense:
    """A sense without a calendar date, which says nothing by itself."""
    return replace(sense, time=None) if sense.time is not None and sense.time.anchor == DATE else sense


def _told(sense: Sense) -> bool:
    """Whether a label announces some content of its own."""
    return bool(sense.analyte or sense.bmd or sense.person or sense.onset or sense.fractures or sense.drug)


def _placed(time: TimeRef | None, head: str, dated: dict[int, Sense], row: int) -> TimeRef | None:
    """A bare "31 weeks" of a timeline: in gestation, or after a delivery that rows above have passed."""
    if time is None or time.anchor != "baseline" or time.phase != "follow-up" or time.days_min is None:
        return time
    above = [s.time for r, s in dated.items() if r < row and s.time is not None]
    if any(t.anchor == "delivery" for t in above) or re.search(
        r"post-?\s?(?:partum|natal)|delivery", head, re.I
    ):
        return replace(time, anchor="delivery", phase="")
    if _GESTATION.search(head) and time.days_max is not None and time.days_max <= TERM_DAYS + 14:
        days = (time.days_min - TERM_DAYS, time.days_max - TERM_DAYS)
        return replace(time, anchor="gestation", days_min=days[0], days_max=days[1], phase="")
    return time


_GESTATION = re.compile(r"gestation|pregnan", re.I)


def _facts(paper: Paper, table: Table) -> Iterator[TableFact]:
    grid = grid_of(paper, table)
    if grid is None:
        return
    only: int | None = None
    if is_literature(paper, table, grid):
        only = present_row(paper, grid)
        if only is None:
            return
    opened = _open(paper, table, grid)
    if only is not None and sum(_told(s) for s in opened.columns.values()) < 2:
        return  # without its heads nothing in the row can be told
    if is_drug_table([grid.column_text(paper, col) for col in range(grid.n_cols)]):
        yield from _drug_rows(opened, paper)
        return
    in_head = any(s.patient is not None for s in opened.columns.values())
    begun = treated = False
    for row in grid.data_rows():
        if (only is not None and row != only) or row in opened.layout.aide_rows:
            continue
        if opened.patients and row not in opened.patients and not in_head and only is None:
            continue
        for col in range(grid.first_col, grid.n_cols):
            cell = grid.at(row, col)
            if cell is None or (cell.row, cell.col) != (row, col) or not _holds_values(opened, col):
                continue
            label = opened.layout.label_of(col)
            row_sense, column = opened.rows[row, label], opened.columns[col]
            if row_sense.role == "nobody":
                continue
            patient = column.patient
            if patient is None:
                patient = opened.patients[row][0] if row in opened.patients else row_sense.patient
            if patient is None and in_head:
                continue
            if only is not None:
                patient = None
            sense = _sense_at(opened, row_sense, column)
            if treated and sense.prose and sense.time is not None and not sense.time.phase:
                sense = replace(sense, time=replace(sense.time, phase="follow-up"))
            who = patient if patient is not None else opened.whole
            found = list(_cell_facts(opened, cell, sense, row, who))
            yield from found
            if sense.prose and not begun:
                begin = _onset(opened, cell, sense, row, who)
                begun = begin is not None or any(f.component == "onset" for f in found)
                if begin is not None:
                    yield begin
            treated = treated or (sense.prose is True and any(map(_begins_treatment, found)))


def _begins_treatment(fact: TableFact) -> bool:
    """Whether a timeline's event is that a drug is given: what comes later is follow-up."""
    return isinstance(fact.mention, DrugMention) and fact.mention.status == "given"


def _drug_rows(table: _Table, paper: Paper) -> Iterator[TableFact]:
    """A table with one drug per row."""
    heads = [table.grid.column_text(paper, col) for col in range(table.grid.n_cols)]
    for row in table.grid.data_rows():
        cells = [table.grid.at(row, col) for col in range(table.grid.n_cols)]
        if cells[0] is None or any(c is not None and c.col_span > 1 for c in cells):
            continue
        words = [(table.text[c.start : c.end], c.start) if c else ("", 0) for c in cells]
        for drug in drugs_of_row(words, heads):
            yield TableFact("drugs", drug, table.whole)


def _holds_values(table: _Table, col: int) -> bool:
    """Whether a column holds values, not labels, units, ranges or somebody else's."""
    return col not in table.layout.stubs and table.layout.roles[col] not in ("nobody", *AIDES)


def _sense_at(table: _Table, row: Sense, column: Sense) -> Sense:
    """What a cell says by its row, its column and the caption; a column of changes holds no results."""
    about = replace(table.about, time=None) if column.time or row.time else table.about
    if row.analyte is not None and (column.bmd is not None or column.analyte is not None):
        return Sense()
    return merged(about, row, column)


def _onset(table: _Table, cell: Cell, sense: Sense, row: int, patient: int | None) -> TableFact | None:
    """The onset that the first symptom of a timeline tells."""
    label = table.grid.at(row, 0)
    if label is None or label.start == cell.start or "\n" in table.text[label.start : cell.start]:
        return None
    body = table.text[cell.start : cell.end]
    found = onset_in((label.start, label.end), body, cell.start, sense.time)
    return TableFact("onset", found, patient) if found else None


def _visits(senses: dict[int, Sense], anchor: str) -> dict[int, Sense]:
    """Visits as columns (or rows): the earliest is the baseline, the others follow up."""
    times = in_order({i: s.time for i, s in senses.items() if s.time is not None}, anchor)
    return {i: replace(s, time=times.get(i)) for i, s in senses.items()}


def _column_sense(paper: Paper, grid: Grid, col: int, notes: Notes) -> Sense:
    heads: list[tuple[str, int]] = []
    for cell in grid.column_headers(col):
        text = paper.text[cell.start : cell.end]
        if heads and continues(text):
            heads[-1] = (f"{heads[-1][0]} ({text.strip(' ()')})", heads[-1][1])
        else:
            heads.append((text, cell.start))
    return merged(*(sense_of(text, start, notes.definitions) for text, start in heads))


def _row_sense(paper: Paper, grid: Grid, row: int, stubs: tuple[int, ...], notes: Notes) -> Sense:
    cells = [c for c in grid.row_headers(row, stubs) if c.start < c.end]
    return merged(*(sense_of(paper.text[c.start : c.end], c.start, notes.definitions) for c in cells))


_BRACKET = re.compile(
    r"\(\s*(?P<inner>[-+−–]?\s?\d+(?:\.\d+)?\s?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|[dwmy]))\.?\s*\)",
    re.I,
)


def _cell_facts(
    table: _Table, cell: Cell, sense: Sense, row: int, patient: int | None
) -> Iterator[TableFact]:
    body = table.text[cell.start : cell.end]
    if _MISSING.match(body) and not sense.drug:
        return
    time = sense.time
    bracket = _BRACKET.search(body)
    if bracket and not (sense.prose or sense.onset or sense.drugs or sense.drug):
        time = table.notes.cell_time(
            bracket["inner"], cell.start + bracket.start(), cell.start + bracket.end(), sense.time
        )
        body = body[: bracket.start()] + " " * (bracket.end() - bracket.start()) + body[bracket.end() :]
    layout, col = table.layout, cell.col
    reading = Reading(
        body,
        cell.start,
        sense,
        time,
        table.words(row, layout.aide("reference", col)) or table.words(layout.aide_row("reference"), col),
        table.words(row, layout.aide("unit", col)) or table.words(layout.aide_row("unit"), col),
        table.notes,
        table.words(row, layout.aide("flag", col)),
    )
    for component, mention in read_cell(reading):
        yield TableFact(component, mention, patient)

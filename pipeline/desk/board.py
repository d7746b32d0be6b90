"""A paper's rows as the page shows them: patients, their tables, the least sure rows first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.desk.shelf import key_of
from pipeline.desk.views import View
from pipeline.review.decision import Decision, own_columns
from pipeline.review.lay import Item, Laid
from pipeline.review.rows import CASES, Cells, number_of, span
from pipeline.schema import FACT_TABLES

#: what a decision makes of a row -> the word for it
_STATES = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "add": "added",
    "move": "moved",
    "split": "added",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row on the page. `heads`: of its table's row and column, "" in prose; `last`: a decision's id."""

    key: str
    table: str
    state: str
    values: tuple[tuple[str, str], ...]
    quote: str
    heads: str
    start: int
    end: int
    page: str
    section: str
    confidence: str
    extractor: str
    check: str
    why: str
    last: str


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient with her tables: (name, lines)."""

    case_id: str
    number: int
    title: str
    tables: tuple[tuple[str, tuple[Line, ...]], ...]


def board(laid: Laid, view: View | None) -> list[Patient]:
    """The patients of a paper with their rows; without a view no heads of tables are told."""
    shown = [(item, row) for item in laid.items if (row := shown_cells(item)) is not None]
    numbers = sorted({number_of(row["case_id"]) for _, row in shown})
    return [_patient(number, shown, view) for number in numbers]


def shown_cells(item: Item) -> Cells | None:
    """The row as it stands, or as it was before it was rejected; None for one that left no trace."""
    return item.final or item.extracted


def _patient(number: int, shown: Sequence[tuple[Item, Cells]], view: View | None) -> Patient:
    own = [(item, row) for item, row in shown if number_of(row["case_id"]) == number]
    case = next((row for item, row in own if item.table == CASES), {})
    about = [case.get("label", ""), f"{case['age_years']} years" if case.get("age_years") else ""]
    about.append({"F": "woman", "M": "man"}.get(case.get("sex", ""), ""))
    tables = []
    for table in FACT_TABLES:
        lines = sorted(_lines(table.name, own, view), key=_least_sure)
        if lines:
            tables.append((table.name, tuple(lines)))
    case_id = own[0][1]["case_id"]
    return Patient(case_id, number, ", ".join(part for part in about if part), tuple(tables))


def _least_sure(line: Line) -> tuple[float, int]:
    return float(line.confidence or 0), line.start


def _lines(table: str, own: Iterable[tuple[Item, Cells]], view: View | None) -> list[Line]:
    names = [column.name for column in own_columns(table)]
    lines = []
    for item, row in own:
        if item.table != table:
            continue
        start, end = span(row)
        said = item.said[-1] if item.said else None
        lines.append(
            Line(
                key_of(item),
                table,
                _STATES[said.do] if said else "open",
                tuple((name, row[name]) for name in names if row.get(name)),
                row["quote"],
                heads_of(view, start) if view and row["source"] == "table" else "",
                start,
                end,
                row["page"],
                row["section"],
                (item.extracted or row)["confidence"],
                row["extractor"],
                row.get("check", ""),
                said.why if said else "",
                said.id if said else "",
            )
        )
    return lines


def heads_of(view: View, at: int) -> str:
    """The heads of the row and the column of a table's cell: "Calcium / Case 2"; "" outside tables."""
    for table in view["tables"]:
        if not table["start"] <= at < table["end"]:
            continue
        cells = table["cells"]
        here = next((c for c in cells if c[2] <= at < c[3]), None)
        if here is None:
            return ""
        left = [c for c in cells if c[0] == here[0] and c[1] < here[1] and c[1] == 0]
        above = [c for c in cells if c[1] == here[1] and c[0] < here[0] and (c[6] or c[0] == 0)]
        words = [" ".join(view["text"][c[2] : c[3]].split()) for c in (*left, *above)]
        return " / ".join(word for word in words if word)
    return ""


def notes(said: Iterable[Decision]) -> list[Decision]:
    """The notes on a paper."""
    return [d for d in said if d.do == "note"]

"""Rows of one paper as they are laid over: cells by column, and what a row is known by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractors import registry
from pipeline.schema import BY_NAME, FACT_TABLES

#: column -> cell as printed
Cells = dict[str, str]
CASES = FACT_TABLES[0].name


@cache
def identity(table: str) -> tuple[str, ...]:
    """The columns that say which fact of a patient a row is."""
    fact = next(fact for fact in registry.facts() if fact.table == table)
    return tuple(c.name for c in fact.columns) if fact.identity is None else fact.identity


def codes(table: str, cells: Cells) -> Cells:
    """The codes that follow from a row's other cells."""
    return next(fact for fact in registry.facts() if fact.table == table).codes.of(cells)


def same_fact(table: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two rows tell one fact, wherever they stand."""
    return all(one.get(name, "") == other.get(name, "") for name in identity(table))


def same_thing(table: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two rows at one place are about one thing (an analyte, a drug, a level) with other values."""
    names = identity(table)[: 2 if table == "fractures" else 1]
    return all(one.get(name, "") == other.get(name, "") for name in names)


def as_cells(table: str, row: list[str]) -> Cells:
    """A row of the table by column."""
    return dict(zip(BY_NAME[table].header, row, strict=True))


def as_row(table: str, cells: Cells) -> list[str]:
    """Cells in the order of the columns."""
    return [cells.get(name, "") for name in BY_NAME[table].header]


def typed(table: str, cells: Cells) -> dict[str, Any]:
    """The cells as the values that were printed: numbers as numbers, None for one that is not told."""
    return {column.name: _value(column.type, cells.get(column.name, "")) for column in BY_NAME[table].columns}


def _value(kind: str, cell: str) -> Any:
    if kind not in ("number", "integer"):
        return cell
    if not cell:
        return None
    return int(cell) if kind == "integer" else float(cell)


def span(cells: Mapping[str, str]) -> tuple[int, int]:
    """Where the row's words stand."""
    return int(cells["start"]), int(cells["end"])


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def number_of(case_id: str) -> int:
    """The patient's number in the paper."""
    return int(case_id.rpartition("-")[2])

"""Tables drawn with signs, and lines that are none: work grows with the text, not with its square."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.paper import Cell, Source
from pipeline.process import extract
from pipeline.readers import read_bytes
from pipeline.structure import structure
from pipeline.tables.grid import Grid
from tests.pipeline.growth import work

#: work for four times the text, at most; in proportion it is four
_MOST = 5.5
_CAPTION = "Table 1. Laboratory values\n"

#: lines for a number of rows or cells
LINES: dict[str, Callable[[int], str]] = {
    "semicolons": lambda n: "a; b; c\nd; e; f; g\n" * n,
    "semicolons, rows alike": lambda n: "Anna; Berta; Carla\n" * n,
    "semicolons, then a clause": lambda n: "a; b; c\nd; e; " + "and so on " * 6 + "; f\n" + "a; b; c\n" * n,
    "gaps": lambda n: "a    b    c\nd    e\n" * n,
    "gaps, now and then a bar": lambda n: "a    b    c\nd    e\n| f | g |\n" * n,
    "rules": lambda n: "| - |   - |\n" * n,
    "a table of values": lambda n: "Calcium    9.1    8.5    10.5\n" * n,
    "three rows of many cells": lambda n: ("a    " * n + "b\n") * 3,
    "a row over many columns": lambda n: ("a    " * n + "b\n") * 3 + "1234 " * n + "\n",
    "results in every cell": lambda n: _CAPTION + "WBC 6,300 /µL    Ca 9.4 mg/dL\n" * n,
    "results run in": lambda n: _CAPTION + "WBC 6,300 /µL Ca 9.4 mg/dL\n" * n,
    "a caption, many rows": lambda n: _CAPTION + "Test Value Range\n" + "Calcium 9.1 8.5-10.5\n" * n,
    "captions without tables": lambda n: (_CAPTION + "Short line\n") * n,
    "one cell a line": lambda n: _CAPTION + "Test\nValue\n" + "Calcium\n9.1\n" * n,
}  # fmt: skip


def source(body: str) -> Source:
    return read_bytes(f"A 31-year-old woman had back pain.\n\n{body}".encode(), "a.txt")[0]


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_work_of_structure_grows_with_the_lines(lines: Callable[[int], str]) -> None:
    structure(source(lines(3)))
    few, many = (source(lines(n)) for n in (50, 200))
    assert work(lambda: structure(many)) < _MOST * work(lambda: structure(few))


TABLES: dict[str, Callable[[int], str]] = {
    "many rows with bars": lambda n: "| Calcium | 9.1 |\n" * n,
    "many cells with one value": lambda n: _CAPTION + "Head    one    two\n"
    + ("Calcium" + "    9.1" * n + "\n") * 3,
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_work_of_tables_grows_with_the_cells(table: Callable[[int], str]) -> None:
    extract(structure(source(table(10))), "a")
    few, many = (structure(source(table(n))) for n in (50, 200))
    assert many.tables
    assert work(lambda: extract(many, "a")) < _MOST * work(lambda: extract(few, "a"))


_ALIGNED = "Test       Value   Range\n" + "Calcium    9.1     8.5-10.5\n" * 700
WHOLE = {
    "values behind labels": _CAPTION + "Test Value Range\n" + "Calcium 9.1 8.5-10.5\n" * 700,
    "by alignment": _CAPTION + _ALIGNED,
    "by alignment, no caption": _ALIGNED,
    "one cell a line": _CAPTION + "Test\nValue\nRange\n" + "Calcium\n9.1\n8.5-10.5\n" * 700,
    "column by column": _CAPTION + "Test\n" + "Calcium\n" * 700 + "6 months\n" + "9.1\n" * 700
    + "12 months\n" + "9.2\n" * 700,
}  # fmt: skip


@pytest.mark.parametrize("lines", WHOLE.values(), ids=WHOLE)
def test_a_long_table_is_one_table(lines: str) -> None:
    assert [table.n_rows for table in structure(source(lines)).tables] == [701]


def grid(rows: int) -> Grid:
    cells = tuple(Cell(r, c, 4 * r + 2 * c, 4 * r + 2 * c + 1) for r in range(rows) for c in range(2))
    return Grid(cells, rows, 2, 0, 1, frozenset())


def test_a_cell_is_found_without_going_through_all_of_them() -> None:
    few, many = grid(100), grid(400)
    for one in (few, many):
        assert one.at(3, 1) is one.cells[7]  # what is remembered is made
    assert work(lambda: many.at(399, 1)) == work(lambda: few.at(99, 1))

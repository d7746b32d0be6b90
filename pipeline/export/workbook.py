"""The tables as one Excel workbook: a sheet each, numbers as numbers, words never as formulas or links."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.config import UsageError
from pipeline.export.databases import about
from pipeline.frames.typed import pieces
from pipeline.schema import TABLES, TableSchema

#: what a sheet and a cell of Excel hold (support.microsoft.com, "Excel specifications and limits")
_ROWS, _LETTERS = 1_048_576, 32_767
#: of the file's own properties, so that the same tables give the same file
_MADE = datetime(2000, 1, 1)


def xlsx(folder: Path, target: Path) -> None:
    """Write the tables of an output folder into `target/casebook.xlsx`, with a sheet on the columns.

    Words longer than a cell holds are cut and end in "…". Raises UsageError for more rows than a sheet holds.
    """
    import xlsxwriter  # noqa: PLC0415

    for table in TABLES:
        _check(folder, table)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target / "casebook.xlsx"), options) as book:
        book.set_properties({"title": "casebook", "created": _MADE})
        bold = book.add_format({"bold": True})
        for table in TABLES:
            _sheet(book.add_worksheet(table.name), folder, table, bold)
        sheet = book.add_worksheet("columns")
        for line, row in enumerate([("table", "column", "type", "unit", "meaning"), *about()]):
            _row(sheet, line, row, bold if not line else None)


def _check(folder: Path, table: TableSchema) -> None:
    """Raise UsageError for more rows than a sheet holds, before anything is written."""
    place = folder / f"{table.name}.csv"
    if place.exists() and place.stat().st_size < _ROWS * len(
        table.columns
    ):  # a comma or line end for each cell
        return
    rows = 1  # the header
    for piece in pieces(folder, table):
        rows += len(piece)
        if rows > _ROWS:
            raise UsageError(
                f"{table.name} has more than the {_ROWS - 1} rows that a sheet of Excel holds: "
                "take parquet, duckdb or sqlite"
            )


def _sheet(sheet: Any, folder: Path, table: TableSchema, bold: Any) -> None:
    _row(sheet, 0, table.header, bold)
    sheet.freeze_panes(1, 2)
    line = 0
    for piece in pieces(folder, table):
        values = piece.astype(object).where(piece.notna(), None)
        for row in values.itertuples(index=False, name=None):
            line += 1
            _row(sheet, line, row)
    sheet.autofilter(0, 0, line, len(table.columns) - 1)


def _row(sheet: Any, line: int, row: tuple[Any, ...], style: Any = None) -> None:
    for place, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, str):
            words = value if len(value) <= _LETTERS else f"{value[: _LETTERS - 1]}…"
            sheet.write_string(line, place, words, style)
        else:
            sheet.write_number(line, place, value, style)

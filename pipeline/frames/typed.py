"""Types of the frames' columns, from the schema: the only place that says what pandas makes of a column.

Words are pandas' strings, a closed list a category in the order of the schema, whole numbers `Int64` (they
may be empty), decimal numbers `float64`. An empty cell is missing. `frame.attrs` carries the table's name
("table"), and by column its "units" and "descriptions".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.config import UsageError
from pipeline.frames.parts import Parts
from pipeline.schema import Column, TableSchema

#: rows that are held at a time where a table is gone through in pieces
PIECE = 20_000


def dtype(column: Column) -> Any:
    """What pandas makes of a column."""
    if column.type == "integer":
        return pd.Int64Dtype()
    if column.type == "number":
        return "float64"
    return pd.CategoricalDtype(list(column.values)) if column.values else pd.StringDtype()


def frame(table: TableSchema, rows: Iterable[Iterable[str]]) -> pd.DataFrame:
    """A typed frame of rows of printed cells, in the order of the table's columns."""
    cells = pd.DataFrame(list(rows), columns=list(table.header), dtype=object)
    made = {column.name: _column(column, cells[column.name]) for column in table.columns}
    return described(table, pd.DataFrame(made))


def _column(column: Column, cells: pd.Series) -> pd.Series:
    told = cells.mask(cells == "")
    if column.type in ("integer", "number"):
        told = pd.to_numeric(told.astype("string"), errors="raise")
    return told.astype(dtype(column))


def described(table: TableSchema, found: pd.DataFrame) -> pd.DataFrame:
    """The frame with the table's name, units and descriptions in its `attrs`."""
    found.attrs["table"] = table.name
    there = [column for column in table.columns if column.name in found]
    found.attrs["units"] = {c.name: c.unit for c in there if c.unit}
    found.attrs["descriptions"] = {c.name: c.description for c in there}
    return found


def read_table(folder: Path, table: TableSchema, columns: Collection[str] = ()) -> pd.DataFrame:
    """A table of an output folder, or these columns of it, in the order of the schema.

    Raises UsageError where it is not there or of another version, and for a column that it does not have.
    """
    place = _checked(folder, table)
    chosen = _chosen(table, columns)
    return described(table, pd.read_csv(place, usecols=chosen, **_options(table)))


def read_parts(parts: Parts, table: TableSchema, columns: Collection[str] = ()) -> pd.DataFrame:
    """The same of a large run, sorted by year and paper. Raises UsageError."""
    return _typed(table, parts.frame(table, _chosen(table, columns)))


def _chosen(table: TableSchema, columns: Collection[str]) -> list[str]:
    if unknown := sorted(set(columns) - set(table.header)):
        raise UsageError(f"{table.name} has no column {', '.join(unknown)}")
    return [name for name in table.header if name in columns] if columns else list(table.header)


def _typed(table: TableSchema, found: pd.DataFrame) -> pd.DataFrame:
    """What DuckDB has read, in the types of the schema."""
    types = {column.name: dtype(column) for column in table.columns if column.name in found}
    return described(table, found.astype(types))


def pieces(folder: Path, table: TableSchema, rows: int = 0) -> Iterator[pd.DataFrame]:
    """The same, at most `rows` rows at a time (0: `PIECE`); an empty table is one empty piece.

    Raises as `read_table`.
    """
    parts = Parts.of(folder)
    if parts is not None:
        yield from (_typed(table, piece) for piece in parts.pieces(table, rows or PIECE))
        return
    place = _checked(folder, table)
    with pd.read_csv(place, chunksize=rows or PIECE, **_options(table)) as parts:
        for part in parts:
            yield described(table, part)


def _options(table: TableSchema) -> dict[str, Any]:
    types = {column.name: dtype(column) for column in table.columns}
    return {"dtype": types, "keep_default_na": False, "na_values": [""], "encoding": "utf-8"}


def _checked(folder: Path, table: TableSchema) -> Path:
    place = folder / f"{table.name}.csv"
    try:
        with place.open(encoding="utf-8") as lines:
            header = lines.readline().rstrip("\n")
    except FileNotFoundError:
        raise UsageError(
            f"{folder} has no {place.name}: give a folder that casebook run has written"
        ) from None
    if header != ",".join(table.header):
        raise UsageError(f"{place} has not the columns of this version of casebook: run it again")
    return place

"""The tables as one SQLite or DuckDB file, with keys, and as Parquet files, which DuckDB writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.frames.typed import pieces
from pipeline.schema import FACT_TABLES, TABLES, Column, TableSchema
from pipeline.version import VERSION

#: what SQL calls the types of the schema
TYPES = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR"}
#: what the columns are, as a table of its own
_ABOUT = (
    "CREATE TABLE columns (table_name VARCHAR, name VARCHAR, type VARCHAR, unit VARCHAR, meaning VARCHAR)"
)
_TELL = "INSERT INTO columns VALUES (?, ?, ?, ?, ?)"
#: of DuckDB: what it may hold in memory before it writes into the folder; one thread keeps the order of rows
_BOUNDS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "256MB", "threads": 1}
#: rows of a Parquet file that are held in memory until they are written
_GROUP = 61_440


def about() -> list[tuple[str, str, str, str, str]]:
    """A row for every column: table, column, type, unit, meaning."""
    return [(t.name, c.name, c.type, c.unit, c.description) for t in TABLES for c in t.columns]


def _create(table: TableSchema) -> str:
    """The statement that makes the table; the same for both databases."""
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if table.name != "documents":
        lines.append("FOREIGN KEY (doc_id) REFERENCES documents (doc_id)")
    if "case_id" in table.header and table is not FACT_TABLES[0]:
        lines.append("FOREIGN KEY (case_id) REFERENCES cases (case_id)")
    return f"CREATE TABLE {table.name} ({', '.join(lines)})"


def _column(column: Column) -> str:
    must = " NOT NULL" if column.required else ""
    told = ", ".join(f"'{value}'" for value in column.values)
    check = f' CHECK ("{column.name}" IN ({told}))' if told else ""
    return f'"{column.name}" {TYPES[column.type]}{must}{check}'


def sqlite(folder: Path, target: Path) -> None:
    """Write the tables of an output folder into `target/casebook.sqlite`."""
    with closing(sqlite3.connect(target / "casebook.sqlite")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute(_ABOUT)
        base.executemany(_TELL, about())
        for table in TABLES:
            base.execute(_create(table))
            insert = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"
            for piece in pieces(folder, table):
                values = piece.astype(object).where(piece.notna(), None)
                base.executemany(insert, values.itertuples(index=False, name=None))
        base.commit()


def duckdb(folder: Path, target: Path) -> None:
    """Write the tables of an output folder into `target/casebook.duckdb`."""
    import duckdb as library  # noqa: PLC0415

    with library.connect(str(target / "casebook.duckdb"), config=_BOUNDS) as base:
        base.execute(_ABOUT)
        base.executemany(_TELL, about())
        for table in TABLES:
            base.execute(_create(table))
            for piece in pieces(folder, table):
                base.register("piece", piece.astype(object).where(piece.notna(), None))
                base.execute(f"INSERT INTO {table.name} SELECT * FROM piece")
                base.unregister("piece")


def parquet(folder: Path, target: Path) -> None:
    """Write `<table>.parquet` for every table of an output folder into `target`."""
    import duckdb as library  # noqa: PLC0415

    base_file = target / "casebook.duckdb"
    kept = base_file.exists()
    if not kept:
        duckdb(folder, target)
    with library.connect(str(base_file), read_only=True, config=_BOUNDS) as base:
        for table in TABLES:
            place = str(target / f"{table.name}.parquet").replace("'", "''")
            about_it = f"KV_METADATA {{casebook: '{VERSION}', casebook_table: '{table.name}'}}"
            how = f"FORMAT parquet, ROW_GROUP_SIZE {_GROUP}, {about_it}"
            base.execute(f"COPY {table.name} TO '{place}' ({how})")
    if not kept:
        base_file.unlink()

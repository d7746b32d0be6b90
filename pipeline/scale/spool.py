"""Rows of many papers, in any order, to Parquet files by year: `labs/year=2015/part-00000-1a2b3c4d.parquet`.

Rows go through CSV into Parquet chunks on the local disk; of these DuckDB writes the parts, a year of a
table at a time, sorted, within a bound of memory. The parts hang on the rows alone, not on the order in
which they came, and their names on their bytes.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from pipeline.config import usable_cpus
from pipeline.errors import OutputError
from pipeline.export.databases import TYPES
from pipeline.files import sha256
from pipeline.schema import TABLES, TEXTS, TableSchema
from pipeline.version import VERSION
from pipeline.write.datapackage import NO_YEAR, PARTITION

#: what DuckDB may hold; beyond that it uses the disk
MEMORY = "400MB"
#: letters of rows that become a chunk; of those that become a part, compressed about a fifth of it
CHUNK, PART = 32_000_000, 512_000_000
#: rows that a reader takes at a time: of texts few, they are long
_GROUP, _GROUP_OF_TEXTS = 61_440, 2_048
#: columns of a chunk in front of the table's own: they order the rows
_ORDER = {"_year": "BIGINT", "_rank": "BIGINT", "_row": "BIGINT"}
_DIGEST = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a table: where it is now, and its name below the tables' folder."""

    table: str
    local: Path
    name: str


class Spool:
    """Takes rows and texts (a `Sink`), then gives the parts. Methods raise OutputError.

    `folder` is an empty one on the local disk with room for all tables, compressed, twice.
    """

    def __init__(self, folder: Path, chunk: int = CHUNK, part: int = PART) -> None:
        self._folder, self._chunk, self._part = folder, chunk, part
        self._open: dict[str, tuple[TextIO, Any]] = {}
        self._size: Counter[str] = Counter()  # letters in the open file of a table
        self._chunks: Counter[str] = Counter()
        self._years: dict[str, Counter[int | None]] = {t.name: Counter() for t in (*TABLES, TEXTS)}
        self._year: int | None = None
        self._rank = 0
        self._longest = 0
        with _telling(folder):
            self._base = _connection(folder)

    def close(self) -> None:
        """Give back what is open; the folder is the caller's."""
        for handle, _ in self._open.values():
            handle.close()
        self._base.close()

    def at(self, year: int | None, rank: int) -> None:
        """Say whose rows come now: the year of a paper, and its place among all papers."""
        self._year, self._rank = year or None, rank

    def rows(self, table: TableSchema, rows: Iterable[Iterable[str]]) -> None:
        """Add rows (cells in the order of the columns) to a table."""
        name, letters = table.name, 0
        with _telling(self._folder):
            for number, row in enumerate(rows):
                line = self._writer(name).writerow([self._year, self._rank, number, *row])
                self._longest = max(self._longest, line)
                letters += line
            if not letters:
                return
            self._years[name][self._year] += letters
            self._size[name] += letters
            if self._size[name] >= self._chunk:
                self._pack(table)

    def text(self, doc_id: str, text: str) -> None:
        """Add the text of a paper."""
        self.rows(TEXTS, [(doc_id, text)])

    def _writer(self, name: str) -> Any:
        """What writes rows of a table, and tells how many letters each one is."""
        if name not in self._open:
            place = self._folder / f"{name}.csv"
            handle = place.open("w", encoding="utf-8", newline="", buffering=1 << 18)
            self._open[name] = handle, csv.writer(handle, lineterminator="\n")
        return self._open[name][1]

    def _pack(self, table: TableSchema) -> None:
        """What has come of a table becomes a chunk, sorted by year so that a year is found in it."""
        self._open.pop(table.name)[0].close()
        place = self._folder / f"{table.name}.csv"
        chunk = self._folder / f"{table.name}-{self._chunks[table.name]}.parquet"
        longest = 4 * self._longest + 1024  # bytes
        types = {**_ORDER, **{column.name: TYPES[column.type] for column in table.columns}}
        if set(_ORDER) & set(table.header):
            raise ValueError(f"a column of {table.name} has the name of one that orders rows")
        source = (
            f"read_csv({_quoted(place)}, columns = {types}, header = false, auto_detect = false, "
            "delim = ',', quote = '\"', escape = '\"', new_line = '\\n', nullstr = '', "
            f"max_line_size = {longest}{', force_not_null = [text]' if table is TEXTS else ''})"
        )
        self._base.execute(f"COPY (FROM {source} ORDER BY _year) TO {_quoted(chunk)} ({_options(table)})")
        place.unlink()
        self._chunks[table.name] += 1
        self._size[table.name] = 0

    # ------------------------------------------------------------------------------------ out
    def parts(self) -> Iterator[Part]:
        """Write the parts, one after the other; each file is the caller's to move or remove.

        A table without rows has one part without rows, so that readers find its columns.
        """
        for table in (*TABLES, TEXTS):
            with _telling(self._folder):
                if table.name in self._open or not self._chunks[table.name]:
                    self._writer(table.name)
                    self._pack(table)
            years = self._years[table.name]
            for year in sorted(years, key=lambda y: (y is None, y)) or [None]:
                for number, bounds in enumerate(self._bounds(table, year)):
                    yield self._written(table, year, number, bounds)

    def _bounds(self, table: TableSchema, year: int | None) -> list[str]:
        """Which papers go into each part of a year, as conditions: whole ones, about as many rows in each."""
        wanted = -(-self._years[table.name][year] // self._part)
        if wanted < 2:
            return ["true"]
        shares = [number / wanted for number in range(1, wanted)]
        with _telling(self._folder):
            (cuts,) = self._base.execute(
                f"SELECT quantile_disc(_rank, {shares}) FROM {self._source(table)} WHERE {_is(year)}"
            ).fetchone()
        edges = sorted({-1, *cuts})
        last = [f"_rank > {edges[-1]}"]
        return [f"_rank > {low} AND _rank <= {high}" for low, high in pairwise(edges)] + last

    def _written(self, table: TableSchema, year: int | None, number: int, bounds: str) -> Part:
        place = self._folder / "part.parquet"
        columns = ", ".join(f'"{name}"' for name in table.header if name != PARTITION)
        chosen = f"SELECT {columns} FROM {self._source(table)} WHERE {_is(year)} AND {bounds}"
        about = f"KV_METADATA {{casebook: '{VERSION}', casebook_table: '{table.name}'}}"
        with _telling(self._folder):
            ordered = f"{chosen} ORDER BY _rank, _row"
            self._base.execute(f"COPY ({ordered}) TO {_quoted(place)} ({_options(table)}, {about})")
            digest = sha256(place, sys.maxsize)[:_DIGEST]
            folder = f"{table.name}/{PARTITION}={year or NO_YEAR}"
            name = f"part-{number:05}-{digest}.parquet"
            local = place.rename(place.with_name(f"{table.name}-{year}-{name}"))
        return Part(table.name, local, f"{folder}/{name}")

    def _source(self, table: TableSchema) -> str:
        places = [self._folder / f"{table.name}-{n}.parquet" for n in range(self._chunks[table.name])]
        return f"read_parquet([{', '.join(map(_quoted, places))}])"


def _is(year: int | None) -> str:
    return "_year IS NULL" if year is None else f"_year = {year}"


def _options(table: TableSchema) -> str:
    group = _GROUP_OF_TEXTS if table is TEXTS else _GROUP
    return f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group}"


def _quoted(place: Path) -> str:
    return "'{}'".format(str(place).replace("'", "''"))


def _connection(folder: Path) -> Any:
    import duckdb  # noqa: PLC0415 - only large runs need it

    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {usable_cpus()}")
    base.execute(f"SET temp_directory = {_quoted(folder / 'duckdb')}; SET enable_progress_bar = false")
    return base


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    """What the disk refuses, in words for the user."""
    import duckdb  # noqa: PLC0415

    try:
        yield
    except OSError as error:
        raise OutputError.of(error, folder) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OutputError(f"cannot write to {folder}: {str(error).splitlines()[0]}") from error

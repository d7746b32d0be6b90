"""The tables of a large run: Parquet files by year, of which DuckDB reads what is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.config import UsageError
from pipeline.schema import TEXTS, TableSchema
from pipeline.write.datapackage import NAME, NO_YEAR, PARTITION, parts_in

#: rows that DuckDB hands over at a time
_VECTOR = 2_048


@dataclass(frozen=True)
class Parts:
    """Which Parquet files each table of an output folder or bucket has."""

    folder: str
    names: Mapping[str, list[str]]

    @cached_property
    def _base(self) -> Any:
        """DuckDB, which is asked through cursors of its own."""
        import duckdb  # noqa: PLC0415 - only large runs need it

        base = duckdb.connect()
        if "://" in self.folder:
            import fsspec  # noqa: PLC0415

            base.register_filesystem(fsspec.filesystem(self.folder.partition("://")[0]))
        return base

    @classmethod
    def of(cls, folder: str | Path) -> Parts | None:
        """Those that datapackage.json tells of; None where it tells of none, or is not there.

        Raises UsageError where what reads them is not installed, ReadError for a bucket that does not answer.
        """
        place = str(folder).rstrip("/")
        names = parts_in(_package(place))
        if names is None:
            return None
        if find_spec("duckdb") is None:
            raise UsageError(f"{place} holds Parquet tables: pip install 'casebook-extract[export]'")
        return cls(place, names)

    def rows(self, table: TableSchema, columns: Collection[str], where: str = "true", *given: str) -> Any:
        """What DuckDB finds in these columns. Raises UsageError where the files are of another version."""
        import duckdb  # noqa: PLC0415

        files = [f"{self.folder}/{name}" for name in self.names[table.name]]
        year = f'nullif("{PARTITION}", {NO_YEAR}) AS "{PARTITION}"'
        chosen = ", ".join(year if name == PARTITION else f'"{name}"' for name in columns)
        source = f"read_parquet(?, hive_types = {{'{PARTITION}': BIGINT}}) WHERE {where}"
        try:
            return self._base.cursor().execute(f"SELECT {chosen} FROM {source}", [files, *given])
        except duckdb.BinderException as error:
            raise _other(self.folder) from error
        except duckdb.IOException as error:
            raise UsageError(f"{self.folder}: {str(error).splitlines()[0]}") from error

    def frame(self, table: TableSchema, columns: Collection[str]) -> pd.DataFrame:
        """A table, untyped. Raises UsageError."""
        found: pd.DataFrame = self.rows(table, columns).df()
        return found

    def pieces(self, table: TableSchema, rows: int) -> Iterator[pd.DataFrame]:
        """The same, about `rows` rows at a time; an empty table is one empty piece."""
        found = self.rows(table, table.header)
        piece = found.fetch_df_chunk(max(1, rows // _VECTOR))
        yield piece
        while len(piece := found.fetch_df_chunk(max(1, rows // _VECTOR))):
            yield piece


class PartTexts(Mapping[str, str]):
    """The texts of a large run by doc_id, read when they are asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __getitem__(self, doc_id: str) -> str:
        """The text that the quotes of a paper point into; raises KeyError for a paper that has none."""
        found = self._parts.rows(TEXTS, ["text"], "doc_id = ?", doc_id).fetchone()
        if found is None:
            raise KeyError(doc_id)
        return str(found[0])

    def __iter__(self) -> Iterator[str]:
        found = self._parts.rows(TEXTS, ["doc_id"])
        while part := found.fetchmany(_VECTOR):
            yield from (doc_id for (doc_id,) in part)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _package(place: str) -> bytes:
    """datapackage.json; nothing where there is none."""
    if "://" not in place:
        try:
            return Path(place, NAME).read_bytes()
        except OSError:
            return b""
    from pipeline.scale.storage import MissingError, storage  # noqa: PLC0415 - only large runs need it

    try:
        return storage(place).read(NAME, 1 << 28)
    except MissingError:
        return b""


def _other(folder: str) -> UsageError:
    return UsageError(f"{folder} has not the columns of this version of casebook: run it again")

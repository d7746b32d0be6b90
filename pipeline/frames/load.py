"""All tables of an output folder as frames."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from pipeline.config import UsageError
from pipeline.frames.parts import Parts, PartTexts
from pipeline.frames.typed import read_parts, read_table
from pipeline.schema import BY_NAME, TABLES
from pipeline.write.manifest import TEXT


class Texts(Mapping[str, str]):
    """The texts of an output folder by doc_id, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, doc_id: str) -> str:
        """The text that the quotes of a paper point into; raises KeyError for a paper that has none."""
        try:
            return (self._folder / f"{doc_id}.txt").read_bytes().decode("utf-8")
        except FileNotFoundError:
            raise KeyError(doc_id) from None

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name.removesuffix(".txt") for path in self._folder.glob("*.txt")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Tables(dict[str, pd.DataFrame]):
    """The frames by name, also as attributes: `tables.labs` is `tables["labs"]`.

    `texts` has the texts by doc_id: `tables.texts[row.doc_id][row.start:row.end] == row.quote`.
    """

    texts: Mapping[str, str] = MappingProxyType({})

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The frame of a table; raises AttributeError for a name that no table has."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no table {name}; there are {', '.join(self)}") from None

    def __dir__(self) -> list[str]:
        """What a notebook offers to complete."""
        return [*super().__dir__(), *self]

    @property
    def once(self) -> Tables:
        """The same without the patients that are told of in another paper already."""
        made = Tables((name, counted_once(found)) for name, found in self.items())
        made.texts = self.texts
        return made


class LazyTables(Tables):
    """The same, each table read when it is first asked for: those of a large run need not fit into memory."""

    def __init__(self, read: Callable[[str], pd.DataFrame]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, name: str) -> pd.DataFrame:
        if name not in BY_NAME:
            raise KeyError(name)
        self[name] = found = self._read(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(BY_NAME)

    def __len__(self) -> int:
        return len(BY_NAME)

    def __contains__(self, name: object) -> bool:
        return name in BY_NAME

    def keys(self) -> Any:
        """The names of all tables."""
        return BY_NAME.keys()

    def values(self) -> Any:
        """All tables, read one after the other."""
        return (self[name] for name in self)

    def items(self) -> Any:
        """All tables with their names, read one after the other."""
        return ((name, self[name]) for name in self)

    @property
    def once(self) -> Tables:
        """See `Tables.once`."""
        made = LazyTables(lambda name: counted_once(self[name]))
        made.texts = self.texts
        return made


def load(
    folder: str | Path = "data/extracted", columns: Mapping[str, Collection[str]] | None = None
) -> Tables:
    """The tables that `casebook run` has written into a folder, typed by the schema (see `typed`).

    `columns` has, by the name of a table, the columns that are wanted of it. The tables of a large run
    (Parquet files, in a folder or a bucket) are read when they are first asked for. Raises UsageError where
    a table is not there or was written by a version with other columns, then or when it is asked for.
    """
    wanted = columns or {}
    if unknown := sorted(wanted.keys() - BY_NAME.keys()):
        raise UsageError(f"no table {', '.join(unknown)}; there are {', '.join(BY_NAME)}")
    tables: Tables
    parts = Parts.of(folder)
    if parts is not None:
        tables = LazyTables(lambda name: read_parts(parts, BY_NAME[name], wanted.get(name, ())))
        tables.texts = PartTexts(parts)
        return tables
    tables = Tables((t.name, read_table(Path(folder), t, wanted.get(t.name, ()))) for t in TABLES)
    tables.texts = Texts(Path(folder) / TEXT)
    return tables


def counted_once(found: pd.DataFrame) -> pd.DataFrame:
    """A frame without the rows of patients who are counted in another paper (`duplicate_of`)."""
    if "duplicate_of" not in found:
        return found
    return found[found["duplicate_of"].isna()].reset_index(drop=True)


def of_patient(tables: Mapping[str, pd.DataFrame], case_id: str) -> Tables:
    """The rows of one patient, of the tables that have any column `case_id`."""
    mine = {n: found[found["case_id"] == case_id] for n, found in tables.items() if "case_id" in found}
    return Tables((name, found.reset_index(drop=True)) for name, found in mine.items())

"""All tables of an output folder as frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from pipeline.frames.typed import read_table
from pipeline.schema import TABLES
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


def load(folder: str | Path = "data/extracted") -> Tables:
    """The tables that `casebook run` has written into a folder, typed by the schema (see `typed`).

    Raises UsageError where a table is not there or was written by a version with other columns.
    """
    tables = Tables((table.name, read_table(Path(folder), table)) for table in TABLES)
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

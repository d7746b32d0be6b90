"""`--format`: which formats there are, what each needs, and how their files get into the output folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pipeline.config import UsageError
from pipeline.errors import OutputError
from pipeline.export.databases import duckdb, parquet, sqlite
from pipeline.export.workbook import xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what writes it into a folder, and the modules it needs."""

    write: Callable[[Path, Path], None]
    needs: tuple[str, ...] = ()


#: csv is what every run writes
FORMATS = {
    "csv": Format(lambda folder, target: None),
    "duckdb": Format(duckdb, ("duckdb",)),
    "parquet": Format(parquet, ("duckdb",)),
    "sqlite": Format(sqlite),
    "xlsx": Format(xlsx, ("xlsxwriter",)),
}


def chosen(names: str) -> tuple[str, ...]:
    """The formats of "parquet,xlsx". Raises UsageError for one that is unknown or lacks its library."""
    found = tuple(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    for name in found:
        if name not in FORMATS:
            raise UsageError(f"no format {name}: there are {', '.join(FORMATS)}")
        missing = [module for module in FORMATS[name].needs if find_spec(module) is None]
        if missing:
            raise UsageError(f"{name} needs {' and '.join(missing)}: pip install 'casebook-extract[export]'")
    return found


def export(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Write the tables of an output folder in other formats beside the CSV files; the files, in order.

    Each is there whole or as before. Memory does not grow with the rows. Raises UsageError, OutputError.
    """
    written: list[Path] = []
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as place:
            order = sorted(names, key=list(FORMATS).index)  # parquet takes what duckdb has written
            for name in sorted(order, key=lambda name: name != "xlsx"):  # which may find too many rows
                FORMATS[name].write(folder, Path(place))
            for path in sorted(Path(place).iterdir()):
                os.replace(path, folder / path.name)
                written.append(folder / path.name)
    except OSError as error:
        raise OutputError.of(error, folder) from error
    return written

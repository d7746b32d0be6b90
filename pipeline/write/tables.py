"""Files that appear whole or not at all: CSV tables, texts and the data package.

Everything is written aside, in one folder of the same file system, and moved to its place when
the last byte of the last file is there.
"""

from __future__ import annotations

import csv
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from pipeline.schema import TABLES, TableSchema
from pipeline.write.values import cell

Row = dict[str, Any]
_HEADERS = {table.name: (table.header, frozenset(table.header)) for table in TABLES}


class OutputError(Exception):
    """The output folder cannot be written; the text says where and why."""

    @classmethod
    def of(cls, error: OSError, place: Path) -> OutputError:
        """The same as an OSError says, in words for the user."""
        return cls(f"cannot write to {place}: {error.strerror or error}")


def cells(table: TableSchema, row: Row) -> list[str]:
    """A row's values as printed, in the order of the table's columns.

    Raises KeyError for a value under a name that the table does not have: it would be lost.
    """
    header, names = _HEADERS[table.name]
    if not row.keys() <= names:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(row.keys() - names))}")
    return [v if type(v := row.get(name)) is str else cell(v) for name in header]


class Publication:
    """New contents of an output folder, written aside and put in place by `publish`.

    Use as a context manager; leaving it without `publish` throws the new contents away. Methods
    raise OutputError.
    """

    def __init__(self, out: Path, aside: Path) -> None:
        self.out, self.aside = out, aside
        self._open: dict[str, TextIO] = {}
        self._moves: list[tuple[Path, Path]] = []
        self._texts: set[str] = set()

    def __enter__(self) -> Publication:
        try:
            shutil.rmtree(self.aside, ignore_errors=True)
            self.aside.mkdir(parents=True)
            (self.out / "text").mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError.of(error, self.out) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in self._open.values():
            try:
                handle.close()
            except OSError:  # what could not be flushed is thrown away with the rest
                continue
        shutil.rmtree(self.aside, ignore_errors=True)

    def rows(self, table: TableSchema, rows: Iterable[Iterable[str]]) -> None:
        """Add rows (cells in the order of the columns) to a table; the first call writes the header."""
        try:
            name = f"{table.name}.csv"
            handle = self._open.get(name)
            if handle is None:
                handle = self._open[name] = (self.aside / name).open("w", encoding="utf-8", newline="")
                self._moves.append((self.aside / name, self.out / name))
                csv.writer(handle, lineterminator="\n").writerow(table.header)
            csv.writer(handle, lineterminator="\n").writerows(rows)
        except OSError as error:
            raise OutputError.of(error, self.out) from error

    def text(self, doc_id: str, text: str) -> None:
        """Set the text of a paper; one that did not change is left alone."""
        name = f"{doc_id}.txt"
        self._texts.add(name)
        target = self.out / "text" / name
        data = text.encode("utf-8")
        if _same(target, data):
            return
        try:
            (self.aside / name).write_bytes(data)
        except OSError as error:
            raise OutputError.of(error, self.out) from error
        self._moves.append((self.aside / name, target))

    def file(self, name: str, text: str) -> None:
        """Set a file at the top of the output folder."""
        try:
            (self.aside / name).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise OutputError.of(error, self.out) from error
        self._moves.append((self.aside / name, self.out / name))

    def publish(self) -> None:
        """Put everything in place, and remove the texts of papers that are gone. Ctrl-C waits for the end."""
        with _uninterrupted():
            self._publish()

    def _publish(self) -> None:
        try:
            for handle in self._open.values():
                handle.close()
            self._open.clear()
            for source, target in self._moves:
                os.replace(source, target)
            for path in (self.out / "text").iterdir():
                if path.name.endswith(".txt") and path.name not in self._texts:
                    path.unlink()
        except OSError as error:
            raise OutputError.of(error, self.out) from error


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait. Only the main thread gets it; in others there is nothing to hold back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        signal.raise_signal(signal.SIGINT)


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False

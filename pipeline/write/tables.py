"""The files of one run, written aside until the last byte of the last one is there."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from pipeline.errors import OutputError
from pipeline.files import sha256
from pipeline.schema import TABLES, TableSchema
from pipeline.signals import uninterrupted
from pipeline.write.formulas import harmless
from pipeline.write.manifest import NAME, TEXT, Manifest, manifest_bytes, read_manifest
from pipeline.write.switch import FILES, NEW, switch
from pipeline.write.values import cell

Row = dict[str, Any]
_HEADERS = {table.name: (table.header, frozenset(table.header)) for table in TABLES}
#: what may hold any words; a quote is made harmless with its offsets (see `formulas`)
_WORDS = frozenset(
    column.name
    for table in TABLES
    for column in table.columns
    if column.type == "string" and not column.values and column.name != "quote"
)


def cells(table: TableSchema, row: Row) -> list[str]:
    """A row's values as printed, in the order of the table's columns.

    Raises KeyError for a value under a name that the table does not have: it would be lost.
    """
    header, names = _HEADERS[table.name]
    if not row.keys() <= names:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(row.keys() - names))}")
    return [_printed(name, row.get(name)) for name in header]


def _printed(name: str, value: Any) -> str:
    if type(value) is not str:
        return cell(value)
    return harmless(name, value) if name in _WORDS else value


class Publication:
    """New contents of an output folder, written aside and put in place by `publish`, all in one step.

    Only what the former run wrote, and nobody changed since, is replaced or removed; with `force`
    other files of the same names are replaced too, and what they were is kept beside them. Use as a
    context manager; leaving it without `publish` throws the new contents away. Methods raise OutputError.
    """

    def __init__(self, out: Path, state: Path, force: bool = False) -> None:
        self.out, self.state, self._force = out, state, force
        self._aside = state / NEW / FILES
        self._former = read_manifest(out, state) or Manifest(out)
        self._open: dict[str, TextIO] = {}
        self._digests: dict[str, str] = {}
        self._changed: list[str] = []

    def __enter__(self) -> Publication:
        with self._telling():
            shutil.rmtree(self.state / NEW, ignore_errors=True)
            (self._aside / TEXT).mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in self._open.values():
            with suppress(OSError):  # what could not be flushed is thrown away with the rest
                handle.close()
        shutil.rmtree(self.state / NEW, ignore_errors=True)

    def rows(self, table: TableSchema, rows: Iterable[Iterable[str]]) -> None:
        """Add rows (cells in the order of the columns) to a table; the first call writes the header."""
        with self._telling():
            name = f"{table.name}.csv"
            handle = self._open.get(name)
            if handle is None:
                handle = self._open[name] = (self._aside / name).open("w", encoding="utf-8", newline="")
                csv.writer(handle, lineterminator="\n").writerow(table.header)
            csv.writer(handle, lineterminator="\n").writerows(rows)

    def text(self, doc_id: str, text: str) -> None:
        """Set the text of a paper; one that did not change is left alone."""
        self._set(f"{TEXT}/{doc_id}.txt", text.encode("utf-8"))

    def file(self, name: str, text: str) -> None:
        """Set a file at the top of the output folder."""
        self._set(name, text.encode("utf-8"))

    def _set(self, name: str, data: bytes) -> None:
        self._digests[name] = hashlib.sha256(data).hexdigest()
        with self._telling():
            if not self._keeps(name):
                (self._aside / name).write_bytes(data)
                self._changed.append(name)

    def _keeps(self, name: str) -> bool:
        """Whether a file may stay as it is. Raises OutputError for one that must not be replaced."""
        place = self.out / name
        if not os.path.lexists(place):
            return False
        if self._former.owns(name):
            return self._former.digests[name] == self._digests[name]
        if self._force and place.is_file() and not place.is_symlink():
            self._aside_of_others(place)
            return False
        why = "casebook did not write it, or it was changed since"
        raise OutputError(f"{place} is in the way ({why}): move it away, or give --force-output")

    def _aside_of_others(self, place: Path) -> None:
        """Keep what is written over by force, as `labs.kept-1a2b3c4d.csv`: it may be somebody's work."""
        digest = sha256(place, sys.maxsize)
        kept = place.with_name(f"{place.stem}.kept-{digest[:8]}{place.suffix}")
        if digest != self._digests.get(str(place.relative_to(self.out))) and not os.path.lexists(kept):
            shutil.copy2(place, kept)

    def publish(self) -> None:
        """Put everything in place, and remove the texts of papers that are gone. Ctrl-C waits for the end."""
        with uninterrupted(), self._telling():
            for name, handle in self._open.items():
                handle.close()
                self._digests[name] = sha256(self._aside / name, sys.maxsize)
                if not self._keeps(name):
                    self._changed.append(name)
            self._open.clear()
            unused = sorted(self._former.digests.keys() - self._digests.keys())
            gone = [name for name in unused if self._former.owns(name)]
            (self.state / NEW / NAME).write_bytes(manifest_bytes(self._digests))
            switch(self.out, self.state, self._changed, gone)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError.of(error, self.out) from error

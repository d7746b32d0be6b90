"""Every file of a raw folder or bucket with its doc_id, on disk: a million names are no burden to memory.

The walk, what is left out, what cannot be read and the doc_ids are those of a plain run (see `pipeline.plan`
and `pipeline.keys.doc_ids`).
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from pipeline.caps import caps
from pipeline.config import STATE, UsageError
from pipeline.errors import OutputError, ReadError
from pipeline.keys import DIGESTS, slug, with_digest
from pipeline.plan import OUTPUT, is_junk, printable, walk
from pipeline.samples import invented
from pipeline.scale.disk import Disk
from pipeline.scale.shard import Member
from pipeline.scale.storage import MissingError, Storage

_TARS = (".tar", ".tar.gz", ".tgz")
_MANY = (".xml", ".xml.gz")
#: bytes from which on an XML file is read as a stream of records
_LARGE = 4 * 1024 * 1024
#: name, what documents.csv shows, doc_id, bytes, state, problem, whether it is an archive, an invented paper
_COLUMNS = "name BLOB, shown TEXT, doc_id TEXT, size INT, state TEXT, problem TEXT, archive INT, sample INT"
_Row = tuple[bytes, str, str, int, str, str, bool, bool]


def is_tar(name: str) -> bool:
    """Whether a file is a tar archive, as its name says."""
    return name.lower().endswith(_TARS)


class Inventory:
    """The files of `raw`, listed when it is entered. Raises UsageError, ReadError, OutputError."""

    def __init__(self, raw: Storage) -> None:
        self._raw = raw

    def __enter__(self) -> Inventory:
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="casebook-")
            self._base = sqlite3.connect(
                Path(self._folder.name, "files.sqlite"), isolation_level=None, check_same_thread=False
            )
            self._fill()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"the list of papers cannot be written: {error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
        self._folder.cleanup()

    def archives(self) -> Iterator[tuple[Member, int]]:
        """The archives and files of many records with their sizes, in the order of doc_id."""
        for row in self._rows("archive"):
            yield self._member(row), row[3]

    def loose(self) -> Iterator[Member]:
        """The other files, in the order of doc_id."""
        for row in self._rows("NOT archive"):
            yield self._member(row)

    def _rows(self, which: str) -> Iterator[_Row]:
        yield from self._base.execute(f"SELECT * FROM file WHERE {which} ORDER BY doc_id")

    def _member(self, row: _Row) -> Member:
        name = os.fsdecode(row[0])
        return Member(row[2], row[1], name.rpartition("/")[2], self._raw.place(name), row[4], row[5])

    # ---------------------------------------------------------------------------------- listing
    def _fill(self) -> None:
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(f"CREATE TABLE file ({_COLUMNS})")
        rows = _of_disk(self._raw) if isinstance(self._raw, Disk) else self._of_bucket()
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        if self._base.execute("SELECT 1 FROM file WHERE NOT sample LIMIT 1").fetchone():
            self._base.execute("DELETE FROM file WHERE sample")
        self._name()
        self._base.execute("COMMIT")

    def _name(self) -> None:
        """doc_ids as `pipeline.keys.doc_ids` gives them."""
        self._base.execute("CREATE INDEX by_doc_id ON file (doc_id)")
        twice = "SELECT doc_id FROM file GROUP BY doc_id HAVING count(*) > 1"
        for letters in DIGESTS:
            clashing = self._base.execute(
                f"SELECT rowid, shown FROM file WHERE doc_id IN ({twice})"
            ).fetchall()
            named = [(with_digest(shown, letters), row) for row, shown in clashing]
            self._base.executemany("UPDATE file SET doc_id = ? WHERE rowid = ?", named)

    def _of_bucket(self) -> Iterator[_Row]:
        """The files of a bucket; a folder with tables of casebook counts as one thing that is in the way."""
        tables: set[str] = set()
        for found in self._raw.list():
            folders = found.name.split("/")[:-1]
            if STATE in folders:
                tables.add("/".join(folders[: folders.index(STATE)]))
            elif not any(map(is_junk, found.name.split("/"))):
                yield _row(found.name, found.size, found.state, _problem(found.size))
        if "" in tables:
            raise UsageError(
                f"{self._raw.url} holds tables of casebook: give the place that holds the papers"
            )
        for folder in tables:
            self._base.execute("DELETE FROM file WHERE CAST(name AS TEXT) GLOB ?", (f"{_literal(folder)}/*",))
            yield _row(folder, 0, "", OUTPUT)


def _of_disk(raw: Disk) -> Iterator[_Row]:
    root = Path(raw.url).resolve()
    if not root.is_dir():
        raise UsageError(f"{raw.url} is not a folder: give the folder that holds the papers")
    samples = invented(root)
    for path, problem in walk(root):
        name = str(path.relative_to(root))
        try:
            found = raw.find(name)
        except MissingError:  # a folder, or a link to nothing
            yield _row(name, 0, "", problem)
        except ReadError as error:
            yield _row(name, 0, "", problem or str(error))
        else:
            yield _row(name, found.size, found.state, problem, sample=path in samples)


def _row(name: str, size: int, state: str, problem: str, sample: bool = False) -> _Row:
    archive = is_tar(name) or (name.lower().endswith(_MANY) and size > _LARGE)
    if archive and problem == _problem(size):
        problem = ""  # it is not read whole
    shown = printable(name)
    return os.fsencode(name), shown, slug(shown), size, state, problem, archive and not problem, sample


def _problem(size: int) -> str:
    most = caps().file_bytes
    return str(ReadError("E06", f"more than {most:,} bytes")) if size > most else ""


def _literal(name: str) -> str:
    """A name as GLOB takes it to the letter."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)

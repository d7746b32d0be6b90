"""What earlier runs found, one file per paper: an unchanged paper is not read again.

An entry is lines of JSON: a head (what it is valid for), one line per record, a tail (how many). Each
has a checksum in front, over the program, the paper and the place of the line as well: what was damaged,
cut, mixed up or made by others is never parsed, and the paper is read again. The values are kept as
they are printed in the tables, so that assembling these is copying.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from pipeline.config import Limits
from pipeline.errors import OutputError
from pipeline.files import NotRegularError, open_regular
from pipeline.plan import Planned
from pipeline.record import Record, Row, sha256
from pipeline.schema import DOCUMENTS, FACT_TABLES, SUMMARY, UNREAD
from pipeline.spares import Spares
from pipeline.write.formulas import with_harmless_quotes
from pipeline.write.summary import summary_rows
from pipeline.write.tables import cells

#: bytes of an entry's first line, whatever it says
_HEAD_WIDTH = 200
#: bytes of its last line, at most
_TAIL_WIDTH = 200
_CHECKSUM = 32
#: what no table and no text may hold: control characters, which cut rows in two and command terminals,
#: and halves of surrogate pairs
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: the same in JSON, where it may find more than there is
_FORBIDDEN_JSON = re.compile(r"\\u00[0189]|\\u007f|\\[bfr]|\\ud[89a-f]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Patient:
    """Who a case is, as far as two files on the same paper can agree on it."""

    case_id: str
    label: str
    age: str
    sex: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a record without its rows: its line of documents.csv and its patients."""

    document: Row
    patients: tuple[Patient, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as kept: its head, the cells of its rows by table, and its text."""

    head: Head
    rows: dict[str, list[list[str]]]
    text: str | None


class BadEntry(Exception):
    """An entry that is missing, broken or of another program, file or limit."""


@dataclass(frozen=True, slots=True)
class Cache:
    """The entries of one output folder, under the key of one program (see `fingerprint`).

    With `spares` the files of entries that are removed become those of others. Entries of at most `carried`
    bytes are not written, but given to whoever commits them.
    """

    folder: Path
    program: str
    spares: Spares | None = None
    carried: int = 0

    def path(self, doc_id: str) -> Path:
        """Where the entry of a paper is."""
        return self.folder / f"{doc_id}.jsonl"

    def prepare(self) -> None:
        """Make the folder, and remove what a killed run left half written. Raises OutputError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.folder.is_symlink():  # what it leads to is not ours to tidy up
                raise NotRegularError(self.folder)
            for path in self.folder.glob("*.part"):
                if not path.is_dir():
                    path.unlink()
        except OSError as error:
            raise OutputError.of(error, self.folder) from error

    def check(self, planned: Planned, limits: Limits) -> list[Head] | None:
        """The heads of a paper's records if its entry still holds, else None."""
        if planned.problem:
            return None
        try:
            head = self.head(planned.doc_id)
            if not head["sha256"] or head["limits"] not in (None, limits_key(limits)):
                return None
            if sha256(planned.path) != head["sha256"]:
                return None
            heads = [stored.head for stored in self.read(planned)]
            if not heads and not self.left_out(planned.doc_id):
                return None
        except (BadEntry, OSError):
            return None
        return heads

    def left_out(self, doc_id: str) -> int:
        """How many records of a paper did not fit the filter. Raises BadEntry, OSError."""
        with open_regular(self.path(doc_id), follow=False) as handle:
            handle.seek(max(0, handle.seek(0, os.SEEK_END) - _TAIL_WIDTH))
            return self.left_out_of(doc_id, handle.read())

    def left_out_of(self, doc_id: str, end: bytes) -> int:
        """The same of the end of an entry. Raises BadEntry."""
        tail = end[end.rfind(b"\n", 0, -1) + 1 :]
        return cast("int", self.parsed(doc_id, "tail", tail).get("left_out", 0))

    def head(self, doc_id: str) -> dict[str, Any]:
        """What an entry is valid for: `sha256`, `limits`. Raises BadEntry and OSError."""
        with open_regular(self.path(doc_id), follow=False) as handle:
            return self.parsed(doc_id, "head", handle.readline(_HEAD_WIDTH + 1))

    def entry(self, doc_id: str) -> bytes:
        """All bytes of an entry. Raises OSError."""
        with open_regular(self.path(doc_id), follow=False) as handle:
            return handle.read()

    def head_of(self, doc_id: str, entry: bytes) -> dict[str, Any]:
        """What an entry that is kept elsewhere is valid for. Raises BadEntry."""
        return self.parsed(doc_id, "head", entry[:_HEAD_WIDTH])

    def sealed(self, doc_id: str, place: str, data: bytes) -> bytes:
        """JSON as a line with its checksum; `place` is "head", "tail" or the number of the record."""
        digest = hashlib.blake2b(f"{self.program} {doc_id} {place} ".encode(), digest_size=_CHECKSUM // 2)
        digest.update(data)
        return b"%b %b\n" % (digest.hexdigest().encode("ascii"), data)

    def parsed(self, doc_id: str, place: str, line: bytes) -> dict[str, Any]:
        """What a line says. Raises BadEntry where it is not what was written there."""
        data = line[_CHECKSUM + 1 : -1]
        if self.sealed(doc_id, place, data) != line:
            raise BadEntry(doc_id)
        return cast("dict[str, Any]", json.loads(data))

    def read(self, planned: Planned) -> Iterator[Stored]:
        """The records of a paper, one by one. Raises BadEntry."""
        try:
            with open_regular(self.path(planned.doc_id), follow=False) as handle:
                yield from self.records(planned.doc_id, planned.shown, handle)
        except OSError as error:
            raise BadEntry(planned.doc_id) from error

    def records(self, doc_id: str, shown: str, entry: BinaryIO) -> Iterator[Stored]:
        """The same from an entry that is kept elsewhere. Raises BadEntry, and what reading raises."""
        entry.readline()
        before, count = entry.readline(), 0
        while line := entry.readline():
            yield _stored(self.parsed(doc_id, str(count), before), shown)
            before, count = line, count + 1
        if self.parsed(doc_id, "tail", before)["records"] != count:
            raise BadEntry(doc_id)

    def writer(self, doc_id: str) -> EntryWriter:
        """A context manager that takes a paper's records."""
        return EntryWriter(self, doc_id)

    def store_failure(self, planned: Planned, record: Record, limits: Limits | None) -> Head:
        """Keep a failure. With `limits` it holds for the same ones; without, it is tried again next time."""
        with replace(self, carried=0).writer(planned.doc_id) as entry:
            head = entry.add(record)
            entry.commit(record.document["sha256"] if limits else "", limits)
        return head

    def remove(self, doc_id: str) -> None:
        """Remove an entry. Raises OutputError."""
        place = self.path(doc_id)
        try:
            if self.spares:
                self.spares.put(place)
            else:
                place.unlink()
        except OSError as error:
            raise OutputError.of(error, place) from error

    def prune(self, keep: set[str]) -> None:
        """Remove the entries of papers that are gone. Raises OutputError."""
        try:
            for path in self.folder.iterdir():
                if path.suffix == ".jsonl" and path.stem not in keep and not path.is_dir():
                    path.unlink()
        except OSError as error:
            raise OutputError.of(error, self.folder) from error


class EntryWriter:
    """Writes one entry; it is there after `commit`, whole, or not at all. Methods raise OutputError."""

    def __init__(self, cache: Cache, doc_id: str) -> None:
        self._cache, self._doc_id = cache, doc_id
        # by process: a worker whose run was killed may still be at work on the same paper
        self._part = cache.folder / f"{doc_id}.{os.getpid()}.part"
        self._lines: list[bytes] = []
        self._handle: BinaryIO | None = None
        self._count = 0
        self.left_out = 0  # records that do not fit the filter of the run

    def __enter__(self) -> EntryWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            with contextlib.suppress(OSError):
                self._handle.close()
            self._part.unlink(missing_ok=True)

    def add(self, record: Record) -> Head:
        """Add a record; returns its head."""
        data, head = _line(record)
        self._lines.append(self._cache.sealed(self._doc_id, str(self._count), data))
        self._count += 1
        if len(self._lines) >= 100:
            self._flush()
        return head

    def _flush(self) -> None:
        """Write the records aside. The head is not known yet: blanks, as many as it will need."""
        try:
            if self._handle is None:
                self._handle = self._created()
                self._handle.write(b" " * (_HEAD_WIDTH - 1) + b"\n")
            self._handle.write(b"".join(self._lines))
        except OSError as error:
            raise OutputError.of(error, self._part.parent) from error
        self._lines.clear()

    def _created(self) -> BinaryIO:
        spares = self._cache.spares
        return spares.create(self._part) if spares else self._part.open("wb")

    def _head_line(self, digest: str, limits: Limits | None) -> bytes:
        data = json.dumps({"sha256": digest, "limits": limits_key(limits) if limits else None}).encode()
        return self._cache.sealed(self._doc_id, "head", data.ljust(_HEAD_WIDTH - _CHECKSUM - 2))

    def commit(self, digest: str, limits: Limits | None = None) -> bytes:
        """Put the entry in place, or return its bytes (see `Cache`).

        `digest` is of the file's bytes; "" for an entry that never holds.
        """
        tail = {"records": self._count, **({"left_out": self.left_out} if self.left_out else {})}
        self._lines.append(self._cache.sealed(self._doc_id, "tail", json.dumps(tail).encode()))
        head = self._head_line(digest, limits)
        whole = b"" if self._handle else head + b"".join(self._lines)  # the usual single record: one write
        if 0 < len(whole) <= self._cache.carried:
            return whole
        try:
            if self._handle is None:
                self._handle = self._created()
                self._handle.write(whole)
                self._handle.truncate()
            else:
                self._handle.write(b"".join(self._lines))
                self._handle.truncate()
                self._handle.seek(0)
                self._handle.write(head)
            self._handle.close()
            os.replace(self._part, self._cache.path(self._doc_id))
        except OSError as error:
            raise OutputError.of(error, self._part.parent) from error
        self._handle = None
        return b""


def limits_key(limits: Limits) -> list[float]:
    """The limits as an entry has them, seconds and MiB."""
    return [limits.seconds, limits.memory_mb]


def _line(record: Record) -> tuple[bytes, Head]:
    """A record as JSON, with its head."""
    document = {name: record.document.get(name) for name in _DOCUMENT_COLUMNS}
    text = None if record.text is None else with_harmless_quotes(record.rows, record.text)
    rows = {table.name: [cells(table, row) for row in record.rows[table.name]] for table in _OWN_ROWS}
    rows[SUMMARY.name] = [cells(SUMMARY, row) for row in summary_rows(document, record.rows)]
    patients = tuple(Patient(*(cells_[i] for i in _PATIENT_COLUMNS)) for cells_ in rows["cases"])
    value = {"document": document, "rows": rows, "text": text}
    line = json.dumps(value, separators=(",", ":"))
    if _FORBIDDEN_JSON.search(line):
        value = _clean(value)
        line = json.dumps(value, separators=(",", ":"))
    return line.encode(), Head(value["document"], patients)  # type: ignore[arg-type]


_OWN_ROWS = (*FACT_TABLES, UNREAD)
_DOCUMENT_COLUMNS = DOCUMENTS.header
_RECORD_IDS = {table.name: table.header.index("record_id") for table in FACT_TABLES}
_PATIENT_COLUMNS = tuple(
    FACT_TABLES[0].header.index(name) for name in ("case_id", "label", "age_years", "sex")
)


def _clean(value: Any) -> Any:
    """The same with each forbidden character replaced by one other, so that offsets stay true."""
    if isinstance(value, str):
        return _FORBIDDEN.sub(lambda m: "\ufffd" if m[0] > "\ud7ff" else " ", value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value


def _stored(parsed: dict[str, Any], shown: str) -> Stored:
    """A record from its line; the path is that of today (the file may have moved)."""
    rows = parsed["rows"]
    patients = tuple(Patient(*(row[i] for i in _PATIENT_COLUMNS)) for row in rows["cases"])
    return Stored(Head({**parsed["document"], "path": shown}, patients), rows, parsed["text"])


def as_kept(record: Record, shown: str) -> Stored:
    """A record as an entry would give it back, without keeping it."""
    return _stored(json.loads(_line(record)[0]), shown)


def renamed(stored: Stored, doc_id: str) -> Stored:
    """The record under another doc_id, its patients' keys with it."""
    old = stored.head.document["doc_id"]

    def new(key: str) -> str:
        return doc_id + key[len(old) :] if key == old or key.startswith(f"{old}-") else key

    rows = {name: [_renamed(name, row, doc_id, new) for row in part] for name, part in stored.rows.items()}
    patients = tuple(replace(patient, case_id=new(patient.case_id)) for patient in stored.head.patients)
    return replace(stored, head=Head({**stored.head.document, "doc_id": doc_id}, patients), rows=rows)


def _renamed(table: str, row: list[str], doc_id: str, new: Callable[[str], str]) -> list[str]:
    """A row with its keys under the new doc_id: those of paper and patient, which come first, and its own."""
    row = [new(row[0]), new(row[1]), *row[2:]]
    place = _RECORD_IDS.get(table)
    if place is not None:
        row[place] = hashlib.sha256(f"{doc_id}|{row[place]}".encode()).hexdigest()[: len(row[place])]
    return row

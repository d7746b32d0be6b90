"""Which paper, and which of its patients, a user means: by doc_id, case_id, path or file name."""

from __future__ import annotations

import csv
import difflib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import NOTE, STATE, UsageError
from pipeline.schema import BY_NAME, DOCUMENTS, TEXTS, TableSchema
from pipeline.voice import plain
from pipeline.write.manifest import TEXT
from pipeline.write.values import cell

if TYPE_CHECKING:
    from pipeline.frames.parts import Parts

_MOST_NAMED = 5
#: papers of a large run that are looked at for a name
_MOST_ALIKE = 1_000

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A row of documents.csv, and the patient that was named ("": all of them)."""

    document: Row
    case_id: str = ""

    @property
    def doc_id(self) -> str:
        """The key of the paper."""
        return self.document["doc_id"]


def named(name: str, out: Path) -> Named:
    """The paper of an output folder that `name` names, the closest meaning first.

    That is a doc_id, a case_id, a path as in documents.csv or on the disk, the name of a file. Raises
    UsageError where there is none, or a file with several records, or several files of that name.
    """
    for document in rows(out, DOCUMENTS, doc_id=name):
        return Named(document)
    for case in rows(out, BY_NAME["cases"], case_id=name):
        return Named(next(rows(out, DOCUMENTS, doc_id=case["doc_id"])), name)
    documents = _alike(name, out)
    found = _by_path(name, out, documents)
    if len(found) == 1:
        return Named(found[0])
    if found:
        more = ", ..." if len(found) > _MOST_NAMED else ""
        listed = ", ".join(d["doc_id"] for d in found[:_MOST_NAMED]) + more
        raise UsageError(f"{name} stands for {len(found)} papers: give one of {listed}")
    raise UsageError(f"no paper {name} in {out}{_hint(name, [d['doc_id'] for d in documents])}")


def rows(out: Path, table: TableSchema, **cells: str) -> Iterator[Row]:
    """The rows of a table that have these cells, without what commands a terminal.

    Raises UsageError where there is no table.
    """
    for row in _rows(out, table, cells):
        yield {name: plain(value) for name, value in row.items()}


def _rows(out: Path, table: TableSchema, cells: Row) -> Iterator[Row]:
    csv.field_size_limit(sys.maxsize)
    try:
        with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                if all(row[name] == value for name, value in cells.items()):
                    yield row
    except OSError as error:
        parts = _parts(out)
        if parts is None:
            raise UsageError(
                f"no tables in {out} ({error.strerror}): run casebook first, or give --out"
            ) from error
        where = " AND ".join(["true", *(f'"{name}" = ?' for name in cells)])
        yield from _of_parts(parts, table, where, *cells.values())


def _parts(out: Path) -> Parts | None:
    """The tables of a large run; None where there are none."""
    from pipeline.frames.parts import Parts  # noqa: PLC0415 - it loads pandas

    return Parts.of(out)


def _of_parts(parts: Parts, table: TableSchema, where: str, *given: str) -> Iterator[Row]:
    """Rows of a large run, as CSV would have them."""
    found = parts.rows(table, table.header, where, *given)
    while values := found.fetchone():
        yield dict(zip(table.header, map(cell, values), strict=True))


def text_of(out: Path, doc_id: str) -> str:
    """The text of a paper, without what commands a terminal; "" where it has none."""
    try:
        return plain((out / TEXT / f"{doc_id}.txt").read_bytes().decode("utf-8"))
    except OSError:
        parts = _parts(out)
        found = parts and parts.rows(TEXTS, ["text"], "doc_id = ?", doc_id).fetchone()
        return plain(found[0]) if found else ""


def raw_of(out: Path) -> Path:
    """Where the papers of an output folder are. Raises UsageError where it does not say so."""
    try:
        noted = json.loads((out / STATE / NOTE).read_text(encoding="utf-8"))
        return Path(noted["raw"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{out} does not say where its papers are: run casebook again") from error


def only_of(out: Path) -> str | None:
    """The filter of an output folder's last run, None where it had none or none is known."""
    try:
        noted = json.loads((out / STATE / NOTE).read_text(encoding="utf-8"))
        return str(noted["only"]) if noted["only"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _alike(name: str, out: Path) -> list[Row]:
    """Papers that may be meant: all, or, as a large run has too many to look at, those that are called so."""
    parts = None if (out / f"{DOCUMENTS.name}.csv").exists() else _parts(out)
    if parts is None:
        return list(rows(out, DOCUMENTS))
    where = "contains(path, ?) OR contains(lower(doc_id), lower(?))"
    found = _of_parts(parts, DOCUMENTS, where, name.rpartition("/")[2], name)
    return [{name: plain(value) for name, value in row.items()} for row in islice(found, _MOST_ALIKE)]


def _by_path(name: str, out: Path, documents: list[Row]) -> list[Row]:
    within = {name, name.removeprefix("./"), _within_raw(name, out)}
    whole = [d for d in documents if d["path"] in within]
    return whole or [d for d in documents if d["path"].rpartition("/")[2] == name]


def _within_raw(name: str, out: Path) -> str:
    """The path of a file on the disk relative to the raw folder, "" for one that is not in it."""
    try:
        return Path(name).resolve().relative_to(raw_of(out)).as_posix()
    except (UsageError, ValueError, OSError):
        return ""


def _hint(name: str, doc_ids: list[str]) -> str:
    close = difflib.get_close_matches(name, doc_ids, 3, 0.5) or [n for n in doc_ids if name.lower() in n][:3]
    return f"; did you mean {' or '.join(close)}?" if close else ""

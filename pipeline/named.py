"""Which paper, and which of its patients, a user means: by doc_id, case_id, path or file name."""

from __future__ import annotations

import csv
import difflib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import NOTE, STATE, UsageError
from pipeline.schema import BY_NAME, DOCUMENTS, TableSchema
from pipeline.voice import plain
from pipeline.write.datapackage import FOLDER

_MOST_NAMED = 5

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
    documents = list(rows(out, DOCUMENTS))
    for document in documents:
        if document["doc_id"] == name:
            return Named(document)
    for case in rows(out, BY_NAME["cases"]):
        if case["case_id"] == name:
            return Named(next(d for d in documents if d["doc_id"] == case["doc_id"]), name)
    found = _by_path(name, out, documents)
    if len(found) == 1:
        return Named(found[0])
    if found:
        more = ", ..." if len(found) > _MOST_NAMED else ""
        listed = ", ".join(d["doc_id"] for d in found[:_MOST_NAMED]) + more
        raise UsageError(f"{name} stands for {len(found)} papers: give one of {listed}")
    raise UsageError(f"no paper {name} in {out}{_hint(name, [d['doc_id'] for d in documents])}")


def rows(out: Path, table: TableSchema) -> Iterator[Row]:
    """The rows of a table, without what commands a terminal. Raises UsageError where there is no table."""
    path = out / f"{table.name}.csv"
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                yield {name: plain(value) for name, value in row.items()}
    except OSError as error:
        if (out / FOLDER).is_dir():
            raise UsageError(
                f"{out} has the Parquet tables of a large run: read them with casebook.load, DuckDB or polars"
            ) from error
        raise UsageError(
            f"no tables in {out} ({error.strerror}): run casebook first, or give --out"
        ) from error


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

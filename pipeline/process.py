"""One file's whole way, as one pure function: path in, rows and texts out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.base import Mention, PersonMention, mentions
from extractors.shared.view import view
from pipeline import nlp
from pipeline.cases import CaseMap, find_cases
from pipeline.errors import ReadError
from pipeline.paper import Metadata, Paper, Source
from pipeline.resolve import resolve
from pipeline.schema import FACT_TABLES
from pipeline.tabular import patients_of, read_tables

Row = dict[str, Any]
#: Names under which the components keep their mentions.
_MENTIONS = tuple(name.removeprefix("casebook.") for name in nlp.COMPONENTS)


@dataclass(frozen=True, slots=True)
class Record:
    """One paper's part of the tables: its row of documents.csv, its fact rows and its text."""

    document: Row
    rows: dict[str, list[Row]] = field(default_factory=lambda: {t.name: [] for t in FACT_TABLES})
    text: str | None = None


def process(path: Path, doc_id: str, shown_path: str) -> list[Record]:
    """Read a file and extract every record in it (most files hold one).

    Never raises for anything that is wrong with the file: that becomes a `failed` row.
    `shown_path` is the path relative to the raw folder, for the table.
    """
    from pipeline import readers  # noqa: PLC0415  (keeps the command line quick to start)

    digest = ""
    try:
        digest = sha256(path)
        sources = readers.read(path)
    except ReadError as error:
        return [failed(doc_id, shown_path, digest, str(error))]
    except (OSError, MemoryError, RecursionError, ValueError, LookupError) as error:
        return [failed(doc_id, shown_path, digest, f"{type(error).__name__}: {error}")]
    out = []
    for source in sources:
        record_id = f"{doc_id}-{source.record_suffix.lower()}" if source.record_suffix else doc_id
        out.append(_record(source, record_id, shown_path, digest))
    return out


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def failed(doc_id: str, shown_path: str, digest: str, message: str) -> Record:
    """The record of a file that could not be read."""
    return Record(
        {
            "doc_id": doc_id,
            "path": shown_path,
            "sha256": digest,
            "status": "failed",
            "message": " ".join(message.split()),
            "cases": 0,
        }
    )


def _record(source: Source, doc_id: str, shown_path: str, digest: str) -> Record:
    from pipeline.structure import structure  # noqa: PLC0415

    try:
        paper = structure(source)
        rows = extract(paper, doc_id)
    except Exception as error:  # one paper never takes the batch with it
        return failed(
            doc_id, shown_path, digest, f"internal error, please report: {type(error).__name__}: {error}"
        )
    return Record(_document(paper, doc_id, shown_path, digest, len(rows["cases"])), rows, paper.text)


def extract(paper: Paper, doc_id: str) -> dict[str, list[Row]]:
    """Cases, mentions and records of a structured paper."""
    doc = nlp.annotate(paper)
    persons = [m for m in mentions(doc, "person") if isinstance(m, PersonMention)]
    cases = find_cases(paper, view(doc), persons, patients_of(paper))
    found: list[tuple[str, Mention, tuple[int, ...] | None]] = [
        (name, mention, None) for name in _MENTIONS for mention in mentions(doc, name)
    ]
    for fact in read_tables(paper):
        owner = _owner(cases, fact.patient)
        if owner is not None:
            found.append((fact.component, fact.mention, owner))
    return resolve(paper, doc_id, cases, found)


def _document(paper: Paper, doc_id: str, shown_path: str, digest: str, cases: int) -> Row:
    meta: Metadata = paper.metadata
    return {
        "doc_id": doc_id,
        "path": shown_path,
        "sha256": digest,
        "format": paper.format,
        "title": meta.title,
        "authors": "; ".join(meta.authors),
        "journal": meta.journal,
        "year": meta.year,
        "doi": meta.doi,
        "pmid": meta.pmid,
        "pmcid": meta.pmcid,
        "language": meta.language,
        "coverage": paper.coverage,
        "pages": paper.pages,
        "characters": len(paper.text),
        "cases": cases,
        "status": "warning" if paper.warnings else "ok",
        "message": " ".join(paper.warnings),
    }


def _owner(cases: CaseMap, number: int | None) -> tuple[int, ...] | None:
    """The patient that a table's fact is about: the one it names, else the paper's only one."""
    if number is not None:
        index = cases.index_of(number)
        if index is not None:
            return (index,)
    return (0,) if len(cases.cases) == 1 else None

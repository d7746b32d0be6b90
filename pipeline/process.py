"""One file's whole way, as one pure function: path in, rows and texts out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extractors import registry
from extractors.abbreviations.read import definitions
from extractors.base import mentions
from extractors.person.fact import PersonMention
from extractors.text import view
from pipeline import nlp
from pipeline.cases import CaseMap, Whose, find_cases, whose
from pipeline.check.count import count
from pipeline.check.marks import mark
from pipeline.check.unread import unread_rows
from pipeline.confidence.rate import rate
from pipeline.confidence.signs import Told
from pipeline.counted import numbered
from pipeline.errors import ReadError, warning
from pipeline.only import Only
from pipeline.paper import Metadata, Paper, Source
from pipeline.record import Record, Row, failed, unexpected
from pipeline.resolve import resolve
from pipeline.schema import UNREAD
from pipeline.tables import open_tables, patients_of, read_tables
from pipeline.tables.course import read_course


def process(path: Path, doc_id: str, shown_path: str) -> list[Record]:
    """Read a file and extract every record in it (most files hold one)."""
    return [record for record in records(path, doc_id, shown_path) if record is not None]


def records(path: Path, doc_id: str, shown_path: str, only: Only | None = None) -> Iterator[Record | None]:
    """The records of a file one after the other, so that one with thousands shows that it moves on.

    None stands for a record that does not fit `only`. What cannot be read may fit, and is a failed row.

    Raises nothing that is wrong with the file (that becomes a `failed` row), but MemoryError: what
    memory there is, the caller decides. `shown_path` is the path relative to the raw folder, for
    the table.
    """
    from pipeline import readers  # noqa: PLC0415  (keeps the command line quick to start)

    digest = ""
    try:
        data = readers.whole(path)
        digest = hashlib.sha256(data).hexdigest()
        sources = readers.read_bytes(data, path.name)
        del data
    except ReadError as error:
        yield failed(doc_id, shown_path, digest, str(error))
        return
    except MemoryError:
        raise
    except Exception as error:  # a library's own kinds: one file never takes the batch with it
        yield failed(doc_id, shown_path, digest, unexpected(error))
        return
    for source in sources:
        record_id = f"{doc_id}-{source.record_suffix.lower()}" if source.record_suffix else doc_id
        if source.failure:
            yield failed(record_id, shown_path, digest, source.failure)
        else:
            yield _record(source, record_id, shown_path, digest, only)


def _record(source: Source, doc_id: str, shown_path: str, digest: str, only: Only | None) -> Record | None:
    from pipeline.structure import structure  # noqa: PLC0415

    try:
        paper = structure(source)
        if only is not None and not only.fits(paper):
            return None
        rows, warnings = _extracted(paper, doc_id)
    except MemoryError:
        raise
    except Exception as error:  # one paper never takes the batch with it
        return failed(doc_id, shown_path, digest, unexpected(error))
    if warnings:
        paper = replace(paper, warnings=paper.warnings + warnings)
    return Record(_document(paper, doc_id, shown_path, digest, rows), rows, paper.text)


def extract(paper: Paper, doc_id: str) -> dict[str, list[Row]]:
    """Cases, mentions and records of a structured paper."""
    return _extracted(paper, doc_id)[0]


def unrated(paper: Paper, doc_id: str) -> dict[str, list[Row]]:
    """The same, `confidence` as rule and context alone tell it: what `pipeline.confidence` learns from."""
    return _found(paper, doc_id)[0]


def _extracted(paper: Paper, doc_id: str) -> tuple[dict[str, list[Row]], tuple[str, ...]]:
    rows, warnings = _found(paper, doc_id)
    rate(Told(paper.text, len(rows["cases"]), rows))
    return rows, warnings


def _found(paper: Paper, doc_id: str) -> tuple[dict[str, list[Row]], tuple[str, ...]]:
    """The rows of a paper, and warnings about what was left out of them."""
    doc = nlp.annotate(paper)
    persons = [m for m in mentions(doc, "person") if isinstance(m, PersonMention)]
    tables = open_tables(paper, definitions(doc))
    cases = find_cases(paper, view(doc), persons, patients_of(tables))
    told = [(name, mention) for name in registry.packages() for mention in mentions(doc, name)]
    found = whose(cases, view(doc), told)
    for fact in (*read_tables(tables), *read_course(tables)):
        patients = _owner(cases, fact.patient)
        if patients is not None:
            counts = fact.mention.context.about_patient
            found.append(Whose(fact.component, fact.mention, patients, counts))
    rows = resolve(paper, doc_id, cases, found)
    mark(rows, paper)
    rows[UNREAD.name] = unread_rows(paper, doc_id, view(doc), rows)
    return rows, _unread(cases)


def _unread(cases: CaseMap) -> tuple[str, ...]:
    """The warning about patients beyond the cap."""
    if not cases.unread:
        return ()
    were = "was" if len(cases.unread) == 1 else "were"
    return (warning("E06", f"{numbered('patient', cases.unread)} {were} not read"),)


def _document(paper: Paper, doc_id: str, shown_path: str, digest: str, rows: dict[str, list[Row]]) -> Row:
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
        "cases": len(rows["cases"]),
        "check": count(rows),
        "unread": len(rows[UNREAD.name]),
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

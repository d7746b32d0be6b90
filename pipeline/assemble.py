"""From the cache to the output folder: all tables, texts and the data package of one run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pipeline.cache import Cache, Head, Stored, renamed
from pipeline.config import Config
from pipeline.duplicates import Duplicate, find_duplicates
from pipeline.keys import record_ids
from pipeline.plan import Planned
from pipeline.review.stage import Review, Told
from pipeline.review.store import Kept
from pipeline.schema import DOCUMENTS, FACT_TABLES, SUMMARY, TABLES, UNREAD, TableSchema
from pipeline.write.about import NAME, about, digest_of, input_of
from pipeline.write.datapackage import NAME as PACKAGE
from pipeline.write.datapackage import datapackage
from pipeline.write.tables import Publication, cells

#: which cell of a row says so; the second has the patient
_DUPLICATE_OF = {t.name: t.header.index("duplicate_of") for t in (*FACT_TABLES, SUMMARY)}


@dataclass(slots=True)
class Totals:
    """What is in the tables: records by status, rows by table, patients told twice, who failed or warns.

    `check` rows need a look, `unread` numbers are in no row, `left_out` records do not fit `--only`. Of
    failures and warnings no more than `most` are named each.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    check: int = 0
    unread: int = 0
    left_out: int = 0
    review: Told = field(default_factory=Told)
    failures: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    most: int = sys.maxsize


class Sink(Protocol):
    """What takes the rows and the text of a run, record by record: see `Publication`."""

    def rows(self, table: TableSchema, rows: Iterable[Iterable[str]], /) -> None:
        """Add rows (cells in the order of the columns) to a table."""

    def text(self, doc_id: str, text: str, /) -> None:
        """Set the text of a paper."""


def assemble(
    config: Config,
    cache: Cache,
    planned: Iterable[Planned],
    heads: dict[str, list[Head]],
    decisions: Sequence[Kept] = (),
) -> Totals:
    """Write everything; `heads` has the records of each planned file, `decisions` those of reviewers.

    Memory does not grow with the rows, but for those of reviewed papers. Raises OutputError, with the
    former output untouched, and BadEntry where the cache was changed by someone else meanwhile.
    """
    files = sorted(planned, key=lambda p: p.doc_id)
    names = names_of(files, heads)
    numbered = [
        (replace(head, document={**head.document, "doc_id": name}), number)
        for file in files
        for number, (head, name) in enumerate(zip(heads[file.doc_id], names[file.doc_id], strict=True))
    ]
    review = Review(decisions, [head.document for head, _ in numbered])
    concerned = [file for file in files if review.papers & set(names[file.doc_id])]
    layer = layer_of(review, _stored(cache, concerned, names))
    repeats = find_duplicates(
        (layer[doc_id].head if doc_id in layer else as_named(head), number)
        for head, number in numbered
        if not review.excluded(doc_id := str(head.document["doc_id"])).by
    )
    merged = review.repeats(layer)
    del numbered
    totals = Totals(review=review.told)
    with Publication(config.out, config.state, config.force_output) as publication:
        for table in TABLES:
            publication.rows(table, ())
        for stored in _stored(cache, files, names):
            doc_id = str(stored.head.document["doc_id"])
            put(publication, layer.get(doc_id, stored), repeats.get(doc_id), merged, totals)
        publication.file(PACKAGE, datapackage())
        inputs = sorted(input_of(head.document) for of_file in heads.values() for head in of_file)
        publication.file(NAME, about(config, cache.program, digest_of(inputs), totals.rows))
        publication.publish()
    return totals


def layer_of(review: Review, papers: Iterable[Stored]) -> dict[str, Stored]:
    """The papers that have decisions, with these laid over them, and those that are named in one."""
    found = {}
    for stored in papers:
        doc_id = str(stored.head.document["doc_id"])
        if doc_id in review.by_paper:
            found[doc_id] = review.over(stored)
        elif doc_id in review.papers:
            found[doc_id] = stored
    return found


def as_named(head: Head) -> Head:
    """The head with its patients' keys as its doc_id says."""
    doc_id = head.document["doc_id"]
    patients = tuple(
        replace(patient, case_id=f"{doc_id}-{number}") for number, patient in enumerate(head.patients, 1)
    )
    return replace(head, patients=patients)


def names_of(files: list[Planned], heads: dict[str, list[Head]]) -> dict[str, list[str]]:
    """The doc_ids of each file's records, unique over the run."""
    return record_ids(
        (file.doc_id, [str(head.document["doc_id"]) for head in heads[file.doc_id]]) for file in files
    )


def _stored(cache: Cache, files: list[Planned], names: dict[str, list[str]]) -> Iterator[Stored]:
    for file in files:
        for stored, name in zip(cache.read(file), names[file.doc_id], strict=True):
            yield stored if stored.head.document["doc_id"] == name else renamed(stored, name)


def put(
    sink: Sink,
    stored: Stored,
    repeat: Duplicate | None,
    merged: Mapping[str, str],
    totals: Totals,
) -> None:
    """Hand on a record that has its last name and its decisions, and count what is in it.

    `repeat` is the record that it repeats, `merged` the patients that reviewers have made one, by case_id.
    """
    document = stored.head.document
    doc_id = str(document["doc_id"])
    patients = [row[1] for row in stored.rows[SUMMARY.name]]
    elsewhere = repeat.cases if repeat else {}
    told_twice = {p: other for p in patients if (other := merged.get(p) or elsewhere.get(p))}
    if repeat:
        note = f"Same paper as {repeat.original}; patients told in both are counted there."
        document = {**document, "status": "warning", "message": f"{document['message'] or ''} {note}".strip()}
    if told_twice:
        _mark(stored, told_twice)
    totals.duplicates += len(told_twice)
    sink.rows(DOCUMENTS, [cells(DOCUMENTS, document)])
    for table in (SUMMARY, UNREAD, *FACT_TABLES):
        if rows := stored.rows[table.name]:
            sink.rows(table, rows)
    for table in FACT_TABLES:
        totals.rows[table.name] += len(stored.rows[table.name])
    if stored.text is not None:
        sink.text(doc_id, stored.text)
    status, message = str(document["status"]), str(document["message"] or "")
    totals.statuses[status] += 1
    totals.check += document["check"] or 0
    totals.unread += document["unread"] or 0
    named = {"failed": totals.failures, "warning": totals.warnings}.get(status)
    if named is not None and len(named) < totals.most:
        named.append((doc_id, message))


def _mark(stored: Stored, told_twice: Mapping[str, str]) -> None:
    """Write into every row of a patient told elsewhere too who she is there."""
    for table, place in _DUPLICATE_OF.items():
        for row in stored.rows[table]:
            row[place] = told_twice.get(row[1], "")

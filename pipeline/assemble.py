"""From the cache to the output folder: all tables, texts and the data package of one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.cache import Cache, Head, Stored, renamed
from pipeline.config import Config
from pipeline.duplicates import Duplicate, find_duplicates
from pipeline.keys import record_ids
from pipeline.plan import Planned
from pipeline.review.stage import Review, Told
from pipeline.review.store import Kept
from pipeline.schema import DOCUMENTS, FACT_TABLES, SUMMARY, TABLES, UNREAD
from pipeline.write.about import NAME, about
from pipeline.write.datapackage import datapackage
from pipeline.write.tables import Publication, cells

#: which cell of a row says so; the second has the patient
_DUPLICATE_OF = {t.name: t.header.index("duplicate_of") for t in (*FACT_TABLES, SUMMARY)}


@dataclass(slots=True)
class Totals:
    """What is in the tables: records by status, rows by table, patients told twice, who failed or warns.

    `check` rows need a look, `unread` numbers are in no row.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    check: int = 0
    unread: int = 0
    review: Told = field(default_factory=Told)
    failures: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


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
    layer = _layer(review, _stored(cache, [f for f in files if review.papers & set(names[f.doc_id])], names))
    repeats = find_duplicates(
        (layer[doc_id].head if doc_id in layer else _as_named(head), number)
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
            _write(publication, layer.get(doc_id, stored), repeats.get(doc_id), merged, totals)
        publication.file("datapackage.json", datapackage())
        documents = (head.document for of_file in heads.values() for head in of_file)
        publication.file(NAME, about(config, cache.program, documents, totals.rows))
        publication.publish()
    return totals


def _layer(review: Review, papers: Iterable[Stored]) -> dict[str, Stored]:
    """The papers that have decisions, with these laid over them, and those that are named in one."""
    found = {}
    for stored in papers:
        doc_id = str(stored.head.document["doc_id"])
        if doc_id in review.by_paper:
            found[doc_id] = review.over(stored)
        elif doc_id in review.papers:
            found[doc_id] = stored
    return found


def _as_named(head: Head) -> Head:
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


def _write(
    publication: Publication,
    stored: Stored,
    repeat: Duplicate | None,
    merged: Mapping[str, str],
    totals: Totals,
) -> None:
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
    publication.rows(DOCUMENTS, [cells(DOCUMENTS, document)])
    publication.rows(SUMMARY, stored.rows[SUMMARY.name])
    publication.rows(UNREAD, stored.rows[UNREAD.name])
    for table in FACT_TABLES:
        publication.rows(table, stored.rows[table.name])
        totals.rows[table.name] += len(stored.rows[table.name])
    if stored.text is not None:
        publication.text(doc_id, stored.text)
    status, message = str(document["status"]), str(document["message"] or "")
    totals.statuses[status] += 1
    totals.check += document["check"] or 0
    totals.unread += document["unread"] or 0
    if status == "failed":
        totals.failures.append((doc_id, message))
    elif status == "warning":
        totals.warnings.append((doc_id, message))


def _mark(stored: Stored, told_twice: Mapping[str, str]) -> None:
    """Write into every row of a patient told elsewhere too who she is there."""
    for table, place in _DUPLICATE_OF.items():
        for row in stored.rows[table]:
            row[place] = told_twice.get(row[1], "")

"""One paper read at once, without folders: its tables as frames."""

from __future__ import annotations

from pathlib import Path

from pipeline.cache import Stored, as_kept, renamed
from pipeline.config import UsageError
from pipeline.frames.load import Tables
from pipeline.frames.typed import frame
from pipeline.keys import doc_ids, record_ids
from pipeline.process import process
from pipeline.schema import DOCUMENTS, TABLES
from pipeline.write.tables import cells


def read(path: str | Path) -> Tables:
    """Read one file, with one paper or many, and extract it in this process.

    The frames have the rows that a run over a folder with this file alone would write; `texts` has the text
    that quotes point into, by doc_id. What is wrong with the file is told in `documents` (status `failed`).
    Raises UsageError where there is no such file. No limits of time and memory are kept.
    """
    place = Path(path)
    if not place.is_file():
        raise UsageError(f"{place} is no file: give one paper; for a folder use casebook run")
    (name,) = doc_ids([place.name])
    kept = [as_kept(record, place.name) for record in process(place, name, place.name)]
    names = record_ids([(name, [str(stored.head.document["doc_id"]) for stored in kept])])[name]
    found = [_named(stored, own) for stored, own in zip(kept, names, strict=True)]
    rows = {t.name: [row for s in found for row in s.rows.get(t.name, ())] for t in TABLES}
    rows[DOCUMENTS.name] = [cells(DOCUMENTS, stored.head.document) for stored in found]
    made = Tables((table.name, frame(table, rows[table.name])) for table in TABLES)
    made.texts = {str(s.head.document["doc_id"]): s.text for s in found if s.text is not None}
    return made


def _named(stored: Stored, doc_id: str) -> Stored:
    return stored if stored.head.document["doc_id"] == doc_id else renamed(stored, doc_id)

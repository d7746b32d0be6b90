"""Records found once, given again under other names: all of a run but the reading itself, at any size."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.process import process
from pipeline.record import Record, sha256

#: the environment variable with the file of records that `read` takes from
POOL = "CASEBOOK_REPLAY"
#: of so many papers one has the DOI of the paper before it
_REPEATED = 50
_FIRST_YEAR, _YEARS = 1970, 56


def fill(texts: list[Path], place: Path) -> int:
    """Extract the texts and keep what was found; how many records that are."""
    found = [record for path in texts for record in process(path, path.name, path.name)]
    place.write_bytes(pickle.dumps([record for record in found if record.document["status"] != "failed"]))
    return len(found)


@lru_cache(maxsize=1)
def pool() -> list[Record]:
    """What there is to give again."""
    found: list[Record] = pickle.loads(Path(os.environ[POOL]).read_bytes())
    return found


def read(path: Path, doc_id: str, shown: str) -> Iterator[Record]:
    """Stands for `pipeline.worker.read_paper`: a file holds its number, and which version of it this is."""
    number = int(path.read_text(encoding="ascii").split()[0])
    record = renamed(pool()[number % len(pool())], doc_id, shown)
    record.document.update({**told(number), "sha256": sha256(path)})
    yield record


def told(number: int) -> dict[str, object]:
    """What is a paper's own besides its name."""
    doi = f"10.5555/{number if number % _REPEATED else max(0, number - 1)}"
    year = _FIRST_YEAR + number % _YEARS
    return {"sha256": f"{number:064x}", "doi": doi, "pmid": None, "year": year}


def renamed(record: Record, doc_id: str, shown: str) -> Record:
    """The same under another name."""
    old = record.document["doc_id"]
    document = {**record.document, "doc_id": doc_id, "path": shown}
    rows = {table: [_row(row, old, doc_id) for row in part] for table, part in record.rows.items()}
    return Record(document, rows, record.text)


def _row(row: dict[str, object], old: str, doc_id: str) -> dict[str, object]:
    made = {**row, "doc_id": doc_id}
    if row.get("case_id"):
        made["case_id"] = doc_id + str(row["case_id"])[len(old) :]
    if "record_id" in row:
        made["record_id"] = hashlib.sha256(f"{doc_id}|{row['record_id']}".encode()).hexdigest()[:16]
    return made

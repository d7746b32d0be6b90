"""What is known of every record of a large run without its rows, in a SQLite file: memory stays flat.

Names and duplicates are found by the rules of a plain run (`pipeline.keys`, `pipeline.duplicates`), which
here keep what they must remember on the disk.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.cache import BadEntry, Head, Patient
from pipeline.duplicates import Duplicate, Key, fullness, keys_of, may_repeat, repeats
from pipeline.keys import given_ids, wanted_id
from pipeline.scale.extracted import Noted
from pipeline.write.about import digest_of, input_of

#: KiB of the file that SQLite holds in memory
_CACHE_KIB = 65_536
_BATCH = 1_000
_PRAGMAS = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -{_CACHE_KIB};
"""
#: `own`: it wants the doc_id of its file; `coverage` and `length`: see `fullness`
_TABLES = """
CREATE TABLE records (id INTEGER PRIMARY KEY, shard INTEGER, file TEXT, number INTEGER, doc_id TEXT,
    own INTEGER, path TEXT, sha256 TEXT, coverage INTEGER, length REAL, head TEXT);
CREATE TABLE keys (hash INTEGER, id INTEGER);
CREATE TABLE placed (id INTEGER PRIMARY KEY, rank INTEGER, name TEXT);
CREATE TABLE given (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE originals (key TEXT PRIMARY KEY, name TEXT, head TEXT) WITHOUT ROWID;
CREATE TABLE repeats (name TEXT PRIMARY KEY, original TEXT, cases TEXT) WITHOUT ROWID;
"""
#: what tells two copies of a paper apart, and which is the fuller one
_COMPARED = ("doi", "pmid", "sha256", "characters", "coverage", "status")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the tables: its rank among all, its doc_id there, what it repeats."""

    rank: int
    name: str
    repeat: Duplicate | None = None


class Ledger:
    """The records of a run. First `add` all, then `name` them, then `find_repeats`.

    Methods raise sqlite3.Error where the disk is full.
    """

    def __init__(self, file: Path) -> None:
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.executescript(_PRAGMAS + _TABLES)
        self._id = 0
        self._ids: dict[int, tuple[int, int]] = {}  # of each shard, the first and the last

    def close(self) -> None:
        """Give the file back."""
        self._base.close()

    # ------------------------------------------------------------------------------------- in
    def add(self, shard: int, found: Iterable[Noted]) -> int:
        """Take the records of a shard; how many they were."""
        before = self._id
        records: list[tuple[Any, ...]] = []
        keys: list[tuple[int, int]] = []
        for one in found:
            self._id += 1
            records.append(self._record(shard, one))
            if may_repeat(one.head):
                known = keys_of(one.head, one.number)
                keys += [(_hash(key), self._id) for key in known]
            if len(records) == _BATCH:
                self._insert(records, keys)
        self._insert(records, keys)
        self._ids[shard] = (before + 1, self._id)
        return self._id - before

    def _record(self, shard: int, one: Noted) -> tuple[Any, ...]:
        head = one.head
        doc_id, sha256 = input_of(head.document)
        coverage, length, _ = fullness(head)
        own = wanted_id(doc_id) == one.file
        where = (self._id, shard, one.file, one.number, doc_id, own, head.document["path"], sha256)
        return (*where, coverage, length, _packed(head, named=False))

    def _insert(self, records: list[tuple[Any, ...]], keys: list[tuple[int, int]]) -> None:
        self._base.execute("BEGIN")
        self._base.executemany(f"INSERT INTO records VALUES ({', '.join('?' * 11)})", records)
        self._base.executemany("INSERT INTO keys VALUES (?, ?)", keys)
        self._base.execute("COMMIT")
        records.clear()
        keys.clear()

    # ---------------------------------------------------------------------------------- names
    def name(self) -> None:
        """Give every record its doc_id and its rank. Raises BadEntry where a record is there twice."""
        try:
            self._base.execute("CREATE UNIQUE INDEX by_file ON records (file, number)")
        except sqlite3.IntegrityError as error:
            raise BadEntry(f"a record is in two bundles ({error})") from error
        self._base.execute("BEGIN")
        with closing(self._base.cursor()) as insert:
            rows: list[tuple[int, int, str]] = []
            for row in self._named():
                rows.append(row)
                if len(rows) == _BATCH:
                    insert.executemany("INSERT INTO placed VALUES (?, ?, ?)", rows)
                    rows.clear()
            insert.executemany("INSERT INTO placed VALUES (?, ?, ?)", rows)
        self._base.execute("COMMIT")

    def _named(self) -> Iterator[tuple[int, int, str]]:
        """(id, rank, doc_id) of each record, by file."""
        found = self._base.execute("SELECT file, id, doc_id FROM records ORDER BY file, number")
        ids: list[int] = []
        rank = 0

        def wanted() -> Iterator[tuple[str, list[str]]]:
            for file, rows in groupby(found, key=itemgetter(0)):
                ids.clear()
                names = []
                for _, number, doc_id in rows:
                    ids.append(number)
                    names.append(wanted_id(doc_id))
                yield file, names

        for _, names in given_ids(wanted(), _Given(self._base)):
            for number, name in zip(ids, names, strict=True):
                yield number, rank, name
                rank += 1

    # ------------------------------------------------------------------------------- duplicates
    def find_repeats(self) -> None:
        """Find the papers that are there twice; records without a key that another one has take no part."""
        self._base.execute("BEGIN")
        self._base.execute("CREATE TABLE alike AS SELECT hash FROM keys GROUP BY hash HAVING count(*) > 1")
        fullest = self._base.execute(
            "SELECT number, name, head FROM records r JOIN placed USING (id) WHERE coverage IS NOT NULL "
            "AND r.id IN (SELECT id FROM keys WHERE hash IN (SELECT hash FROM alike)) "
            "ORDER BY coverage, length, name"
        )
        copies = ((_head(name, packed), number) for number, name, packed in fullest)
        with closing(self._base.cursor()) as insert:
            for name, found in repeats(copies, _Originals(self._base)):
                row = (name, found.original, json.dumps(found.cases))
                insert.execute("INSERT INTO repeats VALUES (?, ?, ?)", row)
        self._base.execute("COMMIT")

    def replace(self, file: str, number: int, head: Head | None) -> None:
        """Let reviewers' decisions count: another head for a record, or None for one that is left out."""
        coverage, length, _ = fullness(head) if head else (None, None, None)
        told = (coverage, length, _packed(head, named=True) if head else "", file, number)
        update = "UPDATE records SET coverage = ?, length = ?, head = ? WHERE file = ? AND number = ?"
        self._base.execute(update, told)
        if head is None:
            gone = "DELETE FROM keys WHERE id = (SELECT id FROM records WHERE file = ? AND number = ?)"
            self._base.execute(gone, (file, number))

    def documents(self, paths: Collection[str], digests: Collection[str]) -> list[dict[str, str]]:
        """The rows of papers at one of these paths or with these bytes, of all records there, in order."""
        told = "SELECT rank, name, path, sha256 FROM records JOIN placed USING (id) WHERE path IN "
        wanted = (json.dumps(list(paths)), json.dumps([digest for digest in digests if digest]))
        found = self._base.execute(
            f"{told} (SELECT path FROM records WHERE path IN (SELECT value FROM json_each(?)) "
            "OR sha256 IN (SELECT value FROM json_each(?))) ORDER BY rank",
            wanted,
        )
        return [{"doc_id": name, "path": path, "sha256": sha256} for _, name, path, sha256 in found]

    def where(self, names: Collection[str]) -> dict[int, set[tuple[str, int]]]:
        """shard -> (file, number) of the records with these doc_ids."""
        found = self._base.execute(
            "SELECT shard, file, number FROM records JOIN placed USING (id) "
            "WHERE name IN (SELECT value FROM json_each(?))",
            (json.dumps(list(names)),),
        )
        shards: dict[int, set[tuple[str, int]]] = {}
        for shard, file, number in found:
            shards.setdefault(shard, set()).add((file, number))
        return shards

    # ------------------------------------------------------------------------------------ out
    def places(self, shard: int) -> dict[tuple[str, int], Place]:
        """(file, number) -> the place of each record of a shard."""
        found = self._base.execute(
            "SELECT file, number, rank, p.name, original, cases FROM records r JOIN placed p USING (id) "
            "LEFT JOIN repeats d ON d.name = p.name WHERE r.id BETWEEN ? AND ?",
            self._ids[shard],
        )
        return {
            (file, number): Place(rank, name, Duplicate(original, json.loads(cases)) if original else None)
            for file, number, rank, name, original, cases in found
        }

    def inputs(self) -> tuple[int, str]:
        """How many records there are, and a digest of what they are of (see `digest_of`)."""
        return digest_of(self._base.execute("SELECT doc_id, sha256 FROM records ORDER BY doc_id, sha256"))


class _Given:
    """See `keys.Taken`: the files of which a record has their own doc_id, and what was given."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __contains__(self, name: str) -> bool:
        return any(
            self._base.execute(f"SELECT 1 FROM {where} LIMIT 1", (name,)).fetchone()
            for where in ("given WHERE name = ?", "records WHERE file = ? AND own")
        )

    def add(self, name: str) -> None:
        """See `keys.Taken.add`."""
        self._base.execute("INSERT OR IGNORE INTO given VALUES (?)", (name,))


class _Originals:
    """See `duplicates.Originals`."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def get(self, key: Key) -> Head | None:
        """See `Originals.get`."""
        found = self._base.execute("SELECT name, head FROM originals WHERE key = ?", (" ".join(key),))
        row = found.fetchone()
        return row and _head(*row)

    def setdefault(self, key: Key, head: Head) -> None:
        """See `Originals.setdefault`."""
        row = (" ".join(key), head.document["doc_id"], _packed(head, named=True))
        self._base.execute("INSERT OR IGNORE INTO originals VALUES (?, ?, ?)", row)


def _hash(key: Key) -> int:
    """Two keys with one hash are looked at as if they were one; no more comes of it."""
    return int.from_bytes(hashlib.blake2b(" ".join(key).encode(), digest_size=8).digest(), signed=True)


def _packed(head: Head, *, named: bool) -> str:
    """What is compared of a record. `named`: its patients have the keys that the tables will have."""
    patients = [(p.case_id if named else "", p.label, p.age, p.sex) for p in head.patients]
    return json.dumps([[head.document[name] for name in _COMPARED], patients])


def _head(name: str, packed: str) -> Head:
    told, patients = json.loads(packed)
    people = (Patient(case_id or f"{name}-{n}", *rest) for n, (case_id, *rest) in enumerate(patients, 1))
    return Head({"doc_id": name, **dict(zip(_COMPARED, told, strict=True))}, tuple(people))

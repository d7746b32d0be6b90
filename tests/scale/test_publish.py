"""Whoever reads the tables of a large run finds one run's, wherever the next one died."""

from __future__ import annotations

import hashlib
import random
import resource
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import casebook
from pipeline.config import UsageError
from pipeline.errors import OutputError
from pipeline.frames.parts import Parts
from pipeline.scale.disk import Disk
from pipeline.scale.publish import check, publish, settle
from pipeline.scale.spool import Part, Spool
from pipeline.scale.storage import Storage, storage
from pipeline.schema import BY_NAME, DOCUMENTS
from pipeline.write.datapackage import datapackage

FORMER = {"a": 2001, "b": 2001, "c": None, "d": 1999}
#: one paper more, one gone, one changed; 1999 stays as it was
LATER = {"a": 2001, "e": 2001, "f": None, "d": 1999, "g": 2005}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug of the tests."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


def _parts(folder: Path, papers: dict[str, int | None]) -> Iterator[Part]:
    """The parts of tables with these papers, by year."""
    folder.mkdir()
    spool = Spool(folder)
    for rank, (doc_id, year) in enumerate(papers.items()):
        spool.at(year, rank)
        row = {"doc_id": doc_id, "path": doc_id, "status": "ok", "year": str(year or "")}
        spool.rows(DOCUMENTS, [[row.get(name, "") for name in DOCUMENTS.header]])
        spool.text(doc_id, f"text of {doc_id}")
    yield from spool.parts()
    spool.close()


def _put(out: Storage, folder: Path, papers: dict[str, int | None]) -> None:
    publish(
        out, _parts(folder, papers), lambda parts: {"datapackage.json": datapackage(parts), "run.json": "{}"}
    )


def _papers(out: str | Path) -> set[str]:
    return set(casebook.load(out).documents.doc_id)


def _whole(out: Path) -> frozenset[str]:
    """The parts of documents that count, each of them there and as its name says."""
    parts = Parts.of(out)
    assert parts is not None
    for name in (name for names in parts.names.values() for name in names):
        assert hashlib.sha256((out / name).read_bytes()).hexdigest()[:8] in name
    return frozenset(parts.names["documents"])


class Died(Exception):
    """As if the process were killed here."""


@dataclass(frozen=True, slots=True)
class Dying(Disk):
    """A disk whose user dies before the n-th change."""

    left: tuple[int, ...] = ()
    done: Any = None

    def _count(self) -> None:
        self.done.append(1)
        if len(self.done) > self.left[0]:
            raise Died

    def write(self, name: str, data: bytes) -> None:
        self._count()
        Disk.write(self, name, data)

    def put_all(self, files: Iterable[tuple[Path, str]]) -> None:
        for one in files:
            self._count()
            Disk.put_all(self, [one])

    def move_all(self, names: Iterable[tuple[str, str]]) -> None:
        for one in names:
            self._count()
            Disk.move_all(self, [one])

    def remove(self, name: str) -> None:
        self._count()
        Disk.remove(self, name)


def test_a_run_that_dies_at_any_moment_leaves_the_tables_of_one_run(tmp_path: Path) -> None:
    former, later = tmp_path / "former", tmp_path / "later"
    _put(storage(str(former)), tmp_path / "1", FORMER)
    _put(storage(str(later)), tmp_path / "2", LATER)
    before, after = _whole(former), _whole(later)
    assert (_papers(former), _papers(later)) == (set(FORMER), set(LATER))
    assert len(before - after) == len(after & before) + 1 == 2
    parts = list(_parts(tmp_path / "3", LATER))
    seen = []
    for number in range(200):
        out = shutil.copytree(former, tmp_path / f"out-{number}")
        copies = [Part(p.table, Path(shutil.copy(p.local, tmp_path / p.local.name)), p.name) for p in parts]
        try:
            publish(
                Dying(str(out), left=(number,), done=[]),
                copies,
                lambda parts: {"datapackage.json": datapackage(parts), "run.json": "{}"},
            )
        except Died:
            seen.append(_whole(out))
            assert seen[-1] in (before, after)
            settle(storage(str(out)))
            settled = _whole(out)
            assert settled in (before, after) and (seen[-1] == before or settled == after)
            there = {str(path.relative_to(out)) for path in (out / "tables").rglob("documents/**/*.parquet")}
            assert there == settled
        else:
            assert _whole(out) == after and _papers(out) == set(LATER)
            break
        shutil.rmtree(out)
    assert seen[0] == before and seen[-1] == after and len(seen) > 10


def test_a_bucket_takes_the_tables_and_gives_them_back(bucket: str, tmp_path: Path) -> None:
    out = storage(f"{bucket}/deep/tables of 2026")
    for number, papers in enumerate((FORMER, LATER)):
        _put(out, tmp_path / str(number), papers)
        names = {found.name for found in out.list()}
        assert {n for n in names if n.startswith("tables/")} == set().union(*Parts.of(out.url).names.values())
        assert {n for n in names if not n.startswith("tables/")} == {"datapackage.json", "run.json"}
        tables = casebook.load(out.url)
        assert dict(zip(tables.documents.doc_id, tables.documents.year.fillna(0), strict=True)) == {
            doc_id: year or 0 for doc_id, year in papers.items()
        }
        assert tables.texts["d"] == "text of d"
        assert list(tables.labs.columns) == list(BY_NAME["labs"].header)


def test_files_of_others_are_neither_taken_for_tables_nor_removed(tmp_path: Path) -> None:
    out = storage(str(tmp_path / "out"))
    check(out)
    _put(out, tmp_path / "1", FORMER)
    check(out)
    theirs = tmp_path / "out/tables/documents/year=2001/part-00000-mine.parquet"
    theirs.write_bytes(b"theirs")
    _put(out, tmp_path / "2", LATER)
    assert theirs.read_bytes() == b"theirs"
    assert _papers(tmp_path / "out") == set(LATER)
    out.write("documents.csv", b"of a plain run")
    with pytest.raises(UsageError, match="holds tables as CSV"):
        check(out)
    out.remove("documents.csv")
    out.write(
        "datapackage.json",
        datapackage({name: [] for name in (*BY_NAME, "texts")} | {"labs": ["../other"]}).encode(),
    )
    with pytest.raises(UsageError, match="tells of no Parquet tables"):
        check(out)


@pytest.mark.parametrize("chunk", [20_000, 10**9], ids=["duckdb", "rows"])
def test_a_full_disk_is_told_and_leaves_the_tables(tmp_path: Path, chunk: int) -> None:
    out = storage(str(tmp_path / "out"))
    _put(out, tmp_path / "1", FORMER)
    spool = Spool(tmp_path, chunk=chunk)
    for n in range(2_000):
        spool.at(2001, n)
        spool.text(f"p{n}", random.Random(n).randbytes(40).hex())
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, unlimited[1]))  # to the program a full disk
    try:
        with pytest.raises(OutputError, match="cannot write to"):
            publish(out, spool.parts(), lambda parts: {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        spool.close()
    assert _papers(tmp_path / "out") == set(FORMER)

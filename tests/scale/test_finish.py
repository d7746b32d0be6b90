"""The global step gives the rows of a plain run, in whatever order shards come."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd
import polars
import pytest
import scripted

import casebook
from pipeline.assemble import Totals, assemble
from pipeline.cache import BadEntry, Cache, Head
from pipeline.config import Config, UsageError
from pipeline.frames.typed import pieces
from pipeline.plan import Planned, planned
from pipeline.record import Record, failed
from pipeline.review.anchor import Words
from pipeline.review.decision import Decision, PaperRef, PatientRef
from pipeline.review.store import Kept
from pipeline.scale.extracted import Extracted, Reader, by_records
from pipeline.scale.finish import Job, finish
from pipeline.scale.spool import Spool
from pipeline.scale.storage import storage
from pipeline.schema import BY_NAME, TABLES
from pipeline.show import show, show_json
from pipeline.write.values import cell

DOCS = Path(__file__).parents[2] / "docs"
#: file -> its records: what differs from a plain one; a text alone is one record
PAPERS: dict[str, list[dict[str, object]]] = {
    **{
        f"lone-{n:02}.txt": [{"year": 1990 + n % 4, "text": f"Line {n}\npatient:{20 + n}"}] for n in range(30)
    },
    "full.txt": [{"doi": "10.5555/a", "year": 2001, "text": "long patient:31 patient:33 " * 3}],
    "abstract.txt": [{"doi": "10.5555/a", "coverage": "abstract", "text": "patient:31 patient:33"}],
    "both.txt": [{"doi": "10.5555/a", "pmid": "7", "year": 2001, "text": "patient:31"}],
    "by-pmid.txt": [{"pmid": "7", "year": None, "text": 'quotes " and , commas\n=1+1 patient:31'}],
    "other.txt": [{"pmid": "8", "doi": "10.5555/a", "text": "another paper with the DOI"}],
    "same-1.txt": [{"text": "the same bytes", "sha256": "5" * 64}],
    "same-2.txt": [{"text": "the same bytes", "sha256": "5" * 64}],
    "broken.txt": [{"status": "failed"}],
    "empty.txt": [{"text": ""}],
    "many.nbib": [
        {"id": f"many.nbib-{n % 3}", "year": 2000 + n % 2, "text": f"record {n}"} for n in range(9)
    ],
    "many.nbib-1": [{"text": "it wants the name of a record"}],
    "many.nbib-1-2": [{"text": "and this one too"}],
    "own.nbib": [{"id": "own.nbib", "text": "first"}, {"id": "own.nbib", "text": "second"}],
    "twice.nbib": [{"id": "own.nbib", "pmid": str(n), "text": "of another file's name"} for n in (7, 8)],
}


@dataclass
class Corpus:
    """The papers above as a run has read them."""

    raw: Path
    cache: Cache
    papers: list[Planned]
    heads: dict[str, list[Head]]

    def readers(self, seed: int) -> dict[str, Reader]:
        """The papers dealt out to shards."""
        chance = random.Random(seed)
        papers = list(self.papers)
        chance.shuffle(papers)
        shards = [papers[start : start + 7] for start in range(0, len(papers), 7)]

        def reader(shard: list[Planned]) -> Reader:
            return by_records(
                lambda: (
                    Extracted(paper.doc_id, number, stored)
                    for paper in shard
                    for number, stored in enumerate(self.cache.read(paper))
                )
            )

        return {f"shard-{chance.random()}": reader(shard) for shard in shards}


def _record(path: Path, doc_id: str, shown: str, told: dict[str, object]) -> Record:
    more = {"sha256": f"{zlib.crc32(path.name.encode()):064x}", **told}
    wanted = str(more.pop("id", doc_id))
    if more.get("status") == "failed":
        return failed(wanted, shown, "", "E03: it is broken")
    return scripted.paper(path, wanted, shown, str(more.pop("text")), **more)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    raw = tmp_path_factory.mktemp("corpus") / "raw"
    raw.mkdir()
    for name in PAPERS:
        (raw / name).write_text(name)
    papers, _ = planned(raw)
    cache = Cache(raw.parent / "papers", "program")
    cache.prepare()
    heads = {}
    for paper in papers:
        with cache.writer(paper.doc_id) as entry:
            told = PAPERS[paper.shown]
            heads[paper.doc_id] = [entry.add(_record(paper.path, paper.doc_id, paper.shown, t)) for t in told]
            entry.commit("digest")
    return Corpus(raw, cache, papers, heads)


def _decisions() -> list[Kept]:
    def decided(do: str, path: str, record: int = 1, **more: object) -> Decision:
        return Decision(do, "Anna Berg", "2026-03-01", PaperRef(path, "", record), **more)

    quote = Words("Line", "", " 1")
    words = PatientRef(Words("Line", "", " 2"))
    gone = decided("exclude", "gone.txt", why="not there")
    out = decided("exclude", "full.txt", why="not our disease")
    record = decided("exclude", "many.nbib", 5, why="a record of a file of many")
    level = decided(
        "reject", "lone-01.txt", table="fractures", words=quote, row={"site": "vertebra", "level": "T8"}
    )
    one = decided(
        "merge", "lone-03.txt", patient=PatientRef(label="x"), to=words, into_paper=PaperRef("lone-02.txt")
    )
    return [Kept(d, "anna-berg/x.jsonl", n) for n, d in enumerate((gone, out, record, level, one), 1)]


def _plain(corpus: Corpus, out: Path, decisions: list[Kept]) -> Totals:
    config = Config(corpus.raw, out, 1)
    return assemble(config, corpus.cache, corpus.papers, corpus.heads, decisions)


def _job(corpus: Corpus, out: Path | str, decisions: list[Kept], form: str) -> Job:
    config = Config(corpus.raw, Path(out), 1)
    return Job(config, storage(str(out)), corpus.cache.program, decisions, form)


def _files(out: Path) -> dict[str, bytes]:
    found = (path for path in sorted(out.rglob("*")) if path.is_file() and ".casebook" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(autouse=True, scope="module")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Nobody pulls the plug of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="module")
def both(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of a plain run and of a large one, with decisions."""
    plain, large = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("large")
    _plain(corpus, plain, _decisions())
    finish(corpus.readers(1), _job(corpus, large, _decisions(), "parquet"))
    return plain, large


def _printed(frame: pd.DataFrame) -> list[list[str]]:
    """The rows of a frame as a plain run prints them, sorted."""
    values = frame.astype(object).where(frame.notna(), None)
    return sorted([cell(value) for value in row] for row in values.itertuples(index=False, name=None))


def _rows(out: Path, table: str) -> list[list[str]]:
    header, *rows = csv.reader(io.StringIO((out / f"{table}.csv").read_bytes().decode(), newline=""))
    assert header == list(BY_NAME[table].header)
    return sorted(rows)


@pytest.mark.parametrize("reviewed", [False, True], ids=["", "reviewed"])
def test_csv_is_that_of_a_plain_run_to_the_byte(corpus: Corpus, tmp_path: Path, reviewed: bool) -> None:
    decisions = _decisions() if reviewed else []
    told = _plain(corpus, tmp_path / "plain", decisions)
    assert told.duplicates and told.statuses["failed"]
    assert (told.review.excluded, len(told.review.lost), told.review.rows["rejected"]) == (
        (2, 1, 1) if reviewed else (0, 0, 0)
    )
    for seed in range(3):
        out = tmp_path / f"large-{seed}"
        counted = finish(corpus.readers(seed), _job(corpus, out, decisions, "csv"))
        assert _files(out) == _files(tmp_path / "plain")
        assert sorted(counted.warnings) == sorted(told.warnings)
        assert replace(counted, warnings=told.warnings, most=told.most) == told


@pytest.mark.parametrize("name", ["lone-03.txt", "lone-03.txt-1", "by-pmid.txt", "many.nbib-1-2"])
def test_a_paper_of_a_large_run_is_shown_as_one_of_a_plain_run(both: tuple[Path, Path], name: str) -> None:
    said = []
    for out in both:
        told = io.StringIO()
        show(name, out, told)
        show_json(name, out, told)
        said.append(told.getvalue())
    assert said[0] == said[1] and name in said[0]


def test_a_paper_that_no_large_run_has_is_told_with_what_may_be_meant(both: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match=r"no paper lone-0.*; did you mean lone-0"):
        show("lone-0", both[1], io.StringIO())
    with pytest.raises(UsageError, match=r"stands for 9 papers: give one of many\.nbib"):
        show("many.nbib", both[1], io.StringIO())


def test_parquet_has_the_rows_of_a_plain_run(both: tuple[Path, Path]) -> None:
    plain, out = both
    tables, expected = casebook.load(out), casebook.load(plain)
    for table in TABLES:
        assert _printed(tables[table.name]) == _rows(plain, table.name), table.name
        assert list(tables[table.name].dtypes) == list(expected[table.name].dtypes)
        assert _printed(pd.concat(pieces(out, table, 10))) == _rows(plain, table.name)
    assert set(tables.texts) == set(expected.texts) and "empty.txt" in tables.texts
    for name in ("empty.txt", "by-pmid.txt", "many.nbib-1", "own.nbib-2"):
        assert tables.texts[name] == expected.texts[name]
    with pytest.raises(KeyError):
        tables.texts["broken.txt"]


def test_each_reader_finds_the_tables_by_year_in_one_line(both: tuple[Path, Path]) -> None:
    _, out = both
    assert not (out / "text").exists()
    tables = casebook.load(out)
    blocks = re.findall(r"^```py\n(.*?)^```", (DOCS / "scale.md").read_text(), re.DOTALL | re.MULTILINE)
    (lines,) = [block for block in blocks if "casebook.load" in block]
    tried = [
        line.replace("OUT", str(out))
        for line in lines.splitlines()
        if line[0] not in "ps" or "polars" in line
    ]
    found = [eval(line, {"casebook": casebook, "duckdb": duckdb, "polars": polars}) for line in tried]
    numbers = [len(tables.fractures)] * 6
    numbers[2] = numbers[5] = 0  # those from 2015 on
    assert [len(one) for one in found] == numbers
    years = tables.documents.set_index("doc_id").year
    by_duckdb = duckdb.sql(f"FROM '{out}/tables/fractures/*/*.parquet'").df()
    by_polars = polars.read_parquet(out / "tables/fractures").to_dicts()
    assert {row["doc_id"] for row in by_polars} == set(by_duckdb.doc_id)
    assert len(by_duckdb) == len(by_polars) == len(tables.fractures) > 40
    assert (by_duckdb.year == 0).any() and (tables.documents.year != 0).all() and years.isna().any()
    for row in by_polars:
        assert row["year"] == (0 if pd.isna(years[row["doc_id"]]) else years[row["doc_id"]])
    empty = duckdb.sql(f"FROM '{out}/tables/labs/*/*.parquet'")
    assert len(empty.df()) == 0 and empty.columns == [*BY_NAME["labs"].header, "year"]


def test_parts_hang_on_the_rows_alone(corpus: Corpus, both: tuple[Path, Path], tmp_path: Path) -> None:
    out = shutil.copytree(both[1], tmp_path / "out")
    before, stamps = _files(out), {path: path.stat().st_ino for path in out.rglob("*.parquet")}
    finish(corpus.readers(3), _job(corpus, out, _decisions(), "parquet"))
    assert _files(out) == before
    assert {path: path.stat().st_ino for path in out.rglob("*.parquet")} == stamps  # nothing was written anew


def test_a_year_of_many_rows_has_parts_of_whole_papers(tmp_path: Path) -> None:
    labs = BY_NAME["labs"]
    spool = Spool(tmp_path, chunk=20_000, part=30_000)
    papers = list(range(2_000))
    random.Random(1).shuffle(papers)
    for n in papers:
        spool.at(2001 if n % 5 else None, n)
        spool.rows(labs, [[f"p{n:04}", *[""] * (len(labs.header) - 2), str(row)] for row in range(n % 4)])
        spool.text(f"p{n:04}", 'a "text", of\nlines\n' * (n % 7))
    parts = [(part.name, duckdb.read_parquet(str(part.local)).df()) for part in spool.parts()]
    spool.close()
    found = [part for name, part in parts if name.startswith("labs/year=2001/")]
    assert len(found) > 2
    rows = pd.concat(found)
    assert list(rows.doc_id) == [f"p{n:04}" for n in range(2_000) for _ in range(n % 4) if n % 5]
    assert list(rows.duplicate_of) == [str(r) for n in range(2_000) for r in range(n % 4) if n % 5]
    assert len(rows.doc_id.unique()) == sum(len(part.doc_id.unique()) for part in found)
    texts = pd.concat(part for name, part in parts if name.startswith("texts/")).set_index("doc_id").text
    assert all(texts[f"p{n:04}"] == 'a "text", of\nlines\n' * (n % 7) for n in range(2_000))


def test_columns_and_tables_are_read_as_they_are_asked_for(both: tuple[Path, Path], tmp_path: Path) -> None:
    out = shutil.copytree(both[1], tmp_path / "out")
    tables = casebook.load(out, columns={"fractures": ["level", "doc_id"]})
    for part in (out / "tables/onset").rglob("*.parquet"):
        part.unlink()  # who does not ask for it does not miss it
    assert list(tables.fractures.columns) == ["doc_id", "level"]
    assert "onset" in tables and list(tables) == [table.name for table in TABLES]
    repeated = tables.summary.duplicate_of.notna()
    assert repeated.any() and len(tables.once.summary) == (~repeated).sum()
    with pytest.raises(UsageError, match="onset"):
        tables["onset"]
    with pytest.raises(KeyError):
        tables["nothing"]
    with pytest.raises(UsageError, match="labs has no column price"):
        casebook.load(out, columns={"labs": ["price"]})["labs"]
    with pytest.raises(UsageError, match="no table prices"):
        casebook.load(out, columns={"prices": ["a"]})


def test_no_record_is_lost_or_there_twice(corpus: Corpus, tmp_path: Path) -> None:
    readers = corpus.readers(1)
    twice = {**readers, "again": next(iter(readers.values()))}
    with pytest.raises(BadEntry, match="two bundles"):
        finish(twice, _job(corpus, tmp_path, [], "csv"))
    first, *_ = readers
    records = list(readers[first].records())
    asked: list[int] = []

    def shrinking() -> Iterator[Extracted]:
        asked.append(1)
        return iter(records[: len(records) + 1 - len(asked)])

    with pytest.raises(BadEntry, match="lost"):
        finish({**readers, first: by_records(shrinking)}, _job(corpus, tmp_path, [], "parquet"))
    assert _files(tmp_path) == {}

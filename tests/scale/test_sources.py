"""Folders, buckets and archives as shards: the doc_ids of a plain run, nothing twice, nothing lost."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from scale.bulk import baseline, bytes_of, europe, jats, members_of, pubmed, tar

from pipeline import readers
from pipeline.config import UsageError
from pipeline.errors import ReadError
from pipeline.only import only
from pipeline.plan import plan
from pipeline.scale import gunzip, inventory, packs, records, tars
from pipeline.scale.piece import Piece
from pipeline.scale.sources import shards
from pipeline.scale.storage import Storage, parted, storage


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Storage:
    return storage(str(tmp_path / "out"))


# ------------------------------------------------------------------------------------ loose files
_NAMES = [
    "b.pdf",
    "A b.txt",
    "a-b.TXT",
    "deep/er/c.xml",
    "a-b.txt-1.xml",
    ".hidden/x.txt",
    "readme.md",
    "é.txt",
    "d.tmp",
]


def test_files_of_a_folder_are_those_of_a_plain_run(raw: Path, out: Storage) -> None:
    for name in [*_NAMES, "tables/.casebook/x", "tables/cases.csv", "papers.xml/z.txt", "samples/s.txt"]:
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(b"text of " + os.fsencode(name))
    (raw / "samples" / ".invented").write_text("s.txt\n")
    (raw / "away").symlink_to("/etc")
    (raw / "in").symlink_to(raw / "deep/er/c.xml")
    os.mkfifo(raw / "pipe")
    (raw / os.fsdecode(b"odd-\xff\n.txt")).write_bytes(b"odd")
    found = members_of(list(shards(str(raw), out)))
    assert [(m.doc_id, m.shown, m.problem) for m in found] == [
        (p.doc_id, p.shown, p.problem) for p in plan(raw)
    ]
    for member in found:
        if not member.problem:
            where, name = parted(member.place)
            assert where.read(name, 100) and where.find(name).state == member.state
            assert name == member.name


def test_files_of_a_bucket_are_those_of_a_plain_run(raw: Path, out: Storage) -> None:
    bucket = storage(f"memory://{raw}")
    for name in [*_NAMES, "tables/.casebook/x", "tables/cases.csv", "tables[1]/y.txt"]:
        bucket.write(name, b"text")
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(b"text")
    found = members_of(list(shards(bucket.url, out)))
    assert [(m.doc_id, m.shown, m.problem) for m in found] == [
        (p.doc_id, p.shown, p.problem) for p in plan(raw)
    ]
    bucket.write(".casebook/run.json", b"{}")
    with pytest.raises(UsageError, match="holds tables of casebook"):
        list(shards(bucket.url, out))


def test_a_folder_that_is_none(tmp_path: Path, out: Storage) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        list(shards(str(tmp_path / "no"), out))


def test_a_file_more_changes_its_own_shard_alone(raw: Path, out: Storage) -> None:
    names = [f"paper-{number}.txt" for number in range(1500)]
    for name in names:
        (raw / name).touch()
    before = {shard.key: {m.doc_id for m in shard.members} for shard in shards(str(raw), out, size=20)}
    assert sum(map(len, before.values())) == 1500 == len(set().union(*before.values()))
    sizes = sorted(map(len, before.values()))
    assert 15 <= 1500 / len(sizes) <= 25 and sizes[-1] <= 40
    for number in range(15):  # one in a hundred
        (raw / f"paper-{number * 97}-more.txt").touch()
    after = {shard.key: {m.doc_id for m in shard.members} for shard in shards(str(raw), out, size=20)}
    moved = sum(not before.get(key, set()) >= {one} for key, members in after.items() for one in members)
    assert 15 <= moved <= 75  # the new ones, and what stood behind a new cut


# --------------------------------------------------------------------------------------- archives
def test_an_archive_is_packed_filtered_and_not_read_again(
    raw: Path, out: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"PMC0/PMC{n}.xml": jats(n, "osteoporosis" if n % 2 else "asthma") for n in range(40)}
    files |= {"PMC0/": b"", "list.csv": b"a,b", "PMC0/._PMC1.xml": b"junk", "PMC0/big.pdf": b"%PDF"}
    (raw / "oa.tar.gz").write_bytes(gzip.compress(tar(files)))
    filtered = only("osteoporosis AND type:case-report")
    found = list(shards(str(raw), out, filtered, size=4))
    assert len(found) > 3 and len({shard.key for shard in found}) == len(found)
    data = bytes_of(found)
    assert data == {f"oa.tar.gz-pmc0-pmc{n}.xml": files[f"PMC0/PMC{n}.xml"] for n in range(1, 40, 2)}
    first = members_of(found)[0]
    assert (first.shown, first.name) == ("oa.tar.gz/PMC0/PMC1.xml", "PMC1.xml")
    assert all(m.state for m in members_of(found))

    with monkeypatch.context() as patched:
        patched.setattr(packs, "_pieces", lambda *_: pytest.fail("read again"))
        assert list(shards(str(raw), out, filtered, size=4)) == found
    more = list(shards(str(raw), out, None, size=4))
    assert len(bytes_of(more)) == 40
    kept = {out.place(one.name) for one in out.list(packs.FOLDER)}
    assert {shard.pack for shard in more} == {one for one in kept if one.endswith(".zip")}

    (raw / "oa.tar.gz").write_bytes(gzip.compress(tar({"PMC0/PMC1.xml": jats(1)})))
    assert list(bytes_of(list(shards(str(raw), out, None, size=4)))) == ["oa.tar.gz-pmc0-pmc1.xml"]
    assert len(list(out.list(packs.FOLDER))) == 2


def test_a_run_that_ends_halfway_packs_the_archive_again(raw: Path, out: Storage) -> None:
    (raw / "oa.tar").write_bytes(tar({f"{n}.xml": jats(n) for n in range(30)}))
    running = shards(str(raw), out, size=4)
    seen = list(islice(running, 2))
    running.close()
    again = list(shards(str(raw), out, size=4))
    assert again[:2] == seen and len(bytes_of(again)) == 30
    listed = next(one for one in out.list(packs.FOLDER) if one.name.endswith(".jsonl.gz"))
    whole = out.read(listed.name, 10**6)
    for broken in (b"", whole[:-9], whole[:60], b"x" + whole):
        out.write(listed.name, broken)
        assert list(shards(str(raw), out, size=4)) == again
        assert out.read(listed.name, 10**6) == whole


def test_two_files_of_one_name_in_an_archive_are_two_papers(raw: Path, out: Storage) -> None:
    (raw / "a.tar").write_bytes(tar([("./x.xml", jats(1)), ("x.xml", jats(2)), ("X.xml", jats(3))]))
    data = bytes_of(list(shards(str(raw), out)))
    assert list(data.values()) == [jats(1), jats(2), jats(3)] and "a.tar-x.xml" in data


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _end_of(data: bytes, files: int) -> int:
    """Where the header of a file of a tar archive is."""
    return data.index(f"{files:03}.xml".encode())


def _flipped(data: bytes) -> bytes:
    place = len(data) * 2 // 3
    return data[:place] + bytes(byte ^ 0x5A for byte in data[place : place + 40]) + data[place + 40 :]


@pytest.mark.parametrize(
    ("name", "pack", "harm", "words"),
    [
        ("a.tar.gz", gzip.compress, _cut, "gzip: the file is cut off"),
        ("a.tar", bytes, _cut, "tar: "),
        ("a.tar", bytes, lambda data: data[: _end_of(data, 40)], "tar: "),  # between two files
        (
            "a.tar",
            bytes,
            lambda data: data[: _end_of(data, 40)] + b"x" * 512 + data[40 * 4608 + 512 :],
            "tar: ",
        ),
    ],
    ids=["gzip cut", "tar cut", "tar without its end", "header damaged"],
)
def test_what_was_read_before_the_damage_is_kept(
    raw: Path,
    out: Storage,
    name: str,
    pack: Callable[[bytes], bytes],
    harm: Callable[[bytes], bytes],
    words: str,
) -> None:
    files = {f"{n:03}.xml": jats(n, os.urandom(1800).hex()) for n in range(60)}
    (raw / name).write_bytes(harm(pack(tar(files))))
    (raw / "b.tar").write_bytes(tar({"1.xml": jats(1)}))
    found = list(shards(str(raw), out, size=10))
    *packed, rest, other = members_of(found)
    assert 10 <= len(packed) <= 45 and not any(one.problem for one in packed)
    assert list(bytes_of(found).values())[:-1] == list(files.values())[: len(packed)]
    assert (rest.doc_id, rest.shown) == (name, name)
    assert rest.problem.startswith(
        f"E03: The file is broken or cut off; get it again. (behind {len(packed)} of its"
    )
    assert words in rest.problem
    assert other.shown == "b.tar/1.xml"
    assert list(shards(str(raw), out, size=10)) == found


def test_nothing_counts_of_an_archive_with_a_wrong_checksum(raw: Path, out: Storage) -> None:
    files = {f"{n:03}.xml": jats(n, os.urandom(1800).hex()) for n in range(60)}
    whole = gzip.compress(tar(files))
    (raw / "a.tgz").write_bytes(_flipped(whole))
    (member,) = members_of(list(shards(str(raw), out, size=10)))
    assert member.problem.startswith(
        "E03: The file is broken or cut off; get it again. (nothing of it is read: gzip"
    )
    assert [found.name for found in out.list(packs.FOLDER) if found.name.endswith(".zip")] == []
    assert members_of(list(shards(str(raw), out, size=10))) == [member]
    (raw / "a.tgz").write_bytes(whole)
    assert len(bytes_of(list(shards(str(raw), out, size=10)))) == 60


@pytest.mark.parametrize(
    "data",
    [b"", b"no tar at all" * 100, gzip.compress(b"neither this" * 100)],
    ids=["empty", "text", "gzipped text"],
)
def test_an_archive_of_nothing_is_a_failed_row(raw: Path, out: Storage, data: bytes) -> None:
    (raw / "a.tar.gz").write_bytes(data)
    (member,) = members_of(list(shards(str(raw), out)))
    assert (member.doc_id, member.problem[:3]) == ("a.tar.gz", "E03")
    assert "(at its beginning: tar: " in member.problem


def test_an_archive_with_other_files_alone_is_a_failed_row(raw: Path, out: Storage) -> None:
    (raw / "a.tar.gz").write_bytes(gzip.compress(tar({"scan.pdf": b"%PDF-1.4", "b/list.csv": b"1"})))
    (member,) = members_of(list(shards(str(raw), out)))
    assert (member.doc_id, member.problem[:3]) == ("a.tar.gz", "E12")
    assert "(tar: no .xml, .nxml or .txt among 2 files: unpack it)" in member.problem


def test_bombs_are_left_unexploded(raw: Path, out: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_CAPS", "file_bytes=20000 expansion=50")
    huge = tarfile.TarInfo("huge.xml")
    huge.size = 10**10
    long_name = tarfile.TarInfo("name")
    long_name.size, long_name.type = 10**10, tarfile.GNUTYPE_LONGNAME
    start = tar({"1.xml": jats(1), "2.xml": b" " * 30_000, "3.xml": jats(3)}, end=False)
    (raw / "a.tar.gz").write_bytes(gzip.compress(start + b"\0" * 40_000_000))
    (raw / "b.tar").write_bytes(start + long_name.tobuf(tarfile.GNU_FORMAT) + b"x" * 5000)
    (raw / "c.tar.gz").write_bytes(gzip.compress(start + huge.tobuf(tarfile.GNU_FORMAT) + b" " * 40_000_000))
    tracemalloc.start()
    found = members_of(list(shards(str(raw), out)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told = {member.shown: member.problem for member in found}
    for name in ("a.tar.gz", "b.tar", "c.tar.gz"):
        assert told[f"{name}/1.xml"] == told[f"{name}/3.xml"] == ""
        assert told[f"{name}/2.xml"].endswith("(more than 20,000 bytes)")
    assert "a header of more than a megabyte" in told["b.tar"]
    assert told["c.tar.gz"].startswith("E06") and "50 times its size" in told["c.tar.gz"]
    assert peak < 12_000_000


# ---------------------------------------------------------------------------- files of many records
@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files count as large ones."""
    monkeypatch.setattr(inventory, "_LARGE", 10)


def _plain(data: bytes, name: str) -> dict[str, str]:
    """doc_id and title of each record as a plain run has them."""
    sources = readers.read_bytes(data, name)
    return {
        f"{name}-{s.record_suffix.lower()}" if s.record_suffix else name: s.metadata.title for s in sources
    }


_LINK = "<ext-link xlink:href='x'>ours</ext-link>"
_LATIN = baseline([pubmed(7, "ost\xe9o"), pubmed(8)]).decode().replace("utf-8", "latin-1").encode("latin-1")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pubmed26n0001.xml.gz", gzip.compress(baseline([pubmed(n) for n in range(5, 25)]))),
        ("pubmed26n0001.xml", baseline([pubmed(7), pubmed(8), pubmed(7)])),
        ("one.xml.gz", gzip.compress(baseline([pubmed(7)]))),
        ("latin.xml", _LATIN),
        ("PMC1_PMC9.xml.gz", gzip.compress(europe([jats(1234567, _LINK), jats(1234568)]))),
        ("paper.nxml.xml", b"<?xml version='1.0'?><!DOCTYPE article SYSTEM 'x'>" + jats(1234567)),
    ],
    ids=["baseline", "twice", "one record", "latin 1", "Europe PMC", "one article"],
)  # fmt: skip
@pytest.mark.parametrize("chunk", [7, 1 << 20])
def test_records_are_those_of_a_plain_run(
    raw: Path,
    out: Storage,
    monkeypatch: pytest.MonkeyPatch,
    streamed: None,
    name: str,
    data: bytes,
    chunk: int,
) -> None:
    monkeypatch.setattr(records, "_CHUNK", chunk)
    (raw / name).write_bytes(data)
    found = list(shards(str(raw), out))
    assert {m.shown for m in members_of(found)} == {name}
    read = {doc_id: _plain(one, doc_id)[doc_id] for doc_id, one in bytes_of(found).items()}
    assert read == {doc_id: title for doc_id, title in _plain(data, name.lower()).items()}
    (_, title), *_ = read.items()
    assert title.startswith("Paper ")


def test_damage_in_one_record_harms_no_other(
    raw: Path, out: Storage, streamed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_CAPS", "markup_bytes=2000")
    monkeypatch.setattr(records, "_CHUNK", 100)
    inner = [pubmed(1), pubmed(2).replace(b"</Article>", b"<<&"), pubmed(3, "x" * 3000), pubmed(4)]
    (raw / "a.xml.gz").write_bytes(gzip.compress(baseline(inner)))
    (raw / "b.xml").write_bytes(baseline(inner)[:-120])
    (raw / "d.xml").write_bytes(baseline(inner)[:-15])
    (raw / "c.xml").write_bytes(b"<records><record>an export of a reference manager</record></records>")
    found = members_of(list(shards(str(raw), out)))
    assert [m.doc_id for m in found] == [
        *("a.xml.gz-1", "a.xml.gz-2", "a.xml.gz-3", "a.xml.gz-4"),
        *("b.xml-1", "b.xml-2", "b.xml-3", "b.xml", "c.xml"),
        *("d.xml-1", "d.xml-2", "d.xml-3", "d.xml-4", "d.xml"),
    ]
    assert [bool(m.problem) for m in found] == [
        *(False, False, True, False),
        *(False, False, True, True, False),
        *(False, False, True, False, True),
    ]
    assert found[2].problem == "E06: The file is too large for one paper; split it. (more than 2,000 bytes)"
    assert found[7].problem.endswith("(behind 3 of its articles: the file is cut off)")
    assert parted(found[8].place)[0].read("c.xml", 1000)  # left to its reader


def test_a_storage_that_stops_answering_is_asked_again_the_next_time(
    raw: Path, out: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "a.tar").write_bytes(tar({f"{n}.xml": jats(n) for n in range(8)}))
    real = tars.articles

    def stalls(handle: io.BufferedReader) -> Iterator[Piece]:
        yield from islice(real(handle), 3)
        raise ReadError("E15", "no answer within 60 s, 5 tries")

    with monkeypatch.context() as patched:
        patched.setattr(tars, "articles", stalls)
        *packed, rest = members_of(list(shards(str(raw), out)))
    assert len(packed) == 3
    assert rest.problem.endswith("then run again. (behind 3 of its articles: no answer within 60 s, 5 tries)")
    assert len(members_of(list(shards(str(raw), out)))) == 8


def test_memory_is_that_of_a_pack(raw: Path, out: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    word = "osteoporosis " * 1000
    (raw / "a.tar.gz").write_bytes(gzip.compress(tar({f"{n}.xml": jats(n, word) for n in range(900)}), 1))
    monkeypatch.setattr(inventory, "_LARGE", 1000)
    (raw / "b.xml.gz").write_bytes(gzip.compress(baseline([pubmed(n, word) for n in range(1, 900)]), 1))
    tracemalloc.start()
    count = sum(len(shard.members) for shard in shards(str(raw), out))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1799
    assert peak < 12_000_000  # of 24 MB; what other threads of this process do is counted too


def test_archives_of_a_bucket(bucket: str, tmp_path: Path) -> None:
    storage(bucket).write("in/oa.tar.gz", gzip.compress(tar({f"{n}.xml": jats(n) for n in range(9)})))
    out = storage(f"{bucket}/out")
    found = list(shards(f"{bucket}/in", out, only("osteoporosis"), size=3))
    assert len(bytes_of(found)) == 9
    assert found[0].pack.startswith(f"{bucket}/out/.casebook/packs/oa.tar.gz-")
    assert list(shards(f"{bucket}/in", out, only("osteoporosis"), size=3)) == found


def test_several_gzip_members_and_what_tapes_leave_behind() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 700
    assert gunzip.opened(io.BytesIO(data))[0].read() == b"one two"  # type: ignore[arg-type]

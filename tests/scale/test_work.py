"""One shard on one worker, without a cluster: what is read again, and what becomes of a damaged bundle."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import misbehaving
import pytest
from shards import entries, messages, shards

from pipeline.cache import BadEntry
from pipeline.config import Config, Limits
from pipeline.fingerprint import fingerprint
from pipeline.kernel import children
from pipeline.only import only
from pipeline.run import run
from pipeline.scale.bundle import Bundles, name_of
from pipeline.scale.extracted import Noted
from pipeline.scale.shard import Member, Shard
from pipeline.scale.station import Station
from pipeline.scale.storage import storage
from pipeline.scale.work import PROGRAM, Job, Task, Told, Trouble, read_shard

LIMITS = Limits(20, 256)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    found = Station(tmp_path_factory.mktemp("station") / "casebook")
    yield found
    found.close()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Five papers, one of which fails."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(4):
        (folder / f"paper-{number}.txt").write_text(f"patient:{20 + number}")
    (folder / "worse.txt").write_text("raise what nobody foresaw")
    return folder


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job("run", str(tmp_path / "out"), fingerprint(), LIMITS, process=misbehaving.read)


@pytest.fixture
def work(station: Station, raw: Path, job: Job) -> Callable[..., Told]:
    """Reads the folder, or another shard, as one."""

    def one(shard: Shard | None = None, job: Job = job, **more: object) -> Told:
        task = Task(shard or next(shards(raw, 100)), **more)  # type: ignore[arg-type]
        told = read_shard(job, task, station, lambda doc_id: None)
        assert isinstance(told, Told), told
        return told

    return one


def test_short_entries_need_no_files(work, station: Station, job: Job) -> None:
    job = replace(job, run="short")  # files of the other tests' papers are not its own
    work(job=job)
    with station.seat(job.work) as seat:
        assert not [place for place in seat.cache.folder.rglob("*") if place.is_file()]
        assert not list(seat.spares.folder.iterdir())


def test_a_bundle_has_the_entries_of_a_plain_run(work, raw: Path, tmp_path: Path, job: Job) -> None:
    told = work()
    assert (told.papers, told.read, told.failed) == (5, 5, 1)
    run(Config(raw, tmp_path / "plain", 2, LIMITS, quiet=True), None, misbehaving.read)
    plain = tmp_path / "plain/.casebook/papers"
    assert entries(job.out, job.program) == {path.stem: path.read_bytes() for path in plain.glob("*.jsonl")}
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()] == ["shard-0000.jsonl.gz"]


def test_only_what_has_changed_is_read_again(work, raw: Path, job: Job) -> None:
    work()
    before = entries(job.out, job.program)
    assert work() == Told(5, 0, 0, 0)
    (raw / "paper-1.txt").write_text("patient:77")
    os.utime(raw / "paper-2.txt")  # another time, the same bytes
    (raw / "paper-3.txt").unlink()
    assert work().read == 1
    after = entries(job.out, job.program)
    assert {name for name in before if before[name] != after.get(name)} == {"paper-1.txt", "paper-3.txt"}
    assert set(after) == set(before) - {"paper-3.txt"}
    assert work() == Told(4, 0, 0, 0)
    assert work(job=replace(job, force=True)).read == 4


def heads(job: Job) -> list[Noted]:
    """What the list of the bundle says of its records, once it is held against these."""
    bundles = Bundles(storage(job.out), job.program)
    listed = list(bundles.heads("shard-0000"))
    assert listed == [Noted(one.file, one.number, one.stored.head) for one in bundles.read("shard-0000")]
    return listed


def test_a_bundle_lists_the_heads_of_its_records(work, raw: Path, job: Job) -> None:
    (raw / "paper-1.txt").write_text("patient:31\tand \x07 signs")
    work(aside=frozenset(["paper-2.txt"]))
    told = {one.file: one.head for one in heads(job)}
    assert told["paper-2.txt"].document["status"] == told["worse.txt"].document["status"] == "failed"
    assert [patient.age for patient in told["paper-1.txt"].patients] == ["31"]
    moved = next(shards(raw, 100))
    members = tuple(replace(member, shown=f"old/{member.shown}") for member in moved.members)
    assert work(replace(moved, members=members)).read == 1  # the one set aside
    assert {one.head.document["path"] for one in heads(job)} == {member.shown for member in members}


def test_failures_at_a_limit_hold_for_that_limit_alone(work, raw: Path, job: Job) -> None:
    (raw / "large.txt").write_text("memory 600")
    assert work().failed == 2
    assert "E10" in messages(job.out, job.program)["large.txt"]
    assert work().read == 0
    assert work(job=replace(job, limits=Limits(20, 1024))).read == 1


def test_members_that_cannot_be_read_are_failed_rows(work, raw: Path, job: Job) -> None:
    shard = next(shards(raw, 100))
    gone = replace(shard.members[0], place=str(raw / "gone.txt"))
    odd = replace(shard.members[1], problem="E05: no file")
    told = work(replace(shard, members=(gone, odd, shard.members[2])))
    assert told.papers == 3
    assert set(messages(job.out, job.program)) == {"paper-0.txt", "paper-1.txt"}
    assert work(shard).read == 4  # nothing of the two holds, and two are new


def test_papers_set_aside_are_told_and_tried_another_time(work, job: Job) -> None:
    assert work(aside=frozenset(["paper-1.txt"])).read == 4
    assert "E11" in messages(job.out, job.program)["paper-1.txt"]
    assert work().read == 1


@pytest.mark.parametrize("damage", ["cut", "flipped", "list", "empty"])
def test_a_damaged_bundle_counts_as_not_there(work, job: Job, damage: str) -> None:
    work()
    before = entries(job.out, job.program)
    place = Path(job.out) / name_of("shard-0000")
    data = bytearray(place.read_bytes())
    match damage:
        case "cut":
            del data[-20:]
        case "flipped":
            data[-30] ^= 1
        case "list":
            data[30] ^= 1
        case "empty":
            data.clear()
    place.write_bytes(data)
    with pytest.raises(BadEntry):
        list(Bundles(storage(job.out), job.program).read("shard-0000"))
    assert work().read == (1 if damage in ("cut", "flipped") else 5)
    assert entries(job.out, job.program) == before


def test_a_bundle_of_another_program_counts_as_not_there(work, job: Job) -> None:
    work()
    with pytest.raises(BadEntry):
        list(Bundles(storage(job.out), "another").read("shard-0000"))


def test_another_program_on_the_worker_is_told(station: Station, raw: Path, job: Job) -> None:
    told = read_shard(replace(job, program="another"), Task(next(shards(raw, 9))), station, print)
    assert isinstance(told, Trouble) and told.kind == PROGRAM


def test_members_come_from_a_bucket_or_a_pack(work, bucket: str, raw: Path, job: Job) -> None:
    loose, packed = [], []
    with zipfile.ZipFile(raw.parent / "pack.zip", "w") as pack:
        for number in range(20):
            data = f"patient:{20 + number}".encode()
            name = f"deep {number}/paper.txt"
            storage(bucket).write(name, data)
            pack.writestr(str(number), data)
            loose.append(Member(f"loose-{number}", name, "paper.txt", f"{bucket}/{name}", "1"))
            packed.append(Member(f"packed-{number}", name, "paper.txt", str(number), "1"))
    missing = Member("missing", "no.txt", "no.txt", f"{bucket}/no.txt", "1")
    storage(bucket).put(raw.parent / "pack.zip", "packs/one.zip")
    job = replace(job, out=f"{bucket}/out")
    told = work(Shard("loose", (*loose, missing)), job)
    assert (told.papers, told.read, told.failed) == (21, 20, 1)
    assert set(messages(job.out, job.program)) == {"missing"}
    assert work(Shard("packed", tuple(packed), f"{bucket}/packs/one.zip"), job).read == 20
    found = entries(job.out, job.program)
    assert len(found) == 41
    for number in range(20):
        assert f'"{20 + number}"'.encode() in found[f"loose-{number}"]
        assert f'"{20 + number}"'.encode() in found[f"packed-{number}"]


def test_shards_use_the_files_of_those_before_them(
    tmp_path: Path, station: Station, raw: Path, job: Job
) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as pack:
        for path in raw.iterdir():
            pack.write(path, path.name)
    members = tuple(Member(path.stem, path.name, path.name, path.name, "1") for path in raw.iterdir())
    job, files = replace(job, run="files"), []
    for key in "first", "second":
        read_shard(job, Task(Shard(key, members, str(tmp_path / "pack.zip"))), station, lambda doc_id: None)
        files.append({path.name for path in station.folder.rglob("files/spares/*")})
    assert 0 < len(files[0]) <= 2 * len(members)
    assert files[1] == files[0]


def test_a_station_reads_several_shards_at_once_and_closes_when_idle(
    tmp_path: Path, raw: Path, job: Job
) -> None:
    station, before = Station(tmp_path / "station", idle=0.2), set(children())
    parts = list(shards(raw, 2))
    with ThreadPoolExecutor(3) as threads:
        told = threads.map(lambda shard: read_shard(job, Task(shard), station, lambda doc_id: None), parts)
        assert [one.read for one in told if isinstance(one, Told)] == [2, 2, 1]
    assert len(entries(job.out, job.program)) == 5
    for _ in range(100):
        if set(children()) <= before:
            break
        time.sleep(0.05)
    assert set(children()) <= before
    station.close()
    assert not (tmp_path / "station").exists()


def test_papers_that_do_not_fit_leave_no_record(work, raw: Path, job: Job) -> None:
    (raw / "paper-1.txt").write_text("(no) patient:21")
    filtered = only("bone")
    fitting = replace(
        job, process=misbehaving.scripted.read_fitting, only=filtered, program=fingerprint((), filtered)
    )
    told = work(job=fitting)
    assert (told.papers, told.read, told.failed, told.left_out) == (5, 5, 1, 1)
    assert work(job=fitting) == Told(5, 0, 0, 0, left_out=1)
    found = [one.file for one in Bundles(storage(job.out), fitting.program).read("shard-0000")]
    assert found == ["paper-0.txt", "paper-2.txt", "paper-3.txt", "worse.txt"]

"""Three workers in processes of their own, and what may happen to them: no row lost, none twice."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import misbehaving
import pytest
from shards import entries, messages, shards

import casebook
from pipeline.config import Config, Limits, UsageError
from pipeline.errors import OutputError
from pipeline.fingerprint import fingerprint
from pipeline.run import Interrupted, run
from pipeline.scale import connect
from pipeline.scale.cluster import run_cluster
from pipeline.scale.connect import ClusterError, connected
from pipeline.scale.spread import Read, Spread
from pipeline.scale.storage import Patience
from pipeline.scale.work import Job

pytest.importorskip("distributed")
LIMITS = Limits(20, 256)
#: seconds after which a run has certainly hung
_LONG = 60


@pytest.fixture(scope="module")
def client(s3_server: str) -> Iterator[object]:
    """The client of a cluster of three worker processes; a killed one is started again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connect, "MOST_THREADS", 1)
        with connected("local", 3) as found:
            yield found


@pytest.fixture
def cluster(client) -> object:
    client.wait_for_workers(3, _LONG)
    return client


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return _written(tmp_path / "raw")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job("", str(tmp_path / "out"), fingerprint(), LIMITS, process=misbehaving.read)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The entries of a run in one process over the same folder."""
    place = tmp_path_factory.mktemp("plain")
    _written(place / "raw")
    run(Config(place / "raw", place / "out", 1, LIMITS, quiet=True), None, misbehaving.read)
    return {path.stem: path.read_bytes() for path in (place / "out/.casebook/papers").glob("*.jsonl")}


def _written(folder: Path) -> Path:
    """Twelve papers: two that are odd, and one that fails."""
    folder.mkdir()
    for number in range(12):
        (folder / f"paper-{number:02}.txt").write_text(f"patient:{20 + number}")
    (folder / "paper-08.txt").write_text("surrogate")
    (folder / "paper-09.txt").write_text("many 5")
    (folder / "paper-10.txt").write_text("bad luck")
    return folder


def spread(client, job: Job, raw: Path, said: list[str] | None = None, size: int = 4) -> list[Read]:
    """Read a folder on a cluster, so many papers together."""
    found, start = [], time.monotonic()
    say = (said if said is not None else []).append
    for one in Spread(client, job, shards(raw, size), say).run():
        assert time.monotonic() - start < _LONG
        if one is not None:
            found.append(one)
    return found


def changed(job: Job, expected: dict[str, bytes]) -> set[str]:
    """Whose entries are not as expected. Every paper has one, and one alone."""
    found = entries(job.out, job.program)
    assert set(found) == set(expected)
    return {name for name, entry in found.items() if entry != expected[name]}


def test_a_cluster_finds_what_one_process_finds(cluster, raw: Path, job: Job, expected) -> None:
    found = spread(cluster, job, raw)
    assert sum(one.told.papers for one in found) == sum(one.told.read for one in found) == 12
    assert sum(one.told.failed for one in found) == 1
    assert changed(job, expected) == set()
    assert [one.told.read for one in spread(cluster, job, raw)] == [0] * 3
    (raw / "paper-07.txt").write_text("patient:50")
    assert sum(one.told.read for one in spread(cluster, job, raw)) == 1
    assert changed(job, expected) == {"paper-07.txt"}


def test_a_run_on_a_cluster_writes_the_tables_of_a_plain_run(
    cluster, raw: Path, tmp_path: Path, contents
) -> None:
    told, address = io.StringIO(), cluster.scheduler.address
    config = Config(raw, tmp_path / "tables", 1, LIMITS)
    found = run_cluster(config, address, "csv", told, misbehaving.read)
    again = run_cluster(replace(config, quiet=True), address, "csv", None, misbehaving.read)
    plain = run(replace(config, out=tmp_path / "plain", quiet=True), None, misbehaving.read)
    assert contents(config.out) == contents(tmp_path / "plain")
    assert (found.read, again.read, found.exit_status) == (12, 0, plain.exit_status)
    assert found.totals == replace(plain.totals, most=found.totals.most)
    assert f"16 records (15 ok, 0 warning, 1 failed) from {raw}; 12 files read" in told.getvalue()


def test_a_run_on_a_cluster_that_is_interrupted_goes_on_from_there(
    cluster, raw, tmp_path, monkeypatch
) -> None:
    start, config = tmp_path / "start", Config(raw, tmp_path / "out", 1, LIMITS)
    (raw / "paper-06.txt").write_text(f"hold {start}\npatient:26")
    monkeypatch.setattr("pipeline.scale.cluster.SHARD", 4)

    def when_read(*_: object) -> None:
        if list((config.state / "bundles").glob("*.gz")):
            os.kill(os.getpid(), signal.SIGINT)
        else:
            signal.setitimer(signal.ITIMER_REAL, 0.2)

    signal.signal(signal.SIGALRM, when_read)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with pytest.raises(Interrupted, match=r"stopped after \d+ papers; the next run goes on") as stopped:
        run_cluster(config, cluster.scheduler.address, None, None, misbehaving.read)
    assert stopped.value.exit_status == 130
    start.touch()
    assert 0 < run_cluster(config, cluster.scheduler.address, None, None, misbehaving.read).read < 12
    assert len(casebook.load(config.out).documents) == 16


def test_workers_that_die_cost_no_row_but_that_of_the_paper_that_killed_two(
    cluster, raw, job, expected, tmp_path
) -> None:
    (raw / "paper-01.txt").write_text(f"kill-once {tmp_path / 'once'}\npatient:21")
    (raw / "paper-06.txt").write_text(f"kill {tmp_path / 'always'}")
    spread(cluster, job, raw)
    assert (tmp_path / "once").read_text() == "x"
    # a third one where the shard waited behind the other paper when that killed its worker
    assert (tmp_path / "always").read_text() in ("xx", "xxx")
    assert changed(job, expected) == {"paper-01.txt", "paper-06.txt"}
    told = messages(job.out, job.program)
    assert set(told) == {"paper-06.txt", "paper-10.txt"}
    assert told["paper-06.txt"].startswith("E11") and "workers of the cluster" in told["paper-06.txt"]


def test_a_worker_out_of_memory_costs_no_row(cluster, raw, job, expected, tmp_path) -> None:
    start = tmp_path / "start"
    (raw / "paper-05.txt").write_text(f"hold {start}\npatient:25")
    held = Spread(cluster, job, shards(raw, 12), print).run()
    while not (at_work := [worker for worker, tasks in cluster.processing().items() if tasks]):
        assert next(held) is None
    nanny = next(n for n in cluster.cluster.workers.values() if n.worker_address == at_work[0])
    cluster.sync(_looked_at, nanny.memory_manager, nanny)
    while at_work[0] in cluster.nthreads():
        assert next(held) is None
    start.touch()
    assert [one.told.papers for one in held if one] == [12]
    assert changed(job, expected) == {"paper-05.txt"}
    assert set(messages(job.out, job.program)) == {"paper-10.txt"}


async def _looked_at(keeper, nanny) -> None:
    """The keeper of a worker looks at its memory, of which a byte is allowed: it kills it."""
    before, keeper.memory_limit = keeper.memory_limit, 1
    keeper.memory_monitor(nanny)
    keeper.memory_limit = before


def test_a_client_that_was_killed_goes_on_from_the_bundles(cluster, raw, job, expected, tmp_path) -> None:
    start = tmp_path / "start"
    (raw / "paper-06.txt").write_text(f"hold {start}\npatient:26")
    arguments = [cluster.scheduler.address, str(raw), job.out]
    client = subprocess.Popen([sys.executable, Path(__file__).with_name("a_client.py"), *arguments])
    _until(lambda: len(entries(job.out, job.program)) == 8)
    client.kill()
    client.wait()
    (raw / "paper-06.txt").write_text("patient:26")
    found = spread(cluster, job, raw)
    # the one that failed is none of the limits' failures, which would be tried again
    assert (sum(one.told.papers for one in found), sum(one.told.read for one in found)) == (12, 4)
    start.touch()  # whatever the killed client's worker does now
    _until(lambda: not any(cluster.run(misbehaving.busy).values()))
    assert changed(job, expected) == set()


def test_a_bucket_that_does_not_answer_ends_the_run_in_words(cluster, raw, job, expected, bucket) -> None:
    job = replace(job, out=f"{bucket}/out", patience=Patience(0.5, 2, 0.01))
    with socket.create_server(("127.0.0.1", 0)) as server:
        cluster.run(misbehaving.lead, f"http://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(OutputError, match=r"E15.*no answer within 0\.5 s, 2 tries"):
            spread(cluster, job, raw, size=12)
    cluster.run(misbehaving.lead, os.environ["AWS_ENDPOINT_URL"])
    (one,) = spread(cluster, replace(job, patience=Patience()), raw, size=12)
    assert one.told.read == 12
    assert changed(job, expected) == set()


def test_a_disk_full_everywhere_ends_the_run_in_words(cluster, raw, job, tmp_path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.casebook").write_text("in the way of the bundles")
    with pytest.raises(OutputError, match="Not a directory"):
        spread(cluster, job, raw)


def test_another_program_on_the_workers_ends_the_run_in_words(cluster, raw, job) -> None:
    with pytest.raises(ClusterError, match=r"worker tcp://.*install the same program"):
        spread(cluster, replace(job, program="another"), raw)


# the last one on this cluster, which has a worker less from here on
def test_a_worker_with_a_full_disk_is_left_out(cluster, raw, job, expected, tmp_path) -> None:
    said: list[str] = []
    (raw / "paper-04.txt").write_text(f"full {tmp_path / 'first'}\npatient:24")
    before = set(cluster.nthreads())
    spread(cluster, job, raw, said)
    (left_out,) = before - set(cluster.nthreads())
    assert len(said) == 1 and left_out in said[0] and "No space left on device" in said[0]
    assert changed(job, expected) == {"paper-04.txt"}
    assert set(messages(job.out, job.program)) == {"paper-10.txt"}


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"scheduler\.json does not exist"), connected("scheduler.json", 1):
        pass
    with (
        pytest.raises(ClusterError, match="no Dask scheduler answers"),
        connected("tcp://127.0.0.1:1", 1, 0.2),
    ):
        pass


def test_a_scheduler_restarted_costs_no_row(raw, job, expected, tmp_path) -> None:
    start, said, found = tmp_path / "start", [], []
    (raw / "paper-06.txt").write_text(f"hold {start}\npatient:26")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with _Another(port) as other:
        with connected(address, 1, 20) as client:
            for one in Spread(client, job, shards(raw, 4), said.append).run():
                found += [one] if one else []
                if found and not start.exists():
                    other.kill()
                    start.touch()
                    other.start()
        assert said == ["the connection to the scheduler is lost; waiting for it"]
        assert sum(one.told.papers for one in found) == 12
        assert changed(job, expected) == {"paper-06.txt"}
        with connected(address, 1, 1) as client:
            running = Spread(client, replace(job, force=True), shards(raw, 4), said.append).run()
            assert next(one for one in running if one)
            other.kill()
            with pytest.raises(ClusterError, match="the scheduler is gone; the next run goes on"):
                list(running)
    assert changed(job, expected) == {"paper-06.txt"}


class _Another:
    """A cluster at a port, that of a user: its worker ends with its scheduler, as Dask's do."""

    def __init__(self, port: int) -> None:
        self._port = port

    def __enter__(self) -> _Another:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        options = f"n_workers=1, processes=False, scheduler_port={self._port}, dashboard_address=None"
        program = f"import distributed, time; own = distributed.LocalCluster({options}); time.sleep(600)"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self._process = subprocess.Popen([sys.executable, "-c", program], env=environment)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def _until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + _LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)

import io
import os
import signal
import time
from pathlib import Path

import pytest
import scripted

from pipeline.config import Config, Limits
from pipeline.pool import Awake, PoolError
from pipeline.run import Outcome, run

GOOD = {f"good-{n}": f"patient:{20 + n}" for n in range(6)}


def go(
    raw: Path, out: Path, workers: int = 2, process=scripted.read, seconds: float = 20, memory: int = 256
) -> Outcome:
    return run(Config(raw, out, workers, Limits(seconds, memory)), io.StringIO(), process)


def reasons(rows, out: Path) -> dict[str, str]:
    return {
        d["doc_id"].removesuffix(".txt"): d["message"]
        for d in rows(out, "documents")
        if d["status"] == "failed"
    }


@pytest.mark.parametrize("workers", [1, 3], ids=["one worker", "three workers"])
def test_pool_fails_only_the_papers_that_break_limits(raw, tmp_path, rows, workers):
    folder = raw(
        **GOOD,
        slow="sleep 60",
        large="memory 600",
        killed="die 9",
        crashed="die 11",
        left="exit 3",
        raised="raise what nobody foresaw",
        empty="nothing",
    )
    outcome = go(folder, tmp_path / "out", workers, seconds=2)
    assert outcome.exit_status == 1
    found = reasons(rows, tmp_path / "out")
    assert {name: message.split(":")[0] for name, message in found.items()} == {
        "slow": "E09",
        "large": "E10",
        "killed": "E11",
        "crashed": "E11",
        "left": "E11",
        "raised": "E13",
        "empty": "E13",
    }
    assert "(longer than 2 s)" in found["slow"]
    assert "(more than 256 MiB)" in found["large"]
    assert "(signal 9)" in found["killed"]
    assert "(exit status 3)" in found["left"]
    assert "what nobody foresaw" in found["raised"]
    assert {c["doc_id"].removesuffix(".txt") for c in rows(tmp_path / "out", "cases")} == set(GOOD)


def test_pool_leaves_all_other_rows_as_they_were(raw, tmp_path, contents):
    folder = raw(**GOOD)
    go(folder, tmp_path / "clean")
    raw(slow="sleep 60", large="memory 600", killed="die 9", raised="raise it")
    go(folder, tmp_path / "faulty", seconds=2)
    clean, faulty = contents(tmp_path / "clean"), contents(tmp_path / "faulty")
    for name, data in clean.items():
        if name == "run.json":
            continue  # it tells the limits and how many records there are
        if name == "documents.csv":
            assert set(data.splitlines()) < set(faulty[name].splitlines())
        else:
            assert faulty[name] == data


def test_pool_failures_have_the_digest_of_their_file(raw, tmp_path, rows):
    go(raw(killed="die 9", slow="sleep 60"), tmp_path / "out", seconds=1)
    assert all(len(d["sha256"]) == 64 for d in rows(tmp_path / "out", "documents"))


def test_pool_tries_again_what_a_higher_limit_may_let_through(raw, tmp_path, rows):
    out = tmp_path / "out"
    folder = raw(good="patient:30", slow="sleep 2", large="memory 300", killed="die 9")
    assert go(folder, out, seconds=1).read == 4
    assert go(folder, out, seconds=1).read == 1  # a death may have been bad luck; the limits are the same
    assert go(folder, out, seconds=9, memory=512).read == 3
    assert set(reasons(rows, out)) == {"killed"}


def test_pool_counts_the_time_of_each_record_of_a_file(raw, tmp_path, rows):
    outcome = go(raw(export="slowly 6"), tmp_path / "out", seconds=3)
    assert outcome.totals.statuses == {"ok": 6}


def test_pool_keeps_standard_output_clean(raw, tmp_path, capfd):
    go(raw(noisy="print", **GOOD), tmp_path / "out")
    assert capfd.readouterr().out == ""


def test_pool_memory_of_earlier_papers_does_not_count_against_later_ones(raw, tmp_path):
    folder = raw(**{f"paper-{n}": f"memory {200 + n}" for n in range(8)})
    assert go(folder, tmp_path / "out", 1).totals.statuses == {"ok": 8}


def test_pool_says_why_no_worker_can_start(raw, tmp_path, monkeypatch):
    monkeypatch.setattr(scripted.broken_start, "__module__", "module_that_is_not_there", raising=False)
    monkeypatch.setitem(__import__("sys").modules, "module_that_is_not_there", scripted)
    with pytest.raises(PoolError, match="do not start"):
        go(raw(a="patient:30"), tmp_path / "out", process=scripted.broken_start)


def test_pool_clock_stands_still_while_the_program_is_stopped():
    now = 100.0
    awake = Awake(lambda: now)
    passed = []
    for step in (0.5, 0.5, 3600, 0.5):
        now += step
        passed.append(awake())
    assert passed[:2] == [0.5, 1.0]
    assert passed[2] < 4
    assert passed[3] == passed[2] + 0.5


def test_pool_goes_on_with_the_workers_that_start(raw, tmp_path, rows, monkeypatch):
    from pipeline.nursery import Nursery, RefusedError

    fork, asked = Nursery.fork, []

    def sometimes(self):
        asked.append(None)
        if len(asked) in (1, 2, 4, 5, 6, 7):
            raise RefusedError("Resource temporarily unavailable")
        return fork(self)

    monkeypatch.setattr(Nursery, "fork", sometimes)
    assert go(raw(**GOOD), tmp_path / "out", 3).exit_status == 0
    assert len(rows(tmp_path / "out", "cases")) == len(GOOD)


def test_pool_ends_when_no_worker_starts_at_all(raw, tmp_path, monkeypatch):
    from pipeline.nursery import Nursery, RefusedError

    def never(self):
        raise RefusedError("Resource temporarily unavailable")

    monkeypatch.setattr(Nursery, "fork", never)
    with pytest.raises(PoolError, match="temporarily unavailable"):
        go(raw(**GOOD), tmp_path / "out")


def test_pool_keeps_what_is_done_when_interrupted(raw, tmp_path, rows):
    from pipeline.run import Interrupted

    out = tmp_path / "out"
    folder = raw(before="patient:30")
    go(folder, out)
    tables = (out / "cases.csv").read_bytes()
    raw(**{f"new-{n}": "patient:40" for n in range(5)}, zz="sleep 60")
    entries = out / ".casebook/papers"

    def when_done(*_: object) -> None:
        if len(list(entries.glob("new-*.jsonl"))) == 5:
            time.sleep(0.2)
            os.kill(os.getpid(), signal.SIGINT)
        else:
            signal.setitimer(signal.ITIMER_REAL, 0.5)

    signal.signal(signal.SIGALRM, when_done)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    with pytest.raises(Interrupted) as stopped:
        go(folder, out, seconds=50)
    assert (stopped.value.done, stopped.value.total) == (6, 7)
    assert (out / "cases.csv").read_bytes() == tables
    raw(zz="patient:50")
    assert go(folder, out).read == 1
    assert len(rows(out, "cases")) == 7

"""Narrow machines, closed streams, killed processes: nothing beside the papers stops a batch."""

import csv
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import kernel, readers
from pipeline.config import MIN_MEMORY_MB
from pipeline.errors import ReadError
from pipeline.process import records
from pipeline.record import sha256

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, str(Path(__file__).with_name("scripted_cli.py")), "run", "--strict"]
REAL = [sys.executable, "-m", "pipeline.cli", "run", "--strict"]


def casebook(*arguments: object, **more) -> subprocess.CompletedProcess[str]:
    more.setdefault("stderr", subprocess.PIPE)
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, text=True, timeout=100, check=False, stdout=subprocess.PIPE, **more)


@pytest.fixture(autouse=True)
def hanging_up_ends_programs() -> Iterator[None]:
    """Also where the tests themselves are told to stay (`nohup`): what they start would inherit that."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@contextmanager
def running(*arguments: object, **more) -> Iterator[subprocess.Popen[str]]:
    """A run in a group of its own, of which nothing is left behind."""
    command = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(command, text=True, start_new_session=True, **more) as process:
        try:
            yield process
        finally:
            for member in session(process.pid):
                kernel.kill(member)


def documents(out: Path) -> dict[str, str]:
    """path -> message, of the files that failed."""
    with (out / "documents.csv").open(encoding="utf-8", newline="") as handle:
        return {row["path"]: row["message"] for row in csv.DictReader(handle) if row["status"] == "failed"}


def session(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, number = place.joinpath("stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(number) == leader and state != "Z":
            found.append(int(place.name))
    return found


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


# ------------------------------------------------------------------------------ what is said
@pytest.mark.parametrize(
    "streams", ["2>&-", "2>/dev/full", "<&- >&- 2>&-", "2>&1 >/dev/full | true", "--quiet 2>&-"]
)
def test_a_run_that_cannot_speak_writes_its_tables(raw, tmp_path, streams):
    folder, out = raw(a="patient:30", b="patient:31"), tmp_path / "out"
    command = " ".join([*COMMAND, str(folder), str(out), "--workers", "1"])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} {streams}"], check=False, timeout=60, capture_output=True
    )
    assert done.returncode == 0
    assert documents(out) == {}
    assert {p.name for p in (out / "text").iterdir()} == {"a.txt.txt", "b.txt.txt"}


def test_a_run_that_fails_without_a_voice_still_says_so_by_its_status(raw, tmp_path):
    folder = raw(a="bad", b="patient:31")
    command = " ".join([*COMMAND, str(folder), str(tmp_path / "out")])
    assert subprocess.run(["bash", "-c", f"{command} 2>/dev/full"], check=False).returncode == 1
    assert subprocess.run(["bash", "-c", f"{command}-x/y 2>&- < /dev/null"], check=False).returncode == 1
    assert subprocess.run(["bash", "-c", f"{command} --workers 0 2>&-"], check=False).returncode == 2


def test_a_run_does_not_wait_for_a_reader_who_does_not_read(raw, tmp_path):
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    try:
        while True:
            os.write(theirs, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(theirs, True)
    done = casebook(raw(a="patient:30"), tmp_path / "out", stderr=theirs)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0
    assert documents(tmp_path / "out") == {}


def test_a_message_holds_no_command_of_a_terminal(raw, tmp_path):
    folder = raw(**{"a\x1b[2J.txt": "bad \x1b]0;OWNED\x07"})
    said = casebook(folder, tmp_path / "out").stderr + casebook(f"{folder}\x1b[2J", tmp_path / "o").stderr
    assert "1 failed" in said and "does not exist" in said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)


# ------------------------------------------------------------------------------ narrow limits
def narrow(kind: int, soft: int, hard: int | None = None) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (soft, soft if hard is None else hard))


@pytest.mark.parametrize("number", [6, 9, 12, 16])
def test_too_few_open_files_are_one_error_or_none(raw, tmp_path, number):
    out = tmp_path / "out"
    done = casebook(raw(a="patient:30"), out, "--quiet", preexec_fn=narrow(resource.RLIMIT_NOFILE, number))
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert done.returncode == 2
        assert re.fullmatch(r"casebook: .*\n", done.stderr)
        assert not (out / "documents.csv").exists()
    else:
        assert documents(out) == {}


@pytest.mark.parametrize("size", [0, 1000])
def test_too_small_files_are_one_error(raw, tmp_path, size):
    done = casebook(raw(a="patient:30"), tmp_path / "out", preexec_fn=narrow(resource.RLIMIT_FSIZE, size))
    assert done.returncode == 2
    assert re.fullmatch(r"casebook: cannot write to .*: File too large\n", done.stderr)
    assert not (tmp_path / "out/documents.csv").exists()


@pytest.mark.parametrize("megabytes", [60, 150])
def test_too_little_memory_for_any_paper_is_one_error(raw, tmp_path, megabytes):
    done = subprocess.run(
        [*REAL, raw(a="A woman."), tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        preexec_fn=narrow(resource.RLIMIT_AS, megabytes * 1024 * 1024),
    )
    assert done.returncode == 2, done.stderr
    assert re.fullmatch(r"casebook: .*\n", done.stderr)


def test_a_paper_that_hits_a_limit_of_the_system_fails_alone(raw, tmp_path):
    size = 1024 * 1024 * 1024
    folder, out = raw(a="patient:30", large="memory 1500", z="patient:31"), tmp_path / "out"
    done = casebook(folder, out, "--workers", 1, preexec_fn=narrow(resource.RLIMIT_AS, size))
    assert done.returncode == 1, done.stderr
    assert {name: message[:3] for name, message in documents(out).items()} == {"large.txt": "E10"}


@pytest.mark.parametrize("place", ["/nowhere/at/all", "/dev/null", "x" * 240])
def test_temporary_files_are_in_the_output_folder_whatever_tmpdir_says(raw, tmp_path, place):
    long = tmp_path / place
    if not place.startswith("/"):
        long.mkdir()
    environment = {**os.environ, "TMPDIR": str(long)}
    with running(raw(a="child 60"), tmp_path / "out", env=environment):
        wait_for(lambda: list((tmp_path / "out/.casebook/tmp").glob("*/*")))
    assert long.name != place or list(long.iterdir()) == []


def test_the_least_memory_is_enough_for_the_papers_that_ship(tmp_path):
    papers = ROOT / "data/raw/samples"
    command = [*REAL, papers, tmp_path / "out", "--memory", str(MIN_MEMORY_MB), "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert casebook(ROOT / "data/raw/samples", tmp_path / "o", "--memory", MIN_MEMORY_MB - 1).returncode == 2


# ------------------------------------------------------------------------- files that change
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    for read in (readers.read, lambda path: list(records(path, "a.txt", "a.txt"))):
        try:
            (record,) = read(tmp_path / "a.txt")
            assert re.match(r"E05: .*\(no regular file\)", record.document["message"])
        except ReadError as error:
            assert error.code == "E05"
    with pytest.raises(OSError, match="no regular file"):
        sha256(tmp_path / "a.txt")


def test_a_paper_that_becomes_a_pipe_in_hand_is_told_by_the_parent(raw, tmp_path):
    folder, out = raw(a="sleep 60", b="patient:31"), tmp_path / "out"
    with running(folder, out, "--workers", "1", "--timeout", "3", "--quiet") as process:
        wait_for(lambda: len(session(process.pid)) > 2)
        time.sleep(1)
        (folder / "a.txt").unlink()
        os.mkfifo(folder / "a.txt")
        assert process.wait(30) == 1
    assert {name: message[:3] for name, message in documents(out).items()} == {"a.txt": "E09"}


def test_a_huge_file_is_refused_unread_every_time(tmp_path):
    (tmp_path / "raw").mkdir()
    with (tmp_path / "raw/sparse.pdf").open("wb") as handle:
        handle.write(b"%PDF-1.4\n")
        handle.truncate(500 * 2**30)
    (tmp_path / "raw/a.txt").write_text("A 31-year-old woman had fractures of T7.")
    for _ in range(2):
        start = time.monotonic()
        command = [*REAL, tmp_path / "raw", tmp_path / "out", "--timeout", "80", "--quiet"]
        assert subprocess.run(command, check=False, cwd=ROOT).returncode == 1
        assert time.monotonic() - start < 90  # to read it all would take minutes
        message = documents(tmp_path / "out")["sparse.pdf"]
        assert message.startswith("E06") and "300,000,000 bytes" in message


# --------------------------------------------------------------------------- killed processes
@pytest.mark.parametrize(
    ("paper", "number"),
    [
        ("spin {mark}", signal.SIGKILL),
        ("child 60", signal.SIGKILL),
        ("child 60", signal.SIGTERM),
        ("sleep 60", signal.SIGHUP),
    ],
)
def test_nothing_outlives_the_program(raw, tmp_path, number, paper):
    out = tmp_path / "out"
    with running(raw(a=paper.format(mark=tmp_path / "mark")), out, stderr=subprocess.PIPE) as process:
        wait_for(lambda: list((out / ".casebook/tmp").glob("*")) and len(session(process.pid)) > 2)
        time.sleep(0.3)
        process.send_signal(number)
        status = process.wait(30)
        wait_for(lambda: not session(process.pid), 10)
        assert status == (-9 if number == signal.SIGKILL else 128 + number)
        assert number == signal.SIGKILL or "stopped after 0 of 1 papers" in process.stderr.read()
    wait_for(lambda: not (out / ".casebook/tmp").exists(), 5)


def test_a_worker_ends_of_itself_when_nobody_looks_after_it(raw, tmp_path):
    mark = tmp_path / "mark"
    with running(raw(a=f"spin {mark}"), tmp_path / "out", "--timeout", "1") as process:
        wait_for(mark.exists)
        process.send_signal(signal.SIGSTOP)  # the pool sleeps, and its worker spins
        workers = [n for n in session(process.pid) if n != process.pid]
        wait_for(lambda: len([n for n in session(process.pid) if n in workers]) < len(workers), 90)
        process.send_signal(signal.SIGCONT)
        assert process.wait(20) == 1
    assert documents(tmp_path / "out")["a.txt"].startswith("E09")


def test_a_program_that_a_paper_started_ends_with_it(raw, tmp_path):
    folder, out = raw(a="child 61", b="patient:30"), tmp_path / "out"
    with running(folder, out, "--workers", "1", "--timeout", "2", "--quiet") as process:
        wait_for((out / ".casebook/papers/a.txt.jsonl").exists)
        assert len(session(process.pid)) <= 3
        assert process.wait(20) == 1
        assert session(process.pid) == []
    assert documents(out)["a.txt"].startswith("E09")
    assert not (out / ".casebook/tmp").exists()


def test_a_stopped_run_is_no_slow_paper(raw, tmp_path):
    folder, out = raw(a="sleep 3"), tmp_path / "out"
    with running(folder, out, "--timeout", "6", "--quiet") as process:
        wait_for(lambda: len(session(process.pid)) > 2)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(8)
        os.killpg(process.pid, signal.SIGCONT)
        assert process.wait(20) == 0


@pytest.mark.parametrize("victim", ["worker", "nursery"])
def test_processes_killed_now_and_then_cost_no_paper(raw, tmp_path, victim):
    folder, out = raw(**{f"p{n:02}": "sleep 0.3" for n in range(16)}), tmp_path / "out"
    with running(folder, out, "--workers", "2", "--quiet") as process:
        for done in (2, 5, 8, 11):  # never the same paper twice
            wait_for(lambda: len(list(out.glob(".casebook/papers/*.jsonl"))) >= done)  # noqa: B023
            others = sorted(n for n in session(process.pid) if n != process.pid)
            if process.poll() is None and len(others) > 1:
                os.kill(others[0] if victim == "nursery" else others[-1], signal.SIGKILL)
        assert process.wait(60) == 0
    assert documents(out) == {}


def test_a_paper_that_kills_is_tried_twice_and_fails(raw, tmp_path):
    folder, out = raw(a="die 9", b="die 6", c=f"once {tmp_path / 'mark'}", d="patient:30"), tmp_path / "out"
    assert casebook(folder, out, "--workers", 1).returncode == 1
    found = documents(out)
    assert set(found) == {"a.txt", "b.txt"}
    assert all(message.startswith("E11") for message in found.values())
    again = casebook(folder, out, "--workers", 1).stderr
    assert "1 file read" in again  # kill -9 may have been the system's need; the others are known to kill


@pytest.mark.parametrize("paper", ["abort 400", "broken 400", "memory 600"])
def test_memory_that_is_not_enough_has_its_code_and_is_tried_again_with_more(raw, tmp_path, paper):
    folder, out = raw(a=paper, b="patient:30"), tmp_path / "out"
    assert casebook(folder, out, "--memory", 512, "--workers", 1).returncode == 1
    assert documents(out)["a.txt"].startswith("E10")
    assert "0 files read" in casebook(folder, out, "--memory", 512).stderr
    done = casebook(folder, out, "--memory", 2048)
    assert "1 file read" in done.stderr
    expected = {"abort 400": "E11", "broken 400": "E03", "memory 600": ""}
    assert documents(out).get("a.txt", "")[:3] == expected[paper]

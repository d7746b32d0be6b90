"""Runs that are hit at a moment of their own: the tables are all old or all new, nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.torture.place import COMMAND, PATIENCE, Place, Results, Tables, environment, run, visible

#: signals for the run, or: a worker is killed, the run is stopped for a while, Ctrl-C twice
_KINDS = ("KILL", "TERM", "INT", "worker", "STOP", "KILL", "HUP", "twice")
_GRACE = 10.0  # seconds until every process of a dead run has to be gone
_PAUSE = 2.0


def killed(place: Place, count: int, seed: int, side_by_side: int = 2) -> Results:
    """Hit `count` runs; then run each again to its end."""
    results = Results()
    with ThreadPoolExecutor(side_by_side) as pool:
        outcomes = pool.map(lambda number: _killed(place, number, seed), range(count))
        for number, (kind, fault) in enumerate(outcomes):
            results.counts[f"hit by {kind}", "fault" if fault else "whole"] += 1
            if fault:
                results.faults.append(f"kill {number} ({kind}): {fault}")
    return results


def _killed(place: Place, number: int, seed: int) -> tuple[str, str]:
    rng = random.Random(f"{seed} {number}")
    kind = _KINDS[number % len(_KINDS)]
    out, temporary = place.folder / f"out {number}", place.folder / f"tmp {number}"
    temporary.mkdir()
    before: Tables = {}
    if number % 3 == 0:  # tables of an older run are there
        run(place.old_raw, out, place.folder)
        before = place.old
    command = [*COMMAND, "run", str(place.raw), str(out), "--quiet", "--workers", str(1 + number % 3)]
    process = subprocess.Popen(
        command, cwd=place.folder, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=environment(TMPDIR=str(temporary)),
    )  # fmt: skip
    time.sleep(rng.uniform(0.0, 1.1 * place.seconds))
    _hit(process, kind, rng)
    try:
        _, said = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return kind, "the run does not end"
    if "Traceback" in said:
        return kind, "a traceback: " + said.strip().splitlines()[-1]
    left = _left_in(process.pid, _GRACE)
    if left:
        return kind, f"{len(left)} processes live on"
    fault = _after(place, out, before, kind)
    stray = [path.name for path in temporary.iterdir()]
    return kind, fault or (f"left in TMPDIR: {stray[:3]}" if stray else "")


def _after(place: Place, out: Path, before: Tables, kind: str) -> str:
    """What is wrong with the tables of a run that was hit, or of the next one ("" if nothing)."""
    found = visible(out)
    if kind != "worker" and found not in ({}, before, place.new):
        return f"tables that are neither the former nor the new ones ({len(found)} files)"
    again = run(place.raw, out, place.folder, *(["--force"] if kind == "worker" else []))
    if again.returncode != 0 or visible(out) != place.new:
        return f"the next run ({again.returncode}) does not give the tables: {again.stderr[-200:]}"
    return ""


def _hit(process: subprocess.Popen[str], kind: str, rng: random.Random) -> None:
    if process.poll() is not None:
        return
    if kind == "worker":
        children = [pid for pid in _left_in(process.pid, 0.0) if pid != process.pid]
        if children:
            _signal(rng.choice(children), signal.SIGKILL)
    elif kind == "STOP":
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(_PAUSE)
        os.killpg(process.pid, signal.SIGCONT)
    elif kind == "twice":
        _signal(process.pid, signal.SIGINT)
        time.sleep(0.05)
        _signal(process.pid, signal.SIGINT)
    else:
        _signal(process.pid, getattr(signal, f"SIG{kind}"))


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _left_in(session: int, patience: float) -> list[int]:
    """The processes of a session that still live after some seconds."""
    until = time.monotonic() + patience
    while True:
        found = list(_session(session))
        if not found or time.monotonic() >= until:
            return found
        time.sleep(0.2)


def _session(session: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if told[0] != "Z" and int(told[3]) == session:
            yield int(path.parent.name)

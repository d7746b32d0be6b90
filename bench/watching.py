"""A command watched in /proc while it runs (Linux only): time and memory of all its processes."""

from __future__ import annotations

import resource
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus import ROOT

#: a look at all pages of a process holds it up
_SECONDS_BETWEEN = 3.0


@dataclass(frozen=True, slots=True)
class Sample:
    """MiB at one moment of a run."""

    parent: float
    worker: float
    together: float


@dataclass(frozen=True, slots=True)
class Watched:
    """How a command went: seconds, those of processors, exit status, memory over time."""

    seconds: float
    cpu: float
    status: int
    samples: list[Sample]


def watched(command: list[str]) -> Watched:
    """Run a command to its end."""
    samples = []
    start, before = time.monotonic(), _cpu()
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            sample = _sample(process.pid)
            if sample:
                samples.append(sample)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_BETWEEN)
    return Watched(time.monotonic() - start, _cpu() - before, process.returncode, samples)


def _cpu() -> float:
    """Processor time of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sample(parent: int) -> Sample | None:
    try:
        own = _memory(parent)[0]
    except OSError:
        return None
    residents, shares = [], [own]
    for pid in descendants(parent):
        try:
            resident, share = _memory(pid)
        except OSError:  # ended meanwhile
            continue
        residents.append(resident)
        shares.append(share)
    return Sample(own, max(residents, default=0.0), sum(shares))


def _memory(pid: int) -> tuple[float, float]:
    """Resident and proportional size of a process in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    resident = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
    try:
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        share = next((int(line.split()[1]) for line in rolled if line.startswith("Pss:")), resident)
    except OSError:
        share = resident
    return resident / 1024, share / 1024


def descendants(parent: int) -> Iterator[int]:
    """The processes below one, however deep."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    waiting = [parent]
    while waiting:
        found = children.get(waiting.pop(), [])
        yield from found
        waiting += found


def thirds(samples: list[Sample]) -> Iterator[str]:
    """Memory in the first, second and last third of a run, loading left out."""
    working = [s for s in samples if s.worker > 0][2:]
    size = len(working) // 3
    if not size:
        return
    yield f"{'MiB':<10}{'parent':>10}{'largest worker':>16}{'all together':>14}"
    for name, start in (("start", 0), ("middle", size), ("end", len(working) - size)):
        part = working[start : start + size]
        parent, worker, together = (
            statistics.median(getattr(s, field) for s in part) for field in ("parent", "worker", "together")
        )
        yield f"{name:<10}{parent:>10.0f}{worker:>16.0f}{together:>14.0f}"
    yield f"{'peak':<10}{max(s.parent for s in samples):>10.0f}{max(s.worker for s in samples):>16.0f}" + (
        f"{max(s.together for s in samples):>14.0f}"
    )

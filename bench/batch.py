"""A batch of some 2,000 papers: does it run to its end, how fast, and does memory stay flat?

    python bench/batch.py [--corpus DIR] [--papers N] [--workers N]

The papers are the development texts, each copied as often as needed with a line of its own. Memory is
looked at in /proc while the run goes on (Linux only): resident size of the parent and of the largest
worker, and what all processes hold together (shared pages counted once).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from corpus import ROOT, development_texts

from pipeline.config import usable_cpus

_SECONDS_BETWEEN = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """MiB at one moment of a run."""

    parent: float
    worker: float
    together: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    arguments.add_argument("--papers", type=int, default=2000)
    arguments.add_argument("--workers", type=int, default=usable_cpus())
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        characters = _make(raw, development_texts(options.corpus), options.papers)
        command = [
            sys.executable,
            "-m",
            "pipeline.cli",
            "run",
            str(raw),
            str(out),
            "--workers",
            str(options.workers),
        ]
        seconds, status, samples = _watched([*command, "--quiet"])
        size = f"{options.papers} papers, {characters:,} characters"
        print(f"{size}, {options.workers} workers: exit status {status}")
        print(
            f"{60 * options.papers / seconds:,.0f} papers a minute ({seconds:.1f} s with loading and writing)"
        )
        for line in _thirds(samples):
            print(line)
        tables = sum(path.stat().st_size for path in out.glob("*.csv"))
        print(f"tables: {tables / 1e6:.1f} MB, {sum(1 for _ in (out / 'text').iterdir())} texts")
        seconds, status, _ = _watched([*command, "--quiet"])
        print(f"again, nothing changed: {seconds:.1f} s, exit status {status}")


def _make(raw: Path, texts: list[Path], papers: int) -> int:
    raw.mkdir()
    characters = 0
    for number, path in zip(range(papers), cycle(texts), strict=False):
        text = f"{path.read_text(encoding='utf-8')}\n\nCopy number {number} of this text.\n"
        (raw / f"paper-{number:05}.txt").write_text(text, encoding="utf-8")
        characters += len(text)
    return characters


def _watched(command: list[str]) -> tuple[float, int, list[Sample]]:
    """Run a command; its seconds, exit status and memory."""
    samples = []
    start = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            sample = _sample(process.pid)
            if sample:
                samples.append(sample)
            time.sleep(_SECONDS_BETWEEN)
    return time.monotonic() - start, process.returncode, samples


def _sample(parent: int) -> Sample | None:
    try:
        own = _memory(parent)[0]
    except OSError:
        return None
    residents, shares = [], [own]
    for pid in _descendants(parent):
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


def _descendants(parent: int) -> Iterator[int]:
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


def _thirds(samples: list[Sample]) -> Iterator[str]:
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


if __name__ == "__main__":
    main()

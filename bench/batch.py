"""A batch of some 2,000 papers: does it run to its end, how fast, and does memory stay flat?

    python bench/batch.py [--corpus DIR] [--papers N] [--workers N]

The papers are the development texts, each copied as often as needed with a line of its own. Memory is
looked at in /proc while the run goes on (Linux only): resident size of the parent and of the largest
worker, and what all processes hold together (shared pages counted once).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from corpus import ROOT, development_texts
from watching import thirds, watched

from pipeline.config import usable_cpus


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
        run = watched([*command, "--quiet"])
        size = f"{options.papers} papers, {characters:,} characters"
        print(f"{size}, {options.workers} workers: exit status {run.status}")
        speed = 60 * options.papers / run.seconds
        print(f"{speed:,.0f} papers a minute ({run.seconds:.1f} s with loading and writing)")
        for line in thirds(run.samples):
            print(line)
        tables = sum(path.stat().st_size for path in out.glob("*.csv"))
        print(f"tables: {tables / 1e6:.1f} MB, {sum(1 for _ in (out / 'text').iterdir())} texts")
        run = watched([*command, "--quiet"])
        print(f"again, nothing changed: {run.seconds:.1f} s, exit status {run.status}")


def _make(raw: Path, texts: list[Path], papers: int) -> int:
    raw.mkdir()
    characters = 0
    for number, path in zip(range(papers), cycle(texts), strict=False):
        text = f"{path.read_text(encoding='utf-8')}\n\nCopy number {number} of this text.\n"
        (raw / f"paper-{number:05}.txt").write_text(text, encoding="utf-8")
        characters += len(text)
    return characters


if __name__ == "__main__":
    main()

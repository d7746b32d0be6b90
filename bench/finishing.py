"""The global step of a large run alone, on records made from a few: seconds, peak of memory, size.

    python bench/finishing.py [--corpus DIR] [--papers 1000,10000,100000]

Each size runs in a process of its own. What a bundle costs to read beyond parsing is not in it (see
bench/scale.py).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import replay
from corpus import ROOT, development_texts

from pipeline.cache import Head, Patient, Stored, as_kept
from pipeline.config import Config
from pipeline.record import Record
from pipeline.scale.extracted import Extracted, Reader, by_records
from pipeline.scale.finish import FORMATS, Job, finish
from pipeline.scale.storage import storage

_SHARD = 500
#: stands for the doc_id of a paper
_NAME = "name-of-the-paper"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    arguments.add_argument("--papers", default="1000,10000,100000")
    arguments.add_argument("--format", choices=FORMATS, default=FORMATS[0])
    arguments.add_argument(
        "--folder", type=Path, help="where tables go (default: the system's for temporary files)"
    )
    arguments.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.one is not None:
        _one(options.one, options.folder, options.format)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        os.environ[replay.POOL] = f"{folder}/pool"
        number = replay.fill(development_texts(options.corpus)[:200], Path(folder) / "pool")
        print(f"{number} records, load {os.getloadavg()[0]:.1f}")
        print(f"{'papers':>9} {'s':>8} {'ms/paper':>9} {'CPU s':>8} {'peak MiB':>9} {'files':>6} {'MB':>8}")
        for papers in map(int, options.papers.split(",")):
            out = Path(folder) / f"out-{papers}"
            command = [sys.executable, __file__, "--one", str(papers), "--folder", str(out)]
            subprocess.run([*command, "--format", options.format], check=True)


def _one(papers: int, out: Path, form: str) -> None:
    pool = [_packed(record) for record in replay.pool()]
    starts = range(0, papers, _SHARD)
    readers = {f"{start:09}": _reader(start, min(start + _SHARD, papers), pool) for start in starts}
    start, cpu = time.monotonic(), time.process_time()
    finish(readers, Job(Config(Path("raw"), out), storage(str(out)), "program", form=form))
    seconds, cpu = time.monotonic() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = [path for path in out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    told = f"{papers:>9,} {seconds:>8.1f} {1000 * seconds / papers:>9.2f} {cpu:>8.1f} {peak:>9.0f}"
    print(f"{told} {len(files):>6,} {size:>8.1f}")


def _reader(start: int, end: int, pool: list[str]) -> Reader:
    """A shard of records that are parsed as those of a bundle are."""

    def records() -> Iterator[Extracted]:
        for number in range(start, end):
            doc_id = f"paper-{number:07}.txt"
            told = json.loads(pool[number % len(pool)].replace(_NAME, doc_id))
            told["document"].update(replay.told(number))
            stored = Stored(
                Head(told["document"], tuple(Patient(*p) for p in told["patients"])),
                told["rows"],
                told["text"],
            )
            yield Extracted(doc_id, 0, stored)

    return by_records(records)


def _packed(record: Record) -> str:
    """A record as JSON under a name that is replaced by each paper's own."""
    stored = as_kept(replay.renamed(record, _NAME, _NAME), _NAME)
    people = [astuple(patient) for patient in stored.head.patients]
    return json.dumps(
        {"document": stored.head.document, "patients": people, "rows": stored.rows, "text": stored.text}
    )


if __name__ == "__main__":
    main()

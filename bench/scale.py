"""Runs of many papers on a local cluster: how fast, with how much memory, and what a second run costs.

    python bench/scale.py [--corpus DIR] [--papers 1000,10000] [--workers N] [--plain] [--replay] [--tar]

The papers are the development texts, each as often as needed with a line of its own, in a folder or one
`.tar.gz`. Each size is read on `--cluster local`; then again with nothing changed, and with 1 % changed.
`--plain` reads them without a cluster as well. With `--replay` nothing is extracted: a paper's records are
taken from a few that were found once, under its own name, so that sources, cluster, bundles and global step
are measured at sizes that the extractors would take days for.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import replay
from corpus import ROOT, development_texts
from watching import Watched, thirds, watched

from pipeline.config import Config, usable_cpus
from pipeline.run import run
from pipeline.worker import read_paper

#: of a hundred papers, those that change before the last run
_CHANGED = 1
#: files in one folder
_FOLDER = 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    arguments.add_argument("--papers", default="1000")
    arguments.add_argument("--workers", type=int, default=usable_cpus())
    arguments.add_argument(
        "--folder", type=Path, help="where to work (default: the system's for temporary files)"
    )
    for name in ("plain", "replay", "tar"):
        arguments.add_argument(f"--{name}", action="store_true")
    arguments.add_argument("--one", nargs=3, metavar=("RAW", "OUT", "ADDRESS"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.one:
        _one(*options.one, options.workers, options.replay)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        texts = development_texts(options.corpus)
        if options.replay:
            os.environ[replay.POOL] = f"{folder}/pool"
            print(f"{replay.fill(texts[:200], Path(folder) / 'pool')} records to take from")
        for papers in map(int, options.papers.split(",")):
            _measured(Path(folder) / str(papers), papers, texts, options)
            shutil.rmtree(Path(folder) / str(papers))


def _one(raw: str, out: str, address: str, workers: int, replayed: bool) -> None:
    """One run, in a process of its own."""
    config = Config(Path(raw), Path(out), workers, quiet=True)
    process = replay.read if replayed else read_paper
    if address == "plain":
        run(config, None, process)
    else:
        from pipeline.scale.cluster import run_cluster  # noqa: PLC0415 - a plain run does without Dask

        run_cluster(config, address, None, None, process)


def _measured(folder: Path, papers: int, texts: list[Path], options: argparse.Namespace) -> None:
    raw, out = folder / "raw", folder / "out"
    _make(raw, _papers(papers, texts, options.replay), options.tar)
    print(f"\n{papers:,} papers, {options.workers} workers, load {os.getloadavg()[0]:.1f}")
    how = ["--workers", str(options.workers), *(["--replay"] if options.replay else [])]
    if options.plain:
        _tell("plain run", papers, _run(raw, folder / "plain", "plain", how))
        shutil.rmtree(folder / "plain")
    first = _run(raw, out, "local", how)
    _tell("cluster", papers, first)
    for line in thirds(first.samples):
        print(f"    {line}")
    bundles = [path.stat().st_size for path in (out / ".casebook").rglob("*.jsonl.gz")]
    tables = [path.stat().st_size for path in (out / "tables").rglob("*.parquet")]
    print(
        f"    {len(bundles)} bundles {sum(bundles) / 1e6:.1f} MB, "
        f"{len(tables)} parts {sum(tables) / 1e6:.1f} MB"
    )
    _tell("nothing changed", papers, _run(raw, out, "local", how))
    shutil.rmtree(raw)
    _make(raw, _papers(papers, texts, options.replay, changed=_CHANGED), options.tar)
    _tell(f"{_CHANGED} % changed", papers, _run(raw, out, "local", how))


def _run(raw: Path, out: Path, address: str, how: list[str]) -> Watched:
    found = watched([sys.executable, __file__, *how, "--one", str(raw), str(out), address])
    if found.status:
        raise SystemExit(f"the run ended with exit status {found.status}")
    return found


def _tell(name: str, papers: int, found: Watched) -> None:
    speed = 60 * papers / found.seconds
    each = 1000 * found.cpu / papers
    print(
        f"  {name:<16} {found.seconds:>8.1f} s {speed:>9,.0f} papers/min {found.cpu:>9.1f} s CPU, "
        f"{each:.2f} ms/paper",
        flush=True,
    )


def _papers(papers: int, texts: list[Path], replayed: bool, changed: int = 0) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each paper."""
    known = [] if replayed else [path.read_text(encoding="utf-8") for path in texts]
    for number in range(papers):
        again = " again" if number % 100 < changed else ""
        if replayed:
            text = f"{number}{again}\n"
        else:
            text = f"{known[number % len(known)]}\n\nCopy number {number} of this text{again}.\n"
        yield f"{number // _FOLDER:04}/paper-{number:07}.txt", text.encode()


def _make(raw: Path, papers: Iterator[tuple[str, bytes]], packed: bool) -> None:
    raw.mkdir(parents=True)
    if packed:
        with tarfile.open(raw / "papers.tar.gz", "w:gz", compresslevel=1) as archive:
            for name, data in papers:
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
        return
    for name, data in papers:
        place = raw / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)


if __name__ == "__main__":
    main()

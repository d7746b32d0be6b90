"""Speed of one worker, beside the floor: spaCy's English tokeniser over the same texts in the same run.

    python bench/speed.py [--corpus DIR] [--rounds N]

Every measurement is a process of its own that loads, then reads all texts once: papers come once,
and a tokeniser that has seen a text keeps its words. What a second pass over the same texts takes
is told as well. The measurements take turns, so that a busy machine slows all alike; the median
round counts. "process" is a paper's whole way in the process that measures; "casebook run" adds
what a batch adds: another process under limits, the cache, the hand-over.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from corpus import ROOT, development_texts

from pipeline.cache import Cache
from pipeline.config import Limits
from pipeline.plan import Planned
from pipeline.pool import Pool
from pipeline.worker import Setup, read_paper

FLOOR, PROCESS, RUN = "spacy.blank('en')", "process", "casebook run --workers 1"


def seconds(work: Callable[..., object], items: list[tuple[object, ...]]) -> float:
    start = time.perf_counter()
    for item in items:
        work(*item)
    return time.perf_counter() - start


def one_worker(papers: list[Planned]) -> float:
    """Seconds from the first paper that is done to the last, scaled to all of them."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder), "bench")
        cache.prepare()
        setup = Setup(read_paper, cache, Limits(), Path(folder) / "tmp")
        done = [time.perf_counter() for result in Pool(1, setup).run(papers) if result is not None]
    return (done[-1] - done[0]) * len(papers) / (len(papers) - 1)


def measure(name: str, paths: list[Path]) -> dict[str, float]:
    """One measurement in this process: seconds of the first and of a second pass, peak memory in MiB."""
    warnings.simplefilter("ignore")
    papers = [Planned(f"doc-{number}", path, path.name) for number, path in enumerate(paths)]
    if name == RUN:
        return {"first": one_worker(papers)}
    if name == FLOOR:
        work: Callable[..., object] = import_module("spacy").blank("en")
        items: list[tuple[object, ...]] = [(path.read_text(encoding="utf-8"),) for path in paths]
    else:
        import_module("pipeline.warm").load()
        work = import_module("pipeline.process").process
        items = [(paper.path, paper.doc_id, paper.shown) for paper in papers]
    first, again = seconds(work, items), seconds(work, items)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"first": first, "again": again, "peak": peak / (1024**2 if sys.platform == "darwin" else 1024)}


def in_a_new_process(name: str, corpus: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--corpus", str(corpus), "--measure", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def show(rounds: list[dict[str, dict[str, float]]], which: str, texts: int, characters: int) -> None:
    floor = statistics.median(r[FLOOR][which] for r in rounds)
    for name in rounds[0]:
        if which not in rounds[0][name]:
            continue
        total = statistics.median(r[name][which] for r in rounds)
        rates = f"{texts / total:>12.1f}{characters / total:>14,.0f}{1000 * total / texts:>15.2f}"
        print(f"{name:<26}{rates}{total / floor:>17.2f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--measure", choices=(FLOOR, PROCESS, RUN), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    paths = development_texts(options.corpus)
    if options.measure:
        print(json.dumps(measure(options.measure, paths)))
        return
    characters = sum(len(path.read_text(encoding="utf-8")) for path in paths)
    print(f"{len(paths)} texts, {characters:,} characters, {options.rounds} rounds, one core")
    rounds = [
        {name: in_a_new_process(name, options.corpus) for name in (FLOOR, PROCESS, RUN)}
        for _ in range(options.rounds)
    ]
    print(f"{'':<26}{'documents/s':>12}{'characters/s':>14}{'ms a document':>15}{'times the floor':>17}")
    show(rounds, "first", len(paths), characters)
    print("a second time over the same texts:")
    show(rounds, "again", len(paths), characters)
    peak = max(r[PROCESS]["peak"] for r in rounds)
    print(f"peak memory of the measuring process: {peak:.0f} MiB")


if __name__ == "__main__":
    main()

"""Speed of one worker, beside the floor: spaCy's English tokeniser over the same texts in the same run.

    python bench/speed.py [--corpus DIR] [--rounds N]

"process" is one paper's whole way in the process that measures; "casebook run" adds what a batch adds:
another process under limits, the cache, the hand-over. Rounds take turns, so that a busy machine
slows all alike; the median round counts.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus import ROOT, development_texts

from pipeline.cache import Cache
from pipeline.config import Limits
from pipeline.plan import Planned
from pipeline.pool import Pool
from pipeline.worker import read_paper


def loaded() -> tuple[Any, Callable[..., object]]:
    """spaCy's blank pipeline and casebook's process, with the time that loading took."""
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    blank = import_module("spacy").blank("en")
    middle = time.perf_counter()
    import_module("pipeline.warm")  # loads when it is imported
    end = time.perf_counter()
    print(f"loading: {end - start:.1f} s, of which spaCy itself {middle - start:.1f} s")
    return blank, import_module("pipeline.process").process


def timed(work: Callable[..., object], items: list[tuple[object, ...]]) -> float:
    start = time.perf_counter()
    for item in items:
        work(*item)
    return time.perf_counter() - start


def one_worker(papers: list[Planned], folder: Path) -> float:
    """Seconds from the first paper that is done to the last, scaled to all of them."""
    cache = Cache(folder, "bench")
    cache.prepare()
    done = [time.perf_counter() for r in Pool(1, Limits(), read_paper, cache).run(papers) if r is not None]
    return (done[-1] - done[0]) * len(papers) / (len(papers) - 1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    paths = development_texts(options.corpus)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    characters = sum(map(len, texts))
    print(f"{len(paths)} texts, {characters:,} characters, {options.rounds} rounds, one core")
    blank, process = loaded()
    papers = [Planned(f"doc-{number}", path, path.name) for number, path in enumerate(paths)]
    with tempfile.TemporaryDirectory() as folder:
        measures: dict[str, Callable[[], float]] = {
            "spacy.blank('en')": lambda: timed(blank, [(text,) for text in texts]),
            "process": lambda: timed(process, [(p.path, p.doc_id, p.shown) for p in papers]),
            "casebook run --workers 1": lambda: one_worker(papers, Path(folder)),
        }
        rounds = [{name: measure() for name, measure in measures.items()} for _ in range(options.rounds)]
    seconds = {name: statistics.median(r[name] for r in rounds) for name in measures}
    floor = seconds["spacy.blank('en')"]
    print(f"{'':<26}{'documents/s':>12}{'characters/s':>14}{'ms a document':>15}{'times the floor':>17}")
    for name, total in seconds.items():
        rates = f"{len(paths) / total:>12.1f}{characters / total:>14,.0f}{1000 * total / len(paths):>15.2f}"
        print(f"{name:<26}{rates}{total / floor:>17.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024**2 if sys.platform == "darwin" else 1024
    )
    print(f"peak memory of the measuring process: {peak:.0f} MiB")


if __name__ == "__main__":
    main()

"""make torture: all campaigns, one table of what came of them; ends with 1 if anything is not as promised.

    python -m bench.torture [--mutants N] [--kills N] [--seed N] [--processes N] [--only CAMPAIGN ...]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.torture import kills, narrow, patterns, reading, words
from bench.torture.place import Place
from bench.torture.seeds import families

Report = tuple[Counter[tuple[str, str]], list[str]]


def main() -> int:
    """Run the campaigns; print the counts and every fault."""
    options = _options()
    faults: list[str] = []
    campaigns: dict[str, Callable[[argparse.Namespace], Report]] = {
        "mutants": _mutants, "words": _words, "patterns": _patterns, "runs": _runs,
    }  # fmt: skip
    for name in options.only or campaigns:
        began = time.monotonic()
        counts, found = campaigns[name](options)
        faults += found
        _print(name, counts, time.monotonic() - began)
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.torture")
    parser.add_argument("--mutants", type=int, default=2000, help="of every format")
    parser.add_argument("--kills", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=("mutants", "words", "patterns", "runs"))
    return parser.parse_args()


def _mutants(options: argparse.Namespace) -> Report:
    outcome = reading.torture(options.mutants, options.processes, 1_000_000 * options.seed)
    print(f"slowest mutant: {outcome.slowest[0]:.1f} s, {outcome.slowest[1]}")
    families_of = {name: family for family, names in families().items() for name in names}
    counts: Counter[tuple[str, str]] = Counter()
    for (name, result), count in outcome.counts.items():
        counts[families_of[name], result] += count
    return counts, outcome.faults


def _words(options: argparse.Namespace) -> Report:
    count, faults = words.tried(6, 20, 12)
    return Counter({("names and values", "read"): count - len(faults)}), faults


def _patterns(options: argparse.Namespace) -> Report:
    uses = patterns.collect()
    faults = patterns.faults_of(uses, options.processes)
    linear = len(uses) - len(faults)
    return Counter({("patterns", "linear"): linear, ("patterns", "fault"): len(faults)}), faults


def _runs(options: argparse.Namespace) -> Report:
    with tempfile.TemporaryDirectory(prefix="casebook-torture-") as scratch:
        place = Place.make(Path(scratch))
        hit = kills.killed(place, options.kills, options.seed, options.processes)
        starved = narrow.narrow(place, narrow.settings(place.folder), options.processes)
    return hit.counts + starved.counts, hit.faults + starved.faults


def _print(name: str, counts: Counter[tuple[str, str]], seconds: float) -> None:
    print(f"\n{name}: {sum(counts.values()):,} in {seconds:.0f} s")
    for row in sorted({row for row, _ in counts}):
        told = sorted((result, count) for (its, result), count in counts.items() if its == row)
        print(f"  {row:<18} " + ", ".join(f"{count:,} {result}" for result, count in told))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

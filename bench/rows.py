"""Golden rows: every CSV byte of a run over all papers at hand, to see what a change of the code changes.

    python bench/rows.py keep DIR [--corpus DIR] [--only SET ...]
    python bench/rows.py diff DIR [--corpus DIR] [--only SET ...] [--ignore COLUMN ...] [--show N]

`keep` reads every set and keeps its tables under DIR; `diff` reads them again and lists each row that is
new (+), gone (-) or told otherwise (a column with both values). It ends with 1 where anything differs.
`--ignore extractor` leaves a column out, where its change is meant.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import ROOT

Row = dict[str, str]
#: What a row is known by, where both tellings of it are to be shown side by side.
_PLACE = ("doc_id", "start", "end")
_HIDDEN = ("sha256", "record_id")
_FOLDERS = (
    "seeds",
    "plo-dev/raw",
    "papers-dev/raw",
    "e3c-dev/raw",
    "real2-dev/raw",
    "trust-dev/raw",
    "maccrobat-dev",
    "pdf",
    "xml",
    "real-unlabelled",
)


def sets(corpus: Path, only: Sequence[str]) -> dict[str, Path]:
    """The folders with papers by the name of their set."""
    found = {"raw": ROOT / "data/raw/samples"}
    found |= {f"gold-{path.parent.name}": path for path in sorted((ROOT / "tests/gold").glob("*/raw"))}
    found |= {folder.split("/")[0]: corpus / folder for folder in _FOLDERS if (corpus / folder).is_dir()}
    if unknown := set(only) - set(found):
        sys.exit(f"no set {', '.join(sorted(unknown))}; there are {', '.join(sorted(found))}")
    return {name: path for name, path in found.items() if not only or name in only}


def run(raw: Path, out: Path) -> None:
    """The tables of one set; a paper that fails is a row as well."""
    command = [sys.executable, "-m", "pipeline.cli", "run", str(raw), str(out), "--quiet"]
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"casebook run {raw}: exit {done.returncode}")


def rows(path: Path, ignore: Sequence[str]) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: v for k, v in row.items() if k not in ignore} for row in csv.DictReader(file)]


def differences(before: list[Row], after: list[Row]) -> Iterator[str]:
    """One line a changed row: those at one place are told as one."""
    left = Counter(tuple(row.items()) for row in before)
    right = Counter(tuple(row.items()) for row in after)
    gone = [dict(row) for row in (left - right).elements()]
    new = [dict(row) for row in (right - left).elements()]
    for row in gone:
        twin = next((other for other in new if all(other.get(k) == row.get(k) for k in _PLACE)), None)
        if twin is None:
            yield f"- {_told(row)}"
            continue
        new.remove(twin)
        changed = [f"{k}: {row.get(k)!r} -> {v!r}" for k, v in twin.items() if row.get(k) != v]
        yield f"~ {row.get('doc_id', '')} {row.get('quote', '')[:60]!r} {'; '.join(changed)}"
    yield from (f"+ {_told(row)}" for row in new)


def _told(row: Row) -> str:
    return " | ".join(value[:60] for key, value in row.items() if value and key not in _HIDDEN)


def compare(kept: Path, made: Path, ignore: Sequence[str], show: int) -> int:
    """Print the changes of one set, return their number."""
    count = 0
    for name in sorted({path.name for folder in (kept, made) for path in folder.glob("*.csv")}):
        found = list(differences(rows(kept / name, ignore), rows(made / name, ignore)))
        count += len(found)
        for line in found[:show]:
            print(f"{kept.name}/{name} {line}")
        if len(found) > show:
            print(f"{kept.name}/{name} ... and {len(found) - show} more")
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("what", choices=("keep", "diff"))
    parser.add_argument("kept", type=Path)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared/corpus")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--ignore", nargs="+", default=[])
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    total = 0
    for name, raw in sets(options.corpus, options.only).items():
        if options.what == "keep":
            run(raw, options.kept / name)
            continue
        with tempfile.TemporaryDirectory() as folder:
            run(raw, Path(folder))
            total += compare(options.kept / name, Path(folder), options.ignore, options.show)
    if options.what == "diff":
        print(f"{total} rows differ")
    return int(total > 0)


if __name__ == "__main__":
    sys.exit(main())

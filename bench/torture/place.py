"""A scratch folder with papers of every format, and what an undisturbed run of the command makes of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.torture.seeds import ROOT, seeds

#: path under the output folder -> bytes
Tables = dict[str, bytes]
COMMAND = [sys.executable, "-c", "import sys; from pipeline.cli import main; sys.exit(main())"]
#: seconds for a run that takes a few
PATIENCE = 300.0
#: copies of every paper, so that a run is long enough to be hit
_COPIES = 2


@dataclass
class Results:
    """Counts by what was done and what came of it, and the faults."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass
class Place:
    """The papers (`raw`), some of them (`old_raw`), and the tables of both."""

    folder: Path
    raw: Path
    old_raw: Path
    new: Tables
    old: Tables
    seconds: float  # that an undisturbed run takes

    @classmethod
    def make(cls, folder: Path) -> Place:
        """Write the papers and read them undisturbed. Raises RuntimeError where even that fails."""
        raw, old_raw = folder / "raw", folder / "old raw"
        for copy in range(_COPIES):
            for name, data in seeds().items():
                path = raw / f"set {copy}" / name.replace(" ", "-")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data if copy == 0 else data.replace(b"29-year", b"%d-year" % (20 + copy)))
        shutil.copytree(raw / "set 0", old_raw)
        old = _tables(old_raw, folder / "undisturbed old", folder)
        began = time.monotonic()
        new = _tables(raw, folder / "undisturbed", folder)
        return cls(folder, raw, old_raw, new, old, time.monotonic() - began)


def _tables(raw: Path, out: Path, folder: Path) -> Tables:
    done = run(raw, out, folder)
    if done.returncode != 0:
        raise RuntimeError(f"an undisturbed run ends with {done.returncode}: {done.stderr[-300:]}")
    return visible(out)


def visible(out: Path) -> Tables:
    """All files of an output folder that a user sees."""
    if not out.is_dir():
        return {}
    paths = [path for path in sorted(out.rglob("*")) if path.is_file() and ".casebook" not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def run(raw: Path, out: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """One undisturbed run."""
    return subprocess.run(
        [*COMMAND, "run", str(raw), str(out), "--quiet", *options],
        cwd=folder, text=True, capture_output=True, timeout=PATIENCE, check=False, env=environment(),
    )  # fmt: skip


def environment(**more: str) -> dict[str, str]:
    """The environment of a run: casebook can be imported from anywhere."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **more}

"""Rows of runs over texts with gold, each with whether it is right.

The judge is the scorer beside the corpus (score.py). Rows of this version are extracted anew; those of an
earlier one come from its own run, for its errors are such as no one has mended by looking at the same texts.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline import readers
from pipeline.check.marks import mark
from pipeline.confidence.signs import Signs, Told, signs_of
from pipeline.plan import plan
from pipeline.process import unrated
from pipeline.record import Row
from pipeline.schema import DOCUMENTS, FACT_TABLES
from pipeline.structure import structure
from pipeline.write.tables import cells

#: Sets of the corpus with gold: the folder of the texts, that of the gold.
SETS = {
    "trust-dev": ("trust-dev/raw", "trust-dev/gold"),
    "real2-dev": ("real2-dev/raw", "real2-dev/gold"),
    "e3c-dev": ("e3c-dev/raw", "e3c-dev/gold"),
    "plo-dev": ("plo-dev/raw", "plo-dev/gold"),
    "papers-dev": ("papers-dev/raw", "papers-dev/gold"),
    "seeds": ("seeds", "seeds-gold"),
}
#: The last commit of version 0.1.0.
EARLIER = "b27e219"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's signs, whether it is right, the table, the set and document that it is of, its version."""

    signs: Signs
    right: bool
    table: str
    group: str
    document: str
    earlier: bool


def judged(shared: Path, group: str, earlier: bool = False) -> list[Judged]:
    """The rows of a set. Raises FileNotFoundError where corpus or scorer are missing."""
    raw, gold = (shared / "corpus" / folder for folder in SETS[group])
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if earlier:
            _run_earlier(raw, out)
        else:
            _run(raw, out)
        return list(_judge(_scorer(shared), out, gold, group, earlier))


def _run(raw: Path, out: Path) -> None:
    """Extract this version's rows, their confidence as rule and context tell it."""
    (out / "text").mkdir()
    rows: dict[str, list[list[str]]] = {table.name: [] for table in (DOCUMENTS, *FACT_TABLES)}
    for paper in plan(raw):
        for source in readers.read_bytes(paper.path.read_bytes(), paper.path.name):
            read = structure(source)
            found = unrated(read, paper.doc_id)
            document = {"doc_id": paper.doc_id, "cases": len(found["cases"])}
            rows["documents"].append(cells(DOCUMENTS, document))
            for table in FACT_TABLES:
                rows[table.name] += [cells(table, row) for row in found[table.name]]
            (out / "text" / f"{paper.doc_id}.txt").write_text(read.text, encoding="utf-8")
    for table in (DOCUMENTS, *FACT_TABLES):
        with (out / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([table.header, *rows[table.name]])


def _run_earlier(raw: Path, out: Path) -> None:
    """Run the earlier version, from the repository's history, with today's packages."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(tree), EARLIER], check=True)
        try:
            _announce(tree)
            program = "from pipeline.cli import main; import sys; sys.exit(main())"
            command = [sys.executable, "-c", program, "run", str(raw), str(out), "--quiet"]
            done = subprocess.run(command, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, check=False)
            if done.returncode not in (0, 1):  # 1: a paper failed
                raise RuntimeError(f"the run of {EARLIER} ended with {done.returncode}")
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def _announce(tree: Path) -> None:
    """Let a tree's entry points stand for those of the installed version: spaCy goes by them."""
    project, installed = (
        tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for folder in (tree, ROOT)
    )
    about = tree / f"{installed['name'].replace('-', '_')}-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Name: {installed['name']}\nVersion: 0\n")
    lines = [
        line
        for group, points in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {place}" for name, place in points.items()))
    ]
    (about / "entry_points.txt").write_text("\n".join(lines) + "\n")


def _scorer(shared: Path) -> ModuleType:
    path = shared / "eval" / "score.py"
    spec = spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise FileNotFoundError(path)
    module = sys.modules["score"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _judge(score: ModuleType, out: Path, gold: Path, group: str, earlier: bool) -> Iterator[Judged]:
    """Every row that the scorer calls right or wrong; what it leaves open is left out."""
    verdicts = _verdicts(score, out, gold)
    with (out / "documents.csv").open(encoding="utf-8", newline="") as handle:
        documents = {row["doc_id"]: row for row in csv.DictReader(handle)}
    for doc_id, rows in _rows_by_document(out).items():
        mark(rows)
        text = (out / "text" / f"{doc_id}.txt").read_text(encoding="utf-8")
        told = Told(text, int(documents[doc_id]["cases"] or 0), rows)
        for fact, row, signs in signs_of(told):
            for right in verdicts.get((fact.table, row["record_id"]), ()):
                yield Judged(signs, right, fact.table, group, doc_id, earlier)


def _verdicts(score: ModuleType, out: Path, gold: Path) -> dict[tuple[str, str], list[bool]]:
    """Whether each row is right, by table and key; the scorer may judge one row as two halves."""
    found: dict[tuple[str, str], list[bool]] = {}
    tables = score.read_tables(out)
    used: set[int] = set()
    for kind, table, where, row in score.score(out, gold)[2]:
        if kind == "FP" and table != "cases":
            row = _whole(tables[table], where, row, used)  # noqa: PLW2901  (it is told without its key)
        if kind in ("OK", "FP") and table != "cases":
            found.setdefault((table, row["record_id"]), []).append(kind == "OK")
    return found


def _whole(rows: list[dict[str, Any]], where: str, part: dict[str, Any], used: set[int]) -> dict[str, Any]:
    document, _, patient = where.partition("/")
    fits = (
        row
        for row in rows
        if row["doc_id"] == document
        and patient in ("stray", row["case_id"])
        and id(row) not in used
        and all(row.get(name) == value for name, value in part.items())
    )
    row = next(fits)
    used.add(id(row))
    return row


def _rows_by_document(out: Path) -> dict[str, dict[str, list[Row]]]:
    """The typed rows of a folder of tables; columns that an earlier version had not are empty."""
    found: dict[str, dict[str, list[Row]]] = {}
    for table in FACT_TABLES:
        path = out / f"{table.name}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as handle:
            for cells_ in csv.DictReader(handle):
                row = {c.name: _typed(c.type, cells_.get(c.name) or "") for c in table.columns}
                empty: dict[str, list[Row]] = {t.name: [] for t in FACT_TABLES}
                found.setdefault(str(row["doc_id"]), empty)[table.name].append(row)
    return found


def _typed(kind: str, printed: str) -> Any:
    if kind == "string":
        return printed
    number = re.sub(r"^'", "", printed)
    return None if not number else int(number) if kind == "integer" else float(number)

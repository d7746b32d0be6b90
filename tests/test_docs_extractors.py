"""docs/extractors.md: its changes are made to a copy of the project, its package is found, its code runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs" / "extractors.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"(?:^`(?P<file>[\w./]+)`\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```", re.S | re.M)

_FINGERPRINT = "from pipeline.fingerprint import fingerprint; print(fingerprint())"


def blocks() -> Iterator[tuple[str, str, str]]:
    """File (or ""), kind and body of each block, from the top down."""
    for match in _BLOCK.finditer(PAGE):
        yield match["file"] or "", match["kind"], match["body"]


def changed(text: str, diff: str) -> str:
    """A file's text with a change made; every part of it has to fit exactly once."""
    for part in re.split(r"^@@\n", diff, flags=re.MULTILINE):
        lines = part.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
        new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
        assert text.count(old) == 1, f"the page is stale: {old!r}"
        text = text.replace(old, new)
    return text


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packages."""
    for package in ("extractors", "pipeline"):
        shutil.copytree(PROJECT / package, tmp_path / package)
    return tmp_path


def run(folder: Path, *arguments: str, behind: str = "") -> subprocess.CompletedProcess[str]:
    """Python with the folder's packages before all others; `behind` is a further place of modules."""
    path = f"{folder}{os.pathsep}{behind}" if behind else str(folder)
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def install(folder: Path, toml: str) -> None:
    """What an installer makes of the entry points of a pyproject.toml."""
    groups = tomllib.loads(toml)["project"]["entry-points"]
    info = folder / "casebook_smoking-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: casebook-smoking\nVersion: 1.0\n")
    lines: list[str] = []
    for group, names in groups.items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in names.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def steps(folder: Path) -> Iterator[str]:
    """Make the page's files and changes in order; the code to run after them."""
    code = ""
    for file, kind, body in blocks():
        path = folder / file
        if kind == "diff":
            path.write_text(changed(path.read_text(encoding="utf-8"), body), encoding="utf-8")
        elif file == "pyproject.toml":
            install(folder, body)
        elif file:
            path.parent.mkdir(exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif kind == "python":
            code += body
            yield code


def test_docs_extractors_page_runs(copy: Path) -> None:
    *before, code = steps(copy)
    assert len(before) > 3
    done = run(copy, "-c", code)  # once, behind all changes: it is loading that takes time
    assert done.returncode == 0, done.stderr


def test_docs_extractors_package_is_tested_and_written(copy: Path) -> None:
    assert list(steps(copy))
    (copy / "raw").mkdir()
    paper = "Case report\n\nA 31-year-old woman smoked 10 cigarettes a day. Her mother was a smoker.\n"
    (copy / "raw" / "one.txt").write_text(paper)
    done = run(copy, "-c", "from pipeline.cli import main; main(['run', 'raw', 'out', '--quiet'])")
    assert done.returncode == 0, done.stderr
    head, row = (copy / "out" / "smoking.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("doc_id,case_id,habit,per_day,record_id")
    assert "current,10" in row and "smoking/smoker" in row
    assert "smoking.csv" in (copy / "out" / "datapackage.json").read_text(encoding="utf-8")
    shown = run(copy, "-c", _FINGERPRINT).stdout
    (copy / "casebook_smoking" / "words.csv").open("a").write("cigarette smoker,current,common English\n")
    assert run(copy, "-c", _FINGERPRINT).stdout != shown, "rows of yesterday's words would be shown"
    tests = PROJECT / "tests" / "extractors" / "rules" / "test_books.py"
    # the copy's own packages: pytest's `pythonpath` would put the project's before them
    plain = ("-m", "pytest", "-q", "-c", "/dev/null", "--import-mode=importlib", "-k", "smok")
    books = run(copy, *plain, str(tests), behind=str(PROJECT / "tests"))  # for its fixtures
    assert books.returncode == 0, books.stdout
    assert int(re.findall(r"(\d+) passed", books.stdout)[0]) >= 8

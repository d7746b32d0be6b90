"""How casebook is built: setuptools, with one change for wheels.

The folders `pipeline` and `extractors` stand at the top of a checkout; other packages have such folders,
too. So a wheel holds them as `casebook.pipeline` and `casebook.extractors`: they are copied there before
setuptools sees them, and what names their modules (imports, entry points, strings) is renamed on the way.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import tempfile
import tokenize
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
)

__all__ = (
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
)

PACKAGE = "casebook"
MOVED = ("pipeline", "extractors")
_BESIDE = ("README.md", "LICENSE")
_NAMES = "|".join(MOVED)
#: a module's name at the begin of a string, as the literal is written
_LITERAL = re.compile(rf"""[rRbBuUfF]*(?:\"{{3}}|'{{3}}|"|')(?=(?:{_NAMES})\.)""")
#: the same in pyproject.toml, as a value or as a key
_ENTRY = re.compile(rf'(= "|^")(?=(?:{_NAMES})\.)', re.MULTILINE)


def build_wheel(
    wheel_directory: str, config_settings: dict[str, str] | None = None, metadata_directory: str | None = None
) -> str:
    """PEP 517: build the wheel into a folder; its name. Metadata of another arrangement is not taken."""
    target = os.path.abspath(wheel_directory)
    with tempfile.TemporaryDirectory() as place:
        arrange(Path.cwd(), Path(place))
        with chdir(place):
            return str(build_meta.build_wheel(target, config_settings))


def arrange(root: Path, place: Path) -> None:
    """Lay out in `place` what the wheel is built from. Raises ValueError for what cannot be renamed."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / PACKAGE, place / PACKAGE, ignore=ignored)
    for name in MOVED:
        shutil.copytree(root / name, place / PACKAGE / name, ignore=ignored)
    for path in sorted((place / PACKAGE).rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        try:
            path.write_text(renamed(code), encoding="utf-8")
        except ValueError as error:
            raise ValueError(f"{path.relative_to(place)}: {error}") from error
    for name in _BESIDE:
        shutil.copy2(root / name, place / name)
    settings = (root / "pyproject.toml").read_text(encoding="utf-8")
    (place / "pyproject.toml").write_text(_ENTRY.sub(rf"\1{PACKAGE}.", settings), encoding="utf-8")


def renamed(code: str) -> str:
    """Python code in which the moved packages have their new names. Line numbers stay.

    Raises ValueError for `import pipeline.x`, whose name is used further on: write `from pipeline import x`.
    """
    lines = code.splitlines(keepends=True)
    for row, column in sorted(_places(code), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = f"{line[:column]}{PACKAGE}.{line[column:]}"
    made = "".join(lines)
    for node in ast.walk(ast.parse(made)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        wrong = next((name for name in names if name.partition(".")[0] in MOVED), None)
        if wrong:
            raise ValueError(f"line {node.lineno}: import {wrong}: write from ... import ...")
    return made


def _places(code: str) -> Iterator[tuple[int, int]]:
    """Row and column of every name of a moved package: behind `from`, and where a string begins with one."""
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        row, column = token.start
        if token.type == tokenize.NAME and token.string in MOVED and before == "from":
            yield row, column
        elif token.type == tokenize.STRING and (literal := _LITERAL.match(token.string)):
            yield row, column + literal.end()
        elif tokenize.tok_name[token.type] == "FSTRING_MIDDLE" and _begins(token.string, before):
            yield row, column
        before = token.string


def _begins(words: str, before: str) -> bool:
    """Whether the first words of an f-string (from Python 3.12 on a token of their own) are such a name."""
    return words.startswith(tuple(f"{name}." for name in MOVED)) and before.lower().startswith(
        ("f", "rf", "fr")
    )

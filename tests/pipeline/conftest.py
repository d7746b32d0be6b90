"""Lets worker processes import the scripted stand-in by its name, and shortens runs."""

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def raw(tmp_path: Path) -> Callable[..., Path]:
    """Make a raw folder from names and contents: raw(a="text", **{"sub/b.txt": "text"})."""

    def make(**files: str | bytes) -> Path:
        folder = tmp_path / "raw"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / (name if "." in name else f"{name}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture
def rows() -> Callable[[Path, str], list[dict[str, str]]]:
    """The rows of a table in an output folder."""

    def read(out: Path, table: str) -> list[dict[str, str]]:
        text = (out / f"{table}.csv").read_bytes().decode("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return read


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file that a user sees in an output folder."""

    def read(out: Path) -> dict[str, bytes]:
        return {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file() and ".casebook" not in path.parts
        }

    return read

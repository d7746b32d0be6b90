"""The texts that the benchmarks read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = ("seeds", "plo-dev/raw", "e3c-dev/raw", "maccrobat-dev")


def development_texts(corpus: Path) -> list[Path]:
    """The development texts; where they are missing, the fictional ones of the tests."""
    found = [path for folder in _FOLDERS for path in sorted((corpus / folder).glob("*.txt"))]
    return found or sorted((ROOT / "tests/gold").glob("*/raw/*.txt"))

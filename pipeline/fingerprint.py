"""A key for the program itself: two runs with the same key give the same rows for the same bytes."""

from __future__ import annotations

import hashlib
import shutil
import sys
from functools import cache
from pathlib import Path

from pipeline.caps import caps
from pipeline.version import VERSION

_PACKAGES = ("pipeline", "extractors")


def fingerprint() -> str:
    """Digest of the program, the caps that are set, and whether scans can be read.

    Raises UsageError for caps that make no sense.
    """
    scans = shutil.which("tesseract") is not None  # once it is there, scans are read
    return hashlib.sha256(f"{_program()} {caps()} {scans}".encode()).hexdigest()[:32]


@cache
def _program() -> str:
    """Digest of casebook's version, its code and vocabularies, and the packages installed beside it.

    The code is in it so that a checkout under development never shows rows of yesterday's rules; the
    packages, because a new spaCy or an optional model changes rows as well.
    """
    digest = hashlib.sha256(VERSION.encode())
    root = Path(__file__).resolve().parent.parent
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".csv"):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    installed = {found.name for place in sys.path if place for found in Path(place).glob("*.dist-info")}
    digest.update("\n".join(sorted(installed)).encode())
    return digest.hexdigest()

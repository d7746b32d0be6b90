"""A key for the program itself: two runs with the same key give the same rows for the same bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from extractors import registry
from extractors.rules.added import Added
from pipeline.caps import caps
from pipeline.config import MODEL_VARIABLE
from pipeline.only import Only
from pipeline.version import VERSION

_PACKAGES = ("pipeline", "extractors")
#: Files that rows depend on.
_CODE = (".py", ".csv")
_WEIGHTS = "trained"


def fingerprint(words: Iterable[Added] = (), only: Only | None = None) -> str:
    """Digest of the program, the caps and the model that are set, and whether scans can be read.

    `words` are rows of the user's own, which count by what they say, wherever their files are; `only` is
    the run's filter.

    Raises UsageError for caps that make no sense.
    """
    model = os.environ.get(MODEL_VARIABLE, "")
    scans = shutil.which("tesseract") is not None  # once it is there, scans are read
    digest = hashlib.sha256(f"{_program()} {caps()} {model} {scans}".encode())
    for own in words:
        digest.update(f"\0{own.package}\0{own.file}\0{own.text}".encode())
    if only is not None:
        digest.update(f"\0only {only.key}".encode())
    return digest.hexdigest()[:32]


@cache
def _program() -> str:
    """Digest of casebook's version, its code and vocabularies, and the packages installed beside it.

    The code is in it, that of other packages' extractors too, so that a checkout under development never
    shows rows of yesterday's rules; the packages, because a new spaCy or an optional model changes rows as
    well.
    """
    digest = hashlib.sha256(VERSION.encode())
    for root in _folders():
        for path in sorted(p for p in root.rglob("*") if _counts(p)):
            digest.update(path.relative_to(root.parent).as_posix().encode())
            digest.update(path.read_bytes())
    installed = {found.name for place in sys.path if place for found in Path(place).glob("*.dist-info")}
    digest.update("\n".join(sorted(installed)).encode())
    return digest.hexdigest()


def _counts(path: Path) -> bool:
    """Whether a file is one that rows depend on: code, a vocabulary, the weights of the model."""
    return path.suffix in _CODE or (_WEIGHTS in path.parts and path.is_file())


def _folders() -> list[Path]:
    """The folders of casebook's packages, and those of extractors that other packages bring."""
    top = Path(__file__).resolve().parent.parent
    others = (p for p in registry.packages().values() if not p.startswith("extractors."))
    found = [find_spec(package) for package in others]
    places = [Path(place) for spec in found if spec for place in spec.submodule_search_locations or ()]
    return [*(top / package for package in _PACKAGES), *places]

"""The invented papers that come with casebook: they fill the tables of a first run, and no review.

They are in the folder `samples` of the raw folder, where a hidden list names them. Whoever puts a paper
of their own into that folder, or has a folder of that name without the list, loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FOLDER = "samples"
#: in that folder: the names of the invented papers, one a line; # begins a remark
LIST = ".invented"


def invented(raw: Path) -> frozenset[Path]:
    """The invented papers of a raw folder that its list names, there or not; none without a list."""
    folder = raw / FOLDER
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return frozenset()
    return frozenset(folder / line.strip() for line in lines if line.strip() and not line.startswith("#"))


def left_out(raw: Path, paths: Iterable[Path]) -> frozenset[Path]:
    """The invented papers among all `paths` of a raw folder, if any other one is there; else none."""
    found, samples = frozenset(paths), invented(raw)
    return found & samples if found - samples else frozenset()

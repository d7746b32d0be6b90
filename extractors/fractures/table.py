"""Tables of fractures: labels that announce them, and the levels and bones of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.base import TimeRef
from extractors.fractures.bones import find_sites
from extractors.fractures.fact import FractureMention
from extractors.fractures.levels import parse_levels
from extractors.tables import Cell, TableReader

_LABEL = re.compile(
    r"fracture|collapsed|affected (?:vertebra|level)|vertebral (?:level|deformit)|"
    r"levels? (?:involved|affected)|compressed vertebra|"
    r"^\W*(?:vertebral\s)?levels?\W*$|^\W*vertebrae?\W*$|"
    r"^\W*VC?Fs?\W*$",
    re.I,
)
_NOT_LEVELS = re.compile(
    r"risk|number|no\. of|count|history|age at|prior|previous|family|time|date|union|healing|"
    r"after treatment|new fracture",
    re.I,
)


def is_fracture_label(text: str) -> bool:
    """Whether a label announces fractured levels or bones: "Fractures", "Vertebral levels", "VF"."""
    return bool(_LABEL.search(text)) and not _NOT_LEVELS.search(text)


def fractures_of_cell(body: str, start: int, time: TimeRef | None) -> Iterator[FractureMention]:
    """The levels and bones of a cell under such a label; `start` is the cell's offset in the text."""
    for ref in parse_levels(body, start):
        for level in ref.levels:
            yield FractureMention(
                start=ref.start, end=ref.end, rule="table", site="vertebra", level=level, time=time
            )
    for bone in find_sites(body):
        yield FractureMention(
            start=start + bone.start,
            end=start + bone.end,
            rule="table",
            site=bone.site,
            side=bone.side,
            time=time,
        )


def _of_cell(cell: Cell, label: bool) -> Iterator[FractureMention]:
    return fractures_of_cell(cell.text, cell.start, cell.time)


TABLE = TableReader(label=lambda text: is_fracture_label(text) or None, cell=_of_cell)

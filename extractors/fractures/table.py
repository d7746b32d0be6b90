"""Tables of fractures: labels that announce them, and the levels and bones of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.base import TimeRef
from extractors.fractures.bones import find_sites
from extractors.fractures.fact import FractureMention
from extractors.fractures.levels import parse_levels
from extractors.fractures.manner import grade_behind
from extractors.fractures.vocabulary import SLOTS
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Relation, Rule
from extractors.tables import Cell, TableReader
from extractors.text import folded, lower_same_length

CELL = Relation(
    "table",
    "A cell under a label that announces fractures holds levels and bones.",
    says={
        "Case | Fractures\n1 | T8, L1\n2 | T12": {"level": "L1"},
        "Case | Affected vertebrae\n1 | T8\n2 | sacrum": {"site": "sacrum"},
    },
    silent=("Case | Number of fractures\n1 | 2\n2 | 3", "Case | Level of PTH\n1 | 21\n2 | 30"),
    of="table",
)
#: Labels that announce fractures.
LABELS = Book(
    "fractures.labels",
    (
        Rule(
            "label of fractures",
            r"fracture|collapsed|compressed vertebra|vertebral deformit|^\W*vc?fs?\W*$",
            says={"Fractures at diagnosis": "fracture", "VF": "vf", "Collapsed bodies": "collapsed"},
            silent=("VFA", "Vertebral pain"),
        ),
        Rule(
            "label of levels",
            r"affected (?:vertebra|level)|vertebral level|levels? (?:involved|affected)"
            r"|^\W*(?:levels?|vertebrae?)\W*$",
            says={"Levels": "levels", "Affected vertebrae": "affected vertebra"},
            silent=("Calcium level", "Vertebral body height"),
        ),
    ),
    {},
)
#: What makes a label announce something else about them.
_OTHER = Glue(r"{no level label}", SLOTS)


def is_fracture_label(text: str) -> bool:
    """Whether a label announces fractured levels or bones: "Fractures", "Vertebral levels", "VF"."""
    plain = folded(text)
    lower = lower_same_length(plain)
    announced = next(LABELS.in_text(plain, lower), None) is not None
    return announced and _OTHER.within(lower, 0, len(lower)) is None


def fractures_of_cell(body: str, start: int, time: TimeRef | None) -> Iterator[FractureMention]:
    """The levels and bones of a cell under such a label; `start` is the cell's offset in the text."""
    lower = lower_same_length(folded(body))
    for ref in parse_levels(body):
        found = FractureMention(
            start=start + ref.start,
            end=start + ref.end,
            rule=CELL.name,
            site="vertebra",
            time=time,
            grade=grade_behind(lower, ref.end),
        )
        for level in ref.levels:
            yield replace(found, level=level)
    for bone in find_sites(body):
        yield FractureMention(
            start=start + bone.start,
            end=start + bone.end,
            rule=CELL.name,
            site=bone.site,
            side=bone.side,
            time=time,
        )


def _of_cell(cell: Cell, label: bool) -> Iterator[FractureMention]:
    return fractures_of_cell(cell.text, cell.start, cell.time)


TABLE = TableReader(label=lambda text: is_fracture_label(text) or None, cell=_of_cell)

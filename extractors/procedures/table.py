"""Procedures in tables: `Vertebroplasty | yes | no`, `Brace | TLSO | none`, `Kyphoplasty | T12, L1 | -`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.fractures.levels import levels_of, parse_levels
from extractors.procedures.fact import ProcedureMention
from extractors.procedures.levels import LEVELLED
from extractors.procedures.vocabulary import SURGERY, Name, lexicon
from extractors.rules.rule import Relation
from extractors.tables import Cell, TableReader
from extractors.text import folded, lower_same_length

CELL = Relation(
    "cell",
    "A cell under a label that names a procedure says yes or no, at which levels, or which one.",
    says={
        "Patient | Vertebroplasty\n1 | yes\n2 | no": {"procedure": "vertebroplasty", "status": "denied"},
        "Patient | Kyphoplasty\n1 | T12, L1\n2 | none": {"procedure": "kyphoplasty", "levels": "T12; L1"},
        "Patient | Brace\n1 | TLSO\n2 | no": {"procedure": "brace", "detail": "orthosis"},
    },
    silent=("Patient | Weaning\n1 | yes\n2 | no", "Patient | Vertebroplasty\n1 | n.a.\n2 | n.a."),
    of="table",
)
_YES = re.compile(r"\W*(?:yes|y|done|performed|\+)\W*$")
_NO = re.compile(r"\W*(?:no|n|none|never|not done|not performed|refused|declined|nil)\W*$")
#: What a label may have beside the name.
_BESIDE = re.compile(r"[\W_]*(?:(?:use|type|level|levels|performed|done|treated|yes|no|y|n|s)[\W_]*)*")
#: Labels longer than this are no names.
_LONGEST = 50


def procedure_of(text: str) -> Name | None:
    """The procedure that a label names, None for any other label."""
    if len(text) > _LONGEST:
        return None
    plain = folded(text)
    lower = lower_same_length(plain)
    hits = lexicon().find(plain, lower)
    if len(hits) != 1 or hits[0].value.kind not in ("act", "loose") or hits[0].value.procedure == SURGERY:
        return None
    hit = hits[0]
    beside = _BESIDE.fullmatch(lower[: hit.start]) and _BESIDE.fullmatch(lower[hit.end :])
    return hit.value if beside else None


def _of_cell(cell: Cell, label: Name) -> Iterator[ProcedureMention]:
    start, end = cell.trimmed
    plain = folded(cell.text)
    lower = lower_same_length(plain).strip()
    named = [h.value for h in lexicon().find(plain, lower_same_length(plain))]
    levels = "; ".join(levels_of(parse_levels(cell.text))) if label.procedure in LEVELLED else ""
    which = next((name.detail for name in named if name.procedure == label.procedure), "")
    if _NO.fullmatch(lower):
        status = "denied"
    elif _YES.fullmatch(lower) or levels or which:
        status = "done"
    else:
        return
    yield ProcedureMention(
        start=start,
        end=end,
        rule=CELL.name,
        certainty=0.9,
        time=cell.time,
        procedure=label.procedure,
        status=status,
        levels=levels,
        detail=which or label.detail,
    )


TABLE = TableReader(label=procedure_of, cell=_of_cell, denies=lambda label: True)

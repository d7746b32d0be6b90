"""Factors in tables: `Smoker | no | yes`, `Family history of osteoporosis | mother | -`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.history import vocabulary
from extractors.history.fact import (
    ABSENT,
    FAMILY_FRACTURE,
    FAMILY_OSTEOPOROSIS,
    PRESENT,
    PREVIOUS_FRACTURE,
    TRAUMA,
    HistoryMention,
)
from extractors.rules.rule import Glue, Relation
from extractors.tables import Cell, TableReader
from extractors.text import folded, lower_same_length

CELL = Relation(
    "cell",
    "A cell under a label that names a factor says yes or no, or whose it is.",
    says={
        "Patient | Smoker\n1 | yes\n2 | no": {"factor": "smoking", "status": ABSENT},
        "Patient | Family history of osteoporosis\n1 | mother\n2 | no": {
            "factor": FAMILY_OSTEOPOROSIS, "status": PRESENT, "relative": "mother"
        },
    },
    silent=("Patient | Hypertension\n1 | yes\n2 | no", "Patient | Smoker\n1 | n.a.\n2 | n.r."),
    of="table",
)  # fmt: skip
#: Labels that no term names.
_LABELS = (
    (
        FAMILY_OSTEOPOROSIS,
        re.compile(r"^family history (?:of|for) osteopo\w+\b|^osteoporosis in (?:the )?family"),
    ),
    (FAMILY_FRACTURE, re.compile(r"^family history (?:of|for) (?:[\w-]+ )?fractures?\b")),
    (PREVIOUS_FRACTURE, re.compile(r"^(?:previous|prior|past|history of) (?:[\w-]+ )?fractures?\b")),
    (TRAUMA, re.compile(r"^(?:history of |preceding |previous )?(?:trauma|fall|injury)\b")),
)
#: What a label may have beside its factor.
_BESIDE = Glue(
    r"[\W_]*(?:(?:history|of|use|status|yes|no|y|n|current|past|previous|personal|known|dietary|disease|s)[\W_]*)*"
)
_YES = re.compile(r"\W*(?:yes|y|present|positive|\+|current|former|ex)\W*$")
_NO = re.compile(r"\W*(?:no|n|none|never|absent|negative|nil)\W*$")
_RELATIVE = Glue(r"\W*(?P<who>{relative})\b", vocabulary.SLOTS)
#: Labels longer than this are no names.
_LONGEST = 60


def factor_of(text: str) -> str | None:
    """The factor that a label names, None for any other label."""
    if len(text) > _LONGEST:
        return None
    lower = lower_same_length(folded(text)).strip()
    for factor, pattern in _LABELS:
        if pattern.search(lower):
            return factor
    for hit in vocabulary.lexicon().find(lower, lower):
        named = hit.value.kind != vocabulary.IS_NOT
        if named and _BESIDE.fills(lower, 0, hit.start) and _BESIDE.fills(lower, hit.end, len(lower)):
            return hit.value.factor
    return None


def _of_cell(cell: Cell, factor: str) -> Iterator[HistoryMention]:
    words = lower_same_length(folded(cell.text))
    start, end = cell.trimmed
    who = _RELATIVE.behind(words) if factor in (FAMILY_OSTEOPOROSIS, FAMILY_FRACTURE) else None
    said = PRESENT if who or _YES.match(words) else ABSENT if _NO.match(words) else None
    if said is not None and words.strip(" +-"):
        yield HistoryMention(
            start=start, end=end, rule=CELL.name, factor=factor, status=said, pregnancy=cell.pregnancy,
            relative=who["who"] if who else "",
        )  # fmt: skip


TABLE = TableReader(label=factor_of, cell=_of_cell)

"""Drugs in the cells and labels of tables, with the vocabulary and parsers of the prose."""

from __future__ import annotations

import re
from functools import cache

from extractors.drugs.fact import DrugMention
from extractors.drugs.read import Drugs
from extractors.drugs.regimen import find_doses
from extractors.drugs.vocabulary import lexicon
from extractors.rules.lexicon import read_rows
from extractors.text import View

_SUPPLEMENT = re.compile(
    r"\b(?:supplement\w*|tablets?|replacement|therapy|treatment|intake|dose|oral|injection)\b"
)
_PER_DAY = re.compile(
    r"\b(?:mg|g|µg|ug|mcg|iu|units?)\s?(?:/\s?(?:d|day|wk|week)\b|per day|daily|weekly)", re.IGNORECASE
)


@cache
def cell_abbreviations() -> dict[str, str]:
    """Short forms that stand for a drug in a cell on treatment, and for anything elsewhere ("ALN")."""
    return {row["short"]: row["name"] for row in read_rows("extractors.drugs", "cell_abbreviations.csv")}


def find_drugs(text: str) -> list[DrugMention]:
    """The drugs and regimens of a cell that is known to list treatments; offsets count from its start."""
    return Drugs().find(View(text), treatment=True)


def is_drug_label(text: str) -> bool:
    """Whether a row's or column's label names a drug ("Teriparatide", "Calcium (mg/day)"), not an analyte."""
    view = View(text)
    hits = [h for h in lexicon().find(text, view.lower) if h.value.name]
    if not hits:
        return False
    if any(not h.value.lab for h in hits):
        return True
    return bool(_SUPPLEMENT.search(view.lower) or _PER_DAY.search(text) or any(find_doses(view.lower)))

"""Differential counts told by letters: "N80, L12, M6, E2", "P72 L24"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.labs.fact import LabMention
from extractors.language.context import context_of
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import Sentence, View
from extractors.time.times import time_of

_CELLS = {
    "N": "neutrophils", "P": "neutrophils", "L": "lymphocytes", "M": "monocytes", "E": "eosinophils",
    "B": "basophils",
}  # fmt: skip
#: The shares of all cells make a hundred; rare ones may be left out.
_LEAST, _MOST = 85, 101
_ITEM = re.compile(r"(?P<cell>[NPLMEB])(?: ?[-:=] ?| )?(?P<share>\d{1,2}(?:\.\d)?)(?P<percent> ?%)?")
#: Letter, start, end, share, unit.
Share = tuple[str, int, int, float, str]


def _shares(match: re.Match[str]) -> tuple[Share, ...] | None:
    """The shares of the cells; None where they are not the parts of one whole."""
    items = list(_ITEM.finditer(match.string, match.start(), match.end()))
    cells = [_CELLS[m["cell"]] for m in items]
    total = sum(float(m["share"]) for m in items)
    if len(set(cells)) < len(cells) or not _LEAST <= total <= _MOST:
        return None
    if "neutrophils" not in cells or "lymphocytes" not in cells:
        return None
    return tuple(
        (cell, m.start(), m.end(), float(m["share"]), "%" if m["percent"] else "")
        for cell, m in zip(cells, items, strict=True)
    )


_SLOTS = {"item": r"[NPLMEB](?: ?[-:=] ?| )?\d{1,2}(?:\.\d)?(?: ?%)?", "and": r"(?:[,;/] ?|,? and |,? & | )"}
BOOK = Book(
    "labs.letters",
    (
        Rule(
            "differential count by letters",
            r"(?<![\w-])[NPL](?: ?[-:=] ?| )?\d{1,2}(?:\.\d)?(?: ?%)?(?:{and}{item}){1,4}(?![\w%]|\.\d)",
            _shares,
            says={
                "A count of N80, L12, E08 was found.": (
                    ("neutrophils", 11, 14, 80.0, ""),
                    ("lymphocytes", 16, 19, 12.0, ""),
                    ("eosinophils", 21, 24, 8.0, ""),
                ),
                "P-72% L-24%": (("neutrophils", 0, 5, 72.0, "%"), ("lymphocytes", 6, 11, 24.0, "%")),
            },
            silent=("She was G2 P1 L1.", "fractures of L1 and L4", "N20, L80 and L90", "N40, L12"),
            printed=True,
        ),
    ),
    _SLOTS,
)


def told_by_letters(view: View, sentence: Sentence) -> Iterator[LabMention]:
    """The cells of a sentence's differential counts."""
    for found, shares in BOOK.apart(view, sentence):
        context = context_of(view, sentence, found.start, found.end)
        if not context.about_patient or context.planned or context.negated:
            continue
        time = time_of(view, sentence, found.start, found.end)
        for cell, start, end, share, unit in shares:
            yield LabMention(
                start=sentence.start + start, end=sentence.start + end, rule=found.rule.name,
                certainty=0.95 if unit else 0.9, context=context, time=time, analyte=cell, comparator="=",
                value=share, unit=unit,
            )  # fmt: skip

"""Drugs in the cells and labels of tables, with the vocabulary and the rules of the prose.

Every function takes words and the offset at which they begin, and gives mentions with offsets of that count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.base import Context
from extractors.drugs import labels as lb
from extractors.drugs.doses import find_doses
from extractors.drugs.fact import DrugMention
from extractors.drugs.read import Drugs
from extractors.drugs.vocabulary import lexicon
from extractors.rules.rule import Relation
from extractors.rules.words import Vocabulary
from extractors.tables import Cell, Rank, TableReader, Words
from extractors.text import View

CELL = Relation(
    "table",
    "A cell under a label of treatment lists drugs; one under a drug's name tells of that drug.",
    says={
        "Patient | 1 | 2\nTreatment | ALN 70 mg/wk | brace": {"drug": "alendronate", "dose": 70.0},
        "Patient | 1 | 2\nHeparin use | no | yes": {"drug": "heparin", "status": "denied"},
        "Drug | Dose | Route\nTeriparatide | 20 µg daily | s.c.": {"dose": 20.0, "route": "subcutaneous"},
    },
    silent=("Patient | 1 | 2\nCalcium (mg/dL) | 9.1 | 9.4", "Patient | 1 | 2\nTreatment | brace | rest"),
    of="table",
)

#: Short forms that stand for a drug in a cell on treatment, and for anything elsewhere ("ALN").
ABBREVIATIONS = Vocabulary(
    "extractors.drugs", "cell_abbreviations.csv", ("short", "name", "source"), ("short",)
)

_DOSE_UNIT = re.compile(
    r"[(\[,]\s*(?P<unit>(?:mg|g|\u00b5g|ug|mcg|IU|U|ml)(?:\s?/\s?\w+| per \w+| daily| weekly)?)"
    r"\s*+(?:[)\]]\s*+)?$",
    re.I,
)
_BARE_NUMBER = re.compile(r"^\W*(?P<number>\d[\d,.]*)\W*$")
#: "Ca + D", "Ca/D3", "calcium and D": the letter alone is the vitamin.
_VITAMIN_D = frozenset({"D", "D2", "D3"})
_CALCIUM_BEFORE = re.compile(r"\b(?:Ca|[Cc]alcium)\b[^A-Za-z]*(?:and\s|with\s)?$")
_WORD = re.compile(r"[A-Z][A-Za-z0-9-]*")


@cache
def cell_abbreviations() -> dict[str, str]:
    """Short forms that stand for a drug in a cell on treatment, and for anything elsewhere ("ALN")."""
    return {row["short"]: row["name"] for row in ABBREVIATIONS.rows}


def find_drugs(text: str) -> list[DrugMention]:
    """The drugs and regimens of a cell that is known to list treatments; offsets count from its start."""
    return Drugs().find(View(text), treatment=True)


# ------------------------------------------------------------------ a drug's name as a label
def is_drug_label(text: str) -> bool:
    """Whether a row's or column's label names a drug ("Teriparatide", "Calcium (mg/day)"), not an analyte."""
    view = View(text)
    hits = [h for h in lexicon().find(view.folded, view.lower) if h.value.name]
    if not hits:
        return False
    if any(not h.value.lab for h in hits) or lb.has(lb.SUPPLEMENT_LABEL, text):
        return True
    return any(True for sentence in view.sentences for _ in find_doses(view, sentence))


def drugs_of_label(cell: str, start: int, label: str) -> Iterator[DrugMention]:
    """The drugs of a cell under a drug's name: `Heparin use | no`, `Calcium (mg/day) | 1000`.

    `start` is the cell's offset. "no" under a name denies it, "yes" tells of earlier use unless the
    label speaks of treatment.
    """
    body = cell.strip()
    begin = start + len(cell) - len(cell.lstrip())
    taken = lb.taken(body)
    if taken is not None:
        yield from _taken_or_not(taken, begin, begin + len(body), label)
        return
    unit, number = _DOSE_UNIT.search(label), _BARE_NUMBER.match(body)
    if number and not unit:
        return
    name = label[: unit.start()].strip() if unit else label
    words = f"{number['number']} {unit['unit']}" if number and unit else body
    named = find_drugs(f"{name} {words}")
    own = find_drugs(body)
    if not named or not (own or any(c.isdigit() for c in body)):
        return
    for drug in own:
        status = "prior" if lb.has(lb.EXPOSURE_LABEL, label) else drug.status
        at = begin + drug.start, begin + drug.end
        yield replace(drug, start=at[0], end=at[1], status=status, rule=CELL.name, context=Context())
    if not own:
        yield replace(named[0], start=begin, end=begin + len(body), rule=CELL.name, context=Context())


def _taken_or_not(taken: bool, start: int, end: int, label: str) -> Iterator[DrugMention]:
    """What "yes" or "no" at [start, end) under a drug's name says."""
    treated = lb.has(lb.THERAPY_LABEL, label) and not lb.has(lb.EXPOSURE_LABEL, label)
    status = ("given" if treated else "prior") if taken else "denied"
    unit = _DOSE_UNIT.search(label)
    for drug in find_drugs(label[: unit.start()].strip() if unit else label)[:1]:
        yield replace(drug, start=start, end=end, status=status, rule=CELL.name, context=Context())


# ------------------------------------------------------------------ a cell that lists treatments
def drugs_of_cell(cell: str, start: int, definitions: Mapping[str, str]) -> Iterator[DrugMention]:
    """The drugs of a cell that lists treatments; `start` is its offset.

    Short forms that the table explains ("TPTD, teriparatide") are read as what they stand for.
    """
    text, places = _written_out(cell, definitions)
    for drug in find_drugs(text):
        begin, end = places[drug.start][0], places[drug.end - 1][1]
        yield replace(drug, start=start + begin, end=start + end, rule=CELL.name)


def _written_out(cell: str, definitions: Mapping[str, str]) -> tuple[str, list[tuple[int, int]]]:
    """A cell with its short forms written out, and where in the cell each of its characters stands."""
    text, at = "", 0
    places: list[tuple[int, int]] = []
    for word in _WORD.finditer(cell):
        full = definitions.get(word.group(), "") or cell_abbreviations().get(word.group(), "")
        if word.group() in _VITAMIN_D and _CALCIUM_BEFORE.search(cell, 0, word.start()):
            full = f"vitamin {word.group()}"
        if full and find_drugs(full):
            text += cell[at : word.start()] + full
            places += [(i, i + 1) for i in range(at, word.start())] + [word.span()] * len(full)
            at = word.end()
    return text + cell[at:], [*places, *((i, i + 1) for i in range(at, len(cell)))]


# ------------------------------------------------------------------ a drug per row
def is_drug_table(heads: Sequence[str]) -> bool:
    """Whether a table lists a drug per row, with its dose, route or duration beside it."""
    return (
        bool(heads) and lb.has(lb.DRUG_HEAD, heads[0]) and any(lb.has(lb.REGIMEN_HEAD, h) for h in heads[1:])
    )


def drugs_of_row(cells: Sequence[tuple[str, int]], heads: Sequence[str]) -> Iterator[DrugMention]:
    """The drug of such a row; `cells` are (words, offset) from the name on, `heads` those of their columns.

    The quote runs from the name to the last cell of the regimen.
    """
    parts, end = [cells[0][0].strip()], cells[0][1] + len(cells[0][0].rstrip())
    for (words, start), head in zip(cells[1:], heads[1:], strict=True):
        if not words.strip() or not lb.has(lb.REGIMEN_HEAD, head):
            continue
        long = "duration" in head.lower() and not words.lower().lstrip().startswith("for")
        parts.append(f"for {words.strip()}" if long else words.strip())
        end = start + len(words.rstrip())
    for drug in find_drugs(" ".join(parts))[:1]:
        yield replace(drug, start=cells[0][1], end=end, rule=CELL.name, context=Context())


@dataclass(frozen=True, slots=True)
class DrugLabel:
    """A label that names one drug (`words`), or treatment in general ("")."""

    words: str = ""


def drug_label(text: str) -> DrugLabel | None:
    """What a label announces: a drug, treatments in general, or nothing."""
    if is_drug_label(text):
        return DrugLabel(text)
    return (
        DrugLabel() if lb.has(lb.TREATMENT_LABEL, text) and not lb.has(lb.NO_TREATMENT_LABEL, text) else None
    )


def _of_cell(cell: Cell, label: DrugLabel) -> Iterator[DrugMention]:
    if label.words:
        found = drugs_of_label(cell.text, cell.start, label.words)
    else:
        found = drugs_of_cell(cell.text, cell.start, cell.definitions)
    return (replace(drug, time=cell.time) for drug in found)


def _whole_rows(heads: Sequence[str]) -> Callable[[Sequence[Words]], Iterator[DrugMention]] | None:
    return (lambda cells: drugs_of_row(cells, heads)) if is_drug_table(heads) else None


TABLE = TableReader(
    label=drug_label,
    cell=_of_cell,
    rank=lambda label: Rank.NAMED if label.words else Rank.KIND,
    denies=lambda label: bool(label.words),
    whole_rows=_whole_rows,
)

"""Ages, builds and parities in table cells, and the labels of their rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.language.numbers import NUMBER as DECIMAL
from extractors.language.numbers import parse_number
from extractors.person.age_refs import find_ages, find_initials
from extractors.person.ages import SLOTS, to_years
from extractors.person.fact import PersonMention
from extractors.rules.rule import Glue, Relation
from extractors.tables import Cell, TableReader
from extractors.text import View

_PLAIN = Glue(
    r" *+{n:age number} *+(?P<u>years?|yrs?|y\.?o?|y/o|months?|mos?|m|weeks?|wks?|w|days?|d)?\.?(?: ?old)?"
    r" *+(?:[,/(] ?(?:fe?male|f|m|woman|man)\)? *+)?$",
    SLOTS,
)
_UNIT_OF_LABEL = re.compile(r"\(?\b(?P<u>months?|mos?|weeks?|days?)\b\)?")
_NOT_THIS_AGE = re.compile(
    r"gestation|bone\sage|\bfirst\b|menarche|menopause|onset|fracture(?!\s?\()|diagnos|death|infant|baby|"
    r"child|newborn|patern|husband|mother|father|range|mean|group|delivery\sof|surgery|last|follow"
)
_AGE_AT_VISIT = re.compile(r"^age\s(?:at|on)\s(?:presentation|admission|diagnosis\sof\splo)")
_OTHER_BUILD = re.compile(r"loss|lost|birth|gain|pre-?pregnan|infant|baby|newborn|before|vertebra")
CELL = Relation(
    "table",
    "A cell under a label that names a field of the person holds its value.",
    says={
        "Patient | 1 | 2\nAge | 31 | 28": {"years": 31.0, "age_text": "31"},
        "Case | Height (m)\n1 | 1.58\n2 | 1.71": {"height_cm": 158.0},
        "Patient | Gravida/para\n1 | G2P1\n2 | 3/2": {"gravida": 3, "para": 2},
        "Patient | Sex\n1 | F\n2 | M": {"sex": "F"},
    },
    silent=("Test | Bone age\nResult | 14 years", "Patient | Height loss (cm)\n1 | 4"),
    of="table",
)
#: A label that announces both numbers in one cell.
_BOTH = "gravida/para"
_GRAVIDA_PARA = re.compile(r"\s*G?\s?(\d{1,2})\s?[/,]?\s?P?\s?(\d{1,2})")
_COLUMNS = {
    "height": "height_cm", "weight": "weight_kg", "bmi": "bmi", "gravida": "gravida", "para": "para"
}  # fmt: skip
#: Plausible ranges; outside of them a number is something else (a lost decimal point, a year).
_PLAUSIBLE = {
    "height_cm": (60.0, 210.0),
    "weight_kg": (2.0, 250.0),
    "bmi": (8.0, 70.0),
    "gravida": (0, 20),
    "para": (0, 20),
}
_METRES = 2.5  # a height below is told in metres
_LABELS = (
    (_BOTH, re.compile(r"^\W*(?:g\s?/\s?p|gravida\s?/\s?para(?:ity)?|gravidity\s?(?:/|and)\s?parity)\W*$")),
    ("age", re.compile(r"^(?:(?:maternal|patient'?s?|current)\s)?age\b")),
    ("bmi", re.compile(r"\bbmi\b|body[\s-]mass[\s-]index")),
    (
        "height",
        re.compile(
            r"^(?:body\s|patient'?s?\s|current\s)?(?:height|stature|ht)\b(?!\s(?:loss|lost|"
            r"decrease|reduction|change))"
        ),
    ),
    (
        "weight",
        re.compile(
            r"^(?:body\s|patient'?s?\s|current\s)?(?:weight|wt|bw)\b(?!\s(?:loss|gain|change|"
            r"bearing))"
        ),
    ),
    ("gravida", re.compile(r"^(?:gravida|gravidity|number\sof\spregnanc|no\.?\sof\spregnanc|pregnancies)")),
    (
        "para",
        re.compile(
            r"^(?:para\b|parity|number\sof\s(?:deliver|births|children)|no\.?\sof\s(?:deliver|"
            r"births|children)|deliveries)"
        ),
    ),
    ("sex", re.compile(r"^(?:sex|gender)\b")),
)


def parse_age(text: str, label: str = "") -> tuple[float | None, str]:
    """Decimal years and the words as printed, for a cell under an age label; (None, text) for a decade.

    A unit in the label ("Age (months)") holds for bare numbers; years otherwise.
    """
    body = text.strip()
    lower = body.lower()
    unit = _UNIT_OF_LABEL.search(label.lower())
    plain = _PLAIN.behind(lower, 0)
    if plain:
        years = to_years(plain["n"], plain["u"] or (unit["u"] if unit else None))
        return (None if years is None else round(years, 4)), body
    view = View(body)
    for sentence in view.sentences[:1]:
        for ref in (*find_initials(view, sentence), *find_ages(view, sentence)):
            if ref.shape not in ("range", "list"):
                return ref.years, ref.text
    return None, body


def person_field(label: str) -> str | None:
    """What a label names: age, sex, height, weight, bmi, gravida, para, "gravida/para"; None else."""
    lower = re.sub(r"\s+", " ", label.strip().lower())
    for field, pattern in _LABELS:
        if pattern.search(lower):
            if field == "age" and _NOT_THIS_AGE.search(lower) and not _AGE_AT_VISIT.search(lower):
                return None
            if field in ("height", "weight") and _OTHER_BUILD.search(lower):
                return None
            return field
    return None


def person_of_cell(cell: Cell, field: str) -> Iterator[PersonMention]:
    """What a cell says under a label that names a field of the person."""
    if field == "age":
        yield from _age(cell)
    elif field == "sex":
        yield from _sex(cell)
    elif field == _BOTH and (both := _GRAVIDA_PARA.match(cell.text)):
        yield _mention(cell, gravida=int(both[1]), para=int(both[2]))
    elif field in _COLUMNS:
        yield from _number(cell, _COLUMNS[field])


def _mention(cell: Cell, **told: Any) -> PersonMention:
    start, end = cell.trimmed
    return PersonMention(start=start, end=end, rule=CELL.name, **told)


def _age(cell: Cell) -> Iterator[PersonMention]:
    years, words = parse_age(cell.text)
    if years is not None or words:
        role = "presentation" if cell.pregnancy in (None, 1) else "event"
        yield _mention(cell, years=years, age_text=words, role=role)


def _sex(cell: Cell) -> Iterator[PersonMention]:
    letter = cell.text.strip()[:1].upper()
    if letter in ("F", "M", "W"):
        yield _mention(cell, sex="M" if letter == "M" else "F")


def _number(cell: Cell, column: str) -> Iterator[PersonMention]:
    match = re.search(DECIMAL, cell.text)
    if match is None:
        return
    value = parse_number(match.group())
    if column == "height_cm" and value < _METRES:
        value *= 100
    low, high = _PLAUSIBLE[column]
    if low <= value <= high:
        yield _mention(cell, **{column: int(value) if column in ("gravida", "para") else value})


TABLE = TableReader(label=person_field, cell=person_of_cell)

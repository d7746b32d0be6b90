"""One data cell to mentions, by what its row and column announce."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from extractors.base import Mention, TimeRef
from extractors.bmd.table import bmd_of_cell, is_density_cell
from extractors.drugs.table import drugs_of_cell, drugs_of_label
from extractors.fractures.table import fractures_of_cell
from extractors.labs.table import lab_of_cell
from extractors.language.numbers import NUMBER, parse_number
from extractors.onset.fact import OnsetMention
from extractors.onset.table import parse_onset_cell
from extractors.person.fact import PersonMention
from extractors.person.table import parse_age
from pipeline.tables.notes import Notes
from pipeline.tables.prose import read_prose
from pipeline.tables.senses import Sense


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell to be read: its words (a time in brackets blanked), offset, sense and neighbours.

    `reference`, `unit` and `flag` are the words of the cells that add to it.
    """

    body: str
    start: int
    sense: Sense
    time: TimeRef | None
    reference: str
    unit: str
    notes: Notes
    flag: str = ""


def read_cell(cell: Reading) -> Iterator[tuple[str, Mention]]:
    """The facts of one cell as (component, mention)."""
    sense = cell.sense
    if (parts := _ARROW.split(cell.body)) and len(parts) > 1:
        yield from _course(cell, parts)
        return
    if _SPREAD.search(cell.body) and not (sense.person or sense.drugs or sense.drug or sense.prose):
        return  # a mean with its deviation is nobody's value
    if sense.person:
        yield from _person(cell, sense.person)
    elif sense.onset:
        yield from _onset(cell, sense.onset)
    elif sense.fractures:
        for fracture in fractures_of_cell(cell.body, cell.start, cell.time):
            yield "vertebrae", fracture
    elif sense.analyte is not None:
        yield from _lab(cell)
    elif sense.bmd is not None and (sense.bmd.measure or is_density_cell(cell.body)):
        for value in bmd_of_cell(cell.body, cell.start, sense.bmd, cell.time, sense.pregnancy):
            yield "bmd", value
    elif sense.drug:
        for drug in drugs_of_label(cell.body, cell.start, sense.drug):
            yield "drugs", replace(drug, time=cell.time)
    elif sense.prose:
        if cell.body.strip().count(" "):
            yield from read_prose(cell.body, cell.start, cell.time)
    elif sense.drugs:
        for drug in drugs_of_cell(cell.body, cell.start, cell.notes.definitions):
            yield "drugs", replace(drug, time=cell.time)


_ARROW = re.compile(r"\s*(?:\u2192|\u21d2|->|=>|-->)\s*(?=\S)")
_SPREAD = re.compile(r"\d\s?(?:\u00b1|\+/-|\+-)\s?\d")


def _course(cell: Reading, parts: list[str]) -> Iterator[tuple[str, Mention]]:
    """ "9.2 -> 8.9": the first value at the time of the column, the others later."""
    at = 0
    for number, part in enumerate(parts):
        begin = cell.body.index(part, at)
        at = begin + len(part)
        start = cell.start + begin
        time = cell.time
        if number:
            time = TimeRef(start, start + len(part), "", "baseline", None, None, "follow-up")
        yield from read_cell(replace(cell, body=part, start=start, time=time, flag=""))


def _quote(cell: Reading) -> tuple[int, int]:
    return _trimmed(cell.body, cell.start)


def _trimmed(text: str, start: int) -> tuple[int, int]:
    """Offsets of a text's words without the space around them."""
    left = len(text) - len(text.lstrip())
    return start + left, start + len(text.rstrip())


_GRAVIDA_PARA = re.compile(r"\s*G?\s?(\d{1,2})\s?[/,]?\s?P?\s?(\d{1,2})")
_FIELDS = {"height": "height_cm", "weight": "weight_kg", "bmi": "bmi", "gravida": "gravida", "para": "para"}
#: Plausible ranges; outside of them a number is something else (a lost decimal point, a year).
_PLAUSIBLE = {
    "height_cm": (60.0, 210.0),
    "weight_kg": (2.0, 250.0),
    "bmi": (8.0, 70.0),
    "gravida": (0, 20),
    "para": (0, 20),
}


def _person(cell: Reading, field: str) -> Iterator[tuple[str, Mention]]:
    start, end = _quote(cell)
    if field == "age":
        years, words = parse_age(cell.body)
        if years is not None or words:
            role = "presentation" if cell.sense.pregnancy in (None, 1) else "event"
            yield (
                "person",
                PersonMention(start=start, end=end, rule="table", years=years, age_text=words, role=role),
            )
        return
    if field == "sex":
        letter = cell.body.strip()[:1].upper()
        if letter in ("F", "M", "W"):
            yield (
                "person",
                PersonMention(
                    start=start, end=end, rule="table", sex="M" if letter == "M" else "F", role="presentation"
                ),
            )
        return
    both = _GRAVIDA_PARA.match(cell.body) if field == "gravida/para" else None
    if both:
        yield (
            "person",
            PersonMention(start=start, end=end, rule="table", gravida=int(both[1]), para=int(both[2])),
        )
        return
    match = re.search(NUMBER, cell.body)
    name = _FIELDS.get(field)
    if match and name:
        value = parse_number(match.group())
        if name == "height_cm" and value < 2.5:
            value *= 100
        low, high = _PLAUSIBLE[name]
        if low <= value <= high:
            number = int(value) if name in ("gravida", "para") else value
            told: dict[str, Any] = {name: number}
            yield "person", PersonMention(start=start, end=end, rule="table", **told)


def _onset(cell: Reading, label: str) -> Iterator[tuple[str, Mention]]:
    days = parse_onset_cell(cell.body, label)
    if days is not None:
        start, end = _quote(cell)
        anchor = "gestation" if days[0] < 0 else "delivery"
        yield (
            "onset",
            OnsetMention(
                start=start,
                end=end,
                rule="table",
                anchor=anchor,
                pregnancy=cell.sense.pregnancy,
                days_min=days[0],
                days_max=days[1],
            ),
        )


_BETWEEN = re.compile(r"\d\s?(?:-|to|\u2013)\s?-?\d")


def _lab(cell: Reading) -> Iterator[tuple[str, Mention]]:
    label = cell.sense.analyte
    if label is None:
        return
    mark = _MARK.search(cell.body)
    found = lab_of_cell(
        cell.body, cell.start, label, time=cell.time, pregnancy=cell.sense.pregnancy,
        reference=cell.reference, unit=cell.unit, flag=cell.flag,
        limits=cell.notes.reference_of(cell.sense.mark) or cell.notes.ranges.get(label.analyte),
        note=cell.notes.marks.get(mark.group(1), "") if mark else "",
    )  # fmt: skip
    if found is not None:
        yield "labs", found


#: The letter of a footnote on a value.
_MARK = re.compile(r"[\d)\s]([a-e*†‡§])\s*$")

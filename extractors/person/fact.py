"""Who the patient is: the mention type, and the one row that every patient has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.base import Mention
from extractors.doubts import IMPLAUSIBLE
from extractors.fact import Fact, Patient, Record, Row, integer, number, only, string
from extractors.placed import Placed
from extractors.rules.rule import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention(Mention):
    """Age, sex, gravida/para, height, weight or BMI of somebody; what is not stated is None.

    `years` is decimal; `age_text` as printed ("in her thirties" has no years). `role` is
    "presentation" (age at the report), "event" (age at an earlier or later event) or "other"
    (another person's). Height in cm, weight in kg, BMI in kg/m2. `sex` is F or M. `listed`: which of how
    many ages told together ("three women aged 28, 30 and 35").
    """

    years: float | None = None
    age_text: str = ""
    role: str = "presentation"
    sex: str | None = None
    gravida: int | None = None
    para: int | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    bmi: float | None = None
    listed: tuple[int, int] | None = None


_FIELDS = ("sex", "gravida", "para", "height_cm", "weight_kg", "bmi")


def _records(found: list[Placed[PersonMention]], patient: Patient) -> list[Record[PersonMention]]:
    """One row from all that is said of the person; the age's words are quoted, else the first ones."""
    own = [p for p in found if p.presents or p.mention.role != "other"]
    age = _age(own)
    values: dict[str, Any] = {
        "label": patient.label,
        "age_years": age.mention.years if age else None,
        "age_text": age.mention.age_text if age else "",
    }
    for field in _FIELDS:
        values[field] = _first_told(own, field)
    return [Record(chosen, [chosen], values) for chosen in ([age] if age else own)[:1]]


def _age(own: list[Placed[PersonMention]]) -> Placed[PersonMention] | None:
    """The age at presentation: the surest exact one (the first of equals), else the first in words."""
    aged = [p for p in own if p.presents or p.mention.role == "presentation"]
    exact = [p for p in aged if p.mention.years is not None]
    if exact:
        return max(exact, key=lambda p: p.certainty)
    return next((p for p in aged if p.mention.age_text), None)


def _first_told(own: list[Placed[PersonMention]], field: str) -> Any:
    for placed in own:
        value = getattr(placed.mention, field)
        if value is not None:
            return value
    return None


INTRODUCED = Relation(
    "introduced",
    "The words that introduce a patient of whom neither age nor sex is told.",
    says={
        "Case reports\n\nCase 1\n\nA mother of 31 years had back pain.\n\nCase 2\n\nBack pain began after "
        "birth. MRI showed a fracture of T8.": {"label": "Case 2", "age_years": None, "sex": None},
    },
    silent=("Case report\n\nA 31-year-old woman had back pain. MRI showed a fracture of T8.",),
    of="paper",
)


def _introduced(start: int, end: int) -> PersonMention:
    return PersonMention(start=start, end=end, rule=INTRODUCED.name, certainty=0.7)


#: Years that a person can live: the longest life on record is 122 (Robine & Allard, 1999).
_OLDEST = 122
#: The share by which a body mass index may differ from the one of the height and weight told.
_ROUNDED = 0.1


def _doubts(row: Row) -> Iterator[str]:
    age, gravida, para = row["age_years"], row["gravida"], row["para"]
    height, weight, bmi = row["height_cm"], row["weight_kg"], row["bmi"]
    told_too_often = gravida is not None and para is not None and para > gravida
    worked_out = weight / (height / 100) ** 2 if height and weight else None
    contradicts = bmi and worked_out and abs(bmi - worked_out) > _ROUNDED * bmi
    if (age is not None and not 0 <= age <= _OLDEST) or told_too_often or contradicts:
        yield IMPLAUSIBLE


FACT = Fact(
    table="cases",
    row="patient described as an individual case",
    component="person",
    mention=PersonMention,
    columns=(
        string("label", "The patient's label as printed (Case 1, patient 2, ...)"),
        number("age_years", "Age at presentation, decimal; empty where only a decade is told", unit="year"),
        string("age_text", "The age in the paper's words"),
        string("sex", "Sex", values=("F", "M")),
        integer("gravida", "Pregnancies so far, the present one included"),
        integer("para", "Deliveries so far"),
        number("height_cm", "Body height", unit="cm"),
        number("weight_kg", "Body weight", unit="kg"),
        number("bmi", "Body mass index as stated, not calculated", unit="kg/m2"),
    ),
    same=lambda a, b: True,
    better=lambda p: p.certainty,
    records=_records,
    introduced=_introduced,
    in_clauses=False,
    summary=(
        only(string("label", "The patient's label as printed")),
        only(number("age_years", "Age at presentation", unit="year")),
        only(string("sex", "Sex", values=("F", "M"))),
        only(integer("gravida", "Pregnancies so far")),
        only(integer("para", "Deliveries so far")),
        only(number("bmi", "Body mass index", unit="kg/m2")),
    ),
    doubts=_doubts,
    identity=(),
    key=("case_id",),
)

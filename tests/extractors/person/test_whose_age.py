"""Whose age and sex are told: newborns and their mothers, patients introduced together, notes."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

#: Text: sex, gravida and para of its one patient.
ONE = {
    "A male newborn, born at term to a healthy 29-year-old mother, broke a femur.": ("M", None, None),
    "A male infant was born at 38 weeks to a 32-year-old G2P1 mother. On day 1 the femur was broken.": (
        "M", None, None,
    ),
    "A term female infant of a 30-year-old diabetic mother had seizures.": ("F", None, None),
    "A preterm male neonate, born at 31 weeks to a G1P0 mother, was given surfactant.": ("M", None, None),
    "A 31-year-old G2P1 mother delivered a male infant. She had back pain two months later.": ("F", 2, 1),
    "A 2-year-old girl, the first child of a 26-year-old mother and a 30-year-old father.": (
        "F", None, None,
    ),
    "A 13-month-old boy of consanguineous parents had fractures.": ("M", None, None),
    "Smt. R, 26/F, P1L1, presented with backache.": ("F", None, 1),
    "A 29 y.o. Caucasian lady was referred with a fracture of L1.": ("F", None, None),
    "A 30-year-old woman (P2 A0) had a fracture of L1.": ("F", None, 2),
    "A 33-year-old woman, P1+1, had a fracture of L1.": ("F", None, 1),
    "Our patient was 36 years old, a mother of two, when she felt back pain.": ("F", None, 2),
    "Osteomalacia was found in a 61-year-old ex-miner when the thin bone snapped. He was lame.": (
        "M", None, None,
    ),
}  # fmt: skip
#: Text: ages and sexes of its patients.
SEVERAL = {
    "Two women had fractures after delivery. The first patient, aged 30, broke T12. "
    "The second patient, aged 33, broke L1.": [(30.0, "F"), (33.0, "F")],
    "We report three women aged 24, 39 and 31 years with vertebral fractures.": [
        (24.0, "F"), (39.0, "F"), (31.0, "F"),
    ],
    "Two siblings, 5 and 7 years old, presented with fractures.": [(5.0, None), (7.0, None)],
    "Patient 1, 61 years old, had hypercalcaemia of malignancy. Patient 2, 70 years old, had sarcoidosis. "
    "She recovered.": [(61.0, None), (70.0, "F")],
}  # fmt: skip


def cases(text: str) -> list[dict[str, object]]:
    return extract(structure(read_text("Report\n\nCase report\n\n" + text)[0]), "one")["cases"]


@pytest.mark.parametrize(("text", "expected"), ONE.items())
def test_one_patient(text: str, expected: tuple[str, int | None, int | None]) -> None:
    [case] = cases(text)
    assert (case["sex"], case["gravida"], case["para"]) == expected


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items())
def test_several_patients(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert [(case["age_years"], case["sex"] or None) for case in cases(text)] == expected


def test_age_is_of_the_person_and_not_of_the_bone_that_broke() -> None:
    text = "Osteomalacia was found in a 61-year-old ex-miner when the thin bone snapped. He was lame."
    [case] = extract(structure(read_text(text)[0]), "doc")["cases"]
    assert case["age_years"] == 61


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Three weeks after the birth of her daughter, a 29-year-old teacher felt a crack in her back.", 29),
        ("Two months after the delivery of her first child, a 31-year-old nurse had back pain.", 31),
        ("The patient was 31. She had back pain.", 31),
        ("A 30-year-old woman was seen with her daughter, a 9-year-old girl with back pain.", 30),
    ],
)
def test_age_behind_a_birth_or_without_unit(text: str, age: int) -> None:
    [case] = extract(structure(read_text(text)[0]), "doc")["cases"]
    assert case["age_years"] == age

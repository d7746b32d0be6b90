"""Rows that need a look say why."""

from __future__ import annotations

import pytest

from extractors.doubts import (
    AGAINST_RANGE,
    BETWEEN,
    COUNT,
    IMPLAUSIBLE,
    NO_UNIT,
    ODD_UNIT,
    REASONS,
    TABLE,
    TWO_VALUES,
)
from pipeline.paper import Paper
from pipeline.process import extract
from pipeline.readers.text import read as read_text
from pipeline.record import Row
from pipeline.structure import structure

BEGIN = "Case report\n\nA 31-year-old woman had back pain two weeks after delivery. "


def paper(words: str) -> Paper:
    return structure(read_text(f"{BEGIN}{words}\n".encode(), "paper.txt")[0])


def rows(words: str, table: str = "labs") -> list[Row]:
    return extract(paper(words), "paper")[table]


def checks(words: str, table: str = "labs") -> list[str]:
    return [row["check"] for row in rows(words, table)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Serum calcium was 94 mg/dL.", IMPLAUSIBLE),
        ("Potassium was 41 mmol/L.", IMPLAUSIBLE),
        ("The platelet count was 165/mm3.", IMPLAUSIBLE),
        ("Serum creatinine was 62 mg/dL.", IMPLAUSIBLE),
        ("Serum calcium was 9.4.", NO_UNIT),
        ("Phosphate was 3.1.", NO_UNIT),
        ("Haemoglobin was 10.5 mg/dL.", ODD_UNIT),
        ("FSH was 9.2 IU/mL.", ODD_UNIT),
        ("Serum calcium was low at 9.4 mg/dL (8.5-10.5).", AGAINST_RANGE),
        ("PTH was elevated at 30 pg/mL (normal 15-65 pg/mL).", AGAINST_RANGE),
    ],
)
def test_a_result_that_is_odd_says_why(words: str, reason: str) -> None:
    assert checks(words) == [reason]


@pytest.mark.parametrize(
    "words",
    [
        "Serum calcium was 9.4 mg/dL (8.5-10.5).",
        "Serum calcium was 14.1 mg/dL, PTH 900 pg/mL.",
        "The platelet count was 165,000/mm3.",
        "Neutrophils were 65%.",
        "The INR was 1.1.",
        "Blood pH was 7.31.",
        "The rheumatoid factor was negative.",
        "PTH was high at 92 pg/mL (15-65).",
        "Proteinuria was 0.3 g/L.",
    ],
)
def test_a_sound_result_needs_no_look(words: str) -> None:
    assert checks(words) and set(checks(words)) == {""}


def test_two_values_at_one_time_point_at_each_other() -> None:
    assert checks("Serum calcium was 9.4 mg/dL. Her serum calcium was 7.4 mg/dL.") == [TWO_VALUES] * 2


def test_two_values_at_two_times_do_not() -> None:
    assert checks("Serum calcium was 9.4 mg/dL. Six months later calcium was 9.9 mg/dL.") == ["", ""]


def test_density_without_its_unit() -> None:
    assert checks("The lumbar spine BMD was 0.712.", "bmd") == [NO_UNIT]
    assert checks("The lumbar spine BMD was 0.712 g/cm2 (T-score -3.1).", "bmd") == ["", ""]


def test_a_patient_whose_parts_contradict_each_other() -> None:
    assert checks("She was 160 cm tall and weighed 50 kg (BMI 31 kg/m2).", "cases") == [IMPLAUSIBLE]
    assert checks("She was 160 cm tall and weighed 50 kg (BMI 19.5 kg/m2).", "cases") == [""]


def test_more_vertebrae_counted_than_found() -> None:
    short = "MRI showed five vertebral fractures. T8, T9 and L1 were fractured."
    assert set(checks(short, "fractures")) == {COUNT}
    assert set(checks(short.replace("five", "three"), "fractures")) == {""}


def test_a_table_that_goes_on_elsewhere() -> None:
    head = "She recovered.\n\nTable 1\n\nTest\tAdmission\tMonth 6\n"
    head += "Calcium (mg/dL)\t9.4\t9.6\nALP (U/L)\t140\t96\n\n"
    parts = rows(f"{head}Table 1 (continued)\n\nFerritin (ng/mL)\t9\t41\nTSH (mU/L)\t1.1\t2.0\n")
    assert len(parts) == 8 and {row["check"] for row in parts} == {TABLE}
    assert {row["check"] for row in rows(f"{head}The end.\n")} == {""}


def test_several_reasons_stand_in_their_order() -> None:
    (found,) = checks("Calcium was low at 94 mg/dL (85-105 mg/dL).")
    assert found == BETWEEN.join((IMPLAUSIBLE, AGAINST_RANGE))
    assert list(REASONS).index(IMPLAUSIBLE) < list(REASONS).index(AGAINST_RANGE)


def test_reasons_are_told_apart() -> None:
    assert all(BETWEEN.strip() not in reason for reason in REASONS)

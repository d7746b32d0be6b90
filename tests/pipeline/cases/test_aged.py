"""Patients whom one sentence tells apart by their ages."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure


def rows_of(text: str) -> dict[str, list[dict[str, Any]]]:
    return extract(structure(read_text(text)[0]), "doc")


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Two women (Patient 1: 26-year-old; Patient 2: 29-year-old) had back pain.", [26, 29]),
        ("Three women, 25, 28, and 36 years of age, had back pain.", [25, 28, 36]),
        ("Three patients (23, 30 and 35 years old) had back pain.", [23, 30, 35]),
        ("We describe 2 primiparous women (29 yr and 31 yr) with fractures.", [29, 31]),
        ("Two women (case 1, 26 years; case 2, 29 years) had back pain.", [26, 29]),
        ("Patient 1 was 30 years old, and patient 2 was 35. Both had back pain.", [30, 35]),
        ("Patient A (26 years) had back pain, whereas patient B (30 years) had none.", [26, 30]),
        ("Case A was a 26-year-old woman and Case B a 31-year-old woman.", [26, 31]),
        ("(1) A 26-year-old woman had a fracture. (2) A 31-year-old woman had hip pain.", [26, 31]),
        ("Two cases: (1) a 26-year-old woman, and (2) a 31-year-old woman, had pain.", [26, 31]),
        ("We report two women. The first, 28 years old, had pain; the second, 33, had none.", [28, 33]),
        ("We saw two cases. One was a 32-year-old primipara, the other a 41-year-old multipara.", [32, 41]),
        ("We saw two cases. One patient was 32 years old and the other was 41.", [32, 41]),
        ("We saw two cases: a 30-year-old woman with pain and a 24-year-old woman without.", [30, 24]),
    ],
)
def test_each_is_a_case_with_her_age(text: str, ages: list[int]) -> None:
    assert [c["age_years"] for c in rows_of(text)["cases"]] == ages


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("Patient 1 was a 26-year-old woman. She had back pain.", 1),
        ("A 30-year-old woman with two sisters, 25 and 28 years old, had a fracture.", 1),
        ("A 30-year-old woman, one of two women followed for 12 and 18 years, had a fracture.", 1),
        ("(1) A 26-year-old woman had back pain. (2) Calcium was normal.", 1),
        ("A 26-year-old woman had back pain. The BMI of patient 1 was 24, and of patient 2 was 35.", 1),
        ("A 26-year-old woman had two fractures. One was 30 years old and the other was 5.", 1),
    ],
)
def test_none_is_made_up(text: str, cases: int) -> None:
    assert len(rows_of(text)["cases"]) == cases


def test_patients_announced_together_are_told_one_by_one() -> None:
    rows = rows_of(
        "We report two cases: a 30-year-old and a 24-year-old woman.\n\n"
        "A 30-year-old woman had a fracture of T8. A 24-year-old woman had a fracture of L1."
    )
    assert {(f["case_id"], f["level"]) for f in rows["fractures"]} == {("doc-1", "T8"), ("doc-2", "L1")}

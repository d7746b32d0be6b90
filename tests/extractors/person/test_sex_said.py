"""The sex of a patient that is named by a word without one."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

SEX = {
    "We report thrombosis in a neonate. The neonate was a large male born after an eventful pregnancy.": "M",
    "A newborn had sepsis. The infant was a girl.": "F",
    "A 33 year-old women was admitted with pain.": "F",
    "A 45-year-old men with diabetes was seen.": "M",
}


@pytest.mark.parametrize(("text", "sex"), SEX.items())
def test_sex_is_told_of_the_patient(text: str, sex: str) -> None:
    [case] = extract(structure(read_text(text)[0]), "one")["cases"]
    assert case["sex"] == sex and (case["age_years"] or case["age_text"])


def test_many_of_an_age_are_no_patient() -> None:
    for text in ("A cohort of 30-year-old women was seen.", "45-year-old women are often screened."):
        assert extract(structure(read_text(text)[0]), "one")["cases"] == []

"""Patients told one after another in a sentence, and a mother introduced before she is called so."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

#: Text: the levels or sites of each patient's fractures.
TOLD = {
    "Three patients\n\nPatients\n\nPatient 1 was aged 28 and had fractures of T7 and T9; patient 2 was 31 "
    "years old and had a fracture of L1; patient 3, 36 years old, had a sacral fracture.": [
        {"T7", "T9"}, {"L1"}, {"sacrum"},
    ],
    "Two cases\n\nCase report\n\nWe report two women aged 27 and 35 with fractures after delivery. "
    "The first had fractures of T10 and T11, the second fractures of L1 and L2.": [
        {"T10", "T11"}, {"L1", "L2"},
    ],
    "Mother and infant\n\nCase report\n\nA 26-year-old woman with osteomalacia delivered a boy. The infant "
    "had fractures of the ribs. The mother had a fracture of the sacrum.": [{"sacrum"}, {"rib"}],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_fractures_of_each(text: str, expected: list[set[str]]) -> None:
    found = extract(structure(read_text(text)[0]), "one")
    told = [
        {row["level"] or row["site"] for row in found["fractures"] if row["case_id"] == case["case_id"]}
        for case in found["cases"]
    ]
    assert told == expected


def test_a_list_of_all_goes_on_behind_both() -> None:
    text = (
        "Two cases\n\nCase report\n\nWe report two women aged 27 and 35 with fractures after "
        "delivery. The first had a fracture of T10, the second one of L1. "
        "Lumbar T-scores were -3.3 and -2.7, respectively."
    )
    rows = extract(structure(read_text(text)[0]), "one")["bmd"]
    assert [(row["case_id"], row["value"]) for row in rows] == [("one-1", -3.3), ("one-2", -2.7)]

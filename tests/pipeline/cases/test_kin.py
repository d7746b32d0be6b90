"""Two patients told apart by a word that stands for each: the elder, the other, the latter."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure


def rows_of(text: str) -> dict[str, list[dict[str, Any]]]:
    return extract(structure(read_text(text)[0]), "doc")


APART = [
    "We describe two sisters. The elder, 32, had fractures of T5 and T6. "
    "The younger, 29, sustained a sacral fracture.",
    "We describe two sisters. The older sister (32 years) had fractures of T5 and T6. "
    "The younger sister (29 years) had a sacral fracture.",
    "Two women are reported. One, a 32-year-old nurse, had fractures of T5 and T6. "
    "The other, aged 29, had a sacral fracture.",
    "Two women, aged 32 and 29, had back pain. "
    "The former had fractures of T5 and T6, the latter a sacral fracture.",
]


@pytest.mark.parametrize("text", APART)
def test_each_has_her_age_and_her_fractures(text: str) -> None:
    rows = rows_of(text)
    assert [c["age_years"] for c in rows["cases"]] == [32, 29]
    found = {(f["case_id"], f["level"] or f["site"]) for f in rows["fractures"]}
    assert found == {("doc-1", "T5"), ("doc-1", "T6"), ("doc-2", "sacrum")}


def test_older_sister_has_no_old_fracture() -> None:
    rows = rows_of(APART[1])
    assert {f["phase"] for f in rows["fractures"]} == {"baseline"}


def test_latter_of_two_levels_is_no_patient() -> None:
    rows = rows_of(
        "A 30-year-old woman had fractures of T5 and T6. The former was old, the latter was recent."
    )
    assert len(rows["cases"]) == 1

"""Nutrients that were lacking and are said by a pronoun to have been supplemented."""

from __future__ import annotations

import pytest

from extractors.drugs.read import Drugs
from extractors.text import View

GIVEN = {
    "Vitamin D and folate deficiencies were found, and both vitamins were replaced.": [
        "vitamin d",
        "folic acid",
    ],
    "Laboratory tests revealed low zinc and vitamin D levels; both were supplemented.": ["zinc", "vitamin d"],
    "She had iron and vitamin B12 deficiency. Both deficiencies were corrected with supplements.": [
        "iron",
        "vitamin b12",
    ],
    "She was deficient in vitamin D and iron, which were supplemented.": ["vitamin d", "iron"],
    "Vitamin D deficiency was found and supplemented.": ["vitamin d"],
    "Vitamin A and vitamin C were low and were substituted.": ["vitamin a", "vitamin c"],
}
SILENT = (
    "Vitamin D and B12 deficiencies were found, and both parents were informed.",
    "Vitamin D and vitamin B12 were low, and both vitamins were measured again.",
    "Vitamin D was low, and both hips were replaced.",
    "Vitamin D and vitamin B12 were normal, and both knees were replaced.",
)


@pytest.mark.parametrize(("sentence", "drugs"), GIVEN.items())
def test_what_lacked_was_supplemented(sentence: str, drugs: list[str]) -> None:
    found = Drugs().find(View(sentence))
    assert [(m.drug, m.status) for m in found] == [(drug, "given") for drug in drugs]


@pytest.mark.parametrize("sentence", SILENT)
def test_what_was_replaced_is_something_else(sentence: str) -> None:
    assert Drugs().find(View(sentence)) == []

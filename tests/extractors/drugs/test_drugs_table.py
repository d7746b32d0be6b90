from __future__ import annotations

import pytest

from extractors.drugs.table import find_drugs, is_drug_label

CELLS = {
    "bare-analytes": ("Calcium, vitamin D", [("calcium", None), ("vitamin d", None)]),
    "regimen": ("ALN 70 mg/wk; teriparatide 20 µg/d", [("alendronate", 70.0), ("teriparatide", 20.0)]),
    "plus": ("Calcium 1 g + vit D 800 IU/day", [("calcium", 1.0), ("vitamin d", 800.0)]),
    "brand": ("Forteo", [("teriparatide", None)]),
    "none": ("Brace only", []),
    "dash": ("-", []),
}


@pytest.mark.parametrize(("text", "expected"), CELLS.values(), ids=CELLS.keys())
def test_find_drugs_in_a_cell(text: str, expected: list[tuple[str, float | None]]) -> None:
    assert [(m.drug, m.dose) for m in find_drugs(text)] == expected


LABELS = {
    "Teriparatide": True,
    "Calcium (mg/day)": True,
    "Vitamin D supplement": True,
    "Calcium (mg/dL)": False,
    "Vitamin D (ng/mL)": False,
    "Age (years)": False,
    "NSAIDs": True,
    "Insulin resistance": False,
}


@pytest.mark.parametrize(("text", "expected"), LABELS.items(), ids=LABELS.keys())
def test_is_drug_label(text: str, expected: bool) -> None:
    assert is_drug_label(text) is expected

from __future__ import annotations

import pytest

from extractors.labs.si import SI, convert_range, to_si
from extractors.labs.vocabulary import analytes


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "expected"),
    [
        ("calcium", 9.4, "mg/dL", (2.345, "mmol/L")),
        ("calcium", 2.41, "mmol/L", (2.41, "mmol/L")),
        ("phosphate", 3.1, "mg/dL", (1.001, "mmol/L")),
        ("magnesium", 2.0, "mg/dL", (0.8228, "mmol/L")),
        ("albumin", 4.3, "g/dL", (43, "g/L")),
        ("creatinine", 0.62, "mg/dL", (54.81, "umol/L")),
        ("25-hydroxyvitamin d", 20, "ng/mL", (49.92, "nmol/L")),
        ("1,25-dihydroxyvitamin d", 45, "pg/mL", (117, "pmol/L")),
        ("parathyroid hormone", 65, "pg/mL", (6.89, "pmol/L")),
        ("parathyroid hormone", 65, "ng/L", (6.89, "pmol/L")),
        ("urea", 20, "mg/dL", (3.33, "mmol/L")),
        ("alkaline phosphatase", 97, "IU/L", (97, "U/L")),
        ("urinary calcium", 200, "mg/24 h", (4.99, "mmol/24 h")),
        ("white blood cell count", 7900, "/mm3", (7.9, "10^9/L")),
        ("ctx", 0.57, "ng/mL", (570, "ng/L")),
    ],
)
def test_to_si_converts(analyte: str, value: float, unit: str, expected: tuple[float, str]) -> None:
    assert to_si(analyte, value, unit) == expected


@pytest.mark.parametrize(
    ("analyte", "unit"), [("calcium", "pg/mL"), ("nothing known", "mg/dL"), ("calcium", "")]
)
def test_to_si_leaves_what_it_does_not_know(analyte: str, unit: str) -> None:
    assert to_si(analyte, 1.0, unit) is None


def test_convert_range_goes_both_ways() -> None:
    assert convert_range("calcium", 2.2, None, "mmol/L", "mg/dL") == (8.818, None)
    assert convert_range("calcium", 2.2, 2.6, "mmol/L", "U/L") is None


def test_si_table_names_known_analytes_and_sources() -> None:
    known = set(analytes())
    for row in SI.rows:
        assert row["source"]
        assert float(row["factor"]) > 0
        assert set(row["analyte"].split("|")) <= known

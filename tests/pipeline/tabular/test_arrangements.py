# ruff: noqa: E501
"""How tables in text are arranged: without a head, with dates in blocks, scores under a group's label."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TABLES = {
    "two-lists-without-a-head": (
        """
Table 1. Laboratory findings

WBC            5,900     /μL          Ca         9.3   mg/dL
Hb             12.4      g/dL         P          3.8   mg/dL
AST            17        U/L          ALP        301   U/L
Cr             0.49      mg/dL        intact PTH 31    pg/mL
                                      25OHD      10.4  ng/mL
""",
        [
            "white blood cell count 5900 /uL",
            "calcium 9.3 mg/dL",
            "hemoglobin 12.4 g/dL",
            "phosphate 3.8 mg/dL",
            "aspartate aminotransferase 17 U/L",
            "alkaline phosphatase 301 U/L",
            "creatinine 0.49 mg/dL",
            "parathyroid hormone 31 pg/mL",
            "25-hydroxyvitamin d 10.4 ng/mL",
        ],
    ),
    "range-without-a-head": (
        """
Table 1. Laboratory findings

Calcium (mmol/L)     2.31     2.15-2.55
Phosphate (mmol/L)   1.62     0.81-1.45
Albumin (g/L)        39       35-50
""",
        [
            "calcium 2.31 mmol/L [2.15..2.55] normal",
            "phosphate 1.62 mmol/L [0.81..1.45] high",
            "albumin 39 g/L [35.0..50.0] normal",
        ],
    ),
    "dates-in-blocks": (
        """
Table 3. Densitometry

Date          Site            BMD (g/cm²)   T-score
05/2014       Lumbar spine    0.631         -3.8
              Total hip       0.702         -2.0
06/2015       Lumbar spine    0.715         -3.0
              Total hip       0.725         -1.8
""",
        [
            "lumbar spine bmd 0.631 g/cm2 @baseline",
            "lumbar spine t_score -3.8 SD @baseline",
            "total hip bmd 0.702 g/cm2 @baseline",
            "total hip t_score -2 SD @baseline",
            "lumbar spine bmd 0.715 g/cm2 @follow-up+396",
            "lumbar spine t_score -3 SD @follow-up+396",
            "total hip bmd 0.725 g/cm2 @follow-up+396",
            "total hip t_score -1.8 SD @follow-up+396",
        ],
    ),
    "score-in-the-group": (
        """
Table 1. Summary of the patients

                        Case 1         Case 2
Age (years)             30             34
BMD, T-score
  Lumbar spine          −3.6           −3.0
  Total hip             −1.8           −1.5
""",
        [
            "1: years=30",
            "2: years=34",
            "1: lumbar spine t_score -3.6 SD",
            "2: lumbar spine t_score -3 SD",
            "1: total hip t_score -1.8 SD",
            "2: total hip t_score -1.5 SD",
        ],
    ),
    "t-and-z-alone": (
        """
TABLE I
BONE MINERAL DENSITY

Site          BMD     T       Z
L1-L4         0.631   -3.4    -3.1
Neck          0.604   -2.1    -1.8
""",
        [
            "lumbar spine L1-L4 bmd 0.631 g/cm2",
            "lumbar spine L1-L4 t_score -3.4 SD",
            "lumbar spine L1-L4 z_score -3.1 SD",
            "femoral neck bmd 0.604 g/cm2",
            "femoral neck t_score -2.1 SD",
            "femoral neck z_score -1.8 SD",
        ],
    ),
}


@pytest.mark.parametrize(("text", "facts"), TABLES.values(), ids=TABLES)
def test_text_table_arrangement(text_facts: Callable[[str], list[str]], text: str, facts: list[str]) -> None:
    assert text_facts(text) == facts

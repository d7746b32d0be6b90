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
    "units-in-the-ranges": (
        """
Table 1 Laboratory data

Variable                 Result    Normal
Serum calcium            9.3       8.8-10.2 mg/dL
25-OH vitamin D          8.4       30-100 ng/mL
""",
        [
            "calcium 9.3 mg/dL [8.8..10.2] normal",
            "25-hydroxyvitamin d 8.4 ng/mL [30.0..100.0] low",
        ],
    ),
    "dates-with-a-word": (
        """
Table 2. Densitometry

                       March 2010 (baseline)   April 2011    May 2012
Lumbar spine T-score   -3.6                    -2.9          -2.3
Weight bearing         no                      yes           yes
""",
        [
            "lumbar spine t_score -3.6 SD @baseline",
            "lumbar spine t_score -2.9 SD @follow-up+396",
            "lumbar spine t_score -2.3 SD @follow-up+792",
        ],
    ),
    "scores-beside-a-density": (
        """
Table 1 Summary

Case   Age   Levels        BMD (L2-L4)   T       Z      Therapy          Heparin
1      25    T12, L1       0.70          -3.9    -3.5   Ca, D3           yes (2 mo)
2      32    T7            0.65          -4.3    -4.0   ALN 70 mg/wk     no
""",
        [
            "1: years=25",
            "1: fracture T12",
            "1: fracture L1",
            "1: lumbar spine L2-L4 bmd 0.7 g/cm2",
            "1: lumbar spine L2-L4 t_score -3.9 SD",
            "1: lumbar spine L2-L4 z_score -3.5 SD",
            "1: calcium given",
            "1: cholecalciferol given",
            "1: heparin prior",
            "2: years=32",
            "2: fracture T7",
            "2: lumbar spine L2-L4 bmd 0.65 g/cm2",
            "2: lumbar spine L2-L4 t_score -4.3 SD",
            "2: lumbar spine L2-L4 z_score -4 SD",
            "2: alendronate given 70 mg weekly",
            "2: heparin denied",
        ],
    ),
    "two-levels-of-heads": (
        """
Table 1. Comparison of BMD before and after treatment

                 Before treatment        After 18 months of teriparatide   % change
                 BMD     T      Z        BMD     T      Z
Lumbar spine     0.631   -3.8   -3.5     0.759   -2.7   -2.5               20.3
Total hip        0.688   -2.2   -2.0     0.719   -1.9   -1.8               4.5
""",
        [
            "lumbar spine bmd 0.631 g/cm2 @baseline",
            "lumbar spine t_score -3.8 SD @baseline",
            "lumbar spine z_score -3.5 SD @baseline",
            "lumbar spine bmd 0.759 g/cm2 @follow-up+548",
            "lumbar spine t_score -2.7 SD @follow-up+548",
            "lumbar spine z_score -2.5 SD @follow-up+548",
            "lumbar spine bmd_change 20.3 % @follow-up",
            "total hip bmd 0.688 g/cm2 @baseline",
            "total hip t_score -2.2 SD @baseline",
            "total hip z_score -2 SD @baseline",
            "total hip bmd 0.719 g/cm2 @follow-up+548",
            "total hip t_score -1.9 SD @follow-up+548",
            "total hip z_score -1.8 SD @follow-up+548",
            "total hip bmd_change 4.5 % @follow-up",
        ],
    ),
    "total-of-levels": (
        """
Table 2. DXA

Region            BMD (g/cm²)   T-score
L2                0.599         -3.8
L3                0.621         -4.1
Total             0.610         -3.9
Neck              0.605         -2.1
Total             0.690         -2.2
""",
        [
            "lumbar spine L2 bmd 0.599 g/cm2",
            "lumbar spine L2 t_score -3.8 SD",
            "lumbar spine L3 bmd 0.621 g/cm2",
            "lumbar spine L3 t_score -4.1 SD",
            "lumbar spine L2-L3 bmd 0.61 g/cm2",
            "lumbar spine L2-L3 t_score -3.9 SD",
            "femoral neck bmd 0.605 g/cm2",
            "femoral neck t_score -2.1 SD",
            "total hip bmd 0.69 g/cm2",
            "total hip t_score -2.2 SD",
        ],
    ),
    "timeline-with-treatment": (
        """
Table 1. Course

Time                     Event
2 months postpartum      Onset of back pain
4 months postpartum      MRI showed a fracture of T12; teriparatide 20 µg/day was started
10 months postpartum     T-score L1-L4 -2.9
""",
        [
            "onset 61..61",
            "fracture T12 @delivery+122",
            "teriparatide given 20 ug daily @delivery+122",
            "lumbar spine L1-L4 t_score -2.9 SD @follow-up+304",
        ],
    ),
    "mean-of-a-site": (
        """
Table 1

                         Patient A   Patient B
Age (years)              27          33
Mean T-score L1–L4       -3.3        -2.6
""",
        [
            "1: years=27",
            "2: years=33",
            "1: lumbar spine L1-L4 t_score -3.3 SD",
            "2: lumbar spine L1-L4 t_score -2.6 SD",
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

"""More tables in text: what their heads, footnotes and notations mean for the facts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TABLES = {
    "single-spaced-visits": (
        """
Table 1. Laboratory results

Test Baseline 3 months 12 months Reference range
Calcium (mg/dL) 9.2 9.4 9.5 8.5-10.5
ALP (U/L) 140 98 71 40-120
25(OH)D (ng/mL) 11 29 38 >30
Lumbar spine T-score -3.4 N/A -2.6
""",
        [
            "calcium 9.2 mg/dL [8.5..10.5] normal @baseline",
            "calcium 9.4 mg/dL [8.5..10.5] normal @follow-up+91",
            "calcium 9.5 mg/dL [8.5..10.5] normal @follow-up+365",
            "alkaline phosphatase 140 U/L [40.0..120.0] high @baseline",
            "alkaline phosphatase 98 U/L [40.0..120.0] normal @follow-up+91",
            "alkaline phosphatase 71 U/L [40.0..120.0] normal @follow-up+365",
            "25-hydroxyvitamin d 11 ng/mL [30.0..] low @baseline",
            "25-hydroxyvitamin d 29 ng/mL [30.0..] low @follow-up+91",
            "25-hydroxyvitamin d 38 ng/mL [30.0..] normal @follow-up+365",
            "lumbar spine t_score -3.4 SD @baseline",
            "lumbar spine t_score -2.6 SD @follow-up+365",
        ],
    ),
    "single-spaced-two-patients": (
        """
Table 1. Characteristics of the patients

Case 1 Case 2
Age (years) 27 33
Body mass index 20.1 22.7
Time of onset (weeks postpartum) 3 8
Fracture levels T8-T10 L1, L2
Lumbar BMD (g/cm2) 0.672 0.701
Treatment Alendronate Teriparatide

T, thoracic; L, lumbar.
""",
        [
            "1: years=27",
            "2: years=33",
            "1: bmi=20.1",
            "2: bmi=22.7",
            "1: onset 21..21",
            "2: onset 56..56",
            "1: fracture T8",
            "1: fracture T9",
            "1: fracture T10",
            "2: fracture L1",
            "2: fracture L2",
            "1: lumbar spine bmd 0.672 g/cm2",
            "2: lumbar spine bmd 0.701 g/cm2",
            "1: alendronate given",
            "2: teriparatide given",
        ],
    ),
    "flattened-patients-per-row": (
        """
Table 2. Patients

Patient Age Onset (weeks) Fractures L-spine T-score Therapy
1 29 4 T9, T10 -3.3 Alendronate
2 34 2 L1 -2.9 Zoledronate
3 25 12 T12, L1-L3 -4.0 None
""",
        [
            "1: years=29",
            "1: onset 28..28",
            "1: fracture T9",
            "1: fracture T10",
            "1: lumbar spine t_score -3.3 SD",
            "1: alendronate given",
            "2: years=34",
            "2: onset 14..14",
            "2: fracture L1",
            "2: lumbar spine t_score -2.9 SD",
            "2: zoledronic acid given",
            "3: years=25",
            "3: onset 84..84",
            "3: fracture T12",
            "3: fracture L1",
            "3: fracture L2",
            "3: fracture L3",
            "3: lumbar spine t_score -4 SD",
        ],
    ),
    "transposed-aligned": (
        """
Table 3. Bone markers

Visit         CTX        P1NP      BALP
              (ng/mL)    (ug/L)    (U/L)
Baseline      0.88       92        41
6 months      0.41       44        22
Ref. range    0.05-0.57  15-59     7-29
""",
        [
            "ctx 0.88 ng/mL [0.05..0.57] high @baseline",
            "p1np 92 ug/L [15.0..59.0] high @baseline",
            "bone alkaline phosphatase 41 U/L [7.0..29.0] high @baseline",
            "ctx 0.41 ng/mL [0.05..0.57] normal @follow-up+183",
            "p1np 44 ug/L [15.0..59.0] normal @follow-up+183",
            "bone alkaline phosphatase 22 U/L [7.0..29.0] normal @follow-up+183",
        ],
    ),
    "units-in-caption": (
        """
Table 2. BMD (g/cm2) before and after treatment

                 Before   After
L2-L4            0.699    0.780
Femoral neck     0.640    0.655
""",
        [
            "lumbar spine L2-L4 bmd 0.699 g/cm2 @baseline",
            "lumbar spine L2-L4 bmd 0.78 g/cm2 @follow-up",
            "femoral neck bmd 0.64 g/cm2 @baseline",
            "femoral neck bmd 0.655 g/cm2 @follow-up",
        ],
    ),
    "yes-no": (
        """
Table 1. Risk factors

                        Patient 1   Patient 2   Patient 3
Smoking                 No          Yes         No
Heparin                 No          Yes         No
Corticosteroid use      -           +           -
Family history          +           -           -
Calcium intake (mg/d)   600         900         400
""",
        [
            "1: history smoking absent",
            "2: history smoking present",
            "3: history smoking absent",
            "1: heparin denied",
            "2: heparin prior",
            "3: heparin denied",
            "2: glucocorticoid prior",
        ],
    ),
    "footnote-multi": (
        """
Table 1. Laboratory data

Variable           Patient 1   Patient 2
Calcium, mg/dL     9.4         9.9
PTH, pg/mL*        14          33
P1NP, ng/mL†       120         88

* Normal range, 15-65 pg/mL
† Normal range, 15-59 ng/mL
""",
        [
            "1: calcium 9.4 mg/dL",
            "2: calcium 9.9 mg/dL",
            "1: parathyroid hormone 14 pg/mL [15.0..65.0] low",
            "2: parathyroid hormone 33 pg/mL [15.0..65.0] normal",
            "1: p1np 120 ng/mL [15.0..59.0] high",
            "2: p1np 88 ng/mL [15.0..59.0] high",
        ],
    ),
    "onset-phrases": (
        """
Table 1. Clinical features

Feature              Case 1                  Case 2
Age, years           31                      28
Gravida/para         1/1                     G2P2
Symptom onset        3 days postpartum       3rd trimester
Fractured vertebrae  T7, T8, T11             L2-L4
Breastfeeding        6 months                none
Treatment            Teriparatide 20 µg/d    Alendronate 70 mg/wk
Follow-up            24 months               12 months
""",
        [
            "1: years=31",
            "2: years=28",
            "1: gravida=1 para=1",
            "2: gravida=2 para=2",
            "1: onset 3..3",
            "2: onset -84..0",
            "1: fracture T7",
            "1: fracture T8",
            "1: fracture T11",
            "2: fracture L2",
            "2: fracture L3",
            "2: fracture L4",
            "1: pregnancy yes 183",
            "1: teriparatide given 20 ug daily",
            "2: alendronate given 70 mg weekly",
        ],
    ),
    "si-and-conventional": (
        """
Table 1. Results

Parameter        Result   Unit      Normal range
Ca               2.45     mmol/L    2.20-2.60
P                1.10     mmol/L    0.80-1.50
ALP              155 H    U/L       30-120
1,25(OH)2D       182      pmol/L    48-190
iPTH             1.1 L    pmol/L    1.6-6.9
24-h urine Ca    9.1      mmol/d    2.5-7.5
""",
        [
            "calcium 2.45 mmol/L [2.2..2.6] normal",
            "phosphate 1.1 mmol/L [0.8..1.5] normal",
            "alkaline phosphatase 155 U/L [30.0..120.0] high",
            "1,25-dihydroxyvitamin d 182 pmol/L [48.0..190.0] normal",
            "parathyroid hormone 1.1 pmol/L [1.6..6.9] low",
            "urine urinary calcium 9.1 mmol/day [2.5..7.5] high",
        ],
    ),
    "group-rows-text": (
        """
Table 2. Follow-up of bone density

                     Baseline    1 year    2 years
Lumbar spine
  BMD (g/cm2)        0.650       0.700     0.741
  T-score            -3.6        -3.1      -2.8
Femoral neck
  BMD (g/cm2)        0.600       0.611     0.620
  T-score            -2.3        -2.2      -2.1
""",
        [
            "lumbar spine bmd 0.65 g/cm2 @baseline",
            "lumbar spine bmd 0.7 g/cm2 @follow-up+365",
            "lumbar spine bmd 0.741 g/cm2 @follow-up+730",
            "lumbar spine t_score -3.6 SD @baseline",
            "lumbar spine t_score -3.1 SD @follow-up+365",
            "lumbar spine t_score -2.8 SD @follow-up+730",
            "femoral neck bmd 0.6 g/cm2 @baseline",
            "femoral neck bmd 0.611 g/cm2 @follow-up+365",
            "femoral neck bmd 0.62 g/cm2 @follow-up+730",
            "femoral neck t_score -2.3 SD @baseline",
            "femoral neck t_score -2.2 SD @follow-up+365",
            "femoral neck t_score -2.1 SD @follow-up+730",
        ],
    ),
    "pct-change": (
        """
Table 2. Densitometry

Site           Baseline   24 months   Change (%)
Lumbar spine   0.650      0.741       +14.0
Total hip      0.700      0.735       5.0
""",
        [
            "lumbar spine bmd 0.65 g/cm2 @baseline",
            "lumbar spine bmd 0.741 g/cm2 @follow-up+730",
            "lumbar spine bmd_change 14 % @follow-up",
            "total hip bmd 0.7 g/cm2 @baseline",
            "total hip bmd 0.735 g/cm2 @follow-up+730",
            "total hip bmd_change 5 % @follow-up",
        ],
    ),
    "drug-table": (
        """
Table 1. Treatment

Drug           Dose              Duration
Teriparatide   20 ug/day         18 months
Calcium        1000 mg/day       24 months
Vitamin D3     800 IU/day        24 months
""",
        [
            "teriparatide given 20 ug daily",
            "calcium given 1000 mg daily",
            "cholecalciferol given 800 IU daily",
        ],
    ),
}


@pytest.mark.parametrize(("text", "facts"), TABLES.values(), ids=TABLES)
def test_text_table_notation(text_facts: Callable[[str], list[str]], text: str, facts: list[str]) -> None:
    assert text_facts(text) == facts


def test_text_table_of_reported_cases_gives_no_row(text_facts: Callable[[str], list[str]]) -> None:
    text = """
Table 2. Summary of reported cases of PLO treated with denosumab

No.  Author, year            Age   Fractures      Outcome
1    Sanchez 2012            31    T8, T9         recovered
2    Yun et al., 2017        29    L1             recovered
3    Present case            36    T12            recovered
"""
    assert text_facts(text) == []

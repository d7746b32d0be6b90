# ruff: noqa: E501
"""Tables in text whose lines were run together, stacked or numbered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TABLES = {
    "pdf-one-line": (
        """
Table 1
Laboratory findings of the patient
Calcium 9.4 mg/dL (8.5-10.5)
Phosphorus 3.3 mg/dL (2.5-4.5)
PTH 12 pg/mL (15-65)
""",
        [],
    ),
    "stacked-visits": (
        """
Table 2. Laboratory course

Parameter
Baseline
6 months
12 months
Calcium (mg/dL)
9.1
9.3
9.6
PTH (pg/mL)
80
45
-
L1-L4 T-score
-3.9
-3.4
-3.0
Femoral neck T-score
-2.2
-2.1
-2.0

The patient recovered.
""",
        [
            "calcium 9.1 mg/dL @baseline",
            "calcium 9.3 mg/dL @follow-up+183",
            "calcium 9.6 mg/dL @follow-up+365",
            "parathyroid hormone 80 pg/mL @baseline",
            "parathyroid hormone 45 pg/mL @follow-up+183",
            "lumbar spine L1-L4 t_score -3.9 SD @baseline",
            "lumbar spine L1-L4 t_score -3.4 SD @follow-up+183",
            "lumbar spine L1-L4 t_score -3 SD @follow-up+365",
            "femoral neck t_score -2.2 SD @baseline",
            "femoral neck t_score -2.1 SD @follow-up+183",
            "femoral neck t_score -2 SD @follow-up+365",
        ],
    ),
    "numbered-prose-cells": (
        """
Table 1. Timeline of events

Date            Event
March 2019      Delivery of a healthy girl
April 2019      Onset of severe back pain
June 2019       MRI: fractures of T11, T12 and L1
July 2019       Denosumab 60 mg s.c.
""",
        [
            "pregnancy live birth 1",
            "fracture T11",
            "fracture T12",
            "fracture L1",
            "denosumab given 60 mg subcutaneous",
        ],
    ),
    "timeline-rel": (
        """
Table 1 Clinical course

Time postpartum   Event                                 Treatment
2 weeks           Low back pain after lifting           Ibuprofen 600 mg
2 months          Radiograph: wedge fracture of L2      Calcium 1000 mg/day
8 months          DXA: lumbar spine T-score -3.2        Alendronate 70 mg weekly
""",
        [
            "onset 14..14",
            "ibuprofen given 600 mg @delivery+14",
            "fracture L2 @delivery+61",
            "calcium given 1000 mg daily @delivery+61",
            "lumbar spine t_score -3.2 SD @delivery+244",
            "alendronate given 70 mg weekly @delivery+244",
        ],
    ),
    "no-visits-result-normal": (
        """
Table 1. Blood tests on admission

Test                   Result        Normal
Hemoglobin (g/dL)      11.2          12-16
ESR (mm/h)             12            <20
CRP (mg/L)             <5            <5
Protein electrophoresis normal        -
TSH (mIU/L)            normal        0.4-4.0
""",
        [
            "hemoglobin 11.2 g/dL [12.0..16.0] low @baseline",
            "erythrocyte sedimentation rate 12 mm/h [..20.0] normal @baseline",
            "c-reactive protein <5 mg/L [..5.0] normal @baseline",
            "thyroid stimulating hormone [0.4..4.0] normal @baseline",
        ],
    ),
    "wide-pdf-dump": (
        """
Table 1 Clinical characteristics of three cases with PLO
Case   Age (yr)   BMI     Onset                     Vertebral fractures      LS-BMD (g/cm2)/Z    Treatment
1      32         19.4    1 mo after delivery       T7, 9, 11; L1-3          0.672/-3.1          TPTD, 24 mo
2      27         21.0    9th month of pregnancy    L2                       0.701/-2.7          ALN 70 mg/wk
3      38         18.1    during lactation (3 mo)   T12, L1                  0.598/-3.8          Calcium, vit D
TPTD, teriparatide; ALN, alendronate; LS, lumbar spine (L1-L4)
""",
        [
            "1: years=32",
            "1: bmi=19.4",
            "1: onset 30..30",
            "1: fracture T7",
            "1: fracture T9",
            "1: fracture T11",
            "1: fracture L1",
            "1: fracture L2",
            "1: fracture L3",
            "1: lumbar spine bmd 0.672 g/cm2",
            "1: lumbar spine z_score -3.1 SD",
            "1: teriparatide given",
            "2: years=27",
            "2: bmi=21",
            "2: onset -36..-6",
            "2: fracture L2",
            "2: lumbar spine bmd 0.701 g/cm2",
            "2: lumbar spine z_score -2.7 SD",
            "2: alendronate given 70 mg weekly",
            "3: years=38",
            "3: bmi=18.1",
            "3: onset 0..365",
            "3: fracture T12",
            "3: fracture L1",
            "3: lumbar spine bmd 0.598 g/cm2",
            "3: lumbar spine z_score -3.8 SD",
            "3: calcium given",
            "3: vitamin d given",
        ],
    ),
    "mixed-header-times": (
        """
Table 2. DXA results

                          Pre-treatment   Post-treatment (12 months)
LS BMD, g/cm² (T-score)   0.650 (-3.7)    0.733 (-3.0)
FN BMD, g/cm² (T-score)   0.601 (-2.5)    0.620 (-2.3)
""",
        [
            "lumbar spine bmd 0.65 g/cm2 @baseline",
            "lumbar spine t_score -3.7 SD @baseline",
            "lumbar spine bmd 0.733 g/cm2 @follow-up+365",
            "lumbar spine t_score -3 SD @follow-up+365",
            "femoral neck bmd 0.601 g/cm2 @baseline",
            "femoral neck t_score -2.5 SD @baseline",
            "femoral neck bmd 0.62 g/cm2 @follow-up+365",
            "femoral neck t_score -2.3 SD @follow-up+365",
        ],
    ),
}


@pytest.mark.parametrize(("text", "facts"), TABLES.values(), ids=TABLES)
def test_text_table_arrangement(text_facts: Callable[[str], list[str]], text: str, facts: list[str]) -> None:
    assert text_facts(text) == facts

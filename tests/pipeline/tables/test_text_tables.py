"""Tables that stand in text as lines: aligned, delimited, flattened or one cell per line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

TABLES = {
    "ranges-below-in-lower-case": (
        "Table 1  Bone markers\n\n                 first visit    6 M\nP1NP (µg/L)       61.3           158\n"
        "ALP (U/L)         82             95 H\ns-Ca (mg/dL)      9.4            9.7\n"
        "reference: P1NP 14.9-68.8, ALP 38-90\n",
        [
            "p1np 61.3 ug/L [14.9..68.8] normal @baseline",
            "p1np 158 ug/L [14.9..68.8] high @follow-up+183",
            "alkaline phosphatase 82 U/L [38.0..90.0] normal @baseline",
            "alkaline phosphatase 95 U/L [38.0..90.0] high @follow-up+183",
            "calcium 9.4 mg/dL @baseline",
            "calcium 9.7 mg/dL @follow-up+183",
        ],
    ),
    "tabs-with-empty-cells": (
        "Table 1. Bone density\n\n\t\tStart\t6 months\nTotal hip\t\t\t\nBMD (g/cm2)\t\t0.688\t0.701\n"
        "Gain in BMD\t(%)\t-\t+1.9\nRadius\t\t\t\nChange\t(%)\t-\t-0.4\n",
        [
            "total hip bmd 0.688 g/cm2 @baseline",
            "total hip bmd 0.701 g/cm2 @follow-up+183",
            "total hip bmd_change 1.9 % @follow-up+183",
            "radius bmd_change -0.4 % @follow-up+183",
        ],
    ),
    "continued": (
        "Table 1. Course\n\nTest\tStart\t6 months\nCalcium (mmol/L)\t2.71\t2.40\nPTH (pg/mL)\t12\t30\n\n"
        "Table 1 (continued)\n\nFerritin (ng/mL)\t9\t41\nTSH (mU/L)\t1.1\t2.0\n",
        [
            "calcium 2.71 mmol/L @baseline",
            "calcium 2.4 mmol/L @follow-up+183",
            "parathyroid hormone 12 pg/mL @baseline",
            "parathyroid hormone 30 pg/mL @follow-up+183",
            "ferritin 9 ng/mL @baseline",
            "ferritin 41 ng/mL @follow-up+183",
            "thyroid stimulating hormone 1.1 mU/L @baseline",
            "thyroid stimulating hormone 2 mU/L @follow-up+183",
        ],
    ),
    "two-captions": (
        "Table 1. Course\n\nTest\tStart\t6 months\nCalcium (mmol/L)\t2.71\t2.40\nPTH (pg/mL)\t12\t30\n\n"
        "Table 2. Others\n\nFerritin (ng/mL)\t9\t41\nTSH (mU/L)\t1.1\t2.0\n",
        [
            "calcium 2.71 mmol/L @baseline",
            "calcium 2.4 mmol/L @follow-up+183",
            "parathyroid hormone 12 pg/mL @baseline",
            "parathyroid hormone 30 pg/mL @follow-up+183",
            "ferritin 9 ng/mL",
            "ferritin 41 ng/mL",
            "thyroid stimulating hormone 1.1 mU/L",
            "thyroid stimulating hormone 2 mU/L",
        ],
    ),
    "visits-aligned": (
        """
Table 1. Course of the patient

                         Baseline   6th month   1st year
Calcium (8.5-10.5 mg/dL) 9.0        9.6         -
PTH (15-65 pg/mL)        71         40          33
L2-L4 T-score            -3.4       -2.9        -2.5
Femur neck BMD (g/cm2)   0.611      0.640       0.655
""",
        [
            "calcium 9 mg/dL [8.5..10.5] normal @baseline",
            "calcium 9.6 mg/dL [8.5..10.5] normal @follow-up+183",
            "parathyroid hormone 71 pg/mL [15.0..65.0] high @baseline",
            "parathyroid hormone 40 pg/mL [15.0..65.0] normal @follow-up+183",
            "parathyroid hormone 33 pg/mL [15.0..65.0] normal @follow-up+365",
            "lumbar spine L2-L4 t_score -3.4 SD @baseline",
            "lumbar spine L2-L4 t_score -2.9 SD @follow-up+183",
            "lumbar spine L2-L4 t_score -2.5 SD @follow-up+365",
            "femoral neck bmd 0.611 g/cm2 @baseline",
            "femoral neck bmd 0.64 g/cm2 @follow-up+183",
            "femoral neck bmd 0.655 g/cm2 @follow-up+365",
        ],
    ),
    "patients-aligned-wrapped": (
        """
Table 3 The two mothers

Patient  Age  Fractures            LS Z-score  Treatment
1        28   T10, T11,            -3.1        Risedronate 35 mg
              L1, L4                           weekly
2        36   Th7-Th9              -2.4        none

LS, lumbar spine (L2-L4)
""",
        [
            "1: years=28",
            "1: fracture T10",
            "1: fracture T11",
            "1: fracture L1",
            "1: fracture L4",
            "1: lumbar spine L2-L4 z_score -3.1 SD",
            "1: risedronate given 35 mg weekly",
            "2: years=36",
            "2: fracture T7",
            "2: fracture T8",
            "2: fracture T9",
            "2: lumbar spine L2-L4 z_score -2.4 SD",
        ],
    ),
    "timeline": (
        """
Table 1. Timeline

Gestation / time        Event                                   Medication
12 weeks                First antenatal visit                   Folic acid 5 mg daily
33 weeks                Sudden low back pain on lifting         Paracetamol 1 g
Week 5 postpartum       MRI: compression fractures of T9        Teriparatide 20 ug daily started
                        and L2
10 months               Free of pain                            Cholecalciferol 1000 IU/day
""",
        [
            "folic acid given 5 mg daily @gestation-196",
            "onset -49..-49",
            "paracetamol given 1 g @gestation-49",
            "fracture T9 @delivery+35",
            "fracture L2 @delivery+35",
            "teriparatide given 20 ug daily @delivery+35",
            "course pain resolved @delivery+304",
            "cholecalciferol given 1000 IU daily @delivery+304",
        ],
    ),
    "one-cell-per-line": (
        """
Table 2. Findings in both women

Case 1
Case 2
Normal range

Age (years)
31
24

Calcium (mmol/l)
2.31
2.50
2.15-2.60

Osteocalcin (ug/l)
48
n.d.
11-43

Lumbar spine T-score
-4.0
-2.8

She was well.
""",
        [
            "1: years=31",
            "2: years=24",
            "1: calcium 2.31 mmol/L [2.15..2.6] normal",
            "2: calcium 2.5 mmol/L [2.15..2.6] normal",
            "1: osteocalcin 48 ug/L [11.0..43.0] high",
            "1: lumbar spine t_score -4 SD",
            "2: lumbar spine t_score -2.8 SD",
        ],
    ),
    "column-by-column": (
        """
Table 2. Findings in both women

Age (years)
Calcium (mmol/l)
Lumbar spine T-score
Case 1
31
2.31
-4.0
Case 2
24
2.50
-2.8
""",
        [
            "1: years=31",
            "2: years=24",
            "1: calcium 2.31 mmol/L",
            "2: calcium 2.5 mmol/L",
            "1: lumbar spine t_score -4 SD",
            "2: lumbar spine t_score -2.8 SD",
        ],
    ),
    "literature-single-spaced": (
        """
Table 4. Hip fractures after childbirth in the literature

Author (ref.) Age Fractures Lumbar T-score Treatment
Farrant 1999 (7) 29 T11, L2, hip -3.3 Calcitonin 100 IU
Mbeki 2008 (8) 34 L3, L4, both hips -4.4 Zoledronate 5 mg
Our case 37 T12, hip -3.9 Denosumab 60 mg
""",
        [],
    ),
    "footnote-ranges": (
        """
Table II. Biochemistry after the first delivery

                       2 months   8 months
Calcium (mg/dL)        9.1        9.4
PTH (pg/mL)            12         41
Bone ALP (U/L)         44.0       18.3
1,25(OH)2D (pg/mL)     30         52

Normal ranges: calcium 8.8-10.4, PTH 15-65, 1,25(OH)2D 20-60, bone
ALP 7.0-28.5 U/L
""",
        [
            "calcium 9.1 mg/dL [8.8..10.4] normal @baseline+61",
            "calcium 9.4 mg/dL [8.8..10.4] normal @follow-up+244",
            "parathyroid hormone 12 pg/mL [15.0..65.0] low @baseline+61",
            "parathyroid hormone 41 pg/mL [15.0..65.0] normal @follow-up+244",
            "bone alkaline phosphatase 44 U/L [7.0..28.5] high @baseline+61",
            "bone alkaline phosphatase 18.3 U/L [7.0..28.5] normal @follow-up+244",
            "1,25-dihydroxyvitamin d 30 pg/mL [20.0..60.0] normal @baseline+61",
            "1,25-dihydroxyvitamin d 52 pg/mL [20.0..60.0] normal @follow-up+244",
        ],
    ),
    "footnote-letter-range": (
        """
Table 1 Data of two women
Patient   Onset of pain          CTX (ug/l)a   25(OH)D (nmol/l)
A         Day 4 postpartum       0.91          38
B         Week 34 of gestation   0.40          71
a Reference range 0.05-0.63 ug/l
""",
        [
            "1: onset 4..4",
            "1: ctx 0.91 ug/L [0.05..0.63] high",
            "1: 25-hydroxyvitamin d 38 nmol/L",
            "2: onset -42..-42",
            "2: ctx 0.4 ug/L [0.05..0.63] normal",
            "2: 25-hydroxyvitamin d 71 nmol/L",
        ],
    ),
    "markdown": (
        """
| Test | Result | Unit | Reference | Flag |
|------|--------|------|-----------|------|
| Phosphate | 0.61 | mmol/L | 0.80-1.45 | L |
| TSH | 1.9 | mIU/L | 0.4-4.0 | |
| ALP | 188 | U/L | <105 | H |
""",
        [
            "phosphate 0.61 mmol/L [0.8..1.45] low",
            "thyroid stimulating hormone 1.9 mIU/L [0.4..4.0] normal",
            "alkaline phosphatase 188 U/L [..105.0] high",
        ],
    ),
    "pipes-without-rule": (
        """
Site | T-score | Z-score
Lumbar spine (L1-L4) | -3.1 | -2.9
Total hip | -1.8 | -1.7
""",
        [
            "lumbar spine L1-L4 t_score -3.1 SD",
            "lumbar spine L1-L4 z_score -2.9 SD",
            "total hip t_score -1.8 SD",
            "total hip z_score -1.7 SD",
        ],
    ),
    "tabs-with-dates": (
        "Site\t03/2017\t09/2018\nLumbar spine BMD (g/cm2)\t0.702\t0.790\nFemoral neck T-score\t-2.2\t-1.9\n",
        [
            "lumbar spine bmd 0.702 g/cm2 @baseline",
            "lumbar spine bmd 0.79 g/cm2 @follow-up+549",
            "femoral neck t_score -2.2 SD @baseline",
            "femoral neck t_score -1.9 SD @follow-up+549",
        ],
    ),
    "semicolons": (
        """
Parameter; Before; After
Lumbar spine T-score; -3.6; -2.7
Calcium (mmol/L); 2.30; 2.41
""",
        [
            "lumbar spine t_score -3.6 SD @baseline",
            "lumbar spine t_score -2.7 SD @follow-up",
            "calcium 2.3 mmol/L @baseline",
            "calcium 2.41 mmol/L @follow-up",
        ],
    ),
    "numbers-as-heads": (
        """
Table 1 The three patients

Patient no.          1           2          3
Age (years)          27          34         26
Onset of symptoms    1 mo PP     8 mo G     4 mo XY
Fractured vertebrae  T12, L1     T8         L5
LS T-score           -3.4        -2.8       n.d.
Treatment            TPTD        Ca + D     ZOL

PP postpartum, G gestation, LS lumbar spine, TPTD teriparatide, ZOL zoledronic acid, n.d. not done
""",
        [
            "1: years=27",
            "2: years=34",
            "3: years=26",
            "1: onset 30..30",
            "2: onset -67..-36",
            "1: fracture T12",
            "1: fracture L1",
            "2: fracture T8",
            "3: fracture L5",
            "1: lumbar spine t_score -3.4 SD",
            "2: lumbar spine t_score -2.8 SD",
            "1: teriparatide given",
            "2: calcium given",
            "2: vitamin d given",
            "3: zoledronic acid given",
        ],
    ),
    "romans-under-no-corner": (
        """
Table 2. Findings in the two sisters

                         I      II
Age (years)              29     33
Serum calcium (mmol/L)   2.31   2.38
""",
        ["1: years=29", "2: years=33", "1: calcium 2.31 mmol/L", "2: calcium 2.38 mmol/L"],
    ),
    "visits-counted": (
        """
Table 2. Findings in the two patients

Visit                    1      2      3
Sodium (mmol/L)          139    141    140
""",
        ["sodium 139 mmol/L", "sodium 141 mmol/L", "sodium 140 mmol/L"],
    ),
    "unnumbered-caption": (
        """
TABLE. The patients
Case  Age  Parity  LS T-score
1     27   1       -3.3
2     33   2       -2.9
LS, lumbar spine (L1-L3)
""",
        [
            "1: years=27",
            "1: para=1",
            "1: lumbar spine L1-L3 t_score -3.3 SD",
            "2: years=33",
            "2: para=2",
            "2: lumbar spine L1-L3 t_score -2.9 SD",
        ],
    ),
    "two-head-lines": (
        """
Table 2. Densitometry

             Lumbar spine         Total hip
Date         BMD      T-score     BMD      T-score
May 2015     0.701    -3.3        0.730    -2.0
Jun 2016     0.788    -2.6        0.751    -1.8
""",
        [
            "lumbar spine bmd 0.701 g/cm2 @baseline",
            "lumbar spine t_score -3.3 SD @baseline",
            "total hip bmd 0.73 g/cm2 @baseline",
            "total hip t_score -2 SD @baseline",
            "lumbar spine bmd 0.788 g/cm2 @follow-up+397",
            "lumbar spine t_score -2.6 SD @follow-up+397",
            "total hip bmd 0.751 g/cm2 @follow-up+397",
            "total hip t_score -1.8 SD @follow-up+397",
        ],
    ),
}


@pytest.mark.parametrize(("text", "facts"), TABLES.values(), ids=TABLES)
def test_text_table_facts(text_facts: Callable[[str], list[str]], text: str, facts: list[str]) -> None:
    assert text_facts(text) == facts

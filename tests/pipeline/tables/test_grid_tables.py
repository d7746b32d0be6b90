"""Tables whose cells are known from the source's markup or rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

#: name -> rows, caption, note, rows of the head, facts
TABLES: dict[str, tuple[str, str, str, int, list[str]]] = {
    "result-unit-reference": (
        """Analyte|Result|Unit|Reference
        Calcium, total|2.71|mmol/L|2.15-2.55
        Bone markers|||
        P1NP|118|ug/L|15-59
        Urinary calcium, 24 h|7.9|mmol/24 h|2.5-7.5""",
        "",
        "",
        1,
        [
            "calcium 2.71 mmol/L [2.15..2.55] high",
            "p1np 118 ug/L [15.0..59.0] high",
            "urine urinary calcium 7.9 mmol/24 h [2.5..7.5] high",
        ],
    ),
    "two-lists-side-by-side": (
        """Test|Result|Reference|Test|Result|Reference
        Calcium (mg/dL)|9.9|8.6-10.2|TSH (mIU/L)|5.1|0.4-4.0
        Albumin (g/dL)|4.1|3.5-5.2|Cortisol (ug/dL)|14|6-23""",
        "",
        "",
        1,
        [
            "calcium 9.9 mg/dL [8.6..10.2] normal",
            "thyroid stimulating hormone 5.1 mIU/L [0.4..4.0] high",
            "albumin 4.1 g/dL [3.5..5.2] normal",
            "cortisol 14 ug/dL [6.0..23.0] normal",
        ],
    ),
    "range-per-patient": (
        """Parameter|Case 1|Range|Case 2|Range
        ALP (U/L)|130|40-129|81|30-90
        PTH (pg/mL)|11|15-65|60|10-55""",
        "",
        "",
        1,
        [
            "1: alkaline phosphatase 130 U/L [40.0..129.0] high",
            "2: alkaline phosphatase 81 U/L [30.0..90.0] normal",
            "1: parathyroid hormone 11 pg/mL [15.0..65.0] low",
            "2: parathyroid hormone 60 pg/mL [10.0..55.0] high",
        ],
    ),
    "visits-as-rows": (
        """Time|Calcium|PTH|25(OH)D
        |mg/dL|pg/mL|ng/mL
        Baseline|9.1|22|14
        3 months|9.5|30|33
        Normal range|8.6-10.2|15-65|30-100""",
        "",
        "",
        2,
        [
            "calcium 9.1 mg/dL [8.6..10.2] normal @baseline",
            "parathyroid hormone 22 pg/mL [15.0..65.0] normal @baseline",
            "25-hydroxyvitamin d 14 ng/mL [30.0..100.0] low @baseline",
            "calcium 9.5 mg/dL [8.6..10.2] normal @follow-up+91",
            "parathyroid hormone 30 pg/mL [15.0..65.0] normal @follow-up+91",
            "25-hydroxyvitamin d 33 ng/mL [30.0..100.0] normal @follow-up+91",
        ],
    ),
    "patients-as-columns": (
        """Characteristic|Patient 1|Patient 2|Sister of patient 1
        Age (years)|29|41|35
        Height (cm)|158|1.66|170
        Weight (kg)|51|60.5|66
        Gravida/para|2/1|G3P2|1/1
        Onset after delivery (weeks)|6|2|-
        Fractured vertebrae|T8, L1-L2|Th12|none
        Heparin use|no|yes|no
        Corticosteroids|yes|never|no
        Treatment|Teriparatide 20 ug/day|Ibandronate 3 mg i.v.|none""",
        "",
        "",
        1,
        [
            "1: years=29",
            "2: years=41",
            "1: height_cm=158",
            "2: height_cm=166",
            "1: weight_kg=51",
            "2: weight_kg=60.5",
            "1: gravida=2 para=1",
            "2: gravida=3 para=2",
            "1: onset 42..42",
            "2: onset 14..14",
            "1: fracture T8",
            "1: fracture L1",
            "1: fracture L2",
            "2: fracture T12",
            "1: heparin denied",
            "2: heparin prior",
            "1: glucocorticoid prior",
            "2: glucocorticoid denied",
            "1: teriparatide given 20 ug daily",
            "2: ibandronate given 3 mg intravenous",
        ],
    ),
    "row-spans": (
        """Site|Measure|Baseline|12 months
        ^2^Lumbar spine (L1-L4)|BMD (g/cm2)|0.668|0.731
        ~|Z-score|-3.3|-2.8
        ^2^Femoral neck|BMD (g/cm2)|0.590|0.602
        ~|Z-score|-2.4|-2.3""",
        "",
        "",
        1,
        [
            "lumbar spine L1-L4 bmd 0.668 g/cm2 @baseline",
            "lumbar spine L1-L4 bmd 0.731 g/cm2 @follow-up+365",
            "lumbar spine L1-L4 z_score -3.3 SD @baseline",
            "lumbar spine L1-L4 z_score -2.8 SD @follow-up+365",
            "femoral neck bmd 0.59 g/cm2 @baseline",
            "femoral neck bmd 0.602 g/cm2 @follow-up+365",
            "femoral neck z_score -2.4 SD @baseline",
            "femoral neck z_score -2.3 SD @follow-up+365",
        ],
    ),
    "spanning-heads": (
        """|<2>Lumbar spine|~|<2>Total hip|~
        |Before treatment|After treatment|Before treatment|After treatment
        T-score|-3.5|-2.9|-2.0|-1.8""",
        "",
        "",
        2,
        [
            "lumbar spine t_score -3.5 SD @baseline",
            "lumbar spine t_score -2.9 SD @follow-up",
            "total hip t_score -2 SD @baseline",
            "total hip t_score -1.8 SD @follow-up",
        ],
    ),
    "caption-gives-region": (
        """|Month 0|Month 6|Month 12
        T-score|-3.8|-3.1|-2.9
        Femoral neck T-score|-2.0|-1.9|-1.9""",
        "Table 2. Densitometry of the lumbar spine (L1-L4) and femoral neck",
        "",
        1,
        [
            "lumbar spine L1-L4 t_score -3.8 SD @baseline",
            "lumbar spine L1-L4 t_score -3.1 SD @follow-up+183",
            "lumbar spine L1-L4 t_score -2.9 SD @follow-up+365",
            "femoral neck t_score -2 SD @baseline",
            "femoral neck t_score -1.9 SD @follow-up+183",
            "femoral neck t_score -1.9 SD @follow-up+365",
        ],
    ),
    "own-abbreviations": (
        """|At diagnosis|After 2 years
        LB (T)|-3.2|-2.4
        IP (mg/dL)|3.9|3.3""",
        "",
        "LB: lumbar spine (L2-L4); IP = inorganic phosphate; T, T-score.",
        1,
        [
            "lumbar spine L2-L4 t_score -3.2 SD @baseline",
            "lumbar spine L2-L4 t_score -2.4 SD @follow-up+730",
            "phosphate 3.9 mg/dL @baseline",
            "phosphate 3.3 mg/dL @follow-up+730",
        ],
    ),
    "score-in-brackets": (
        """BMD, g/cm2 (T-score)|Baseline|1 year
        Lumbar spine|0.655 (-3.6)|0.712 (-3.1)
        Total hip|0.701 (-2.0)|0.699 (-2.0)""",
        "",
        "",
        1,
        [
            "lumbar spine bmd 0.655 g/cm2 @baseline",
            "lumbar spine t_score -3.6 SD @baseline",
            "lumbar spine bmd 0.712 g/cm2 @follow-up+365",
            "lumbar spine t_score -3.1 SD @follow-up+365",
            "total hip bmd 0.701 g/cm2 @baseline",
            "total hip t_score -2 SD @baseline",
            "total hip bmd 0.699 g/cm2 @follow-up+365",
            "total hip t_score -2 SD @follow-up+365",
        ],
    ),
    "arrows-ranges-and-spreads": (
        """Parameter|Value
        Calcium (mg/dL)|9.2 \u2192 8.9
        Phosphate (mg/dL)|3.1 \u00b1 0.4
        PTH (pg/mL)|22-41
        ALP (U/L)|98 H""",
        "",
        "",
        1,
        [
            "calcium 9.2 mg/dL",
            "calcium 8.9 mg/dL @follow-up",
            "alkaline phosphatase 98 U/L high",
        ],
    ),
    "numbered-tests": (
        """No.|Test|Result|Normal values
        1|Calcium|2.2 mmol/L|2.1-2.6
        2|Magnesium|0.61 mmol/L|0.70-1.05""",
        "",
        "",
        1,
        ["calcium 2.2 mmol/L [2.1..2.6] normal", "magnesium 0.61 mmol/L [0.7..1.05] low"],
    ),
    "flags-and-doses": (
        """Parameter|Result|Interpretation
        25(OH)D (nmol/L)|19|low
        Ferritin (ug/L)|44|normal
        Calcium (mg/day)|1200|""",
        "",
        "",
        1,
        [
            "25-hydroxyvitamin d 19 nmol/L low",
            "ferritin 44 ug/L normal",
            "calcium given 1200 mg daily",
        ],
    ),
    "present-case": (
        """Author|Year|Age|Fractures|Treatment
        Duval et al.|1997|26|T9|Calcitonin
        Hoshino et al.|2005|31|L1, L2|Alendronate
        Present case|2020|38|T11, T12|Teriparatide""",
        "Table 3. Cases published so far",
        "",
        1,
        ["years=38", "fracture T11", "fracture T12", "teriparatide given"],
    ),
    "groups-of-patients": (
        """|Initial|Last visit
        Patient 1||
        Lumbar spine Z-score|-3.0|-2.2
        Patient 2||
        Lumbar spine Z-score|-4.1|-3.7""",
        "",
        "",
        1,
        [
            "1: lumbar spine z_score -3 SD @baseline",
            "1: lumbar spine z_score -2.2 SD @follow-up",
            "2: lumbar spine z_score -4.1 SD @baseline",
            "2: lumbar spine z_score -3.7 SD @follow-up",
        ],
    ),
    "prose-rows": (
        """Item|Case 1|Case 2
        Presentation|Back pain two weeks after delivery|Hip pain in the eighth month of pregnancy
        Imaging findings|Compression fractures of T12 and L3|MRI showed no fracture of the spine""",
        "",
        "",
        1,
        ["1: onset 14..14", "2: onset -67..-36", "1: fracture T12", "1: fracture L3"],
    ),
}


@pytest.mark.parametrize(("rows", "caption", "note", "heads", "facts"), TABLES.values(), ids=TABLES)
def test_grid_table_facts(
    grid_facts: Callable[..., list[str]], rows: str, caption: str, note: str, heads: int, facts: list[str]
) -> None:
    assert grid_facts(rows, caption, note, heads) == facts


NOBODY = {
    "literature": (
        "Study|Age|Fractures\nLunde 2001 [4]|29|T8\nPetrov 2012 [5]|33|L1, L2\nIto et al. [6]|30|T12"
    ),
    "relatives-and-controls": (
        "Test|Mother|Infant|Controls\nCalcium (mg/dL)|9.1|10.2|9.3\nPTH (pg/mL)|22|30|35"
    ),
    "means": "Parameter|Mean|SD|p\nCalcium (mg/dL)|9.1|0.3|0.04\nLumbar spine T-score|-2.8|0.7|0.2",
}


@pytest.mark.parametrize("rows", NOBODY.values(), ids=NOBODY)
def test_grid_table_of_nobody(grid_facts: Callable[..., list[str]], rows: str) -> None:
    assert grid_facts(rows) == []

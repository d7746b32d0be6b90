"""Whole courses, told in as many ways as there are authors: when each result was (fictional patients)."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

#: A value, and its months from delivery and from the begin of the main treatment.
Told = tuple[float, float | None, float | None]
#: Months that two readers may differ by, and the share of long times.
_SLACK, _SHARE = 0.75, 0.06

COURSES: dict[str, tuple[str, list[Told]]] = {
    "from onset to two years after the end": (
        "A 29-year-old woman came to our department four months after the birth of her first child. Back"
        " pain had begun two weeks after the delivery. The lumbar T-score was -3.6 and 25-hydroxyvitamin"
        " D was 12 ng/mL. Teriparatide 20 µg daily was started together with calcium 1 g daily. After "
        "half a year of treatment the lumbar T-score was -3.0, and after one year it had risen to -2.4. "
        "Teriparatide was stopped after 18 months. Two years after the end of treatment the lumbar "
        "T-score was -2.2.",
        [(-3.6, 4, 0), (12, 4, 0), (-3.0, 10, 6), (-2.4, 16, 12), (-2.2, 46, 42)],
    ),
    "a year after that visit": (
        "A 34-year-old primipara was referred to us 10 weeks postpartum because of back pain. DXA showed"
        " a lumbar spine Z-score of -3.1. Breastfeeding was stopped and she received alendronate 70 mg "
        "weekly. At the 6-month follow-up the Z-score was -2.6. A year after that visit it was -2.0. At "
        "her last control, three years after delivery, the lumbar Z-score was -1.4.",
        [(-3.1, 2.3, 0), (-2.6, 8.3, 6), (-1.4, 36, 33.7)],
    ),
    "an infusion and later": (
        "A 31-year-old woman presented with a 3-month history of back pain, which had started one month "
        "after delivery. Lumbar BMD was 0.701 g/cm2. Zoledronic acid 5 mg was infused. Twelve months "
        "later lumbar BMD was 0.802 g/cm2. A second infusion was given. At 24 months BMD was 0.850 "
        "g/cm2.",
        [(0.701, 4, 0), (0.802, 16, 12), (0.85, 28, 24)],
    ),
    "one drug after the other": (
        "Three weeks after her second delivery a 36-year-old woman developed severe back pain. Two "
        "months later she was admitted to our hospital. The lumbar T-score was -4.0. She was given "
        "denosumab 60 mg every six months for two years, followed by a single infusion of zoledronic "
        "acid 5 mg. Lumbar T-score after two years of denosumab was -2.5. One year after the infusion of"
        " zoledronic acid it was -2.4.",
        [(-4.0, 2.7, 0), (-2.5, 26.7, 24)],
    ),
    "calcium first": (
        "A 27-year-old woman was seen in our clinic at 8 weeks after childbirth. The femoral neck "
        "T-score was -2.9. Calcium and vitamin D were prescribed. Six months post partum the femoral "
        "neck T-score was -2.7 and romosozumab 210 mg monthly was begun. After 12 months of romosozumab "
        "the femoral neck T-score was -1.9.",
        [(-2.9, 1.8, -4.2), (-2.7, 6, 0), (-1.9, 18, 12)],
    ),
    "given up and another begun": (
        "A 33-year-old woman was examined five months after her delivery. The lumbar T-score was -3.2. "
        "Two months after the first visit abaloparatide was started, which she gave up after four months "
        "because of palpitations. Another two months later she received a single infusion of zoledronic "
        "acid 5 mg. A year on from the infusion the lumbar T-score was -2.3.",
        [(-3.2, 5, -2), (-2.3, 25, 18)],
    ),
    "given at so many weeks": (
        "A 26-year-old woman was seen two months after a vaginal delivery. The lumbar T-score was -3.9. "
        "Cholecalciferol was prescribed, and zoledronic acid 5 mg was given at six weeks. Six months after "
        "the infusion the lumbar T-score was -3.0.",
        [(-3.9, 2, -1.4), (-3.0, 9.4, 6)],
    ),
    "begun after weaning": (
        "A 35-year-old nursing mother was seen four months after a forceps delivery. The lumbar T-score was "
        "-3.1. After weaning, at seven months, the endocrinologist initiated risedronate 35 mg weekly. After "
        "one year of treatment the lumbar T-score was -2.6.",
        [(-3.1, 4, -3), (-2.6, 19, 12)],
    ),
    "to be begun once weaned": (
        "POD#8 s/p repeat LTCS a 33-year-old woman presented with back pain. Calcium 8.4 mg/dL. She received "
        "calcitonin 200 IU daily, the clinic to start teriparatide once the baby is weaned. Weaned at 4 "
        "months. DXA at 6 months postpartum: the lumbar Z-score was -2.7.",
        [(8.4, 0.3, 0), (-2.7, 6, 5.7)],
    ),
    "French months": (
        "A 31-year-old woman consulted at D9 of the post-partum for back pain. The lumbar T-score was -3.3. "
        "Zoledronic acid was perfused at M4 of the post-partum. The T-score was -2.8 after one year of "
        "treatment.",
        [(-3.3, 0.3, -3.7), (-2.8, 16, 12)],
    ),
    "a year and a half": (
        "A 30-year-old woman was examined one and a half years after delivery. The lumbar T-score was "
        "-2.8. She took menatetrenone 45 mg daily. The T-score was -2.5 at 6 months and -2.1 at 12 "
        "months.",
        [(-2.8, 18.3, 0), (-2.5, 24.3, 6), (-2.1, 30.3, 12)],
    ),
    "the baby's age": (
        "A 32-year-old mother was seen when her baby was 5 months old. Lumbar spine T-score was -3.3. "
        "Ibandronate 3 mg was given every three months for one year. By the end of treatment the T-score"
        " had improved to -2.6. Twelve months after stopping ibandronate the T-score was -2.5.",
        [(-3.3, 5, 0), (-2.6, 17, 12), (-2.5, 29, 24)],
    ),
    "a date after delivery for the begin": (
        "She was diagnosed with osteoporosis of pregnancy 6 weeks after delivery at the age of 28. "
        "T-score of the lumbar spine was -3.5. Risedronate 35 mg weekly was commenced 3 months after "
        "delivery and discontinued 15 months later. T-score at 2 years postpartum was -2.3.",
        [(-3.5, 1.4, -1.6), (-2.3, 24, 21)],
    ),
    "two months later": (
        "A 35-year-old woman presented 5 months after delivery. BMD of the lumbar spine was 0.720 g/cm2."
        " Teriparatide was initiated. Serum calcium was 10.9 mg/dL at one month and 9.8 mg/dL two months"
        " later. BMD increased by 8% after 6 months and by 15% after 18 months of therapy.",
        [(0.72, 5, 0), (10.9, 6, 1), (9.8, 8, 3), (8, 11, 6), (15, 23, 18)],
    ),
    "a table of visits": (
        "Case report\n"
        "\n"
        "A 28-year-old woman was admitted 2 months after her first delivery with back pain. She "
        "was treated with alendronate 70 mg weekly.\n"
        "\n"
        "Table 1. Course\n"
        "\n"
        "Measure | Baseline | 12 months | 24 months\n"
        "Lumbar T-score | -3.2 | -2.6 | -2.2\n"
        "Total hip T-score | -2.4 | -2.1 | -1.9",
        [(-3.2, 2, 0), (-2.6, 14, 12), (-2.2, 26, 24), (-2.4, 2, 0)],
    ),
    "a table of months post partum": (
        "Case report\n"
        "\n"
        "A 28-year-old woman was admitted 2 months after her first delivery with back pain. She "
        "was treated with alendronate 70 mg weekly begun at 3 months after delivery.\n"
        "\n"
        "Table 1. Course\n"
        "\n"
        "Months post partum | 2 | 9 | 15\n"
        "Lumbar T-score | -3.2 | -2.6 | -2.2",
        [(-3.2, 2, -1), (-2.6, 9, 6), (-2.2, 15, 12)],
    ),
    "months after onset": (
        "We report a 33-year-old woman who developed severe low back pain 3 weeks after an uneventful "
        "delivery. Two months after onset she was hospitalised. Lumbar T-score: -3.8. She was treated "
        "with risedronate 17.5 mg weekly. T-score after 3, 6 and 12 months was -3.5, -3.2 and -2.9.",
        [(-3.8, 2.7, 0), (-3.5, 5.7, 3), (-3.2, 8.7, 6), (-2.9, 14.7, 12)],
    ),
    "pregnancy to follow-up": (
        "A 26-year-old woman presented in the 36th week of her pregnancy with back pain. MRI after "
        "delivery showed fractures. DXA 2 weeks postpartum: lumbar T-score -3.7. Ibandronate was started"
        " 6 weeks after delivery. Control DXA at 12 months: T-score -2.9.",
        [(-3.7, 0.5, -0.9), (-2.9, 13.4, 12)],
    ),
    "visits by the month": (
        "A 38-year-old woman was seen at our clinic two and a half months after the birth of twins. PTH "
        "was 14 pg/mL. She was put on strontium ranelate 2 g daily. PTH was 25 pg/mL at the 3-month "
        "visit and 38 pg/mL at the 9-month visit.",
        [(14, 2.5, 0), (25, 5.5, 3), (38, 11.5, 9)],
    ),
    "another year later": (
        "A 31-year-old woman was referred three months after delivery. L1-L4 T-score was -3.4. She was "
        "started on calcium and vitamin D. DXA one year later showed a T-score of -2.6, and another year"
        " later a T-score of -2.1.",
        [(-3.4, 3, 0), (-2.6, 15, 12), (-2.1, 27, 24)],
    ),
    "when it was stopped": (
        "A 32-year-old woman presented 6 months after delivery. The total hip T-score was -2.8. "
        "Alendronate was given for two years. When alendronate was stopped, the total hip T-score was "
        "-2.0. Five years after delivery the total hip T-score was -1.9.",
        [(-2.8, 6, 0), (-2.0, 30, 24), (-1.9, 60, 54)],
    ),
    "then another drug": (
        "A 29-year-old woman was diagnosed with PLO five weeks postpartum. The lumbar T-score was -4.1. "
        "Teriparatide was administered for 24 months and then denosumab every 6 months. At month 24 the "
        "lumbar T-score was -2.6 and at month 36 -2.2.",
        [(-4.1, 1.15, 0), (-2.6, 25.1, 24), (-2.2, 37.1, 36)],
    ),
    "from the first infusion": (
        "Her back pain had begun in the last month of pregnancy. She visited our hospital 40 days after "
        "delivery. The femoral neck BMD was 0.560 g/cm2. Intravenous pamidronate 30 mg was given every 3"
        " months, four times in all. The femoral neck BMD was 0.640 g/cm2 one year after the first "
        "infusion and 0.655 g/cm2 one year after the last infusion.",
        [(0.56, 1.3, 0), (0.64, 13.3, 12)],
    ),
    "months post partum": (
        "A 34-year-old woman was investigated for multiple vertebral fractures 14 months after delivery."
        " At 14 months post partum the lumbar T-score was -2.9. Denosumab was commenced at 16 months "
        "postpartum. At 28 months postpartum the lumbar T-score was -2.3.",
        [(-2.9, 14, -2), (-2.3, 28, 12)],
    ),
    "before a drug": (
        "A 28-year-old woman was admitted 3 months after childbirth. Her 25(OH)D was 9 ng/mL. "
        "Cholecalciferol 50000 IU weekly was given. Eight weeks later 25(OH)D was 34 ng/mL. After "
        "weaning, at 9 months post partum, teriparatide was started. P1NP was 40 ng/mL before "
        "teriparatide and 130 ng/mL three months later.",
        [(9, 3, -6), (34, 4.8, -4.2), (40, 9, 0), (130, 12, 3)],
    ),
    "told from the birth": (
        "The patient was 35 when she delivered. Nine months later she was referred to us. The lumbar "
        "T-score was -3.0. Zoledronic acid was infused yearly. At 1 year the lumbar T-score was -2.6, at"
        " 2 years -2.3, and at 3 years -2.2.",
        [(-3.0, 9, 0), (-2.6, 21, 12), (-2.3, 33, 24), (-2.2, 45, 36)],
    ),
    "a repeat scan": (
        "A 30-year-old woman was seen 3 months after delivery with vertebral fractures. The lumbar "
        "T-score was -3.4. Teriparatide 20 µg daily was started. Repeat DXA 1 year after starting "
        "teriparatide showed a lumbar T-score of -2.6.",
        [(-3.4, 3, 0), (-2.6, 15, 12)],
    ),
    "from and to within": (
        "A 30-year-old woman was seen 3 months after delivery with vertebral fractures. The lumbar "
        "T-score was -3.4. Teriparatide 20 µg daily was started. The lumbar T-score improved from -3.4 "
        "to -2.1 within 18 months of treatment.",
        [(-3.4, 3, 0), (-2.1, 21, 18)],
    ),
    "changes by the month": (
        "A 30-year-old woman was seen 3 months after delivery with vertebral fractures. The lumbar "
        "T-score was -3.4. Teriparatide 20 µg daily was started. Lumbar BMD increased by 9.1% at 6 "
        "months, 14.2% at 12 months and 19.8% at 24 months.",
        [(9.1, 9, 6), (14.2, 15, 12), (19.8, 27, 24)],
    ),
    "begun three months after birth": (
        "Seven weeks post partum, a 28-year-old primipara sought help for back pain. Lumbar Z-score was "
        "-3.9. Zoledronic acid 4 mg was given intravenously three months after birth. Nine months after "
        "the infusion the Z-score was -3.0.",
        [(-3.9, 1.6, -1.4), (-3.0, 12, 9)],
    ),
    "two scans in a row": (
        "A 36-year-old woman, G2P2, was referred at 16 weeks postpartum. T-score at L1-L4 was -3.0. "
        "Weaning was advised, calcium 1 g and vitamin D 800 IU daily were prescribed. Follow-up DXA at 1"
        " year: T-score -2.4. Follow-up DXA at 2 years: T-score -2.0.",
        [(-3.0, 3.7, 0), (-2.4, 15.7, 12), (-2.0, 27.7, 24)],
    ),
    "another pregnancy": (
        "A 33-year-old woman presented five months after delivery of her first child. Lumbar T-score was"
        " -3.7. She was treated with ibandronate 150 mg monthly. One year later the T-score was -3.0. "
        "Three years later she became pregnant again. Six months after the second delivery the lumbar "
        "T-score was -2.9.",
        [(-3.7, 5, 0), (-3.0, 17, 12), (-2.9, 6, None)],
    ),
    "a table in months": (
        "Case report\n"
        "\n"
        "A 28-year-old woman was admitted 2 months after her first delivery with back pain. She "
        "was treated with alendronate 70 mg weekly.\n"
        "\n"
        "Table 1. Bone density over time\n"
        "\n"
        "Time (months) | 0 | 6 | 18\n"
        "Lumbar T-score | -3.2 | -2.6 | -2.2",
        [(-3.2, 2, 0), (-2.6, 8, 6), (-2.2, 20, 18)],
    ),
    "a table of rows by the month": (
        "Case report\n"
        "\n"
        "A 28-year-old woman was admitted 2 months after her first delivery with back pain. She "
        "was treated with alendronate 70 mg weekly.\n"
        "\n"
        "Table 1. Bone density over time\n"
        "\n"
        "Month | Lumbar T-score | Total hip T-score\n"
        "0 | -3.2 | -2.4\n"
        "6 | -2.6 | -2.1\n"
        "18 | -2.2 | -1.8",
        [(-3.2, 2, 0), (-2.6, 8, 6), (-2.2, 20, 18)],
    ),
    "begun a month later": (
        "Case report\n"
        "\n"
        "A 28-year-old woman was admitted 2 months after her first delivery with back pain. "
        "Denosumab was started one month later.\n"
        "\n"
        "Table 1. Bone density over time\n"
        "\n"
        "Measure | 2 months pp | 9 months pp | 15 months pp\n"
        "Lumbar T-score | -3.2 | -2.6 | -2.2",
        [(-3.2, 2, -1), (-2.6, 9, 6), (-2.2, 15, 12)],
    ),
}


def near(have: float | None, told: float | None) -> bool:
    """Whether a month is as told; none has to be none."""
    if have is None or told is None:
        return have is told
    return abs(have - told) <= max(_SLACK, _SHARE * abs(told))


@pytest.mark.parametrize("name", COURSES)
def test_months_of_a_course(name: str) -> None:
    text, results = COURSES[name]
    tables = extract(structure(read_text(text)[0]), "x")
    rows = {row["value"]: row for row in reversed([*tables["bmd"], *tables["labs"]])}
    for value, from_delivery, from_treatment in results:
        row = rows[value]
        have = row["months_from_delivery"], row["months_from_treatment"]
        assert near(have[0], from_delivery), (value, have)
        assert near(have[1], from_treatment), (value, have)


def test_a_table_tells_when_each_patient_was_treated() -> None:
    text = (
        "Two cases\n\nCase 1\n\nA 30-year-old woman had back pain 4 weeks after delivery. She was given "
        "alendronate.\n\nCase 2\n\nA 31-year-old woman had back pain 8 weeks after delivery. She was given "
        "teriparatide.\n\nTable 1. Months after delivery in brackets\n\n"
        "Measure | Case 1 | Case 2\nBeginning of treatment (months after delivery) | 3 | 14\n"
        "Lumbar T-score before treatment | -3.1 (3M) | -2.9 (13M)\n"
        "Lumbar T-score after treatment | -2.5 (24M) | -2.2 (25M)\n"
    )
    tables = extract(structure(read_text(text)[0]), "x")
    columns = "months_from_delivery", "months_from_treatment"
    told = {row["value"]: tuple(row[name] for name in columns) for row in tables["bmd"]}
    assert near(told[-3.1][1], 0)
    assert near(told[-2.9][1], -1)
    assert near(told[-2.5][1], 21)
    assert near(told[-2.2][1], 11)


def test_what_is_known_only_later_is_not_of_the_visit() -> None:
    text = (
        "A 30-year-old woman was seen 3 months after delivery. Alendronate was given. Lumbar BMD rose 8%."
    )
    [row] = extract(structure(read_text(text)[0]), "x")["bmd"]
    assert (row["months_from_delivery"], row["months_from_treatment"]) == (None, None)


def test_what_is_measured_behind_the_begin_of_a_treatment_may_be_later() -> None:
    text = (
        "A 30-year-old woman was seen 3 months after delivery. The lumbar T-score was -3.4. Alendronate was "
        "given. The lumbar T-score was -2.9."
    )
    first, second = extract(structure(read_text(text)[0]), "x")["bmd"]
    assert (first["months_from_delivery"], first["months_from_treatment"]) == (3.0, 0.0)
    assert (second["months_from_delivery"], second["months_from_treatment"]) == (None, None)

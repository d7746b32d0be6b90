"""What is told of pregnancies, in papers and sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.pregnancies.read import create
from extractors.text import View
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

_OPENING = "Case report\n\nA 31-year-old woman had back pain after delivery. "
COLUMNS = ("pregnancy", "outcome", "delivery_mode", "gestation_days", "infants", "infant_weight_g",
           "breastfeeding", "breastfeeding_days", "weaned_days_from_delivery", "recurrence")  # fmt: skip


def rows(text: str) -> list[dict[str, Any]]:
    """The rows of a paper on one patient, with the cells that say something."""
    paper = structure(read_text(_OPENING + text)[0])
    found = extract(paper, "doc")["pregnancies"]
    return [{c: row[c] for c in COLUMNS if row[c] not in (None, "")} for row in found]


TOLD = {
    "A G4P1 with two previous miscarriages, she delivered a girl at 38 weeks.": [
        {"pregnancy": 4, "outcome": "live birth", "gestation_days": 266, "infants": 1},
        {"outcome": "miscarriage"},
    ],
    "She had pain at 36 weeks of gestation; a caesarean section at 38+ weeks followed.": [
        {"delivery_mode": "caesarean", "gestation_days": 266}
    ],
    "After the birth of her first child, nursing was stopped in the ninth week.": [
        {
            "pregnancy": 1, "outcome": "live birth", "infants": 1, "breastfeeding": "yes",
            "breastfeeding_days": 60, "weaned_days_from_delivery": 60,
        }
    ],
    "She had been delivered by caesarean section at 38+2 weeks.": [
        {"delivery_mode": "caesarean", "gestation_days": 268}
    ],
    "She had a normal vaginal delivery of a healthy girl weighing 3120 g.": [
        {"outcome": "live birth", "delivery_mode": "vaginal", "infants": 1, "infant_weight_g": 3120}
    ],
    "At 35 weeks she gave birth to twins.": [{"outcome": "live birth", "gestation_days": 245, "infants": 2}],
    "She breastfed her son for six months.": [
        {
            "outcome": "live birth", "breastfeeding": "yes", "breastfeeding_days": 183,
            "weaned_days_from_delivery": 183,
        }
    ],
    "She did not breastfeed.": [{"breastfeeding": "no"}],
    "The baby was bottle-fed.": [{"breastfeeding": "no"}],
    "She stopped breastfeeding 3 months after the birth.": [
        {
            "outcome": "live birth", "breastfeeding": "yes", "breastfeeding_days": 91,
            "weaned_days_from_delivery": 91,
        }
    ],
    "Her first pregnancy had ended in a miscarriage at ten weeks.": [
        {"pregnancy": 1, "outcome": "miscarriage", "gestation_days": 70}
    ],
    "She had a caesarean at 37 weeks + 2 days.": [{"delivery_mode": "caesarean", "gestation_days": 261}],
    "She is a primi, normal vaginal delivery 2 months back.": [
        {"pregnancy": 1, "delivery_mode": "vaginal"}
    ],
    "She had had a caesarean section six years ago.": [],
    "Lactation was halted with cabergoline.": [{"outcome": "live birth", "breastfeeding": "yes"}],
    "It was her second delivery, a vacuum extraction.": [
        {"pregnancy": 2, "outcome": "live birth", "delivery_mode": "instrumental"}
    ],
    "She had breastfed for 4 months before the pain began.": [
        {
            "outcome": "live birth", "breastfeeding": "yes", "breastfeeding_days": 122,
            "weaned_days_from_delivery": 122,
        }
    ],
    "She was breastfeeding. Two years later she became pregnant again and had no back pain.": [
        {"outcome": "live birth", "breastfeeding": "yes"},
        {"recurrence": "no"},
    ],
    "In her first pregnancy she had no pain. The pain recurred in her second pregnancy.": [
        {"pregnancy": 2, "recurrence": "yes"}
    ],
    "It was her second pregnancy. She was seen for a year, and no new fractures occurred.": [],
    "Her first child was well. In her second pregnancy she took calcium, and no back pain appeared.": [
        {"pregnancy": 1, "outcome": "live birth", "infants": 1},
        {"pregnancy": 2, "recurrence": "no"}
    ],
    "She was told to stop breastfeeding.": [{"outcome": "live birth", "breastfeeding": "yes"}],
    "Breastfeeding was contraindicated.": [],
}  # fmt: skip
SILENT = (
    "Lactation-associated osteoporosis is rare.",
    "She lived in a nursing home.",
    "Bisphosphonates should not be given while women are breastfeeding.",
    "She was seen seven weeks after delivery.",
    "She wished for a second child.",
    "She was seen twice, and no fractures were seen.",
    "The excised tumour weighed 3.1 kg.",
    "She had had lactation failure.",
    "She had five children.",
    "She had had two previous caesarean sections.",
)


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_rows_of_one_pregnancy(text: str, expected: list[dict[str, Any]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("text", SILENT)
def test_what_tells_nothing(text: str) -> None:
    assert rows(text) == []


def test_each_child_has_its_row() -> None:
    found = rows("She had two children. She had breastfed each child for five months.")
    assert [(r["pregnancy"], r["breastfeeding_days"]) for r in found] == [(1, 152), (2, 152)]


def test_a_mother_of_the_patient_is_no_patient() -> None:
    text = "The proband, a teacher, was born by caesarean section at 38 weeks to a G2P1 mother."
    assert create(None, "pregnancies").find(View(text)) == []


def test_a_newborn_s_birth_is_no_pregnancy_of_the_patient() -> None:
    text = "A 3-week-old boy was born by caesarean section at 38 weeks. He was breastfed."
    assert create(None, "pregnancies").find(View(text)) == []

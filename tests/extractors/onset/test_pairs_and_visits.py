"""Several symptoms each with its time; how long a complaint had lasted by the sentence behind a visit."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

TOLD = {
    "She developed hip pain at 30 weeks of gestation and back pain two months after delivery.": {
        ("hip pain", -70), ("back pain", 61),
    },
    "At 30 weeks of gestation she developed hip pain, and two months after delivery back pain.": {
        ("hip pain", -70), ("back pain", 61),
    },
    "She was seen 8 weeks after delivery. She had suffered from back pain for 4 weeks.": {("back pain", 28)},
    "She was referred 8 weeks post partum. She reported a 3-week history of back pain.": {("back pain", 35)},
    "She was admitted 8 weeks post partum. The back pain had started 2 weeks earlier.": {("back pain", 42)},
    "She had back pain 8 weeks after delivery. She had taken heparin for 4 weeks.": {("back pain", 56)},
    "She is on day 35 postpartum, with back pain x 2 weeks.": {("back pain", 21)},
    "Three months after her baby was born she felt a sharp pain in her back.": {("back pain", 91)},
    "Her daughter was 5 months old when she first felt back pain.": {("back pain", 152)},
    "Back pain set in early and hip pain at four months after delivery.": {("hip pain", 122)},
    "She presented with back pain three months in duration, six months after delivery.": {("back pain", 92)},
    "She came with back pain since adolescence. She had delivered 3 months ago.": set(),
    "Her son was 5 months old when he fell. She had broken T12.": set(),
    "She presented with a one-month history of hip pain. She was 30 weeks pregnant at the time.": {
        ("hip pain", -100),
    },
    "She presented with fatigue. She was 30 weeks pregnant when a girl was born.": set(),
    "She had a 4-month-old baby and gave a two-month history of back pain.": {("back pain", 61)},
    "She had a 4-year-old boy and gave a two-month history of back pain.": set(),
    "Three months after delivery she complained of back pain which began in the last trimester.": {
        ("back pain", -84),
    },
    "She came with complaints of low backache since 3 months. She was 5 months postpartum.": {
        ("low back pain", 61),
    },
    "Three months after delivery, MRI demonstrated resolution of the marrow oedema.": set(),
    "Six weeks after delivery there was a marked reduction in back pain.": set(),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_onsets(text: str, expected: set[tuple[str, int]]) -> None:
    told = f"Report\n\nCase report\n\nA 30-year-old woman had a fracture of T12. {text}"
    found = extract(structure(read_text(told)[0]), "one")["onset"]
    assert {(row["symptom"], row["days_from_delivery_min"]) for row in found} == expected


DATED = {
    "She delivered on 12 January 2018. On 13 April 2018 she felt back pain.": {("back pain", 91)},
    "She came in June 2015 with back pain since April 2015. She had delivered in February 2015.": {
        ("back pain", 59),
    },
    "She noticed hip pain in January 2010 and delivered a boy in March 2010.": {("hip pain", -59)},
    "She delivered a boy in March 2010. In May 2015 she developed back pain.": set(),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATED.items())
def test_onsets_by_dates(text: str, expected: set[tuple[str, int]]) -> None:
    test_onsets(text, expected)

"""Results that calendar dates date, and those that they do not."""

from __future__ import annotations

import pytest

from extractors.base import Mention
from extractors.bmd.read import Bmd
from extractors.labs.read import LabExtractor
from extractors.text import View

DATED = [
    (
        "Creatinine was 1.1 mg/dL [2010], 1.9 mg/dL [2013] and 3.4 mg/dL [May 2016].",
        [(1.1, "2010", ""), (1.9, "2013", "follow-up"), (3.4, "May 2016", "follow-up")],
    ),
    (
        "In March 2011 PTH was 120 pg/mL; in 2013 PTH was 45 pg/mL.",
        [(120.0, "March 2011", ""), (45.0, "2013", "follow-up")],
    ),
    (
        "Hypercalcaemia was noted in 2009. In 2014 her calcium was 12.9 mg/dL.",
        [(None, "2009", ""), (12.9, "2014", "follow-up")],
    ),
    ("In 2014 calcium was 12.9 mg/dL and PTH 120 pg/mL.", [(12.9, "", ""), (120.0, "", "")]),
    ("Low calcium (7.9 mg/dL) was found in 2014.", [(7.9, "", "")]),
]


def _told(found: list[Mention]) -> list[tuple[float | None, str, str]]:
    return [
        (getattr(m, "value", None), m.time.text if m.time else "", m.time.phase if m.time else "")
        for m in found
    ]


@pytest.mark.parametrize(("text", "expected"), DATED)
def test_results_of_one_test_are_dated_by_their_years(
    text: str, expected: list[tuple[float | None, str, str]]
) -> None:
    assert _told(list(LabExtractor().find(View(text)))) == expected


def test_densities_are_dated_by_their_years() -> None:
    text = "The lumbar spine T-score was -3.1 (2014) and -2.2 (2016)."
    assert _told(list(Bmd().find(View(text)))) == [(-3.1, "2014", ""), (-2.2, "2016", "follow-up")]

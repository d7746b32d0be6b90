"""Values listed with their times: each value has its own."""

from __future__ import annotations

import pytest

from extractors.bmd.fact import BmdMention
from extractors.bmd.read import Bmd
from extractors.labs.fact import LabMention
from extractors.labs.read import LabExtractor
from extractors.text import View

#: sentence, (value, phase, days, words of the time)
DENSITIES = {
    "behind": (
        "The lumbar T-score was -3.3, -2.9 and -2.4 at baseline, 12 months and 24 months, respectively.",
        [(-3.3, "baseline", 0), (-2.9, "follow-up", 365), (-2.4, "follow-up", 730)],
    ),
    "one-unit-for-all": (
        "BMD after 6, 12, and 18 months of treatment was 0.781, 0.829 and 0.864 g/cm2 at the lumbar spine.",
        [(0.781, "follow-up", 183), (0.829, "follow-up", 365), (0.864, "follow-up", 548)],
    ),
    "changes": (
        "Lumbar BMD increased by 5.2%, 9.7% and 12.6% at 6, 12 and 24 months.",
        [(5.2, "follow-up", 183), (9.7, "follow-up", 365), (12.6, "follow-up", 730)],
    ),
    "from": (
        "The lumbar T-score rose from -3.6 to -3.1 and -2.7 at 12 and 24 months.",
        [(-3.6, "baseline", 0), (-3.1, "follow-up", 365), (-2.7, "follow-up", 730)],
    ),
    "each-with-its-own": (
        "The lumbar T-score was -3.1 at 12 months and -2.7 at 24 months.",
        [(-3.1, "follow-up", 365), (-2.7, "follow-up", 730)],
    ),
}
RESULTS = {
    "label-in-front": (
        "ALP at months 3 and 6 was 97 and 72 U/L, respectively.",
        [(97, "follow-up", 91), (72, "follow-up", 183)],
    ),
    "zero": (
        "Serum CTX was 0.9 and 0.4 ng/mL at 0 and 3 months.",
        [(0.9, "baseline", 0), (0.4, "follow-up", 91)],
    ),
    "postpartum": (
        "Calcium at 2 and 4 months postpartum was 2.31 and 2.38 mmol/L.",
        [(2.31, "", 61), (2.38, "", 122)],
    ),
}


def dated(found: list[BmdMention] | list[LabMention]) -> list[tuple[float | None, str, int | None]]:
    return [(m.value, m.time.phase, m.time.days_min) for m in found if m.time is not None]


@pytest.mark.parametrize(("text", "expected"), DENSITIES.values(), ids=DENSITIES)
def test_time_lists_of_densities(text: str, expected: list[tuple[float, str, int]]) -> None:
    found = sorted(Bmd().find(View(text)), key=lambda m: m.end)
    assert dated(found) == expected
    assert all(text[m.time.start : m.time.end] == m.time.text or not m.time.text for m in found if m.time)


@pytest.mark.parametrize(("text", "expected"), RESULTS.values(), ids=RESULTS)
def test_time_lists_of_results(text: str, expected: list[tuple[float, str, int]]) -> None:
    assert dated(LabExtractor().find(View(text))) == expected


def test_time_lists_as_long_as_the_values_only() -> None:
    found = Bmd().find(View("The lumbar T-score was -3.3, -2.9 and -2.4 at 12 and 24 months."))
    assert len({m.time.text for m in found if m.time}) <= 1

"""Times in heads and cells: what prose says and the short forms of tables, by one reader."""

from __future__ import annotations

import datetime

import pytest

from extractors.time.cells import cell_days
from extractors.time.labels import DATE, label_time

#: head, anchor, days, phase
HEADS = [
    ("12 m", "baseline", 365, "follow-up"),
    ("M12", "baseline", 365, "follow-up"),
    ("Week 8 pp", "delivery", 56, ""),
    ("3 mo postpartum", "delivery", 91, ""),
    ("32+4 weeks", "gestation", -52, ""),
    ("32 w gestation", "gestation", -56, ""),
    ("Third month", "baseline", 91, "follow-up"),
    ("Month 0", "baseline", 0, "baseline"),
    ("Before teriparatide", "baseline", 0, "baseline"),
    ("After teriparatide", "baseline", None, "follow-up"),
    ("2nd visit", "baseline", None, "follow-up"),
    ("Baseline (March 2010)", DATE, datetime.date(2010, 3, 15).toordinal(), ""),
]
NO_TIME = [
    "BMD before and after treatment",
    "Age 3 months",
    "Lying down for a long walk of 12 m",
    "Model 1 HR",
]


@pytest.mark.parametrize(("head", "anchor", "days", "phase"), HEADS, ids=[h for h, *_ in HEADS])
def test_labels_time_of_a_head(head: str, anchor: str, days: int | None, phase: str) -> None:
    time = label_time(head, 100)
    assert time is not None
    assert (time.anchor, time.days_min, time.phase) == (anchor, days, phase)
    assert head[time.start - 100 : time.end - 100] == time.text


@pytest.mark.parametrize("head", NO_TIME)
def test_labels_no_time_in_a_head(head: str) -> None:
    assert label_time(head, 0) is None


@pytest.mark.parametrize(
    ("cell", "head"),
    [("32+4 weeks", "Onset"), ("32+4", "Onset (gestational week)"), ("32 4/7 weeks", "Onset")],
)
def test_labels_weeks_and_days_are_read_alike_in_cells(cell: str, head: str) -> None:
    told = cell_days(cell, head)
    assert told == (-52, -52)

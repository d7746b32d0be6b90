# ruff: noqa: E501 (one family of cases a line)
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.quantities import Reference, find_quantities, match_reference
from extractors.language.respective import pair_lists, share_unit
from extractors.language.units import match_unit


def told(text: str) -> list[str]:
    return [
        f"{q.comparator}{q.value:g}{'..' + format(q.high, 'g') if q.high is not None else ''} {q.unit_text}".strip()
        for q in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("was 9.4 mg/dL", ["=9.4 mg/dL"]),
        ("78nmol/L", ["=78 nmol/L"]),
        ("9.7 mg. per 100 ml.", ["=9.7 mg/100mL"]),
        ("9 mm. in the hour", ["=9 mm/h"]),
        ("44,476 IU/L", ["=44476 IU/L"]),
        ("9,2 mg/dl", ["=9.2 mg/dL"]),
        ("T-score of -2.5 SD and −3.1", ["=-2.5 SD", "=-3.1"]),
        ("minus 3.2", ["=-3.2"]),
        ("8.5-10.2 mg/dL", ["=8.5..10.2 mg/dL"]),
        ("8.5 – 10.2", ["=8.5..10.2"]),
        ("8.5 mg/dL to 10.2 mg/dL", ["=8.5..10.2 mg/dL"]),
        ("between 8.5 and 10.5", ["=8.5..10.5"]),
        ("ranged from 8.5 to 10.2", ["=8.5..10.2"]),
        ("fell from 14.2 to 10.1 mg/dL", ["=14.2", "=10.1 mg/dL"]),
        ("rose from 3.1 to 9.8", ["=3.1", "=9.8"]),
        ("< 0.1 ng/mL", ["<0.1 ng/mL"]),
        ("≤5", ["<=5"]),
        ("less than 5 ng/mL", ["<5 ng/mL"]),
        ("at least 30", [">=30"]),
        ("9.4 ± 0.3 mg/dL", ["=9.4 mg/dL"]),
        ("N: 150.000-450000", ["=150000..450000"]),
        ("1.250-1.450", ["=1.25..1.45"]),
        ("1:160", ["=160 titer"]),
        ("Hb- 9.8 gm%", ["=9.8 g/dL"]),
        ("T12, L1-4, 3rd, 25x11, 10^9", []),
        ("7,500/mm3", ["=7500 /mm3"]),
        ("250 x 109/L", ["=250 10^9/L"]),
        ("92 x 103 cells/µL", ["=92 10^3/uL"]),
        ("7,400/cumm", ["=7400 /mm3"]),
        ("22 mm in the first hour", ["=22 mm/h"]),
        ("34 mm/1st h", ["=34 mm/h"]),
        ("9 King-Armstrong units/100 ml", ["=9 KA/100mL"]),
        ("90 mL/min/1.73 m2", ["=90 mL/min/1.73m2"]),
        ("45 nmol BCE/mmol creatinine", ["=45 nmolBCE/mmolCr"]),
    ],
)
def test_find_quantities(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_find_quantities_skips_spans() -> None:
    text = "25-OHD was 12 ng/mL"
    assert [q.value for q in find_quantities(text, skip=[(0, 6)])] == [12]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("8.5-10.2", 8.5, 10.2), ("N: 2.3-4.7 mg/dL", 2.3, 4.7), ("normal range 9.3-54.3 nmolBCE/L", 9.3, 54.3),
        ("ref 15-65", 15, 65), ("reference range: 2.7-4.5", 2.7, 4.5), ("normal 3-13", 3, 13), ("n.v. 30-100", 30, 100),
        ("upper limit 20", None, 20), ("reference <0.57", None, 0.57), (">30", 30, None), ("ULN 40", None, 40),
        ("normal values between 8.5 and 10.5", 8.5, 10.5), ("RR 0.4-4.0", 0.4, 4), ("normal: up to 40 U/L", None, 40),
        ("premenopausal range 19-63", 19, 63), ("age-specific lower limit 142", 142, None), ("winter range 6-30", 6, 30),
        ("deficiency<20", 20, None), ("desirable > 30", 30, None), ("reference range for adults 8.5-10.2", 8.5, 10.2),
    ],
)  # fmt: skip
def test_match_reference(text: str, low: float | None, high: float | None) -> None:
    found = match_reference(text, 0)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("text", ["20", "3-5 days", "after 3 months", "she was 30-35", "normal", ""])
def test_match_reference_leaves_other_text(text: str) -> None:
    assert match_reference(text, 0) is None


def test_match_reference_asks_for_a_cue() -> None:
    assert match_reference("8.5-10.2", 0, need_cue=True) is None


@pytest.mark.parametrize(
    ("value", "comparator", "flag"),
    [
        (7, "=", "low"),
        (9, "=", "normal"),
        (11, "=", "high"),
        (8.5, "=", "normal"),
        (5, "<", "low"),
        (9, "<", ""),
        (12, ">", "high"),
        (9, ">", ""),
    ],
)
def test_reference_flag(value: float, comparator: str, flag: str) -> None:
    assert Reference(0, 0, 8.5, 10.2).flag(value, comparator) == flag


def test_lists_pair_by_position_and_share_a_unit() -> None:
    values = list(find_quantities("9.4, 3.1 mg/dL and 23 pg/mL"))
    assert [q.unit_text for q in share_unit(values)] == ["mg/dL", "mg/dL", "pg/mL"]
    assert [(n, q.value) for n, q in pair_lists(["a", "b", "c"], values)] == [
        ("a", 9.4),
        ("b", 3.1),
        ("c", 23),
    ]
    assert pair_lists(["a", "b"], values) == []


numbers = st.decimals(min_value=0, max_value=9999, places=2).map(float)
units = st.sampled_from(
    ["mg/dL", "pg/mL", "nmol/L", "U/L", "IU/L", "g/L", "mmol/24 h", "mIU/L", "10^9/L", "%"]
)


@given(numbers, units, st.sampled_from(["", " "]))
def test_quantity_keeps_any_value_and_unit(value: float, unit: str, space: str) -> None:
    text = f"was {value}{space or ' '}{unit}, then"
    (found,) = find_quantities(text)
    assert (found.value, found.unit_text) == (value, unit)
    assert text[found.start : found.end] == f"{value}{space or ' '}{unit}"


@given(
    numbers,
    st.decimals(min_value="0.01", max_value=500, places=2).map(float),
    st.sampled_from(["-", " - ", "–", " to "]),
)
def test_interval_is_one_quantity(low: float, width: float, joint: str) -> None:
    high = round(low + width, 2)
    (found,) = find_quantities(f"({low}{joint}{high} mg/dL)")
    assert (found.value, found.high, found.unit_text) == (low, high, "mg/dL")


@given(st.text(alphabet="0123456789.,-–<>≤ ()/:mgdLU%^x±abc", max_size=40))
def test_values_never_raise_and_stay_in_order(text: str) -> None:
    found = list(find_quantities(text))
    assert all(0 <= a.start < a.end <= b.start for a, b in pairwise(found))
    match_reference(text, 0)


@given(units)
def test_unit_is_stable(unit: str) -> None:
    found = match_unit(unit, 0)
    assert found is not None
    again = match_unit(found.text, 0)
    assert again is not None
    assert again.text == found.text

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.drugs.doses import dose_value, find_doses, unit_for
from extractors.drugs.durations import find_durations
from extractors.drugs.routes import find_routes
from extractors.text import Sentence, View


def found(find: Callable[[View, Sentence], Iterable[Any]], text: str) -> list[Any]:
    view = View(text)
    return [item for sentence in view.sentences for item in find(view, sentence)]


DOSES = {
    "20 µg": [(20.0, "ug")],
    "20mcg": [(20.0, "ug")],
    "10 000 units": [(10000.0, "U")],
    "16,800 IU": [(16800.0, "IU")],
    "6,00,000 IU": [(600000.0, "IU")],
    "20.000 IU": [(20000.0, "IU")],
    "1.500 mg": [(1500.0, "mg")],
    "0.125 mg": [(0.125, "mg")],
    "1,200-1,500 mg": [(1200.0, "mg")],
    "50/4 mg": [(50.0, "mg"), (4.0, "mg")],
    "1000 mg/800 IU": [(1000.0, "mg"), (800.0, "IU")],
    "2 mg/kg": [(2.0, "mg/kg")],
    "75 mg/m2": [(75.0, "mg/m2")],
    "12 µg/h": [(12.0, "ug/h")],
    "1.2 million units": [(1200000.0, "U")],
    "increased from 0.25 to 1 µg": [(1.0, "ug")],
    "30-mg": [(30.0, "mg")],
    "60 lakhs units": [(6000000.0, "U")],
    "seventy milligrams": [(70.0, "mg")],
    "half a gram": [(0.5, "g")],
    "two hundred micrograms": [(200.0, "ug")],
    "50 milligrammes": [(50.0, "mg")],
    "80 MRC units": [(80.0, "U")],
    "4000 anti-Xa IU": [(4000.0, "IU")],
    "0.5 mg/kg/h": [(0.5, "mg/kg/h")],
    "0.1 µg/kg per min": [(0.1, "ug/kg/min")],
    "2 mg per kilogram of body weight": [(2.0, "mg/kg")],
    "5 gamma / kg / min": [(5.0, "ug/kg/min")],
    "100.000 units per hour": [(100000.0, "U/h")],
}
NO_DOSE = [
    "tapered by 5 mg",
    "in steps of 10 mg",
    "in 100 ml of saline",
    "clearance 85 mL/min",
    "9.6 mg/dL",
    "25 ng/mL",
    "0.71 g/cm2",
    "12 weeks",
    "T12",
    "7 mg/mmol",
    "3.2 mg/100 mL",
    "45 years",
]


@pytest.mark.parametrize(("text", "expected"), DOSES.items(), ids=DOSES.keys())
def test_find_doses(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(d.value, d.unit) for d in found(find_doses, text)] == expected


@pytest.mark.parametrize("text", NO_DOSE, ids=NO_DOSE)
def test_find_doses_leaves_other_values(text: str) -> None:
    assert found(find_doses, text) == []


def test_find_doses_reads_how_often_a_day() -> None:
    [dose] = found(find_doses, "3 x 500 mg")
    assert (dose.value, dose.times) == (500.0, 3)


@given(st.integers(min_value=1, max_value=9_999_999), st.sampled_from(["IU", "mg"]))
def test_dose_value_reads_every_grouping(value: int, unit: str) -> None:
    assert dose_value(f"{value}", unit) == value
    assert dose_value(f"{value:,}", unit) == value
    assert dose_value(f"{value:,}".replace(",", " "), unit) == value


@pytest.mark.parametrize(
    ("unit", "drug_class", "expected"),
    [("U", "vitamin d", "IU"), ("U", "antidiabetic", "U"), ("mg", "vitamin d", "mg")],
    ids=["vitamin", "insulin", "mass"],
)
def test_unit_for_international_units(unit: str, drug_class: str, expected: str) -> None:
    assert unit_for(unit, drug_class) == expected


ROUTES = {
    "20 µg s.c. daily": ("subcutaneous", False),
    "given subcutaneously": ("subcutaneous", False),
    "75 mg im stat": ("intramuscular", False),
    "intravenous (IV) vancomycin": ("intravenous", False),
    "via a nasogastric tube": ("nasogastric", False),
    "courses of IVIG": ("intravenous", False),
    "spinal anaesthesia with bupivacaine": ("intrathecal", False),
    "nasal spray": ("intranasal", False),
    "an infusion": ("intravenous", True),
    "5 mg i.v.": ("intravenous", False),
    "60 mg ev": ("intravenous", False),
    "tab. x": ("oral", True),
    "by mouth": ("oral", False),
    "by inhalation": ("inhaled", False),
}


@pytest.mark.parametrize(("text", "expected"), ROUTES.items(), ids=ROUTES.keys())
def test_find_routes(text: str, expected: tuple[str, bool]) -> None:
    assert [(r.text, r.form) for r in found(find_routes, text)] == [expected]


@pytest.mark.parametrize("text", ["oral contrast", "the oral cavity", "epidural anaesthesia", "implant"])
def test_find_routes_leaves_other_senses(text: str) -> None:
    assert found(find_routes, text) == []


DURATIONS = {
    "for 12 months": "12 months",
    "for the last four years": "four years",
    "over 6 weeks": "6 weeks",
    "during two years": "two years",
    "x 8 weeks": "8 weeks",
    "for a year": "a year",
    "until the 10th week": "until the 10th week",
    "since childhood": "since childhood",
    "from 2004 until 2007": "from 2004 until 2007",
    "3 years of treatment with": "3 years",
    "a 6-month course of": "6-month",
    "6 months' treatment": "6 months",
    "20 µg daily, 18 months": "18 months",
    "20 µg/d (18 mo)": "18 mo",
}


@pytest.mark.parametrize(("text", "expected"), DURATIONS.items(), ids=DURATIONS.keys())
def test_find_durations(text: str, expected: str) -> None:
    assert [d.text for d in found(find_durations, text)] == [expected]


@pytest.mark.parametrize(
    "text", ["12 months later", "two years ago", "a 30-year-old woman", "at 13 years of age"]
)
def test_find_durations_leaves_points_in_time(text: str) -> None:
    assert found(find_durations, text) == []

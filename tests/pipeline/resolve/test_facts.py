"""Mentions of one patient to rows."""

from __future__ import annotations

from typing import Any

import pytest

from extractors import registry
from extractors.base import Mention, TimeRef
from extractors.bmd.fact import BmdMention
from extractors.drugs.fact import DrugMention
from extractors.fact import Patient
from extractors.fractures.fact import FractureMention
from extractors.labs.fact import LabMention
from extractors.onset.fact import OnsetMention
from extractors.placed import Placed
from pipeline.resolve.confidence import confidence

AT = {"start": 0, "end": 5, "rule": "test"}


def place(mention: Mention, source: str = "text") -> Placed[Any]:
    return Placed(mention, "test", source, "", None)


def records(found: list[Placed[Any]], first_visit: int | None = None) -> list[Any]:
    return registry.fact_of(found[0].mention).rows(found, Patient(first_visit=first_visit))


def later(days: int) -> TimeRef:
    return TimeRef(0, 5, "later", "baseline", days, days, "follow-up")


def test_bmd_rounded_table_value_joins_the_prose() -> None:
    prose = place(
        BmdMention(**AT, site="lumbar spine", region="L2-L4", measure="bmd", value=0.714, unit="g/cm2")
    )
    table = place(BmdMention(**AT, site="lumbar spine", measure="bmd", value=0.71), "table")
    (fact,) = records([table, prose])
    assert fact.values["value"] == 0.714
    assert fact.values["region"] == "L2-L4"


def test_bmd_same_value_at_two_visits_stays_two_rows() -> None:
    first = place(BmdMention(**AT, site="lumbar spine", measure="z_score", value=-2.8))
    second = place(BmdMention(**AT, site="lumbar spine", measure="z_score", value=-2.8, time=later(365)))
    assert [f.values["phase"] for f in records([first, second])] == ["baseline", "follow-up"]


def test_bmd_change_is_a_follow_up() -> None:
    (fact,) = records([place(BmdMention(**AT, site="total hip", measure="bmd_change", value=5.4))])
    assert fact.values["phase"] == "follow-up"


def test_labs_word_joins_the_value_it_repeats() -> None:
    number = place(LabMention(**AT, analyte="calcium", value=8.1, unit="mg/dL", flag="low"))
    word = place(LabMention(**AT, analyte="calcium", flag="low"))
    (fact,) = records([word, number])
    assert fact.values["value"] == 8.1


def test_labs_contrary_word_is_a_row_of_its_own() -> None:
    number = place(LabMention(**AT, analyte="calcium", value=8.1, unit="mg/dL", flag="low"))
    word = place(LabMention(**AT, analyte="calcium", flag="normal", time=later(90)))
    assert len(records([number, word])) == 2


def test_labs_si_value_is_added() -> None:
    (fact,) = records([place(LabMention(**AT, analyte="calcium", value=10.0, unit="mg/dL"))])
    assert fact.values["unit_si"] == "mmol/L"
    assert fact.values["value_si"] == pytest.approx(2.495, abs=0.01)


def test_fractures_unspecified_yields_to_levels() -> None:
    vague = place(FractureMention(start=0, end=5, rule="test", site="vertebra", unnamed=True))
    level = place(FractureMention(**AT, site="vertebra", level="T8"))
    assert [f.values["level"] for f in records([vague, level])] == ["T8"]


def test_fractures_of_two_sides_told_apart_are_two() -> None:
    sides = [place(FractureMention(**AT, site="rib", side=side)) for side in ("left", "right")]
    assert [fact.values["side"] for fact in records(sides)] == ["left", "right"]


def test_fractures_of_one_side_are_of_both_where_both_are_told_at_once() -> None:
    sides = [place(FractureMention(**AT, site="rib", side=side)) for side in ("left", "bilateral")]
    (fact,) = records(sides)
    assert fact.values["side"] == "bilateral"


def test_drugs_class_yields_to_its_member() -> None:
    found = [place(DrugMention(**AT, drug=name)) for name in ("bisphosphonate", "alendronate")]
    assert [f.values["drug"] for f in records(found)] == ["alendronate"]


def test_drugs_bare_repeat_joins_the_regimen() -> None:
    full = place(DrugMention(**AT, drug="teriparatide", dose=20.0, dose_unit="ug", frequency="daily"))
    bare = place(DrugMention(**AT, drug="teriparatide"), "abstract")
    (fact,) = records([bare, full])
    assert fact.values["dose"] == 20.0


def test_drugs_denied_and_given_stay_apart() -> None:
    found = [place(DrugMention(**AT, drug="prednisone", status=status)) for status in ("denied", "given")]
    assert sorted(f.values["status"] for f in records(found)) == ["denied", "given"]


def test_onset_presentation_only_where_nothing_better_is_told() -> None:
    visit = place(OnsetMention(**AT, days_min=91, days_max=91, role="presentation"))
    pain = place(OnsetMention(**AT, days_min=14, days_max=14))
    assert [f.values["days_from_delivery_min"] for f in records([visit, pain])] == [14]
    assert [f.values["days_from_delivery_min"] for f in records([visit])] == [91]
    assert registry.fact_of(visit.mention).first_visit([visit, pain]) == 91


def test_confidence_rises_with_repetition() -> None:
    once = place(DrugMention(**AT, drug="calcium"))
    again = place(DrugMention(**AT, drug="calcium"), "abstract")
    assert confidence([once, again], once) > confidence([once], once)

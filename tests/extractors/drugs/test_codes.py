"""ATC codes of drugs."""

from __future__ import annotations

import re

import pytest

from extractors.drugs.codes import ATC, GROUPS, codes
from extractors.drugs.vocabulary import class_names

_SUBSTANCE = re.compile(r"[A-DGHJL-NPRSV]\d\d[A-Z]{2}\d\d")
#: A group of the second to the fourth level; of the fourth where preparations have no codes of their own.
_GROUP = re.compile(r"[A-DGHJL-NPRSV]\d\d[A-Z]{0,2}")


@pytest.mark.parametrize(
    ("drug", "route", "atc", "group"),
    [
        ("teriparatide", "subcutaneous", "H05AA02", "Parathyroid hormones and analogues"),
        ("alendronate", "", "M05BA04", "Bisphosphonates"),
        ("enoxaparin", "subcutaneous", "B01AB05", "Heparin group"),
        ("heparin", "", "B01AB", "Heparin group"),
        ("low molecular weight heparin", "", "B01AB", "Heparin group"),
        ("cholecalciferol", "oral", "A11CC05", "Vitamin D and analogues"),
        ("vitamin d", "", "A11CC", "Vitamin D and analogues"),
        ("calcitonin", "intranasal", "H05BA", "Calcitonin preparations"),
        ("nsaid", "", "M01A", ""),
        ("dexamethasone", "intravenous", "H02AB02", "Glucocorticoids"),
        ("dexamethasone", "topical", "", ""),
        ("dexamethasone", "", "", ""),
        ("vancomycin", "oral", "", ""),
        ("diclofenac", "topical", "", ""),
        ("aspirin", "oral", "", ""),
        ("methotrexate", "", "", ""),
        ("no such drug", "", "", ""),
    ],
)
def test_a_drug_is_coded_by_its_route(drug: str, route: str, atc: str, group: str) -> None:
    found = codes({"drug": drug, "route": route})
    assert (found["drug_atc"], found["atc_group_name"]) == (atc, group)
    assert found["atc_group"] == (atc[:5] if len(atc) >= 5 else "")


def test_every_code_is_written_as_atc_writes_them() -> None:
    coded = [row["atc"] for row in ATC.rows if _SUBSTANCE.fullmatch(row["atc"])]
    for row in ATC.rows:
        code = row["atc"]
        assert _SUBSTANCE.fullmatch(code) or _GROUP.fullmatch(code), row
        if row["drug"] in class_names():
            assert not _SUBSTANCE.fullmatch(code), row
    assert not _SUBSTANCE.fullmatch("B01AB1") and not _GROUP.fullmatch("1BAB")
    twice = {code for code in coded if coded.count(code) > 1}
    assert twice == {"G03BA03"}  # testosterone and its undecanoate


def test_every_group_is_one_of_the_fourth_level_that_has_a_drug() -> None:
    for row in GROUPS.rows:
        assert re.fullmatch(r"[A-Z]\d\d[A-Z]{2}", row["atc"])
        assert any(code["atc"].startswith(row["atc"]) for code in ATC.rows), row

"""ATC codes of drugs.

atc_index.csv holds codes and names of the ATC/DDD index (WHO Collaborating Centre for Drug Statistics
Methodology, 2026-04-25), as far as they are used: what atc.csv says is held against it.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from extractors.drugs.codes import ATC, GROUPS, ROUTES, codes
from extractors.drugs.vocabulary import class_names

_SUBSTANCE = re.compile(r"[A-DGHJL-NPRSV]\d\d[A-Z]{2}\d\d")
#: A group of the second to the fourth level; of the fourth where preparations have no codes of their own.
_GROUP = re.compile(r"[A-DGHJL-NPRSV]\d\d[A-Z]{0,2}")


_HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def index() -> dict[str, str]:
    with (_HERE / "atc_index.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


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
        ("vancomycin", "oral", "A07AA09", "Antibiotics"),
        ("vancomycin", "nasogastric", "A07AA09", "Antibiotics"),
        ("vancomycin", "intravenous", "J01XA01", "Glycopeptide antibacterials"),
        ("budesonide", "inhaled", "R03BA02", "Glucocorticoids"),
        ("budesonide", "", "", ""),
        ("calcium", "intravenous", "", ""),
        ("mesalazine", "rectal", "A07EC02", "Aminosalicylic acid and similar agents"),
        ("bromocriptine", "oral", "", ""),
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


@pytest.mark.parametrize(
    ("unit", "atc"), [("mg", "H02AB02"), ("mg/m2", "H02AB02"), ("mL", ""), ("drops", ""), ("", "")]
)
def test_a_dose_by_weight_tells_a_systemic_use(unit: str, atc: str) -> None:
    assert codes({"drug": "dexamethasone", "route": "", "dose_unit": unit})["drug_atc"] == atc
    assert not codes({"drug": "dexamethasone", "route": "intravitreal", "dose_unit": unit})["drug_atc"]


def test_every_code_has_the_name_that_the_index_gives_it(index: dict[str, str]) -> None:
    wrong = [
        row for row in (*ATC.rows, *GROUPS.rows) if index.get(row["atc"]) != (row["name"] or row.get("drug"))
    ]
    assert not wrong


def test_only_a_substance_has_the_code_of_one() -> None:
    for row in ATC.rows:
        code = row["atc"]
        assert _SUBSTANCE.fullmatch(code) or _GROUP.fullmatch(code), row
        if row["drug"] in class_names():
            assert not _SUBSTANCE.fullmatch(code), row


def test_two_drugs_share_a_code_only_where_they_are_one_substance() -> None:
    of: dict[str, set[str]] = {}
    for row in ATC.rows:
        if _SUBSTANCE.fullmatch(row["atc"]):
            of.setdefault(row["atc"], set()).add(row["drug"])
    assert sorted("/".join(sorted(drugs)) for drugs in of.values() if len(drugs) > 1) == [
        "antithrombin/antithrombin concentrate",
        "calcium polystyrene sulfonate/sodium polystyrene sulfonate",
        "dextrose/glucose",
        "nab-paclitaxel/paclitaxel",
        "testosterone/testosterone undecanoate",
    ]


def test_a_drug_has_one_code_by_each_route() -> None:
    routes: dict[str, list[dict[str, str]]] = {}
    for row in ATC.rows:
        routes.setdefault(row["drug"], []).append(dict(row))
    for rows in routes.values():
        for i, row in enumerate(rows):
            for other in rows[i + 1 :]:
                shared = _told(row["route"]) & _told(other["route"])
                assert not shared or row["atc"] == other["atc"], (row, other)


def _told(route: str) -> frozenset[str]:
    return frozenset().union(*ROUTES.values()) if route == "any" else ROUTES[route]


def test_every_group_is_one_of_the_fourth_level_that_has_a_drug() -> None:
    for row in GROUPS.rows:
        assert re.fullmatch(r"[A-Z]\d\d[A-Z]{2}", row["atc"])
        assert any(code["atc"].startswith(row["atc"]) for code in ATC.rows), row

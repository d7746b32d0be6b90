"""Drugs: strengths that are doses, doses inside a name of two parts, lists that mix both word orders."""

from __future__ import annotations

import pytest
from fixtures.drug_forms import expected_forms, forms

from extractors.drugs.read import Drugs
from extractors.text import View

SAID = {
    "eye-drops": (
        "Timolol 0.5% eye drops were given twice daily.",
        ["timolol given 0.5 %; twice daily; topical"],
    ),
    "ointment": ("Topical 2% ketoconazole was applied.", ["ketoconazole given 2 %; ; topical"]),
    "behind-its-form": ("Atropine eye drops 0.5% were given.", ["atropine given 0.5 %; ; topical"]),
    "breathed": (
        "Anaesthesia was maintained with desflurane (5-6%) in nitrous oxide.",
        ["desflurane given 5 %", "nitrous oxide given"],
    ),
    "infused-is-no-strength": ("She received 500 mL of 5% dextrose.", ["dextrose given 500 mL"]),
    "share-of-patients": (
        "She was given topical tacrolimus (60% of patients respond).",
        ["tacrolimus given; ; topical"],
    ),
    "hourly": ("She was given hourly artificial tears.", ["artificial tears given; hourly"]),
    "class-and-drug": ("An opioid (5 mg of morphine) was given.", ["morphine given 5 mg"]),
    "class-and-drug-often": (
        "Anticoagulation (60 mg of enoxaparin twice daily) was begun.",
        ["enoxaparin given 60 mg; twice daily"],
    ),
    "both-orders": (
        "She received 1 mg atropine, neostigmine 2.5 mg, and 4 mg ondansetron.",
        ["atropine given 1 mg", "neostigmine given 2.5 mg", "ondansetron given 4 mg"],
    ),
    "two-lists": (
        "He took aspirin and clopidogrel 100 mg and 75 mg.",
        ["aspirin given 100 mg", "clopidogrel given 75 mg"],
    ),
    "a-father-gives": ("The boy was hot. His father administered paracetamol.", ["paracetamol given"]),
    "a-father-takes": ("The boy was hot. His father took paracetamol.", []),
    "no-money": ("We were unable to start denosumab because of its price.", ["denosumab denied"]),
    "no-progress": ("Labour made no progress on oxytocin.", ["oxytocin given"]),
    "of-teeth": ("Alginate impressions were taken.", []),
}


@pytest.mark.parametrize(("text", "expected"), SAID.values(), ids=SAID.keys())
def test_strengths_and_lists(text: str, expected: list[str]) -> None:
    assert forms(Drugs().find(View(text))) == expected_forms(expected)

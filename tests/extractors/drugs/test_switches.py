"""Drugs: a second route, the route of a class's list, and words of status that stand at some distance."""

from __future__ import annotations

import pytest
from fixtures.drug_forms import expected_forms, forms

from extractors.drugs.read import Drugs
from extractors.text import View

SAID = {
    "then-orally": (
        "Flucloxacillin 2 g was given intravenously for 2 weeks and then orally for 4 weeks.",
        ["flucloxacillin given 2 g; ; intravenous; 2 weeks", "flucloxacillin given; ; oral; 4 weeks"],
    ),
    "followed-by": (
        "He received intravenous metronidazole for 10 days followed by oral treatment.",
        ["metronidazole given; ; intravenous; 10 days", "metronidazole given; ; oral"],
    ),
    "then-another-drug": (
        "He received intravenous ceftriaxone, then oral cefixime.",
        ["ceftriaxone given; ; intravenous", "cefixime given; ; oral"],
    ),
    "route-and-list": (
        "Empirical treatment IV (ceftazidime + amikacin) was begun.",
        ["ceftazidime given; ; intravenous", "amikacin given; ; intravenous"],
    ),
    "antibiotics-and-list": (
        "Antibiotics were given intravenously (ampicillin and gentamicin).",
        [
            "antibiotic given; ; intravenous",
            "ampicillin given; ; intravenous",
            "gentamicin given; ; intravenous",
        ],
    ),
    "dropped": ("Pregabalin made her drowsy and was dropped.", ["pregabalin stopped"]),
    "dropped-to": ("Prednisolone was dropped to 5 mg.", ["prednisolone given 5 mg"]),
    "came-off": ("Codeine came off after three days.", ["codeine stopped"]),
    "defaulted": ("She was started on nifedipine but she defaulted treatment.", ["nifedipine stopped"]),
    "no-pain-on-it": ("There was no pain at one year on teriparatide.", ["teriparatide given"]),
    "no-fracture-under-it": (
        "No new fractures occurred at 18 months of denosumab.",
        ["denosumab given; ; ; 18 months"],
    ),
    "put-under": ("We could not put her under methotrexate for lack of funds.", ["methotrexate denied"]),
    "no-fever-under": ("She had no fever under prednisolone.", ["prednisolone given"]),
    "contraceptive-used": (
        "Oral contraceptives were taken for 2 years.",
        ["oral contraceptive prior; ; ; 2 years"],
    ),
    "contraceptive-begun": ("An oral contraceptive was prescribed.", ["oral contraceptive given"]),
    "had-had": (
        "She had had a thrombosis of the leg, after which warfarin was taken.",
        ["warfarin prior"],
    ),
    "two-doses": (
        "Oxytocin was given at a dose of 5 IU intravenously, and 20 IU in 500 ml infusion of saline.",
        ["oxytocin given 5 IU; ; intravenous", "oxytocin given 20 IU; ; intravenous"],
    ),
    "eaten": ("Her diet was vegan since her youth on moral grounds (calcium about 350 mg per day).", []),
    "one-of-her-brothers": ("Her brothers were not tested; one is on alendronate.", []),
    "not-of-them": ("Her brothers were not tested; she was given alendronate.", ["alendronate given"]),
    "warned": ("He was warned against ibuprofen.", []),
    "counselled": ("She was counselled about her diagnosis and given metformin.", ["metformin given"]),
    "known-hypertensive": (
        "He was a known hypertensive on nifedipine 20 mg.",
        ["nifedipine prior 20 mg"],
    ),
    "hypertensive-crisis": ("A hypertensive crisis was treated with labetalol.", ["labetalol given"]),
    "duration-of-the-first": (
        "Quinine 600 mg 8 hourly for 7 days with doxycycline 100 mg daily was given.",
        ["quinine given 600 mg; three times daily; ; 7 days", "doxycycline given 100 mg; daily"],
    ),
    "shifted": ("Insulin was given to aid the shift of potassium into cells.", ["insulin given"]),
}


@pytest.mark.parametrize(("text", "expected"), SAID.values(), ids=SAID.keys())
def test_switches_and_status(text: str, expected: list[str]) -> None:
    assert forms(Drugs().find(View(text))) == expected_forms(expected)

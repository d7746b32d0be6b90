"""Drugs that were only thought of, that were planned behind another, and that came to their planned end."""

from __future__ import annotations

import pytest
from fixtures.drug_forms import expected_forms, forms

from extractors.drugs.read import Drugs
from extractors.text import View

NO_ROW = (
    "Denosumab was evaluated as a treatment option.",
    "We also thought about teriparatide.",
    "Bisphosphonates were weighed against her wish for children.",
    "Zoledronate was regarded as an alternative.",
    "She asked about denosumab.",
    "Options included denosumab and teriparatide.",
    "She was a candidate for zoledronate.",
    "We considered teriparatide, which was too expensive.",
)
TOLD = {
    "Options were denosumab and teriparatide; she chose denosumab.": ["denosumab given"],
    "We discussed teriparatide with her and she was started on it.": ["teriparatide given"],
    "Heparin was considered the cause of her bone loss.": ["heparin given"],
    "The only option left was vancomycin, which was started.": ["vancomycin given"],
    "Instead of teriparatide we gave alendronate.": ["teriparatide denied", "alendronate given"],
    "Prednisolone was gradually tapered off.": ["prednisolone given"],
    "Prednisolone was tapered and finally discontinued after six months.": ["prednisolone given"],
    "She was gradually weaned off prednisone.": ["prednisone given"],
    "The antibiotics were stopped after completing 14 days.": ["antibiotic given"],
    "Isoniazid was given for nine months and then stopped as planned.": ["isoniazid given; ; ; nine months"],
    "Lamotrigine was tapered off because of a rash.": ["lamotrigine stopped"],
    "She stopped prednisone.": ["prednisone stopped"],
    "Zoledronic acid is scheduled after completion of teriparatide.": [
        "zoledronic acid planned",
        "teriparatide given",
    ],
    "A prescription for alendronate was handed to her to be started after weaning.": ["alendronate planned"],
    "Alendronate was recommended and started.": ["alendronate given"],
    "Alendronate was recommended.": ["alendronate planned"],
    "Her history was negative for the use of glucocorticoids.": ["glucocorticoid denied"],
    "The history was negative for heparin.": ["heparin denied"],
    "A 58-year-old woman on methotrexate and folic acid was admitted.": [
        "methotrexate prior",
        "folic acid prior",
    ],
    "Insulin was first given intravenously and later subcutaneously.": [
        "insulin given; ; intravenous",
        "insulin given; ; subcutaneous",
    ],
    "Vitamin K2 (menatetrenone; 45 mg/day) was given.": ["menatetrenone given 45 mg; daily"],
    "Prednisolone 5 mg; alendronate not given.": ["prednisolone given 5 mg", "alendronate denied"],
    "PMH: reflux (omeprazole).": ["omeprazole prior"],
    "He had failed methotrexate.": ["methotrexate prior"],
    "She has been put on the waiting list for teriparatide.": ["teriparatide planned"],
    "She was put on omeprazole.": ["omeprazole given"],
    "Corticosteroids (-).": ["glucocorticoid denied"],
    "After a week of ceftriaxone she was switched to doxycycline to complete three weeks.": [
        "ceftriaxone given; ; ; a week",
        "doxycycline given",
    ],
    "He was not compliant with warfarin.": ["warfarin prior"],
    "His discharge medications were aspirin and atorvastatin.": ["aspirin given", "atorvastatin given"],
    "On discharge her medications included aspirin.": ["aspirin given"],
    "Her medications included aspirin.": ["aspirin prior"],
    "Amoxicillin was the antibiotic of choice.": ["amoxicillin given"],
}


@pytest.mark.parametrize("text", NO_ROW)
def test_what_was_only_thought_of_is_no_row(text: str) -> None:
    assert forms(Drugs().find(View(text))) == []


@pytest.mark.parametrize(("text", "wanted"), TOLD.items())
def test_status_of_what_was_thought_of_or_ended(text: str, wanted: list[str]) -> None:
    assert forms(Drugs().find(View(text))) == expected_forms(wanted)

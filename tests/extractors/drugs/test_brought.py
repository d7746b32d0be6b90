"""What a patient came with, and what was part of the treatment."""

from __future__ import annotations

import pytest

from extractors.drugs.read import Drugs
from extractors.text import View

PRIOR = (
    "A 45-year-old man receiving warfarin for atrial fibrillation presented with haematuria.",
    "A 62-year-old woman on methotrexate 15 mg weekly for rheumatoid arthritis presented with a dry cough.",
    "A known hypertensive on amlodipine was brought to the clinic.",
    "A 71-year-old man treated with rituximab for lymphoma was admitted with fever.",
    "We report a 43-year-old man who developed pancreatitis two weeks after starting azathioprine.",
    "We describe a case of liver failure that occurred following propylthiouracil treatment.",
    "She had hypertension treated with amlodipine.",
    "He took aspirin daily for ischaemic heart disease.",
    "Her regular drugs included lisinopril 10 mg od.",
    "History revealed consumption of alendronate for four years.",
    "The general practitioner prescribed diclofenac 50 mg 3 times a day.",
    "The pain was treated with loxoprofen 60 mg at another clinic.",
    "Meds: perindopril 5 mg OD, indapamide 1.5 mg OD.",
    "She had reflux, for which she used omeprazole 20 mg.",
    "She conceived after clomifene 50 mg daily.",
    "She was a user of depot medroxyprogesterone from 16 to 20 years of age.",
)
GIVEN = (
    "A 50-year-old woman with pancreatitis improved after methylprednisolone.",
    "A 40-year-old man with lymphoma was treated with rituximab and recovered.",
    "We report a 45-year-old woman with pemphigus treated with rituximab.",
    "A 27-year-old woman developed sepsis, which was treated with meropenem.",
    "A 4-year-old boy presented with seizures that resolved after lorazepam.",
    "The patient was put on ceftriaxone and developed a rash.",
    "Besides dialysis, the patient was receiving erythropoietin.",
    "At that time she was receiving prednisolone 20 mg daily.",
    "By that time, she had received 1 liter of dextrose.",
    "Rituximab was initiated, and she was maintained on azathioprine.",
    "A 30-year-old man had fever. Blood cultures were done. He was given cefepime. He was on heparin, too.",
    "Ceftriaxone was started and later changed to twice daily.",
    "Her platelets declined after heparin.",
    "Clopidogrel was added, and she was then scheduled for debridement.",
    "Three courses of epirubicin were given in the weeks before surgery.",
    "He had no fever and was treated with ceftriaxone.",
    "He developed pneumonia, for which he received ceftriaxone.",
    "She saw her local doctor and was treated with antibiotics.",
    "Scans had not shown other lesions, a scheme (rituximab, etoposide) was started.",
)


@pytest.mark.parametrize("sentence", PRIOR)
def test_came_with_it(sentence: str) -> None:
    assert {m.status for m in Drugs().find(View(sentence))} == {"prior"}


@pytest.mark.parametrize("sentence", GIVEN)
def test_was_given_it(sentence: str) -> None:
    assert {m.status for m in Drugs().find(View(sentence))} == {"given"}

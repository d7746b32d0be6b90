"""Procedures: what is named, done, advised or refused, and at which levels; what is none."""

from typing import Any

import pytest

from extractors import registry
from extractors.text import View
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

DONE, PLANNED, DENIED = "done", "planned", "denied"
TOLD = {
    "She underwent percutaneous vertebroplasty of T12, L1 and L2.": [("vertebroplasty", DONE, "T12; L1; L2")],
    "Vertebroplasty (PVP) of T11-L1 was performed.": [("vertebroplasty", DONE, "T11; T12; L1")],
    "T9 and L1 kyphoplasty was carried out.": [("kyphoplasty", DONE, "T9; L1")],
    "Bone cement was injected into L3.": [("vertebroplasty", DONE, "L3")],
    "Posterior fixation from T10 to T12 was done.": [("spinal surgery", DONE, "T10; T11; T12")],
    "Neither vertebroplasty nor kyphoplasty was performed.": [
        ("vertebroplasty", DENIED, ""),
        ("kyphoplasty", DENIED, ""),
    ],
    "Kyphoplasty was offered, but she declined.": [("kyphoplasty", DENIED, "")],
    "She declined vertebroplasty and a brace.": [("vertebroplasty", DENIED, ""), ("brace", DENIED, "")],
    "She declined vertebroplasty and a brace was fitted.": [
        ("vertebroplasty", DENIED, ""),
        ("brace", DONE, ""),
    ],
    "She declined vertebroplasty and wore a brace.": [("vertebroplasty", DENIED, ""), ("brace", DONE, "")],
    "Vertebroplasty was considered but not performed.": [("vertebroplasty", DENIED, "")],
    "We advised against vertebroplasty.": [("vertebroplasty", DENIED, "")],
    "Vertebroplasty was deemed unnecessary.": [("vertebroplasty", DENIED, "")],
    "A kyphoplasty is planned.": [("kyphoplasty", PLANNED, "")],
    "She was told to wear a corset and given a TLSO later.": [("brace", DONE, ""), ("brace", DONE, "")],
    "She refused to wear a brace.": [("brace", DENIED, "")],
    "An iliac crest bone biopsy showed low turnover.": [("bone biopsy", DONE, "")],
    "A CT-guided biopsy of T12 was taken.": [("bone biopsy", DONE, "T12")],
    "Physiotherapy did not help.": [("physiotherapy", DONE, "")],
    "Weight-bearing exercises were recommended.": [("physiotherapy", PLANNED, "")],
    "She was treated with strict bed rest for two weeks.": [("bed rest", DONE, "")],
    "Whole-exome sequencing was normal.": [("genetic test", DONE, "")],
    "Genetic testing was not available.": [("genetic test", DENIED, "")],
    "No variant was found in COL1A1 by Sanger sequencing.": [("genetic test", DONE, "")],
    "Transurethral resection was done under spinal anaesthesia.": [("other surgery", DONE, "")],
    "Resection of the bowel was not performed.": [("other surgery", DENIED, "")],
    "The parathyroid adenoma was removed.": [("other surgery", DONE, "")],
    "T11 was treated by balloon kyphoplasty.": [("kyphoplasty", DONE, "T11")],
    "The hernia was repaired and laparoscopy showed no other.": [
        ("other surgery", DONE, ""),
        ("other surgery", DONE, ""),
    ],
    "Surgical decompression from T10 to L1 was done.": [("spinal surgery", DONE, "T10; T11; T12; L1")],
    "She underwent bilateral total hip arthroplasty.": [("hip surgery", DONE, "")],
    "The femoral neck was fixed with three screws.": [("hip surgery", DONE, "")],
    "The tibia was fixed with a plate.": [("other surgery", DONE, "")],
    "The hip fracture healed without surgery.": [("hip surgery", DENIED, "")],
    "She was operated on for an adenoma.": [("other surgery", DONE, "")],
    "An iliac crest biopsy was dispensed with.": [("bone biopsy", DENIED, "")],
    "We refrained from kyphoplasty of L3.": [("kyphoplasty", DENIED, "L3")],
    "Elsewhere kyphoplasty of L1 was practised.": [("kyphoplasty", DONE, "L1")],
    "Bed rest from week 26 was omitted by us after two weeks.": [("bed rest", DONE, "")],
    "Bed rest was omitted.": [("bed rest", DENIED, "")],
    "A cholecystectomy was performed.": [("other surgery", DONE, "")],
}
SILENT = (
    "Vertebroplasty may be considered in severe pain.",
    "Surgery was discussed with her.",
    "She had no history of surgery.",
    "She works as a physiotherapist.",
    "She came to the department of spine surgery.",
    "A caesarean operation was done.",
    "A bone marrow biopsy was normal.",
    "Sequencing of the bacterial rRNA gene was done.",
    "Indications for kyphoplasty are few.",
)


@pytest.mark.parametrize(("sentence", "told"), TOLD.items())
def test_procedures_told(sentence: str, told: list[tuple[str, str, str]]) -> None:
    found = registry.component("procedures").find(View(sentence))
    assert [(m.procedure, m.status, m.levels) for m in found] == told


@pytest.mark.parametrize("sentence", SILENT)
def test_procedures_near_misses(sentence: str) -> None:
    assert not registry.component("procedures").find(View(sentence))


def rows(text: str) -> list[tuple[Any, ...]]:
    paper = structure(read_text(f"Case report\n\n{text}")[0])
    return [(r["procedure"], r["status"], r["detail"]) for r in extract(paper, "doc")["procedures"]]


def test_procedures_rows_of_one_patient() -> None:
    told = rows(
        "A 30-year-old woman had back pain. Kyphoplasty was advised. She declined kyphoplasty. A corset was "
        "recommended, and she wore the corset for a year. Her mother had had hip surgery."
    )
    assert told == [("kyphoplasty", "denied", "kyphoplasty"), ("brace", "done", "corset")]


def test_procedures_surgery_is_that_with_a_name() -> None:
    told = rows(
        "A 30-year-old woman had hypercalcaemia. She underwent surgery. Parathyroidectomy was uneventful. "
        "A year later an appendectomy was done."
    )
    assert told == [
        ("other surgery", "done", "parathyroidectomy"),
        ("other surgery", "done", "appendectomy"),
    ]


def test_procedures_fixation_is_of_the_bone_told_before() -> None:
    told = rows(
        "A 30-year-old woman had fractures of both femoral necks. Vitamin D was low.\n\n"
        "Both sides were fixed with two cannulated screws."
    )
    assert told == [("hip surgery", "done", "internal fixation")]


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("She wore a brace and was pain free six months later.", ""),
        ("He died two months after kyphoplasty.", ""),
        ("A brace was fitted, and half a year later the pain had gone.", ""),
        ("A brace was fitted two weeks later.", "two weeks later"),
        ("Vertebroplasty was done 3 months after delivery.", "3 months after delivery"),
    ],
)
def test_procedures_times(sentence: str, time: str) -> None:
    [found] = registry.component("procedures").find(View(sentence))
    assert (found.time.text if found.time else "") == time

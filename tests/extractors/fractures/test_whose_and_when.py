"""Fractures of earlier life, of the child, of the other side; levels that are left out."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

#: Text behind "A 35-year-old woman was seen.": its rows as level or site, side, "h" for history.
TOLD = {
    "T9 was fractured. She had fractured her wrist at 11.": {"T9", "wrist h"},
    "T9 was fractured. Past history: ankle fracture at age 20.": {"T9", "ankle h"},
    "T9 was fractured. As a schoolgirl she had broken her collarbone.": {"T9", "clavicle h"},
    "T9 was fractured. A childhood humerus fracture was the only previous injury.": {"T9", "humerus h"},
    "She had a T9 fracture, but her wrist fracture was at age 12.": {"T9", "wrist h"},
    "She broke her left radius; she had broken the right scaphoid at age 19.": {
        "radius left", "scaphoid right h",
    },
    "She fractured her wrist at 34 weeks.": {"wrist"},
    "Her only previous fracture had been of the wrist, at the age of 10.": {"wrist h"},
    "MRI revealed an old fracture of T12 and a fresh one of L3.": {"T12 h", "L3"},
    "CT: old fractures of T8 and T9 without fresh ones.": {"T8 h", "T9 h"},
    "T9 was fractured. The baby was healthy but had a clavicle fracture.": {"T9"},
    "MRI: a fracture of the right femoral neck and an undisplaced one on the left.": {
        "femoral neck right", "femoral neck left",
    },
    "MRI: a fracture of the right femoral neck and oedema on the left.": {"femoral neck right"},
    "The left femoral neck fractured; later the contralateral femoral neck fractured.": {
        "femoral neck left", "femoral neck right",
    },
    "Stress fractures of the femoral necks were seen bilaterally.": {"femoral neck bilateral"},
    "Bilateral subcapital femoral fractures were fixed.": {"femoral neck bilateral"},
    "All lumbar bodies but L5 had fractured.": {"L1", "L2", "L3", "L4"},
    "All lumbar vertebrae but the fifth were fractured.": {"L1", "L2", "L3", "L4"},
    "L1, L2: compression fractures. L3-L5: intact.": {"L1", "L2"},
    "Fractured: L1, L3 and L5. Normal: L2, L4.": {"L1", "L3", "L5"},
    "MRI showed a cranial burst fracture of the fourth lumbar vertebra.": {"L4"},
    "She had a T9 fracture and reported that she had broken a radius when she was nine.": {
        "T9", "radius h",
    },
    "She had a T9 fracture when she was two months postpartum.": {"T9"},
    "MRI showed fractures at T11 and L2 and degenerative change at L5-S1.": {"T11", "L2"},
    "A fracture line ran through the right sacral ala.": {"sacrum right"},
    "There were two fractures (T8, L2); T10 was questionable.": {"T8", "L2"},
    "MRI showed fractures of L2 and L3 without involvement of L5 or of the canal.": {"L2", "L3"},
    "T9 was fractured. L1 was without involvement.": {"T9"},
    "This 35-yr-old had a fracture of T9.": {"T9"},
    "The picture was typical of a sacral insufficiency fracture.": {"sacrum"},
}  # fmt: skip


def rows(text: str) -> set[str]:
    found = extract(structure(read_text(f"Report\n\nCase report\n\n{text}")[0]), "one")["fractures"]
    told = [(r["level"] or r["site"], r["side"], "h" if r["phase"] == "history" else "") for r in found]
    return {" ".join(str(part) for part in row if part) for row in told}


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_whose_and_when(text: str, expected: set[str]) -> None:
    assert rows(f"A 35-year-old woman was seen. {text}") == expected


def test_a_parent_s_fracture_is_not_the_child_s() -> None:
    text = "A newborn girl was delivered by a mother with a history of pelvic fracture. "
    text += "Her clavicle was broken."
    assert rows(text) == {"clavicle"}


#: Text: the phases of its fractures in their order.
PHASES = {
    "An X-ray was normal. Subsequent MRI showed a fracture of T9.": ["baseline"],
    "T9 was fractured. She wore a brace. Subsequent MRI showed a fracture of L2.": ["baseline", "follow-up"],
    "She had an atypical femoral fracture after seven years on alendronate.": ["baseline"],
    "She presented with a pelvic fracture after 3 years of prednisolone treatment.": ["baseline"],
    "T9 was fractured. She took alendronate. L2 was fractured after 9 months of alendronate.": [
        "baseline", "follow-up",
    ],
    "A woman with a fracture of T9 had relief of pain after 4 weeks on calcitonin.": ["baseline"],
    "A woman with a fracture of T9 had a stroke and died 5 months after kyphoplasty.": ["baseline"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "phases"), PHASES.items())
def test_phases(text: str, phases: list[str]) -> None:
    paper = structure(read_text(f"Report\n\nCase report\n\nA 35-year-old woman was seen. {text}")[0])
    rows = sorted(extract(paper, "one")["fractures"], key=lambda row: row["start"])
    assert [row["phase"] for row in rows] == phases

"""How case reports tell fractures: bones and sides, names and initials, what is none, whose it is."""

from __future__ import annotations

import pytest

from extractors.fractures.read import Vertebrae
from extractors.text import View
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

TOLD = [
    (
        "A bimalleolar fracture of the right ankle and diffuse osteoporosis involving the talus.",
        "right ankle",
    ),
    ("A tumoral femur had a pathological fracture of the shaft, with focal lesions of L1 and T10.", "femur"),
    ("A closed clavicle and scapular spine fracture was plated.", "clavicle, scapula"),
    ("He sustained a tibial spine fracture.", "tibia"),
    (
        "Fractures were seen: the vertebral column, the shaft of the femur, and the neck of the right femur.",
        "vertebra, femoral shaft, right femoral neck",
    ),
    ("She had a right femoral neck fracture and a left hip effusion.", "right femoral neck"),
    ("A fracture of the left tibia and right knee pain were noted.", "left tibia"),
    ("A fracture of the radius with dislocation of the elbow was reduced.", "radius"),
    (
        "He had a left Garden type IV femoral neck fracture and a right-sided Weber B ankle fracture.",
        "left femoral neck, right ankle",
    ),
    (
        "A left-sided Garden III neck of femur and right-sided displaced olecranon fractures were fixed.",
        "left femoral neck, right elbow",
    ),
    (
        "Fractures of the left clavicle, right scapula, and bilateral first ribs.",
        "left clavicle, right scapula, bilateral rib",
    ),
    ("Fractures of the middle phalanges of the right hand.", "right finger"),
    ("A fracture of the distal phalanx of the left great toe.", "left toe"),
    ("A fracture of the middle phalanx of the left ring finger.", "left finger"),
    ("A stress fracture of the base of the fifth metatarsal of the right foot.", "right metatarsal"),
    ("A lateral tibial condyle depressed fracture was elevated.", "proximal tibia"),
    ("He had a Le Fort II fracture and a fracture of the mandibular symphysis.", "maxilla, mandible"),
    ("A Jefferson fracture and a hangman's fracture were found.", "C1, C2"),
    ("She had a Jones fracture of the left foot.", "left metatarsal"),
    ("A crown fracture of the left central incisor.", "left tooth"),
    ("Temporal bone fractures, bilateral, and a skull base fracture.", "bilateral skull"),
    ("He had an open fracture of both bones of the right forearm.", "right forearm"),
    ("A fracture humerus on the right arm was seen.", "right humerus"),
    ("He had a screw fracture and a fracture of the plate in the left femur.", ""),
    ("A penile fracture was repaired.", ""),
    ("He had a suspected left hip fracture.", ""),
    ("A suspected fracture of the left femoral neck was verified by CT.", "left femoral neck"),
    ("MRI confirmed the suspected sacral fracture.", "sacrum"),
    ("There was a left superior pubic ramus IF.", "left pubic ramus"),
    ("Bilateral AFFs were nailed.", "bilateral femur"),
    ("MRI showed a subchondral insufficiency fracture (SIF) of the left femoral head.", "left femoral head"),
    ("X-ray: #L NOF, old # of R clavicle.", "left femoral neck, right clavicle"),
    ("XR: #s T6, T8.", "T6, T8"),
    ("She broke the R ankle and the L wrist.", "right ankle, left wrist"),
    ("MRI showed a fracture of T8, the T7/8 disc being normal.", "T8"),
    ("There was compression of T9 and L3 without compression of the dural sac.", "T9, L3"),
    ("A mass compressed the left main bronchus at T5.", ""),
    ("Wedge fractures of T7 and T8 were seen, none of which looked fresh.", "T7, T8"),
    ("Fractures of T9 and T11; a third, at L5, could not be verified.", "T9, T11"),
    ("T10 was compressed, T11 had a normal height.", "T10"),
    ("Another fracture was excluded; MRI showed marrow oedema of T10.", ""),
    ("Height losses in thoracic (T) 11 and L1 were found.", "T11, L1"),
    ("A subluxation at C5-C6 and a fracture of the lateral mass of C6 were seen.", "C6"),
    ("CT showed osteopenia of L4 without anterior wedging.", ""),
    ("FRAX was high: hip fracture 3%.", ""),
    ("T12 was tender. X-rays showed a wedge fracture of this level.", "T12"),
    ("The left tibia was sclerotic. MRI showed stress fractures in these areas.", "left tibia"),
    ("She had pain in the left groin; a fracture of the femoral shaft was found.", "left femoral shaft"),
    ("There was a bilateral facet fracture and lateral dislocation of L1-L2.", "L1, L2"),
]


def _names(text: str) -> set[str]:
    found = [m for m in Vertebrae().find(View(text)) if m.context.about_patient]
    return {f"{m.side} {m.level or m.site}".strip() for m in found}


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text for text, _ in TOLD])
def test_bones_and_sides(text: str, expected: str) -> None:
    assert _names(text) == {name for name in expected.split(", ") if name}


OTHERS = [
    "Her newborn had a fractured clavicle.",
    "She bore twins; one of them had a clavicular fracture.",
    "Atypical femoral fractures are a known risk of bisphosphonates.",
    "Rib fractures may occur in late pregnancy.",
    "In a systematic review (n = 214) the levels most often fractured were T11 and L2.",
    "The five most frequently fractured vertebrae are L1, T12, L2, T11 and T8.",
    "The commonest fractured levels in a meta-analysis were T12 and L1.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_fractures_of_others(text: str) -> None:
    assert not _names(f"A 33-year-old woman had pain after delivery. {text}")


def _rows(text: str) -> list[tuple[str, str, str]]:
    paper = structure(read_text(f"A 38-year-old woman had bone loss. {text}")[0])
    return [(r["side"], r["site"], r["phase"]) for r in extract(paper, "x")["fractures"]]


def test_two_events_are_two_rows() -> None:
    told = "She broke her right humerus in 2012 and her left humerus in 2015."
    assert [row[:2] for row in _rows(told)] == [("right", "humerus"), ("left", "humerus")]


def test_fractures_of_childhood_are_history() -> None:
    assert _rows("She had broken her left ankle at the age of ten.") == [("left", "ankle", "history")]
    assert _rows("She broke her left wrist as a child.") == [("left", "wrist", "history")]

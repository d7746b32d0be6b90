"""Fractures of other bones than vertebrae."""

from __future__ import annotations

import pytest
from fixtures.fractures_found import found, sites
from spacy.language import Language

SITES = [
    ("of", "She sustained a fracture of the left distal radius.", {"left distal radius"}),
    ("noun", "A right femoral neck fracture was fixed with screws.", {"right femoral neck"}),
    ("neck-of-femur", "X-ray confirmed a fracture of the neck of the right femur.", {"right femoral neck"}),
    ("bilateral", "Bilateral femoral neck fractures were diagnosed.", {"bilateral femoral neck"}),
    ("both", "MRI showed fractures of both sacral alae.", {"bilateral sacrum"}),
    ("list-before", "Rib, sternal and pelvic fractures were found.", {"rib", "sternum", "pelvis"}),
    (
        "list-after",
        "Insufficiency fractures of the sacrum, the left pubic ramus and the right acetabulum were seen.",
        {"sacrum", "left pubic ramus", "right acetabulum"},
    ),
    ("verb-object", "She broke her wrist and her left ankle in a fall.", {"wrist", "left ankle"}),
    ("verb-passive", "The right clavicle was fractured.", {"right clavicle"}),
    ("had-fractured", "He had fractured his humerus twice.", {"humerus"}),
    ("ribs-numbered", "Fractures of the left 5th and 6th ribs were seen.", {"left rib"}),
    ("ribs-side-after", "Fractures of the 7th and 8th ribs on the right were seen.", {"right rib"}),
    ("atypical", "An atypical fracture of the left femoral shaft occurred.", {"left femoral shaft"}),
    (
        "subtrochanteric",
        "Radiographs showed a subtrochanteric fracture of the femur.",
        {"subtrochanteric femur"},
    ),
    (
        "intertrochanteric",
        "A left intertrochanteric femoral fracture was nailed.",
        {"left intertrochanteric femur"},
    ),
    ("metatarsal", "A stress fracture of the second metatarsal was diagnosed.", {"metatarsal"}),
    ("calcaneus", "MRI of the heel revealed a calcaneal stress fracture.", {"calcaneus"}),
    (
        "tibia",
        "Plain films showed a fracture of the right distal tibia and fibula.",
        {"right distal tibia", "right fibula"},
    ),
    ("plateau", "A depressed fracture of the lateral tibial plateau was present.", {"tibial plateau"}),
    ("colles", "She had a Colles fracture at 45.", {"distal radius"}),
    ("hip", "He was admitted with a hip fracture.", {"hip"}),
    (
        "pubic-rami",
        "CT demonstrated fractures of the superior and inferior pubic rami on the left.",
        {"left pubic ramus"},
    ),
    ("sacral", "MRI identified a sacral insufficiency fracture.", {"sacrum"}),
    ("fracture-line", "A fracture line in the right ala of the sacrum was visible.", {"right sacrum"}),
    ("history", "Her history included a fracture of the left humerus 2 years before.", {"left humerus"}),
    (
        "ellipsis",
        "He had broken his left clavicle at nine and, at 21, the right scaphoid.",
        {"left clavicle", "right scaphoid"},
    ),
    (
        "two-cues",
        "Complete fracture of the right femoral neck and incomplete fracture of the left femoral neck "
        "were seen.",
        {"right femoral neck", "left femoral neck"},
    ),
    ("jaw", "A pathological fracture of the mandible followed.", {"mandible"}),
    ("with-levels", "Fragility fractures of the sacrum and of T6 and T8 were found.", {"sacrum"}),
    ("parenthesis", "She fractured her right wrist (distal radius) on the ice.", {"right distal radius"}),
    (
        "surgical-neck",
        "X-rays revealed a fracture of the surgical neck of the left humerus.",
        {"left proximal humerus"},
    ),
    (
        "distal-third",
        "A fracture of the distal third of the right radius was plated.",
        {"right distal radius"},
    ),
    (
        "shaft-of",
        "A spiral fracture of the shaft of the left tibia and of the fibula was seen.",
        {"left tibial shaft", "fibula"},
    ),
    (
        "bracketed-history",
        "She reported two fragility fractures (left wrist and right humerus).",
        {"left wrist", "right humerus"},
    ),
    (
        "including",
        "He had multiple fractures, including the right femur, left tibia and both clavicles.",
        {"right femur", "left tibia", "bilateral clavicle"},
    ),
    ("looser", "Looser zones in both femoral necks were noted.", {"bilateral femoral neck"}),
    (
        "uptake",
        "She had insufficiency fractures. Bone scan showed increased uptake in the sacrum and both calcanei.",
        {"sacrum", "bilateral calcaneus"},
    ),
    ("breaking", "She fell, breaking her left hip.", {"left hip"}),
    ("colles-wrist", "He sustained a Colles' fracture of the left wrist.", {"left distal radius"}),
    ("atypical-both", "Bilateral atypical femoral fractures were nailed.", {"bilateral femur"}),
    ("bimalleolar", "She was treated for a right ankle fracture (bimalleolar).", {"right ankle"}),
    (
        "through-tumour",
        "A pathological fracture through a brown tumour of the left tibia was noted.",
        {"left tibia"},
    ),
    (
        "parenthetical",
        "The right femoral shaft, deformed by dysplasia, had fractured.",
        {"right femoral shaft"},
    ),
    ("number-sign", "Left NOF # was fixed; later # right wrist.", {"left femoral neck", "right wrist"}),
    ("showed", "MRI of the pelvis showed a sacral fracture.", {"sacrum"}),
]

NO_SITES = [
    ("denied", "She denied any previous wrist or hip fracture."),
    ("no", "There was no fracture of the sacrum or pelvis."),
    ("family", "Her grandmother had a hip fracture at 80."),
    ("mother-broke", "Her mother broke her hip at 71."),
    ("risk", "Denosumab reduces the risk of hip fractures."),
    ("excluded", "A stress fracture of the tibia was excluded."),
    ("pain", "She complained of hip pain and rib pain."),
    ("mri", "MRI of the pelvis and both hips was normal."),
    ("typical", "Hip and wrist fractures are common in osteoporosis."),
    ("surgery", "The femoral head was resected because of necrosis."),
    ("voice", "Her voice broke and she had a broken heart."),
    ("suspected", "A hip fracture was suspected but radiographs were normal."),
    ("neither", "Screening showed neither wrist nor hip fractures."),
    ("fixation", "Fracture fixation of the femur was uneventful."),
    ("father", "The father had a hip fracture at 62."),
    ("reported", "Pelvic, sacral and wrist fractures have been reported in rare cases."),
    ("fracture-table", "He was placed on a fracture table in the hip clinic."),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in SITES], ids=[c[0] for c in SITES])
def test_component_sites_fractured(nlp: Language, text: str, expected: set[str]) -> None:
    assert sites(nlp, text) == expected


@pytest.mark.parametrize("text", [c[1] for c in NO_SITES], ids=[c[0] for c in NO_SITES])
def test_component_sites_not_fractured(nlp: Language, text: str) -> None:
    assert sites(nlp, text) == set()


@pytest.mark.parametrize("text", [c[1] for c in SITES], ids=[c[0] for c in SITES])
def test_component_quote_of_a_site_holds_the_bone(nlp: Language, text: str) -> None:
    for mention in found(nlp, text):
        quote = text[mention.start : mention.end]
        assert 0 < len(quote) <= 150
        assert quote == quote.strip()

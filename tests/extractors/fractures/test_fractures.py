# ruff: noqa: E501 (one sentence, one line)
"""Sentences of our own: which levels and bones are fractured, and which are not."""

from __future__ import annotations

import pytest
import spacy
from fixtures.fractures_found import found, levels
from spacy.language import Language

from extractors.base import mentions
from extractors.fractures.fact import FractureMention
from extractors.fractures.table import fractures_of_cell

LEVELS = [
    ("uptake-confirmed", "She had a fracture of T12. Increased uptake was seen at T5 and at T8, which MRI confirmed.", "T12 T5 T8"),
    ("uptake-confirmed-next", "She had a fracture of T12. Bone scan showed hot lesions in L2 and L3. X-rays confirmed both.", "T12 L2 L3"),
    ("foci-agreed", "She had a fracture of T12. Scans showed foci in T3 and T4; tomography agreed.", "T12 T3 T4"),
    ("uptake-alone", "She had a fracture of T12. Scintigraphy showed hot spots at T5 and T8.", "T12"),
    ("uptake-refuted", "She had a fracture of T12. There was uptake in T5, but CT could not confirm it.", "T12"),
    ("out-of", "Of the vertebrae from T3 to L5, T7 and T9 were fractured.", "T7 T9"),
    ("height-of", "The height of T10 was reduced by a third and that of L2 by half.", "T10 L2"),
    ("lost-shared", "T8 had lost 20% and T9 60% of its height.", "T8 T9"),
    ("plate-impression", "Upper end-plate impressions of L1 and L4.", "L1 L4"),
    ("german", "Sintering of BWK 7, 9 and LWK 2 was noted.", "T7 T9 L2"),
    ("french", "Tassements of D6 and D10 were described.", "T6 T10"),
    ("cuneiform", "There were cuneiform vertebrae at T7 and T12.", "T7 T12"),
    ("roman-words", "Fracture of thoracic vertebrae V, VII and lumbar vertebra I.", "T5 T7 L1"),
    ("roman-symbols", "Wedging of D VII, D X and L III.", "T7 T10 L3"),
    ("left-out-before", "DXA of L1-L4 (excluding the fractured L3) was repeated.", "L3"),
    ("left-out-after", "L4 was not analysed because of a compression fracture.", "L4"),
    ("instrumented", "Screws were placed at T9, T10 and T12 for the T11 burst fracture.", "T11"),
    ("stabilised", "Stabilisation from T8 to T12 was done for fracture of T10.", "T10"),
    ("augmented-for", "Kyphoplasty at T9 and L2 was carried out for painful fractures.", "T9 L2"),
    (
        "confined",
        "Fractures of T5 and T6. Densitometry, limited to L4 because of the fractures, was low.",
        "T5 T6",
    ),
    (
        "judged-sound",
        "Collapse of T9 was seen; L2, described as reduced in height, was regarded as normal.",
        "T9",
    ),
    ("spine-x-ray", "Thoracic spine X-rays showed a fracture of T4.", "T4"),
    ("list", "MRI showed compression fractures of T7, T9 and L2.", "T7 T9 L2"),
    ("range", "Plain films revealed wedge deformities from Th10 to L1.", "T10 T11 T12 L1"),
    ("mixed", "There were seven fractures: T4, T6-T8, T11, L1 and L3.", "T4 T6 T7 T8 T11 L1 L3"),
    ("dorsal", "Collapse of D7, D8 and the third lumbar vertebra was evident.", "T7 T8 L3"),
    ("before", "T6, T7 and T12 had collapsed.", "T6 T7 T12"),
    ("noun-after", "A T11 wedge fracture was found.", "T11"),
    ("body-after", "An L3 vertebral body fracture with 40% loss of height was noted.", "L3"),
    ("old-new", "An old fracture of T9 and fresh fractures of L1 and L2 were seen.", "T9 L1 L2"),
    ("height-loss", "Loss of anterior height was measured at T8 (30%), T10 (45%) and L1 (20%).", "T8 T10 L1"),
    ("height-verb", "T12 and L1 had lost about half of their height.", "T12 L1"),
    ("biconcave", "Biconcave deformity of L2, L3 and L4, wedge deformity of T12.", "L2 L3 L4 T12"),
    (
        "ordinal",
        "Radiographs showed fractures of the 6th, 9th and 11th thoracic and 2nd lumbar vertebrae.",
        "T6 T9 T11 L2",
    ),
    ("ordinal-range", "The fifth through eighth thoracic vertebral bodies were fractured.", "T5 T6 T7 T8"),
    ("group", "Crush fractures of the first three lumbar vertebrae were present.", "L1 L2 L3"),
    ("all", "All lumbar vertebrae were compressed.", "L1 L2 L3 L4 L5"),
    ("every", "Height was reduced at every level from T11 down to L2.", "T11 T12 L1 L2"),
    ("carried", "Several vertebral fractures were seen. They involved T5, T8 and L4.", "T5 T8 L4"),
    ("carried-colon", "MRI disclosed four vertebral fractures. Levels: Th7, Th9, L1 and L2.", "T7 T9 L1 L2"),
    ("later", "On the lateral view, T9 and L1 showed marked wedging.", "T9 L1"),
    (
        "edema",
        "STIR images showed bone marrow oedema in T11 and L2, consistent with recent compression fractures.",
        "T11 L2",
    ),
    (
        "edema-next",
        "She had multiple vertebral fractures. Bone marrow edema was present in T6 and T10.",
        "T6 T10",
    ),
    (
        "uptake",
        "The diagnosis was multiple vertebral fractures. Bone scintigraphy showed uptake in T7 and L3.",
        "T7 L3",
    ),
    (
        "endplate",
        "A superior endplate fracture of L4 was visible, and vertebroplasty of L4 was performed.",
        "L4",
    ),
    ("new", "Two years later a new vertebral fracture at T10 occurred.", "T10"),
    ("burst", "CT confirmed a burst fracture of L1 with retropulsion.", "L1"),
    ("vertebroplasty-of-fractured", "She underwent vertebroplasty of the fractured T12.", "T12"),
    ("caption", "Figure 2. Sagittal MRI: acute fractures at T8 through T10 (arrows).", "T8 T9 T10"),
    ("slash", "Fractures T11/T12 and L2/3 were stable.", "T11 T12 L2 L3"),
    ("semicolon", "Compression fractures (T7, 9, 12; L2) were treated with a corset.", "T7 T9 T12 L2"),
    ("spared", "Fractures of T8 and T10 were found, T9 being intact.", "T8 T10"),
    ("spared-clause", "Wedge fractures of T7, T9 and L3 were seen; T8 and L1 were preserved.", "T7 T9 L3"),
    ("spared-between", "L2, although it lay between the collapsed L1 and L3, was spared.", "L1 L3"),
    ("except", "All lumbar vertebrae except L5 were fractured.", "L1 L2 L3 L4"),
    ("range-except", "Fractures were present from T7 to T12 with sparing of T9.", "T7 T8 T10 T11 T12"),
    (
        "normal-height",
        "Compression fractures of T12 and L2 were visible, while L1 kept its normal height.",
        "T12 L2",
    ),
    ("not-fractured", "T11 was collapsed but T12 was not fractured.", "T11"),
    ("disc-too", "MRI showed a T12 fracture and an L4-L5 disc protrusion.", "T12"),
    ("bmd-too", "Fractures of T8 and T9 were found and the L1-L4 T-score was -3.1.", "T8 T9"),
    ("fusion-too", "A T12 burst fracture was treated with posterior fusion from T10 to L2.", "T12"),
    ("mr-weight", "T1-weighted and T2-weighted images showed fractures of T8 and L1.", "T8 L1"),
    ("after-comma-negation", "Without any trauma, fractures of T7 and T9 occurred.", "T7 T9"),
    ("history", "He had sustained an osteoporotic fracture of L2 five years earlier.", "L2"),
    ("roman", "Radiographs showed a crush fracture of D XII and L III.", "T12 L3"),
    ("odontoid-neck", "CT revealed fractures of C6 and C7.", "C6 C7"),
    ("genant", "Genant grade 2 deformities were recorded at T6, T7 and T11.", "T6 T7 T11"),
    ("plus", "Fractures of Th8 + Th9 + L1 were counted.", "T8 T9 L1"),
    ("percent-list", "There was a >50% loss of height of T12, 30% of L1, and <25% of L2.", "T12 L1 L2"),
    (
        "mild-severe",
        "MRI revealed vertebral compression fractures in T7 (mild), T9 (moderate), L1 and L3 (severe).",
        "T7 T9 L1 L3",
    ),
    (
        "counted",
        "She had 8 vertebral fractures (D5, D6, D7, D8, D9, D12, L1, L2).",
        "T5 T6 T7 T8 T9 T12 L1 L2",
    ),
    ("reduced-in-height", "The vertebral bodies of T9, T11 and L2 were reduced in height.", "T9 T11 L2"),
    (
        "kyphoplasty-because",
        "Kyphoplasty was performed at T12 and L1 because of painful fractures.",
        "T12 L1",
    ),
    ("kyphoplasty-for", "She underwent balloon kyphoplasty for fractures of T12 and L1.", "T12 L1"),
    ("endplates", "MRI showed multilevel endplate depressions from T10 to L4.", "T10 T11 T12 L1 L2 L3 L4"),
    ("sacral-levels", "Imaging showed insufficiency fractures of S1 and S2.", "S1 S2"),
    ("sites-were", "Fracture sites were T8, T11 and L3.", "T8 T11 L3"),
    (
        "no-here-but-there",
        "There was no evidence of fracture in L1-L5, but T11 and T12 were wedge-shaped.",
        "T11 T12",
    ),
    (
        "unchanged",
        "CT did not show new fractures, with unchanged T8 and T9 compression deformities.",
        "T8 T9",
    ),
    (
        "schmorl",
        "MRI showed an acute T12 compression fracture, Schmorl's nodes at L1-L2 and mild degeneration of L4-L5.",
        "T12",
    ),
    (
        "namely",
        "Six vertebral fractures, namely T7, T8, T11, T12, L2, and L4, were identified.",
        "T7 T8 T11 T12 L2 L4",
    ),
    (
        "by-region",
        "Plain X-rays showed fractures of the thoracic (T5, T7, T9) and lumbar spine (L1, L2).",
        "T5 T7 T9 L1 L2",
    ),
    (
        "affected",
        "Vertebral levels T5 through T7 and L1 through L3 were affected by fractures.",
        "T5 T6 T7 L1 L2 L3",
    ),
    (
        "t2-and-edema",
        "The T2-weighted images demonstrated hyperintensity at T12, L2 and L3 consistent with fractures.",
        "T12 L2 L3",
    ),
    (
        "sound-list",
        "Radiographs revealed five fractures (T6-T8, T11, L1); T10, T12 and the other lumbar bodies were unremarkable.",
        "T6 T7 T8 T11 L1",
    ),
    (
        "only-osteopenic",
        "There were fractures of T11, L2 and L4, whilst L1 and L3 were only mildly osteopenic.",
        "T11 L2 L4",
    ),
    ("shape", "Recent fractures of T12-L3 were seen. T10 and T11 keep their shape.", "T12 L1 L2 L3"),
    ("exception-of-age", "Fractures of T6, T8 and L1 were all recent, with the exception of T6.", "T6 T8 L1"),
    ("spelt", "She had five broken bones in her back. The doctor spelled it out: T8, T9 and L3.", "T8 T9 L3"),
    (
        "hemangioma-next",
        "MRI showed fractures of T7 and T9. T8 was normal. L1 showed a small hemangioma.",
        "T7 T9",
    ),
    ("non-fractured", "Fractured vertebrae: T5, T6, T8. Non-fractured vertebrae: T7, L1.", "T5 T6 T8"),
    ("chronic", "MRI: acute fractures: T11, L1; chronic fractures: T7; no fracture: L2-L5.", "T7 T11 L1"),
    (
        "kyphosis-too",
        "Compression of T9 and T10 vertebral bodies with kyphosis between T8 and T11 was seen.",
        "T9 T10",
    ),
    (
        "imaged-range",
        "MRI of the thoracic and lumbar spine (T1-L5) showed fresh fractures of T7 and L2.",
        "T7 L2",
    ),
    ("imaged-single", "CT of T12 showed a burst fracture.", "T12"),
    ("edema-around", "STIR showed marrow edema at Th11-L2 with loss of height of Th12.", "T12"),
    ("edema-and-fracture", "There was marrow oedema of T8 to T11, and a compression fracture of T10.", "T10"),
    ("edema-and-wedging", "T5, T6 and T7 showed edema and wedging.", "T5 T6 T7"),
    ("edema-extends", "MRI revealed a fracture at T12 with edema extending from T11 to L1.", "T12"),
    (
        "spaced-symbols",
        "MR scan showed compression fractures of 6 vertebrae: Th 8, 9, 10, 12, L 1 and 2.",
        "T8 T9 T10 T12 L1 L2",
    ),
    ("dashes", "There were vertebral body compression fractures (T-5 through T-7, L-2).", "T5 T6 T7 L2"),
    ("itemised", "Spine radiographs: T8 - wedge; T11 - biconcave; L2 - crush.", "T8 T11 L2"),
    ("spared-next", "The fractures involved T6, T7 and L1. L3 and L4 were spared.", "T6 T7 L1"),
    ("recollapse", "Follow-up MRI indicated recollapse of T11 and T12.", "T11 T12"),
]

NO_LEVELS = [
    ("bmd-region", "Bone mineral density at L1-L4 was low and she feared fractures."),
    ("dxa", "DXA of L2-L4 showed osteoporosis without fractures."),
    ("disc", "MRI showed an L5-S1 disc herniation but no fracture."),
    ("no-fracture", "No fracture was seen between T4 and L5."),
    ("no-new", "At two years no new fracture of T7 or L2 had occurred."),
    ("without", "Radiographs of T5-L5 were without evidence of fractures."),
    ("ruled-out", "A fracture of T12 was ruled out by CT."),
    ("mri-normal", "MRI of the lumbar spine (L1-S1) was normal and showed no fracture."),
    ("thyroid", "Free T4 and T3 were normal, and no fracture was suspected."),
    ("vitamin", "Fractures were treated with vitamin D3 for a year."),
    ("vitamin-d2", "After the fracture she took 25-hydroxyvitamin D2."),
    ("complement", "Complement C3 and C4 were low; the fracture was treated."),
    ("weighting", "The fractures had low signal on T1 and high signal on T2."),
    ("spinal-anaesthesia", "Spinal anaesthesia at L3-4 was given for fixation of the hip."),
    ("fusion", "She underwent posterior fusion from T10 to L3."),
    ("vertebroplasty", "Vertebroplasty of T12 and L1 was performed."),
    ("biopsy", "A biopsy of L2 excluded malignancy."),
    ("dermatome", "Hypoesthesia in the L5 and S1 dermatomes was noted; no vertebra was compressed."),
    ("tenderness", "There was tenderness over T8 and L1 on percussion."),
    ("risk", "Such patients have a high risk of fracture at T12 and L1."),
    ("typical", "Fractures typically affect T11 to L2."),
    ("family", "Her mother had a fracture of L1 at the age of 70."),
    ("cohort", "In a cohort of 40 women 60% had fractures of T8 or T9."),
    ("stage", "The tumour was staged T2N0 and no fracture was found."),
    ("intact", "L1 and L2 were intact."),
    ("unaffected", "The vertebrae T9, T10 and the sacrum were unaffected by compression."),
    ("cord", "Spinal cord compression at T8 was excluded."),
    ("kyphosis", "Kyphosis measured 60 degrees from T5 to T12."),
    ("hemangioma", "A hemangioma of T10 was an incidental finding."),
    ("t2-signal", "The fractures of the sacrum were dark on T1 and bright on T2 sequences."),
    ("letters", "A R T I C L E I N F O Keywords: vertebral fractures."),
    ("kept", "Vertebral fractures were feared. The L2 vertebra had maintained its height."),
    ("suspected", "A fracture of L1 was suspected at first."),
    (
        "cord-edema",
        "Enhancement from C3 to C6 suggested spinal cord edema; an old vertebral fracture was known.",
    ),
    ("metastases", "Uptake in T5 and T8 was due to metastases."),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in LEVELS], ids=[c[0] for c in LEVELS])
def test_component_levels_fractured(nlp: Language, text: str, expected: str) -> None:
    assert levels(nlp, text) == set(expected.split())


@pytest.mark.parametrize("text", [c[1] for c in NO_LEVELS], ids=[c[0] for c in NO_LEVELS])
def test_component_levels_not_fractured(nlp: Language, text: str) -> None:
    assert levels(nlp, text) == set()


@pytest.mark.parametrize("text", [c[1] for c in LEVELS], ids=[c[0] for c in LEVELS])
def test_component_quote_holds_level_or_bone(nlp: Language, text: str) -> None:
    for mention in found(nlp, text):
        quote = text[mention.start : mention.end]
        assert 0 < len(quote) <= 150
        assert quote == quote.strip()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("MRI showed an acute compression fracture of T8.", "modality", "mri"),
        ("MRI showed an acute compression fracture of T8.", "kind", "compression"),
        ("MRI showed an acute compression fracture of T8.", "age", "new"),
        ("The radiograph showed an old wedge fracture of L1.", "age", "old"),
        ("The radiograph showed an old wedge fracture of L1.", "modality", "radiograph"),
        ("CT showed an insufficiency fracture of the left sacral ala.", "kind", "insufficiency"),
        ("CT showed an insufficiency fracture of the left sacral ala.", "modality", "ct"),
        ("Bone scintigraphy revealed fractures of T8 and T9.", "modality", "bone scan"),
        ("She had an atypical fracture of the left femur.", "kind", "atypical"),
    ],
    ids=["mri", "compression", "new", "old", "radiograph", "insufficiency", "ct", "scan", "atypical"],
)
def test_component_manner(nlp: Language, text: str, field: str, value: str) -> None:
    assert {getattr(m, field) for m in found(nlp, text)} == {value}


GRADES = [
    ("A Genant grade 2 fracture of T8 was seen.", {"T8": 2}),
    ("She had a grade 3 wedge fracture of L1.", {"L1": 3}),
    ("Fractures of T7 (mild), T9 (moderate), L1 and L3 (severe).", {"T7": 1, "T9": 2, "L1": None, "L3": 3}),
    ("There were vertebral fractures (T8 grade 1, L1 grade 2).", {"T8": 1, "L1": 2}),
    ("A mild fracture of T8 and a severe fracture of L2 were seen.", {"T8": 1, "L2": 3}),
    ("T8 showed a moderate wedge deformity and L1 a severe one.", {"T8": 2, "L1": None}),
    ("Genant grade 2-3 fractures of T8 and L1.", {"T8": None, "L1": None}),
    ("Severe pain followed a fracture of T8.", {"T8": None}),
]


@pytest.mark.parametrize(("text", "grades"), GRADES, ids=[c[0] for c in GRADES])
def test_component_grade_of_a_level(nlp: Language, text: str, grades: dict[str, int | None]) -> None:
    assert {m.level: m.grade for m in found(nlp, text)} == grades


def test_cell_grade_of_a_level() -> None:
    cell = fractures_of_cell("T8 (grade 2), L1 (mild), L3", 0, None)
    assert {m.level: m.grade for m in cell} == {"T8": 2, "L1": 1, "L3": None}


def test_component_unspecified_vertebrae_are_marked(nlp: Language) -> None:
    kept = mentions(nlp("Multiple vertebral fractures were diagnosed."), "vertebrae")
    assert [(m.rule, m.site, m.level) for m in kept if isinstance(m, FractureMention)] == [
        ("vertebra without a level", "vertebra", "")
    ]


def test_component_historical_fracture_says_so(nlp: Language) -> None:
    (mention,) = found(nlp, "Her history included a fracture of the left humerus 2 years before.")
    assert mention.context.historical or (mention.time is not None and mention.time.phase == "history")


def test_component_relatives_fracture_says_so(nlp: Language) -> None:
    kept = mentions(nlp("Her mother broke her hip at 71."), "vertebrae")
    assert all(m.context.family for m in kept)


def test_component_long_text_without_sentences_is_quick(nlp: Language) -> None:
    text = "fracture of " + "the left " * 20_000 + "rib"
    assert found(nlp, text[:900_000]) == []


def test_component_age_of_the_patient_is_none_of_the_fracture() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("casebook.vertebrae")
    (found,) = mentions(pipeline("A 34-year-old woman had an L2 fracture."), "vertebrae")
    assert found.age == ""


@pytest.mark.parametrize(
    "signal", ["T1 low, STIR high", "T1: dark", "T1 hypointense", "low on T1 and high on T2"]
)
def test_component_signal_of_the_image_is_no_level(signal: str) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("casebook.vertebrae")
    found = mentions(pipeline(f"MRI ({signal}) showed recent fractures at L1 and L2."), "vertebrae")
    assert [m.level for m in found] == ["L1", "L2"]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Spine X-ray: # T12, L1.", ["T12", "L1"]),
        ("Multiple #s: T6, T8 and L3.", ["T6", "T8", "L3"]),
        ("Wedge #s of L1 and L2 were seen.", ["L1", "L2"]),
        ("Patient #2 had pain at L2.", []),
    ],
    ids=["sign", "plural", "wedge", "number"],
)
def test_component_sign_of_a_fracture(text: str, levels: list[str]) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("casebook.vertebrae")
    assert [m.level for m in mentions(pipeline(text), "vertebrae")] == levels

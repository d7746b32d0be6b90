"""Ages with their roles, sex, parity and build, in sentences of our own."""

from __future__ import annotations

import pytest
import spacy

from extractors.base import mentions
from extractors.person.fact import PersonMention
from extractors.person.table import parse_age, person_field

PRESENTATION = [
    ("I was thirty-two when my first son was born.", 32, None),
    ("Case 3: The sister of Case 1, 36 years old, had back pain.", 36, "F"),
    ("Patient 2, her 32-year-old sister, had back pain.", 32, "F"),
    ("A 32-year-old woman was admitted.", 32, "F"),
    ("A 32 year old lady was admitted.", 32, "F"),
    ("A 38-years-old woman presented with back pain.", 38, "F"),
    ("A 56 -year- old man came with fever.", 56, "M"),
    ("This 34 y/o female came with pain.", 34, "F"),
    ("A 29-yr-old man fell from a ladder.", 29, "M"),
    ("The patient was a 67 y.o. male with cough.", 67, "M"),
    ("A 28yo woman had back pain.", 28, "F"),
    ("A woman aged 29 presented with pain.", 29, "F"),
    ("A man aged 56 years was seen in our clinic.", 56, "M"),
    ("A woman, 38 years of age, was referred.", 38, "F"),
    ("This patient, 35 years old, had her first child.", 35, "F"),
    ("Age: 31 years. She had no fever.", 31, "F"),
    ("Patient: female, 38 years.", 38, "F"),
    ("A thirty-two-year-old primipara was admitted.", 32, "F"),
    ("A woman of fifty-six years was operated on.", 56, "F"),
    ("A 3½-year-old boy was brought to us.", 3.5, "M"),
    ("A 31/2-year-old boy was brought to us.", 3.5, "M"),
    ("A 2.5-year-old girl had rickets.", 2.5, "F"),
    ("An 11 years and 6 months old girl was seen.", 11.5, "F"),
    ("A 13-month-old girl presented with rickets.", 1.0833, "F"),
    ("A 6-week-old boy presented with seizures.", 0.115, "M"),
    ("A 9-day-old female neonate was referred.", 0.0246, "F"),
    ("A 28F presented with back pain.", 28, "F"),
    ("Our patient (F, 32) had pain.", 32, "F"),
    ("Case 2 (38/F) had pain.", 38, "F"),
    ("A 45 y M with cough was seen.", 45, "M"),
    ("Mrs. L., 36 years old, was hospitalised.", 36, "F"),
    ("Mr. K., 71, was seen for weakness.", 71, "M"),
    ("Mrs B (age 44) presented with myalgia.", 44, "F"),
    ("A woman (38 years) with pain was seen.", 38, "F"),
    ("Helen, 27, a teacher, could not walk.", 27, None),
    ("She was twenty-eight when the pain began.", 28, "F"),
    ("At the age of 31 years she was admitted to our hospital.", 31, "F"),
    ("At presentation, the patient was 36 years old. He smoked.", 36, "M"),
    ("A retired teacher (72 years, female) fell.", 72, "F"),
    ("A previously healthy 41-year-old physician presented. He had fever.", 41, "M"),
    ("An 85-year-old right-handed retired farmer had lost his appetite.", 85, "M"),
    ("A 36-year-old mother of two had back pain.", 36, "F"),
    ("A 30-year-old primigravida delivered a boy.", 30, "F"),
]

#: text, expected (role, years) of every age in order
ROLES = [
    ("She had menarche at 13 and was married at 20.", [("event", 13), ("event", 20)]),
    ("A 40-year-old man was diagnosed with diabetes at 22.", [("presentation", 40), ("event", 22)]),
    (
        "A 14-year-old girl presented; at 16 years of age she had a fracture.",
        [("presentation", 14), ("event", 16)],
    ),
    ("A 55-year-old woman had had arthritis since the age of 25.", [("presentation", 55), ("event", 25)]),
    ("A 30-year-old man fell. At age 31, he had a seizure.", [("presentation", 30), ("event", 31)]),
    ("A 30-year-old woman is well; she is now 34 years old.", [("presentation", 30), ("event", 34)]),
    (
        "A 71-year-old man was treated. At follow-up (age, 81 years) he was well.",
        [("presentation", 71), ("event", 81)],
    ),
    ("Her mother, aged 58, had osteoporosis.", [("other", 58)]),
    ("Her 62-year-old mother had a hip fracture.", [("other", 62)]),
    ("The patient's 40-year-old brother had the same disease.", [("other", 40)]),
    ("His mother (primipara, 32 years old) was healthy.", [("other", 32)]),
    (
        "A 30-year-old woman and her 4-month-old infant were admitted.",
        [("presentation", 30), ("other", 0.3333)],
    ),
    (
        "A 30-year-old breastfeeding mother of a 4-month-old infant fell.",
        [("presentation", 30), ("other", 0.3333)],
    ),
    (
        "A 3-day-old boy, born to a 28-year-old mother, had seizures.",
        [("presentation", 0.0082), ("other", 28)],
    ),
    ("The mean age was 33 years.", [("other", 33)]),
    ("Women aged 30 to 34 were included.", [("other", None)]),
    ("Patients between 40 and 60 years of age were enrolled.", [("other", None)]),
    ("Seven patients aged 25-40 years were studied.", [("other", None)]),
    ("We enrolled women older than 50 years of age.", [("other", 50)]),
    ("We report three women aged 29, 31 and 36 years.", [("other", 29), ("other", 31), ("other", 36)]),
    (
        "We saw two siblings. Patient A (man, 41 years). Patient B, his sister, was 37 years old.",
        [("presentation", 41), ("presentation", 37)],
    ),
    ("The donor was a 47-year-old man.", [("other", 47)]),
    (
        "Case 1 was a 29-year-old woman; case 2 a 31-year-old woman.",
        [("presentation", 29), ("presentation", 31)],
    ),
    ("The patient, now 40 years old, is well.", [("presentation", 40)]),
    ("At 65 years of age, she suffered from hepatitis.", [("presentation", 65)]),
    ("His father died at 80 years.", [("other", 80)]),
]

NO_AGE = [
    "3M",
    "3M tape was used.",
    "Patient 3, female, was seen first.",
    "Case 2, male, had no pain.",
    "A 21-year follow-up was carried out.",
    "He had a 2-year history of pain.",
    "Ten years earlier he had an operation.",
    "She was treated for 3 years.",
    "At 34 weeks she had contractions.",
    "The gestational age was 34 weeks.",
    "An 18F-FDG scan was done.",
    "A 28F catheter was inserted.",
    "The bone age was 11 years.",
    "Her respiratory rate was normal for her age (40).",
]

WORDED = [
    ("A woman in her thirties presented with back pain.", "in her thirties", "F"),
    ("A man in his late 50s was admitted.", "in his late 50s", "M"),
    ("A middle-aged woman had noticed pain.", "middle-aged", "F"),
    ("A septuagenarian fell. He broke his hip.", "septuagenarian", "M"),
    ("A newborn was admitted for hypocalcaemia.", "newborn", None),
]

PARITY = [
    ("A 32-year-old woman, G2P1, was admitted.", 2, 1),
    ("A G3P2A1 woman aged 31.", 3, 2),
    ("G4P2012 woman aged 36 years.", 4, 2),
    ("A 34-year-old woman, gravida 3 para 2, presented.", 3, 2),
    ("A 34-year-old woman, gravida 3, para 2.", 3, 2),
    ("A 33-year-old woman, II gravida I para, was seen.", 2, 1),
    ("A 30-year-old woman (1 gravida, 1 para).", 1, 1),
    ("A 26 year old female, P1L1, came with pain.", None, 1),
    ("A 30-year-old primigravida.", 1, None),
    ("A 30-year-old primiparous woman.", None, 1),
    ("A 31-year-old nulliparous woman.", None, 0),
    ("A 29-year-old woman in her second pregnancy presented.", 2, None),
    ("Back pain began after her third delivery.", None, 3),
    ("Back pain began after the birth of her first child.", None, 1),
    ("A 36-year-old mother of two had back pain.", None, 2),
    ("A woman, para 2+1, was seen.", None, 2),
    ("A 30-year-old multiparous woman.", None, None),
    ("A 41-year-old woman, pregnant for the first time.", 1, None),
    ("She was G2P2. After her first delivery she had had no pain.", 2, 2),
]

BUILD = [
    ("Her height was 157 cm and her weight 50 kg.", 157, 50, None),
    ("She was 165 cm tall and weighed 59 kg.", 165, 59, None),
    ("Her height was 1.60 m and her weight 52 kg (BMI 20.3).", 160, 52, 20.3),
    ("Height 5 ft 4 in, weight 116 lb.", 162.6, 52.6, None),
    ("She was 5'4\" and weighed 8 st 2 lb.", 162.6, 51.7, None),
    ("BMI was 21.6 kg/m2 (165 cm, 59 kg).", 165, 59, 21.6),
    ("Body mass index (BMI) 18.7 kg/m2.", None, None, 18.7),
    ("Anthropometry: height 152cm, weight 43kg, BMI 18.6kg/m2.", 152, 43, 18.6),
    ("Height 1 m 67, weight 55 kg.", 167, 55, None),
    ("Her height had decreased from 165 cm to 160 cm.", 160, None, None),
    ("She weighed 62 kg (pre-pregnancy weight 55 kg).", None, 62, None),
    ("Her pre-pregnancy weight was 55 kg; she now weighs 62 kg.", None, 62, None),
    ("She had lost 4 cm in height.", None, None, None),
    ("Height loss of 6 cm was noted.", None, None, None),
    ("The baby weighed 3.2 kg at birth.", None, None, None),
    ("She gained 12 kg during pregnancy and lifted 30 kg at work.", None, None, None),
    ("A mass of 14 cm weighing 2 kg was removed.", None, None, None),
    ("Heparin was given at 100 IU/kg.", None, None, None),
]


@pytest.fixture(scope="module")
def find():
    nlp = spacy.blank("en")
    nlp.add_pipe("casebook.person")

    def run(text: str) -> tuple[PersonMention, ...]:
        doc = nlp(text)
        found = mentions(doc, "person")
        assert all(0 <= m.start < m.end <= len(text) for m in found)
        return tuple(found)

    return run


def aged(found):
    return [m for m in found if m.rule.startswith("age") and m.years is not None]


@pytest.mark.parametrize(("text", "years", "sex"), PRESENTATION, ids=[t[:28] for t, *_ in PRESENTATION])
def test_person_age_at_presentation(find, text, years, sex):
    (mention,) = aged(find(text))
    assert (mention.role, mention.years, mention.sex) == ("presentation", pytest.approx(years, abs=1e-3), sex)
    assert mention.age_text in text[mention.start : mention.end]


@pytest.mark.parametrize(("text", "expected"), ROLES, ids=[t[:28] for t, _ in ROLES])
def test_person_role(find, text, expected):
    found = [m for m in find(text) if m.rule.startswith("age")]
    assert [m.role for m in found] == [role for role, _ in expected]
    assert [m.years for m in found] == [y if y is None else pytest.approx(y, abs=1e-3) for _, y in expected]


@pytest.mark.parametrize("text", NO_AGE)
def test_person_no_age(find, text):
    assert not [m for m in find(text) if m.years is not None or m.age_text]


@pytest.mark.parametrize(("text", "words", "sex"), WORDED)
def test_person_age_in_words(find, text, words, sex):
    (mention,) = [m for m in find(text) if m.age_text]
    assert (mention.age_text, mention.years, mention.role, mention.sex) == (words, None, "presentation", sex)


def first(found, field):
    own = [getattr(m, field) for m in found if m.role == "presentation"]
    return next((v for v in own if v is not None), None)


@pytest.mark.parametrize(("text", "gravida", "para"), PARITY, ids=[t[:40] for t, *_ in PARITY])
def test_person_parity(find, text, gravida, para):
    found = find(text)
    assert (first(found, "gravida"), first(found, "para")) == (gravida, para)


@pytest.mark.parametrize(("text", "height", "weight", "bmi"), BUILD, ids=[t[:40] for t, *_ in BUILD])
def test_person_build(find, text, height, weight, bmi):
    found = find(text)
    assert (first(found, "height_cm"), first(found, "weight_kg"), first(found, "bmi")) == (
        height,
        weight,
        bmi,
    )


def test_person_parity_of_each_patient(find):
    found = find(
        "A 29-year-old primipara was seen. A second patient, aged 40, had pain after her third delivery."
    )
    assert [m.para for m in found if m.para is not None and m.rule.startswith("parity")] == [1, 3]


@pytest.mark.parametrize(
    ("cell", "label", "years"),
    [
        ("31", "Age (years)", 31),
        ("30.5", "Age, y", 30.5),
        ("32 y", "Age", 32),
        ("13", "Age (months)", 1.0833),
        ("6 weeks", "Age", 0.115),
        ("thirty-one", "Age", 31),
        ("38/F", "Age/sex", 38),
        ("29-year-old", "Age", 29),
        ("30s", "Age", None),
        ("25-40", "Age", None),
        ("n.r.", "Age", None),
    ],
)
def test_cells_parse_age(cell, label, years):
    got, text = parse_age(cell, label)
    assert got == (years if years is None else pytest.approx(years, abs=1e-3))
    assert text in cell


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Age (years)", "age"),
        ("Age, y", "age"),
        ("Age at evaluation (years)", "age"),
        ("Maternal age", "age"),
        ("Age at presentation (years)", "age"),
        ("Age at first fracture", None),
        ("Age at menarche (years)", None),
        ("Gestational age (weeks)", None),
        ("Height (cm)", "height"),
        ("Height loss (cm)", None),
        ("Body weight, kg", "weight"),
        ("Birth weight (g)", None),
        ("Weight gain", None),
        ("BMI (kg/m2)", "bmi"),
        ("Body mass index", "bmi"),
        ("Gravida", "gravida"),
        ("Parity", "para"),
        ("Sex", "sex"),
        ("Calcium (mmol/l)", None),
    ],
)
def test_cells_person_field(label, field):
    assert person_field(label) == field

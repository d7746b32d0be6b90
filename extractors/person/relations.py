"""The person's rules that are code: parity and sex in words for people, build of now and of before."""

from __future__ import annotations

from extractors.rules.rule import Relation

PARITY_WORD = Relation(
    "parity word",
    "gravida or para in a word for a person",
    {
        "A 31-year-old primigravida came.": {"gravida": 1, "sex": "F"},
        "She was nulliparous.": {"para": 0},
    },
    ("A 31-year-old multiparous woman came.", "The mother was well."),
)
SEX_NOUN = Relation(
    "sex noun",
    "the sex in the noun for the first individual, where no age tells it",
    {"The woman had back pain.": {"sex": "F"}, "A young man fell.": {"sex": "M"}},
    ("A 31-year-old woman had back pain.", "The patient had back pain."),
)
SEX_PRONOUN = Relation(
    "sex pronoun",
    "the sex in the pronoun for the first individual, where neither age nor noun tells it",
    {"Back pain began when she bent.": {"sex": "F"}},
    ("A 31-year-old woman fell when she bent.", "Back pain began."),
)
BUILD = Relation(
    "build",
    "a height, weight or body mass index at the report",
    {
        "Her height was 163 cm and her weight 54 kg.": {"height_cm": 163.0},
        "She was 5 feet 4 inches tall.": {"height_cm": 162.6},
        "Her body mass index was 21.4 kg/m2.": {"bmi": 21.4},
    },
    ("She had lost 4 cm in height.", "A tumour of 45 cm was seen.", "She lifted a weight of 40 kg."),
)
BUILD_EARLIER = Relation(
    "build earlier",
    "a height or weight of before, where none of now is told nearby",
    {"Her weight before pregnancy was 52 kg.": {"weight_kg": 52.0}},
    ("Her weight was 52 kg.", "Her weight before pregnancy was 52 kg. Now her weight was 60 kg."),
)
RELATIONS = (PARITY_WORD, SEX_NOUN, SEX_PRONOUN, BUILD, BUILD_EARLIER)

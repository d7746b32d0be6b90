"""What is told of risk factors and background, in sentences of our own."""

from __future__ import annotations

import pytest

from extractors.history.fact import HistoryMention
from extractors.history.read import create
from extractors.text import View


def told(text: str) -> set[str]:
    """What a text tells of its patient: "+factor" present, "-factor" absent, "@relative" behind it."""
    mentions = [m for m in create(None, "history").find(View(text)) if m.context.about_patient]
    assert all(text[m.start : m.end].strip() for m in mentions)
    return {_short(m) for m in mentions}


def _short(m: HistoryMention) -> str:
    sign = "+" if m.status == "present" else "-"
    return f"{sign}{m.factor}" + (f"@{m.relative}" if m.relative else "")


TOLD = {
    # denied
    "She had never smoked and drank alcohol only on holidays, without any trauma.": {
        "-smoking", "+alcohol", "-trauma",
    },
    "She denied smoking, alcohol consumption and any eating disorder.": {
        "-smoking", "-alcohol", "-eating disorder",
    },
    "There was no history of coeliac disease, asthma or kidney stones.": {
        "-celiac disease", "-asthma", "-kidney stones",
    },
    "She was a lifelong non-smoker and teetotal.": {"-smoking", "-alcohol"},
    "She did not smoke or drink.": {"-smoking", "-alcohol"},
    "Malignancy was ruled out.": {"-malignancy"},
    "Hyperthyroidism, hyperparathyroidism and multiple myeloma were excluded.": {
        "-thyroid disease", "-hyperparathyroidism", "-malignancy",
    },
    # there
    "A 33-year-old baker with type 1 diabetes and epilepsy had back pain.": {"+diabetes", "+epilepsy"},
    "Her past medical history was notable for anorexia nervosa in adolescence.": {"+eating disorder"},
    "The pregnancy was complicated by gestational diabetes and pre-eclampsia.": {
        "+diabetes", "+pre-eclampsia",
    },
    "She had conceived by IVF with donor eggs.": {"+assisted reproduction"},
    "She was vegan and led a sedentary life.": {"+vegetarian or vegan diet", "+physical inactivity"},
    "She smoked ten cigarettes a day.": {"+smoking"},
    "She had been on bed rest since the 24th week because of contractions.": {"+immobilisation"},
    "She had a family history of osteoporosis (mother and aunt).": {
        "+family history of osteoporosis@mother", "+family history of osteoporosis@aunt",
    },
    "Her dietary calcium intake was low, and she had never been an athlete.": {"+low calcium intake"},
    "Sequencing revealed a heterozygous variant of WNT1 (c.506G>A).": {"+gene variant"},
    "A panel of twelve genes showed no pathogenic variant.": {"-gene variant"},
    # trauma
    "The pain began after she had slipped on wet tiles.": {"+trauma"},
    "She had pain after a minor fall at home.": {"+trauma"},
    "She had back pain in the absence of any preceding trauma.": {"-trauma"},
    # fractures before
    "She had no previous fractures.": {"-previous fracture"},
    "She had never broken a bone.": {"-previous fracture"},
    "She had broken her left wrist at the age of nine.": {"+previous fracture"},
    # the family
    "Her mother and maternal grandmother had osteoporosis.": {
        "+family history of osteoporosis@mother", "+family history of osteoporosis@maternal grandmother",
    },
    "Her grandmother had sustained a hip fracture.": {"+family history of fracture@grandmother"},
    "There was no family history of osteoporosis or fragility fractures.": {
        "-family history of osteoporosis", "-family history of fracture",
    },
    "She had no personal or family history of fracture.": {
        "-previous fracture", "-family history of fracture",
    },
    # a family's own words
    "Family history was non-contributory for osteoporosis.": {"-family history of osteoporosis"},
    "Her family history was unremarkable except for osteoporosis in her mother.": {
        "+family history of osteoporosis@mother",
    },
    "Vertebral fractures had occurred in her mother and sister.": {
        "+family history of fracture@mother", "+family history of fracture@sister",
    },
    "An aunt on her father's side is osteoporotic.": {"+family history of osteoporosis@aunt"},
    "Family history of osteoporosis (-).": {"-family history of osteoporosis"},
    "Habits: smoking (-), asthma (+).": {"-smoking", "+asthma"},
    "FHx neg for osteoporosis.": {"-family history of osteoporosis"},
    "Neither parent had a hip fracture.": {"-family history of fracture"},
    "Hip fracture in grandmother at 82.": {"+family history of fracture@grandmother"},
    # of a note
    "Hashimoto's thyroiditis in replacement therapy.": {"+thyroid disease"},
    "WNT1: c.506G>A (p.Gly169Asp), heterozygous.": {"+gene variant"},
    "VUS in COL1A2, of doubtful meaning.": {"+gene variant"},
    "WNT1 is a ligand of the Wnt pathway.": set(),
    "No mutation has been linked to this disease.": set(),
    "No osteoporotic fractures occurred during follow-up.": set(),
    "Trauma: none.": {"-trauma"},
    "There was nothing to suggest an injury.": {"-trauma"},
    "Previously she had had no fractures.": {"-previous fracture"},
    "She reported asthma and admitted to smoking.": {"+asthma", "+smoking"},
    "She reported that her father had diabetes.": set(),
    # habits
    "Her menses had stopped for a year in high school.": {"+amenorrhea"},
    "Her menses had stopped while she was breastfeeding.": set(),
    "She reported nine months of amenorrhea.": set(),
    "She had a history of secondary amenorrhea for two years.": {"+amenorrhea"},
    "She spent most of the last trimester in bed.": {"+immobilisation"},
    "She had always been thin and did hardly any exercise.": {"+low body weight", "+physical inactivity"},
    "The cortex had always been thin.": set(),
    "Her calcium intake was about 300 mg a day, which is insufficient.": {"+low calcium intake"},
    "Her diet contained very little calcium.": {"+low calcium intake"},
    "As a schoolgirl she broke her collarbone.": {"+previous fracture"},
    "She had not suffered any fracture in her life.": {"-previous fracture"},
}  # fmt: skip
SILENT = (
    "Viral serology was normal for hepatitis B and hepatitis C.",
    "Tests for hepatitis B, hepatitis C and syphilis were negative.",
    "She was previously well and had features mimicking eclampsia.",
    "She was advised complete bed rest and a brace.",
    "There was a risk of an underlying malignancy.",
    "She was not offered surgery for her thyroid cancer.",
    "A 2-week-old boy of a vegan mother had been conceived by IVF.",
    "Celiac antibodies were negative.",
    "Her mother had asthma.",
    "There was no family history of diabetes.",
    "Smoking is a risk factor for osteoporosis in most women.",
    "She was referred to the diabetes clinic for screening.",
    "Calcium fell to 2.0 mmol/L.",
    "She fell asleep.",
    "Bending forward to lift her child, she felt a crack in her back.",
    "She was screened for celiac disease.",
    "Her history was unremarkable.",
    "A T8 fracture was seen after 10 weeks of pain.",
)


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_what_is_told(text: str, expected: set[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", SILENT)
def test_what_tells_nothing(text: str) -> None:
    assert told(text) == set()


def test_numbers_of_habits() -> None:
    found = create(None, "history").find(View("He had a 20 pack-year history and drank two beers a day."))
    assert [(m.factor, m.value, m.unit) for m in found if m.value] == [
        ("smoking", 20.0, "pack-years"),
        ("alcohol", 2.0, "beers/day"),
    ]

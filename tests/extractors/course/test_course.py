"""The course: what is an outcome, when it was, and what is only a complaint or a finding."""

from typing import Any

import pytest

from extractors import registry
from extractors.text import View
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

TOLD: dict[str, tuple[Any, ...]] = {
    "Pain (VAS) was 9 before and 2 after treatment.": ("pain", "improved", 2.0, "VAS"),
    "Her pain responded well to calcitonin.": ("pain", "improved", None, ""),
    "Her pain was no longer present.": ("pain", "resolved", None, ""),
    "She has had no fractures since.": ("new fracture", "none", None, ""),
    "By then the sacrum had consolidated.": ("fracture healing", "complete", None, ""),
    "She regained full mobility.": ("mobility", "resolved", None, ""),
    "She has lost 3.5 cm in all.": ("height loss", "present", 3.5, "cm"),
    "Her height was 156 cm (previously 160 cm).": ("height loss", "present", 4.0, "cm"),
    "Her height remained unchanged.": ("height loss", "none", None, ""),
    "Death ensued on day 12.": ("death", "present", None, ""),
    "Her back pain resolved completely within three months of treatment.": ("pain", "resolved", None, ""),
    "At the 6-month follow-up the patient was pain-free.": ("pain", "resolved", None, ""),
    "She no longer complained of back pain.": ("pain", "resolved", None, ""),
    "Complete pain relief was achieved after 3 months.": ("pain", "resolved", None, ""),
    "The pain had almost disappeared.": ("pain", "improved", None, ""),
    "There was a significant improvement in back pain.": ("pain", "improved", None, ""),
    "Calcitonin relieved her back pain.": ("pain", "improved", None, ""),
    "The VAS score fell from 9/10 to 3/10.": ("pain", "improved", 3.0, "VAS"),
    "The NRS decreased from 7 to 0.": ("pain", "resolved", 0.0, "NRS"),
    "No back pain appeared.": ("pain", "none", None, ""),
    "No new fractures occurred during two years.": ("new fracture", "none", None, ""),
    "She did not experience any further fractures.": ("new fracture", "none", None, ""),
    "The patient remained fracture-free for 3 years.": ("new fracture", "none", None, ""),
    "Two months later she sustained a new fracture of T9.": ("new fracture", "present", None, ""),
    "The fractures healed.": ("fracture healing", "complete", None, ""),
    "Radiographs showed partial union of the fracture.": ("fracture healing", "partial", None, ""),
    "She returned to her daily activities.": ("mobility", "resolved", None, ""),
    "Her mobility gradually improved.": ("mobility", "improved", None, ""),
    "She had lost 4 cm in height.": ("height loss", "present", 4.0, "cm"),
    "She was seven centimetres shorter than before.": ("height loss", "present", 7.0, "cm"),
    "She had a 1.5-inch loss of height.": ("height loss", "present", 1.5, "inch"),
    "Her height decreased from 165 cm to 160 cm.": ("height loss", "present", 5.0, "cm"),
    "The patient died of sepsis.": ("death", "present", None, ""),
    "The young girl passed away 18 hours later.": ("death", "present", None, ""),
    "He bled again and died on the third day.": ("death", "present", None, ""),
    "She developed shock, leading to death within two days.": ("death", "present", None, ""),
    "A 3-day-old girl was seen. The neonate died after a week.": ("death", "present", None, ""),
}
#: Said of a first visit they are a complaint or a finding.
LATER = (
    "The pain persisted.",
    "The pain recurred.",
    "VAS was 8.",
    "She walked unaided.",
    "No other fractures were found.",
    "MRI revealed new fractures of T12.",
)
SILENT = (
    "She had back pain that was relieved by rest.",
    "Paracetamol was given for pain relief.",
    "There was no improvement in her back pain.",
    "She was free of pain until the birth.",
    "There was no pain on percussion.",
    "Treatment should prevent further fractures.",
    "The vertebral height loss was 30%.",
    "There was loss of height at every level.",
    "Her height was 160 cm.",
    "The fracture may heal.",
    "She could not walk unaided.",
    "Her father died.",
    "A 30-year-old woman was seen. Only basic care was given and the neonate died.",
    "A 3-day-old girl was seen. Her mother bled and died after the birth.",
    "Organisms were cultured and died within days.",
)


@pytest.mark.parametrize(("sentence", "told"), TOLD.items())
def test_course_told(sentence: str, told: tuple[Any, ...]) -> None:
    found = registry.component("course").find(View(sentence))
    assert [(m.outcome, m.status, m.value, m.unit) for m in found if not m.later] == [told]


@pytest.mark.parametrize("sentence", LATER)
def test_course_at_a_follow_up_alone(sentence: str) -> None:
    found = registry.component("course").find(View(sentence))
    assert [m.later for m in found] == [True]


@pytest.mark.parametrize("sentence", SILENT)
def test_course_near_misses(sentence: str) -> None:
    assert not registry.component("course").find(View(sentence))


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The pain settled in three months.", 91),
        ("Over the following 6 months her pain gradually resolved.", 183),
        ("Her pain subsided over the next 2 weeks.", 14),
        ("During 2 years of observation no new fracture developed.", 730),
        ("No further fracture occurred under denosumab for twelve months.", 365),
        ("She had surgery after 3 months and was free of pain one year later.", 365),
    ],
)
def test_course_how_long_it_took(sentence: str, days: int) -> None:
    [outcome] = registry.component("course").find(View(sentence))
    assert outcome.time is not None
    assert (outcome.time.days_min, outcome.time.phase) == (days, "follow-up")


def test_course_rows() -> None:
    paper = structure(
        read_text(
            "Case report\n\nA 30-year-old woman came one month after delivery with fractures of T12 and L1. "
            "Her pain persisted. Teriparatide was begun. One year later she was free of pain and walked "
            "unaided. Her sister's pain resolved."
        )[0]
    )
    found = extract(paper, "doc")["course"]
    assert [(r["outcome"], r["status"], r["time_text"]) for r in found] == [
        ("pain", "resolved", "One year later"),
        ("mobility", "resolved", "One year later"),
    ]


def test_course_symptoms_are_pain_in_a_paper_on_bones_alone() -> None:
    bones = View("She had a fracture and back pain. Her symptoms resolved.")
    [outcome] = registry.component("course").find(bones)
    assert outcome.outcome == "pain"
    assert not registry.component("course").find(View("She had chest pain and fever. Her symptoms resolved."))

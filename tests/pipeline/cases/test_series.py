"""Series by their labels: who the patients are, and whose a sentence is."""

from __future__ import annotations

import pytest

from extractors.text import View
from pipeline.cases.markers import told_of
from pipeline.cases.series import announced_count, counted, is_series
from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

OPENING = "Two women\n\nWe report two women with fractures.\n\n"
FIRST = "The first patient was a 31-year-old woman. MRI showed a fracture of T8. "
SECOND = "The second patient was a 28-year-old woman. MRI showed a fracture of L1. "


def fractures(text: str) -> list[tuple[str, str]]:
    """Case and level of each fracture."""
    rows = extract(structure(read_text(text)[0]), "doc")["fractures"]
    return sorted((row["case_id"].rsplit("-", 1)[1], row["level"]) for row in rows)


@pytest.mark.parametrize(
    ("behind", "more"),
    [
        pytest.param("", [], id="first-and-second"),
        pytest.param("The last patient fell; a fracture of T12 was seen.", [("2", "T12")], id="last"),
        pytest.param("In the first patient T5 was fractured too.", [("1", "T5")], id="first-again"),
        pytest.param("The two women had fractures of T12.", [("1", "T12"), ("2", "T12")], id="all-counted"),
        pytest.param("Both patients had fractures of T12.", [("1", "T12"), ("2", "T12")], id="both"),
        # near misses
        pytest.param("At the last visit T12 was fractured.", [("2", "T12")], id="last-visit"),
        pytest.param("Like the first patient she had a fracture of T12.", [("2", "T12")], id="compared"),
        pytest.param(
            "Unlike the first woman she had a fracture of T12.", [("2", "T12")], id="compared-woman"
        ),
        pytest.param("The three women of Adler et al. had fractures of T12.", [], id="other-count"),
    ],
)
def test_series_sentence_has_its_patient(behind: str, more: list[tuple[str, str]]) -> None:
    assert fractures(OPENING + FIRST + SECOND + behind) == sorted([("1", "T8"), ("2", "L1"), *more])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Two young women are described.", 2, id="two"),
        pytest.param("We saw three of them; 4 cases are described.", 4, id="figure"),
        pytest.param("Two vertebrae of the patient were fractured.", None, id="vertebrae"),
        pytest.param("One woman is described.", None, id="one"),
    ],
)
def test_counted_patients_of_a_sentence(text: str, count: int | None) -> None:
    view = View(text)
    assert counted(view, view.sentences[0]) == count


@pytest.mark.parametrize(
    ("text", "series", "count"),
    [
        ("Osteoporosis of pregnancy: a case series.", True, 1),
        ("Three sisters with fractures.", True, 3),
        ("Osteoporosis of pregnancy: a case report.", False, 0),
        ("Three fractures in a young mother.", False, 0),
    ],
    ids=["series", "sisters", "report", "fractures"],
)
def test_announced_patients(text: str, series: bool, count: int) -> None:
    view = View(text)
    assert (is_series(view), announced_count(view)) == (series, count)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She was treated as in case 1.", "She was treated             ."),
        ("She was older than the first woman.", "She was older                     ."),
        ("Similar to the previous one, she fell.", "                           , she fell."),
        ("In case 1 she was treated as an outpatient.", "In case 1 she was treated as an outpatient."),
        ("The first woman was well.", "The first woman was well."),
    ],
    ids=["case", "woman", "one", "outpatient", "told"],
)
def test_told_of_leaves_out_who_is_compared(text: str, told: str) -> None:
    assert told_of(text) == told


def test_typical_patient_is_nobody() -> None:
    text = "In a typical case, a 30-year-old woman consults because of back pain. Calcium should be measured."
    assert extract(structure(read_text(text)[0]), "doc")["cases"] == []


TWO = (
    "We report two women with fractures. A 31-year-old woman had back pain. MRI showed a fracture of T8. "
    "The other patient was a 28-year-old woman. MRI showed a fracture of L1."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(f"Two women\n\nAbstract\n\n{TWO}\n", [("1", "T8"), ("2", "L1")], id="abstract-alone"),
        pytest.param(
            "Two women\n\nAbstract\n\nWe report two women, a 31-year-old woman and a 28-year-old woman.\n\n"
            f"Case reports\n\n{TWO}\n\nDiscussion\n\nFractures of T12 are frequent.\n",
            [("1", "T8"), ("2", "L1")],
            id="abstract-and-body",
        ),
    ],
)
def test_patients_are_told_one_after_another_in_an_abstract(text: str, found: list[tuple[str, str]]) -> None:
    assert fractures(text) == found


STORY = "A 31-year-old woman had back pain six weeks after birth. MRI showed fractures of T8 and T9."


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        pytest.param(f"Methods: N/a\n\nDiscussion:\n\n{STORY}\n", "T8 T9", id="discussion"),
        pytest.param(f"Conclusion\n\n{STORY}\n\nShe then broke L1.\n", "L1 T8 T9", id="she-goes-on"),
        pytest.param(
            f"Discussion\n\n{STORY}\n\nFractures of T12 and L1 are the most frequent ones.\n",
            "T8 T9",
            id="rarity",
        ),
        pytest.param(
            f"Introduction\n\nSuch fractures are rare. Here is one. {STORY} She got well.\n\n"
            "Discussion\n\nFractures of T12 are frequent.\n",
            "T8 T9",
            id="within-the-introduction",
        ),
        # near misses
        pytest.param(
            f"{STORY}\n\nClinical lesson: Fractures of T12 and L1 are held to be frequent.\n",
            "T8 T9",
            id="clinical-lesson",
        ),
        pytest.param(
            "Introduction\n\nSuch fractures are rare. We report a 31-year-old woman. Most break T12.\n\n"
            f"Case report\n\n{STORY}\n",
            "T8 T9",
            id="announced-in-the-introduction",
        ),
        pytest.param(
            "Case report\n\nA 24-year-old woman had a fracture of L3.\n\nDiscussion\n\n" + STORY + "\n",
            "L3",
            id="told-before",
        ),
        pytest.param(
            "Discussion\n\nA 31-year-old woman reported by Adler et al had fractures of T8.\n",
            "",
            id="others",
        ),
    ],
)
def test_a_case_is_told_where_its_age_is_first(text: str, levels: str) -> None:
    assert " ".join(level for _, level in fractures(f"Bones and birth\n\n{text}")) == levels


LABELLED = ((1, 31, "T6"), (2, 27, "L1"))


@pytest.mark.parametrize(
    "label",
    ["Case No. {}.", "Case No. {}:", "Case No.{}.", "Case Nr. {}.", "Patient no. {}:", "Case number {}."],
)
def test_numbered_cases_of_one_paragraph(label: str) -> None:
    first, second = (f"{label.format(n)} A {age}-year-old woman broke {level}." for n, age, level in LABELLED)
    assert fractures(f"Two cases\n\n{first} {second}\n") == [("1", "T6"), ("2", "L1")]

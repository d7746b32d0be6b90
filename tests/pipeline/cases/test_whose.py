# ruff: noqa: E501
"""Whose a fact is: series, related patients, other authors' patients."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

Row = dict[str, Any]


def rows_of(text: str) -> dict[str, list[Row]]:
    return extract(structure(read_text(text)[0]), "doc")


def levels(rows: dict[str, list[Row]], case: int) -> set[str]:
    return {r["level"] or r["site"] for r in rows["fractures"] if r["case_id"] == f"doc-{case}"}


def taken(rows: dict[str, list[Row]], case: int) -> set[str]:
    return {r["drug"] for r in rows["drugs"] if r["case_id"] == f"doc-{case}" and r["status"] != "denied"}


SERIES = [
    pytest.param(
        "In case 1, fractures of T7 and T9 were seen in a woman of 31 years. In case 2, there was a fracture of L3.",
        id="in-case",
    ),
    pytest.param(
        "Case 1\nA 31-year-old woman had fractures of T7 and T9.\n\nCase 2\nA 27-year-old woman had a fracture of L3.",
        id="headings",
    ),
    pytest.param(
        "Two mothers are reported. The first patient was a 31-year-old nurse with fractures of T7 and T9. "
        "The second patient, aged 27, had a fracture of L3.",
        id="told",
    ),
    pytest.param(
        "We saw two patients. The first, aged 31 years, had fractures of T7 and T9; the second had a fracture of L3.",
        id="elliptic",
    ),
    pytest.param(
        "Mrs A., aged 31 years, was seen. Fractures of T7 and T9 were found.\n\nMrs B., aged 27 years, came later. "
        "There was a fracture of L3.",
        id="titles",
    ),
    pytest.param(
        "#1. A 31-year-old woman. Fractures of T7 and T9 were seen.\n\n#2. A 27-year-old woman. There was a fracture of L3.",
        id="hashes",
    ),
]


@pytest.mark.parametrize("text", SERIES)
def test_series_fractures_go_to_their_patient(text: str) -> None:
    rows = rows_of(text)
    assert len(rows["cases"]) == 2
    assert levels(rows, 1) == {"T7", "T9"}
    assert levels(rows, 2) == {"L3"}


def test_series_shared_sentence_counts_for_all() -> None:
    rows = rows_of(
        "Case 1\nA 31-year-old woman had a fracture of T7.\n\nCase 2\nA 27-year-old woman had a fracture of L3.\n\n"
        "Course\nBoth patients received alendronate 70 mg weekly."
    )
    assert taken(rows, 1) == {"alendronate"}
    assert taken(rows, 2) == {"alendronate"}


def test_series_numbers_inside_a_sentence_divide_it() -> None:
    rows = rows_of(
        "Case 1\nA 31-year-old woman had a fracture of T7.\n\nCase 2\nA 27-year-old woman had a fracture of L3.\n\n"
        "Course\nAfter one year the lumbar T-score was -2.1 in case 1 and -1.4 in case 2."
    )
    scores = {r["case_id"]: r["value"] for r in rows["bmd"]}
    assert scores == {"doc-1": -2.1, "doc-2": -1.4}


def test_series_respective_values_go_through_the_patients() -> None:
    rows = rows_of(
        "Case 1\nA 31-year-old woman had a fracture of T7.\n\nCase 2\nA 27-year-old woman had a fracture of L3.\n\n"
        "Course\nLumbar T-scores were -3.1 and -2.2, respectively."
    )
    scores = {r["case_id"]: r["value"] for r in rows["bmd"]}
    assert scores == {"doc-1": -3.1, "doc-2": -2.2}


THREE = (
    "Case 1\nA 31-year-old woman had a fracture of T7.\n\nCase 2\nA 27-year-old woman had a fracture of L3.\n\n"
    "Case 3\nA 35-year-old woman had a fracture of L1.\n\n{}"
)


def test_series_labels_under_an_introduction_are_told() -> None:
    rows = rows_of(
        "Introduction\nThe disorder is rare.\n\nPatient 1. A 31-year-old woman had a fracture of T7.\n\n"
        "She took alendronate.\n\nPatient 2. A 27-year-old woman had a fracture of L3.\n\nDiscussion\nIt is rare."
    )
    assert [r["age_years"] for r in rows["cases"]] == [31, 27]
    assert levels(rows, 1) == {"T7"}
    assert levels(rows, 2) == {"L3"}
    assert taken(rows, 1) == {"alendronate"}


def test_single_case_behind_learning_points_is_told() -> None:
    rows = rows_of(
        "Osteoporosis after childbirth\n\nLearning points\n\nThe disorder is rare.\n\nA 28-year-old woman attended the "
        "clinic. MRI: wedge fractures of T3 and T4. DXA: lumbar spine T-score -3.6."
    )
    assert levels(rows, 1) == {"T3", "T4"}
    assert [r["value"] for r in rows["bmd"]] == [-3.6]


def test_an_initial_behind_a_title_is_no_number() -> None:
    rows = rows_of("Mrs B., aged 31 years, was seen. Fractures of T7 were found.\n\nMrs B. was then given calcium.")
    assert len(rows["cases"]) == 1


def test_the_age_of_initials_and_of_a_mother() -> None:
    rows = rows_of(
        "Patient K.L., 29 years, nurse, came with back pain. MRI showed a fracture of T8. Her mother, 61 years, had "
        "osteoporosis. In the review of Prado, half of them had fallen, and a patient of 38 years took raloxifene."
    )
    assert [r["age_years"] for r in rows["cases"]] == [29]
    assert taken(rows, 1) == set()


def test_series_of_two_case_reports_without_labels() -> None:
    rows = rows_of(
        "Osteoporosis in pregnancy: two case reports\n\nCase reports\n\nA 35-year-old woman had a fracture of L2.\n\n"
        "A 29-year-old woman had a fracture of T12."
    )
    assert [r["age_years"] for r in rows["cases"]] == [35, 29]
    assert levels(rows, 1) == {"L2"}
    assert levels(rows, 2) == {"T12"}


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        pytest.param(
            "Course\nPatients 1 and 2 received alendronate; patient 3 took raloxifene.",
            ["alendronate", "alendronate", "raloxifene"],
            id="groups-lead",
        ),
        pytest.param(
            "Course\nAlendronate was used in cases 1 and 3 and raloxifene in case 2.",
            ["alendronate", "raloxifene", "alendronate"],
            id="groups-close",
        ),
        pytest.param(
            "Discussion\nPatient 2 took raloxifene, whereas the other two took alendronate.",
            ["alendronate", "raloxifene", "alendronate"],
            id="the-rest",
        ),
    ],
)
def test_series_groups_divide_a_sentence(said: str, drugs: list[str]) -> None:
    rows = rows_of(THREE.format(said))
    assert [taken(rows, case) for case in (1, 2, 3)] == [{drug} for drug in drugs]


def test_series_bracket_is_about_one_of_all() -> None:
    rows = rows_of(THREE.format("Course\nEach woman received zoledronic acid 5 mg (Case 2: 4 mg) once."))
    assert taken(rows, 1) == taken(rows, 3) == {"zoledronic acid"}
    assert {r["dose"] for r in rows["drugs"] if r["case_id"] == "doc-1"} == {5.0}


def test_series_respective_values_after_a_sentence_about_all() -> None:
    rows = rows_of(
        THREE.format(
            "Both arms were well.\nAll three patients took alendronate. The T-score at the spine after two years was "
            "respectively -2.7, -1.9 and -2.4."
        )
    )
    assert {r["case_id"]: r["value"] for r in rows["bmd"]} == {"doc-1": -2.7, "doc-2": -1.9, "doc-3": -2.4}


def test_kin_both_sisters_are_patients() -> None:
    rows = rows_of(
        "We report two sisters with fragile bones. The elder sister, a 35-year-old cook, had fractures of T7 and T9. "
        "She took alendronate 70 mg weekly. The younger sister, aged 32 years, had a fracture of L3."
    )
    assert [r["age_years"] for r in rows["cases"]] == [35, 32]
    assert levels(rows, 1) == {"T7", "T9"}
    assert levels(rows, 2) == {"L3"}


def test_kin_an_unnamed_first_and_her_sister() -> None:
    rows = rows_of(
        "Osteoporosis in two sisters\n\nCases\n\nA 29-year-old woman had fractures of T7 and T9 and took alendronate.\n\n"
        "Two years later, her 26-year-old sister had a fracture of L3. She refused treatment."
    )
    assert [r["age_years"] for r in rows["cases"]] == [29, 26]
    assert levels(rows, 1) == {"T7", "T9"}
    assert levels(rows, 2) == {"L3"}


def test_kin_a_relative_beside_one_patient_is_nobody() -> None:
    rows = rows_of(
        "A 31-year-old woman had a fracture of T7 after childbirth. Her elder sister, aged 39, had a fracture of L3 "
        "and took alendronate."
    )
    assert len(rows["cases"]) == 1
    assert levels(rows, 1) == {"T7"}
    assert taken(rows, 1) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Marlowe described a patient of 19 years with fractures of T4 and L2.", id="surname"),
        pytest.param(
            "Okafor et al. treated a woman with fractures of T4 and L2 with pamidronate.", id="et-al"
        ),
        pytest.param(
            "In another report, a 40-year-old woman sustained fractures of T4 and L2.", id="another-report"
        ),
        pytest.param(
            "Only three patients with fractures of T4 and L2 have been described so far.", id="counted"
        ),
        pytest.param(
            "A 40-year-old woman with fractures of T4 and L2 recovered without drugs [12].", id="citation"
        ),
    ],
)
def test_others_give_no_row(sentence: str) -> None:
    rows = rows_of(
        f"A 31-year-old woman had a fracture of T7 after childbirth. {sentence} Our patient was weaned."
    )
    assert levels(rows, 1) == {"T7"}


@pytest.mark.parametrize(
    "words",
    ["woman, mother of a 4-month-old baby,", "mother of a 4-month-old baby", "woman with a 6-week-old son"],
)
def test_others_a_mother_and_her_baby_are_no_strangers(words: str) -> None:
    rows = rows_of(f"A 31-year-old {words} was admitted with back pain. She had a fracture of L1.")
    assert [r["age_years"] for r in rows["cases"]] == [31]
    assert levels(rows, 1) == {"L1"}


def test_others_our_own_patient_stays() -> None:
    rows = rows_of(
        "A 31-year-old woman was seen after childbirth.\n\nDiscussion\nMany women recover. Our patient had fractures of T7 and L1."
    )
    assert levels(rows, 1) == {"T7", "L1"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Osteoporosis in pregnancy is rare. Most women are between 25 and 35 years old.", id="review"
        ),
        pytest.param("Twelve-week-old rats received zoledronate. Their bone density rose.", id="animals"),
        pytest.param("In 48 patients with fractures the mean age was 33.2 years.", id="cohort"),
    ],
)
def test_nobody_described_gives_no_case(text: str) -> None:
    assert rows_of(text)["cases"] == []


@pytest.mark.parametrize(
    "stranger",
    [
        "In a patient with coeliac disease there were fractures of T3 and T5.",
        "One woman of that series had fractures of T3 and T5.",
        "Another patient from the same report had fractures of T3 and T5.",
    ],
)
def test_somebody_not_spoken_of_before_is_a_stranger(stranger: str) -> None:
    rows = rows_of(f"A 29-year-old woman had fractures of T10 and L1 after delivery.\n\nComment. {stranger}\n")
    assert {r["level"] for r in rows["fractures"]} == {"T10", "L1"}


def test_a_patient_whom_a_text_opens_with_is_its_own() -> None:
    rows = rows_of("In a patient with back pain, a 29-year-old nurse, there were fractures of T3 and T5.")
    assert {r["level"] for r in rows["fractures"]} == {"T3", "T5"}


@pytest.mark.parametrize(
    ("kin", "then", "drugs"),
    [
        ("Her mother had suffered a hip fracture at the age of 58.", "She had received enoxaparin 40 mg daily during pregnancy.", {"enoxaparin"}),
        ("Her aunt, a 60-year-old woman, had a hip fracture.", "She took heparin 5000 IU daily while pregnant.", {"heparin"}),
        ("A 60-year-old woman had a hip fracture.", "She took alendronate 70 mg weekly.", set()),
    ],
)
def test_she_behind_a_relative_is_the_patient_with_her_pregnancy(kin: str, then: str, drugs: set[str]) -> None:
    rows = rows_of(f"A 32-year-old woman had fractures of T8 and T11 after delivery. {kin} {then}")
    assert taken(rows, 1) == drugs
    assert levels(rows, 1) == {"T8", "T11"}


def test_a_mother_and_her_baby_who_leave_well_are_one_patient() -> None:
    rows = rows_of(
        "A 22-year-old woman was referred with abdominal pain. Calcium was 9.1 mg/dL. "
        "Both the mother and the baby were discharged home in good condition."
    )
    assert [(r["age_years"], r["sex"]) for r in rows["cases"]] == [(22.0, "F")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("1st case A", "2nd case A"), ("1 st case A", "2 nd case A"), ("First case: A", "Second case: A")],
)
def test_series_labelled_by_its_places(first: str, second: str) -> None:
    rows = rows_of(
        f"{first} 60-year-old man presented with fever. He was given oxacillin. "
        f"{second} 72-year-old woman presented with cough. She was given gentamicin."
    )
    assert [r["age_years"] for r in rows["cases"]] == [60, 72]
    assert [(r["case_id"][-1], r["drug"]) for r in rows["drugs"]] == [("1", "oxacillin"), ("2", "gentamicin")]


def test_series_labels_inside_sentences_fill_the_gaps() -> None:
    rows = rows_of(
        "We present four women. Case one, a 30-year-old woman, had fever. In the second case, a 40-year-old "
        "woman had cough. In case three, a 50-year-old woman had pain. Case four, a 60-year-old woman, "
        "had a rash. These women were given ibuprofen."
    )
    assert [r["age_years"] for r in rows["cases"]] == [30, 40, 50, 60]
    assert [r["case_id"][-1] for r in rows["drugs"]] == ["1", "2", "3", "4"]


def test_age_of_a_spouse_is_nobody_elses() -> None:
    rows = rows_of("Mrs B, 37 years old, married to a 47-year-old man, presented with fever. She was well.")
    assert [(r["age_years"], r["sex"]) for r in rows["cases"]] == [(37, "F")]

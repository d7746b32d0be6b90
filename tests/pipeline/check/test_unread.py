"""Numbers that no row accounts for are listed with their places."""

from __future__ import annotations

import pytest

from pipeline.process import extract
from pipeline.readers.text import read as read_text
from pipeline.record import Row
from pipeline.structure import structure

BEGIN = "Case report\n\nA 31-year-old woman had back pain two weeks after delivery. "


def unread(words: str, begin: str = BEGIN) -> list[Row]:
    paper = structure(read_text(f"{begin}{words}\n".encode(), "paper.txt")[0])
    found = extract(paper, "paper")["unread"]
    assert all(paper.text[row["start"] : row["end"]] == row["quote"] for row in found)
    return found


@pytest.mark.parametrize(
    ("words", "kind", "quote"),
    [
        ("Gadobutrol contrast, some 7 mg of it, was seen.", "dose", "7 mg"),
        ("Some 12 ng/mL of it were there.", "laboratory", "12 ng/mL"),
        ("Her work took 40% of the day.", "percentage", "40%"),
    ],
)
def test_a_number_without_a_row_is_listed(words: str, kind: str, quote: str) -> None:
    assert [(row["kind"], row["quote"]) for row in unread(words)] == [(kind, quote)]


@pytest.mark.parametrize(
    "words",
    [
        "Serum calcium was 9.4 mg/dL.",
        "She took ibuprofen 400 mg daily.",
        "The T-score of the lumbar spine was -3.1.",
        "MRI showed fractures of T8 and L1.",
        "She lived in house 12.",
    ],
)
def test_a_number_with_a_row_is_not(words: str) -> None:
    assert unread(words) == []


def test_a_range_that_a_row_has_is_not_listed() -> None:
    table = "Table 1\n\nTest\tResult\tReference\nCalcium (mg/dL)\t9.4\t8.6-10.2 mg/dL\n"
    assert unread(f"She recovered.\n\n{table}") == []
    assert [row["quote"] for row in unread("The range of it is 8.6-10.2 mg/dL.")] == ["8.6-10.2 mg/dL"]


def test_a_number_of_the_discussion_is_not_the_patients() -> None:
    assert unread("She recovered.\n\nDiscussion\n\nOthers gave 35 mg of it to 40% of mice.") == []


def test_without_a_patient_nothing_is_listed() -> None:
    assert unread("Some 7 mg of it were seen.", begin="Note\n\n") == []


def test_the_only_patient_is_told() -> None:
    (row,) = unread("Her work took 40% of the day.")
    assert row["case_id"] == "paper-1"

"""Times told before anything was measured belong to the first visit."""

from __future__ import annotations

from typing import Any

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure


def rows_of(text: str) -> dict[str, list[dict[str, Any]]]:
    paper = read_text(f"Osteoporosis after childbirth\n\nCase report\n\n{text}")[0]
    return extract(structure(paper), "doc")


def test_course_later_before_any_finding_is_the_first_visit() -> None:
    rows = rows_of(
        "A 31-year-old woman had back pain after delivery and took ibuprofen. MRI three weeks later showed "
        "fractures of L1 and L2. The lumbar T-score was -3.4. Alendronate was given."
    )
    assert {r["phase"] for r in rows["fractures"]} == {"baseline"}
    assert {r["phase"] for r in rows["bmd"]} == {"baseline"}


def test_course_later_behind_a_treatment_is_follow_up() -> None:
    rows = rows_of(
        "A 31-year-old woman had back pain after delivery and took alendronate. Nine months later the lumbar "
        "T-score was -2.4."
    )
    assert {r["phase"] for r in rows["bmd"]} == {"follow-up"}


def test_course_later_behind_a_first_value_is_follow_up() -> None:
    rows = rows_of(
        "A 31-year-old woman had back pain after delivery. The lumbar T-score was -3.4. Nine months later "
        "the lumbar T-score was -2.4."
    )
    assert {(r["value"], r["phase"]) for r in rows["bmd"]} == {(-3.4, "baseline"), (-2.4, "follow-up")}


def test_course_change_stays_follow_up() -> None:
    rows = rows_of(
        "A 31-year-old woman had back pain after delivery. Nine months later the lumbar BMD had risen by 8%."
    )
    assert {r["phase"] for r in rows["bmd"]} == {"follow-up"}

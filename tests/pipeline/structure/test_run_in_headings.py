"""Headings that run into their text, and words that lost the blank between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.nlp import zones
from pipeline.paper import BlockKind, Paper
from pipeline.structure.normalise import repair
from pipeline.structure.sections import end_of_run_in

GLUED = {
    "ordinal": ("wedging of the 5thlumbar and 11ththoracic", "wedging of the 5th lumbar and 11th thoracic"),
    "ordinal-and": ("the 4thand 6th", "the 4th and 6th"),
    "no-ordinal": ("6thioguanine and 5th", "6thioguanine and 5th"),
    "sentence": ("had pain.She was seen", "had pain. She was seen"),
    "sentence-behind-level": ("fracture of T8.Films showed", "fracture of T8. Films showed"),
    "heading": ("was low.ResultsFerritin 9", "was low. Results Ferritin 9"),
    "heading-of-two-words": ("Case reportA woman had", "Case report A woman had"),
    "no-heading": ("McDonald and PubMed were", "McDonald and PubMed were"),
    "address": ("see www.bones.Org/a", "see www.bones.Org/a"),
}


@pytest.mark.parametrize(("text", "expected"), GLUED.values(), ids=GLUED)
def test_glued_words_come_apart(text: str, expected: str) -> None:
    assert repair(text)[0] == expected


def test_an_unknown_heading_that_runs_in_ends_the_section_before(paper: Callable[[str], Paper]) -> None:
    read = paper(
        "Bones after childbirth\n\nBackground: Bone gives calcium away.\n\n"
        "What we saw: A 26-year-old woman had back pain after delivery.\n"
    )
    assert [b.section for b in read.blocks if b.kind is not BlockKind.TITLE] == ["Background", "What we saw"]


def test_a_colon_in_prose_opens_no_section(paper: Callable[[str], Paper]) -> None:
    read = paper(
        "Bones after childbirth\n\nCASE REPORT\n\nA woman had pain.\n\nShe had two things: Pain and fever.\n"
    )
    assert {b.section for b in read.blocks if b.kind is BlockKind.PARAGRAPH} == {"CASE REPORT"}


@pytest.mark.parametrize(
    ("text", "section", "rest"),
    [
        ("CASE DESCRIPTION: Patient 1 had pain.", "CASE DESCRIPTION", "Patient 1 had pain."),
        ("Results Calcium was low.", "Results", "Calcium was low."),
        ("Results were good.", "Results", "Results were good."),
        ("Case 1 was a woman.", "Case", "Case 1 was a woman."),
        ("Medication: calcium", "Medication", "Medication: calcium"),
        ("A woman had pain.", "Results", "A woman had pain."),
    ],
)
def test_the_text_begins_behind_its_own_heading(text: str, section: str, rest: str) -> None:
    assert text[end_of_run_in(text, section) :] == rest


def test_a_heading_that_runs_in_is_no_part_of_the_first_sentence(paper: Callable[[str], Paper]) -> None:
    read = paper("Three mothers\n\nBACKGROUND: It is rare.\n\nCASE DESCRIPTION: Patient 1 had pain.\n")
    assert read.text[zones(read)[-1].start :].startswith("Patient 1 had pain.")


@pytest.mark.parametrize(
    ("under", "kind"),
    [
        ("0.70-1.10 20-200 0.4-4.0", BlockKind.PARAGRAPH),
        ("1. Ada B. On bones. Bone. 1999;3:4.", BlockKind.REFERENCE),
    ],
)
def test_a_column_of_limits_is_no_list_of_references(
    paper: Callable[[str], Paper], under: str, kind: BlockKind
) -> None:
    read = paper(f"Bones\n\nCASE REPORT\n\nA woman had pain.\n\nReference\n\n{under}\n\nShe took calcium.\n")
    assert next(b.kind for b in read.blocks if read.text[b.start : b.end] == under) is kind

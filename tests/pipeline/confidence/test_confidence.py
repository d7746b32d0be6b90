"""Confidence is a probability that follows from a row's signs."""

from __future__ import annotations

import pytest

from extractors import registry
from pipeline.confidence.rate import ALWAYS, LEAST, MOST, WEIGHTS, probability
from pipeline.confidence.signs import Signs, Told, signs_of
from pipeline.process import extract, unrated
from pipeline.readers.text import read as read_text
from pipeline.record import Row
from pipeline.structure import structure

BEGIN = "Case report\n\nA 31-year-old woman had back pain two weeks after delivery. "


def rows(words: str, table: str) -> list[Row]:
    return extract(structure(read_text(f"{BEGIN}{words}\n".encode(), "paper.txt")[0]), "paper")[table]


def signs(words: str, table: str) -> Signs:
    """The signs of the only row of a table."""
    paper = structure(read_text(f"{BEGIN}{words}\n".encode(), "paper.txt")[0])
    found = unrated(paper, "paper")
    (one,) = [s for fact, _, s in signs_of(Told(paper.text, 1, found)) if fact.table == table]
    return one


def test_every_row_is_between_nothing_and_all() -> None:
    found = rows("Calcium was 9.4 mg/dL, albumin 4.1 g/dL. PTH was normal.", "labs")
    assert len(found) == 3 and all(LEAST <= row["confidence"] <= MOST for row in found)


@pytest.mark.parametrize(
    ("surer", "less_sure", "table"),
    [
        ("Serum calcium was 9.4 mg/dL.", "Serum calcium was 94 mg/dL.", "labs"),
        ("Serum calcium was 9.4 mg/dL.", "Serum calcium was 9.4.", "labs"),
        ("She was given ibuprofen 400 mg daily.", "She was given ibuprofen, not by the mother.", "drugs"),
        ("MRI also showed a fracture of T8.", "MRI also showed a fracture of the humerus.", "fractures"),
    ],
)
def test_a_doubtful_row_is_less_sure(surer: str, less_sure: str, table: str) -> None:
    (one,), (other,) = rows(surer, table), rows(less_sure, table)
    assert one["confidence"] > other["confidence"]


def test_signs_are_of_the_row_and_its_sentence() -> None:
    found = signs("Her mother was well. The patient's calcium was not measured as 94 mg/dL.", "labs")
    assert found["said_of_patient"] == found["said_not_to_be"] == 1.0
    assert found["check implausible value"] == found["table labs"] == found["source text"] == 1.0
    assert "said_of_others" not in found


def test_signs_of_facts_are_named_by_their_table() -> None:
    assert signs("She was given a bisphosphonate.", "drugs")["drugs class"] == 1.0
    assert signs("She had a rib fracture.", "fractures")["fractures no vertebra"] == 1.0


def test_every_weight_is_of_a_sign_that_can_occur() -> None:
    own = {f"table {fact.table}" for fact in registry.facts()}
    tables = tuple(f"{fact.table} " for fact in registry.facts())
    free = ("check ", "source ", "table ", *tables)
    common = set(signs("Calcium was 9.4 mg/dL.", "labs")) | own | {ALWAYS}
    named = {row["sign"] for row in WEIGHTS.rows}
    assert {n for n in named - common if not n.startswith((*free, "said_"))} == set()


def test_probability_grows_with_the_certainty_of_the_rule() -> None:
    assert probability({"rule": 4.0}) > probability({"rule": 0.0})



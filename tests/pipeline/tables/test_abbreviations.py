"""A short form that the prose defines once is known in later sections and in tables."""

from __future__ import annotations

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

PAPER = """A mother with fractures

Case report
A 31-year-old woman had back pain after delivery. We measured serum osteocalcin (OSCN) twice. She was given
the bisphosphonate zoledronic acid [ZLDA] once.

Follow-up
A year later OSCN was 21 ng/mL, and {short} 5 mg was infused again.

Table 1. Results

Test               Baseline   12 months
OSCN (ng/mL)       34         21
Calcium (mg/dL)    9.4        9.6
"""


def rows(short: str) -> dict[str, list[dict]]:
    return extract(structure(read_text(PAPER.format(short=short))[0]), "paper")


def test_a_test_defined_in_prose_is_known_in_a_table() -> None:
    told = {(r["analyte"], r["value"], r["source"]) for r in rows("ZLDA")["labs"]}
    assert ("osteocalcin", 34.0, "table") in told
    assert ("calcium", 9.4, "table") in told
    assert "oscn" not in {analyte for analyte, *_ in told}


def test_a_drug_defined_in_prose_is_known_in_a_later_section() -> None:
    assert {(r["drug"], r["dose"]) for r in rows("ZLDA")["drugs"]} == {("zoledronic acid", 5.0)}
    assert {(r["drug"], r["dose"]) for r in rows("it")["drugs"]} == {("zoledronic acid", None)}

"""Page breaks, odd spaces and odd digits inside names and values: no paper fails by them, no offset moves.

`make torture` does the same with more of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.torture import words
from pipeline.paper import Paper
from pipeline.readers import read_bytes
from pipeline.structure import structure

TABLES = (
    "Patient no.\t1\t2\nAge (years)\t31\t28\nCalcium (mg/dL)\t9.1\t9.8\nGravida/para\t2/1\t1/1\n",
    "Case\tAge\tG/P\tLevels\tT-score\n1\t31\tG2P1\tT7-9\t-3.1\n2\t28\t1/1\tL1\t-2.5\n",
    "Date\t12 March 2010\t2011-03-04\n25(OH)D (ng/mL)\t9\t21\nAt 6 months\t10\t11\n",
)
INTRODUCTION = "Two women of 31 and 28 years were seen with back pain.\n\nTable 1. Findings\n\n"


def tables() -> Iterator[str]:
    for table in TABLES:
        yield from words.misprinted(table, 5)
        for place in range(1, len(table), 2):
            yield table[:place] + words.SPACES[place % len(words.SPACES)] + table[place:]


def test_nothing_fails_at_a_space_or_an_odd_digit_inside_a_word() -> None:
    count, faults = words.tried(1, 1, 1)
    assert count > 2_000
    assert faults == []


def test_nothing_fails_at_an_odd_digit_or_space_in_a_table() -> None:
    found = 0
    for table in tables():
        [source] = read_bytes((INTRODUCTION + table).encode(), "table.txt")
        found += words.rows_of(structure(source))
    assert found > 500


CUT = ("25hydroxyvitamin\n\nD", "25hydroxyvitamin\fD", "1,25-dihydroxy\fvitamin D")


@pytest.mark.parametrize("text", CUT)
def test_a_name_cut_by_a_page_break_is_no_error(text: str) -> None:
    [source] = read_bytes(text.encode(), "short.txt")
    words.rows_of(structure(source))


def test_a_fault_is_found_in_its_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(paper: Paper) -> int:
        if "boom" in paper.text:
            raise IndexError("string index out of range")
        return 0

    monkeypatch.setattr(words, "rows_of", fails)
    assert words.fault_of(["well", "and well", "the boom", "well"]).endswith("in 'the boom'")
    assert words.fault_of(["well", "and well"]) == ""

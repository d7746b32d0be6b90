"""A number in a table says nothing without the heads of its row and column."""

from __future__ import annotations

import pytest

from pipeline.heads import heads_at

TEXT = "Usual 9.\n\nTest\tCase 1\tCase 2\nCalcium (mg/dL)\t9.6\t8.1\nAlbumin\t\t4.0\n\nOther\t7"


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        ("8.1", "Calcium (mg/dL) / Case 2"),
        ("9.6", "Calcium (mg/dL) / Case 1"),
        ("4.0", "Albumin / Case 2"),
        ("Case 2", "Test"),
        ("Albumin", "Test"),
        ("Usual 9", ""),
        ("7", "Other"),
    ],
)
def test_heads_of_a_cell(words, heads):
    assert heads_at(TEXT, TEXT.index(words)) == heads

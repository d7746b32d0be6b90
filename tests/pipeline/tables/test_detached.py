"""Reference ranges that stand apart from their table, in front of it or behind it."""

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

PAPER = "A young mother\n\nCase report\n\nA 33-year-old woman presented with back pain after delivery.\n\n"
TABLE = (
    "Table 1. Laboratory results\n\nTest\tAdmission\t6 months\nCalcium (mg/dL)\t8.1\t9.2\n"
    "PTH (pg/mL)\t88\t41\nCRP (mg/L)\t120\t2\n"
)
STACKED = (
    "Table 3. Blood\n\nTest\nFerritin (ng/mL)\nCRP (mg/L)\nVitamin D (ng/mL)\n\nDay 1\n12\n33\n9\n\n"
    "Day 30\n50\n2\n31\n\nNormal values\n30-200\n<5\n>30\n"
)
RANGES = {"calcium": (8.6, 10.2), "parathyroid hormone": (15.0, 65.0), "c-reactive protein": (None, 5.0)}
NONE = dict.fromkeys(RANGES, (None, None))


def _rows(text):
    return extract(structure(read_text(PAPER + text)[0]), "d")["labs"]


def _ranges(rows):
    return {row["analyte"]: (row["ref_low"], row["ref_high"]) for row in rows}


@pytest.mark.parametrize(
    "behind",
    [
        "\nNormal range\n\n8.6-10.2 15-65 <5\n",
        "\nReference values\n8.6\u201310.2\n15\u201365\n<5\n",
        "\nReference range\n\n8.6-10.2 mg/dL 15-65 pg/mL <5 mg/L\n",
        "\nNormal: 8.6 to 10.2; 15 to 65; <5\n",
        "\nAbbreviations: CRP, protein of inflammation.\n\nReference\nrange\n8.6-10.2\n15-65\n<5\n",
    ],
)
def test_ranges_behind_a_table(behind):
    rows = _rows(TABLE + behind)
    assert _ranges(rows) == RANGES
    assert [row["flag"] for row in rows] == ["low", "normal", "high", "normal", "high", "normal"]


def test_ranges_before_a_table():
    assert _ranges(_rows("Reference\n8.6-10.2\n15-65\n<5\n\n" + TABLE)) == RANGES


def test_ranges_of_a_table_with_one_cell_a_line():
    rows = _rows(STACKED)
    assert [(row["ref_low"], row["ref_high"], row["flag"]) for row in rows[:2]] == [
        (30.0, 200.0, "low"),
        (30.0, 200.0, "normal"),
    ]


@pytest.mark.parametrize(
    "behind",
    [
        "\nNormal range\n\n8.6-10.2 15-65\n",  # one too few
        "\nNormal range\n\n<5 8.6-10.2 150-650\n",  # of another size
        "\nWeeks\n\n8.6-10.2 15-65 <5\n",  # no ranges
        "\nNormal range 8.6-10.2 15-65 <5 of another laboratory.\n",  # prose
    ],
)
def test_doubtful_ranges_are_left(behind):
    assert _ranges(_rows(TABLE + behind)) == NONE

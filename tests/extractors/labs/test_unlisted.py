"""Tests that no list knows, in rows of tables of results."""

import pytest

from pipeline.process import extract
from pipeline.readers.text import read_text
from pipeline.structure import structure

TEXT = (
    "A young mother\n\nCase report\n\nA 33-year-old woman presented with back pain after delivery.\n\n"
    "Table 1. Laboratory results\n\nTest\tResult\tReference range\nCalcium (mg/dL)\t8.1\t8.6-10.2\n"
    "{row}\nPTH (pg/mL)\t88\t15-65\nSodium (mmol/L)\t140\t135-145\n"
)
KNOWN = {"calcium", "parathyroid hormone", "sodium"}


def _unknown(row):
    rows = extract(structure(read_text(TEXT.format(row=row))[0]), "d")["labs"]
    assert {r["analyte"] for r in rows} >= KNOWN
    return [r for r in rows if r["analyte"] not in KNOWN]


@pytest.mark.parametrize(
    ("row", "analyte", "specimen", "unit", "flag"),
    [
        ("Lipofuscin (ng/mL)\t31\t5-20", "lipofuscin", "", "ng/mL", "high"),
        ("Anti-Zo antibody (U/mL)\t88\t<20", "anti-zo antibody", "", "U/mL", "high"),
        ("Plasma foocholine (umol/L)\t3.1\t1-4", "foocholine", "plasma", "umol/L", "normal"),
        ("SXC-12\t5.1\t1-4", "sxc-12", "", "", "high"),
        ("Zymoglobin\t0.1\t1.0-4.0", "zymoglobin", "", "", "low"),
        ("Urinary foonine (umol/mmol creatinine)\t5\t1-4", "foonine", "urine", "umol/mmolCr", "high"),
        ("Free bazotide pmol/L\t12\t10-40", "free bazotide", "", "pmol/L", "normal"),
        ("C22:0 wexanoic acid (nmol/mL)\t120\t20-80", "c22:0 wexanoic acid", "", "nmol/mL", "high"),
        ("Zymoglobin (ng/mL)\t31\t-", "zymoglobin", "", "ng/mL", ""),
    ],
)
def test_unknown_tests_of_a_table(row, analyte, specimen, unit, flag):
    [found] = _unknown(row)
    told = tuple(found[name] for name in ("analyte", "specimen", "unit", "flag"))
    assert told == (analyte, specimen, unit, flag)
    assert found["confidence"] < 0.9


@pytest.mark.parametrize(
    "row",
    [
        "Age (years)\t33\t18-45",
        "Heart rate\t80\t60-100",
        "Pain score\t3\t0-10",
        "Lumbar spine T-score\t-3\t>-1",
        "FEV1 (%)\t60\t>80",
        "LVEF\t55\t50-70",
        "Prednisone (mg)\t10\t-",
        "Number of patients\t4\t1-9",
        "Systolic BP (mmHg)\t160\t<140",
        "Left ventricular mass\t5\t4-8",
        "Insulin dose (U/L)\t5\t4-8",
        "Date\t12.3.2010\t-",
        "Zymoglobin\t3.1\t-",
    ],
)
def test_rows_of_something_else(row):
    assert _unknown(row) == []

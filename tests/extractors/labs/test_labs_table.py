from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.labs.cell import lab_of_cell, parse_reference, parse_value
from extractors.labs.labels import find_analyte

LABELS = {
    "qualifier behind": ("Calcium, corrected", "calcium", "", ""),
    "intact behind": ("Parathyroid hormone, intact", "parathyroid hormone", "", ""),
    "unit": ("25-Hydroxyvitamin D (nmol/L)", "25-hydroxyvitamin d", "", "nmol/L"),
    "specimen behind": ("CTX, serum", "ctx", "serum", ""),
    "time behind": ("Urinary calcium, 24 h", "urinary calcium", "urine", ""),
    "specimen makes another test": ("Calcium, urine (mmol/24 h)", "urinary calcium", "urine", "mmol/24 h"),
    "micro": ("P1NP (µg/L)", "p1np", "", "ug/L"),
    "specimen letter": ("S-Ca", "calcium", "serum", ""),
    "fasting plasma": ("fP-Glucose (mmol/L)", "glucose", "plasma", "mmol/L"),
    "urine letter": ("U-NTX (nmol BCE/mmol Cr)", "ntx", "urine", "nmolBCE/mmolCr"),
    "related peptide": ("PTH-related peptide", "parathyroid hormone-related peptide", "", ""),
    "symbol": ("P (mg/dL)", "phosphate", "", "mg/dL"),
    "bone isoenzyme": ("Alkaline phosphatase, bone-specific", "bone alkaline phosphatase", "", ""),
    "ionised": ("Calcium, ionised", "ionized calcium", "", ""),
    "unit without brackets": ("Serum phosphorus, mg/dL", "phosphate", "serum", "mg/dL"),
    "dihydroxy": ("1,25(OH)2D (pg/mL)", "1,25-dihydroxyvitamin d", "", "pg/mL"),
    "vitamin": ("Vitamin D", "25-hydroxyvitamin d", "", ""),
    "clearance": ("eGFR, mL/min/1.73 m2", "estimated glomerular filtration rate", "", "mL/min/1.73m2"),
}


@pytest.mark.parametrize(("text", "analyte", "specimen", "unit"), LABELS.values(), ids=LABELS)
def test_find_analyte_reads_labels(text: str, analyte: str, specimen: str, unit: str) -> None:
    label = find_analyte(text)
    assert label is not None
    assert (label.analyte, label.specimen, label.unit) == (analyte, specimen, unit)
    assert 0 <= label.start < label.end <= len(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Calcium (8.6-10.3 mg/dL)", 8.6, 10.3),
        ("ALP (U/L) [34-106]", 34, 106),
        ("PTH, pg/mL (normal 15-65)", 15, 65),
        ("CTX (ng/mL), <0.57", None, 0.57),
    ],
    ids=["with unit", "behind the unit", "announced", "upper"],
)
def test_find_analyte_reads_the_range_of_a_label(text: str, low: float | None, high: float | None) -> None:
    label = find_analyte(text)
    assert label is not None
    assert (label.ref_low, label.ref_high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "BMD lumbar spine (g/cm2)",
        "Age, y",
        "Onset (week)",
        "Calcium intake (mg/day)",
        "Vitamin D supplementation",
        "Delivery",
        "",
    ],
)
def test_find_analyte_leaves_other_labels(text: str) -> None:
    assert find_analyte(text) is None


VALUES = {
    "plain": ("9.4", 9.4, "=", "", "", ""),
    "comparator and unit": ("<5 ng/mL", 5, "<", "ng/mL", "", ""),
    "arrow": ("98 ↑", 98, "=", "", "high", ""),
    "arrow before": ("↓ 1.9", 1.9, "=", "", "low", ""),
    "range and letter": ("176 (30-130) H", 176, "=", "", "high", ""),
    "letter low": ("8.1 L", 8.1, "=", "", "low", ""),
    "star is a footnote": ("9.4*", 9.4, "=", "", "", ""),
    "time and footnote remain": ("151 (3M)a", 151, "=", "", "", "(3M)a"),
    "word": ("10.9 (high)", 10.9, "=", "", "high", ""),
    "word before": ("elevated (98)", 98, "=", "", "high", ")"),
    "thousands": ("44,476 IU/L", 44476, "=", "IU/L", "", ""),
}


@pytest.mark.parametrize(("text", "value", "comparator", "unit", "flag", "rest"), VALUES.values(), ids=VALUES)
def test_parse_value_reads_cells(
    text: str, value: float, comparator: str, unit: str, flag: str, rest: str
) -> None:
    cell = parse_value(text)
    assert cell is not None
    assert (cell.value, cell.comparator, cell.unit, cell.flag, cell.rest) == (
        value,
        comparator,
        unit,
        flag,
        rest,
    )


@pytest.mark.parametrize(
    ("text", "flag"),
    [("normal", "normal"), ("Low", "low"), ("neg", "normal"), ("↑↑", "high"), ("WNL", "normal")],
)
def test_parse_value_reads_words(text: str, flag: str) -> None:
    cell = parse_value(text)
    assert cell is not None
    assert (cell.value, cell.flag) == (None, flag)


@pytest.mark.parametrize(
    "text", ["", "-", "–", "N.A.", "n/a", "nd", "8.5-10.2", "not done", "Case 1 was seen"]
)
def test_parse_value_leaves_missing_ones_and_intervals(text: str) -> None:
    assert parse_value(text) is None


def test_parse_value_takes_the_range_in_the_cell() -> None:
    cell = parse_value("23.2 (N >30)")
    assert cell is not None
    assert (cell.value, cell.ref_low, cell.ref_high, cell.end) == (23.2, 30, None, 12)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("8.5-10.2", (8.5, 10.2)),
        ("0.50–0.90", (0.5, 0.9)),
        ("(8.5 - 10.5)", (8.5, 10.5)),
        ("<5", (None, 5)),
        ("≤ 5.0", (None, 5)),
        ("up to 40 U/L", (None, 40)),
        ("> 30", (30, None)),
        ("15 to 65 pg/mL", (15, 65)),
        ("F: 12-16", (12, 16)),
        ("30", None),
        ("Reference range", None),
        ("", None),
    ],
)
def test_parse_reference_reads_limits(text: str, limits: tuple[float | None, float | None] | None) -> None:
    assert parse_reference(text) == limits


@given(st.decimals(min_value=0, max_value=5000, places=2), st.decimals(min_value=1, max_value=5000, places=2))
def test_parse_reference_takes_any_interval(low: float, width: float) -> None:
    text = f"{low}-{low + width}"
    assert parse_reference(text) == (float(low), float(low + width))


@given(st.text(max_size=40))
def test_cells_never_raise(text: str) -> None:
    find_analyte(text)
    parse_value(text)
    parse_reference(text)


CELLS = {
    "under the limit of detection": ("<15", {"reference": "15-65"}, "<15 [15-65] low"),
    "open to both sides": ("<50", {"reference": "30-80"}, "<50 [30-80]"),
    "above what was measured": (">150", {"reference": "15-65"}, ">150 [15-65] high"),
    "unit of the ranges": ("9.9", {"reference": "8.5-10.5 mg/dL"}, "9.9 mg/dL [8.5-10.5] normal"),
    "own unit": ("2.5 mmol/L", {"unit": "mg/dL"}, "2.5 mmol/L"),
    "column of flags": ("12", {"flag": "L"}, "12 low"),
    "range of a footnote": ("12", {"limits": (20.0, 60.0)}, "12 [20-60] low"),
    "range of its own": ("12 (10-40)", {"reference": "20-60", "limits": (1.0, 2.0)}, "12 [10-40] normal"),
    "specimen of a footnote": ("12", {"note": "in urine"}, "urine: 12"),
    "a word": ("elevated", {"unit": "mg/dL"}, "high"),
    "a range": ("8.6 to 10.2", {}, None),
    "two limits": ("8.6 - 10.2 mg/dL", {}, None),
    "missing": ("n.d.", {}, None),
}


@pytest.mark.parametrize(("text", "beside", "told"), CELLS.values(), ids=CELLS)
def test_read_cell(text: str, beside: dict[str, Any], told: str | None) -> None:
    label = find_analyte("Calcium")
    assert label is not None
    found = lab_of_cell(text, 7, label, **beside)
    if found is None:
        assert told is None
        return
    assert (found.start, found.end, found.analyte, found.rule) == (7, 7 + len(text), "calcium", "table")
    value = "" if found.value is None else f"{found.comparator.strip('=')}{found.value:g}"
    limits = "" if found.ref_low is None else f"[{found.ref_low:g}-{found.ref_high:g}]"
    specimen = f"{found.specimen}:" if found.specimen else ""
    assert " ".join(p for p in (specimen, value, found.unit, limits, found.flag) if p) == told


def test_a_unit_without_brackets_in_a_label():
    assert find_analyte("Creatinine mg/dL").analyte == "creatinine"
    assert find_analyte("Calcium mg/day") is None

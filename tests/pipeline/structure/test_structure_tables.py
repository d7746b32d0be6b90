"""Tables that were flattened to lines of text, back in their grids."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.paper import Paper, Table
from pipeline.tables.lines.headers import split_header
from pipeline.tables.lines.rows import row_of

Read = Callable[[str], Paper]


def grid(paper: Paper, table: Table) -> list[list[str]]:
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for column in range(cell.col, cell.col + cell.col_span):
            rows[cell.row][column] = paper.text[cell.start : cell.end]
    return rows


ROWS = {
    "plain": ("Age, y 29 35", "Age, y", ["29", "35"]),
    "bracketed-time": (
        "Before treatment 0.61 (2M) 0.72 (-10M)",
        "Before treatment",
        ["0.61 (2M)", "0.72 (-10M)"],
    ),
    "footnote-letter": ("NTX 151 (3M)a 25b", "NTX", ["151 (3M)a", "25b"]),
    "missing": ("Onset (week) 4 - N.A. ND 1", "Onset (week)", ["4", "-", "N.A.", "ND", "1"]),
    "levels": ("Fracture T8,10,12; L1 T7-9 - L1,3", "Fracture", ["T8,10,12; L1", "T7-9", "-", "L1,3"]),
    "ordinals": ("Delivery 1st 2nd 1st", "Delivery", ["1st", "2nd", "1st"]),
    "signs": ("Change (%) +3.1 -2.0 <0.1", "Change (%)", ["+3.1", "-2.0", "<0.1"]),
    "unit-on-value": ("Calcium 9.1 mg/dL 8.5-10.5", "Calcium", ["9.1 mg/dL", "8.5-10.5"]),
    "time-in-label": ("BMD 1 year -1.5 -2.8", "BMD 1 year", ["-1.5", "-2.8"]),
    "month-in-label": ("Jan 2015 0.689 -3.5", "Jan 2015", ["0.689", "-3.5"]),
    "words": ("Bence Jones protein negative negative", "Bence Jones protein", ["negative", "negative"]),
    "wide-gaps": ("Delivery   by caesarean   at home", "Delivery", ["by caesarean", "at home"]),
    "group": ("BMD lumbar spine (g/cm2)", "BMD lumbar spine (g/cm2)", []),
    "prose": ("She was given calcium and felt better", "She was given calcium and felt better", []),
}


@pytest.mark.parametrize(("line", "label", "values"), ROWS.values(), ids=ROWS)
def test_structure_table_row(line: str, label: str, values: list[str]) -> None:
    row = row_of(line)
    assert (row.label, row.values) == (label, values)


HEADS = {
    "cases": ("Case 1 Case 2 Case 3", 3, ["Case 1", "Case 2", "Case 3"]),
    "deliveries": ("Case 1 1st delivery 2nd delivery", 3, ["Case 1", "1st delivery", "2nd delivery"]),
    "measures": (
        "L1-L4 T-score L1-L4 Z-score Femoral neck T-score",
        3,
        ["L1-L4 T-score", "L1-L4 Z-score", "Femoral neck T-score"],
    ),
    "times": ("Baseline 6 months 12 months", 3, ["Baseline", "6 months", "12 months"]),
    "stub": (
        "Parameter Patient 1 Patient 2 Normal range",
        3,
        ["Parameter", "Patient 1", "Patient 2", "Normal range"],
    ),
    "words": ("Site Before After Change (%)", 3, ["Site", "Before", "After", "Change (%)"]),
    "unsafe": ("Femoral neck Total hip", 4, None),
    "sentence": ("Values of the first and second patient", 6, None),
}


@pytest.mark.parametrize(("line", "columns", "parts"), HEADS.values(), ids=HEADS)
def test_structure_table_header(line: str, columns: int, parts: list[str] | None) -> None:
    assert split_header(line, columns) == parts


def test_structure_table_with_spanned_case(paper: Read) -> None:
    result = paper(
        "Our patients are shown in the table, and the second of them had been seen\nby another\n\n"
        "Table II. Course of the three patients.\n\nCase 2\n\nCase 1 1st delivery 2nd delivery Case 3\n\n"
        "Age, y 27 24 29 36\n\nOnset (week) 3 7 - 2\n\nBMD hip (g/cm2)\n\n"
        "Before 0.61 (2M) 0.55 (9M) 0.58 (-10M) N.A.\n\nAfter 0.70 (20M)a 0.54 (21M) N.A. 0.77 (9M)\n\n"
        "aMeasured twice.\nM = month after delivery.\n\ndoctor before. She had been told to rest.\n"
    )
    table = result.tables[0]
    assert grid(result, table) == [
        ["", "", "Case 2", "Case 2", ""],
        ["", "Case 1", "1st delivery", "2nd delivery", "Case 3"],
        ["Age, y", "27", "24", "29", "36"],
        ["Onset (week)", "3", "7", "-", "2"],
        ["BMD hip (g/cm2)"] * 5,
        ["Before", "0.61 (2M)", "0.55 (9M)", "0.58 (-10M)", "N.A."],
        ["After", "0.70 (20M)a", "0.54 (21M)", "N.A.", "0.77 (9M)"],
    ]
    assert table.caption and result.text[slice(*table.caption)] == "Table II. Course of the three patients."
    assert [result.text[a:b] for a, b in table.notes] == ["aMeasured twice.", "M = month after delivery."]
    assert "by another doctor before." in result.text


def test_structure_table_with_two_header_levels(paper: Read) -> None:
    result = paper(
        "Table 1. Serial densitometry\nDate Lumbar spine (L1-L4) Total hip\n"
        "BMD (g/cm2) T-score BMD (g/cm2) T-score\nJan 2015 0.689 -3.5 0.700 -2.2\nJul 2015 "
        "0.731 -3.1 0.712 -2.1\n"
    )
    rows = grid(result, result.tables[0])
    assert rows[0][1:] == ["Lumbar spine (L1-L4)"] * 2 + ["Total hip"] * 2
    assert rows[1][1:] == ["BMD (g/cm2)", "T-score"] * 2
    assert rows[2] == ["Jan 2015", "0.689", "-3.5", "0.700", "-2.2"]


def test_structure_table_header_that_cannot_be_split_is_a_note(paper: Read) -> None:
    result = paper(
        "Table 1. Course\nmother before and later on\nCalcium 9.1 9.2 9.4\nPhosphate 3.1 3.4 3.3\n"
    )
    table = result.tables[0]
    assert not any(cell.header and cell.col for cell in table.cells)
    assert grid(result, table)[0] == ["Calcium", "9.1", "9.2", "9.4"]


DELIMITED = {
    "tabs": "Test\tResult\tNormal\nCa\t9.8 mg/dL\t8.5-10.5\nPTH\t44 pg/mL\t15-65\n",
    "markdown": "| Test | Result | Normal |\n|---|---|---|\n| Ca | 9.8 mg/dL | 8.5-10.5 |\n| "
    "PTH | 44 pg/mL | 15-65 |\n",
    "gaps": "Table 1. Tests\n\nTest     Result      Normal\nCa       9.8 mg/dL   8.5-10.5\nPTH "
    "     44 pg/mL    15-65\n",
}


@pytest.mark.parametrize("text", DELIMITED.values(), ids=DELIMITED)
def test_structure_table_delimited(paper: Read, text: str) -> None:
    result = paper(text)
    assert grid(result, result.tables[0]) == [
        ["Test", "Result", "Normal"],
        ["Ca", "9.8 mg/dL", "8.5-10.5"],
        ["PTH", "44 pg/mL", "15-65"],
    ]
    assert {c.row for c in result.tables[0].cells if c.header and c.col} == {0}


NO_TABLE = {
    "two-columns-of-prose": "She was seen in spring    and was well in the\nand had no pain "
    "at      winter of that year\n"
    "all when she walked     and went home soon",
    "cited": "Table 1 shows that calcium was 9.1 and phosphate 3.1 in our patient.",
    "caption-alone": "Table 1. Laboratory findings\n\nThe patient was given calcium and was "
    "seen again after a year.",
}


@pytest.mark.parametrize("text", NO_TABLE.values(), ids=NO_TABLE)
def test_structure_no_table(paper: Read, text: str) -> None:
    assert paper(text).tables == ()


def test_structure_table_without_caption(paper: Read) -> None:
    result = paper(
        "Blood was taken.\n\nHb           12.1 g/dL\nPlatelets    250\nCalcium      9.1 "
        "mg/dL\n\nShe was well.\n"
    )
    assert grid(result, result.tables[0]) == [
        ["Hb", "12.1 g/dL"],
        ["Platelets", "250"],
        ["Calcium", "9.1 mg/dL"],
    ]

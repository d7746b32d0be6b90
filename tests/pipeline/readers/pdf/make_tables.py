"""Test papers with tables: three lines, grids, none; wide, narrow, rotated, continued.

Run as a script to look at these and all other layouts: python make_tables.py FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_papers
from make_papers import BODY, Paper, columns, done
from typeset import Column, Sheet

LABS = [
    ["Analyte", "Result", "Reference"],
    ["Calcium (mmol/L)", "2.31", "2.15-2.55"],
    ["Phosphate (mmol/L)", "1.42", "0.80-1.50"],
    ["Creatinine (umol/L)", "54", "45-84"],
    ["Alkaline phosphatase (U/L)", "149", "35-105"],
    ["Parathyroid hormone (pmol/L)", "2.1", "1.6-6.9"],
    ["25-Hydroxyvitamin D (nmol/L)", "38", "50-150"],
]
VISITS = [
    ["Site", "Before", "6 months", "12 months", "24 months", "Change"],
    ["Lumbar spine", "0.701", "0.733", "0.762", "0.779", "+11.1%"],
    ["Femoral neck", "0.622", "0.630", "0.641", "0.650", "+4.5%"],
    ["Total hip", "0.690", "0.701", "0.712", "0.716", "+3.8%"],
    ["Distal radius", "0.512", "-", "0.515", "0.520", "+1.6%"],
]
SERIES = [
    ["Patient", "Age", "Onset", "Levels", "Treatment"],
    ["1", "27", "8 weeks after delivery", "T8, L1", "alendronate"],
    ["2", "35", "third trimester", "T5, T6, L3", "none"],
    ["3", "31", "2 days after delivery", "L2", "teriparatide"],
    ["4", "29", "at weaning", "T12, L1, L4", "zoledronate"],
]


def _table_page(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    rules: str,
    across: int = 2,
    size: float = 9.0,
    caption: str = "Table 1. Findings at admission.",
) -> Paper:
    sheet = Sheet(order="across")
    left, right = columns(2, top=60)
    if across == 2:  # across the page, between two bands of columns
        sheet.flow(BODY[:5], [Column(c.x, 60, c.width, 220) for c in (left, right)])
        sheet.plain(caption, 48, 250, sheet.bold, 9, reading=False)
        y = sheet.table(rows, 48, 256, widths, rules, size)
        sheet.flow(BODY[5:], [Column(c.x, y + 16, c.width, 800) for c in (left, right)])
    else:  # in the left column
        sheet.flow(BODY[:4], [Column(left.x, 60, left.width, 330)])
        sheet.plain(caption, left.x, 352, sheet.bold, 9, reading=False)
        y = sheet.table(rows, left.x, 358, widths, rules, size)
        sheet.put(left.x, y + 6, "Values outside the range are given as measured.", size=7)
        sheet.flow(BODY[4:], [Column(left.x, y + 20, left.width, 780), Column(right.x, 60, right.width, 780)])
    return done(sheet)


def table_three_lines() -> Paper:
    """A three-line table in a column."""
    return _table_page(LABS, [130, 45, 60], "three", 1)


def table_grid() -> Paper:
    """A fully ruled table in a column."""
    return _table_page(LABS, [130, 45, 60], "grid", 1)


def table_open() -> Paper:
    """A table without rules in a column."""
    return _table_page(LABS, [130, 45, 60], "none", 1)


def table_wide_three_lines() -> Paper:
    """A three-line table across both columns."""
    return _table_page(VISITS, [110, 75, 75, 80, 80, 75], "three")


def table_wide_open() -> Paper:
    """A table without rules across both columns, with white where the gutter is."""
    return _table_page(VISITS, [140, 60, 75, 75, 75, 70], "none")


def table_wide_grid() -> Paper:
    """A fully ruled patient-per-row table across both columns with wrapped cells."""
    rows = [list(row) for row in SERIES]
    rows[1][2] = "8 weeks after\ndelivery"
    rows[2][3] = "T5, T6,\nL3"
    return _table_page(rows, [60, 40, 130, 120, 120], "grid")


PATIENTS = [
    ["", "Case 1", "Case 2", "Case 3"],
    ["Age (years)", "27", "34", "31"],
    ["Onset of pain", "3 weeks\nafter delivery", "8th month of\npregnancy", "6 weeks\npostpartum"],
    ["Levels", "T6, T7, T8,\nT11, L1", "L1, L2", "T12, L1-L4,\nT5"],
    ["Bone alkaline\nphosphatase (ug/L)", "31.8", "22.0", "N.A."],
    ["Treatment", "Teriparatide,\n18 months", "Calcium,\nvitamin D", "Zoledronic\nacid"],
]


def _patients_per_column(rules: str) -> Paper:
    sheet = Sheet()
    sheet.flow(BODY[:5], [Column(48, 60, 499, 260)])
    sheet.plain("Table 1. Characteristics of three mothers.", 48, 280, sheet.bold, 9, reading=False)
    y = sheet.table(PATIENTS, 48, 286, [120, 110, 110, 110], rules)
    sheet.flow(BODY[5:8], [Column(48, y + 16, 499, 800)])
    return done(sheet)


def table_patients_per_column_grid() -> Paper:
    """A patient in each column, cells of several lines, fully ruled."""
    return _patients_per_column("grid")


def table_patients_per_column_open() -> Paper:
    """The same without any rule: rows are told by the space between them."""
    return _patients_per_column("none")


def table_row_groups_in_narrow_column() -> Paper:
    """Row groups without values, indented labels, a dash, a caption on two lines, notes below."""
    sheet = Sheet(order="across")
    left, right = columns(2, top=60)
    rows = [
        ["", "Before", "12 mo", "24 mo"],
        ["Lumbar spine", "", "", ""],
        ["  BMD (g/cm2)", "0.612", "0.742", "0.801"],
        ["  T-score", "-3.9", "-2.8", "-2.2"],
        ["Total hip", "", "", ""],
        ["  BMD (g/cm2)", "0.684", "0.721", "0.733"],
        ["  T-score", "-2.1", "-1.8", "-"],
    ]
    sheet.flow(BODY[:4], [Column(left.x, 60, left.width, 330)])
    sheet.plain("Table 2", left.x, 350, sheet.bold, 9, reading=False)
    sheet.plain("Density before and after treatment", left.x, 361, size=9, reading=False)
    y = sheet.table(rows, left.x, 366, [110, 43, 43, 43], "three", pitch=0.5)
    sheet.tables[-1] = [[cell.strip() for cell in row] for row in rows]
    sheet.put(left.x, y + 4, "BMD, bone mineral density; mo, months.", size=7)
    sheet.flow(BODY[4:], [Column(left.x, y + 20, left.width, 780), right])
    return done(sheet)


def table_values_beside_two_lines() -> Paper:
    """Values at half height beside labels of two lines."""
    sheet = Sheet()
    rows = [
        ["Parathyroid hormone,\nintact (pg/mL)", "16", "15-65"],
        ["Calcium (mg/dL)", "9.4", "8.5-10.2"],
        ["Urinary calcium\nexcretion (mg/day)", "288", "100-300"],
        ["Phosphate (mg/dL)", "4.6", "2.5-4.5"],
    ]
    sheet.flow(BODY[:3], [Column(48, 60, 499, 200)])
    sheet.plain("Table 3. Laboratory values.", 48, 220, sheet.bold, 9, reading=False)
    sheet.rule(48, 228, 400, 228)
    for x, text in zip((52, 220, 290), ("Test", "Value", "Range"), strict=True):
        sheet.put(x, 238, text, size=9)
    sheet.rule(48, 242, 400, 242)
    y = 252.0
    for label, value, reference in rows:
        lines = label.split("\n")
        for i, line in enumerate(lines):
            sheet.put(52, y + i * 10.5, line, size=9)
        middle = y + (len(lines) - 1) * 10.5 / 2
        sheet.put(220, middle, value, size=9)
        sheet.put(290, middle, reference, size=9)
        y += len(lines) * 10.5 + 4
    sheet.rule(48, y - 8, 400, y - 8)
    sheet.flow(BODY[5:8], [Column(48, y + 10, 499, 800)])
    sheet.tables.append([["Test", "Value", "Range"], *[[c.replace("\n", " ") for c in row] for row in rows]])
    return done(sheet)


def table_heads_of_two_rows() -> Paper:
    """Heads of groups over short rules, row groups, an empty cell, footnote letters on values."""
    sheet = Sheet()
    sheet.flow(BODY[:3], [Column(48, 60, 499, 300)])
    sheet.plain("Table 1. Markers of bone turnover.", 48, 200, sheet.bold, 9, reading=False)
    x = [52.0, 210.0, 280.0, 350.0, 420.0]
    sheet.rule(48, 206, 490, 206)
    sheet.put(225, 218, "At diagnosis", size=9)
    sheet.put(365, 218, "After 12 months", size=9)
    sheet.rule(205, 222, 330, 222)
    sheet.rule(345, 222, 480, 222)
    for left, text in zip(x, ["Marker", "Value", "Unit", "Value", "Unit"], strict=True):
        sheet.put(left, 233, text, size=9)
    sheet.rule(48, 238, 490, 238)
    body = [
        ["Formation"],
        ["P1NP", "96", "ug/L", "140", "ug/L"],
        ["Osteocalcin", "31", "ug/L", "", ""],
        ["Resorption"],
        ["CTX", "1.12", "ug/L", "0.41", "ug/L"],
        ["NTX", "88", "nmol/L", "35", "nmol/L"],
    ]
    y = 250.0
    for row in body:
        for left, text in zip(x, row, strict=False):
            sheet.put(left + (6 if len(row) > 1 and left == x[0] else 0), y, text, size=9)
            if text in {"96", "0.41"}:
                sheet.put(left + sheet.width(text, size=9), y - 3, "a" if text == "96" else "b,c", size=6)
        y += 13
    sheet.rule(48, y - 6, 490, y - 6)
    sheet.put(48, y + 6, "a Above the range; b fasting; c mean of two.", size=7)
    sheet.flow(BODY[4:6], [Column(48, y + 20, 499, 800)])
    sheet.tables.append(
        [
            ["", "At diagnosis", "After 12 months"],
            ["Marker", "Value", "Unit", "Value", "Unit"],
            *[row + [""] * (5 - len(row)) for row in body],
        ]
    )
    return done(sheet)


def table_continued() -> Paper:
    """A table that goes on on the next page with its head repeated."""
    sheet = Sheet()
    rows = [[f"Visit {i}", f"0.{700 + i}", f"-{3 - i / 10:.1f}"] for i in range(1, 25)]
    head = ["Time", "Density", "Z-score"]
    sheet.flow(BODY[:7], [Column(48, 60, 499, 560)])
    sheet.plain("Table 2. Density at each visit.", 48, 590, sheet.bold, 9, reading=False)
    sheet.table([head, *rows[:12]], 48, 596, [120, 80, 80], "three")
    sheet.next_page()
    sheet.plain("Table 2 (continued)", 48, 60, sheet.bold, 9, reading=False)
    y = sheet.table([head, *rows[12:]], 48, 66, [120, 80, 80], "three")
    sheet.flow(BODY[7:], [Column(48, y + 20, 499, 800)])
    sheet.tables = [[head, *rows]]
    return done(sheet)


def table_rotated() -> Paper:
    """A table turned by 90 degrees on a page of its own, then text again."""
    sheet = Sheet()
    sheet.flow(BODY[:8], [Column(48, 60, 499, 780)])
    sheet.next_page()
    inner = Sheet(size=(sheet.size[1], sheet.size[0]))
    inner.put(70, 100, "Table 3. Mothers with fractures seen in our clinic.", inner.bold, 9)
    inner.table(
        [*SERIES, *[[str(i), "30", "one week after delivery", "T9", "none"] for i in range(5, 12)]],
        70,
        108,
        [80, 60, 200, 160, 140],
        "three",
    )
    sheet.tables = inner.tables

    def turned() -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(sheet.size[0], 0)
        sheet.canvas.rotate(90)
        inner.canvas, keep = sheet.canvas, inner.canvas
        for _, _, action in inner._pending:
            action()
        inner.canvas = keep
        sheet.canvas.restoreState()

    sheet.draw(0, 0, turned)
    sheet.next_page()
    sheet.flow(BODY[8:], [Column(48, 60, 499, 780)])
    return done(sheet)


LAYOUTS: dict[str, Callable[[], Paper]] = {
    make.__name__: make
    for make in (
        table_three_lines,
        table_grid,
        table_open,
        table_wide_three_lines,
        table_wide_open,
        table_wide_grid,
        table_patients_per_column_grid,
        table_patients_per_column_open,
        table_row_groups_in_narrow_column,
        table_values_beside_two_lines,
        table_heads_of_two_rows,
        table_continued,
        table_rotated,
    )
}


def write_all(folder: Path) -> list[Path]:
    """Write every layout as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in {**make_papers.LAYOUTS, **LAYOUTS}.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(make().data)
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write_all(Path(sys.argv[1])):
        print(written)

"""Ruled tables: what rules enclose is one cell, but where they enclose several rows."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("reportlab", reason="reportlab sets the test papers")

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from pipeline.paper import BlockKind
from pipeline.readers.pdf import lattice, read
from pipeline.readers.pdf.ink import Rect, Word
from pipeline.readers.pdf.tables import TableRegion

TYPE = ParagraphStyle("type", fontName="Times-Roman", fontSize=9, leading=10.5)
PROSE = (
    "The mother of a child of two weeks had pain in her back and was seen by several doctors in turn. " * 3
)
ALL, FINE = ((0, 0), (-1, -1)), (0.5, colors.black)
TIGHT = [(f"{side}PADDING", *ALL, 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
TOP = ("VALIGN", *ALL, "TOP")


def page(rows: list[list[str]], rules: list[tuple[object, ...]], widths: list[float]) -> bytes:
    """Prose, a caption, a table with these rules, prose."""
    table = Table([[Paragraph(cell, TYPE) for cell in row] for row in rows], colWidths=widths, hAlign="LEFT")
    table.setStyle(TableStyle([TOP, *TIGHT, *rules]))
    out = io.BytesIO()
    parts = [
        Paragraph(PROSE, TYPE),
        Spacer(1, 9),
        Paragraph("Table 1. What was found", TYPE),
        Spacer(1, 4),
        table,
    ]
    SimpleDocTemplate(out, invariant=1).build([*parts, Spacer(1, 12), Paragraph(PROSE, TYPE)])
    return out.getvalue()


def grid(data: bytes) -> tuple[list[list[str]], dict[str, tuple[int, int]]]:
    """The words of the only table's cells, and the rows and columns of those that cover several."""
    (table,) = [b for b in read(data, "x.pdf")[0].blocks if b.kind is BlockKind.TABLE]
    places = {(c.row, c.col): c for c in table.cells}
    rows, columns = max(r for r, _ in places) + 1, max(c for _, c in places) + 1
    words = [[places[r, c].text if (r, c) in places else "" for c in range(columns)] for r in range(rows)]
    wide = {c.text: (c.row_span, c.col_span) for c in table.cells if c.row_span * c.col_span > 1}
    return words, wide


WORDY = [
    ["Patient", "How it began", "What was found"],
    ["First", "pain in the back while she lifted the child", "T8 and L1 were broken, and a rib on the left"],
    ["Second, aged 31 years", "a fall on the stairs", "the hip was broken and was nailed on the same day"],
    ["Third", "pain in both hips for the last six weeks of pregnancy", "no bone was broken"],
]
VISITS = [
    ["Patient", "Visit", "Calcium", "25(OH)D"],
    ["1, seen by us", "first", "9.4", "12"],
    ["", "second", "9.6", "31"],
    ["2", "first", "8.8", "9"],
    ["", "second", "9.1", "27"],
]
SPANNED = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 4))]


def test_lines_of_a_ruled_cell_are_one_cell():
    assert grid(page(WORDY, [("GRID", *ALL, *FINE)], [60, 62, 70])) == (WORDY, {})


def test_a_ruled_label_may_cover_several_rows():
    found, wide = grid(page(VISITS, [("GRID", *ALL, *FINE), *SPANNED], [60, 60, 60, 60]))
    assert found == VISITS and wide == {"1, seen by us": (2, 1), "2": (2, 1)}


@pytest.mark.parametrize("frame", ["none", "above and below"])
def test_a_ruled_table_needs_no_frame(frame):
    rules = [("INNERGRID", *ALL, *FINE)]
    if frame != "none":
        rules += [("LINEABOVE", (0, 0), (-1, 0), *FINE), ("LINEBELOW", (0, -1), (-1, -1), *FINE)]
    assert grid(page(WORDY, rules, [60, 62, 70])) == (WORDY, {})
    assert grid(page([row[1:] for row in VISITS], rules, [60, 60, 60]))[0] == [row[1:] for row in VISITS]


def test_rows_that_no_rules_part_stay_rows():
    rows = [
        ["Patient", "Smoking", "Pain"],
        ["1", "no", "yes"],
        ["2", "yes", "yes"],
        ["3", "no", "no"],
        ["4", "no", "yes"],
    ]
    rules = [("BOX", *ALL, *FINE), ("LINEBEFORE", (1, 0), (-1, -1), *FINE)]
    rules += [("LINEBELOW", (0, row), (-1, row), *FINE) for row in (0, 2)]
    assert grid(page(rows, rules, [60, 60, 60])) == (rows, {})


def region(words: list[Word], across: list[Rect], upright: list[Rect]) -> TableRegion:
    return TableRegion(Rect(0, 0, 100, 100), words, across, upright)


def test_rules_without_number_are_not_looked_at():
    """The arithmetic is quadratic in the crossings: a drawing of many lines must not hold up a paper."""
    words = [Word("x", x, y, x + 3, y + 5, y + 5, 6.0) for x in (10, 60) for y in (10, 60)]
    few = [Rect(0, y, 100, y) for y in (1, 50, 99)], [Rect(x, 1, x, 99) for x in (0, 50, 100)]
    assert [(c.row, c.col) for c in lattice.lattice(region(words, *few))] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    many = (
        [Rect(0, 1 + y, 100, 1 + y) for y in range(0, 98, 4)],
        [Rect(x / 9, 1, x / 9, 99) for x in range(9000)],
    )
    assert lattice.lattice(region(words, *many)) == []


def test_boxes_over_boxes_are_no_cells():
    words = [Word("x", x, y, x + 3, y + 5, y + 5, 6.0) for x in (10, 60) for y in (10, 60)]
    boxes = [
        lattice.Ruled(Rect(0, 0, 100, 100), 0, 0, 2, 2),
        lattice.Ruled(Rect(50, 50, 100, 100), 1, 1, 1, 1),
    ]
    assert not lattice._filled(boxes, words) and lattice._filled(boxes[:1], words)

"""`casebook debug`: what is drawn on a page stands where it is printed, and what cannot be drawn is told."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pytest
from PIL import Image

from pipeline import cli, readers
from pipeline.config import UsageError
from pipeline.debug import colours
from pipeline.debug.cells import cell_rects
from pipeline.debug.command import debug
from pipeline.debug.picture import picture, plain_picture, tables_by_lines
from pipeline.debug.sheet import Fact, sheet_of
from pipeline.paper import BlockKind, Cell
from pipeline.readers.pdf.ink import Rect
from pipeline.schema import BY_NAME, DOCUMENTS, TABLES
from pipeline.structure import structure

canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab sets the test papers")

LEFT = (
    "A mother of two was seen in the week after her third child",
    "was born. She could not lift the child for pain in her back.",
    "Films of the spine showed that T8 and L1 had broken, as had",
    "a rib on the left. She had never smoked and took no drugs,",
    "and nobody of her kin had broken a bone. The child was well",
    "and weighed three kilograms. It was fed at the breast, which",
    "was ended on the day on which the mother came to the clinic.",
    "Her bones had not been looked at before, and the films that",
    "were taken after the second child was born were not found.",
)
RIGHT = (
    "She was given a brace and rest for six weeks, and was well",
    "when she was seen again in the spring of the next year, when",
    "the serum calcium was 9.4 mg/dL and nothing else was found.",
    "A second child was not wanted by then, she said, as she was",
    "afraid of the pain. The films that were taken in that spring",
    "show the bones as they were, and none of them broken anew.",
)
ROWS = (("Analyte", "Value", "Reference"), ("Calcium", "9.4", "8.6-10.2"), ("Phosphate", "3.1", "2.5-4.5"))
EDGES = (306.0, 400.0, 470.0, 560.0)


def paper(turn: int = 0, crop: tuple[float, ...] | None = None) -> bytes:
    """Two columns, a table with lines in the right one, and a second page, shown turned and cropped."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792), invariant=1)
    sheet.setFont("Times-Roman", 10)
    for x, lines in ((50, LEFT), (306, RIGHT)):
        for number, line in enumerate(lines):
            sheet.drawString(x, 700 - 12 * number, line)
    sheet.drawString(306, 606, "Table 1. What was found in the blood")
    for number, row in enumerate(ROWS):
        for edge, cell in zip(EDGES, row, strict=False):
            sheet.drawString(edge + 4, 578 - 16 * number, cell)
    for number in range(len(ROWS) + 1):
        sheet.line(EDGES[0], 590 - 16 * number, EDGES[-1], 590 - 16 * number)
    for edge in EDGES:
        sheet.line(edge, 590, edge, 590 - 16 * len(ROWS))
    sheet.showPage()
    sheet.drawString(50, 700, "The second page has this line and no more of it.")
    sheet.save()
    document = pdfium.PdfDocument(out.getvalue())
    document[0].set_rotation(turn)
    if crop is not None:
        document[0].set_cropbox(*crop)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data):
    return structure(readers.read_bytes(data, "a.pdf")[0])


def fact(paper, quote, table="fractures"):
    start = paper.text.index(quote)
    return Fact(table, quote, start, start + len(quote))


CROP = (30, 20, 600, 740)


@pytest.mark.parametrize(("turn", "crop"), [(0, None), (0, CROP), (90, CROP), (180, CROP), (270, CROP)])
def test_words_and_tables_lie_over_what_is_printed(turn, crop):
    data = paper(turn, crop)
    sheet = sheet_of(read(data), 1, ())
    with pdfplumber.open(io.BytesIO(data)) as document:
        image = plain_picture(document.pages[0])
        second = tables_by_lines(document.pages[0])
    dark = np.asarray(image.original.convert("L")) < 128
    for rect in (*sheet.words, *second):
        left, top, right, bottom = (round(image.scale * v) for v in (rect.x0, rect.top, rect.x1, rect.bottom))
        assert dark[top - 1 : bottom + 1, left - 1 : right + 1].any()
        dark[top - 1 : bottom + 2, left - 1 : right + 2] = False
    assert len(sheet.words) > 90 and len(second) == 1
    assert not dark.any()  # no ink beside them


def test_a_sheet_has_parts_in_reading_order_cells_and_values():
    found = read(paper())
    sheet = sheet_of(
        found, 1, [fact(found, "9.4", "labs"), fact(found, "T8 and L1")], [fact(found, "six weeks")]
    )
    assert [(v.number, v.fact.table) for v in sheet.values] == [(1, "fractures"), (2, "labs")]
    table = next(part for part in sheet.parts if part.kind is BlockKind.TABLE)
    assert len(sheet.cells) == 9 and all(inside(cell, table.rect, 3) for cell in sheet.cells)
    prose = [part for part in sheet.parts if part.kind is BlockKind.PARAGRAPH]
    assert all(part.rect.x1 < EDGES[0] or part.rect.x0 > EDGES[0] - 1 for part in prose)  # one column each
    assert [part.number for part in sheet.parts] == sorted(part.number for part in sheet.parts)
    assert len(sheet.unread) == 1 and inside(sheet.unread[0], prose[1].rect, 1)
    assert sheet_of(found, 2, [fact(found, "T8 and L1")]).values == []


def inside(inner, outer, slack):
    return (
        outer.x0 - slack <= inner.x0
        and inner.x1 <= outer.x1 + slack
        and outer.top - slack <= inner.top
        and inner.bottom <= outer.bottom + slack
    )


def test_cells_meet_in_the_white_between_them():
    words = {(0, 0): (0, 20), (0, 1): (40, 60), (1, 0): (0, 30), (1, 1): (50, 90)}
    placed = [(Cell(r, c, 0, 1), Rect(a, 10 * r, b, 10 * r + 8)) for (r, c), (a, b) in words.items()]
    rects = {(cell.row, cell.col): rect for (cell, _), rect in zip(placed, cell_rects(placed), strict=True)}
    assert rects[0, 0].x1 == rects[1, 0].x1 == rects[0, 1].x0 == rects[1, 1].x0 == 35
    assert rects[0, 0].bottom == rects[1, 1].top == 9
    turned = [(Cell(r, c, 0, 1), Rect(10 * r, a, 10 * r + 8, b)) for (r, c), (a, b) in words.items()]
    assert cell_rects(turned) == [rect for _, rect in turned]  # no grid to be seen: the words alone


def test_a_picture_has_what_became_a_row_in_red_and_a_legend():
    data = paper()
    found = read(data)
    sheet = sheet_of(found, 1, [fact(found, "T8 and L1")])
    with pdfplumber.open(io.BytesIO(data)) as document:
        image = plain_picture(document.pages[0])
        drawn = np.asarray(Image.open(io.BytesIO(picture(image, sheet, "a paper"))).convert("RGB")).astype(
            int
        )
    red = (abs(drawn - colours.VALUE) < 12).all(axis=2)
    (rect,) = sheet.values[0].rects
    left, right, middle = (round(image.scale * v) for v in (rect.x0, rect.x1, (rect.top + rect.bottom) / 2))
    assert red[middle, left - 1 : left + 3].any() and red[middle, right - 3 : right + 2].any()
    wide = image.annotated.width
    assert drawn.shape[1] > wide and red[:, wide:].any()
    for kind in (BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.CAPTION):
        frames = (abs(drawn - colours.KINDS[kind]) < 12).all(axis=2)
        assert frames[:, :wide].any() and frames[:, wide:].any()
    assert not (abs(drawn[:, wide:] - colours.KINDS[BlockKind.REFERENCE]) < 6).all(axis=2).any()


def is_red(place):
    return (abs(np.asarray(Image.open(place).convert("RGB")).astype(int) - colours.VALUE) < 12).all(axis=2)


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """Tables as a run leaves them: of a PDF with a fracture on its first page, a text, and a scan."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    (out / "text").mkdir(parents=True)
    (out / ".casebook").mkdir()
    raw.mkdir()
    (raw / "Berg 2020.pdf").write_bytes(paper())
    (raw / "letter.txt").write_text("A letter.\n")
    (out / ".casebook" / "run.json").write_text(json.dumps({"raw": str(raw)}))
    found = read(paper())
    place = fact(found, "T8 and L1")
    (out / "text" / "berg-2020.pdf.txt").write_text(found.text)
    broken = {"doc_id": "berg-2020.pdf", "case_id": "berg-2020.pdf-1", "site": "vertebra", "level": "T8"}
    listed = {
        DOCUMENTS: [
            {"doc_id": "berg-2020.pdf", "path": "Berg 2020.pdf", "pages": 2},
            {"doc_id": "letter.txt", "path": "letter.txt"},
            {"doc_id": "scan.pdf", "path": "scan.pdf", "status": "failed"},
        ],
        BY_NAME["fractures"]: [broken | {"start": place.start, "end": place.end}],
    }
    for table in TABLES:
        with (out / f"{table.name}.csv").open("w", newline="") as handle:
            writer = csv.DictWriter(handle, table.header, restval="")
            writer.writeheader()
            writer.writerows(listed.get(table, ()))
    monkeypatch.chdir(tmp_path)
    return out


def test_debug_draws_the_first_page_with_rows_or_the_one_asked_for(tables, tmp_path, capsys):
    assert cli.main(["debug", "raw/Berg 2020.pdf", "--tables", str(tables)]) == 0
    first, second = Path("berg-2020.pdf-page-1.png"), tmp_path / "b.png"
    assert capsys.readouterr().out == f"{first}\n"
    assert (
        debug("berg-2020.pdf", tables, 2, second) == second
        and Image.open(second).size == Image.open(first).size
    )
    assert is_red(second).sum() == 0 < is_red(first).sum()


def test_debug_says_what_it_cannot_draw(tables, tmp_path):
    for page in (0, 3, -1):
        with pytest.raises(UsageError, match=rf"has no page {page}: its pages are 1 to 2"):
            debug("berg-2020.pdf", tables, page)
    with pytest.raises(UsageError, match=r"is no PDF.*casebook show letter.txt --structure"):
        debug("letter.txt", tables)
    with pytest.raises(UsageError, match="no paper nobody"):
        debug("nobody", tables)
    (tables / "text" / "berg-2020.pdf.txt").write_text("Read by another version.")
    with pytest.raises(UsageError, match="run casebook again"):
        debug("berg-2020.pdf", tables)
    assert not list(tmp_path.glob("*.png"))


def test_debug_says_what_pdfplumber_cannot_open(tables, monkeypatch):
    def refuses(_):
        raise ValueError("no objects")

    monkeypatch.setattr(pdfplumber, "open", refuses)
    with pytest.raises(UsageError, match=r"pdfplumber cannot draw page 1 of .*: no objects"):
        debug("berg-2020.pdf", tables)


def test_a_scan_that_lies_askew_is_drawn_as_it_was_read(tables, tmp_path):
    """It is set straight before its words are read, so they stand over the straight picture only."""
    lines = Image.new("L", (1240, 1754), 245)
    for top in range(200, 1500, 40):
        lines.paste(30, (150, top, 1090, top + 12))
    lines.rotate(1.5, fillcolor=245).save(tmp_path / "raw" / "scan.pdf", resolution=150)
    drawn = np.asarray(Image.open(debug("scan.pdf", tables)).convert("L"))
    dark = (drawn[400:1700, 300:1300] < 100).mean(axis=1)  # of a line that is straight, all or nothing
    assert ((dark > 0.98) | (dark < 0.02)).mean() > 0.8


def test_debug_reads_a_pdf_that_is_in_no_tables(tables, tmp_path):
    (tmp_path / "other.pdf").write_bytes(paper())
    assert is_red(debug("other.pdf", tables)).sum() > is_red(debug("berg-2020.pdf", tables)).sum()

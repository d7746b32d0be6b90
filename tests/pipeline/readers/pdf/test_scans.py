# ruff: noqa: E501 - samples are easier to read unbroken
"""Scans: pages set straight, rules taken out and kept as rules, units of OCR put right, and what a run says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("reportlab", reason="reportlab sets the test papers")

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline import report
from pipeline.assemble import Totals
from pipeline.config import Config
from pipeline.errors import OCR_COMMAND, TEXTS
from pipeline.paper import BlockKind, Source
from pipeline.process import extract
from pipeline.readers.pdf import ocr, read
from pipeline.readers.pdf.ocr_words import is_doubtful_unit, is_unit, repaired
from pipeline.readers.pdf.scan_rules import straightened, take_rules
from pipeline.structure import structure

DPI = 300
ROWS = (
    ("Analyte", "Value", "Unit", "Reference range"),
    ("Calcium", "9.4", "mg/dL", "8.6-10.2"),
    ("25-hydroxyvitamin D", "12", "ng/mL", "30-80"),
    ("Alkaline phosphatase", "141", "U/L", "35-104"),
)
PROSE = (
    "A 33-year-old woman had severe back pain two months after delivery.",
    "Films showed fractures of T8 and L1. The results are shown in Table 1.",
)
EDGES = (250, 900, 1150, 1450, 1950)


@pytest.mark.parametrize(
    ("read_as", "text"),
    [
        ("g/cm?", "g/cm2"), ("g/cm*)", "g/cm2)"), ("g/em”,", "g/cm2,"), ("kg/m”.", "kg/m2."), ("mg/m?/day", "mg/m2/day"),
        ("10°/L", "10^9/L"), ("10°/L.", "10^9/L."), ("10°/uL", "10°/uL"), ("/mm?", "/mm3"), ("pg/L", "µg/L"),
        ("—3.8,", "-3.8,"), ("8.6—10.2", "8.6-10.2"), ("L4/LS", "L4/L5"),
        ("LS", "LS"), ("pain—a", "pain—a"), ("pg/mL", "pg/mL"), ("pg/day", "µg/day"), ("g/cm2", "g/cm2"), ("mm?", "mm?"), ("5cm?", "5cm?"), ("12", "12"),
        ("10%", "10%"), ("1.5m", "1.5m"), ("g/cm", "g/cm"), ("who?", "who?"), ("10”", "10”"),
    ],
)  # fmt: skip
def test_raised_digits_of_units(read_as: str, text: str) -> None:
    assert repaired(read_as) == text


def test_units_known_and_doubtful() -> None:
    assert is_unit("kg/m2.") and is_unit("(g/cm2)") and not is_unit("kg") and not is_unit("g/cm")
    assert is_doubtful_unit("g/L.") and is_doubtful_unit("pg/mL") and not is_doubtful_unit("U/L")


def font(size: int) -> ImageFont.FreeTypeFont:
    import reportlab

    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), size)


def sheet(ruled: bool = True) -> Image.Image:
    """A page at 300 dpi: prose, a caption, a table, ruled or open."""
    image = Image.new("L", (2480, 3508), 250)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(PROSE):
        draw.text((250, 400 + 70 * number), line, fill=20, font=font(42))
    draw.text((250, 620), "Table 1. Laboratory findings", fill=20, font=font(42))
    for number, row in enumerate(ROWS):
        for edge, cell in zip(EDGES, row, strict=False):
            draw.text((edge + 15, 715 + 80 * number), cell, fill=20, font=font(40))
    if ruled:
        for number in range(len(ROWS) + 1):
            draw.line((EDGES[0], 700 + 80 * number, EDGES[-1], 700 + 80 * number), fill=30, width=4)
        for edge in EDGES:
            draw.line((edge, 700, edge, 700 + 80 * len(ROWS)), fill=30, width=4)
    return image


def test_rules_are_found_and_taken_out() -> None:
    clean, across, upright = take_rules(sheet(), DPI)
    assert (len(across), len(upright)) == (len(ROWS) + 1, len(EDGES))
    assert abs(across[0].x0 - EDGES[0] * 72 / DPI) < 1 and abs(across[0].x1 - EDGES[-1] * 72 / DPI) < 1
    assert all(rule.height < 3 for rule in across) and all(rule.width < 3 for rule in upright)
    assert take_rules(clean, DPI)[1:] == ([], [])
    assert clean.getextrema()[0] < 40  # the letters are there still


def test_letters_and_pictures_are_no_rules() -> None:
    assert take_rules(sheet(ruled=False), DPI)[1:] == ([], [])
    picture = Image.new("L", (2480, 3508), 250)
    picture.paste(40, (300, 300, 1900, 1500))
    assert take_rules(picture, DPI)[1:] == ([], [])


@pytest.mark.parametrize("degrees", [-1.4, 0.6])
def test_a_page_that_lay_askew_is_set_straight(degrees: float) -> None:
    askew = sheet().rotate(degrees, fillcolor=250, resample=Image.Resampling.BICUBIC)
    _, across, upright = take_rules(straightened(askew), DPI)
    assert (len(across), len(upright)) == (len(ROWS) + 1, len(EDGES))
    assert all(rule.height < 4 for rule in across)


def test_a_straight_page_stays_as_it_is() -> None:
    image = sheet()
    assert straightened(image) is image
    blank = Image.new("L", (800, 1000), 255)
    assert straightened(blank) is blank


def scanned(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()
    return buffer.getvalue()


def as_seen(*_: Any, **__: Any) -> dict[str, list[Any]]:
    """What Tesseract would tell of the page: each column of the table is a block of its own to it."""
    found: dict[str, list[Any]] = {name: [] for name in ("text", "conf", "left", "top", "width", "height", "block_num", "par_num", "line_num")}

    def add(text: str, x: int, y: int, size: int, block: int, line: int, conf: int = 95) -> int:
        width = int(font(size).getlength(text))
        values = (text, conf, x, y + size // 5, width, size - size // 5, block, 1, line)
        for name, value in zip(found, values, strict=True):
            found[name].append(value)
        return x + width + int(font(size).getlength(" "))

    for number, words in enumerate((*PROSE, "Table 1. Laboratory findings")):
        x = 250
        for word in words.split():
            x = add(word, x, (400, 470, 620)[number], 42, 1 if number < 2 else 2, number)
    for column, edge in enumerate(EDGES[:-1]):
        for number, row in enumerate(ROWS):
            x = edge + 15
            for word in row[column].split():
                x = add(word, x, 715 + 80 * number, 40, 3 + column, number, 20 if word == "U/L" else 95)
    return found


def read_scan(ruled: bool) -> Source:
    (source,) = read(scanned(sheet(ruled)), "scan.pdf")
    return source


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "open"])
def test_tables_of_scans_go_through_the_same_grid(ruled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(pytesseract, "image_to_data", as_seen)
    source = read_scan(ruled)
    (table,) = [b for b in source.blocks if b.kind is BlockKind.TABLE]
    grid = {(cell.row, cell.col): cell.text for cell in table.cells}
    assert [[grid.get((r, c), "") for c in range(4)] for r in range(4)] == [
        [cell if cell != "U/L" else "" for cell in row] for row in ROWS]  # read at 20 of 100: left out
    labs = {(row["analyte"], row["value"], row["ref_low"], row["ref_high"]) for row in extract(structure(source), "scan")["labs"]}
    assert ("calcium", 9.4, 8.6, 10.2) in labs and ("25-hydroxyvitamin d", 12, 30, 80) in labs


@pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")
@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "open"])
def test_tables_of_scans_by_tesseract(ruled: bool) -> None:
    rows = extract(structure(read_scan(ruled)), "scan")
    assert {(row["analyte"], row["value"], row["unit"]) for row in rows["labs"]} == {
        ("calcium", 9.4, "mg/dL"), ("25-hydroxyvitamin d", 12, "ng/mL"), ("alkaline phosphatase", 141, "U/L")}
    assert {row["level"] for row in rows["fractures"]} == {"T8", "L1"}


@pytest.mark.parametrize("there", [True, False])
def test_a_run_names_the_command_that_lets_scans_be_read(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report.shutil, "which", lambda _: "/usr/bin/tesseract" if there else None)
    totals = Totals()
    totals.statuses["warning"] = 1
    totals.warnings.append(("scan.pdf", f"E07: {TEXTS['E07']} (page 1)"))
    closing = report.closing(Config(), totals, 1, 1.0)
    assert (f"To read them: {OCR_COMMAND}" in closing) is not there
    assert OCR_COMMAND in TEXTS["E07"]


def test_a_run_without_scans_names_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report.shutil, "which", lambda _: None)
    totals = Totals()
    totals.statuses["ok"] = 1
    assert OCR_COMMAND not in report.closing(Config(), totals, 1, 1.0)

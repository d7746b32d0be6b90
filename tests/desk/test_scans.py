"""A scanned page at the desk: the boxes of a row lie over its words in the picture of the page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from in_process import read_here
from lxml import html
from PIL import Image, ImageDraw, ImageFont
from starlette.testclient import TestClient

from pipeline.config import Config
from pipeline.desk.app import app
from pipeline.desk.shelf import Papers
from pipeline.desk.views import Views
from pipeline.readers.pdf import ocr

reportlab = pytest.importorskip("reportlab", reason="reportlab sets the test papers")
pytestmark = pytest.mark.skipif(not ocr.available(), reason="no Tesseract: apt install tesseract-ocr")

HOST = "127.0.0.1:8123"
LINES = (
    "A 33-year-old woman had severe back pain two months after",
    "the birth of her first child. Radiographs of the thoracic and",
    "lumbar spine showed fractures of T8 and L1. Serum calcium",
    "was 9.4 mg/dL and albumin was 4.1 g/dL. Nobody in her family",
    "had broken a bone. She was given teriparatide 20 ug daily.",
)
WIDE, HIGH, LEFT, TOP, APART, SIZE = 1654, 2339, 160, 260, 64, 36
Box = tuple[float, float, float, float]


def font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), SIZE)


def scan(degrees: float) -> bytes:
    """A page at 200 dpi, drawn and turned, as a PDF without a text layer."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    image = Image.new("L", (WIDE, HIGH), 245)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(LINES):
        draw.text((LEFT, TOP + APART * number), line, fill=20, font=font())
    image = image.rotate(degrees, fillcolor=245, resample=Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()
    return buffer.getvalue()


def drawn(word: str) -> Box:
    """Where a word was drawn, as shares of the page's sides."""
    number = next(n for n, line in enumerate(LINES) if word in line.split())
    before = LINES[number][: LINES[number].index(word)]
    left, top, right, bottom = font().getbbox(word)
    x, y = LEFT + font().getlength(before), TOP + APART * number
    return (x + left) / WIDE, (y + top) / HIGH, (x + right) / WIDE, (y + bottom) / HIGH


def shared(one: Box, other: Box) -> float:
    """The share of the smaller box that lies in the other one."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    areas = [(x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (one, other)]
    return max(0.0, wide) * max(0.0, high) / min(areas)


def ink(picture: Image.Image, x0: float, y0: float, x1: float, y1: float) -> float:
    """Share of dark dots inside a box."""
    wide, high = picture.size
    dots = picture.crop((int(x0 * wide), int(y0 * high), int(x1 * wide), int(y1 * high))).tobytes()
    return sum(dot < 128 for dot in dots) / len(dots)


def fits(picture: Image.Image, box: Box) -> bool:
    """Whether a word is drawn inside the box, with nothing above, below and close to the left of it."""
    x0, y0, x1, y1 = box
    near, far = 0.2 * (y1 - y0), 0.6 * (y1 - y0)
    around = (x0, y0 - far, x1, y0 - near), (x0, y1 + near, x1, y1 + far), (x0 - 0.2 * near, y0, x0, y1)
    return ink(picture, *box) > 0.08 and not any(ink(picture, *edge) for edge in around)


@pytest.mark.parametrize("degrees", [0.0, 1.4, -1.4])
def test_the_box_of_a_row_lies_over_its_words_in_the_picture_be_it_askew(tmp_path, degrees):
    from pipeline.run import run

    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/scan.pdf").write_bytes(scan(degrees))
    config = Config(tmp_path / "raw", tmp_path / "extracted", 1, quiet=True)
    with read_here():
        run(config, None)
    views = Views(config.state / "desk", "program")
    desk = TestClient(
        app(Papers.of(config), views, "Anna", "t", frozenset({HOST})), base_url=f"http://{HOST}"
    )
    try:
        page = html.fromstring(desk.get("/t/paper/scan.pdf/words/1").text)
        picture = Image.open(io.BytesIO(desk.get("/t/paper/scan.pdf/page/1.png").content)).convert("L")
    finally:
        views.close()
    marked = {}
    for word in page.xpath("//span[@data-r]"):
        left, top, wide, high = (int(part) / 10_000 for part in word.get("data-at").split())
        marked[word.text] = (left, top, left + wide, top + high)
    asked = {"33-year-old", "9.4", "4.1", "T8", "teriparatide"}
    assert asked <= marked.keys()
    for word in asked:
        assert shared(marked[word], drawn(word)) > 0.8, (word, marked[word], drawn(word))
        assert fits(picture, marked[word]), word

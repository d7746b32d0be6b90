"""Test papers that are no plain text: scans, locked files, fonts without a character map."""

from __future__ import annotations

import io
import textwrap
from pathlib import Path

import reportlab
from make_papers import BODY
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def page_image(text: str) -> Image.Image:
    """A grey picture of a page at 200 dpi with the text on it."""
    image = Image.new("L", (1654, 2339), 245)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_FONT), 30)
    y = 180
    for line in textwrap.wrap(text, 72):
        draw.text((160, y), line, fill=20, font=font)
        y += 46
    return image


def scanned(cover: bool) -> bytes:
    """A scanned page, behind a text cover sheet if wanted."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    if cover:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 700, "Supplied by the interlibrary loan service for private study only.")
        canvas.showPage()
    canvas.drawImage(ImageReader(page_image(f"{BODY[1]} {BODY[4]}")), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked(password: str) -> bytes:
    """A page of text, encrypted."""
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer, pagesize=A4, encrypt=StandardEncryption(password, ownerPassword="owner", strength=128)
    )
    _lines(canvas, "Times-Roman")
    canvas.save()
    return buffer.getvalue()


def unmapped_font() -> bytes:
    """A page whose font is a subset that counts its glyphs from 0 and does not say what they mean."""
    if "Unmapped" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Unmapped", str(_FONT.with_name("VeraBd.ttf")), asciiReadable=False))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    _lines(canvas, "Unmapped")
    canvas.save()
    return buffer.getvalue().replace(b"/ToUnicode", b"/ToUnicodX")


def _lines(canvas: Canvas, font: str) -> None:
    canvas.setFont(font, 11)
    y = 760
    for line in textwrap.wrap(f"{BODY[1]} {BODY[2]}", 80):
        canvas.drawString(72, y, line)
        y -= 15

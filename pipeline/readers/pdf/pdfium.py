"""All ink of one page, read through PDFium's C interface in as few calls as possible."""

from __future__ import annotations

import pypdfium2 as pdfium

from pipeline.readers.pdf.capi import Frame
from pipeline.readers.pdf.glyphs import read_words
from pipeline.readers.pdf.ink import PageInk
from pipeline.readers.pdf.strokes import read_strokes

#: Points; the largest page that PDF 1.7 allows (annex C).
MAX_SIDE = 14_400.0


def read_page(document: pdfium.PdfDocument, number: int) -> PageInk:
    """Everything on page `number` (1-based). The page is closed again before this returns.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded or has no usable size.
    """
    page = document[number - 1]
    try:
        frame = Frame(page)
        if not (0 < frame.width <= MAX_SIDE and 0 < frame.height <= MAX_SIDE):
            raise pdfium.PdfiumError(f"page {number} has no usable size")
        ink = PageInk(number, frame.width, frame.height)
        text_page = page.get_textpage()
        try:
            read_words(text_page.raw, frame, ink)
        finally:
            text_page.close()
        read_strokes(page.raw, frame, ink)
        return ink
    finally:
        page.close()

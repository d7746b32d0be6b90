"""All ink of one page, read through PDFium's C interface in as few calls as possible."""

from __future__ import annotations

import pypdfium2 as pdfium

from pipeline.readers.pdf.capi import Frame
from pipeline.readers.pdf.glyphs import read_words
from pipeline.readers.pdf.ink import PageInk
from pipeline.readers.pdf.strokes import read_strokes


def read_page(document: pdfium.PdfDocument, number: int) -> PageInk:
    """Everything on page `number` (1-based). The page is closed again before this returns.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded.
    """
    page = document[number - 1]
    try:
        frame = Frame(page)
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

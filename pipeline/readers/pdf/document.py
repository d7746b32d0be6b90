"""One PDF from its bytes to a `Source`."""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.paper import Source
from pipeline.readers.pdf import assemble, ocr
from pipeline.readers.pdf.blocks import Chunk
from pipeline.readers.pdf.info import read_info
from pipeline.readers.pdf.ink import PageInk
from pipeline.readers.pdf.kinds import classify
from pipeline.readers.pdf.pdfium import read_page
from pipeline.readers.pdf.troubles import Troubles

#: Pages whose words are held at a time: running heads are compared within such a run.
_RUN = 32
_UNMAPPED = 0.3  # share of characters without meaning from which a page counts as unreadable


def read_document(data: bytes, name: str) -> Source:
    """Read a PDF into blocks. See `pipeline.readers.pdf.read` for the errors."""
    document = _open(data)
    try:
        pages = len(document)
        count = min(pages, caps().pdf_pages)
        if not count:
            raise ReadError("E03", "no page")
        troubles = Troubles(beyond=range(count + 1, pages + 1))
        chunks, first_pages = _read_pages(document, count, troubles)
        if len(troubles.lost) == count:
            raise ReadError("E03", "no page can be read")
        metadata = read_info(document, first_pages)
    finally:
        document.close()
    if not chunks and not (troubles.scans or troubles.unmapped):
        raise ReadError("E07", "no text on any page")
    chunks.reverse()
    blocks = tuple(assemble.source_block(chunks.pop()) for _ in range(len(chunks)))  # each chunk is let go
    return Source("pdf", blocks, metadata, pages=pages, warnings=troubles.warnings(data, pages))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise ReadError("E04") from error
        raise ReadError("E03", str(error)) from error


def _read_pages(document: pdfium.PdfDocument, count: int, troubles: Troubles) -> tuple[list[Chunk], str]:
    """All chunks in reading order with their kinds, and the words of the first two pages."""
    body, font = 0.0, ""
    chunks: list[Chunk] = []
    first_pages = ""
    for first in range(1, count + 1, _RUN):
        pages = [_page(document, n, troubles) for n in range(first, min(first + _RUN, count + 1))]
        if not first_pages:
            first_pages = " ".join(word.text for ink in pages[:2] for word in ink.words)
        if not body:
            body, font = assemble.body_type(pages)
        chunks += assemble.chunks_of(pages, body, font)
    classify(chunks, body, font)
    return assemble.merged(assemble.continued(chunks)), first_pages


def _page(document: pdfium.PdfDocument, number: int, troubles: Troubles) -> PageInk:
    try:
        ink = read_page(document, number)
    except pdfium.PdfiumError:
        troubles.lost.append(number)
        return PageInk(number, 595.0, 842.0)
    troubles.look(ink)
    unmapped = ink.characters > 20 and ink.unmapped > _UNMAPPED * ink.characters
    if unmapped or is_scan(ink):
        read = False
        if ocr.available():
            try:
                read = ocr.read_page(document, ink)
            except (RuntimeError, OSError, pdfium.PdfiumError):
                read = False
        if read:
            troubles.by_ocr.append(number)
        else:
            (troubles.unmapped if unmapped else troubles.scans).append(number)
            ink.words = [] if unmapped else ink.words
    return ink


def is_scan(ink: PageInk) -> bool:
    """Whether a page is a picture of a page: one large image (or strips) and next to no text."""
    page = ink.width * ink.height
    shown = sum(min(r.width * r.height, page) for r in ink.images) / max(page, 1.0)
    return (ink.characters < 30 and shown > 0.3) or (ink.characters < 250 and shown > 0.75)

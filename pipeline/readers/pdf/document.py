"""One PDF from its bytes to a `Source`."""

from __future__ import annotations

import pypdfium2 as pdfium

from pipeline.paper import Source
from pipeline.readers.pdf import assemble
from pipeline.readers.pdf.pdfium import read_page

#: Pages whose words are held at a time: running heads are compared within such a run.
_RUN = 32


def read_document(data: bytes, name: str) -> Source:
    """Read a PDF into blocks. See `pipeline.readers.pdf.read` for the errors."""
    document = pdfium.PdfDocument(data)
    try:
        count = len(document)
        blocks = []
        body, font = 0.0, ""
        chunks = []
        for first in range(1, count + 1, _RUN):
            pages = [read_page(document, n) for n in range(first, min(first + _RUN, count + 1))]
            if not body:
                body = assemble.body_size(pages)
                font = assemble.body_font(pages, body)
            chunks += assemble.chunks_of(pages, body)
        assemble.classify(chunks, body, font)
        chunks = assemble.merged(chunks)
        blocks = [assemble.source_block(chunk) for chunk in chunks]
    finally:
        document.close()
    return Source("pdf", tuple(blocks), pages=count)

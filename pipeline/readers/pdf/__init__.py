"""The PDF reader: words in reading order, tables as cells, page furniture set aside."""

from __future__ import annotations

from pipeline.paper import Source
from pipeline.readers.pdf.document import read_document


def read(data: bytes, name: str) -> list[Source]:
    """Read one PDF.

    Args:
        data: the file's bytes.
        name: the file's name, for messages only.

    Returns:
        One `Source`; its warnings tell what could not be read.

    Raises:
        pipeline.errors.ReadError: E03 broken or cut off, E04 encrypted with a password, E07 no text.
    """
    return [read_document(data, name)]

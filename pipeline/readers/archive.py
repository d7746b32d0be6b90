"""Gzip-compressed files of all formats. Other archives are refused with a word on what to do."""

from __future__ import annotations

import zlib

from pipeline.errors import ReadError
from pipeline.paper import Source
from pipeline.readers.limits import MAX_EXPANDED, MAX_RATIO, MIN_SUSPICIOUS

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file inside a gzip file, which may be compressed twice.

    Raises ReadError E02 (a ZIP that is no DOCX), E03 (cut off or damaged), E06 (a bomb).
    """
    from pipeline.readers import read_bytes  # noqa: PLC0415 - the dispatcher imports this module

    if not data.startswith(_GZIP):
        raise ReadError("E02", "an archive; unpack it")
    inner = expand(data)
    if inner.startswith(_GZIP):
        inner = expand(inner)
    if inner.startswith(_GZIP):
        raise ReadError("E06", "compressed more than twice")
    return read_bytes(inner, name[:-3] if name.lower().endswith(".gz") else name)


def expand(data: bytes) -> bytes:
    """The bytes inside a gzip file, several members one after the other included.

    Never holds more than the limits allow. Raises ReadError E03 and E06.
    """
    limit = min(MAX_EXPANDED, max(MIN_SUSPICIOUS, len(data) * MAX_RATIO))
    chunks: list[bytes] = []
    size = 0
    rest = data
    while rest.startswith(_GZIP):
        member = zlib.decompressobj(wbits=31)
        pending = rest
        while not member.eof:
            try:
                chunk = member.decompress(pending, _CHUNK)
            except zlib.error as error:
                raise ReadError("E03", f"gzip: {error}") from error
            size += len(chunk)
            if size > limit:
                raise ReadError("E06", f"expands to more than {limit:,} bytes")
            chunks.append(chunk)
            pending = member.unconsumed_tail
            if not chunk and not pending and not member.eof:
                raise ReadError("E03", "gzip: the file is cut off")
        rest = member.unused_data
    return b"".join(chunks)

"""Gzip-compressed files of all formats. Other archives are refused with a word on what to do."""

from __future__ import annotations

import zlib
from dataclasses import replace

from pipeline.caps import caps
from pipeline.errors import ReadError, warning
from pipeline.paper import Source

_GZIP = b"\x1f\x8b"
#: bytes that go into and come out of zlib at a time
_CHUNK = 1 << 15
#: below this size no growth is suspicious
_UNSUSPICIOUS = 10_000_000


def read(data: bytes, name: str) -> list[Source]:
    """The records of the file inside a gzip file, which may be compressed twice.

    Raises ReadError E02 (a tar archive, a ZIP that is no DOCX), E03 (cut off or damaged), E06 (a bomb).
    """
    from pipeline.readers import read_bytes  # noqa: PLC0415 - the dispatcher imports this module

    if data[257:262] == b"ustar":
        raise ReadError("E02", "a tar archive; unpack it, or run with --cluster local")
    if not data.startswith(_GZIP):
        raise ReadError("E02", "an archive; unpack it")
    inner, left = expand(data)
    if inner.startswith(_GZIP):
        inner, more = expand(inner)
        left += more
    if inner.startswith(_GZIP):
        raise ReadError("E06", "compressed more than twice")
    sources = read_bytes(inner, name[:-3] if name.lower().endswith(".gz") else name)
    if not left:
        return sources
    told = warning("E03", f"the last {left:,} bytes are not compressed and were not read")
    return [replace(source, warnings=(*source.warnings, told)) for source in sources]


def may_expand_to(size: int) -> int:
    """The most bytes that `size` compressed ones may become before they count as a bomb."""
    return min(caps().expanded_bytes, max(_UNSUSPICIOUS, size * caps().expansion))


def expand(data: bytes) -> tuple[bytes, int]:
    """The bytes inside a gzip file, its members one after the other, and how many bytes follow the last.

    Zero bytes behind the last member (tapes, downloads) do not count. Never holds more than the caps
    allow. Raises ReadError E03 and E06.
    """
    limit = may_expand_to(len(data))
    chunks: list[bytes] = []
    size = position = 0
    while data.startswith(_GZIP, position):
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            pending = member.unconsumed_tail
            if not pending:
                pending = data[position : position + _CHUNK]
                position += len(pending)
                if not pending:
                    raise ReadError("E03", "gzip: the file is cut off")
            try:
                chunk = member.decompress(pending, _CHUNK)
            except zlib.error as error:
                raise ReadError("E03", f"gzip: {error}") from error
            size += len(chunk)
            if size > limit:
                raise ReadError("E06", f"expands to more than {limit:,} bytes")
            chunks.append(chunk)
        position -= len(member.unused_data)
    return b"".join(chunks), len(data[position:].strip(b"\0"))

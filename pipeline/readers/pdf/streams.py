"""The streams of a PDF's bytes: where they begin, and whether their compression is whole.

PDFium shows what it can of a broken stream and says nothing; zlib does.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"(?<![a-z])stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
#: pictures, colours and notes about the file: no text is lost with them
_NO_TEXT = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/Metadata\b|/(?:Alternate|FunctionType|ShadingType)\b")
_FILTERS = frozenset(
    b"FlateDecode Fl ASCII85Decode A85 ASCIIHexDecode AHx LZWDecode LZW RunLengthDecode RL CCITTFaxDecode CCF"
    b" JBIG2Decode DCTDecode DCT JPXDecode Crypt".split()
)
_DRAWS_TEXT = re.compile(rb"\b(?:BT|Tj|TJ|Tf)\b")
_ZEROS = bytes(64)
_BLANKS = b" \t\n\r"  # PDFium takes any other byte as the end of the data
#: bytes of a dictionary, and of one stream, that are looked at for damage (PDFium reads all): what is larger
#: is no text
_LONGEST_HEAD = 8_192
_MOST = 50_000_000


def streams_in(data: bytes) -> Iterator[int]:
    """Where the streams of a file begin."""
    return (match.end() for match in _STREAM.finditer(data))


def dictionary_before(data: bytes, start: int) -> bytes:
    """The dictionary of the stream that begins at `start`."""
    mark = data.rfind(b"obj", max(0, start - _LONGEST_HEAD), start)
    return data[mark + 3 : start] if mark >= 0 else b""


def is_whole(data: bytes, start: int) -> bool:
    """Whether a stream that may hold text can be read to its end; True where that does not show."""
    head = dictionary_before(data, start)
    if not head or _NO_TEXT.search(head):
        return True
    names = _filters(head)
    if not names:
        end = data.find(b"endstream", start)
        content = data[start : end if end >= 0 else len(data)]
        return not (b"/Filter" in head or _is_packed(content) or _is_holed(content))
    if not _FILTERS.issuperset(names):
        return False
    if names[-1] not in (b"FlateDecode", b"Fl") or names[:-1] not in ([], [b"ASCII85Decode"], [b"A85"]):
        return True
    return inflated(data, start) is not None


def inflated(data: bytes, start: int) -> bytes | None:
    """The bytes of a compressed stream; None where they break off or their checksum is not theirs."""
    if _filters(dictionary_before(data, start))[:1] in ([b"ASCII85Decode"], [b"A85"]):
        end = data.find(b"~>", start)
        try:
            return _inflate(base64.a85decode(data[start:end] if end >= 0 else b"", ignorechars=_BLANKS))
        except ValueError:
            return None
    return _inflate(memoryview(data)[start:])


def _inflate(data: bytes | memoryview) -> bytes | None:
    """A zlib stream to its end; one whose checksum was never written is whole as well."""
    expander = zlib.decompressobj()
    try:
        words = expander.decompress(data[:_MOST], _MOST)
    except zlib.error:
        return _without_checksum(data)
    return words if expander.eof or len(words) == _MOST else None


def _without_checksum(data: bytes | memoryview) -> bytes | None:
    """A stream that lacks its last four bytes, as some programs write them."""
    expander = zlib.decompressobj(wbits=-15)
    try:
        words = expander.decompress(data[2:_MOST], _MOST)
    except zlib.error:
        return None
    behind = bytes(expander.unused_data[:12]).lstrip(b"\r\n")
    return words if expander.eof and behind.startswith(b"endstream") else None


def _filters(head: bytes) -> list[bytes]:
    stated = _FILTER.search(head)
    return _NAME.findall(stated[1]) if stated else []


def _is_packed(content: bytes) -> bool:
    """Whether commands without a filter are packed all the same, so that their dictionary lost its filter."""
    return content.rstrip(_BLANKS).endswith(b"~>") or (content[:1] == b"x" and _inflate(content) is not None)


def _is_holed(content: bytes) -> bool:
    """Whether a page's uncompressed commands have a run of zero bytes, as lost blocks of a disk have."""
    return _ZEROS in content and (bool(_DRAWS_TEXT.search(content)) or not content.strip(b"\0\r\n"))

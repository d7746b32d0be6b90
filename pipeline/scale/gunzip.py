"""A gzip file as a stream of the bytes inside, up to where it is damaged, cut off or a bomb."""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO, cast

from pipeline.caps import caps
from pipeline.errors import ReadError

MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 18
#: below this size no growth is suspicious
_UNSUSPICIOUS = 10_000_000


class Gunzip(io.RawIOBase):
    """The bytes inside the gzip members of `source`.

    Where these cannot be read on, the stream ends, so that nobody loses what came before, and `problem`
    says why: a ReadError E03 or E06, or what `source` raised. `damaged`: any byte that came before may be
    wrong, too, since zlib goes on behind most damage and sees it by the checksum at the end.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._member = zlib.decompressobj(wbits=31)
        self._begun = False  # whether a member is in the middle
        self._left = b""
        self._in = self._out = 0
        self.problem: ReadError | None = None
        self.damaged = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes, as many as there are room for; 0 at the end."""
        if self.problem is None:
            try:
                return self._filled(buffer)
            except ReadError as error:
                self.problem = error
        return 0

    def _filled(self, buffer: Any) -> int:
        while True:
            data = self._left or self._source.read(_CHUNK)
            if not data:
                if self._begun:
                    raise ReadError("E03", "gzip: the file is cut off")
                return 0
            self._in += 0 if self._left else len(data)
            if not self._begun and not data.strip(b"\0"):  # what tapes and downloads put behind
                self._left = b""
                continue
            found = self._expanded(data, len(buffer))
            if found:
                buffer[: len(found)] = found
                return len(found)

    def _expanded(self, data: bytes, most: int) -> bytes:
        self._begun = True
        try:
            found = self._member.decompress(data, most)
        except zlib.error as error:
            self.damaged = True
            raise ReadError("E03", f"gzip: {error}") from error
        self._left = self._member.unconsumed_tail
        if self._member.eof:
            self._left, self._begun = self._member.unused_data, False
            self._member = zlib.decompressobj(wbits=31)
        self._out += len(found)
        if self._out > max(_UNSUSPICIOUS, self._in * caps().expansion):
            raise ReadError("E06", f"expands to more than {caps().expansion} times its size")
        return found


def opened(handle: BinaryIO) -> tuple[BinaryIO, Gunzip | None]:
    """A stream's bytes, expanded where it is a gzip file, and what expands them."""
    head = (
        handle if isinstance(handle, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", handle))
    )
    if head.peek(2)[:2] != MAGIC:
        return head, None
    inside = Gunzip(head)
    return io.BufferedReader(inside, 1 << 18), inside

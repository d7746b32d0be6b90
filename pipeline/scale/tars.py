"""The articles of a tar archive, read as a stream: nothing is unpacked, memory stays that of one article."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from pipeline.caps import caps
from pipeline.counted import several
from pipeline.errors import ReadError
from pipeline.plan import is_junk, printable
from pipeline.scale.piece import Piece

#: the files of an archive that are articles: JATS, and the plain texts that PubMed Central has too
_ARTICLES = (".xml", ".nxml", ".txt")
_ALL_ENDS = f"{', '.join(_ARTICLES[:-1])} or {_ARTICLES[-1]}"
#: bytes of a header that tells a long name or the like
_MOST_HEADER = 1 << 20
#: bytes of a file in an archive: to skip one that only claims so many takes tarfile a second
_MOST_SKIPPED = 1 << 36
_BLOCK = 1 << 20


class _Damaged(Exception):
    """A header that is none."""


class _Careful(tarfile.TarInfo):
    """A member's header. tarfile itself takes a damaged one for the end, and reads a long one whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> tarfile.TarInfo:  # type: ignore[override]
        """See tarfile. Raises _Damaged too."""
        try:
            found = super().frombuf(buf, encoding, errors)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise _Damaged(str(error)) from error
        if found.size > _MOST_SKIPPED:
            raise _Damaged(f"a file of {found.size:,} bytes")
        if not found.isreg() and not found.issparse() and found.size > _MOST_HEADER:
            raise _Damaged("a header of more than a megabyte")
        return found


def articles(handle: BinaryIO) -> Iterator[Piece]:
    """The articles of an archive in its order.

    Raises ReadError E03 where it is damaged, and E12 where it has other files alone.
    """
    most, found, others = caps().file_bytes, 0, 0
    try:
        with tarfile.open(fileobj=handle, mode="r|", bufsize=_BLOCK, tarinfo=_Careful) as archive:
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # tarfile would keep each
                name = printable(member.name.removeprefix("./"))
                if not _is_article(member, name):
                    others += member.isreg()
                    continue
                found += 1
                if member.size > most:
                    yield Piece(name, b"", str(ReadError("E06", f"more than {most:,} bytes")))
                    continue
                yield Piece(name, _whole(archive, member))
    except (_Damaged, tarfile.TarError) as error:
        raise ReadError("E03", f"tar: {error}") from error
    if others and not found:
        raise ReadError("E12", f"tar: no {_ALL_ENDS} among {several(others, 'file')}: unpack it")


def _is_article(member: tarfile.TarInfo, name: str) -> bool:
    if not member.isreg() or member.issparse() or not name.lower().endswith(_ARTICLES):
        return False
    return not any(map(is_junk, name.split("/")))


def _whole(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    found = archive.extractfile(member)
    data = cast("BinaryIO", found).read()
    if len(data) < member.size:
        raise ReadError("E03", "tar: the file is cut off")
    return data

"""The records of a large XML file (PubMed's baseline, Europe PMC's archive), each as a document of its own.

The bytes between two tags are cut out as they are, so that damage in one record harms no other one, and a
file of any size is read in the memory of one record. DOCTYPE and entities are never looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.caps import caps
from pipeline.errors import ReadError
from pipeline.readers.record import pmcid_in, pmid_in
from pipeline.scale.piece import Piece

_CHUNK = 1 << 20
_BEGIN = re.compile(rb"<(PubmedArticle|PubmedBookArticle|article)(?=[\s>])")
#: what may be cut at the end of a chunk
_LONGEST_TAG = 64
_HEAD = 65_536
_ROOT = re.compile(rb"<(?![?!])([\w:.-]+)[^<>]*>")
_DECLARATION = re.compile(rb"\A\s*(<\?xml\b[^<>]{0,400}\?>)")
_PMID = re.compile(rb"<PMID(?:\s[^<>]*)?>([^<>]*)<")
_ARTICLE_ID = re.compile(rb"<article-id\s[^<>]*pub-id-type=[\"'](pmid|pmcid|pmc|pmcaid)[\"'][^<>]*>([^<>]*)<")
_END_OF_FRONT = b"</article-meta>"


def records(handle: BinaryIO) -> Iterator[Piece]:
    """The records of a file; `name` is what `pipeline.readers.record.with_suffixes` calls them.

    Raises ReadError E03 for a file that ends within a record, and E12 for one without any.
    """
    cutter = _Cutter(handle)
    seen: Counter[str] = Counter()
    number = 0
    held: Piece | None = None
    for number, data in enumerate(cutter.documents(), 1):
        if not data:
            problem = str(ReadError("E06", f"more than {caps().markup_bytes:,} bytes"))
            piece = Piece(str(number), b"", problem)
        else:
            name = _identifier(data) or str(number)
            seen[name] += 1
            piece = Piece(name if seen[name] == 1 else f"{name}-{seen[name]}", data)
        if number == 1:
            held = piece
            continue
        if held:
            yield held
            held = None
        yield piece
    if held:
        yield Piece("", held.data, held.problem)  # the only record of a file has the file's name
    if not number:
        raise ReadError("E12", "XML without an article")


class _Cutter:
    """Documents out of a stream: a record's bytes within the tags of its root."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._buffer = b""
        self._place = 0  # what is before it is done with
        self._before = self._behind = b""
        self._ended = False  # whether the end of the root was seen

    def documents(self) -> Iterator[bytes]:
        """Each record as a document, none for one that is too large."""
        first = True
        while (match := self._begin(first)) is not None:
            if first:
                self._wrap(self._buffer[: match.start()], match[1])
                first = False
            self._place = match.start()
            yield self._record(b"</" + match[1] + b">")

    def _begin(self, first: bool) -> re.Match[bytes] | None:
        """Where the next record begins; None where there is none."""
        while (match := _BEGIN.search(self._buffer, self._place)) is None:
            if self._behind and self._behind in self._buffer[self._place :]:
                self._ended = True
            if not first or len(self._buffer) > _HEAD:
                self._place = max(self._place, len(self._buffer) - _LONGEST_TAG)
            if not self._more(keep=first):
                if self._behind and not self._ended:
                    raise ReadError("E03", "the file is cut off")
                return None
        return match

    def _more(self, *, keep: bool = False) -> bool:
        """Read on; what is done with is dropped."""
        data = self._handle.read(_CHUNK)
        if keep and len(self._buffer) <= _HEAD:
            self._buffer += data
        else:
            self._buffer, self._place = self._buffer[self._place :] + data, 0
        return bool(data)

    def _wrap(self, before: bytes, record: bytes) -> None:
        """What stands around each record: the declaration, for its encoding, and the root's tag."""
        declaration = _DECLARATION.match(before)
        root = _ROOT.search(before, declaration.end() if declaration else 0)
        self._before = declaration[1] if declaration else b""
        if root and root[1] != record:
            self._before += root[0]
            self._behind = b"</" + root[1] + b">"

    def _record(self, end: bytes) -> bytes:
        """The bytes up to the end of the record that begins here; none of one that is too large."""
        most, skipped, parts, looked = caps().markup_bytes, 0, [], self._place
        while (found := self._buffer.find(end, looked)) < 0:
            looked = max(self._place, len(self._buffer) - len(end))
            skipped += looked - self._place
            parts.append(self._buffer[self._place : looked])
            if skipped > most:
                parts.clear()
            self._place = looked
            if not self._more():
                raise ReadError("E03", "the file is cut off")
            looked = 0
        stop = found + len(end)
        skipped += stop - self._place
        parts.append(self._buffer[self._place : stop])
        self._place = stop
        return b"" if skipped > most else b"".join((self._before, *parts, self._behind))


def _identifier(data: bytes) -> str:
    """PMID, else PMCID, as the readers find them."""
    found = _PMID.search(data)
    if found:
        return pmid_in(found[1].decode("utf-8", "replace"))
    told = {kind: text.decode("utf-8", "replace") for kind, text in
            _ARTICLE_ID.findall(data[: data.find(_END_OF_FRONT)])}  # fmt: skip
    pmcid = told.get(b"pmcid") or told.get(b"pmc") or told.get(b"pmcaid")
    return pmid_in(told.get(b"pmid")) or pmcid_in(pmcid).lower()

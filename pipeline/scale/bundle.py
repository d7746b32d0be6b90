"""What was found in a shard, as one file: its papers' entries (see pipeline.cache), one after the other.

A bundle is gzip members in a row, so that `zcat` prints it: first one line that lists the papers, sealed as
the lines of an entry are, then each paper's entry. The list has the heads of a paper's records, and the
length and the digest of its member, so that entries go from an old bundle into a new one as they are. A
bundle that is cut, damaged or of another program counts as not there.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.cache import BadEntry, Cache, Head, Patient
from pipeline.config import STATE
from pipeline.errors import OutputError
from pipeline.scale.extracted import Extracted, Noted, Reader
from pipeline.scale.shard import Member
from pipeline.scale.storage import MissingError, Storage
from pipeline.schema import DOCUMENTS

#: in an output folder
FOLDER = f"{STATE}/bundles"
_SUFFIX = ".jsonl.gz"
#: of 1 to 9: three times as quick as 9, and 5 % larger
_LEVEL = 4
_CHUNK = 1 << 16
#: bytes of a list of papers; none is near that
_MOST_LISTED = 1 << 28


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper in a bundle: whose it is, what it is valid for, bytes and digest of its gzip member.

    `state` is that of the `Member`; `sha256` is of the file's bytes, "" for an entry that never holds;
    `limits` are those of a failure that holds for them alone (seconds, MiB); `left_out` of its records do
    not fit `--only`. `heads` are those of its records, as JSON has them: the cells of documents.csv, and the
    patients.
    """

    doc_id: str
    shown: str
    state: str
    sha256: str
    limits: list[float] | None
    length: int
    digest: str
    left_out: int = 0
    heads: Sequence[Any] = ()


_LISTED = tuple(field.name for field in fields(Kept))


@dataclass(frozen=True, slots=True)
class Bundles:
    """The bundles of an output folder, under the key of one program (see `pipeline.fingerprint`)."""

    storage: Storage
    program: str

    def listed(self) -> Iterator[str]:
        """Those that are there, in no order. Raises ReadError."""
        for found in self.storage.list(FOLDER):
            if found.name.endswith(_SUFFIX):
                yield found.name[len(FOLDER) + 1 : -len(_SUFFIX)]

    def reader(self, key: str) -> Reader:
        """What the global step takes of a shard."""
        return Reader(partial(self.heads, key), partial(self.read, key))

    def heads(self, key: str) -> Iterator[Noted]:
        """The head of every record of a shard. Raises BadEntry and ReadError, as `read` does."""
        with self._opened(key) as handle:
            listed, _ = self._listed(key, handle)
        for kept in listed:
            for number, told in enumerate(kept.heads):
                yield Noted(kept.doc_id, number, _head(told, kept.shown))

    def read(self, key: str) -> Iterator[Extracted]:
        """Every record of a shard. Raises BadEntry for a bundle that is missing or damaged, and ReadError."""
        cache = Cache(Path(), self.program)
        for kept, block in self.blocks(key):
            try:
                entry = io.BytesIO(gzip.decompress(block))
            except (OSError, EOFError, zlib.error) as error:
                raise BadEntry(kept.doc_id) from error
            for number, stored in enumerate(cache.records(kept.doc_id, kept.shown, entry)):
                yield Extracted(kept.doc_id, number, stored)

    def blocks(self, key: str) -> Iterator[tuple[Kept, bytes]]:
        """Every entry as it is kept, its digest checked. Raises BadEntry and ReadError, as `read` does."""
        with self._opened(key) as handle:
            listed, rest = self._listed(key, handle)
            for kept in listed:
                rest += handle.read(max(0, kept.length - len(rest)))
                block, rest = rest[: kept.length], rest[kept.length :]
                if _digest(block) != kept.digest:
                    raise BadEntry(kept.doc_id)
                yield kept, block

    def _opened(self, key: str) -> BinaryIO:
        try:
            return self.storage.open(name_of(key))
        except MissingError as error:
            raise BadEntry(key) from error

    def _listed(self, key: str, handle: BinaryIO) -> tuple[list[Kept], bytes]:
        """The papers of a bundle, and what was read behind the list of them."""
        unpack, line = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
        try:
            while not unpack.eof and len(line) < _MOST_LISTED:
                data = unpack.unconsumed_tail or handle.read(_CHUNK)
                if not data:
                    break
                line += unpack.decompress(data, _MOST_LISTED)
        except zlib.error as error:
            raise BadEntry(key) from error
        told = Cache(Path(), self.program).parsed(key, "papers", line)
        return [Kept(**one) for one in told["papers"]], unpack.unused_data

    def put(self, key: str, local: Path) -> None:
        """Put a bundle in place, whole or not at all. Raises OutputError."""
        self.storage.put(local, name_of(key))

    def remove(self, key: str) -> None:
        """Remove a bundle, which need not be there. Raises OutputError."""
        self.storage.remove(name_of(key))


class Spool:
    """Entries of a program on their way into a bundle, in one local file. Methods raise OutputError."""

    def __init__(self, program: str, place: Path) -> None:
        self._program, self._place = program, place
        self._found: dict[str, tuple[Kept, int]] = {}
        try:
            self._handle = place.open("w+b")
        except OSError as error:
            raise OutputError.of(error, place) from error

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.close()
        self._place.unlink(missing_ok=True)

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._found

    def get(self, doc_id: str) -> Kept | None:
        """What is known of a paper's entry, None where there is none yet."""
        found = self._found.get(doc_id)
        return found and found[0]

    def keep(self, kept: Kept, block: bytes) -> None:
        """Take an entry as it was in an older bundle."""
        try:
            start = self._handle.seek(0, io.SEEK_END)
            self._handle.write(block)
        except OSError as error:
            raise OutputError.of(error, self._place) from error
        self._found[kept.doc_id] = (kept, start)

    def add(self, member: Member, entry: bytes, heads: Iterable[Head], left_out: int = 0) -> None:
        """Take the entry of a paper that was read just now, with the heads of its records."""
        head = Cache(Path(), self._program).head_of(member.doc_id, entry)
        block = gzip.compress(entry, _LEVEL, mtime=0)
        digest, limits = head["sha256"], head["limits"]
        told = (member.doc_id, member.shown, member.state, digest, limits, len(block), _digest(block))
        self.keep(Kept(*told, left_out, [_told(head) for head in heads]), block)

    def still(self, member: Member) -> None:
        """The entry of a paper holds for the member as it is today."""
        kept, start = self._found[member.doc_id]
        self._found[member.doc_id] = (replace(kept, shown=member.shown, state=member.state), start)

    def listed(self, members: Iterable[Member]) -> list[Kept]:
        """The papers as a bundle would list them."""
        return [self._found[member.doc_id][0] for member in members]

    def bundle(self, key: str, members: Iterable[Member]) -> Path:
        """The bundle as a local file beside the spool."""
        wanted = [self._found[member.doc_id] for member in members]
        listed = [{name: getattr(kept, name) for name in _LISTED} for kept, _ in wanted]
        papers = json.dumps({"papers": listed}, separators=(",", ":"))
        line = Cache(Path(), self._program).sealed(key, "papers", papers.encode())
        place = self._place.with_suffix(".bundle")
        try:
            with place.open("wb") as handle:
                handle.write(gzip.compress(line, _LEVEL, mtime=0))
                for kept, start in wanted:
                    self._handle.seek(start)
                    handle.write(self._handle.read(kept.length))
        except OSError as error:
            raise OutputError.of(error, place) from error
        return place


def _told(head: Head) -> list[Any]:
    """A head as JSON has it."""
    return [[head.document[name] for name in DOCUMENTS.header], [astuple(one) for one in head.patients]]


def _head(told: list[Any], shown: str) -> Head:
    """The same read back; the path is that of today."""
    cells, patients = told
    document = {**dict(zip(DOCUMENTS.header, cells, strict=True)), "path": shown}
    return Head(document, tuple(Patient(*one) for one in patients))


def name_of(key: str) -> str:
    """The name of a bundle in its storage."""
    return f"{FOLDER}/{key}{_SUFFIX}"


def _digest(block: bytes) -> str:
    return hashlib.blake2b(block, digest_size=16).hexdigest()

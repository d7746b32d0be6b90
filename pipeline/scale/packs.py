"""Archives become packs: the articles that may fit, some hundred in a zip file, below the output folder.

An archive is read once. When it is packed to its end, the list of its packs is put in place: while its
bytes and the filter are as that list says, it is not read again. What was half packed is done again.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import STATE
from pipeline.errors import OutputError, ReadError
from pipeline.keys import slug, with_digest
from pipeline.only import Only
from pipeline.scale import listing, records, tars
from pipeline.scale.cut import Cut, digest, digest_of
from pipeline.scale.gunzip import opened
from pipeline.scale.inventory import is_tar
from pipeline.scale.piece import Piece
from pipeline.scale.shard import Member, Shard
from pipeline.scale.storage import Patience, Storage, parted, storage

#: in an output folder
FOLDER = f"{STATE}/packs"
#: bytes of the articles of a pack: what a worker unpacks for one shard
_MOST_BYTES = 64 * 1024 * 1024
_STEP = 1 << 16
_LEVEL = 1  # of compression: quick, and a third of the size
_TIME = (1980, 1, 1, 0, 0, 0)  # the same articles give the same pack


@dataclass(frozen=True, slots=True)
class Packing:
    """How archives are packed: where to, which articles, how many in a pack."""

    out: Storage
    only: Only | None
    size: int
    patience: Patience

    def shards(self, archive: Member) -> Iterator[Shard]:
        """The shards of an archive, when all of its packs are in place.

        Where it is cut off, or does not answer any more, what came before counts, and a member with a problem
        stands for the rest. Where its checksum is wrong nothing counts: which articles are damaged nobody can
        tell. Raises OutputError, and ReadError E15 where the storage of the packs does not answer.
        """
        folder = f"{FOLDER}/{slug(archive.shown)[:60]}-{digest(archive.shown)}"
        name = f"{folder}/{listing.NAME}"
        holds_for: list[str | int] = [
            archive.doc_id,
            archive.state,
            self.only.key if self.only else "",
            self.size,
        ]
        if archive.state and listing.holds(self.out, name, holds_for):
            yield from listing.shards(self.out, name)
            return
        with tempfile.TemporaryDirectory(prefix="casebook-") as scratch:
            place = Path(scratch, listing.NAME)
            packer = _Packer(self.out, folder, archive, Path(scratch, "pack"), self.size)
            try:
                _list(place, holds_for, packer.shards(self.only, self.patience))
            except _DamagedError as error:
                packer.packs.clear()
                _list(place, holds_for, [packer.failed(error.problem, "nothing of it is read")])
            if packer.lasting:
                self.out.put(place, name)
            self._tidy(folder, packer.packs)
            yield from listing.shards(storage(scratch), listing.NAME)

    def _tidy(self, folder: str, packs: set[str]) -> None:
        """Remove what is left of the archive as it was, or of another filter."""
        for found in list(self.out.list(folder)):
            if self.out.place(found.name) not in packs | {self.out.place(f"{folder}/{listing.NAME}")}:
                self.out.remove(found.name)


class _DamagedError(Exception):
    """Any byte of an archive may be wrong."""

    def __init__(self, problem: ReadError) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _list(place: Path, holds_for: list[str | int], found: Iterable[Shard]) -> None:
    with listing.Listing(place, holds_for) as made:
        for shard in found:
            made.add(shard)
        made.end()


def _pieces(archive: Member, patience: Patience) -> Iterator[Piece]:
    """The articles of an archive as a stream. Raises ReadError where it ends too soon, and _DamagedError."""
    where, name = parted(archive.place, patience)
    read = tars.articles if is_tar(archive.name) else records.records
    with where.open(name) as handle:
        stream, gzipped = opened(handle)
        problem = None
        try:
            yield from read(stream)
            while stream.read(_STEP):  # to the checksum
                pass
        except ReadError as error:
            problem = error
        if gzipped and gzipped.problem:
            problem = gzipped.problem
            if gzipped.damaged:
                raise _DamagedError(problem)
        if problem:
            raise problem


class _Packer:
    """One archive on its way into packs. `packs` are their URLs; `lasting`: it will be the same again."""

    def __init__(self, out: Storage, folder: str, archive: Member, place: Path, size: int) -> None:
        self._out, self._folder, self._archive, self._place = out, folder, archive, place
        self._cut = Cut(size, _MOST_BYTES)
        self._zip: zipfile.ZipFile | None = None
        self._members: list[Member] = []
        self._taken: Counter[bytes] = Counter()
        self._tar = is_tar(archive.name)
        self.packs: set[str] = set()
        self.lasting = True

    def shards(self, only: Only | None, patience: Patience) -> Iterator[Shard]:
        """The packs of an archive's articles. Raises _DamagedError, OutputError."""
        count = 0
        try:
            for piece in _pieces(self._archive, patience):
                count += 1
                if piece.problem or only is None or only.may_fit(piece.data):
                    yield from self._add(piece)
        except ReadError as error:
            self.lasting = error.code != "E15"
            yield from self._close()
            yield self.failed(error, f"behind {count:,} of its articles" if count else "at its beginning")
        else:
            yield from self._close()

    def _add(self, piece: Piece) -> Iterator[Shard]:
        doc_id, shown = self._named(piece)
        if self._cut.before(doc_id, len(piece.data)):
            yield from self._close()
        state = digest_of(piece.data) if piece.data else ""
        name = piece.name.rpartition("/")[2] if self._tar else "record.xml"
        self._members.append(Member(doc_id, shown, name, doc_id, state, piece.problem))
        if piece.problem:
            return
        info = zipfile.ZipInfo(doc_id, _TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        try:
            if self._zip is None:
                self._zip = zipfile.ZipFile(self._place, "w", compresslevel=_LEVEL)
            self._zip.writestr(info, piece.data, compresslevel=_LEVEL)
        except OSError as error:
            raise OutputError.of(error, self._place) from error

    def _named(self, piece: Piece) -> tuple[str, str]:
        """doc_id and path to show. A name that an archive has twice is numbered, as its order is its own."""
        archive = self._archive
        if not self._tar:
            return (f"{archive.doc_id}-{piece.name}" if piece.name else archive.doc_id), archive.shown
        shown = f"{archive.shown}/{piece.name}"
        doc_id = slug(shown)
        key = bytes.fromhex(digest(doc_id))
        self._taken[key] += 1
        if self._taken[key] > 1:
            doc_id = f"{with_digest(shown, 6)}-{self._taken[key]}"
        return doc_id, shown

    def _close(self) -> Iterator[Shard]:
        """The shard of what was added, its pack in place."""
        if not self._members:
            return
        name = digest(f"{self._archive.shown} {self._members[0].doc_id}")
        pack = ""
        if self._zip is not None:
            try:
                self._zip.close()
            except OSError as error:
                raise OutputError.of(error, self._place) from error
            self._out.put(self._place, f"{self._folder}/{name}.zip")
            pack = self._out.place(f"{self._folder}/{name}.zip")
            self.packs.add(pack)
        yield Shard(f"pack-{name}", tuple(self._members), pack)
        self._zip, self._members = None, []

    def failed(self, error: ReadError, place: str) -> Shard:
        """The row that says what became of the rest; a file of another kind of XML is left to its reader."""
        archive = self._archive
        problem = str(ReadError(error.code, f"{place}: {error.detail}" if error.detail else place))
        if error.code == "E12":
            if not self._tar:
                return Shard(f"files-{digest(archive.shown)}", (archive,))
            problem = str(error)
        member = Member(archive.doc_id, archive.shown, archive.name, archive.place, problem=problem)
        return Shard(f"rest-{digest(archive.shown)}", (member,))

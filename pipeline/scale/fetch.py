"""The bytes of a shard's papers as local files, some of them ahead of whoever reads them.

A file of a disk is read where it is. What lies in a bucket is copied, several files at the same time,
because each answer takes long.
"""

from __future__ import annotations

import shutil
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

from pipeline.caps import caps
from pipeline.errors import OutputError, ReadError
from pipeline.plan import Planned
from pipeline.scale.disk import Disk
from pipeline.scale.shard import Member, Shard
from pipeline.scale.station import Seat
from pipeline.scale.storage import Patience, Storage, parted

_AT_ONCE = 8
#: files that may lie ready
_AHEAD = 16
#: to wait for a file: less than the pool would before it asks again
_SOON_SECONDS = 0.02
#: bytes of a file's name, its end: there its format is told
_LONGEST = 200
#: what says that the storage, and not the paper, is the trouble
NO_ANSWER = "E15"

Arriving = tuple[Member, Planned] | None
_Begun = Planned | Future[Planned]


@contextmanager
def fetched(
    shard: Shard, members: Sequence[Member], seat: Seat, patience: Patience
) -> Iterator[Iterator[Arriving]]:
    """The files of some members of a shard, in their order; None while the next one is not there yet.

    Copies are in the seat's folder; whoever has read one makes it a spare. Raises ReadError for a storage
    that does not answer, OutputError where the copies cannot be written.
    """
    if shard.pack:
        yield _unpacked(shard.pack, members, seat, patience) if members else iter(())
        return
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetch") as threads:
        started = (
            (member, _begun(threads, member, seat, number, patience)) for number, member in enumerate(members)
        )
        try:
            yield _in_order(started)
        finally:
            threads.shutdown(wait=True, cancel_futures=True)


def _unpacked(pack: str, members: Sequence[Member], seat: Seat, patience: Patience) -> Iterator[Arriving]:
    """Members of a pack, which is copied first: it is as small as what a shard may hold."""
    place, (where, name) = seat.folder / "pack", parted(pack, patience)
    with where.open(name) as source:
        try:
            with place.open("wb") as handle:
                shutil.copyfileobj(source, handle, 1 << 20)
        except OSError as error:
            raise OutputError.of(error, place) from error
    with zipfile.ZipFile(place) as archive:
        for number, member in enumerate(members):
            copy = _written(archive.read(member.place), seat, number, member.name)
            yield member, Planned(member.doc_id, copy, member.shown)
    place.unlink()


def _in_order(started: Iterator[tuple[Member, _Begun]]) -> Iterator[Arriving]:
    ahead: deque[tuple[Member, _Begun]] = deque()
    while True:
        while len(ahead) < _AHEAD and (one := next(started, None)):
            ahead.append(one)
        if not ahead:
            return
        member, begun = ahead[0]
        if isinstance(begun, Future):
            wait([begun], _SOON_SECONDS)
            if not begun.done():
                yield None
                continue
            begun = begun.result()
        ahead.popleft()
        yield member, begun


def _begun(
    threads: ThreadPoolExecutor, member: Member, seat: Seat, number: int, patience: Patience
) -> _Begun:
    """A member as a file to read, at once or soon."""
    storage, name = parted(member.place, patience)
    if isinstance(storage, Disk):
        return Planned(member.doc_id, Path(storage.place(name)), member.shown)
    return threads.submit(_copied, storage, name, member, seat, number)


def _copied(storage: Storage, name: str, member: Member, seat: Seat, number: int) -> Planned:
    """A member as a copy; what is the matter with it alone is its problem."""
    try:
        data = storage.read(name, caps().file_bytes)
    except ReadError as error:
        if error.code == NO_ANSWER:
            raise
        return Planned(member.doc_id, seat.folder, member.shown, str(error))
    return Planned(member.doc_id, _written(data, seat, number, member.name), member.shown)


def _written(data: bytes, seat: Seat, number: int, name: str) -> Path:
    """A copy of a name that the shard has once, with the end of the member's own."""
    own = name.encode()[-_LONGEST:].decode(errors="ignore").replace("/", "-")
    place = seat.folder / f"{number}-{own}"
    try:
        with seat.spares.create(place) as handle:
            handle.write(data)
            handle.truncate()
    except OSError as error:
        raise OutputError.of(error, place) from error
    return place

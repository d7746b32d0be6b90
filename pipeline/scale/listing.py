"""The list of an archive's packs, put in place when the archive is packed to its end."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from pipeline.errors import OutputError
from pipeline.scale.shard import Member, Shard
from pipeline.scale.storage import MissingError, Storage

#: its name in the folder of an archive's packs
NAME = "packs.jsonl.gz"
#: what such a list is: lines of JSON, first what it holds for, then one for each shard, last how many
_FORM = 1


class Listing:
    """A list that is being written, to a local file. `holds_for` is compared when it is read."""

    def __init__(self, place: Path, holds_for: list[Any]) -> None:
        self.place = place
        self._count = 0
        try:
            self._handle = gzip.GzipFile(place, "wb", compresslevel=4, mtime=0)
        except OSError as error:
            raise OutputError.of(error, place) from error
        self._write([_FORM, *holds_for])

    def __enter__(self) -> Listing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handle.close()

    def add(self, shard: Shard) -> None:
        """Add a shard. Raises OutputError."""
        self._write([shard.key, shard.pack, [astuple(member) for member in shard.members]])
        self._count += 1

    def end(self) -> None:
        """There are no more. Raises OutputError."""
        self._write([self._count])
        try:
            self._handle.close()
        except OSError as error:
            raise OutputError.of(error, self.place) from error

    def _write(self, line: list[Any]) -> None:
        try:
            self._handle.write(json.dumps(line).encode() + b"\n")
        except OSError as error:
            raise OutputError.of(error, self.place) from error


def holds(out: Storage, name: str, holds_for: list[Any]) -> bool:
    """Whether there is a list, whole, that was made for the same. Raises ReadError E15."""
    lines = _lines(out, name)
    try:
        if next(lines, None) != [_FORM, *json.loads(json.dumps(holds_for))]:
            return False
        last, count = None, -1
        for last in lines:  # noqa: B007 - the last one is looked at
            count += 1
    except (MissingError, OSError, EOFError, ValueError, zlib.error):
        return False
    return last == [count]


def shards(out: Storage, name: str) -> Iterator[Shard]:
    """The shards of a list that holds, one in memory. Raises ReadError."""
    lines = _lines(out, name)
    next(lines)
    for line in lines:
        if len(line) > 1:
            key, pack, members = line
            yield Shard(key, tuple(Member(*member) for member in members), pack)


def _lines(out: Storage, name: str) -> Iterator[list[Any]]:
    with out.open(name) as handle, gzip.open(handle) as unpacked:
        for line in unpacked:
            yield cast("list[Any]", json.loads(line))
